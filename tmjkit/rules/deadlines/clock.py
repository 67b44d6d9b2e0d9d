"""The arithmetic of a time limit: from the dates on record to the days that can be the last.

Nothing here knows a number of days: the values come from the knowledge base. No day is moved for
a weekend or a holiday, because none of the limits computed here has such a rule, and the earlier
day is the safe one.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from tmjkit.case import DateRange, PartialDate
from tmjkit.knowledge import Clock, Confidence, CountedFrom, Fact

Bound = Literal["exact", "earliest", "latest"]


@dataclass(frozen=True, slots=True)
class Run:
    """How a clock runs on the dates of one notice.

    Parameters
    ----------
    trigger
        The event that it counts from, in words.
    trigger_date
        The date of that event as it is recorded.
    due
        First and last day that can be the last day; the first is the safe one.
    arithmetic
        The calculation on one line.
    bound
        How `due` may be off: not at all, or the true last day may be later ("earliest" is all
        that is known) or earlier ("latest" is).
    """

    trigger: str
    trigger_date: PartialDate
    due: DateRange
    arithmetic: str
    bound: Bound = "exact"


def words(day: date) -> str:
    """Return a day as an American letter writes it."""
    return PartialDate.of(day).words()


def range_words(days: DateRange) -> str:
    """Return a range of days in words; one day where it is one."""
    if days.exact:
        return words(days.earliest)
    return f"{words(days.earliest)} to {words(days.latest)}"


def add(day: date, clock: Clock) -> date:
    """Return the last day of a limit that counts from `day`.

    Calendar months end on the same day of the month; where that month has no such day, on its
    last day, which is the earlier and safe reading.
    """
    if clock.days is not None:
        return day + timedelta(days=clock.days)
    return day + relativedelta(months=clock.months or 0)


def shift(days: DateRange, clock: Clock) -> DateRange:
    """Add a limit to both ends of a range."""
    return DateRange(add(days.earliest, clock), add(days.latest, clock))


def run(fact: Fact, notice: PartialDate | None, received: PartialDate | None) -> Run | str:
    """Run the clock of a fact on the date on a notice and the day of its receipt.

    Parameters
    ----------
    fact
        A rule with a clock.
    notice, received
        Date on the notice and day of receipt, None where they are not recorded.

    Returns
    -------
    Run or str
        The run, or in words why the clock can't be worked out.
    """
    clock = fact.clock
    if clock is None:
        raise ValueError(f"the fact '{fact.id}' has no clock")
    end = f" ({fact.citation}{_limits(fact, clock)})"
    if clock.counted_from is CountedFrom.NOTICE_DATE:
        if notice is None:
            return "the date on the notice is not recorded, and this time counts from it"
        return _plain("the date on the notice", "notice of", notice, clock, end)
    if received is not None:
        return _from_receipt(notice, received, clock, end)
    if notice is not None:
        return _without_receipt(notice, clock, end)
    return "neither the date on the notice nor the day of its receipt is recorded"


def _from_receipt(notice: PartialDate | None, received: PartialDate, clock: Clock, end: str) -> Run:
    exact = _plain("receipt of the notice", "received", received, clock, end)
    if clock.presumed_receipt is None or notice is None:
        return exact
    presumed = _presumed(notice, clock, end)
    if presumed.due.earliest >= exact.due.earliest:
        return exact
    return replace(
        presumed,
        due=DateRange(presumed.due.earliest, max(presumed.due.latest, exact.due.latest)),
        arithmetic=f"{presumed.arithmetic}. It was recorded as received on {received.words()}, "
        f"which makes {range_words(exact.due)} if the later receipt can be shown",
    )


def _plain(trigger: str, verb: str, day: PartialDate, clock: Clock, end: str) -> Run:
    due = shift(day.range, clock)
    safe = "" if due.exact else "; the first is the safe one"
    line = f"{verb} {day.words()} + {clock.length} = {range_words(due)}{safe}{end}"
    return Run(trigger, day, due, _sentence(line), "latest" if clock.at_most else "exact")


def _presumed(notice: PartialDate, clock: Clock, end: str) -> Run:
    days = clock.presumed_receipt or 0
    due = shift(notice.plus_days(days), clock)
    safe = "" if due.exact else "; the first is the safe one"
    line = (
        f"notice of {notice.words()} + {days} days until presumed receipt + {clock.length} = "
        f"{range_words(due)}{safe}{end}"
    )
    return Run(f"presumed receipt, {days} days after the notice", notice, due, _sentence(line))


def _without_receipt(notice: PartialDate, clock: Clock, end: str) -> Run:
    if clock.presumed_receipt is not None:
        return _presumed(notice, clock, end)
    found = _plain("receipt of the notice, which is not recorded", "notice of", notice, clock, end)
    return replace(
        found,
        arithmetic=f"{found.arithmetic}. The time counts from receipt, which is not recorded and "
        "can't be before the date on the notice: this is the safe, earlier date",
        bound="earliest",
    )


def _limits(fact: Fact, clock: Clock) -> str:
    parts = []
    if clock.at_most:
        parts.append("; at most: the State may allow less, and the notice says how much")
    if fact.confidence is Confidence.CONFLICT:
        parts.append("; sources differ, this is the safe choice")
    return "".join(parts)


def _sentence(line: str) -> str:
    return line[0].upper() + line[1:]
