"""The clocks of appeals: the first one by law, later ones by what the notice states."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tmjkit.case import (
    Appeal,
    Case,
    DateRange,
    Decision,
    Determination,
    Level,
    Outcome,
    PartialDate,
)
from tmjkit.knowledge import Fact, FactKind, applying
from tmjkit.rules.deadlines import clock
from tmjkit.rules.model import Deadline, RegimeResult, Status, Whose
from tmjkit.rules.regime import coverage_of, regime
from tmjkit.rules.deadlines.status import judge

# What counts as the first appeal where no rule says what a regime calls it.
_FIRST_LEVELS: Final = ("internal-1", "internal-2", "reconsideration")


def first_appeal_rule(known: Mapping[str, Fact], law: RegimeResult | None) -> Fact | None:
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


def first_appeals(case: Case, today: date, known: Mapping[str, Fact]) -> Iterator[Deadline]:
    """Yield `deadline.internal-appeal`: the first appeal against every adverse first decision.

    Sources, as the knowledge base has them: 29 CFR 2560.503-1(h)(3)(i); 45 CFR 147.136(b)(2)(i)
    and (b)(3)(i); 42 CFR 422.582(b)(1), 423.582(b), 405.942, 438.402(c)(2)(ii), 431.221(d);
    32 CFR 199.10; 5 CFR 890.105. Which one is used follows from the regime alone.
    """
    for denial in case.determinations:
        if not denial.adverse or denial.level is not Level.INITIAL:
            continue
        coverage = coverage_of(case, denial)
        law = regime(coverage) if coverage else None
        rule = first_appeal_rule(known, law)
        values = rule.clock if rule else None
        levels = values.filed_as if values else _FIRST_LEVELS
        appeals = [item for item in against(case, denial) if item.level.value in levels]
        days = _days(denial, rule, law, known, stated(appeals))
        yield _deadline(
            "deadline.internal-appeal",
            f"Send the {values.name if values else 'first appeal'}",
            days,
            _standing(case, denial, appeals, days, today),
            records=(denial.id, *(item.id for item in appeals)),
            facts=(rule.id,) if rule else (),
        )


def later_appeals(case: Case, today: date) -> Iterator[Deadline]:
    """Yield `deadline.next-appeal`: what follows an appeal that was lost, by its own notice.

    The time of a later level differs by regime and state, and a decision on an appeal states it
    (29 CFR 2560.503-1(j)(4) and 45 CFR 147.136(b)(2)(ii)(E) for the plans under them), so it is
    asked for and not computed.
    """
    for denial in case.determinations:
        if not denial.adverse or denial.level is Level.INITIAL:
            continue
        appeals = [item for item in against(case, denial) if item.level is not denial.level]
        day = stated(appeals)
        if day is None and _sent(appeals, today):
            continue
        days = _as_stated(day) if day else _Days(reason=_ASK_NEXT)
        days = replace(days, trigger_date=denial.received_date or denial.notice_date)
        yield _deadline(
            "deadline.next-appeal",
            _NEXT,
            days,
            _standing(case, denial, appeals, days, today),
            records=(denial.id, *(item.id for item in appeals)),
        )
    for lost in _lost_without_notice(case):
        days = _Days(reason=_ASK_NEXT, trigger_date=lost.decided)
        status = (Status.CANNOT_START, _ASK_NEXT)
        yield _deadline("deadline.next-appeal", _NEXT, days, status, records=(lost.id,))


def appeal_as_stated(appeal: Appeal, day: date, today: date) -> Deadline:
    """Return `deadline.appeal-as-stated`: an appeal with the last day that its notice states."""
    days = _as_stated(day)
    status = judge(DateRange(day, day), today, sent=_sent([appeal], today))
    title = f"Send: {appeal.level.label}"
    return _deadline("deadline.appeal-as-stated", title, days, status, records=(appeal.id,))


def against(case: Case, denial: Determination) -> list[Appeal]:
    """Return the appeals against a denial; one that names none counts where there is no choice."""
    only = sum(1 for item in case.determinations if item.adverse) == 1
    return [
        item
        for item in case.appeals
        if item.determination_id == denial.id or (item.determination_id is None and only)
    ]


def stated(appeals: Sequence[Appeal]) -> date | None:
    """Return the earliest last day that notices state for some appeals."""
    return min((item.due for item in appeals if item.due), default=None)


_NEXT: Final = "Send the next appeal or the request for outside review"
_ASK_NEXT: Final = (
    "the time for the next step is not recorded: read it in the decision, and enter an appeal of "
    "the next level with its last day"
)


@dataclass(frozen=True)
class _Days:
    """The days of a clock before it is judged; `reason` says why they can't be worked out."""

    trigger: str = "the decision"
    trigger_date: PartialDate | None = None
    due: DateRange | None = None
    arithmetic: str = ""
    bound: clock.Bound = "exact"
    because: str = ""
    reason: str = ""


