"""The step-therapy ledger: what was tried, when, with gaps, overlaps and results too early."""

from datetime import date

import pytest
from criteria_cases import NOTED, TODAY, treated

from tmjkit.case import Case, PartialDate
from tmjkit.rules.ledger import ledger, ledger_findings, period


def found(*treatments, **lists):
    return ledger(treated(*treatments, **lists), TODAY)


@pytest.mark.parametrize(
    ("start", "end", "ongoing", "words"),
    [
        ("2025-02-04", "2025-05-06", False, "February 4 to May 6, 2025"),
        ("2025-03", "2025-06", False, "March to June 2025"),
        ("2025-11", "2026-01", False, "November 2025 to January 2026"),
        ("2024", "2025", False, "2024 to 2025"),
        ("2025", "2025", False, "2025"),
        ("2024-05", None, True, "since May 2024"),
        ("2024-05", None, False, "from May 2024, end not recorded"),
        (None, "2024-05", False, "until May 2024, start not recorded"),
        (None, None, True, "goes on, start not recorded"),
        (None, None, False, "no dates"),
    ],
)
def test_periods_in_words(start, end, ongoing, words):
    first, last = (PartialDate.parse(day) if day else None for day in (start, end))
    assert period(first, last, ongoing=ongoing) == words


def test_rows_stand_in_the_order_of_time_and_say_what_is_known():
    case = treated(
        {"id": "b", "kind": "splint", "start": "2026-03", "end": "2026-05", "response": "none"},
        {"id": "a", "kind": "nsaid", "start": "2025-01-06", "end": "2025-01-19", "sources": ()},
        {"id": "c", "kind": "cbt"},
        {"id": "x", "kind": "surgery", "purpose": "other", "start": "2020"},
        sessions=[
            {"id": "s", "product": "onabotulinumtoxinA", "date": "2026-01-05", "sources": NOTED}
        ],
    )
    rows = ledger(case, TODAY).rows
    assert [row.record for row in rows] == ["a", "s", "b", "c"]
    assert [row.days for row in rows] == ["14 days", "1 day", "32 to 92 days", "not known"]
    assert [row.documented for row in rows] == [False, True, True, True]
    assert rows[2].response == "No response"
    assert rows[1].kind == "botulinum-toxin"
    told = rows[2].as_json()
    assert (told["days_certain"], told["days_possible"]) == (32, 92)
    assert rows[3].as_json()["days_possible"] is None


def test_a_long_time_without_care_is_a_gap():
    early = {"kind": "nsaid", "start": "2026-01-01", "end": "2026-01-31"}
    gap = found(early, {"kind": "cbt", "start": "2026-05-03", "ongoing": True})
    assert gap.gaps == ((date(2026, 2, 1), date(2026, 5, 2)),)  # 91 days
    none = found(early, {"kind": "cbt", "start": "2026-05-02", "ongoing": True})
    assert none.gaps == ()
    (told,) = ledger_findings(gap)
    assert told.rule == "criteria.ledger-gap"
    assert "February 1, 2026 to May 2, 2026 (91 days)" in told.what


def test_the_time_up_to_today_can_be_a_gap():
    assert found({"kind": "nsaid", "start": "2026-01-01", "end": "2026-01-31"}).gaps == (
        (date(2026, 2, 1), TODAY),
    )
    assert found().gaps == ()


@pytest.mark.parametrize(
    "later",
    [
        {"kind": "cbt", "start": "2026", "ongoing": True},  # it may have begun in January
        {"kind": "cbt", "end": "2026-11-20"},  # it may have gone on all the time
        {"kind": "cbt"},
    ],
)
def test_no_gap_where_some_reading_of_the_dates_has_none(later):
    early = {"kind": "nsaid", "start": "2026-01-01", "end": "2026-01-31"}
    assert found(early, later).gaps == ()


def test_an_injection_works_for_twelve_weeks():
    injected = [{"id": "s-1", "product": "onabotulinumtoxinA", "date": "2026-08-01"}]
    early = {"kind": "nsaid", "start": "2026-07-01", "end": "2026-07-31"}
    assert found(early, sessions=injected).gaps == ()


def test_two_courses_of_one_kind_at_once():
    both = [
        {"kind": "splint", "start": "2026-01-05", "end": "2026-03-31"},
        {"kind": "splint", "start": "2026-03-01", "ongoing": True},
    ]
    result = found(*both)
    assert result.overlaps == (("t-1", "t-2", (date(2026, 3, 1), date(2026, 3, 31))),)
    (told,) = ledger_findings(result)
    assert (told.rule, told.records) == ("criteria.ledger-overlap", ("t-1", "t-2"))
    other = [both[0], both[1] | {"kind": "cbt"}]
    assert found(*other).overlaps == ()
    in_turn = [both[0], both[1] | {"start": "2026-03-31"}]
    assert found(*in_turn).overlaps == ()
    perhaps = [both[0], both[1] | {"start": "2026-03"}]
    assert found(*perhaps).overlaps == ()


@pytest.mark.parametrize(
    ("treatment", "early"),
    [
        ({"kind": "cbt", "start": "2026-12-08", "response": "none"}, True),
        ({"kind": "cbt", "sessions": 0, "stop_reason": "ineffective"}, True),
        ({"kind": "cbt", "sessions": 0, "stop_reason": "contraindicated"}, False),
        ({"kind": "cbt", "start": "2026-12-08"}, False),
        ({"kind": "cbt", "response": "none"}, False),
    ],
)
def test_what_has_not_begun_has_no_result(treatment, early):
    told = [item.rule for item in ledger_findings(found(treatment))]
    assert told == (["criteria.ledger-order"] if early else [])


def test_an_empty_case_has_an_empty_ledger():
    result = ledger(Case(), TODAY)
    assert (result.rows, result.gaps, result.overlaps) == ((), (), ())
    assert result.as_json() == {"rows": [], "gaps": [], "overlaps": [], "too_early": []}
