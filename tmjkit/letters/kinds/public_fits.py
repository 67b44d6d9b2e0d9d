"""Whether a letter of a public program fits: only under the law that has it, and in its turn.

Sources, as the knowledge base has them: 42 CFR 438.402 and 438.408 for Medicaid managed care, 42
CFR 431.221 for fee for service, 42 CFR 422.578 and 422.582 for Medicare Advantage, 42 CFR 423.578
for Part D.
"""

from typing import Final

from tmjkit.case import Case, Determination, Level
from tmjkit.knowledge import Regime
from tmjkit.letters import standing as state
from tmjkit.letters.kinds.appeals_clock import FILING, fits_though_late
from tmjkit.letters.kinds.model import FITS, Fit, later, never
from tmjkit.letters.situation import Situation, Voice
from tmjkit.rules import Deadline, deadlines, standing
from tmjkit.rules.deadlines.standing import GONE, all_against

_NO_DENIAL: Final = (
    "no decision that denies is recorded; add the notice under Determinations with its date and "
    "its reason"
)
_NO_FUNDING: Final = (
    "it is not recorded who funds the plan, and that decides which law governs; enter it under "
    "Insurance coverage, Funding"
)


def _elsewhere(situation: Situation, allowed: Regime, what: str) -> Fit | None:
    """Say that the plan's law is unknown or another one; None where it is the one allowed."""
    law = situation.law.result
    if law is None or law.regime is None:
        return later(_NO_FUNDING)
    if law.regime is allowed:
        return None
    return never(f"{what}; this plan stands under: {law.regime.label}", *law.facts)


def medicaid_appeals(situation: Situation) -> Fit:
    """Tell whether an appeal to a Medicaid plan is open."""
    law = situation.law.result
    if law is not None and law.regime is Regime.MEDICAID_FFS:
        step = state.other_step(situation.case, law)
        if step is not None:
            return never(step.why, *step.facts)
    found = _elsewhere(
        situation,
        Regime.MEDICAID_MANAGED_CARE,
        "an appeal to a Medicaid plan is for Medicaid managed care only",
    )
    return found or _first(situation)


def reconsiders(situation: Situation) -> Fit:
    """Tell whether a reconsideration by a Medicare Advantage plan is open."""
    found = _elsewhere(
        situation,
        Regime.MEDICARE_ADVANTAGE,
        "a reconsideration of this kind is for Medicare Advantage only",
    )
    if found is not None:
        return found
    if situation.voice is Voice.CLINICIAN and situation.claim is not None:
        return never(
            "a physician asks for a reconsideration of a request made before the service; for a "
            "payment the enrollee asks, or names the clinician as representative",
            "F-MA-PHYSICIAN",
        )
    return _first(situation)


def _first(situation: Situation) -> Fit:
    denial = situation.denial
    if denial is None:
        return later(_NO_DENIAL)
    why = state.closed(situation.case, denial, situation.today)
    return never(why) if why else fits_though_late(situation, FILING)


def excepts(situation: Situation) -> Fit:
    """Tell whether an exception can be asked of a Part D plan."""
    found = _elsewhere(
        situation, Regime.PART_D, "a coverage exception of this kind is for Medicare Part D only"
    )
    if found is not None:
        return found
    if situation.denial is not None:
        return later(
            "the request was decided: against that decision goes the redetermination, the letter "
            "'appeal'",
            "A-PTD",
        )
    if situation.request is None:
        return later(
            "no request to the drug plan is recorded; add it under Authorization requests with "
            "what is asked for"
        )
    return FITS


def hears(situation: Situation) -> Fit:
    """Tell whether a State fair hearing can be asked for now."""
    law, denial = situation.law.result, situation.denial
    if law is None or law.regime is None:
        return later(_NO_FUNDING)
    if law.regime not in (Regime.MEDICAID_FFS, Regime.MEDICAID_MANAGED_CARE):
        here = law.regime.label
        why = f"a State fair hearing is for Medicaid only; this plan stands under: {here}"
        return never(why, *law.facts)
    if denial is None:
        return later(_NO_DENIAL)
    return _in_its_turn(situation, denial, managed=law.regime is Regime.MEDICAID_MANAGED_CARE)


def _in_its_turn(situation: Situation, denial: Determination, *, managed: bool) -> Fit:
    settled = standing(situation.case, denial).settled
    if settled:
        return never(f"this decision needs no hearing: {settled}")
    if _asked_for(situation.case, denial):
        return never("a State fair hearing about this decision is recorded as asked for")
    if not managed or denial.level is not Level.INITIAL or overdue(situation) is not None:
        return FITS
    return later(
        "the plan's own appeal comes first; the hearing is open after its decision, or where the "
        "plan misses its time",
        "A-MCO-FH",
        "A-MCO-DEEMED",
    )


def _asked_for(case: Case, denial: Determination) -> bool:
    return any(
        item.level is Level.FAIR_HEARING
        and item.outcome not in GONE
        and (item.sent or item.received or item.outcome)
        for item in all_against(case, denial)
    )


def overdue(situation: Situation) -> Deadline | None:
    """Return the clock that a late plan opened for this denial; None while none is open.

    It counts only where a fact says that lateness opens the hearing, and only for an appeal: what
    a plan does not decide at first is no decision on an appeal (42 CFR 438.408(c)(3), (f)(1)).
    """
    denial = situation.denial
    if denial is None:
        return None
    appeals = {item.id for item in all_against(situation.case, denial)}
    for item in deadlines(situation.case, situation.today, knowledge=situation.known.facts):
        opens = item.rule == "deadline.deemed-exhaustion" and "A-MCO-DEEMED" in item.facts
        if opens and item.open and appeals.intersection(item.records):
            return item
    return None
