"""What a payer's lateness opens for us.

Sources: 45 CFR 147.136(b)(2)(ii)(F) and (b)(3)(ii)(F); 29 CFR 2560.503-1(l)(1); 42 CFR
438.408(c)(3); 42 CFR 422.568, 423.568 and 423.590; N.Y. Ins. Law 4904(e); 28 CCR 1300.74.30.
"""

from collections.abc import Iterator, Sequence

from tmjkit.case import Coverage, DateRange, Determination, Level, PartialDate
from tmjkit.knowledge import Fact
from tmjkit.rules.deadlines.answers import Answer
from tmjkit.rules.deadlines.made import Days, ours
from tmjkit.rules.deadlines.process import external_rules
from tmjkit.rules.deadlines.run import citation
from tmjkit.rules.deadlines.setting import Setting
from tmjkit.rules.deadlines.span import add, range_words, words
from tmjkit.rules.deadlines.standing import against, sent_first, settled
from tmjkit.rules.model import Deadline, RegimeResult, Status

_TITLES = {
    "external-review": "External review may be open without the payer's answer",
    "fair-hearing": "A State fair hearing is open without the plan's answer",
    None: "Hold the payer to its time",
}
_STEPS = {"external-review": Level.EXTERNAL, "fair-hearing": Level.FAIR_HEARING}


def lateness(
    setting: Setting,
    late: Deadline,
    rules: Sequence[Fact],
    *,
    law: RegimeResult | None,
    coverage: Coverage | None,
    answer: Answer | None,
    denial: Determination | None = None,
) -> Iterator[Deadline]:
    """Yield `deadline.deemed-exhaustion`: what the rules open where the payer certainly is late.

    Parameters
    ----------
    setting
        Case, day and knowledge.
    late
        The payer's clock.
    rules
        The limits behind the clock.
    law, coverage
        The law that governs, and the coverage.
    answer
        What the payer decided, too late; None while nothing.
    denial
        What the appeal is against, where the clock is that of an appeal.
    """
    if late.status is not Status.MISSED or late.due is None:
        return
    if answer is not None and not answer.denied:
        return
    about = answer.decision if answer and answer.decision else denial
    if about is not None and settled(setting.case, about):
        return
    names = tuple(
        dict.fromkeys(name for rule in rules if rule.clock for name in rule.clock.if_late)
    )
    facts = setting.holding(names, law)
    if not facts:
        return
    opens = next((rule.clock.opens for rule in rules if rule.clock and rule.clock.opens), None)
    step = _STEPS.get(opens) if opens else None
    asked = [
        item
        for one in (about, denial)
        if one is not None
        for item in against(setting.case, one)
        if item.level is step
    ]
    sent = sent_first(asked, setting.today)
    status = (Status.RUNNING, "") if sent is None else (Status.MET, f"sent on {sent.words()}")
    filing = _filing(setting, coverage, law, opens if answer is None else None)
    yield ours(
        "deadline.deemed-exhaustion",
        _TITLES[opens if opens in _TITLES else None],
        _days(late, facts, filing),
        status,
        records=late.records,
        facts=tuple(item.id for item in facts),
    )


def _days(late: Deadline, facts: Sequence[Fact], filing: Sequence[Fact]) -> Days:
    said = " ".join(f"{item.statement.rstrip('.')}{citation(item)}." for item in facts)
    ended = late.due
    if ended is None:
        raise ValueError("what has no day is not late")
    base = Days(
        trigger="the end of the payer's time",
        trigger_date=PartialDate.of(ended.latest),
        arithmetic=f"The payer's time ended by {words(ended.latest)}",
        because=said.rstrip("."),
    )
    rule = next(iter(filing), None)
    if rule is None or rule.clock is None:
        return base
    # Nobody gives notice of a silence, so the earliest day on which the time could have ended
    # begins this clock.
    due = DateRange(add(ended.earliest, rule.clock), add(ended.latest, rule.clock))
    line = (
        f"{base.arithmetic}; counted from {range_words(ended)} + {rule.clock.length} = "
        f"{range_words(due)}{citation(rule)}"
    )
    return Days(base.trigger, base.trigger_date, due, line, because=base.because)


def _filing(
    setting: Setting, coverage: Coverage | None, law: RegimeResult | None, opens: str | None
) -> Sequence[Fact]:
    if opens == "external-review":
        return external_rules(setting, coverage, law)
    return setting.clocks(opens, law) if opens else ()
