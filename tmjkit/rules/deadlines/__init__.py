"""Every clock that the case starts: first appeals by law, and the duties that were written down.

First appeals are computed for every regime that the knowledge base has a rule for. Later levels,
outside review and the payer's own times for deciding are not computed: where one of them comes
next, the answer says so and asks for the date on the notice.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from tmjkit.case import Case, DateRange
from tmjkit.knowledge import Fact, facts
from tmjkit.rules.deadlines.appeals import appeal_as_stated, first_appeals, later_appeals
from tmjkit.rules.deadlines.clock import words
from tmjkit.rules.model import Deadline, Whose
from tmjkit.rules.deadlines.status import judge


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
    known = facts() if knowledge is None else knowledge
    found = [*first_appeals(case, today, known), *later_appeals(case, today)]
    shown = {record for item in found for record in item.records}
    found += [
        appeal_as_stated(appeal, appeal.due, today)
        for appeal in case.appeals
        if appeal.due and appeal.id not in shown
    ]
    found += [*_tasks(case, today), *_promises(case, today)]
    return tuple(sorted(found, key=_urgency))


def _urgency(item: Deadline) -> tuple[bool, date, str, tuple[str, ...]]:
    return not item.open, item.safe_date or date.max, item.rule, item.records


def _tasks(case: Case, today: date) -> Iterator[Deadline]:
    """Yield `deadline.task`: every open task with a day, as the office wrote it down."""
    for task in case.tasks:
        if not task.open or task.due is None:
            continue
        due = DateRange(task.due, task.due)
        status, because = judge(due, today)
        yield Deadline(
            rule="deadline.task",
            title="Do an open task",
            detail=f"{task.title} ({task.owner})" if task.owner else task.title,
            trigger="the task",
            trigger_date=None,
            due=due,
            whose=Whose.OURS,
            status=status,
            because=because,
            arithmetic=f"Written down for {words(task.due)}",
            records=(task.id,),
        )


def _promises(case: Case, today: date) -> Iterator[Deadline]:
    """Yield `deadline.promise`: what the other side promised by a day and nobody has ticked off."""
    for contact in case.contacts:
        if contact.promised_by is None or contact.kept is not None:
            continue
        due = DateRange(contact.promised_by, contact.promised_by)
        status, because = judge(due, today)
        who = contact.who or contact.organization
        yield Deadline(
            rule="deadline.promise",
            title="Check a promise",
            detail=": ".join(part for part in (who, contact.promised) if part),
            trigger="the promise",
            trigger_date=contact.date,
            due=due,
            whose=Whose.THEIRS,
            status=status,
            because=because,
            arithmetic=f"Promised for {words(contact.promised_by)}",
            records=(contact.id,),
        )
