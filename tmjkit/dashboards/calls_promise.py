"""What was promised in a call: the task that follows it up, and whether it was kept."""

from datetime import date
from enum import Enum
from typing import Final

from tmjkit.case import Case, Contact, Task
from tmjkit.dashboards.case_model import CaseModel

_TITLE: Final = 200
_ID: Final = 64
_BEGINS: Final = "Follow up"


def follow_up(call: Contact, owner: str) -> Task | None:
    """Return the task that a promise makes: to look on its day whether it was kept.

    Without a promise there is none; where no day was promised the task has none either.
    """
    if not call.promised and call.promised_by is None:
        return None
    what = " ".join(call.promised.split()) or "what was promised"
    whom = f" ({call.organization or call.who})" if call.organization or call.who else ""
    room = _TITLE - len(whom)
    what = what if len(what) <= room else f"{what[: room - 1]}…"
    return Task(
        id=_task_id(call),
        title=f"{_BEGINS}: {what}{whom}",
        owner=owner,
        due=call.promised_by,
        about_id=call.id,
    )


def follow_up_of(case: Case, call: Contact) -> Task | None:
    """Return the task of the case that follows the promise of a call up; None for none."""
    known = (
        one
        for one in case.tasks
        if one.id == _task_id(call) or (one.about_id == call.id and one.title.startswith(_BEGINS))
    )
    return next(known, None)


def with_call(case: Case, call: Contact, owner: str) -> Case:
    """Return the case with a call, new or changed, and the one task that its promise makes.

    A task that is there keeps who does it, and its words and its day too while the promise is the
    same; it goes where there is no promise any more, unless it was done.

    Raises
    ------
    CaseError
        When the call doesn't fit the rest of the case.
    """
    before = next((one for one in case.contacts if one.id == call.id), None)
    there, made = follow_up_of(case, call), follow_up(call, owner)
    changed = case.with_record(call)
    if there is None:
        return changed.with_record(made) if made else changed
    if made is None:
        return changed.without(there.id) if there.open else changed
    if before and (before.promised, before.promised_by) == (call.promised, call.promised_by):
        return changed
    news = {"title": made.title, "due": made.due}
    return changed.with_record(there.model_copy(update=news))


def settle_promise(model: CaseModel, call: Contact, *, kept: bool) -> None:
    """Keep in the case whether a promise was kept; a kept one ends the tasks that follow it up."""
    case = model.open_case()
    changed = case.with_record(call.model_copy(update={"kept": kept}))
    if kept:
        for task in case.tasks:
            if task.about_id == call.id and task.open and task.title.startswith(_BEGINS):
                changed = changed.with_record(task.model_copy(update={"done": model.today}))
    model.replace(changed, "Promise kept" if kept else "Promise not kept")


def _task_id(call: Contact) -> str:
    """Return the id of the task: always the same, so that two windows make one of one promise."""
    return f"task-of-{call.id}"[:_ID]


class Promise(Enum):
    """How a promise stands."""

    NONE = "nothing promised"
    OPEN = "open"
    OVERDUE = "overdue"
    KEPT = "kept"
    BROKEN = "not kept"


def promise_of(call: Contact, today: date) -> Promise:
    """Tell how the promise of a call stands on a day."""
    if not call.promised and call.promised_by is None:
        return Promise.NONE
    if call.kept is not None:
        return Promise.KEPT if call.kept else Promise.BROKEN
    late = call.promised_by is not None and call.promised_by < today
    return Promise.OVERDUE if late else Promise.OPEN
