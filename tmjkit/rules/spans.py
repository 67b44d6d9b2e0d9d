"""How long a course of treatment lasted, when its dates are known only in part.

Every reading of the dates that the record allows is kept in mind: what holds on all of them is
certain, what holds on some is possible, and nothing in between is guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from dateutil.relativedelta import relativedelta

from tmjkit.case import PartialDate, Treatment
from tmjkit.knowledge.criteria import Duration

_LONG_AGO: Final = date(1880, 1, 1)
_DAY: Final = timedelta(days=1)

Block = tuple[date, date]
"""First and last day of a time without a break, both included."""


@dataclass(frozen=True, slots=True)
class Span:
    """The time of one course, up to the day that is judged for.

    Parameters
    ----------
    certain
        The days on which it certainly went on; None where no day is certain.
    possible
        The days on which it may have gone on; None where it lies in the future.
    """

    certain: Block | None
    possible: Block | None

    @property
    def days(self) -> tuple[int, int]:
        """The smallest and the largest number of days that it can have lasted."""
        return length(self.certain), length(self.possible)


def span(treatment: Treatment, today: date) -> Span:
    """Return the time of a treatment up to a day.

    An end that is not recorded can be any day from the start to today; a treatment that goes on
    lasts until today. A start that is not recorded can be any day before the end.
    """
    start, end = treatment.start, treatment.end
    first = start.earliest if start else _LONG_AGO
    if first > today:
        return Span(None, None)
    last = min(end.latest, today) if end else today
    possible = (first, last) if first <= last else None
    known = start or end
    if known is None:
        return Span((today, today) if treatment.ongoing else None, possible)
    sure_last = today if treatment.ongoing else min((end or known).earliest, today)
    return Span((known.latest, sure_last) if known.latest <= sure_last else None, possible)


def day_span(day: PartialDate | None, lasts: int, today: date) -> Span:
    """Return the time that one day covers with the days after it, `lasts` in all."""
    if day is None:
        return Span(None, (_LONG_AGO, today))
    if day.earliest > today:
        return Span(None, None)
    after = timedelta(days=lasts - 1)
    sure_last = min(day.earliest + after, today)
    sure = (day.latest, sure_last) if day.latest <= sure_last else None
    return Span(sure, (day.earliest, min(day.latest + after, today)))


def length(block: Block | None) -> int:
    """Return the number of days of a block, the first and the last included."""
    return (block[1] - block[0]).days + 1 if block else 0


def within(block: Block | None, months: int | None, today: date) -> Block | None:
    """Return the part of a block that lies in the last months before a day."""
    if block is None or months is None:
        return block
    first = max(block[0], window(months, today))
    return (first, block[1]) if first <= block[1] else None


def window(months: int, today: date) -> date:
    """Return the first day of the last so many calendar months up to a day."""
    return today - relativedelta(months=months)


def merged(blocks: Iterable[Block | None]) -> list[Block]:
    """Join blocks that overlap or follow on each other; days in common count once."""
    joined: list[Block] = []
    for first, last in sorted(block for block in blocks if block):
        if joined and first <= joined[-1][1] + _DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def certainly_lasts(blocks: list[Block], duration: Duration) -> bool:
    """Tell whether days that are certain make up a duration, however its months are counted."""
    return _one_lasts(blocks, duration) or _pieces_last(blocks, max(_lengths(duration)))


def possibly_lasts(blocks: list[Block], duration: Duration) -> bool:
    """Tell whether days that are possible can make up a duration."""
    return _one_lasts(blocks, duration) or _pieces_last(blocks, min(_lengths(duration)))


def longest(duration: Duration) -> int:
    """Return the most days that a duration can have: calendar months differ in length."""
    return _lengths(duration)[1]


def _one_lasts(blocks: list[Block], duration: Duration) -> bool:
    length_of = relativedelta(
        days=duration.days or 0, weeks=duration.weeks or 0, months=duration.months or 0
    )
    return any(first + length_of - _DAY <= last for first, last in blocks)


def _pieces_last(blocks: list[Block], days: int) -> bool:
    """Tell whether several pieces add up; for one alone the calendar has decided already."""
    return len(blocks) > 1 and sum(length(block) for block in blocks) >= days


@lru_cache(maxsize=256)
def _lengths(duration: Duration) -> tuple[int, int]:
    """Return the fewest and the most days of a duration: calendar months differ in length."""
    if duration.months is None:
        days = (duration.days or 0) + 7 * (duration.weeks or 0)
        return days, days
    # Four years hold every run of months that there is, but for the years around 2100.
    starts = [date(2024 + year, month, 1) for year in range(4) for month in range(1, 13)]
    spans = [(start + relativedelta(months=duration.months) - start).days for start in starts]
    return min(spans), max(spans)
