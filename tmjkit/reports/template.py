"""Report templates: notebooks with a cell tagged `parameters`, as papermill has them."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tmjkit.resources import path

if TYPE_CHECKING:
    from nbformat import NotebookNode


class TemplateError(ValueError):
    """A report template that can't be found or used; the text says what would be right."""


def find(template: str | Path) -> Path:
    """Return the notebook of a template.

    Parameters
    ----------
    template
        Name of a notebook in `notebooks/reports/`, such as `case`, or a path to one's own.

    Raises
    ------
    TemplateError
        When there is no such notebook; it lists the names that there are.
    """
    folder = path("notebooks") / "reports"
    names = sorted(file.stem for file in folder.glob("*.ipynb"))
    if str(template) in names:
        return folder / f"{template}.ipynb"
    own = Path(template)
    if own.suffix == ".ipynb" and own.is_file():
        return own.resolve()
    raise TemplateError(
        f"There is no report '{template}': give one of {', '.join(names)}, "
        "or the path of a notebook that ends in .ipynb."
    )


def slug(notebook: Path) -> str:
    """Return the template's name as file names have it: lower-case letters, digits, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", notebook.stem.lower()).strip("-") or "report"


def read(notebook: Path) -> "NotebookNode":
    """Read a template, without any output that stands in it.

    Raises
    ------
    TemplateError
        When the file is not a notebook, or has not exactly one cell tagged `parameters`.
    """
    import nbformat  # noqa: PLC0415 -- heavy

    try:
        node: NotebookNode = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(node)
    except (nbformat.ValidationError, ValueError, AttributeError, TypeError, OSError):
        # nbformat looks into JSON of another shape before it checks it.
        raise TemplateError(f"{notebook.name} should be a Jupyter notebook.") from None
    tagged = [cell for cell in node.cells if _is_parameters(cell)]
    if len(tagged) != 1:
        raise TemplateError(
            f"{notebook.name} should have one cell tagged 'parameters' (it has {len(tagged)}): "
            "in JupyterLab, open the property inspector and add the tag to the first cell."
        )
    for cell in node.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return node


def parametrize(node: "NotebookNode", case_id: str, today: date) -> None:
    """Set the parameters of a report in its tagged cell.

    They come after the cell's own lines, so that parameters of a user's own keep their defaults
    and every cell keeps its number. Values are an opaque id and a date, nothing from a case.
    """
    [cell] = [cell for cell in node.cells if _is_parameters(cell)]
    values = f"case_id = {case_id!r}\ntoday = {today.isoformat()!r}"
    cell.source = f"{cell.source.rstrip()}\n{values}".lstrip()


def _is_parameters(cell: "NotebookNode") -> bool:
    return cell.cell_type == "code" and "parameters" in cell.metadata.get("tags", ())
