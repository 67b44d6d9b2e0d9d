"""What became of a claim: whether there is anything left to ask about it."""

from typing import Final

from tmjkit.case import (
    Case,
    Claim,
    ContactSource,
    Decision,
    Determination,
    DocumentKind,
    DocumentSource,
    PartialDate,
    ReasonKind,
    Source,
)
from tmjkit.letters.kinds.model import Fit, later, never
from tmjkit.letters.situation import Situation
from tmjkit.rules import standing

_FIRST: Final = PartialDate(1880)


def decided(situation: Situation, claim: Claim) -> Fit | None:
    """Say that a claim was decided, so that nothing is left to ask; None where something is.

    A denial that calls it a duplicate leaves open what became of the first one, and one that was
    sent back without a decision leaves open what it lacks: both are asked about.
    """
    last = _last(situation.case, claim)
    if last is not None and last.adverse:
        return _denied(situation, last)
    if last is not None and last.decision is Decision.APPROVAL:
        return never(f"this claim was approved{_on(last)}: nothing is left to ask about it")
    if claim.paid:
        return never(
            "this claim is recorded as decided and paid. Where a line was paid short or not at "
            "all, enter that decision under Determinations: an appeal answers it"
        )
    if claim.paid is not None or _explained(situation.case, claim):
        return later(
            "this claim was decided, as what was paid or an explanation of benefits on record "
            "says: enter the decision under Determinations, and an appeal answers it"
        )
    return None


def _denied(situation: Situation, denial: Determination) -> Fit | None:
    settled = standing(situation.case, denial, situation.today).settled
    if settled:
        return never(f"nothing is left to ask about this claim: {settled}")
    if any(item.kind is ReasonKind.DUPLICATE for item in denial.reasons):
        return None
    return later(
        f"this claim was decided{_on(denial)}: what answers a denial is an appeal, or a "
        "corrected-claim where the claim was wrong"
    )


def _last(case: Case, claim: Claim) -> Determination | None:
    about = [item for item in case.determinations if item.about_id == claim.id]
    return max(
        about, key=lambda item: item.notice_date or item.received_date or _FIRST, default=None
    )


def _on(decision: Determination) -> str:
    day = decision.notice_date or decision.received_date
    return f" on {day.words()}" if day else ""


def _explained(case: Case, claim: Claim) -> bool:
    """Tell whether an explanation of benefits is a source of the claim."""
    return any(kind is DocumentKind.EOB for kind, _ in _papers(case, claim))


def of_sending(case: Case, claim: Claim) -> tuple[Source, ...]:
    """Return those sources of a claim that can show that it was sent.

    They are the confirmation of a fax or of a delivery, kept as correspondence, and the log of the
    contact by which it went. What the payer wrote later shows what it decided, and a bill shows
    what was billed.
    """
    sent = [source for kind, source in _papers(case, claim) if kind is DocumentKind.CORRESPONDENCE]
    return (*sent, *(item for item in claim.sources if isinstance(item, ContactSource)))


def _papers(case: Case, claim: Claim) -> tuple[tuple[DocumentKind, DocumentSource], ...]:
    kinds = {item.id: item.kind for item in case.documents}
    return tuple(
        (kinds[item.document_id], item)
        for item in claim.sources
        if isinstance(item, DocumentSource) and item.document_id in kinds
    )
