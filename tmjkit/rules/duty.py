"""What is to be done next in a case: one answer for the worklist and for the page of the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tmjkit.case import Case, Stage, closed_by
from tmjkit.case.summary import progress
from tmjkit.rules.model import Deadline, Whose
from tmjkit.rules.readiness import reauthorization_due

_ASK_AGAIN: Final = "Ask for the next authorization"


@dataclass(frozen=True, slots=True)
class Duty:
    """The next duty.

    Parameters
    ----------
    what
        What has to be done; it may name the patient.
    day
        Its safe last day.
    whose
        Whose duty it is.
    clock
        The clock that it is; None for a re-authorization, which has no clock.
    """

    what: str
    day: date
    whose: Whose
    clock: Deadline | None = None


def next_duty(case: Case, today: date, found: Sequence[Deadline]) -> Duty | None:
    """Return what is open and due next, what is ours first; None where nothing is.

    Where nothing is ours it is what the other side owes next: somebody has to ask for it. A
    closed case has no duties.

    Parameters
    ----------
    case, today
        The case, and the day to judge by.
    found
        Its clocks, as `deadlines` returns them for that day.
    """
    if closed_by(case.handling, today):
        return None
    duties = [
        Duty(item.label, item.safe_date, item.whose, item)
        for item in found
        if item.open and item.safe_date
    ]
    again = reauthorization_due(case, today) if progress(case) is Stage.APPROVED else None
    if again is not None and again.earliest <= today:
        duties.append(Duty(_ASK_AGAIN, again.latest, Whose.OURS))
    # min() takes the first of equals, and the clocks come in a fixed order.
    return min(duties, key=lambda duty: (duty.whose is not Whose.OURS, duty.day), default=None)
