"""Which values belong before a treatment, and which after it.

The windows are the office's own choice, as no source gives one:

- Baseline: the last value of the 8 weeks before the start. A value of the same day counts as
  before, because scores are taken before a needle or an exercise.
- A session's follow-up: 2 to 12 weeks after it; values up to 26 weeks after it still belong to it,
  but none after the next session.
- Another treatment: its values are those after its start and up to 8 weeks after its end; where no
  end is recorded and it does not go on, up to 12 weeks after its start.

A date of which the day is not known counts only where every day that it can mean lies in the
window. Where two values stand on one day, the one that claims less improvement counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tmjkit.case import DateRange, PartialDate
from tmjkit.rules.response.model import Point, Weeks

BASELINE_DAYS: Final = 56
FOLLOW_UP_FROM, FOLLOW_UP_TO = 14, 84
SESSION_DAYS: Final = 182
AFTER_END_DAYS: Final = 56
NO_END_DAYS: Final = 84


@dataclass(frozen=True, slots=True)
class Window:
    """The start of a treatment and the last day that its values can have.

    `sure` and `possible` differ where dates are not exact: a value belongs to it for sure up to
    the first, and can belong to it up to the second.
    """

    start: DateRange
    sure: date
    possible: date

    def is_before(self, point: Point) -> bool:
        """Tell whether a value lies for sure within the weeks before the start."""
        day = point.day.range
        return (
            day.latest <= self.start.earliest
            and (self.start.latest - day.earliest).days <= BASELINE_DAYS
        )

    def is_after(self, point: Point) -> bool:
        """Tell whether a value lies for sure after the start and within the window."""
        day = point.day.range
        return day.earliest > self.start.latest and day.latest <= self.sure

    def is_follow_up(self, point: Point) -> bool:
        """Tell whether a value lies for sure 2 to 12 weeks after the start."""
        day = point.day.range
        return (day.earliest - self.start.latest).days >= FOLLOW_UP_FROM and (
            day.latest - self.start.earliest
        ).days <= FOLLOW_UP_TO

    def is_unsure(self, point: Point) -> bool:
        """Tell whether the dates leave open if a value lies before, after or outside."""
        if self.is_before(point) or self.is_after(point):
            return False
        day = point.day.range
        reached_back = self.start.earliest - timedelta(days=BASELINE_DAYS)
        outside = day.latest < reached_back or day.earliest > self.possible
        return not outside and not (day.exact and self.start.exact and self._settled)

    @property
    def _settled(self) -> bool:
        return self.sure == self.possible

    def weeks(self, point: Point) -> Weeks:
        """Return the smallest and the largest number of weeks from the start to a value."""
        day = point.day.range
        least = (day.earliest - self.start.latest).days
        most = (day.latest - self.start.earliest).days
        return round(least / 7, 1), round(most / 7, 1)


def session_window(start: PartialDate, after: PartialDate | None) -> Window:
    """Return the window of a session; `after` is the day of the next one."""
    sure = start.earliest + timedelta(days=SESSION_DAYS)
    possible = start.latest + timedelta(days=SESSION_DAYS)
    if after is not None:
        sure, possible = min(sure, after.earliest), min(possible, after.latest)
    return Window(start.range, sure, possible)


def treatment_window(start: PartialDate, end: PartialDate | None, *, ongoing: bool) -> Window:
    """Return the window of another treatment."""
    if ongoing:  # no value is later than today, so none is later than the treatment
        return Window(start.range, date.max, date.max)
    if end is not None:
        shift = timedelta(days=AFTER_END_DAYS)
        return Window(start.range, end.earliest + shift, end.latest + shift)
    shift = timedelta(days=NO_END_DAYS)
    return Window(start.range, start.earliest + shift, start.latest + shift)


def baseline(points: Iterable[Point], window: Window) -> Point | None:
    """Return the last value before the start; of one day the better one."""
    found = [point for point in points if window.is_before(point)]
    if not found:
        return None
    last = max(point.day.range for point in found)
    return _claiming_less([point for point in found if point.day.range == last], before=True)


def afterwards(points: Iterable[Point], window: Window) -> tuple[Point, ...]:
    """Return the values after the start, oldest first, one for each date: the worse one."""
    days: dict[DateRange, list[Point]] = {}
    for point in points:
        if window.is_after(point):
            days.setdefault(point.day.range, []).append(point)
    return tuple(_claiming_less(days[day], before=False) for day in sorted(days))


def best(points: Sequence[Point]) -> Point:
    """Return the best of some values; of equal ones the first."""
    sign = -1 if points[0].scale.higher_is_better else 1
    return min(points, key=lambda point: sign * point.value)


def _claiming_less(points: Sequence[Point], *, before: bool) -> Point:
    """Return of the values of one day the one with which less improvement is claimed."""
    low_is_better = not points[0].scale.higher_is_better
    choose = min if low_is_better == before else max
    return choose(points, key=lambda point: point.value)
