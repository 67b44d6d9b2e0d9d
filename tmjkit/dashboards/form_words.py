"""The words around the inputs of a form: help, errors, and how something is written."""

from tmjkit.dashboards.fields import Field, Kind
from tmjkit.dashboards.markup import Markup, html
from tmjkit.language import translated

_DATE_HINT = "2024-03-15, 2024-03 or 2024"


def part_name(field: Field) -> str:
    """Return what one of a list of parts is called."""
    return field.label.lower().removesuffix("s")


def help_markup(field: Field) -> Markup:
    """Return the help of a field, with its unit."""
    said = field.unit in field.label.lower()
    unit = (
        ""
        if said or not field.unit
        else " " + translated("Unit: {unit}.").format(unit=translated(field.unit))
    )
    words = translated(field.help)
    if field.kind is Kind.REFERENCE:
        words = words.removeprefix("Id of ")
    return html('<p class="tmj-help">{}{}</p>', words[:1].upper() + words[1:], unit)


def error_markup(why: str) -> Markup:
    """Return what is wrong with a field; nothing when nothing is."""
    return html('<p class="tmj-error" role="alert">{}</p>', why) if why else Markup()


def day_hint() -> str:
    """Return how a whole day is written, for an empty input."""
    return translated("2026-01-31 or 1/31/2026")


def unfinished() -> str:
    """Say what would be right in the place of a day that is half typed or impossible."""
    return translated(
        "should be a whole date such as 2026-01-31 or 1/31/2026, from 1880 to 2100: finish it or "
        "clear it"
    )


def hint(field: Field) -> str:
    """Return how the field is written, for its empty input."""
    hints = {
        Kind.PARTIAL_DATE: translated(_DATE_HINT),
        Kind.DAY: day_hint(),
        Kind.TIME: "14:30",
        Kind.LIST: translated("separated by commas"),
    }
    return hints.get(field.kind, "")
