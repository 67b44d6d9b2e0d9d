"""How a record is known, as its form asks it: kept as it is, or one more source added."""

from collections.abc import Mapping
from typing import Any, Final

from tmjkit.case import Case, Contact, Record
from tmjkit.dashboards.words import source_of, title_of
from tmjkit.language import translated

SOURCE: Final = "sources"
SOURCE_PAGE: Final = "sources.page"
SOURCE_QUOTE: Final = "sources.quote"
KEEP, NONE, PATIENT, CLINICIAN = "keep", "none", "patient", "clinician"


def source_options(case: Case, original: Record | None) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen as the source of a record: words and code.

    Parameters
    ----------
    case
        The case, whose documents and contacts can be sources.
    original
        The record as it is saved; None for a new one.
    """
    kept = source_of(original, case) if original else ""
    first = [(translated("As it is: {source}").format(source=kept), KEEP)] if kept else []
    add = f"{translated('Also')} " if kept else ""
    return tuple(
        distinct(
            [
                *first,
                (translated("Not documented"), NONE),
                (f"{add}{translated('reported by the patient')}".capitalize(), PATIENT),
                (f"{add}{translated('recorded by the clinician')}".capitalize(), CLINICIAN),
                *((f"{add}document: {one.name}", one.id) for one in case.documents),
                *(
                    (f"{add}contact{_of_day(one)}: {title_of(one)}", one.id)
                    for one in case.contacts
                ),
            ]
        )
    )


def source_data(texts: Mapping[str, str], *, is_document: bool) -> dict[str, Any]:
    """Return the source that a form names, as a record's JSON writes it."""
    chosen = texts.get(SOURCE, NONE)
    if chosen in (PATIENT, CLINICIAN):
        return {"type": chosen}
    if not is_document:
        return {"type": "contact", "contact_id": chosen}
    page = texts.get(SOURCE_PAGE, "").strip()
    return {
        "type": "document",
        "document_id": chosen,
        **({"page": page} if page else {}),
        "quote": texts.get(SOURCE_QUOTE, ""),
    }


def distinct(options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tell apart labels that come twice: of two that look the same nobody could choose."""
    seen: dict[str, int] = {}
    made = []
    for label, code in options:
        seen[label] = seen.get(label, 0) + 1
        made.append((label if seen[label] == 1 else f"{label} ({seen[label]})", code))
    return made


def _of_day(contact: Contact) -> str:
    return f" of {contact.date}" if contact.date else ""


def source_texts(original: Record | None) -> dict[str, str]:
    """Return what stands in the fields of a source when the form of a record is opened."""
    known = bool(original and original.documented)
    return {SOURCE: KEEP if known else NONE, SOURCE_PAGE: "", SOURCE_QUOTE: ""}


def sources_of(
    texts: Mapping[str, str], kept: list[dict[str, Any]], *, is_document: bool
) -> list[dict[str, Any]]:
    """Return the sources that a form says: those that were kept, with the one that is chosen."""
    chosen = texts.get(SOURCE, NONE)
    if chosen == NONE:
        return []
    if chosen == KEEP:
        return kept
    new = source_data(texts, is_document=is_document)
    return kept if new in kept else [*kept, new]
