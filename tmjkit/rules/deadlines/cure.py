"""Our time to give what a payer says is missing.

Sources: 29 CFR 2560.503-1(f)(2)(i), (f)(2)(iii) for plans under it, with its siblings for other
plans; 45 CFR 147.136(d)(2)(ii)(B) for a request for external review.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tmjkit.case import Appeal, AuthorizationRequest, Claim, DateRange, Extension, PartialDate
from tmjkit.knowledge import Fact, Matter
from tmjkit.rules.deadlines.answers import Answer
from tmjkit.rules.deadlines.made import Days, of_run, ours
from tmjkit.rules.deadlines.question import Question
from tmjkit.rules.deadlines.run import run
from tmjkit.rules.deadlines.setting import Setting
from tmjkit.rules.deadlines.span import range_words
from tmjkit.rules.deadlines.status import judge
from tmjkit.rules.model import Deadline, RegimeResult, Status

_ASK = "no rule on record gives the time for the answer: it stands in the payer's notice"


def cures(
    setting: Setting,
    record: AuthorizationRequest | Claim,
    extensions: Sequence[Extension],
    law: RegimeResult | None,
    *,
    matters: frozenset[Matter],
    answer: Answer | None,
    urgent: bool = False,
) -> Iterator[Deadline]:
    """Yield `deadline.cure`: the answer to what a payer asked for about a request or claim."""
    asked = _asked(setting, extensions)
    if asked is None:
        return
    begun = asked.asked_received or asked.noticed or PartialDate.of(setting.today)
    question = Question(matters=matters, urgent=urgent, day=begun)
    rules = [
        item for item in setting.clocks("cure", law) if item.clock and question.fits(item.clock)
    ]
    yield _cure(setting, record.id, asked, rules, answer=answer)


def completion(
    setting: Setting, appeal: Appeal, answer: Answer | None, filing: DateRange | None
) -> Iterator[Deadline]:
    """Yield `deadline.cure`: the completion of an incomplete request for external review.

    It may come until the end of the time for asking, or 48 hours after receipt of the notice,
    whichever is later (45 CFR 147.136(d)(2)(ii)(B)).
    """
    asked = _asked(setting, appeal.extensions)
    if asked is None:
        return
    rules = setting.clocks("external-perfect", setting.law(appeal))
    yield _cure(setting, appeal.id, asked, rules, answer=answer, until=filing)


def _asked(setting: Setting, extensions: Sequence[Extension]) -> Extension | None:
    """Return the first notice that asks for information and has no answer, else the last."""
    found = [item for item in extensions if item.missing_information]
    unanswered = (item for item in found if not _answered(setting, item))
    return next(unanswered, found[-1] if found else None)


def _answered(setting: Setting, item: Extension) -> PartialDate | None:
    day = item.answered
    return day if day is not None and day.earliest <= setting.today else None


def _cure(
    setting: Setting,
    record: str,
    asked: Extension,
    rules: Sequence[Fact],
    *,
    answer: Answer | None,
    until: DateRange | None = None,
) -> Deadline:
    facts = tuple(item.id for item in rules[:1])
    found = run(rules[0], asked.noticed, asked.asked_received) if rules else _ASK
    days = (
        Days(trigger="receipt of the payer's question", reason=found)
        if isinstance(found, str)
        else replace(of_run(found), because="the payer may give more time: its notice says so")
    )
    if until is not None and days.due is not None:
        due = DateRange(max(until.earliest, days.due.earliest), max(until.latest, days.due.latest))
        line = (
            f"{days.arithmetic}, or the end of the time for asking, {range_words(until)}, "
            f"whichever is later: {range_words(due)}"
        )
        days = replace(days, due=due, arithmetic=line, because="")
    sent = _answered(setting, asked)
    if sent is None and answer is not None:
        status = Status.NOT_NEEDED, "it was decided without an answer"
    elif days.due is None:
        status = (
            (Status.NOT_NEEDED, f"answered {sent.words()}")
            if sent
            else (Status.CANNOT_START, days.reason)
        )
    else:
        status = judge(days.due, setting.today, sent=sent, bound=days.bound)
    if status[0] is not Status.RUNNING:
        days = replace(days, because="")
    title = "Give the payer the information that it asks for"
    return ours("deadline.cure", title, days, status, records=(record,), facts=facts)
