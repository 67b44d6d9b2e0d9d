"""The parts of a report as HTML: sections, tables, lists of facts.

Every value passes through `markupsafe`, which escapes it; only text that this room wrote itself
is markup. A section shows itself in Jupyter and in an exported page alike, so it uses no
script, no style of its own and nothing from another host.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from markupsafe import Markup, escape

from tmjkit.case import PartialDate

EMPTY = Markup('<span class="quiet">—</span>')
"""What stands where nothing is recorded."""

Cell = object
Style = Literal["", "number", "date", "prose", "source"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, and how its cells are set."""

    head: str
    style: Style = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads, with a caption; the first cell of a row is its head.

    Parameters
    ----------
    caption
        What the table holds; the number of rows is put after it.
    columns
        Its columns, from left to right.
    rows
        Cells of each row, as many as there are columns. `Markup` is taken as it is, anything
        else is escaped; None and empty text show as a dash.
    nothing
        What is said instead of a table without rows.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    nothing: str

    def __html__(self) -> str:
        """Return the table as HTML, in a frame that scrolls by keyboard where it is wide."""
        if not self.rows:
            return Markup('<p class="quiet">{}</p>').format(self.nothing)
        heads = Markup("").join(
            Markup('<th scope="col">{}</th>').format(column.head) for column in self.columns
        )
        body = Markup("\n").join(self._row(row) for row in self.rows)
        return Markup(
            '<div class="wide" role="region" aria-label="{caption}" tabindex="0">'
            "<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>"
            "<tbody>\n{body}\n</tbody></table></div>"
        ).format(caption=f"{self.caption} ({len(self.rows)})", heads=heads, body=body)

    def _row(self, row: Sequence[Cell]) -> Markup:
        first, *rest = zip(self.columns, row, strict=True)
        cells = [Markup('<th scope="row">{}</th>').format(shown(first[1]))]
        for column, value in rest:
            style = Markup(' class="{}"').format(column.style) if column.style else Markup("")
            cells.append(Markup("<td{}>{}</td>").format(style, shown(value)))
        return Markup("<tr>{}</tr>").format(Markup("").join(cells))


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what is known under each; what is not known shows as a dash."""

    items: Sequence[tuple[str, Cell]]

    def __html__(self) -> str:
        """Return the list as HTML."""
        pairs = (
            Markup("<dt>{}</dt><dd>{}</dd>").format(name, shown(value))
            for name, value in self.items
        )
        return Markup('<dl class="facts">{}</dl>').format(Markup("\n").join(pairs))


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in SVG, carried inside the page, with its text alternative."""

    name: str
    svg: str = field(repr=False)
    alt: str = field(repr=False)

    def __html__(self) -> str:
        """Return the picture as HTML.

        As an image and not as elements of the page: the styles and ids of two charts don't meet,
        and nothing in it can run.
        """
        import base64  # noqa: PLC0415 -- only where there is a picture

        data = base64.b64encode(self.svg.encode()).decode()
        return Markup(
            '<figure><div class="wide" role="region" aria-label="{name}" tabindex="0">'
            '<img src="data:image/svg+xml;base64,{data}" alt="{alt}"></div></figure>'
        ).format(name=self.name, data=data, alt=self.alt)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report, shown by Jupyter as HTML.

    Its `repr` names the section only: it can end in a log.
    """

    key: str
    title: str
    parts: Sequence[object] = field(repr=False)

    def __html__(self) -> str:
        """Return the section as HTML."""
        body = Markup("\n").join(escape(part) for part in self.parts)
        return Markup(
            '<section aria-labelledby="{key}"><h2 id="{key}">{title}</h2>\n{body}\n</section>'
        ).format(key=self.key, title=self.title, body=body)

    def _repr_html_(self) -> str:
        return str(self.__html__())


def shown(value: Cell) -> Markup:
    """Return a value as a cell shows it, escaped, with its lines kept; a dash for nothing."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return Markup("yes") if value else Markup("no")
    if isinstance(value, date | PartialDate):
        # Kept on one line: a date that is broken at a hyphen is hard to read.
        return Markup('<time datetime="{0}">{0}</time>').format(value)
    if hasattr(value, "__html__"):
        return escape(value)
    return Markup("<br>").join(escape(line) for line in str(value).splitlines()) or EMPTY


def words(*values: object) -> Markup:
    """Return values after each other, without the empty ones."""
    return Markup(" ").join(shown(value) for value in values if value not in (None, ""))


def lines(values: Iterable[object]) -> Markup:
    """Return values under each other, without the empty ones."""
    return Markup("<br>").join(shown(value) for value in values if value not in (None, ""))


def headed(head: object, *below: object) -> Markup:
    """Return a value with quieter ones under it, for the head of a row."""
    quiet = [Markup('<span class="below">{}</span>').format(value) for value in below if value]
    return lines((head, *quiet))


def bullets(values: Sequence[str]) -> Markup:
    """Return texts as a list."""
    items = Markup("").join(Markup("<li>{}</li>").format(shown(value)) for value in values)
    return Markup("<ul>{}</ul>").format(items)


def paragraph(text: str) -> Markup:
    """Return a text as a paragraph."""
    return Markup("<p>{}</p>").format(text)


def urgent(text: str) -> Markup:
    """Return a text marked as urgent, by a frame and not by colour alone."""
    return Markup('<strong class="urgent">{}</strong>').format(text)


def span(start: PartialDate | None, end: PartialDate | None) -> Markup | None:
    """Return the time from one date to another as lines; None when neither is known."""
    if start == end:
        return shown(start) if start else None
    since = (start if end else words("from", start)) if start else None
    until = words("to" if start else "until", end) if end else None
    return lines((since, until))
