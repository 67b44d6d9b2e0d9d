"""The clocks of the other side: from when they got something to when they certainly are late.

Where more than one limit can hold (one or two appeals, state and federal law, a drug or a
service), the shortest is when the answer is expected and the longest is when they certainly are
late: nobody should call a payer late on a guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from tmjkit.case import DateRange, Extension
from tmjkit.knowledge import Clock, Fact
from tmjkit.rules.deadlines.extension import extended
from tmjkit.rules.deadlines.made import sentences
from tmjkit.rules.deadlines.question import Start
from tmjkit.rules.deadlines.run import citation
from tmjkit.rules.deadlines.span import clock_words, hours_after, range_words, shift


@dataclass(frozen=True, slots=True)
class Term:
    """How long they have.

    Parameters
    ----------
    due
        First and last day on which their time can end; None while their clock stands still.
    arithmetic
        The calculation on one line.
    because
        What has to be said about it.
    at
        Time of day and zone of the last moment, where it is known.
    """

    due: DateRange | None
    arithmetic: str
    because: str = ""
    at: str = ""


def term(rules: Sequence[Fact], begun: Start, extensions: Sequence[Extension], today: date) -> Term:
    """Work out their time by every limit that can hold.

    Parameters
    ----------
    rules
        Facts with a clock, at least one.
    begun
        When they got it.
    extensions
        Their notices that they take more time.
    today
        The day to judge by: an answer dated later is only planned.
    """
    terms = [_one(rule, begun, extensions, today) for rule in rules]
    # The shortest first; what stands still last.
    terms.sort(key=lambda item: item.due or DateRange(date.max, date.max))
    still = terms[-1].due is None
    ends = [item.due for item in terms if item.due]
    due = (
        None
        if still or not ends
        else DateRange(min(d.earliest for d in ends), max(d.latest for d in ends))
    )
    lines = list(dict.fromkeys(item.arithmetic for item in terms))
    at = terms[-1].at
    return Term(
        due,
        f"{begun.said} {' or '.join(lines)}",
        sentences(*(item.because for item in terms)),
        at,
    )


def _one(rule: Fact, begun: Start, extensions: Sequence[Extension], today: date) -> Term:
    clock = rule.clock
    if clock is None:
        raise ValueError(f"the fact '{rule.id}' has no clock")
    due, said, at = _plain(clock, begun)
    line = f"+ {clock.length}{_LEVELS[clock.levels]} = {said}"
    more = extended(clock, due, extensions, today)
    return Term(
        more.due,
        f"{line}{more.arithmetic}{citation(rule)}",
        more.because,
        at if more.due == due else "",
    )


_LEVELS = {None: "", 1: " (the plan's only appeal)", 2: " (each of two appeals)"}


def _plain(clock: Clock, begun: Start) -> tuple[DateRange, str, str]:
    """Return when the limit ends without any extension, in words, and at what time of day."""
    if clock.hours is None or not begun.day.exact or not begun.zone:
        due = shift(begun.day.range, clock)
        hour = ", at the hour at which it came" if clock.hours and begun.day.exact else ""
        return due, f"{range_words(due)}{hour}", ""
    day = begun.day.earliest
    if begun.at is not None:
        first, last = hours_after(day, begun.at, begun.zone, clock.hours)
        said = (
            f"{clock_words(last)} (counted in real hours from "
            f"{begun.at:%H:%M} in {begun.zone.rpartition('/')[2].replace('_', ' ')})"
        )
        return DateRange(first.date(), last.date()), said, f"{last:%H:%M %Z}"
    first, _ = hours_after(day, time.min, begun.zone, clock.hours)
    _, last = hours_after(day, time.max, begun.zone, clock.hours)
    due = DateRange(first.date(), last.date())
    return due, f"{range_words(due)}, at the hour at which it came", ""
