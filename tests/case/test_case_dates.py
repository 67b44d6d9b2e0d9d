"""Partial dates never gain a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmjkit.case import DateRange, PartialDate

days = st.dates(date(1880, 1, 1), date(2100, 12, 31))
partial = st.builds(
    lambda day, known: PartialDate(day.year, *(day.month, day.day)[:known]),
    days,
    st.integers(0, 2),
)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("2024", "2024-01-01", "2024-12-31", "2024"),
        ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
        ("2023-02", "2023-02-01", "2023-02-28", "February 2023"),
        ("2024-12", "2024-12-01", "2024-12-31", "December 2024"),
        ("2024-03-05", "2024-03-05", "2024-03-05", "March 5, 2024"),
    ],
)
def test_a_partial_date_means_a_range_of_days(text, earliest, latest, words):
    written = PartialDate.parse(text)
    assert written.range == DateRange(date.fromisoformat(earliest), date.fromisoformat(latest))
    assert written.words() == words
    assert written.exact == written.range.exact


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24-03",
        "2024-3",
        "2024-13",
        "2024-02-30",
        "2023-02-29",
        "2024-03-05T10:00",
        "March",
        "0000",
        "1879",
        "2101-01",
    ],
)
def test_what_is_no_date_is_refused_with_what_would_be(text):
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        PartialDate.parse(text)


def test_a_day_needs_a_month():
    with pytest.raises(ValueError, match="month"):
        PartialDate(2024, None, 3)


@given(partial)
def test_the_written_form_round_trips(when):
    assert PartialDate.parse(str(when)) == when


@given(partial, st.integers(-3000, 3000))
def test_arithmetic_moves_both_ends_alike(when, shift):
    moved = when.plus_days(shift)
    assert moved.earliest - when.earliest == moved.latest - when.latest == timedelta(days=shift)


@given(partial, partial)
def test_days_between_bound_every_possible_pair(one, two):
    low, high = one.days_until(two)
    assert low <= (two.earliest - one.earliest).days <= high
    assert low <= (two.latest - one.latest).days <= high


@given(st.lists(partial, min_size=2, max_size=6))
def test_sorting_puts_the_earliest_possible_first(dates):
    assert sorted(dates)[0].earliest == min(when.earliest for when in dates)
