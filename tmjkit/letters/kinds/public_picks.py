"""Chooses what an appeal in a public program or a complaint is about."""

import datetime as dt
from collections.abc import Iterable

from tmjkit.case import (
    AuthorizationRequest,
    Case,
    Claim,
    Coverage,
    Determination,
    Level,
    PartialDate,
    Record,
)
from tmjkit.knowledge import Regime
from tmjkit.letters import choose
from tmjkit.letters.gap import LetterError
from tmjkit.letters.kinds.appeals_chain import latest, subject
from tmjkit.letters.situation import Pick, Subject
from tmjkit.letters.standing import closed
from tmjkit.rules import coverage_of, regime, standing

MEDICAID = (Regime.MEDICAID_MANAGED_CARE, Regime.MEDICAID_FFS)
_FIRST = PartialDate(1880)


def first_under(*regimes: Regime) -> Pick:
    """Make a pick of the first decision that is open to an appeal under one of some regimes.

    Where a case has no decision under them it is the one that any first appeal would answer, so
    that the letter can say why it does not apply.
    """

    def pick(case: Case, today: dt.date, about: str | None, coverage_id: str | None) -> Subject:
        if about is not None:
            return choose.first_denial(case, today, about, coverage_id)
        found = [
            item
            for item in case.determinations
            if item.adverse and item.level is Level.INITIAL and _under(case, item, regimes)
        ]
        if coverage_id is not None:
            found = [item for item in found if _covers(case, item, coverage_id)]
        open_ones = [item for item in found if not closed(case, item, today)]
        decision = latest(open_ones or found)
        if decision is not None:
            return choose.subject_of(case, decision, coverage_id)
        wanted = coverage_id or _id(_coverage_under(case, regimes))
        if wanted is not None:
            payer = choose.coverage(case, wanted, None, None)
            return Subject(payer, None, choose.latest_request(case, payer))
        return choose.first_denial(case, today, None, None)

    return pick


def hearing_about(
    case: Case, today: dt.date, about: str | None, coverage_id: str | None
) -> Subject:
    """Choose the decision that a State fair hearing is asked about.

    Under managed care that is the plan's decision on its appeal, else the first decision that the
    plan has not answered an appeal of; under fee for service the State's first decision.

    Raises
    ------
    LetterError
        When the id is not that of a decision of the case that denies.
    """
    if about is not None:
        decision = choose.record(case, about, Determination)
        if not decision.adverse:
            raise LetterError(f"{about} is not a decision that denies: a hearing is about one")
        return subject(case, decision, coverage_id)
    lost = [
        item
        for item in case.determinations
        if item.adverse
        and item.level in (Level.INTERNAL_1, Level.INTERNAL_2, Level.RECONSIDERATION)
        and _under(case, item, (Regime.MEDICAID_MANAGED_CARE,))
        and not standing(case, item).settled
        and (coverage_id is None or _covers(case, item, coverage_id))
    ]
    last = latest(lost)
    if last is not None:
        return subject(case, last, coverage_id)
    return first_under(*MEDICAID)(case, today, None, coverage_id)


def drug_request(case: Case, today: dt.date, about: str | None, coverage_id: str | None) -> Subject:
    """Choose the request to the drug plan: the one named, else the latest to a Part D plan.

    Raises
    ------
    LetterError
        When the id is not that of a request or claim, or there is no such coverage.
    """
    wanted = coverage_id
    if about is None and wanted is None:
        wanted = _id(_coverage_under(case, (Regime.PART_D,)))
    found = choose.request(case, today, about, wanted)
    decisions = [
        item
        for item in case.determinations
        if found.asked is not None and item.about_id == found.asked.id and item.adverse
    ]
    return Subject(found.coverage, latest(decisions), found.asked)


def latest_matter(
    case: Case,
    today: dt.date,  # noqa: ARG001 -- every pick is given the day
    about: str | None,
    coverage_id: str | None,
) -> Subject:
    """Choose what a complaint is about: the decision, request or claim named, else the latest.

    Raises
    ------
    LetterError
        When the id is not that of a decision, request or claim of the case.
    """
    if about is not None:
        return _of(case, _named(case, about), coverage_id)
    found: list[Determination | AuthorizationRequest | Claim] = [
        *(item for item in case.determinations if item.adverse),
        *(item for item in case.requests if item.sent),
        *(item for item in case.claims if item.sent),
    ]
    if coverage_id is not None:
        found = [item for item in found if _covers(case, item, coverage_id)]
    if not found:
        payer = choose.coverage(case, coverage_id, None, None)
        return Subject(payer, None, choose.latest_request(case, payer))
    return _of(case, max(found, key=_when), coverage_id)


def _named(case: Case, about: str) -> Determination | AuthorizationRequest | Claim:
    for _, item in case.records():
        if item.id == about and isinstance(item, Determination | AuthorizationRequest | Claim):
            return item
    raise LetterError(f"this case has no determination or authorizationrequest or claim {about}")


def _of(
    case: Case, item: Determination | AuthorizationRequest | Claim, coverage_id: str | None
) -> Subject:
    if isinstance(item, Determination):
        return subject(case, item, coverage_id)
    decision = latest([one for one in case.determinations if one.about_id == item.id])
    denial = decision if decision and decision.adverse else None
    return Subject(choose.coverage(case, coverage_id, None, item), denial, item)


def _when(item: Record) -> PartialDate:
    for name in ("notice_date", "received_date", "sent", "start"):
        found = getattr(item, name, None)
        if isinstance(found, PartialDate):
            return found
    return _FIRST


def _under(case: Case, decision: Determination, regimes: Iterable[Regime]) -> bool:
    payer = subject(case, decision, None).coverage
    return payer is not None and regime(payer).regime in tuple(regimes)


def _covers(
    case: Case, item: Determination | AuthorizationRequest | Claim, coverage_id: str
) -> bool:
    payer = (
        subject(case, item, None).coverage
        if isinstance(item, Determination)
        else coverage_of(case, item)
    )
    return payer is not None and payer.id == coverage_id


def _coverage_under(case: Case, regimes: Iterable[Regime]) -> Coverage | None:
    allowed = tuple(regimes)
    found = [item for item in case.coverages if regime(item).regime in allowed]
    return min(found, key=lambda item: item.rank, default=None)


def _id(coverage: Coverage | None) -> str | None:
    return coverage.id if coverage else None
