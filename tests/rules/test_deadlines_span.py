"""The arithmetic of days, business days, months and hours, also over daylight saving time."""

from datetime import date, time

import pytest
from clock_cases import clock, coverage, ends, request
from hypothesis import given, settings
from hypothesis import strategies as st

from tmjkit.case import Case, DateRange
from tmjkit.knowledge import Clock, MonthRule
from tmjkit.rules.deadlines import span

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def limit(**fields):
    return Clock(step="x", name="x", **{"from": "receipt"} | fields)


def test_the_holidays_are_the_eleven_of_the_law():
    # 5 USC 6103(a) on their own dates; Inauguration Day, states' days and half days are none.
    named = {span.holiday(date(2029, 1, 1) + span.timedelta(days=n)) for n in range(365)} - {""}
    assert len(named) == 11
    assert span.holiday(date(2029, 1, 20)) == ""
    assert span.holiday(date(2026, 12, 24)) == ""
    assert span.holiday(date(2026, 7, 3)) == ""
    assert span.holiday(date(2026, 7, 3), observed=True)


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        ("2026-07-04", "2026-07-06"),
        ("2026-07-03", "2026-07-03"),
        ("2026-09-05", "2026-09-08"),  # Labor Day on the Monday
        ("2026-11-26", "2026-11-27"),
        ("2027-12-25", "2027-12-27"),  # on a Saturday; the 24th is no holiday by date
        ("2021-12-31", "2021-12-31"),  # New Year's Day 2022 falls on a Saturday
    ],
)
def test_a_last_day_rolls_to_the_next_that_is_no_holiday(day, moved):
    assert str(span.rolled(date.fromisoformat(day))) == moved


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        ("2026-05-22", 1, "2026-05-26"),
        ("2026-05-04", 10, "2026-05-18"),
        ("2026-11-20", 5, "2026-11-30"),
        ("2026-12-31", 1, "2027-01-04"),
    ],
)
def test_business_days(day, count, last):
    assert str(span.business_days_after(date.fromisoformat(day), count)) == last


@pytest.mark.parametrize(
    ("day", "months", "rule", "last"),
    [
        ("2026-10-30", 4, MonthRule.NEXT_MONTH, "2027-03-01"),
        ("2026-10-30", 4, MonthRule.LAST_DAY, "2027-02-28"),
        ("2027-10-29", 4, MonthRule.NEXT_MONTH, "2028-02-29"),
        ("2026-08-31", 6, MonthRule.LAST_DAY, "2027-02-28"),
        ("2026-05-31", 4, MonthRule.NEXT_MONTH, "2026-10-01"),
        ("2026-05-31", 4, MonthRule.LAST_DAY, "2026-09-30"),
    ],
)
def test_calendar_months(day, months, rule, last):
    assert str(span.add_months(date.fromisoformat(day), months, rule)) == last


LENGTHS = st.one_of(
    st.builds(lambda n: {"days": n}, st.integers(1, 400)),
    st.builds(lambda n: {"business_days": n}, st.integers(1, 30)),
    st.builds(
        lambda n, w: {"hours": n, "whose": w},
        st.integers(1, 200),
        st.sampled_from(["ours", "theirs"]),
    ),
    st.builds(
        lambda n, m, r: {"months": n, "month_rule": m, "roll": r},
        st.integers(1, 24),
        st.sampled_from(["last-day", "next-month"]),
        st.sampled_from(["none", "next-business-day"]),
    ),
)


@settings(deadline=None)
@given(DAYS, LENGTHS)
def test_a_last_day_is_never_before_its_trigger(day, length):
    assert span.add(day, limit(**length)) >= day


@settings(deadline=None)
@given(DAYS, LENGTHS)
def test_a_trigger_one_day_later_never_makes_the_last_day_earlier(day, length):
    clock = limit(**length)
    assert span.add(day + span.timedelta(days=1), clock) >= span.add(day, clock)


@settings(deadline=None)
@given(DAYS, st.integers(1, 30))
def test_business_days_end_on_a_business_day_and_take_at_least_as_many_days(day, count):
    last = span.business_days_after(day, count)
    assert not span.closed(last)
    assert (last - day).days >= count