def _deadline(
    rule: str,
    title: str,
    days: _Days,
    status: tuple[Status, str],
    *,
    records: tuple[str, ...],
    facts: tuple[str, ...] = (),
) -> Deadline:
    return Deadline(
        rule=rule,
        title=title,
        trigger=days.trigger,
        trigger_date=days.trigger_date,
        due=days.due,
        whose=Whose.OURS,
        status=status[0],
        because="; ".join(part for part in (days.because, status[1]) if part),
        arithmetic=days.arithmetic,
        records=records,
        facts=facts,
    )


def _standing(
    case: Case, denial: Determination, appeals: list[Appeal], days: _Days, today: date
) -> tuple[Status, str]:
    resolved = _resolved(case, denial, appeals)
    if resolved:
        return Status.NOT_NEEDED, resolved
    sent = _sent(appeals, today)
    if days.reason or days.due is None:
        if sent is None:
            return Status.CANNOT_START, days.reason
        said = f"sent {sent.words()}; the last day can't be worked out, because {days.reason}"
        return Status.UNCLEAR, said
    return judge(days.due, today, sent=sent, bound=days.bound)


def _days(
    denial: Determination,
    rule: Fact | None,
    law: RegimeResult | None,
    known: Mapping[str, Fact],
    day: date | None,
) -> _Days:
    """Work out the days of a first appeal: by rule, else by the notice, else a date meanwhile."""
    run = clock.run(rule, denial.notice_date, denial.received_date) if rule else _why_no_rule(law)
    if isinstance(run, clock.Run):
        return _joined(
            _Days(run.trigger, run.trigger_date, run.due, run.arithmetic, run.bound), day
        )
    if day is not None:
        line = f"The notice states {clock.words(day)}; no rule checks it, because {run}"
        return replace(_as_stated(day), arithmetic=line)
    return _meanwhile(denial, run, known)


def _as_stated(day: date) -> _Days:
    return _Days(
        trigger="the last day that the notice states",
        due=DateRange(day, day),
        arithmetic=f"The notice states {clock.words(day)}",
    )


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


def _meanwhile(denial: Determination, reason: str, known: Mapping[str, Fact]) -> _Days:
    """Give a date to work to while the time is unknown: the shortest that any rule gives."""
    lengths = [
        item.clock for item in known.values() if item.clock and item.clock.step == "first-appeal"
    ]
    day = denial.notice_date
    if day is None or not lengths:
        line = "No date on the notice is recorded to count from"
        return _Days(trigger_date=denial.received_date, arithmetic=line, reason=reason)
    safe = min(clock.add(day.earliest, item) for item in lengths)
    return _Days(
        trigger="the date on the notice",
        trigger_date=day,
        due=DateRange(safe, safe),
        arithmetic="The notice itself should state the time. Until it is entered (Appeals, Due), "
        f"work to {clock.words(safe)}: {(safe - day.earliest).days} days from the date on the "
        "notice, the shortest time of all kinds of plans",
        reason=reason,
    )


def _joined(days: _Days, day: date | None) -> _Days:
    """Join what the rule gives with what the notice states: the earlier is the safe one."""
    if day is None or days.due is None:
        return days
    # A State's own time lies within the longest that federal law lets it set.
    bound = "exact" if days.bound == "latest" and day <= days.due.latest else days.bound
    if days.due.earliest <= day <= days.due.latest:
        line = f"{days.arithmetic}; the notice states {clock.words(day)}, which fits"
        return replace(days, arithmetic=line, bound=bound)
    return replace(
        days,
        due=DateRange(min(days.due.earliest, day), max(days.due.latest, day)),
        bound=bound,
        arithmetic=f"{days.arithmetic}; the notice states {clock.words(day)}",
        because=f"the notice states {clock.words(day)} and the rule gives "
        f"{clock.range_words(days.due)}: the two differ, so work to the earlier date",
    )


def _sent(appeals: Sequence[Appeal], today: date) -> PartialDate | None:
    """Return when the first of the appeals that stand was sent; None while none was."""
    gone = (Outcome.WITHDRAWN, Outcome.DISMISSED)
    days = [
        item.sent
        for item in appeals
        if item.sent and item.sent.earliest <= today and item.outcome not in gone
    ]
    return min(days, default=None)


def _resolved(case: Case, denial: Determination, appeals: list[Appeal]) -> str:
    """Say why no appeal is needed any more; empty while it is."""
    if any(item.outcome is Outcome.OVERTURNED for item in appeals):
        return "the denial was overturned"
    about = {item.id for item in appeals} | ({denial.about_id} if denial.about_id else set())
    before = denial.notice_date or denial.received_date
    for other in case.determinations:
        after = other.notice_date or other.received_date
        approved = other.decision is Decision.APPROVAL and other.about_id in about
        if approved and before and after and after.earliest > before.latest:
            return f"it was approved on {after.words()}"
    return ""


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
