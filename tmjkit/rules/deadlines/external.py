"""Our clock for external review: who may ask for it, when, and until when.

Sources: 45 CFR 147.136(c) and (d) (facts A-EXT-FILE, A-EXT-STATE-FILE, A-EXT-HHS-FILE,
A-EXT-SCOPE, A-GRAND) and the laws of California, New York, Texas, Florida, Illinois, Washington
and Minnesota in `states.yaml`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from tmjkit.case import Appeal, DateRange, Determination, Level, PartialDate, ReasonKind, Urgency
from tmjkit.knowledge import Fact, Regime
from tmjkit.rules.deadlines.answers import on_appeal
from tmjkit.rules.deadlines.filing import judged, stated
from tmjkit.rules.deadlines.made import Days, as_stated, joined, of_run, ours, sentences
from tmjkit.rules.deadlines.process import (
    REVIEWED,
    decision_rules,
    external_rules,
    follows_state,
    perhaps_state,
)
from tmjkit.rules.deadlines.run import run
from tmjkit.rules.deadlines.setting import Setting
from tmjkit.rules.deadlines.span import words
from tmjkit.rules.deadlines.standing import TO_THE_PAYER, against, all_against, sent_first, settled
from tmjkit.rules.model import Deadline, RegimeResult, Status

_RULE: Final = "deadline.external-review"
_TITLE: Final = "Send the request for external review"
_MEDICAL: Final = frozenset(
    {
        ReasonKind.EXPERIMENTAL,
        ReasonKind.NOT_MEDICALLY_NECESSARY,
        ReasonKind.STEP_THERAPY,
        ReasonKind.QUANTITY,
    }
)


def external_reviews(setting: Setting) -> Iterator[Deadline]:
    """Yield `deadline.external-review` for every denial of a plan that it reaches."""
    case = setting.case
    for denial in case.determinations:
        law = setting.law(denial)
        if not denial.adverse or law is None or law.regime not in REVIEWED:
            continue
        if denial.level is not Level.INITIAL and denial.level not in TO_THE_PAYER:
            continue
        made = _of_denial(setting, denial, law)
        if made is not None:
            yield made


def _of_denial(setting: Setting, denial: Determination, law: RegimeResult) -> Deadline | None:
    coverage = setting.coverage(denial)
    appeals = _requests(setting, denial)
    rule = next(iter(external_rules(setting, coverage, law)), None)
    if _counts_elsewhere(setting, denial, rule):
        return None
    if not appeals and settled(setting.case, denial):
        return None
    if rule is None or rule.clock is None:
        return _deadline(setting, denial, appeals, _unreached(setting, denial, law, appeals), ())
    waits = _waits(setting, denial, law, rule, appeals)
    if waits:
        days = Days(trigger="the final decision of the plan", reason=waits)
        return ours(
            _RULE, _TITLE, days, (Status.WAITING, waits), records=(denial.id,), facts=(rule.id,)
        )
    days = _days(setting, denial, law, rule, appeals)
    return _deadline(setting, denial, appeals, days, (rule.id,))


def _deadline(
    setting: Setting,
    denial: Determination,
    appeals: list[Appeal],
    days: Days,
    facts: tuple[str, ...],
) -> Deadline:
    status = judged(setting, denial, appeals, days)
    outside = _outside(setting, denial)
    if outside and status[0] in (Status.RUNNING, Status.MISSED) and not appeals:
        # The reviewer decides what it may review: the day stays as the one to work to.
        status = (Status.CANNOT_START, sentences(outside, status[1]))
        named = ("A-EXT-SCOPE", "A-CA-COVDEC")
        facts += tuple(item.id for item in setting.holding(named, setting.law(denial)))
    return ours(
        _RULE,
        _TITLE,
        days,
        status,
        records=(denial.id, *(item.id for item in appeals)),
        facts=facts,
    )


def _requests(setting: Setting, denial: Determination) -> list[Appeal]:
    """Return the requests for external review against a denial or a lower one of the same thing."""
    asked = setting.asked(denial)
    found = against(setting.case, denial)
    for item in setting.case.determinations:
        if asked is not None and item is not denial and item.adverse:
            same = setting.asked(item) is asked
            found += against(setting.case, item) if same else []
    return [item for item in found if item.level is Level.EXTERNAL]


def _counts_elsewhere(setting: Setting, denial: Determination, rule: Fact | None) -> bool:
    """Tell whether this time counts from another decision on the same thing that is recorded.

    It counts from the highest decision from which the rule counts: where a second appeal does not
    extend the time (N.Y. Ins. Law 4914(b)(1)), its decision leaves the clock of the first running.
    """
    after = rule.clock.after if rule and rule.clock else ()
    higher = _decided_higher(setting, denial)
    if denial.level.value in after:
        return any(item.level not in TO_THE_PAYER or item.level.value in after for item in higher)
    first = denial.level is Level.INITIAL
    return bool(higher) or (
        not first and rule is not None and _after_another(setting, denial, rule)
    )


def _after_another(setting: Setting, denial: Determination, rule: Fact) -> bool:
    """Tell whether it upholds a denial from which the rule counts, and it itself does not."""
    after = rule.clock.after if rule.clock else ()
    return any(
        item.adverse and item.level.value in after and denial in _decided_higher(setting, item)
        for item in setting.case.determinations
    )


def _decided_higher(setting: Setting, denial: Determination) -> list[Determination]:
    """Return the decisions on record on appeals of this denial."""
    levels = list(Level)
    about = {item.id for item in all_against(setting.case, denial)}
    if denial.about_id:
        about.add(denial.about_id)
    return [
        item
        for item in setting.case.determinations
        if item.about_id in about
        and item is not denial
        and levels.index(item.level) > levels.index(denial.level)
    ]


def _unreached(
    setting: Setting, denial: Determination, law: RegimeResult, appeals: list[Appeal]
) -> Days:
    """Say why external review does not reach a grandfathered plan, with a day to work to."""
    day = stated(appeals)
    if day is not None:
        return as_stated(day)
    reason = (
        "the plan is recorded as grandfathered, which external review reaches for surprise bills "
        "only; a State's law may give one, and the notice says so"
    )
    targets = [
        item.clock.target
        for item in setting.steps.get("external-review-state", ())
        if item.clock and item.clock.target and law.state in item.states
    ]
    if denial.level is Level.INITIAL or not targets or denial.notice_date is None:
        return Days(trigger_date=denial.notice_date, reason=reason)
    due = denial.notice_date.plus_days(min(item.days for item in targets))
    safe = DateRange(due.earliest, due.earliest)
    line = f"Until the notice's own time is entered, work to {words(due.earliest)}"
    return Days("the date on the notice", denial.notice_date, safe, line, reason=reason)


def _waits(
    setting: Setting, denial: Determination, law: RegimeResult, rule: Fact, appeals: list[Appeal]
) -> str:
    """Say what comes before external review; empty where nothing does."""
    clock = rule.clock
    if clock is None or appeals:
        return ""
    if denial.level is Level.INITIAL:
        direct = {reason.kind.value for reason in denial.reasons if reason.kind}
        if _urgent(setting, denial):
            direct.add("expedited")
        if direct & set(clock.direct_for):
            return ""
        return "the appeal to the plan comes first, and its decision begins this time"
    if denial.level.value not in clock.after:
        return (
            "this time counts from the decision on the first appeal, and a second one does not "
            "extend it: enter the first decision"
        )
    coverage = setting.coverage(denial)
    two = coverage is not None and coverage.internal_levels == 2  # noqa: PLR2004 -- of one or two
    first = denial.level in (Level.INTERNAL_1, Level.RECONSIDERATION)
    if first and two and law.regime is not Regime.INDIVIDUAL and "internal-2" in clock.after:
        return "the plan asks for a second appeal first, whose decision begins this time"
    return ""


def _urgent(setting: Setting, denial: Determination) -> bool:
    asked = setting.asked(denial)
    urgency = getattr(asked, "urgency", None)
    return urgency is Urgency.EXPEDITED


def _days(
    setting: Setting, denial: Determination, law: RegimeResult, rule: Fact, appeals: list[Appeal]
) -> Days:
    found = run(rule, denial.notice_date, denial.received_date)
    day = stated(appeals)
    if isinstance(found, str):
        return as_stated(day) if day else Days(reason=found)
    days = _targeted(of_run(found), denial.notice_date, law, rule)
    said = []
    coverage = setting.coverage(denial)
    levels = coverage.internal_levels if coverage else None
    group = law.regime is not Regime.INDIVIDUAL
    first = denial.level in (Level.INTERNAL_1, Level.RECONSIDERATION)
    if first and group and levels is None and rule.clock and "internal-2" in rule.clock.after:
        said.append("if the plan has a second appeal, that comes first, and the notice says so")
    if follows_state(coverage, law) and not rule.states:
        where = f"for {law.state}" if law.state else "while the state is not recorded"
        said.append(f"no time of the state itself is on record {where}: the notice gives it")
    if perhaps_state(coverage, law):
        said.append(
            "an insurer bears the risk, so the state's own time may hold: the notice gives it"
        )
    if rule.id == "A-NY":
        said += [item.statement.rstrip(".") for item in setting.holding(("A-NY-PROV",), law)]
    return joined(replace(days, because=sentences(days.because, *said)), day)


def _targeted(days: Days, notice: PartialDate | None, law: RegimeResult, rule: Fact) -> Days:
    """Bring the safe day forward where a source prints less time than the rule gives."""
    target = rule.clock.target if rule.clock else None
    if target is None or days.due is None or notice is None:
        return days
    if target.unless_not_grandfathered and law.grandfathered is False:
        return days
    safe = notice.earliest + timedelta(days=target.days)
    if safe >= days.due.earliest:
        return days
    return replace(
        days,
        due=DateRange(safe, days.due.latest),
        arithmetic=f"{days.arithmetic}; safe target: notice of {notice.words()} + {target.days} "
        f"days = {words(safe)}",
        because=sentences(days.because, f"work to {words(safe)}, because {target.why}"),
    )


def _outside(setting: Setting, denial: Determination) -> str:
    """Say why external review may not reach a denial; empty where medical judgment is involved."""
    reasons = list(denial.reasons)
    if not reasons:
        # A decision on an appeal that gives no reason of its own upholds the first one's.
        asked = setting.asked(denial)
        reasons = [
            reason
            for item in setting.case.determinations
            if asked is not None and item.about_id == asked.id and item.adverse
            for reason in item.reasons
        ]
    kinds = {reason.kind for reason in reasons if reason.kind}
    if kinds & _MEDICAL:
        return ""
    if not kinds:
        return (
            "external review reaches denials that involve medical judgment, and no kind of reason "
            "is recorded: enter it under Determinations, Reasons"
        )
    named = ", ".join(sorted(kind.label.lower() for kind in kinds))
    return (
        f"external review reaches denials that involve medical judgment, and the recorded reason "
        f"({named}) may lie outside; the reviewer decides that, so read the plan's words for an "
        "exception on medical grounds, and ask in time where in doubt"
    )


def expedited_reviews(setting: Setting) -> Iterator[Deadline]:
    """Yield `deadline.external-review-expedited`: beside an expedited appeal that is pending.

    Source: 45 CFR 147.136(d)(3)(i)(A)-(B).
    """
    for appeal in setting.case.appeals:
        pending = appeal.level in TO_THE_PAYER and appeal.urgency is Urgency.EXPEDITED
        law = setting.law(appeal)
        if not pending or law is None or law.regime not in REVIEWED or law.grandfathered:
            continue
        if not sent_first([appeal], setting.today) or on_appeal(setting.case, appeal):
            continue
        rules = [
            item
            for item in decision_rules(setting, setting.coverage(appeal), law)
            if item.clock and item.clock.urgency == "expedited"
        ]
        denial = setting.denial_of(appeal)
        asked = [
            item
            for item in (against(setting.case, denial) if denial else ())
            if item.level is Level.EXTERNAL
        ]
        sent = sent_first(asked, setting.today)
        said = (
            "it may be asked for at once, beside the expedited appeal, where life, health or the "
            "ability to regain maximum function is in danger; pain alone is not named for it"
        )
        yield ours(
            "deadline.external-review-expedited",
            "Ask for expedited external review beside the expedited appeal, where it is meant for",
            Days(trigger="the expedited appeal", trigger_date=appeal.sent, because=said),
            (Status.RUNNING, "") if sent is None else (Status.MET, f"sent on {sent.words()}"),
            records=(appeal.id, *(item.id for item in asked)),
            facts=tuple(item.id for item in rules[:1]),
        )
