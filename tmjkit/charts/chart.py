"""A chart: the figure, what it shows in words, and the numbers; and how it becomes a file.

The same chart always gives the same bytes: no date, no random id, no name of a machine. In SVG
the text stays text (legible when enlarged, small, and in whatever script the reader's fonts
have); in PDF the fonts are embedded.
"""

import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

# matplotlib's settings are global to the process, so only one thread may change them at a time.
_SETTINGS_LOCK = Lock()
_SETTINGS: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "tmjkit",
    "svg.image_inline": True,
    "pdf.fonttype": 42,
    "pdf.compression": 9,
    "hatch.linewidth": 0.6,
    "text.usetex": False,
    "text.parse_math": False,
    "savefig.bbox": None,
    "savefig.facecolor": "white",
}
_STYLE_SHEET = re.compile(r"<defs>\s*<style type=\"text/css\">.*?</style>\s*</defs>", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>\s*", re.DOTALL)
_IDS = re.compile(r"(?<=[ \n])(id=\"|xlink:href=\"#|href=\"#)(?=[^\"]+\")|url\(#")
_FONT = "'DejaVu Sans'"


@contextmanager
def drawing() -> Iterator[None]:
    """Draw or save under the project's own settings, whatever those of the process are."""
    import warnings  # noqa: PLC0415 -- only with matplotlib

    from matplotlib import style  # noqa: PLC0415 -- heavy

    with _SETTINGS_LOCK, warnings.catch_warnings(), style.context(["default", _SETTINGS]):
        # A script that no installed font has is drawn as boxes; the text alternative has it.
        warnings.filterwarnings("ignore", message="(?s).*(Glyph|Matplotlib currently).*")
        yield


@dataclass(frozen=True, eq=False)
class Chart:
    """One picture of a case, for screen, letter and packet.

    Attributes
    ----------
    figure
        The matplotlib figure, sized in inches; made without pyplot, so nothing keeps it alive.
    title
        What it is, in a few words; without the patient's name.
    alt
        Text alternative: what is shown, counts, first and last values and dates; no
        interpretation.
    table
        The events that are drawn or listed, one row each; columns as in `Case.timeline()`.
    """

    figure: "Figure"
    title: str
    alt: str
    table: "pd.DataFrame"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in inches."""
        width, height = self.figure.get_size_inches()
        return float(width), float(height)

    def svg(self) -> str:
        """Return the chart as an SVG element that can stand in a page or be a file of its own.

        It is an image to assistive technology, named by `<title>` and described by `<desc>`;
        its ids are unique to this chart, so that several fit on one page.
        """
        text = self._saved("svg", {"Date": None, "Creator": None}).decode()
        text = _METADATA.sub("", text[text.index("<svg") :])
        # The style sheet would apply to the whole page that the SVG stands in.
        text = _STYLE_SHEET.sub("", text, count=1)
        text = text.replace(_FONT, f"{_FONT}, Verdana, sans-serif")
        mark = "tmj" + hashlib.sha256((text + self.alt).encode()).hexdigest()[:10]
        text = _IDS.sub(lambda found: f"{found.group()}{mark}-", text)
        opening = (
            f'<svg role="img" aria-labelledby="{mark}-title" aria-describedby="{mark}-desc" '
            'stroke-linejoin="round" stroke-linecap="butt" style="max-width:100%;height:auto" '
        )
        described = (
            f'<title id="{mark}-title">{escape(self.title)}</title>\n'
            f'<desc id="{mark}-desc">{escape(self.alt)}</desc>\n'
        )
        head, body = text.removeprefix("<svg ").split(">", 1)
        return f"{opening}{head}>\n{described}{body.lstrip()}"

    def png(self, dpi: int = 150) -> bytes:
        """Return the chart as a PNG image of so many dots per inch."""
        return self._saved("png", {"Software": None}, dpi=dpi, pil_kwargs={"compress_level": 6})

    def pdf(self) -> bytes:
        """Return the chart as one PDF page of its own size, with vector graphics and fonts."""
        nothing = dict.fromkeys(("Creator", "Producer", "CreationDate"))
        return self._saved("pdf", {**nothing, "Title": self.title})

    def _saved(self, kind: str, metadata: dict[str, str | None], **options: Any) -> bytes:
        buffer = io.BytesIO()
        with drawing():
            self.figure.savefig(buffer, format=kind, metadata=metadata, **options)
        return buffer.getvalue()
