"""Which paper would show what a record says, in words that someone can ask for on the phone."""

from typing import Final

from tmjkit.case import (
    BotulinumSession,
    Case,
    ClinicianSource,
    DocumentSource,
    PartialDate,
    Record,
    Treatment,
    TreatmentKind,
)
from tmjkit.rules.criteria.model import Need
from tmjkit.rules.ledger import period

UNDER_TREATMENTS: Final = "Enter it under Treatments, with the paper as its source."
UNDER_INJECTIONS: Final = "Enter it under Injections, with the paper as its source."

_PHARMACY: Final = "Pharmacy printout or prescription record"
_PAPERS: Final[dict[TreatmentKind, str]] = {
    TreatmentKind.SELF_CARE: "Visit note",
    TreatmentKind.JAW_EXERCISE: "Therapy or visit notes",
    TreatmentKind.PHYSICAL_THERAPY: "Physical therapy notes",
    TreatmentKind.MANUAL_THERAPY: "Therapy notes",
    TreatmentKind.CBT: "Therapy notes or a letter of the therapist",
    TreatmentKind.BIOFEEDBACK: "Therapy notes",
    TreatmentKind.SPLINT: "Dental chart",
    TreatmentKind.NSAID: _PHARMACY,
    TreatmentKind.ACETAMINOPHEN: "Visit note or medication list",
    TreatmentKind.MUSCLE_RELAXANT: _PHARMACY,
    TreatmentKind.ANTIDEPRESSANT: _PHARMACY,
    TreatmentKind.GABAPENTINOID: _PHARMACY,
    TreatmentKind.OPIOID: _PHARMACY,
    TreatmentKind.OTHER_MEDICATION: _PHARMACY,
    TreatmentKind.ACUPUNCTURE: "Treatment notes",
    TreatmentKind.TRIGGER_POINT_INJECTION: "Procedure note",
    TreatmentKind.JOINT_INJECTION: "Procedure note",
    TreatmentKind.ARTHROCENTESIS: "Procedure note",
    TreatmentKind.SURGERY: "Operative report",
    TreatmentKind.OTHER: "Treatment notes",
}


def shown(record: Record) -> bool:
    """Tell whether a paper or the clinician's own record shows what a record says.

    What only the patient or someone on the phone reported is worth keeping, but a reviewer who
    asks for documented care does not take it for that (fact D-CRIT-2).
    """
    return any(isinstance(one, DocumentSource | ClinicianSource) for one in record.sources)


def not_shown(record: Record) -> str:
    """Say why a record is not shown."""
    return "only reported, no paper shows it" if record.sources else "no source shows it"


def treatment_need(case: Case, item: Treatment, asks: tuple[str, ...]) -> Need:
    """Return the paper that would show a treatment, with what it has to show."""
    paper = _PAPERS[item.kind]
    named = bool(item.name) or item.kind is not TreatmentKind.PHYSICAL_THERAPY
    what = f" on {lowered(item.label)}" if named else ""
    giver = next((one.title for one in case.providers if one.id == item.provider_id), "")
    return Need(
        paper=paper + what + (f" from {giver}" if giver else "") + _when(item),
        asks=asks,
        where=UNDER_TREATMENTS,
        records=(item.id,),
    )


def session_need(case: Case, item: BotulinumSession, asks: tuple[str, ...]) -> Need:
    """Return the paper that would show an injection session, with what it has to show."""
    giver = next((one.title for one in case.providers if one.id == item.provider_id), "")
    day = f" of {item.date.words()}" if item.date else " without a date"
    return Need(
        paper=f"Injection record{day}" + (f" from {giver}" if giver else ""),
        asks=asks,
        where=UNDER_INJECTIONS,
        records=(item.id,),
    )


def exact(what: str, recorded: PartialDate | None) -> str:
    """Return what to ask for where a day is not known to the day."""
    return f"{what} (recorded: {recorded.words()})" if recorded else what


def lowered(words: str) -> str:
    """Return words as they stand inside a sentence; an abbreviation keeps its capitals."""
    return (
        words if words[1:2].isupper() or words.startswith("PHQ") else words[:1].lower() + words[1:]
    )


def _when(item: Treatment) -> str:
    if item.start is None and item.end is None and not item.ongoing:
        return ""
    words = period(item.start, item.end, ongoing=item.ongoing)
    return f", {words}" if words.startswith(("since", "from", "until", "goes")) else f" for {words}"
