"""How records and their values read on a page: as plain text, which the markup then escapes."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tmjkit.case import (
    LISTS,
    Appeal,
    AuthorizationRequest,
    BotulinumSession,
    Case,
    Choice,
    Claim,
    Contact,
    Determination,
    Measurement,
    Record,
    Source,
    Symptom,
    Task,
    source_words,
)

EMPTY: Final = "(empty)"
_HIDDEN: Final = frozenset(
    {"id", "sources", "format", "sha256", "size", "media_type", "used", "exhibits"}
)
_IN_TITLE: Final = frozenset({("value", Measurement), ("unit", Measurement)})
_SHORT: Final = 3

SECTIONS: Final[dict[str, tuple[str, str]]] = {
    "patient": ("Patient", "patient"),
    "coverages": ("Coverages", "coverage"),
    "providers": ("Providers", "provider"),
    "representatives": ("Representatives", "representative"),
    "diagnoses": ("Diagnoses", "diagnosis"),
    "symptoms": ("Symptoms", "symptom"),
    "measurements": ("Measurements", "measurement"),
    "questionnaires": ("Questionnaires", "questionnaire"),
    "treatments": ("Treatments", "treatment"),
    "sessions": ("Injections", "injection session"),
    "statements": ("Statements", "statement"),
    "requests": ("Requests", "request"),
    "claims": ("Claims", "claim"),
    "determinations": ("Determinations", "determination"),
    "appeals": ("Appeals", "appeal"),
    "papers": ("Papers asked for", "request for papers"),
    "contacts": ("Contacts", "contact"),
    "tasks": ("Tasks", "task"),
    "documents": ("Documents", "document"),
    "letters": ("Letters written", "letter"),
    "overrides": ("Objections set aside", "objection set aside"),
    "handling": ("Handling", "owner or closing"),
}
"""Lists of a case in the order of the page: heading (findings name it), and what one is called."""


def label_of(name: str, field: FieldInfo) -> str:
    """Return what a field is called."""
    return field.title or name.removesuffix("_id").replace("_", " ").capitalize()


_TITLES: Final[dict[type[Record], Callable[[Any], str]]] = {
    Measurement: lambda one: f"{one.label}: {one.value:g}{_unit(one.unit_label, one.label)}",
    Symptom: lambda one: one.text,
    Contact: lambda one: f"{one.channel.label}: {one.organization or one.who}".rstrip(": "),
    Determination: lambda one: f"{one.level.label}: {one.decision.label.lower()}",
    Appeal: lambda one: one.level.label,
    AuthorizationRequest: lambda one: one.service or "Prior authorization",
    Claim: lambda one: f"Claim {one.reference}".rstrip(),
    BotulinumSession: lambda one: one.product.label,
    Task: lambda one: one.title,
}


def title_of(record: Record) -> str:
    """Return what a record is called in a list."""
    made = _TITLES.get(type(record))
    if made is not None:
        return made(record)
    for name in ("label", "title", "name", "payer"):
        words = getattr(record, name, "")
        if words:
            return str(words)
    return SECTIONS[section_of(record)][1].capitalize()


def section_of(record: Record) -> str:
    """Return the name of the list that the record belongs to; `patient` for the patient."""
    return next((name for name, kind in LISTS.items() if isinstance(record, kind)), "patient")


def words_of(value: object, case: Case, field: str = "") -> str:
    """Return a value in words."""
    words = EMPTY
    if value is None or value in ("", ()):
        pass
    elif isinstance(value, Choice):
        words = value.label
    elif isinstance(value, bool):
        words = "Yes" if value else "No"
    elif isinstance(value, float):
        words = f"{value:g}"
    elif isinstance(value, Decimal):
        words = f"{value.normalize():f}"
    elif field == "sources":
        words = _sources(value, case)
    elif isinstance(value, tuple):
        words = "; ".join(words_of(one, case) for one in value)
    elif isinstance(value, BaseModel):
        words = _part(value, case)
    else:
        words = _name_of(str(value), case) if field.endswith("_id") else str(value)
    return words


def facts_of(record: Record, case: Case) -> Iterator[tuple[str, str]]:
    """Yield label and words of each field that holds something the title doesn't say."""
    title = title_of(record)
    fields = type(record).model_fields
    for name in sorted(fields, key=lambda name: name == "note"):
        value = getattr(record, name)
        if name in _HIDDEN or value in (None, "", (), False):
            continue
        words, label = words_of(value, case, name), label_of(name, fields[name])
        if (len(words) > _SHORT and words in title) or (name, type(record)) in _IN_TITLE:
            continue
        yield label, f"{words}{_unit(_unit_of(fields[name]), label)}"


def _unit(unit: str, label: str) -> str:
    return f" {unit}" if unit and unit not in label.lower() else ""


def source_of(record: Record, case: Case) -> str:
    """Say how the record is known; an empty text when nothing says so."""
    if not record.documented:
        return ""
    return source_words(record, {document.id: document.name for document in case.documents})


def _sources(value: Any, case: Case) -> str:
    sources: tuple[Source, ...] = value
    return source_of(Record(sources=sources), case) or EMPTY


def _part(part: BaseModel, case: Case) -> str:
    lines = getattr(part, "lines", None)
    if callable(lines):
        return ", ".join(lines())
    label = str(getattr(part, "label", ""))
    said = [label] if label else []
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if value in (None, "", ()):
            continue
        words = words_of(value, case, name)
        if words.lower() not in label.lower():
            said.append(f"{words}{_unit(_unit_of(field), '')}")
    return ", ".join(said)


def _unit_of(field: FieldInfo) -> str:
    extra = field.json_schema_extra
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""


def _name_of(record_id: str, case: Case) -> str:
    try:
        return title_of(case.record(record_id))
    except KeyError:
        return record_id
