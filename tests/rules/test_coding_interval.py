"""Sessions are 12 weeks apart and within 400 units in 3 months, as far as the dates can tell.

Sources: fact D-CRIT-4 (LCD L34635 and policies on botulinum toxin) and fact E-MAX.
"""

from datetime import date, timedelta

import pytest
from coding_cases import asked, dose, found, line, only, session
from hypothesis import given
from hypothesis import strategies as st

from tmjkit import knowledge
from tmjkit.case import Case
from tmjkit.rules import Severity


def at(*days, units=50, **fields):
    return Case(
        sessions=tuple(
            session(day, dose(units), id=f"s-{number}", **fields)
            for number, day in enumerate(days, 1)
        )
    )


# 84 days after March 2, 2026 is May 25.
@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("2026-03-02", "2026-05-24", "11 weeks and 6 days"),
        ("2026-03-02", "2026-05-18", "11 weeks apart"),
        ("2026-03-02", "2026-03-03", "1 day apart"),
        ("2026-03-02", "2026-03-10", "1 week and 1 day"),
        ("2026-01", "2026-02", "less than 12 weeks"),
        ("2026-03-02", "2026-04", "less than 12 weeks"),
    ],
)
def test_certainly_too_soon(first, second, told):
    item = only(at(second, first), "coding.interval")
    assert item.severity is Severity.WEAK
    assert told in item.what
    assert "a guide, abstract or public page states it" in item.why


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-01", "2026-04"),
        ("2026", "2026-05-01"),
        ("2026-03-02", "2026-05"),
        ("2026", "2026"),
        ("2026-03", "2026-03"),
    ],
)
def test_what_may_be_too_soon_is_only_asked(first, second):
    item = only(at(first, second), "coding.interval")
    assert item.severity is Severity.NOTE
    assert "may be" in item.what


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-03-02", "2026-05-25"),
        ("2026-01", "2026-05"),
        ("2025", "2026-04"),
        ("2026-03-02", None),
    ],
)
def test_far_enough_or_unknown_gets_no_word(first, second):
    assert "coding.interval" not in found(at(first, second))


def test_a_session_for_something_else_counts_too():
    case = Case(
        sessions=(
            session("2026-03-02", dose(), id="s-1"),
            session("2026-04-02", dose(), id="s-2", purpose="other"),
        )
    )
    assert "different purposes" in only(case, "coding.interval").why


def test_an_interval_that_is_asked_for():
    assert "10 weeks" in only(asked(interval_weeks=10), "coding.requested-interval").what
    assert "coding.requested-interval" not in found(asked(interval_weeks=12))


@pytest.mark.parametrize(("weeks", "told"), [(12, False), (13, False), (20, True), (6, True)])
def test_the_weeks_recorded_and_the_dates(weeks, told):
    case = Case(
        sessions=(
            session("2026-03-02", dose(), id="s-1"),
            session("2026-05-25", dose(), id="s-2", interval_weeks=weeks),
        )
    )
    assert ("coding.recorded-interval" in found(case)) is told


# June 2 is three months after March 2, and so outside of them; June 1 is within.
@pytest.mark.parametrize(
    ("days", "units", "told"),
    [
        (("2026-03-02", "2026-06-01"), 201, True),
        (("2026-03-02", "2026-06-02"), 201, False),
        (("2026-03-02", "2026-06-01"), 200, False),
        (("2026-03-02",), 401, True),
        (("2026-03-02",), 400, False),
        (("2025-11-30", "2026-02-27"), 201, True),
        (("2025-11-30", "2026-02-28"), 201, False),  # three months after November 30
        (("2026-01-05", "2026-02-05", "2026-03-05", "2026-04-04"), 101, True),
        (("2026-01-05", "2026-02-05", "2026-03-05", "2026-04-05"), 101, False),
    ],
)
def test_the_dose_within_three_months(days, units, told):
    rules = found(at(*days, units=units))
    assert ("coding.cap" in rules) is told
    if told:
        (item,) = rules["coding.cap"]
        assert item.severity is Severity.WEAK
        assert "as reported" in item.why
        assert knowledge.fact("E-MAX").confidence.label in item.why
        assert item.facts == ("E-MAX",)


def test_a_dose_whose_days_are_not_known_may_be_too_much():
    item = only(at("2026-01", "2026-04", units=250), "coding.cap")
    assert item.severity is Severity.NOTE
    assert "may be 500 units" in item.what
    certain = only(at("2026-01", "2026-02", units=250), "coding.cap")
    assert certain.severity is Severity.WEAK


def test_one_session_is_within_three_months_whatever_its_day():
    assert only(at("2026", units=450), "coding.cap").severity is Severity.WEAK


def test_units_of_other_products_are_never_added():
    other = at("2026-03-02", units=900, product="abobotulinumtoxinA")
    assert "coding.cap" not in found(other)
    mixed = Case(
        sessions=(
            session("2026-03-02", dose(250), id="s-1"),
            session("2026-03-30", dose(250), id="s-2", product="incobotulinumtoxinA"),
        )
    )
    assert "coding.cap" not in found(mixed)


def test_all_indications_count():
    case = Case(
        sessions=(
            session("2026-03-02", dose(155), id="s-1", purpose="other"),
            session("2026-03-30", dose(300), id="s-2"),
        )
    )
    assert "455 units" in only(case, "coding.cap").what


def test_a_dose_that_is_asked_for():
    case = asked(line("J0585", 401), doses=(dose(401),))
    assert only(case, "coding.requested-dose").facts == ("E-MAX",)
    assert "coding.requested-dose" not in found(asked(line("J0585", 400), doses=(dose(400),)))
    assert "coding.requested-dose" not in found(asked(line("J0586", 100), doses=(dose(500),)))


DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


@given(DAYS, st.integers(0, 400))
def test_a_later_second_session_never_makes_it_too_soon(first, gap):
    def told(days):
        case = at(first.isoformat(), (first + timedelta(days=days)).isoformat())
        return "coding.interval" in found(case)

    assert told(gap) == (0 < gap < 84)  # two records of one day are one occasion


@given(st.lists(DAYS, min_size=1, max_size=5), st.integers(1, 420))
def test_the_order_of_the_sessions_never_matters(days, units):
    def said(order):
        return {
            (item.rule, item.severity)
            for items in found(at(*(day.isoformat() for day in order), units=units)).values()
            for item in items
        }

    assert said(days) == said(list(reversed(days)))


@given(st.lists(DAYS, min_size=1, max_size=4), st.integers(1, 420))
def test_knowing_less_of_the_days_never_makes_more_certain(days, units):
    def certain(case):
        return {
            item.rule
            for items in found(case).values()
            for item in items
            if item.severity is Severity.WEAK
        }

    whole = at(*(day.isoformat() for day in days), units=units)
    vague = at(*(f"{day:%Y-%m}" for day in days), units=units)
    assert certain(vague) <= certain(whole)