@settings(deadline=None)
@given(DAYS)
def test_a_remark_names_an_open_day_before(day):
    said = span.remark(day)
    assert bool(said) == bool(span.closed(day, observed=True))
    if said:
        before = next(
            day - span.timedelta(days=n)
            for n in range(1, 9)
            if not span.closed(day - span.timedelta(days=n), observed=True)
        )
        assert said.endswith(span.words(before))


def test_a_day_on_which_offices_close_instead_of_a_holiday_is_no_day_to_send():
    # The last day is July 4, 2026, a Saturday; offices close on Friday.
    said = span.remark(date(2026, 7, 4))
    assert said == "falls on a Saturday: send by Thursday, July 2, 2026"
    assert span.remark(date(2026, 11, 26)).startswith("falls on a federal holiday (Thanksgiving")


def test_our_hours_are_rounded_down_and_theirs_up():
    day = date(2026, 3, 2)
    assert str(span.add(day, limit(hours=36))) == "2026-03-03"
    assert str(span.add(day, limit(hours=36, whose="theirs"))) == "2026-03-04"


def test_the_longest_time_reaches_to_the_last_day():
    clock = limit(days=90, longest=120)
    days = DateRange(date(2026, 3, 2), date(2026, 3, 2))
    assert tuple(map(str, span.shift(days, clock))) == ("2026-05-31", "2026-06-30")


def urgent(**fields):
    known = {"received": "2026-03-02", "urgency": "expedited"} | fields
    return Case(coverages=(coverage("erisa"),), requests=(request(**known),))


# Received on day and time, zone, last day and hour after 72 real hours.
HOURS = [
    ("2026-03-02", time(10, 15), "America/New_York", "2026-03-05", "10:15 EST"),
    # The clocks go forward on March 8: 72 hours end an hour later on the wall.
    ("2026-03-06", time(10, 15), "America/New_York", "2026-03-09", "11:15 EDT"),
    ("2026-03-06", time(23, 30), "America/Chicago", "2026-03-10", "00:30 CDT"),
    # They go back on November 1: an hour earlier.
    ("2026-10-30", time(10, 15), "America/New_York", "2026-11-02", "09:15 EST"),
    ("2026-10-30", time(0, 30), "America/Los_Angeles", "2026-11-01", "23:30 PST"),
    # Arizona and Puerto Rico keep their time.
    ("2026-03-06", time(10, 15), "America/Phoenix", "2026-03-09", "10:15 MST"),
    ("2026-03-06", time(10, 15), "America/Puerto_Rico", "2026-03-09", "10:15 AST"),
]


@pytest.mark.parametrize(("day", "at", "zone", "last", "hour"), HOURS)
def test_hours_are_real_hours(*, day, at, zone, last, hour):
    case = urgent(received=day, received_time=at, time_zone=zone)
    found = clock(case, "deadline.decision")
    assert (ends(found), found.at) == ((last, last), hour)
    assert hour in found.arithmetic
    assert "real hours" in found.arithmetic


def test_a_time_that_the_wall_shows_twice_gives_both_ends():
    # 01:30 on November 1, 2026 comes twice in New York.
    first, last = span.hours_after(date(2026, 11, 1), time(1, 30), "America/New_York", 72)
    assert (f"{first:%d %H:%M}", f"{last:%d %H:%M}") == ("04 00:30", "04 01:30")


def test_without_a_time_of_day_the_day_is_known_and_the_hour_is_not():
    found = clock(urgent(), "deadline.decision")
    assert (ends(found), found.at) == (("2026-03-05", "2026-03-05"), "")
    assert "at the hour at which it came" in found.arithmetic
    # With the zone a night in which the clocks change can carry it into the next day.
    zone = urgent(received="2026-03-06", time_zone="America/New_York")
    assert ends(clock(zone, "deadline.decision")) == ("2026-03-09", "2026-03-10")


def test_of_a_month_the_hours_give_a_range():
    found = clock(urgent(received="2026-03"), "deadline.decision")
    assert ends(found) == ("2026-03-04", "2026-04-03")


@settings(deadline=None)
@given(DAYS, st.times(), st.sampled_from(["America/New_York", "America/Denver", "UTC"]))
def test_hours_end_within_an_hour_of_the_same_time(day, at, zone):
    first, last = span.hours_after(day, at, zone, 72)
    assert first <= last
    assert abs((first.date() - day).days - 3) <= 1
