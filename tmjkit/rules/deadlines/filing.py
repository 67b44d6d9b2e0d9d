"""Our clocks after a decision: the first appeal, the next step, the fair hearing, going on.

Sources, as the knowledge base has them: 29 CFR 2560.503-1(h)(3)(i); 45 CFR 147.136(b)(2)(i) and
(b)(3)(i); 42 CFR 422.582, 422.602, 423.582, 405.942, 405.962, 438.402, 438.408, 438.420, 431.221;
32 CFR 199.10; 5 CFR 890.105. Which one is used follows from the regime alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    Case,
    DateRange,
    Determination,
    Level,
    Outcome,
    Urgency,
)
from tmjkit.knowledge import Fact, Regime
from tmjkit.rules.deadlines import span
from tmjkit.rules.deadlines.made import Days, as_stated, joined, of_run, ours
from tmjkit.rules.deadlines.process import REVIEWED
from tmjkit.rules.deadlines.run import Run, run
from tmjkit.rules.deadlines.setting import Setting
from tmjkit.rules.deadlines.standing import against, first_step, sent_first, settled
from tmjkit.rules.deadlines.status import judge
from tmjkit.rules.model import Deadline, RegimeResult, Status

# What counts as the first appeal where no rule says what a regime calls it.
_FIRST_LEVELS: Final = ("internal-1", "internal-2", "reconsideration")


def first_appeals(setting: Setting) -> Iterator[Deadline]:
    """Yield `deadline.internal-appeal`: the first appeal against every adverse first decision."""
    case = setting.case
    for denial in case.determinations:
        if not denial.adverse or denial.level is not Level.INITIAL:
            continue
        law = setting.law(denial)
        rule = first_step(law, setting.known)
        values = rule.clock if rule else None
        levels = values.filed_as if values else _FIRST_LEVELS
        appeals = [item for item in against(case, denial) if item.level.value in levels]
        days = _days(denial, rule, law, setting.known, stated(appeals))
        yield ours(
            "deadline.internal-appeal",
            f"Send the {values.name if values else 'first appeal'}",
            days,
            judged(setting, denial, appeals, days),
            records=(denial.id, *(item.id for item in appeals)),
            facts=(rule.id,) if rule else (),
        )
        yield from _expedited(setting, denial, law, appeals)


def _expedited(
    setting: Setting, denial: Determination, law: RegimeResult | None, appeals: list[Appeal]
) -> Iterator[Deadline]:
    """Yield `deadline.expedited-appeal`: a short time for it, where the request was urgent."""
    asked = setting.asked(denial)
    if not isinstance(asked, AuthorizationRequest) or asked.urgency is not Urgency.EXPEDITED:
        return
    for rule in setting.clocks("expedited-appeal", law):
        found = run(rule, denial.notice_date, denial.received_date)
        days = Days(reason=found) if isinstance(found, str) else of_run(found)
        fast = [item for item in appeals if item.urgency is Urgency.EXPEDITED]
        yield ours(
            "deadline.expedited-appeal",
            f"Send the {rule.clock.name if rule.clock else ''}, if it shall be expedited",
            days,
            judged(setting, denial, fast, days),
            records=(denial.id, *(item.id for item in fast)),
            facts=(rule.id,),
        )


def next_steps(setting: Setting) -> Iterator[Deadline]:
    """Yield `deadline.next-appeal` and `deadline.fair-hearing`: what follows a lost appeal.

    By rule where the regime has one; else by the notice, which states the time of a further
    appeal (29 CFR 2560.503-1(j)(4) and 45 CFR 147.136(b)(2)(ii)(E) for the plans under them).
    """
    case = setting.case
    for denial in case.determinations:
        if not denial.adverse or denial.level is Level.INITIAL:
            continue
        law = setting.law(denial)
        rules = _after(setting, denial, law)
        if rules:
            yield _next(setting, denial, rules[0])
        elif _plan_asks_on(setting, denial, law):
            yield from _by_notice(setting, denial)
    for lost in _lost_without_notice(case):
        days = Days(reason=_ASK_NEXT, trigger_date=lost.decided)
        status = (Status.CANNOT_START, _ASK_NEXT)
        yield ours("deadline.next-appeal", _NEXT, days, status, records=(lost.id,))


_NEXT: Final = "Send the next appeal or the request for outside review"
_ASK_NEXT: Final = (
    "the time for the next step is not recorded: read it in the decision, and enter an appeal of "
    "the next level with its last day"
)


def _after(setting: Setting, denial: Determination, law: RegimeResult | None) -> list[Fact]:
    """Return the rules for what is open after a decision of that level."""
    found = [*setting.clocks("next-appeal", law), *setting.clocks("fair-hearing", law)]
    return [item for item in found if item.clock and denial.level.value in item.clock.after]


def _plan_asks_on(setting: Setting, denial: Determination, law: RegimeResult | None) -> bool:
    """Tell whether a step is still open that only the notice tells of.

    After the only internal appeal comes external review, which has a clock of its own.
    """
    if law is None or law.regime not in REVIEWED or law.grandfathered:
        return True
    coverage = setting.coverage(denial)
    levels = coverage.internal_levels if coverage else None
    first = denial.level in (Level.INTERNAL_1, Level.RECONSIDERATION)
    if first:
        return levels == 2 and law.regime is not Regime.INDIVIDUAL  # noqa: PLR2004 -- of one or two
    return denial.level is not Level.INTERNAL_2


def _next(setting: Setting, denial: Determination, rule: Fact) -> Deadline:
    clock = rule.clock
    levels = clock.filed_as if clock else ()
    appeals = [item for item in against(setting.case, denial) if item.level.value in levels]
    found = run(rule, denial.notice_date, denial.received_date)
    day = stated(appeals)
    if isinstance(found, str):
        days = as_stated(day) if day else Days(reason=found)
    else:
        days = joined(of_run(found), day)
    hearing = clock is not None and clock.step == "fair-hearing"
    if hearing and day is None and days.due is not None and not days.due.exact:
        said = "the State sets how long it is, and the notice says so: work to the first day"
        days = replace(days, because=said)
    return ours(
        "deadline.fair-hearing" if hearing else "deadline.next-appeal",
        f"Send the {clock.name if clock else ''}",
        days,
        judged(setting, denial, appeals, days),
        records=(denial.id, *(item.id for item in appeals)),
        facts=(rule.id,),
    )


def _by_notice(setting: Setting, denial: Determination) -> Iterator[Deadline]:
    appeals = [item for item in against(setting.case, denial) if item.level is not denial.level]
    day = stated(appeals)
    if day is None and sent_first(appeals, setting.today):
        return
    days = as_stated(day) if day else Days(reason=_ASK_NEXT)
    days = replace(days, trigger_date=denial.received_date or denial.notice_date)
    yield ours(
        "deadline.next-appeal",
        _NEXT,
        days,
        judged(setting, denial, appeals, days),
        records=(denial.id, *(item.id for item in appeals)),
    )


def judged(
    setting: Setting, denial: Determination, appeals: list[Appeal], days: Days
) -> tuple[Status, str]:
    """Tell where a clock of ours against a denial stands."""
    resolved = settled(setting.case, denial)
    if resolved:
        return Status.NOT_NEEDED, resolved
    sent = sent_first(appeals, setting.today)
    if days.reason or days.due is None:
        if sent is None:
            return Status.CANNOT_START, days.reason
        said = f"sent {sent.words()}; the last day can't be worked out, because {days.reason}"
        return Status.UNCLEAR, said
    return judge(days.due, setting.today, sent=sent, bound=days.bound)


def appeal_as_stated(setting: Setting, appeal: Appeal, day: date) -> Deadline:
    """Return `deadline.appeal-as-stated`: an appeal with the last day that its notice states."""
    status = judge(DateRange(day, day), setting.today, sent=sent_first([appeal], setting.today))
    title = f"Send: {appeal.level.label}"
    return ours("deadline.appeal-as-stated", title, as_stated(day), status, records=(appeal.id,))


def stated(appeals: Sequence[Appeal]) -> date | None:
    """Return the earliest last day that notices state for some appeals."""
    return min((item.due for item in appeals if item.due), default=None)


def _days(
    denial: Determination,
    rule: Fact | None,
    law: RegimeResult | None,
    known: Mapping[str, Fact],
    day: date | None,
) -> Days:
    """Work out the days of a first appeal: by rule, else by the notice, else a date meanwhile."""
    found = run(rule, denial.notice_date, denial.received_date) if rule else _why_no_rule(law)
    if isinstance(found, Run):
        return joined(of_run(found), day)
    if day is not None:
        line = f"The notice states {span.words(day)}; no rule checks it, because {found}"
        return replace(as_stated(day), arithmetic=line)
    return _meanwhile(denial, found, known)


def _why_no_rule(law: RegimeResult | None) -> str:
    if law is None:
        return "it is not recorded which coverage decided"
    if law.regime is None:
        return "it is not known who funds the plan, and that decides which time holds"
    if law.grandfathered:
        return (
            "the plan is recorded as grandfathered, which the federal rule on appeals does not "
            "reach: the plan's own document and the notice give the time"
        )
    return (
        f"no federal time for a first appeal is on record for this kind of plan "
        f"({law.regime.label}): the plan's own document and the notice give it"
    )


def _meanwhile(denial: Determination, reason: str, known: Mapping[str, Fact]) -> Days:
    """Give a date to work to while the time is unknown: the shortest that any rule gives."""
    lengths = [
        item.clock for item in known.values() if item.clock and item.clock.step == "first-appeal"
    ]
    day = denial.notice_date
    if day is None or not lengths:
        line = "No date on the notice is recorded to count from"
        return Days(trigger_date=denial.received_date, arithmetic=line, reason=reason)
    safe = min(span.add(day.earliest, item) for item in lengths)
    return Days(
        trigger="the date on the notice",
        trigger_date=day,
        due=DateRange(safe, safe),
        arithmetic="The notice itself should state the time. Until it is entered (Appeals, Due), "
        f"work to {span.words(safe)}: {(safe - day.earliest).days} days from the date on the "
        "notice, the shortest time of all kinds of plans",
        reason=reason,
    )


def _lost_without_notice(case: Case) -> Iterator[Appeal]:
    """Yield appeals that were lost while neither their decision nor a next step is recorded."""
    decided = {item.about_id for item in case.determinations}
    levels = list(Level)
    for lost in case.appeals:
        later = any(item.adverse and item.level is lost.level for item in case.determinations)
        higher = any(
            levels.index(item.level) > levels.index(lost.level) and (item.sent or item.due)
            for item in case.appeals
        )
        was_lost = lost.outcome in (Outcome.UPHELD, Outcome.PARTLY_OVERTURNED)
        if was_lost and lost.id not in decided and not later and not higher:
            yield lost
