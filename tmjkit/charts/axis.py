"""The axis of time: where a day stands on the sheet, and which days get a tick."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from tmjkit.case import DateRange

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MOST_TICKS = 13
_SHORTEST = 90  # days; a single event would otherwise stand on an axis of hours
_YEAR, _MONTH = 365.25, 30.44


@dataclass(frozen=True)
class Tick:
    """A day with a tick; `year` is written below the label, or empty."""

    day: date
    label: str
    year: str


@dataclass(frozen=True)
class TimeAxis:
    """Days from `first` to `last`, laid out from `left` to `right` (inches)."""

    first: date
    last: date
    left: float
    right: float

    @classmethod
    def over(cls, first: date, last: date, left: float, right: float) -> "TimeAxis":
        """Make an axis that holds both days with a little room around them."""
        days = (last - first).days + 1
        around = max(days * 0.03, (_SHORTEST - days) / 2)
        shift = timedelta(days=round(around) + 1)
        return cls(first - shift, last + shift, left, right)

    def x(self, day: date) -> float:
        """Return where a day begins."""
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return self.left + share * (self.right - self.left)

    def middle(self, days: DateRange) -> float:
        """Return the middle of a range of days."""
        first, last = self.ends(days)
        return (first + last) / 2

    def ends(self, days: DateRange) -> tuple[float, float]:
        """Return where a range of days begins and where it ends."""
        return self.x(days.earliest), self.x(days.latest + timedelta(days=1))

    def ticks(self) -> list[Tick]:
        """Return the ticks: as fine as there is room for, and always with their year."""
        days = (self.last - self.first).days
        for months in (1, 2, 3, 6):
            if days / (_MONTH * months) <= _MOST_TICKS - 1:
                return list(self._months(months))
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if days / _YEAR / step <= 12)  # noqa: PLR2004
        return [
            Tick(date(year, 1, 1), str(year), "")
            for year in range(self.first.year, self.last.year + 1)
            if year % step == 0 and self.first <= date(year, 1, 1) <= self.last
        ]

    def _months(self, step: int) -> Iterator[Tick]:
        told = 0
        for count in range(self.first.year * 12, min(self.last.year + 1, MAXYEAR) * 12, step):
            year, month = divmod(count, 12)
            day = date(year, month + 1, 1)
            if self.first <= day <= self.last:
                yield Tick(day, _MONTHS[month], str(year) if year != told else "")
                told = year


def short(day: date) -> str:
    """Return a day as 'Mar 5, 2025'."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
