"""Makes a deadline of the other side's of its time, its answer and the day."""

from collections.abc import Sequence

from tmjkit.case import Extension
from tmjkit.knowledge import Fact
from tmjkit.rules.deadlines.answers import Answer
from tmjkit.rules.deadlines.made import sentences
from tmjkit.rules.deadlines.question import Start
from tmjkit.rules.deadlines.setting import Setting
from tmjkit.rules.deadlines.status import judge_theirs
from tmjkit.rules.deadlines.theirs import term
from tmjkit.rules.model import Deadline, Status, Whose


def duty(
    setting: Setting,
    rule: str,
    title: str,
    begun: Start,
    rules: Sequence[Fact],
    *,
    answer: Answer | None,
    records: tuple[str, ...],
    extensions: Sequence[Extension] = (),
    reason: str = "",
    because: str = "",
    trigger: str = "the day on which they got it",
) -> Deadline:
    """Judge a duty of theirs.

    Parameters
    ----------
    setting
        Case, day and knowledge.
    rule, title
        Id of the rule and words for the duty.
    begun
        When they got it.
    rules
        The limits that can hold; none where `reason` says why.
    answer
        What they did; None while nothing.
    records
        Records that it rests on, the one that it belongs to first.
    extensions
        Their notices that they take more time.
    reason
        Why their time can't be worked out.
    because
        What has to be said besides.
    trigger
        The event that it counts from, in words.
    """
    facts = tuple(item.id for item in rules)
    found = term(rules, begun, extensions, setting.today) if rules else None
    due = found.due if found else None
    if answer is not None and answer.day is None:
        status, said = Status.NOT_NEEDED, f"{answer.verb}; the day is not recorded"
    elif answer is not None and answer.day is not None and (due is None or not answer.counts):
        status, said = Status.NOT_NEEDED, f"{answer.verb} on {answer.day.words()}"
    elif due is None:
        status, said = (Status.CANNOT_START if reason else Status.WAITING), reason
    else:
        day = answer.day if answer else None
        verb = answer.verb if answer else "decided"
        status, said = judge_theirs(due, setting.today, done=day, bound=begun.bound, verb=verb)
    done = answer is not None
    notes = found.because if found and not (done and due is None) else ""
    return Deadline(
        rule=rule,
        title=title,
        trigger=trigger,
        trigger_date=begun.day,
        due=due,
        whose=Whose.THEIRS,
        status=status,
        because=sentences(notes, because, said),
        arithmetic=found.arithmetic if found else begun.said,
        records=records,
        facts=facts,
        at=found.at if found else "",
        closed=done,
    )
