"""How long a course lasted where its dates are known in part: certain, possible, or neither."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmjkit.case import PartialDate, Treatment
from tmjkit.knowledge.criteria import Duration
from tmjkit.rules.spans import certainly_lasts, merged, possibly_lasts, span, within

TODAY = date(2026, 11, 23)


def treatment(start=None, end=None, ongoing=False):
    return Treatment(kind="nsaid", start=start, end=end, ongoing=ongoing)


@pytest.mark.parametrize(
    ("start", "end", "ongoing", "certain", "possible"),
    [
        ("2025-02-04", "2025-05-06", False, 92, 92),
        ("2025-02", "2025-04", False, 33, 89),  # February 28 to April 1; February 1 to April 30
        ("2024-11", "2024-11", False, 0, 30),
        ("2025", "2025", False, 0, 365),
        ("2026-11-01", None, True, 23, 23),
        ("2026-11", None, True, 0, 23),
        ("2026-11-01", None, False, 1, 23),  # no end and no word that it goes on
        ("2026-12-08", None, False, 0, 0),  # planned
        ("2026-11-20", "2027-01", False, 4, 4),  # the rest lies ahead
    ],
)
def test_days_of_a_course(start, end, ongoing, certain, possible):
    assert span(treatment(start, end, ongoing), TODAY).days == (certain, possible)


def test_without_a_start_nothing_but_the_last_day_is_certain():
    found = span(treatment(end="2025-05-06"), TODAY)
    assert found.certain == (date(2025, 5, 6), date(2025, 5, 6))
    assert found.possible is not None
    assert found.possible[0] < date(1900, 1, 1)


@pytest.mark.parametrize(
    ("first", "last", "duration", "lasts"),
    [
        # The first and the last day count: February 1 to April 30 are three months.
        ((2025, 2, 1), (2025, 4, 30), {"months": 3}, True),
        ((2025, 2, 1), (2025, 4, 29), {"months": 3}, False),
        # No such day in the month: January 31 and one month end on February 28.
        ((2025, 1, 31), (2025, 2, 27), {"months": 1}, True),
        ((2025, 1, 1), (2025, 3, 25), {"weeks": 12}, True),
        ((2025, 1, 1), (2025, 3, 24), {"weeks": 12}, False),
        ((2025, 1, 1), (2025, 1, 1), {"days": 1}, True),
    ],
)
def test_a_course_lasts_as_the_calendar_counts(first, last, duration, lasts):
    blocks = [(date(*first), date(*last))]
    assert certainly_lasts(blocks, Duration(**duration)) is lasts
    assert possibly_lasts(blocks, Duration(**duration)) is lasts


def test_months_in_pieces_are_certain_only_by_the_longest_count():
    """Three calendar months have 89 to 92 days, so 90 days in two pieces may be three months."""
    ninety = [(date(2025, 1, 1), date(2025, 1, 31)), (date(2025, 6, 1), date(2025, 7, 29))]
    assert not certainly_lasts(ninety, Duration(months=3))
    assert possibly_lasts(ninety, Duration(months=3))
    assert certainly_lasts([*ninety, (date(2025, 9, 1), date(2025, 9, 2))], Duration(months=3))


def test_only_what_lies_in_the_window_counts():
    course = (date(2024, 10, 1), date(2024, 12, 31))
    assert within(course, 24, TODAY) == (date(2024, 11, 23), date(2024, 12, 31))
    assert within(course, 12, TODAY) is None
    assert within(course, None, TODAY) == course


days = st.dates(date(2024, 1, 1), date(2026, 11, 1))
blocks = st.lists(
    st.tuples(days, st.integers(0, 60)).map(lambda one: (one[0], one[0] + timedelta(one[1]))),
    max_size=6,
)


@given(blocks)
def test_joined_blocks_hold_the_same_days_once(found):
    def all_days(some):
        return {
            first + timedelta(step)
            for first, last in some
            for step in range((last - first).days + 1)
        }

    joined = merged(found)
    assert all_days(joined) == all_days(found)
    assert all(one[1] + timedelta(1) < other[0] for one, other in pairwise(joined))


partial = st.builds(
    lambda day, known: PartialDate(
        day.year, day.month if known else None, day.day if known > 1 else None
    ),
    days,
    st.integers(0, 2),
)


@given(partial, partial, st.data())
def test_every_reading_lies_between_the_certain_and_the_possible(start, end, data):
    if end.latest < start.earliest:
        return
    item = treatment(start, end)
    found = span(item, TODAY)
    first = data.draw(st.dates(start.earliest, min(start.latest, TODAY)))
    last = data.draw(st.dates(end.earliest, end.latest))
    if last < first:
        return
    read = span(treatment(PartialDate.of(first), PartialDate.of(last)), TODAY)
    low, high = found.days
    assert low <= read.days[0] <= high


@given(blocks, st.integers(1, 12))
def test_what_is_certain_is_possible(found, months):
    joined = merged(found)
    if certainly_lasts(joined, Duration(months=months)):
        assert possibly_lasts(joined, Duration(months=months))
