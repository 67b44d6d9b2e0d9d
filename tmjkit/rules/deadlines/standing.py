"""What became of a denial: whether it was set right, and what its first appeal is.

Clocks and letters ask the same questions here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from tmjkit.case import Appeal, Case, Decision, Determination, Level, Outcome, PartialDate
from tmjkit.knowledge import Fact, FactKind, applying, facts
from tmjkit.rules.model import RegimeResult
from tmjkit.rules.regime import coverage_of, regime

TO_THE_PAYER: Final = frozenset({Level.INTERNAL_1, Level.INTERNAL_2, Level.RECONSIDERATION})
"""What an appeal to the payer is filed as; the second level follows a first one."""

GONE: Final = frozenset({Outcome.WITHDRAWN, Outcome.DISMISSED})
"""How an appeal ends that does not stand."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a denial stands between the payer and us.

    Parameters
    ----------
    settled
        How it was set right later, at any level; empty while it was not.
    appealed
        That a first appeal to the payer was sent or decided; empty while none was.
    begun_before
        Whether an appeal to the payer was begun and came to nothing.
    first_step
        The rule for the first appeal under the law of its plan; None where none is known.
    to_the_payer
        Whether that first appeal goes to the payer, and not to a hearing; so it is too where no
        rule is known.
    """

    settled: str
    appealed: str
    begun_before: bool
    first_step: Fact | None
    to_the_payer: bool


def standing(
    case: Case,
    denial: Determination | None,
    today: date | None = None,
    *,
    law: RegimeResult | None = None,
    knowledge: Mapping[str, Fact] | None = None,
) -> Standing:
    """Tell whether a denial is settled, whether it was appealed, and what its first appeal is.

    Parameters
    ----------
    case
        The case.
    denial
        A decision in it; None where only the first appeal under a law is asked for.
    today
        The day to judge by: an appeal dated later is only planned. None counts it as sent.
    law
        The law that governs; that of the decision's coverage when left out.
    knowledge
        The facts to rest on; those that ship with tmjkit when left out.

    Notes
    -----
    Sources: the rule of the regime for the first step, such as 29 CFR 2560.503-1(h)(3)(i), or
    42 CFR 431.221(d), by which Medicaid that a State pays itself goes to a hearing at once.
    """
    if law is None and denial is not None:
        coverage = coverage_of(case, denial)
        law = regime(coverage) if coverage else None
    step = first_step(law, facts() if knowledge is None else knowledge)
    filed_as = step.clock.filed_as if step and step.clock else ()
    appeals = against(case, denial) if denial else []
    return Standing(
        settled=settled(case, denial) if denial else "",
        appealed=_appealed(case, denial, today) if denial else "",
        begun_before=any(item.level in TO_THE_PAYER and item.outcome in GONE for item in appeals),
        first_step=step,
        to_the_payer=not filed_as or bool({level.value for level in TO_THE_PAYER} & set(filed_as)),
    )


def first_step(law: RegimeResult | None, known: Mapping[str, Fact]) -> Fact | None:
    """Return the rule that limits the first appeal under a law; None where none is known."""
    if law is None or law.regime is None:
        return None
    rules = applying(
        FactKind.RULE,
        law.regime,
        grandfathered=law.grandfathered,
        state=law.state,
        knowledge=known,
    )
    return next((rule for rule in rules if rule.clock and rule.clock.step == "first-appeal"), None)


def against(case: Case, denial: Determination) -> list[Appeal]:
    """Return the appeals against a denial; one that names none counts where there is no choice."""
    only = sum(1 for item in case.determinations if item.adverse) == 1
    return [
        item
        for item in case.appeals
        if item.determination_id == denial.id or (item.determination_id is None and only)
    ]


def all_against(case: Case, denial: Determination) -> list[Appeal]:
    """Return the appeals against a denial and against the decisions on them, level by level."""
    found: dict[str, Appeal] = {}
    denials, seen = [denial], {denial.id}
    while denials:
        new = [item for item in against(case, denials.pop()) if item.id not in found]
        found.update({item.id: item for item in new})
        for other in case.determinations:
            if other.about_id in found and other.id not in seen:
                seen.add(other.id)
                denials.append(other)
    return list(found.values())


def settled(case: Case, denial: Determination) -> str:
    """Say how a denial was set right later, at any level; empty while it was not."""
    appeals = all_against(case, denial)
    if any(item.outcome is Outcome.OVERTURNED for item in appeals):
        return "it was overturned"
    about = {item.id for item in appeals} | ({denial.about_id} if denial.about_id else set())
    before = dated(denial)
    for other in case.determinations:
        if other.decision is not Decision.APPROVAL or other.about_id not in about:
            continue
        after = dated(other)
        # The approval of an appeal came after what was appealed, dated or not.
        later = before and after and after.earliest > before.latest
        if later or other.about_id != denial.about_id:
            return "it was approved later" + (f", on {after.words()}" if after else "")
    return ""


def dated(decision: Determination) -> PartialDate | None:
    """Return the date on a decision, else the day of its receipt."""
    return decision.notice_date or decision.received_date


def sent_first(appeals: list[Appeal], today: date | None) -> PartialDate | None:
    """Return when the first of the appeals that stand was sent; None while none was.

    What they got was sent, so the day of receipt stands in where that of sending is not recorded.
    """
    days = [
        day
        for item in appeals
        if item.outcome not in GONE and (day := item.sent or item.received)
        if today is None or day.earliest <= today
    ]
    return min(days, default=None)


def _appealed(case: Case, denial: Determination, today: date | None) -> str:
    appeals = [
        item
        for item in against(case, denial)
        if item.level in TO_THE_PAYER and item.outcome not in GONE
    ]
    if sent_first(appeals, today):
        return "a first appeal of this decision was sent already"
    ids = {item.id for item in appeals} | ({denial.about_id} if denial.about_id else set())
    answers = (
        item.level in TO_THE_PAYER
        and item.adverse
        and item.about_id in ids
        and not _dated_before(item, denial)
        for item in case.determinations
    )
    if any(item.outcome is not None for item in appeals) or any(answers):
        return "a first appeal of this decision was decided"
    return ""


def _dated_before(one: Determination, other: Determination) -> bool:
    days = [dated(item) for item in (one, other)]
    return bool(days[0] and days[1] and days[0].latest < days[1].earliest)
