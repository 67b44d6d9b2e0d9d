"""What a record of the case is called where a person is told of it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    BotulinumSession,
    Case,
    Claim,
    Contact,
    Coverage,
    Determination,
    Document,
    Measurement,
    PartialDate,
    Record,
    Statement,
    Symptom,
)
from tmjkit.language import translated
from tmjkit.letters.value import clean
from tmjkit.letters.view import NAMES, date_words

_TITLES: Final[Mapping[type[Record], Callable[[Any], str]]] = MappingProxyType(
    {
        Appeal: lambda one: translated(one.level.label),
        AuthorizationRequest: lambda one: one.service,
        BotulinumSession: lambda one: translated(one.product.label),
        Claim: lambda one: one.reference,
        Contact: lambda one: " ".join((translated(one.channel.label), one.organization or one.who)),
        Determination: lambda one: translated(one.decision.label),
        Measurement: lambda one: translated(one.label),
        Statement: lambda one: translated(one.kind.label),
        Symptom: lambda one: one.text,
    }
)
_DATES: Final = ("date", "notice_date", "start", "sent", "recorded_date")
_UNDATED: Final = (Coverage, Document)  # their names tell them apart


def called(list_name: str, record: Record) -> str:
    """Return what a record is called: what it is, its title, and the day that tells it apart.

    Parameters
    ----------
    list_name
        The list that it is in; `patient` for the patient.
    record
        The record.
    """
    what = translated(NAMES.get(list_name, list_name.capitalize()))
    made = _TITLES.get(type(record))
    title = clean(made(record) if made else _title(record))
    days = () if isinstance(record, _UNDATED) else _DATES
    day = next((found for name in days if (found := getattr(record, name, None))), None)
    words = f"{what} \N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}"
    named = words if title else what
    return f"{named}, {date_words(day)}" if isinstance(day, PartialDate) else named


def _title(record: Record) -> str:
    found = (getattr(record, name, "") for name in ("label", "title", "name", "payer"))
    return next((str(words) for words in found if words), "")


def names_of(case: Case) -> dict[str, str]:
    """Return what each record of a case is called, by its id."""
    return {record.id: called(name, record) for name, record in case.records()}


def field_name(kind: type[Record], field: str) -> str:
    """Return what a field is called, in small letters unless it is an abbreviation."""
    found = kind.model_fields.get(field)
    title = (found.title if found else "") or field.removesuffix("_id").replace("_", " ")
    return title if title.isupper() else title[:1].lower() + title[1:]
