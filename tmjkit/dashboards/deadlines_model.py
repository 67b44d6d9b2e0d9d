"""The clocks of a case as they are looked at: how long is left, and what follows from lateness."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from tmjkit.case import Case, Contact, Record, Task
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.knowledge import Library
from tmjkit.rules import Deadline, Status, Whose
from tmjkit.rules.section import cited

MEDIA_TYPE: Final = "text/calendar"
_FOLLOWS: Final = ("deadline.deemed-exhaustion", "deadline.silent-payer")
_UNKNOWN: Final = (
    "No rule on record says what follows by itself. Call, ask for a day, and ask for the reason of "
    "the delay in writing."
)


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline with what is said beside it.

    Parameters
    ----------
    deadline
        What the rules found.
    left
        Days from today to the safe day; negative for days past; None without a day.
    sources
        Citations of the facts that it rests on.
    follows
        For the other side's lateness: what follows from it.
    """

    deadline: Deadline
    left: int | None
    sources: tuple[str, ...]
    follows: tuple[str, ...]

    @property
    def theirs(self) -> bool:
        """Whether it is the other side's duty."""
        return self.deadline.whose is Whose.THEIRS

    @property
    def payer_late(self) -> bool:
        """Whether the other side is past its own clock and has not answered."""
        one = self.deadline
        return self.theirs and one.open and one.status is Status.MISSED

    @property
    def badge(self) -> tuple[str, str]:
        """How it stands, in a word or two, and the tone of it."""
        one = self.deadline
        if not one.open:
            closed = "Done late" if one.status is Status.MISSED else one.status.label
            waits = one.status is Status.WAITING
            return ("Not yet", "later") if waits else (closed, "done")
        if self.left is None:
            return "No day yet", "later"
        if self.left < 0:
            return ("Payer late", "payer") if self.theirs else ("Overdue", "late")
        words = {0: "Today", 1: "Tomorrow"}.get(self.left, f"{self.left} days left")
        return words, "soon" if self.left < _SOON else "far"


_SOON: Final = 15


def clocks(deadlines: tuple[Deadline, ...], today: date, known: Library) -> tuple[Clock, ...]:
    """Return the deadlines in their order, each with what is said beside it."""
    return tuple(
        Clock(
            one,
            (one.safe_date - today).days if one.safe_date else None,
            tuple(
                dict.fromkeys(cited(known.facts[name]) for name in one.facts if name in known.facts)
            ),
            _follows(one, deadlines),
        )
        for one in deadlines
    )


def _follows(late: Deadline, deadlines: tuple[Deadline, ...]) -> tuple[str, ...]:
    if late.whose is not Whose.THEIRS or not late.open or late.status is not Status.MISSED:
        return ()
    found = tuple(
        f"{one.title}: {one.because}" if one.because else one.title
        for one in deadlines
        if one.rule in _FOLLOWS and set(one.records) & set(late.records)
    )
    return found or (_UNKNOWN,)


def task_of(case: Case, clock: Clock) -> Task | None:
    """Return the open task that a deadline is about; None when it is about something else."""
    return next((one for one in _records(case, clock) if isinstance(one, Task) and one.open), None)


def promise_of(case: Case, clock: Clock) -> Contact | None:
    """Return the contact whose open promise a deadline is about."""
    if clock.deadline.rule != "deadline.promise":
        return None
    found = (one for one in _records(case, clock) if isinstance(one, Contact))
    return next((one for one in found if one.kept is None), None)


def _records(case: Case, clock: Clock) -> tuple[Record, ...]:
    wanted = clock.deadline.records[:1]
    return tuple(record for _, record in case.records() if record.id in wanted)


def without_day(case: Case) -> tuple[Task, ...]:
    """Return the open tasks that have no day, and so no clock."""
    return tuple(task for task in case.tasks if task.open and task.due is None)


def done(model: CaseModel, task: Task) -> None:
    """Save the task as done today."""
    model.update(task.model_copy(update={"done": model.today}))


def settle(model: CaseModel, contact: Contact, *, kept: bool) -> None:
    """Save whether a promise was kept."""
    model.update(contact.model_copy(update={"kept": kept}))


def calendar_file(model: CaseModel, deadlines: tuple[Deadline, ...], *, named: bool) -> bytes:
    """Return the deadlines as a calendar file; the patient's name only where it is asked for."""
    from tmjkit.packet.calendar import calendar  # noqa: PLC0415 -- only when it is asked for

    case = model.open_case()
    name = case.patient.name if named else None
    return calendar(deadlines, case.id, now=datetime.now(UTC), name=name)
