"""The frozen picture of a case that a template reads.

A template never gets a record itself, only a `View`: plain fields, no methods. A field that is
empty in the case is a `Gap`, which is false in an `if` and, printed, becomes a missing fact of
the letter. The gap says where to enter the fact.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from tmjkit import language
from tmjkit.case import Choice, Part, PartialDate, Record
from tmjkit.language import translated
from tmjkit.letters.gap import Gap
from tmjkit.letters.value import Value, clean

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "patient": "Patient",
        "coverages": "Insurance coverage",
        "providers": "Provider",
        "diagnoses": "Diagnosis",
        "symptoms": "Symptom",
        "measurements": "Measurement",
        "treatments": "Treatment",
        "sessions": "Botulinum toxin session",
        "documents": "Document",
        "representatives": "Representative",
        "statements": "Statement",
        "papers": "Request for papers",
        "contacts": "Contact",
        "questionnaires": "Questionnaire",
        "letters": "Letter written",
        "requests": "Authorization request",
        "claims": "Claim",
        "determinations": "Determination",
        "appeals": "Appeal",
    }
)
"""What each list of a case is called where someone is sent to fill it."""


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """Fields of one record, or of something worked out from several.

    Parameters
    ----------
    name
        What it is, for errors in templates.
    fields
        What a template can read.
    records
        The records it was made from, for citing.
    """

    name: str
    fields: Mapping[str, Any]
    records: tuple[Record, ...] = ()

    def with_fields(self, **fields: Any) -> "View":
        """Return the view with more fields, or others in the place of old ones."""
        return View(self.name, _Layered(fields, self.fields), self.records)


class _Lazy(Mapping[str, Any]):
    """Fields that are made when a template first reads them: of most records it reads few."""

    __slots__ = ("_made", "_make", "_names")

    def __init__(self, names: tuple[str, ...], make: Callable[[str], Any]) -> None:
        self._names = names
        self._make = make
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class _Layered(Mapping[str, Any]):
    """Fields over others, without making those."""

    __slots__ = ("_below", "_over")

    def __init__(self, over: Mapping[str, Any], below: Mapping[str, Any]) -> None:
        self._over = over
        self._below = below

    def __getitem__(self, name: str) -> Any:
        return self._over[name] if name in self._over else self._below[name]

    def __contains__(self, name: object) -> bool:
        return name in self._over or name in self._below

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._below), **dict.fromkeys(self._over)})

    def __len__(self) -> int:
        return sum(1 for _ in self)


def missing(what: str, where: str, *, record: str = "", field: str = "") -> Gap:
    """Make the gap that stands for a fact that the case does not hold."""
    return Gap(what, where, record, field)


def value(content: Any, record: Record | None = None) -> Value:
    """Make the words of one filled field."""
    records = (record.id,) if record is not None else ()
    match content:
        case Choice():
            return Value(clean(translated(content.label)), records, code=content.value)
        case PartialDate():
            return Value(date_words(content), records)
        case dt.date():
            return Value(date_words(PartialDate.of(content)), records)
        case Decimal() | float() | int():
            return Value(number_words(content), records, number=float(content))
        case _:
            return Value(clean(str(content)), records)


def date_words(date: PartialDate) -> str:
    """Write a date in the language that is spoken now, as exactly as it is known."""
    if language.current() == language.ENGLISH or date.month is None:
        return date.words()
    return language.day_words(date.earliest) if date.exact else language.month_words(date.earliest)


def number_words(number: Decimal | float) -> str:
    """Write a number as a letter does: no trailing zeros, thousands with commas."""
    whole, _, rest = f"{number:,f}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def view(record: Record, name: str, number: int | None = None) -> View:
    """Make the view of a record.

    Parameters
    ----------
    record
        Any record of the case.
    name
        The list it is in, a key of `NAMES`.
    number
        Its place in a list of several, from 1, which tells people where to look.
    """
    owner = NAMES[name] if number is None else f"{NAMES[name]} no. {number}"
    return View(
        name,
        _Lazy(_names(type(record)), lambda field: _field(record, record, field, owner)),
        (record,),
    )


@cache
def _names(kind: type[Record]) -> tuple[str, ...]:
    return tuple(field for field in kind.model_fields if field not in ("id", "sources"))


def _field(record: Record, part: Part, field: str, owner: str) -> Any:
    content = getattr(part, field)
    if isinstance(content, bool):
        return content
    if content is None or (isinstance(content, str) and not clean(content)):
        title = type(part).model_fields[field].title or field.replace("_", " ").capitalize()
        return missing(title, f"{owner}, {title}", record=record.id, field=field)
    if isinstance(content, Part):
        return _part(record, content, f"{owner}, {field.replace('_', ' ')}")
    if isinstance(content, tuple):
        return tuple(
            _part(record, item, f"{owner}, {field.replace('_', ' ')}")
            if isinstance(item, Part)
            else value(item, record)
            for item in content
        )
    return value(content, record)


def _part(record: Record, part: Part, owner: str) -> View:
    names = tuple(
        field
        for field in type(part).model_fields
        if not field.endswith("_id") or isinstance(getattr(part, field), str)
    )
    return View(owner, _Lazy(names, lambda field: _field(record, part, field, owner)), (record,))
