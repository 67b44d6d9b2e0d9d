"""The nbconvert exporter `tmjkit`: a notebook as one quiet, accessible HTML file.

`jupyter nbconvert --to tmjkit NOTEBOOK` finds it by its entry point.
"""

from typing import Any

from nbconvert.exporters import HTMLExporter
from traitlets import default

from tmjkit.reports.sanitize import clean
from tmjkit.resources import path


class TmjkitExporter(HTMLExporter):
    """Notebook to HTML through `templates/nbconvert/tmjkit`: sanitized, without the code."""

    export_from_notebook = "Report (tmjkit)"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "tmjkit"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(path("templates") / "nbconvert")]

    @default("exclude_input")
    def _exclude_input_default(self) -> bool:
        return True

    @default("exclude_input_prompt")
    def _exclude_input_prompt_default(self) -> bool:
        return True

    @default("exclude_output_prompt")
    def _exclude_output_prompt_default(self) -> bool:
        return True

    @default("exclude_anchor_links")
    def _exclude_anchor_links_default(self) -> bool:
        return True

    @default("sanitize_html")
    def _sanitize_html_default(self) -> bool:
        return True

    @default("embed_images")
    def _embed_images_default(self) -> bool:
        return True

    def default_filters(self) -> Any:
        """Yield nbconvert's filters, with our own list of what HTML may stay."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        # nbconvert's own list knows neither table heads nor captions.
        yield "clean_html", clean
