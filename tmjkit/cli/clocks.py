"""Shows clocks on a terminal: a line for each with its day, and how it was counted below it."""

import shutil
import textwrap
from collections.abc import Sequence

import typer

from tmjkit.cli.say import clean
from tmjkit.rules import Deadline, Status

_NARROWEST, _WIDEST = 60, 120
_NO_DAY = "no date"
_HEAD = ("due", "status", "whose")


def show_clocks(clocks: Sequence[Deadline], width: int | None = None) -> None:
    """Print clocks so that they can be read at any width of the terminal.

    Parameters
    ----------
    clocks
        The clocks in the order to show them.
    width
        Columns to use; those of the terminal when left out, 120 at most.
    """
    columns = shutil.get_terminal_size((_WIDEST, 24)).columns if width is None else width
    columns = max(_NARROWEST, min(columns, _WIDEST))
    rows = [(_day(item), _status(item), item.whose.label) for item in clocks]
    widths = [max(len(row[i]) for row in (_HEAD, *rows)) for i in range(len(_HEAD))]
    lead = sum(widths) + 2 * len(widths)
    typer.echo(typer.style(f"{_line(_HEAD, widths)}what, and how it is counted", bold=True))
    group = ""
    for row, item in zip(rows, clocks, strict=True):
        if _group(item) != group:
            group = _group(item)
            typer.echo(f"{group}:")
        begin = _line(row, widths)
        body = textwrap.wrap(clean(item.label), columns - lead) or [""]
        typer.echo(begin + body[0])
        for more in body[1:]:
            typer.echo(" " * lead + more)
        indent = " " * (widths[0] + 2)
        for text in filter(None, (item.arithmetic, item.because)):
            said = clean(f"{text[0].upper()}{text[1:]}")
            lines = textwrap.wrap(said, columns, initial_indent=indent, subsequent_indent=indent)
            typer.echo("\n".join(lines))


def _group(item: Deadline) -> str:
    if item.open:
        return "Open"
    return "Cannot start yet" if item.status is Status.WAITING else "Done"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(f"{cell:<{size}}  " for cell, size in zip(cells, widths, strict=True))


def _day(item: Deadline) -> str:
    if item.safe_date is None:
        return _NO_DAY
    return item.safe_date.isoformat()


def _status(item: Deadline) -> str:
    """Return the status in a word or two; its label is a sentence."""
    return item.status.value.replace("-", " ").capitalize()
