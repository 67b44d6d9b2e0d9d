"""A limit that counts from a notice: from its date or its receipt to the days that can be last."""

from dataclasses import dataclass, replace
from typing import Literal

from tmjkit.case import DateRange, PartialDate
from tmjkit.knowledge import Clock, Confidence, CountedFrom, Fact
from tmjkit.rules.deadlines.span import month_words, range_words, roll_words, shift

Bound = Literal["exact", "earliest", "latest"]


@dataclass(frozen=True, slots=True)
class Run:
    """How a clock runs on the dates on record.

    Parameters
    ----------
    trigger
        The event that it counts from, in words.
    trigger_date
        The date of that event as it is recorded.
    due
        First and last day that can be the last day.
    arithmetic
        The calculation on one line.
    bound
        How `due` may be off: not at all, or the true last day may be later ("earliest" is all
        that is known) or earlier ("latest" is).
    because
        What has to be said about it, in words.
    """

    trigger: str
    trigger_date: PartialDate
    due: DateRange
    arithmetic: str
    bound: Bound = "exact"
    because: str = ""


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
    end = citation(fact)
    if clock.counted_from is CountedFrom.NOTICE_DATE:
        if notice is None:
            return "the date on the notice is not recorded, and this time counts from it"
        return plain("the date on the notice", "notice of", notice, clock, end)
    if received is not None:
        return _from_receipt(notice, received, clock, end)
    if notice is not None:
        return _without_receipt(notice, clock, end)
    return "neither the date on the notice nor the day of its receipt is recorded"


def plain(trigger: str, verb: str, day: PartialDate, clock: Clock, end: str) -> Run:
    """Run a clock from one day, with the words for what it is."""
    due = shift(day.range, clock)
    line = f"{verb} {day.words()} + {_length(clock)} = {_due_words(due, clock, day.range)}{end}"
    return Run(trigger, day, due, sentence(line), "latest" if clock.at_most else "exact")


def citation(fact: Fact) -> str:
    """Return the citation in brackets, with what limits the rule or its sources."""
    parts = [fact.citation]
    if fact.clock and fact.clock.at_most:
        parts.append("at most: the State may allow less, and the notice says how much")
    if fact.confidence is Confidence.CONFLICT:
        parts.append("sources differ, this is the safe choice")
    elif fact.caveat:
        parts.append(fact.caveat)
    return f" ({'; '.join(parts)})"


def sentence(line: str) -> str:
    """Return a line with a capital at its beginning."""
    return line[:1].upper() + line[1:]


def _length(clock: Clock) -> str:
    if clock.longest is None:
        return clock.length
    return f"{clock.amount} to {clock.longest} {clock.unit}s"


def _due_words(due: DateRange, clock: Clock, days: DateRange) -> str:
    safe = "" if due.exact else "; the first is the safe one"
    return f"{range_words(due)}{safe}{month_words(days, clock)}{roll_words(days, clock)}"


def _from_receipt(notice: PartialDate | None, received: PartialDate, clock: Clock, end: str) -> Run:
    exact = plain("receipt of the notice", "received", received, clock, end)
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


def _presumed(notice: PartialDate, clock: Clock, end: str) -> Run:
    days = clock.presumed_receipt or 0
    due = shift(notice.plus_days(days), clock)
    line = (
        f"notice of {notice.words()} + {days} days until presumed receipt + {_length(clock)} = "
        f"{_due_words(due, clock, notice.plus_days(days))}{end}"
    )
    return Run(f"presumed receipt, {days} days after the notice", notice, due, sentence(line))


def _without_receipt(notice: PartialDate, clock: Clock, end: str) -> Run:
    if clock.presumed_receipt is not None:
        return _presumed(notice, clock, end)
    found = plain("receipt of the notice, which is not recorded", "notice of", notice, clock, end)
    return replace(
        found,
        arithmetic=f"{found.arithmetic}. The time counts from receipt, which is not recorded and "
        "can't be before the date on the notice: this is the safe, earlier date",
        bound="earliest",
    )
