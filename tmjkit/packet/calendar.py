"""The calendar file: one all-day event for each duty, which a second import updates.

The form is RFC 5545 (iCalendar). An event is found again by its UID, made of the case, the rule
and the record, and the later file wins by its SEQUENCE and LAST-MODIFIED, made of the moment of
writing. A duty that is done or no longer needed comes as a cancelled event, so that a calendar
that holds it from an earlier file lets it go. What people typed in (titles of tasks, words of
promises) may name the patient, so it goes in only where the patient's name was asked for; without
it the title names the case by its id, and a task by its place in the list.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from tmjkit.rules import Deadline, Status, Whose

if TYPE_CHECKING:
    from icalendar import Event

ALARM_DAYS: Final = (14, 7, 1)
"""Days ahead of a duty on which an alarm goes off."""

_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
_LONGEST: Final = 200


def calendar(
    deadlines: Iterable[Deadline], case_id: str, *, now: datetime, name: str | None = None
) -> bytes:
    """Write the duties of a case as a calendar file.

    Parameters
    ----------
    deadlines
        The clocks of the case; those that have no day, or can't start yet, are left out.
    case_id
        Opaque id of the case. The file shows it, so that people find the case.
    now
        The moment of writing, with its time zone. A later file replaces an earlier one.
    name
        The patient's name, where people want it in their calendar; left out otherwise, and with
        it everything that was typed in freely.

    Returns
    -------
    bytes
        The file, in UTF-8.

    Raises
    ------
    ValueError
        When `now` has no time zone.
    """
    from icalendar import Calendar  # noqa: PLC0415 -- only where a calendar is written

    if now.tzinfo is None:
        raise ValueError("the moment of writing needs a time zone")
    moment = now.astimezone(UTC).replace(microsecond=0)
    found = Calendar()
    found.add("prodid", "-//tmjkit//deadlines//EN")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    written = set()
    for item in deadlines:
        if item.due is None or item.status is Status.WAITING or uid(case_id, item) in written:
            continue
        written.add(uid(case_id, item))
        found.add_component(_event(item, case_id, moment, name))
    content: bytes = found.to_ical()
    return content


def uid(case_id: str, item: Deadline) -> str:
    """Return the id of a duty's event: the same in every file, and silent about the patient."""
    record = item.records[0] if item.records else ""
    digest = sha256("\n".join((case_id, item.rule, record)).encode()).hexdigest()
    return f"{digest[:32]}@tmjkit"


def _event(item: Deadline, case_id: str, moment: datetime, name: str | None) -> "Event":
    from icalendar import Event  # noqa: PLC0415 -- only where a calendar is written

    day = item.safe_date
    if day is None:
        raise ValueError("an event needs a day")
    event = Event()
    event.add("uid", uid(case_id, item))
    event.add("dtstamp", moment)
    event.add("last-modified", moment)
    # Seconds since a fixed day: a file that is written later always has the higher number.
    event.add("sequence", max(0, int((moment - _EPOCH).total_seconds())))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _summary(item, case_id, name))
    event.add("description", _description(item, case_id))
    event.add("status", _status(item))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if item.open and item.status is not Status.MISSED:
        _add_alarms(event, _summary(item, case_id, name))
    return event


def _status(item: Deadline) -> str:
    if not item.open:
        return "CANCELLED"
    return "TENTATIVE" if item.status is Status.CANNOT_START else "CONFIRMED"


def _add_alarms(event: "Event", words: str) -> None:
    from icalendar import Alarm  # noqa: PLC0415 -- only where a calendar is written

    for days in ALARM_DAYS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta(days=-days))
        alarm.add("description", f"In {days} day{'s' if days > 1 else ''}: {words}")
        event.add_component(alarm)


def _summary(item: Deadline, case_id: str, name: str | None) -> str:
    late = "Overdue: " if item.open and item.status is Status.MISSED else ""
    if name is None:
        return _clean(f"{late}{item.title} (case {case_id})")
    return _clean(f"{late}{name}: {item.label}")


def _description(item: Deadline, case_id: str) -> str:
    parts = [item.arithmetic, item.because]
    theirs = item.whose is Whose.THEIRS
    if item.due is not None and not item.due.exact:
        parts.append(
            f"It is expected by {item.due.earliest}; after this day it certainly is late"
            if theirs
            else f"This is the safe date; the last that is possible is {item.due.latest}"
        )
    if item.at:
        parts.append(f"The time ends at {item.at}")
    if not item.open:
        parts.append(f"Nothing is left to do: {item.status.label.lower()}")
    elif theirs:
        parts.append("It is their duty: check whether it was done")
    lines = [f"{part[0].upper()}{part[1:]}." for part in parts if part]
    return "\n".join((*lines, f"Case {case_id} in tmjkit."))


def _clean(text: str) -> str:
    """Put a text on one line without control characters, cut to what a calendar shows."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
