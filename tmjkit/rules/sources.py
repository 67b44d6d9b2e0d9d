"""Findings about records that a letter would use and that nothing documents."""

from collections.abc import Iterator, Sequence
from typing import Final

from tmjkit.case import (
    BotulinumSession,
    Case,
    Determination,
    Measurement,
    Purpose,
    Record,
    Symptom,
)
from tmjkit.rules.model import Finding, Severity

_LISTS: Final = {
    "diagnoses": ("diagnosis", "diagnoses"),
    "symptoms": ("symptom", "symptoms"),
    "measurements": ("measurement", "measurements"),
    "treatments": ("treatment", "treatments"),
    "sessions": ("injection session", "injection sessions"),
    "determinations": ("decision of the payer", "decisions of the payer"),
}
_SHOWN: Final = 5


def source_findings(case: Case) -> Iterator[Finding]:
    """Yield `undocumented.records`: by list, the records that have no source.

    A letter states what the record shows, and a reviewer asks for that record (fact D-CRIT-2:
    documented care).
    """
    for name, words in _LISTS.items():
        bare = [
            record
            for record in getattr(case, name)
            if not record.documented and getattr(record, "purpose", Purpose.JAW) is Purpose.JAW
        ]
        if bare:
            yield Finding(
                rule="undocumented.records",
                severity=Severity.UNDOCUMENTED,
                what=_what(bare, words),
                why="A reviewer gives weight to what a record shows. A letter can use these only "
                "as undocumented.",
                where=f"Under {name.capitalize()}, give each its source: document and page, the "
                "call, the patient's report or the clinician's record.",
                records=tuple(record.id for record in bare),
                facts=("D-CRIT-2",),
            )


def _what(bare: Sequence[Record], words: tuple[str, str]) -> str:
    labels = ", ".join(_label(record) for record in bare[:_SHOWN])
    rest = f" and {len(bare) - _SHOWN} more" if len(bare) > _SHOWN else ""
    verb = "has" if len(bare) == 1 else "have"
    return f"{len(bare)} {words[len(bare) > 1]} {verb} no source: {labels}{rest}"


def _label(record: Record) -> str:
    match record:
        case Measurement():
            day = f" of {record.date.words()}" if record.date else ""
            return f"{record.label}{day}"
        case BotulinumSession():
            return f"of {record.date.words()}" if record.date else "without date"
        case Determination():
            told = record.notice_date or record.received_date
            return record.decision.label.lower() + (f", {told.words()}" if told else "")
        case Symptom():
            return record.text
    return str(getattr(record, "label", record.id))
