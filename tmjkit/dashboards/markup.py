"""HTML from values of a case: the one place where they become markup, and are escaped.

`html` takes the markup from the code and escapes every value that is put in; what it returns can
be put into another `html` without being escaped again. Nothing else in the dashboards makes HTML.
"""

from collections.abc import Iterable, Sequence
from typing import LiteralString

from markupsafe import Markup

__all__ = ["Markup", "details", "html", "join", "listing", "table"]


def html(template: LiteralString, *values: object, **named: object) -> Markup:
    """Fill the `{}` of a template that stands in the code; every value is escaped."""
    return Markup(template).format(*values, **named)  # noqa: S704 -- the template is a literal


def join(parts: Iterable[Markup], between: LiteralString = "") -> Markup:
    """Put pieces of markup one after the other."""
    return Markup(between).join(parts)  # noqa: S704 -- the same


def listing(items: Iterable[object], css: LiteralString = "") -> Markup:
    """Return a list of items, or nothing when there are none."""
    lines = [html("<li>{}</li>", item) for item in items]
    return html('<ul class="{}">{}</ul>', css, join(lines)) if lines else Markup()


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Markup:
    """Return a table with a caption and a heading for each column."""
    heads = join(html('<th scope="col">{}</th>', column) for column in columns)
    lines = join(
        html("<tr>{}</tr>", join(html("<td>{}</td>", value) for value in row)) for row in rows
    )
    return html(
        '<div class="tmj-scroll" tabindex="0" role="region" aria-label="{}"><table>'
        "<caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        caption,
        caption,
        heads,
        lines,
    )


def details(summary: str, inside: Markup) -> Markup:
    """Return something that opens when it is clicked."""
    return html("<details><summary>{}</summary>{}</details>", summary, inside)
