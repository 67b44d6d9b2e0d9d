"""The decisions on one request or claim, level by level, and which letter follows the last."""

from typing import Final

from tmjkit.case import (
    Appeal,
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
from tmjkit.letters.situation import Subject
from tmjkit.rules import coverage_of, regime, standing
from tmjkit.rules.deadlines.answers import on_appeal
from tmjkit.rules.deadlines.process import REVIEWED
from tmjkit.rules.deadlines.standing import dated
from tmjkit.rules.triage import open_denials

_EARLIEST: Final = PartialDate(1880)
_FIRST_APPEAL: Final = frozenset({Level.INTERNAL_1, Level.RECONSIDERATION})
TWO: Final = 2

FIRST_LETTER: Final = {
    Regime.MEDICARE_ADVANTAGE: "reconsideration",
    Regime.MEDICAID_MANAGED_CARE: "medicaid-appeal",
    Regime.MEDICAID_FFS: "fair-hearing",
}
"""The first appeal by regime, where it is not the kind 'appeal'."""

NEXT_STEP: Final = {
    Regime.MEDICARE_ADVANTAGE: "the plan itself sends a denial that it upholds to the independent "
    "review entity",
    Regime.PART_D: "a denial that is upheld goes to the independent review entity, in the way that "
    "the decision names",
    Regime.ORIGINAL_MEDICARE: "a denial that is upheld goes to the qualified independent "
    "contractor, in the way that the decision names",
    Regime.MEDICAID_MANAGED_CARE: "after the plan's appeal comes the State fair hearing",
    Regime.MEDICAID_FFS: "the step is the State fair hearing",
    Regime.TRICARE: "the next step is the one that the decision names: a second reconsideration, "
    "then a hearing",
    Regime.FEHB: "the next step is the review by OPM",
    Regime.CHURCH: "most church plans stand outside the federal rules; ask the plan's office which "
    "further appeal it has",
}
"""What follows the first appeal where it is neither a second appeal nor external review."""


def latest(items: list[Determination]) -> Determination | None:
    """Return the decision with the latest date; an undated one counts as the earliest."""
    return max(items, key=lambda item: dated(item) or _EARLIEST, default=None)


def asked_behind(case: Case, decision: Determination | None) -> AuthorizationRequest | Claim | None:
    """Return the request or claim behind a decision, through the appeals it was decided on."""
    seen: set[str] = set()
    while decision is not None and decision.id not in seen:
        seen.add(decision.id)
        asked = choose.asked(case, decision)
        if asked is not None:
            return asked
        decision = before(case, decision)
    return None


def first_of(case: Case, decision: Determination | None) -> Determination | None:
    """Return the first decision of the chain that a decision on an appeal belongs to."""
    seen: set[str] = set()
    while decision is not None and decision.level is not Level.INITIAL:
        if decision.id in seen:
            return None
        seen.add(decision.id)
        decision = before(case, decision)
    return decision


def before(case: Case, decision: Determination) -> Determination | None:
    """Return the decision that the decided appeal was against; else the one of a lower level."""
    known = {item.id: item for item in case.determinations}
    appeal = next((item for item in case.appeals if item.id == decision.about_id), None)
    if appeal is not None and appeal.determination_id in known:
        return known[appeal.determination_id]
    if decision.about_id in known:
        return known[decision.about_id]
    levels = list(Level)
    lower = [
        item
        for item in case.determinations
        if item.adverse
        and levels.index(item.level) < levels.index(decision.level)
        and (item.about_id == decision.about_id or appeal is not None)
    ]
    return max(
        lower,
        key=lambda item: (levels.index(item.level), dated(item) or _EARLIEST),
        default=None,
    )


def decisions_of_first_appeal(case: Case) -> list[Determination]:
    """Return the decisions on first appeals that deny: those that stand, else those set right."""
    found = [item for item in case.determinations if item.adverse and item.level in _FIRST_APPEAL]
    return [item for item in found if not standing(case, item).settled] or found


def subject(case: Case, decision: Determination | None, coverage_id: str | None) -> Subject:
    """Return the subject of a letter about a decision at any level."""
    asked = asked_behind(case, decision)
    first = first_of(case, decision)
    payer = choose.coverage(case, coverage_id, decision, asked)
    if payer is None and coverage_id is None and first is not None:
        payer = coverage_of(case, first)
    about: Record | None = None
    if decision is None:
        about = lost_appeal(case)
        asked = choose.latest_request(case, payer)
    return Subject(coverage=payer, denial=decision, asked=asked, about=about)


def lost_appeal(case: Case) -> Appeal | None:
    """Return the first appeal that is recorded as lost without its decision."""
    return next(
        (
            item
            for item in case.appeals
            if item.level in _FIRST_APPEAL
            and item.outcome is not None
            and (answer := on_appeal(case, item)) is not None
            and answer.decision is None
        ),
        None,
    )


def step(case: Case) -> str:
    """Return the name of the letter that the latest open denial calls for; empty without one."""
    decision = latest(list(open_denials(case)))
    if decision is None:
        return ""
    coverage = coverage_of(case, decision)
    law = regime(coverage) if coverage else None
    governs = law.regime if law else None
    if decision.level is Level.INITIAL:
        return FIRST_LETTER.get(governs, "appeal") if governs else "appeal"
    if governs in (Regime.MEDICAID_MANAGED_CARE, Regime.MEDICAID_FFS):
        return "fair-hearing"
    if governs not in REVIEWED or (law is not None and law.grandfathered):
        return "appeal-second" if asks_twice(coverage, decision) else "appeal"
    return "appeal-second" if asks_twice(coverage, decision) else "external-review"


def asks_twice(coverage: Coverage | None, decision: Determination) -> bool:
    """Tell whether the plan is recorded as asking for a second appeal after this decision."""
    return (
        coverage is not None and coverage.internal_levels == TWO and decision.level in _FIRST_APPEAL
    )


def reasoned(case: Case, decision: Determination | None) -> Determination | None:
    """Return the decision whose reasons stand: itself, or the one that it upholds without any."""
    seen: set[str] = set()
    found = decision
    while found is not None and not found.reasons and found.id not in seen:
        seen.add(found.id)
        found = before(case, found)
    return found if found is not None and found.reasons else decision


def chain(case: Case, decision: Determination) -> frozenset[str]:
    """Return the ids of the decisions on the same thing, at every level."""
    asked = asked_behind(case, decision)
    same = {item.id for item in case.determinations if asked and asked_behind(case, item) is asked}
    return frozenset({decision.id, *same})
