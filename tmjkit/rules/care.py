"""Findings about the treatment itself: what was tried first, and what the evidence says.

They say what a reviewer will see, also where that speaks against the request.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from tmjkit.case import HCPCS, BotulinumSession, Case, Response, ToxinProduct, Treatment
from tmjkit.knowledge import Care, Fact
from tmjkit.rules.model import Finding, Severity

GUIDELINE: Final = "bmj-2023"
LABEL: Final = "E-LABEL-IND"


@dataclass(frozen=True, slots=True)
class CareTried:
    """One kind of first-line care, with the treatments of a case that are it."""

    care: Care
    treatments: tuple[Treatment, ...]


def first_line_care(case: Case, today: date, known: Mapping[str, Fact]) -> tuple[CareTried, ...]:
    """Return each kind of care that the guideline strongly recommends with what was tried of it.

    Source: Busse JW et al., BMJ 2023;383:e076227 (fact bmj-2023). A treatment that is only
    planned or named, without a word on when it was or what it did, counts as not tried. Exercise
    that people also do alone counts as supervised only where a therapist or a number of sessions
    is recorded.
    """
    tried = [item for item in case.jaw_treatments if _happened(item, today)]
    return tuple(
        CareTried(care, tuple(item for item in tried if _is(item, care)))
        for care in known[GUIDELINE].care
    )


def _happened(item: Treatment, today: date) -> bool:
    if item.start is not None:
        return item.start.earliest <= today
    return bool(item.end or item.ongoing or item.sessions or item.response or item.adherence)


def _is(item: Treatment, care: Care) -> bool:
    therapist = item.provider_id is not None or bool(item.sessions)
    if item.kind in care.only_with_therapist:
        return therapist
    return item.kind in care.kinds or (item.kind in care.also_without_therapist and not therapist)


def care_findings(case: Case, today: date, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield what is weak or strong about the course of care so far."""
    yield from _first_line(case, today, known)
    yield from _guideline(known)
    yield from _off_label(case)
    yield from _helping(case, today)
    yield from _earlier_sessions(case)


def _first_line(case: Case, today: date, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield `weak.premature` or `weak.first-line-care`: strongly recommended care not tried.

    Source: fact bmj-2023, its strong recommendations for. Premature is said where no care that a
    therapist gives is recorded, whatever was done at home.
    """
    care = first_line_care(case, today, known)
    absent = [item for item in care if not item.treatments]
    supervised = [item for item in care if item.care.supervised]
    citation = known[GUIDELINE].citation
    if supervised and not any(item.treatments for item in supervised):
        names = "; ".join(item.care.name for item in supervised)
        yield Finding(
            "weak.premature",
            Severity.WEAK,
            "The request looks premature: no first-line care by a therapist is recorded as tried",
            f"A current guideline strongly recommends: {names} ({citation}). "
            "Asking or appealing now is likely too early.",
            "If it was tried, enter it under Treatments with its dates and result. If not, talk "
            "with the clinician about trying it first.",
            records=tuple(found.id for item in care for found in item.treatments),
            facts=(GUIDELINE,),
        )
    elif absent:
        yield Finding(
            "weak.first-line-care",
            Severity.WEAK,
            "Not recorded as tried: " + "; ".join(item.care.name for item in absent),
            f"The guideline strongly recommends it ({citation}), and a reviewer may ask why it "
            "was left out.",
            "If it was tried, enter it under Treatments with its dates and result. If it is not "
            "possible for this patient, the clinician says why.",
            facts=(GUIDELINE,),
        )


def _guideline(known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield `weak.guideline-against`: the recommendation that every letter has to answer.

    Source: fact bmj-2023, conditional recommendation against botulinum toxin.
    """
    yield Finding(
        "weak.guideline-against",
        Severity.WEAK,
        "A current guideline conditionally recommends against botulinum toxin for TMD",
        f"{known[GUIDELINE].citation}. Reviewers know it; a letter that hides it is not believed.",
        "The letter names it and answers it: it is conditional, and the clinician says why this "
        "patient is different.",
        facts=(GUIDELINE,),
    )


def _off_label(case: Case) -> Iterator[Finding]:
    """Yield `note.off-label`: the use is not on the label, and the letter has to say so.

    Source: fact E-LABEL-IND, section 1 of the Botox label. Labels of other products are not
    carried, so for them it asks to look.
    """
    others = sorted(
        product.label for product in _products(case) if product is not ToxinProduct.ONABOTULINUM
    )
    asks = f" Look at the label of {', '.join(others)} too." if others else ""
    yield Finding(
        "note.off-label",
        Severity.NOTE,
        "Botulinum toxin for TMD is an off-label use",
        "TMD is not among the approved indications of onabotulinumtoxinA (Botox).",
        f"The letter says so plainly, and the patient is told before consent.{asks}",
        facts=(LABEL,),
    )


def _products(case: Case) -> set[ToxinProduct]:
    codes = {line.code for request in case.requests for line in request.lines}
    asked = {product for product, code in HCPCS.items() if code in codes}
    return asked | {session.product for session in case.jaw_sessions}


def _helping(case: Case, today: date) -> Iterator[Finding]:
    """Yield `weak.care-that-helps`: a treatment that goes on with a good response.

    A reviewer will ask what the injections add (fact D-CRIT-2: the result of earlier care).
    """
    for item in case.jaw_treatments:
        if item.ongoing and item.response is Response.GOOD and _happened(item, today):
            yield Finding(
                "weak.care-that-helps",
                Severity.WEAK,
                f"{item.label} goes on with a good response",
                "A reviewer will ask why more is needed.",
                "Check the response under Treatments; if it is right, the clinician says what is "
                "still missing.",
                records=(item.id,),
                facts=("D-CRIT-2",),
            )


def _earlier_sessions(case: Case) -> Iterator[Finding]:
    """Yield `note.previous-response` and `weak.previous-no-response`: what injections did.

    Source: fact D-CRIT-4 (policies ask for a rule for stopping, so for the response).
    """
    good = [item for item in case.jaw_sessions if item.response is Response.GOOD]
    if good:
        yield Finding(
            "note.previous-response",
            Severity.NOTE,
            f"Earlier injections helped: {'; '.join(_session_words(item) for item in good)}",
            "A documented good response is a strength of a request to go on.",
            "Show scores before and after each session, and how long the effect lasted.",
            records=tuple(item.id for item in good),
            facts=("D-CRIT-4",),
        )
    poor = [item for item in case.jaw_sessions if item.response in (Response.NONE, Response.WORSE)]
    if poor:
        yield Finding(
            "weak.previous-no-response",
            Severity.WEAK,
            f"Earlier injections did not help: {'; '.join(_session_words(item) for item in poor)}",
            "A reviewer will ask why another session should.",
            "The clinician says what would be different, or whether to stop.",
            records=tuple(item.id for item in poor),
            facts=("D-CRIT-4",),
        )


def _session_words(item: BotulinumSession) -> str:
    parts = [item.date.words() if item.date else "without date"]
    if item.relief_percent is not None:
        parts.append(f"{item.relief_percent}% relief")
    if item.duration_weeks is not None:
        parts.append(f"for {item.duration_weeks.normalize():f} weeks")
    return ", ".join(parts)
