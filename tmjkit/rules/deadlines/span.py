"""The arithmetic of a time limit: from one day or moment to the last one.

Nothing here knows a number of days: the values come from the knowledge base. A last day moves for
a weekend or a holiday only where the rule says so, because elsewhere the earlier day is the safe
one. The federal holidays are the dates in 5 USC 6103(a); the days on which offices close instead,
such as a Friday for a holiday on a Saturday (6103(b)), are for pay and leave and move no last day.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from math import ceil, floor
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from tmjkit.case import DateRange, PartialDate
from tmjkit.knowledge import Clock, MonthRule, Roll

_HOURS_OF_A_DAY = 24
_SATURDAY = 5


def words(day: date) -> str:
    """Return a day as an American letter writes it."""
    return PartialDate.of(day).words()


def range_words(days: DateRange) -> str:
    """Return a range of days in words; one day where it is one."""
    if days.exact:
        return words(days.earliest)
    return f"{words(days.earliest)} to {words(days.latest)}"


@cache
def _holidays(year: int, *, observed: bool) -> dict[date, str]:
    """Return the legal public holidays of the United States in a year (5 USC 6103)."""
    import holidays  # noqa: PLC0415 -- heavy, and few clocks need it

    return dict(holidays.country_holidays("US", years=year, observed=observed))


def holiday(day: date, *, observed: bool = False) -> str:
    """Return the name of the federal holiday on a day; empty where it is none."""
    return _holidays(day.year, observed=observed).get(day, "")


def closed(day: date, *, observed: bool = False) -> str:
    """Say why a day is no business day: its weekday or its holiday; empty where it is one."""
    return day.strftime("%A") if day.weekday() >= _SATURDAY else holiday(day, observed=observed)


def rolled(day: date) -> date:
    """Return the day itself, or the next that is no Saturday, Sunday or federal holiday."""
    while closed(day):
        day += timedelta(days=1)
    return day


def business_days_after(day: date, count: int) -> date:
    """Return the last of so many business days after a day, which itself is not counted."""
    while count:
        day += timedelta(days=1)
        count -= not closed(day)
    return day


def add_months(day: date, months: int, rule: MonthRule) -> date:
    """Return the corresponding day some months later.

    Where that month has no such day, it is the month's last day or, where the rule says so, the
    first of the month after: 4 months after October 30 are then March 1 (45 CFR 147.136(d)(2)(i)).
    """
    found = day + relativedelta(months=months)
    if found.day != day.day and rule is MonthRule.NEXT_MONTH:
        return found + timedelta(days=1)
    return found


def add(day: date, clock: Clock, *, amount: int | None = None, roll: bool = True) -> date:
    """Return the last day of a limit that counts from `day`, which is day 0.

    Parameters
    ----------
    day
        The day of the event.
    clock
        The limit. Hours on a day without a time of day are counted in days.
    amount
        Another length in the clock's unit, such as its longest.
    roll
        Whether the clock's rule for weekends and holidays is followed.
    """
    length = clock.amount if amount is None else amount
    if clock.business_days:
        found = business_days_after(day, length)
    elif clock.months:
        found = add_months(day, length, clock.month_rule)
    else:
        # Our own hours are rounded down and theirs up: either way the safe side.
        part = ceil if clock.whose == "theirs" else floor
        days = part(length / _HOURS_OF_A_DAY) if clock.hours else length
        found = day + timedelta(days=days)
    return rolled(found) if roll and clock.roll is Roll.NEXT_BUSINESS_DAY else found


def shift(days: DateRange, clock: Clock) -> DateRange:
    """Add a limit to both ends of a range; the longest that the clock allows to the last."""
    return DateRange(add(days.earliest, clock), add(days.latest, clock, amount=clock.longest))


def month_words(days: DateRange, clock: Clock) -> str:
    """Say in words that a month has no corresponding day; empty where it has."""
    if clock.months is None or not days.exact:
        return ""
    day = days.earliest
    if (day + relativedelta(months=clock.months)).day == day.day:
        return ""
    return f"; the last month has no day {day.day}, so it ends {clock.month_rule.label}"


def roll_words(days: DateRange, clock: Clock) -> str:
    """Say in words that a last day was moved, and by which calendar; empty where none was.

    Parameters
    ----------
    days
        The first and the last day from which the limit may count.
    clock
        The limit.
    """
    said = []
    for day in dict.fromkeys(days):
        plain = add(day, clock, roll=False)
        reason = closed(plain) if add(day, clock) != plain else ""
        if reason:
            said.append(f"{words(plain)} is a {_kind(plain, reason)}")
    if not said:
        return ""
    return (
        f"; {' and '.join(said)}, so the last day is the next that is no Saturday, Sunday or "
        "federal holiday by 5 USC 6103(a)"
    )


def _kind(day: date, reason: str) -> str:
    return reason if day.weekday() >= _SATURDAY else f"federal holiday ({reason})"


def hours_after(day: date, at: time, zone: str, hours: int) -> tuple[datetime, datetime]:
    """Return the first and the last moment that can lie so many hours after a time on a wall.

    Hours are real hours, so a change to or from daylight saving time shifts the time of day. The
    two differ only where the wall showed that time twice.

    Parameters
    ----------
    day, at, zone
        What calendar and clock showed, and the IANA time zone of the place.
    hours
        The length.

    Returns
    -------
    tuple of datetime
        Both in that zone.
    """
    place = ZoneInfo(zone)
    found = [
        (
            datetime.combine(day, at, place).replace(fold=fold).astimezone(UTC)
            + timedelta(hours=hours)
        ).astimezone(place)
        for fold in (0, 1)
    ]
    return min(found), max(found)


def clock_words(moment: datetime) -> str:
    """Return a moment as 'March 10, 2026, 11:15 EDT'."""
    return f"{words(moment.date())}, {moment:%H:%M %Z}"


def open_day(day: date) -> date:
    """Return the day itself, or the last one before it on which offices are open.

    Here the days count on which offices close instead of a holiday (5 USC 6103(b)), because the
    duty is ours and the earlier day is safe.
    """
    while closed(day, observed=True):
        day -= timedelta(days=1)
    return day


def remark(day: date) -> str:
    """Say of a duty's last day that offices are closed on it, and on which day to be done.

    Empty for a day on which they are open.
    """
    reason = closed(day, observed=True)
    if not reason:
        return ""
    before = open_day(day)
    kind = f"a {reason}" if day.weekday() >= _SATURDAY else f"a federal holiday ({reason})"
    return f"falls on {kind}: send by {before:%A}, {words(before)}"
