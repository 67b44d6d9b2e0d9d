"""The second appeal to the plan: only where the plan asks for it."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from tmjkit.case import Case, Determination, Level
from tmjkit.knowledge import Regime
from tmjkit.letters import choose
from tmjkit.letters.decision import decision_view
from tmjkit.letters.gap import LetterError
from tmjkit.letters.kinds.appeals_chain import (
    NEXT_STEP,
    TWO,
    decisions_of_first_appeal,
    first_of,
    latest,
    lost_appeal,
    subject,
)
from tmjkit.letters.kinds.appeals_clock import (
    day_of,
    deadline_of,
    fits_though_late,
    last_was,
)
from tmjkit.letters.kinds.appeals_context import of_appeal
from tmjkit.letters.kinds.model import Fit, later, never
from tmjkit.letters.situation import Situation, Subject
from tmjkit.letters.view import View, missing
from tmjkit.rules import standing
from tmjkit.rules.deadlines.standing import all_against, sent_first

_FILING: Final = "deadline.next-appeal"
_FIRST: Final = (Level.INTERNAL_1, Level.RECONSIDERATION)


def pick(case: Case, today: dt.date, about: str | None, coverage_id: str | None) -> Subject:  # noqa: ARG001
    """Choose the decision on the first appeal that denies, and what was asked for.

    Raises
    ------
    LetterError
        When the id is not that of a decision on a first appeal that denies.
    """
    if about is None:
        return subject(case, latest(decisions_of_first_appeal(case)), coverage_id)
    found = choose.record(case, about, Determination)
    if not found.adverse or found.level not in _FIRST:
        raise LetterError(
            f"{about} is not a decision on a first appeal that denies: this letter is the second "
            "appeal"
        )
    return subject(case, found, coverage_id)


def fits(situation: Situation) -> Fit:
    """Tell whether the plan asks for a second appeal, and one is open.

    Sources: 29 CFR 2560.503-1(c)(2)-(3), at most two levels, and 45 CFR 147.136(b)(3)(ii)(G), one
    level in an individual plan. That a voluntary second level can cost the time for external review
    follows from laws such as N.Y. Ins. Law 4914(b)(1), whose time counts from the first one.
    """
    reach = _reach(situation)
    if reach is not None:
        return reach
    coverage, case, decision = situation.coverage, situation.case, situation.denial
    if decision is None:
        lost = lost_appeal(case) is not None
        return later(_ENTER if lost else "no decision on a first appeal is on record yet")
    why = _over(case, decision, situation.today)
    if why:
        return never(why)
    if coverage is not None and coverage.internal_levels == TWO:
        return fits_though_late(situation, _FILING)
    named = ("A-INT-LEVELS-GRP", "A-NY")
    return later(_ASK, *(name for name in named if situation.law.holds(name)))


_ENTER: Final = (
    "the first appeal is recorded as lost, and its decision is not on record: enter it under "
    "Determinations"
)
_ASK: Final = (
    "whether the plan asks for a second appeal is not recorded: read the decision, and enter it "
    "under Coverages, Internal levels. One that is only offered can be skipped, and while it runs "
    "the time for external review may run out"
)
_AFTER: Final = "after it comes the request for external review"


def _reach(situation: Situation) -> Fit | None:
    """Say why the plan has no second appeal; None where it may."""
    coverage, law = situation.coverage, situation.law
    governs = law.result.regime if law.result else None
    if governs in NEXT_STEP:
        return never(f"this plan has no second appeal of this kind: {NEXT_STEP[governs]}")
    if governs is Regime.INDIVIDUAL and law.holds("A-INT-LEVELS-IND"):
        why = f"an individual plan may ask for one internal appeal only; {_AFTER}"
        return never(why, "A-INT-LEVELS-IND")
    if coverage is not None and coverage.internal_levels == 1:
        return never(f"the plan is recorded as asking for one internal appeal; {_AFTER}")
    return None


def _over(case: Case, decision: Determination, today: dt.date) -> str:
    settled = standing(case, decision, today).settled
    if settled:
        return f"this decision needs no appeal: {settled}"
    if sent_first(all_against(case, decision), today):
        return "a further appeal of this decision was sent already"
    return ""


def context(situation: Situation) -> Mapping[str, Any]:
    """Add the first decision and appeal, and the time limits of this level.

    `first` is the first decision, `own_reasons` whether the decision on the appeal gives reasons of
    its own, `sent` the day on which the first appeal was sent where it is recorded, `last_day` the
    last day for this appeal as the decision says, `last_was` the same where it has passed.
    """
    case, denial = situation.case, situation.denial
    first = first_of(case, denial)
    appeal = next(
        (item for item in case.appeals if denial is not None and item.id == denial.about_id), None
    )
    if appeal is None and first is not None:
        known = all_against(case, first)
        appeal = next((item for item in known if item.level in _FIRST), None)
    sent = View(
        "first appeal",
        MappingProxyType({"sent": day_of(appeal.sent, appeal) if appeal and appeal.sent else ()}),
        (appeal,) if appeal else (),
    )
    found = deadline_of(situation, _FILING, denial)
    last = (
        day_of(found.due.earliest, *found.records, facts=found.facts)
        if found is not None and found.due is not None
        else missing(
            "Last day for the second appeal",
            "Appeals: add an appeal of the second level with its last day, as the decision says",
            record="appeals",
            field="due",
        )
    )
    return {
        **of_appeal(situation),
        "first": decision_view(first, case.documents),
        "first_appeal": sent,
        "own_reasons": bool(denial and denial.reasons),
        "last_day": last,
        "last_was": last_was(situation, _FILING),
    }
