"""Every clock that a case starts, for us and for the other side.

Ours: filing a claim, the first appeal and what follows it, external review, a fair hearing, going
on with benefits, answers to what a payer asks for, tasks. Theirs: decisions on requests, claims,
appeals and external reviews, papers that were asked for, promises. The numbers, units, events and
citations stand in the knowledge base; which of them holds follows from the regime.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from tmjkit.case import Case
from tmjkit.knowledge import Fact, facts
from tmjkit.rules.deadlines.course import claims_to_file, running_courses
from tmjkit.rules.deadlines.external import expedited_reviews, external_reviews
from tmjkit.rules.deadlines.filing import appeal_as_stated, first_appeals, next_steps
from tmjkit.rules.deadlines.made import sentences
from tmjkit.rules.deadlines.requests import first_decisions
from tmjkit.rules.deadlines.reviews import decisions_on_appeals
from tmjkit.rules.deadlines.setting import Setting
from tmjkit.rules.deadlines.span import open_day, remark
from tmjkit.rules.deadlines.standing import Standing, standing
from tmjkit.rules.deadlines.work import papers, promises, tasks
from tmjkit.rules.model import Deadline, Status, Whose

__all__ = ["Standing", "deadlines", "standing"]


def deadlines(
    case: Case, today: date, *, knowledge: Mapping[str, Fact] | None = None
) -> tuple[Deadline, ...]:
    """Return every clock of a case: what is open first, by its safe date, then what is done.

    Parameters
    ----------
    case
        The case.
    today
        The day to judge by.
    knowledge
        The facts to rest on; those that ship with tmjkit when left out.
    """
    setting = Setting.of(case, today, facts() if knowledge is None else knowledge)
    found = [
        *first_appeals(setting),
        *next_steps(setting),
        *external_reviews(setting),
        *expedited_reviews(setting),
        *running_courses(setting),
    ]
    shown = {record for item in found for record in item.records}
    found += [
        appeal_as_stated(setting, appeal, appeal.due)
        for appeal in case.appeals
        if appeal.due and appeal.id not in shown
    ]
    found += [
        *first_decisions(setting),
        *decisions_on_appeals(setting),
        *claims_to_file(setting),
        *papers(setting),
        *tasks(setting),
        *promises(setting),
    ]
    remarked = (_remarked(item, setting.today) for item in found)
    return tuple(sorted(remarked, key=_urgency))


def _urgency(item: Deadline) -> tuple[int, date, str, tuple[str, ...]]:
    """Order what is open before what comes later, and that before what is done."""
    place = 0 if item.open else 1 if item.status is Status.WAITING else 2
    return place, item.safe_date or date.max, item.rule, item.records


def _remarked(item: Deadline, today: date) -> Deadline:
    """Say of an open duty of ours that its last day is one on which offices are closed.

    It is then to be done before, while there is time; the day of a task the office itself chose.
    """
    day = item.safe_date
    if not item.open or item.whose is not Whose.OURS or day is None or not remark(day):
        return item
    before = open_day(day)
    return replace(
        item,
        because=sentences(item.because, remark(day)),
        send_by=before if before >= today and item.rule != "deadline.task" else None,
    )
