"""The summary of a case with what depends on the day: next duty, stage, readiness, their clock."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from pydantic import BaseModel

from tmjkit.case import Case, CaseSummary, DateRange, PartialDate, Stage, closed_by, owner_of
from tmjkit.case.summary import progress
from tmjkit.knowledge import Library, Policy, library
from tmjkit.rules.deadlines import deadlines
from tmjkit.rules.duty import next_duty
from tmjkit.rules.model import Deadline, Status, Whose
from tmjkit.rules.readiness import chosen_policy, lacking, reauthorization_due

LONGEST_DAYS: Final = 31
"""An open case is looked at anew after so many days at the latest: the rules themselves change
with new versions of tmjkit, and no case says so."""

_DAY: Final = timedelta(days=1)


def summarize(case: Case, today: date, *, known: Library | None = None) -> CaseSummary:
    """Sum a case up for a list, as of a day.

    The next duty is `tmjkit.rules.duty.next_duty`, as on the page of the case. Tasks, promises and
    stated dates are among the deadlines, so they need no second look.

    Nothing in it is believed after `changes_on`, the first day on which it can be another.

    Parameters
    ----------
    case, today
        The case, and the day to judge by.
    known
        Facts and policies; those that ship with tmjkit when left out.
    """
    from_here = library() if known is None else known
    policies = from_here.policies
    plain = replace(
        case.summary(),
        owner=owner_of(case.handling, today),
        next_duty="",
        next_due="",
        next_whose="",
    )
    if closed_by(case.handling, today):
        later = min((item.date for item in case.handling if item.date > today), default=None)
        return replace(plain, stage=Stage.CLOSED.value, changes_on=_iso(later))
    found = deadlines(case, today, knowledge=from_here.facts)
    stage, readiness, renewal = _reached(case, today, policies)
    duty = next_duty(case, today, found)
    watched = [day for day in _turning_points(case, found) if day > today]
    watched.append(today + timedelta(days=LONGEST_DAYS))
    if renewal is not None and renewal.earliest > today:
        watched.append(renewal.earliest)
    if stage in (Stage.COLLECTING, Stage.READY) and chosen_policy(case, policies) is not None:
        # Criteria count months back from today, each in its own way.
        watched.append(today + _DAY)
    return replace(
        plain,
        stage=stage.value,
        readiness=readiness,
        next_duty=duty.what if duty else "",
        next_due=_iso(duty.day if duty else None),
        next_whose=duty.whose.value if duty else "",
        payer_due=_iso(_owed(found)),
        changes_on=_iso(min(watched)),
    )


def _reached(
    case: Case, today: date, policies: Mapping[str, Policy]
) -> tuple[Stage, str, DateRange | None]:
    """Return the stage, what the next step lacks, and when to ask for the next authorization."""
    stage = progress(case)
    if stage is Stage.COLLECTING:
        count = lacking(case, today, policies=policies)
        return (stage if count else Stage.READY), str(count), None
    if stage is Stage.APPROVED:
        due = reauthorization_due(case, today)
        return (Stage.REAUTHORIZATION if due and due.earliest <= today else stage), "", due
    return stage, "", None


def _owed(found: Sequence[Deadline]) -> date | None:
    """Return the day until which the other side owes its next answer, as far as that is certain.

    Where the day on which they got it is not recorded they may have longer, and nobody is called
    late on a guess.
    """
    days = [
        item.safe_date
        for item in found
        if item.whose is Whose.THEIRS
        and item.open
        and item.status is not Status.CANNOT_START
        and item.safe_date
    ]
    return min(days, default=None)


def _turning_points(case: Case, found: Sequence[Deadline]) -> Iterator[date]:
    """Yield every day on which a clock, or a record dated later, can begin or cease to count."""
    for item in found:
        if item.due is not None:
            for day in item.due:
                yield day
                yield day + _DAY
        if item.send_by is not None:
            yield item.send_by + _DAY
    for _, record in case.records():
        yield from _days_in(record)


def _days_in(value: Any) -> Iterator[date]:
    if isinstance(value, PartialDate):
        yield value.earliest
        yield value.latest
        yield value.latest + _DAY
    elif isinstance(value, datetime):
        yield value.date()
    elif isinstance(value, date):
        yield value
        yield value + _DAY
    elif isinstance(value, tuple):
        for one in value:
            yield from _days_in(one)
    elif isinstance(value, BaseModel):
        for one in value.__dict__.values():
            yield from _days_in(one)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
