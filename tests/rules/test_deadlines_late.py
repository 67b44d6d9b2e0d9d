"""What a payer's lateness opens, with the exception that the rule makes."""

from datetime import date

import pytest
from clock_cases import (
    LATER,
    appealed,
    clock,
    coverage,
    denial,
    ends,
    request,
    rules_of,
)

from tmjkit.case import Appeal, Case
from tmjkit.rules import Severity, Status, findings

ONE = {"internal_levels": 1}
RULE = "deadline.deemed-exhaustion"


def waiting(plan, *decisions, cover=None, **fields):
    known = {"received": "2026-03-02"} | fields
    return Case(
        coverages=(coverage(plan, **cover or {}),),
        requests=(request(**known),),
        determinations=decisions,
    )


# Plan, fields of the coverage, facts, day to work to: 15 days end on March 17, 2026.
OPENED = [
    # 45 CFR 147.136(b)(2)(ii)(F) and 29 CFR 2560.503-1(l)(1).
    ("erisa", {}, ("A-DEEMED", "A-DEEMED-ERISA", "A-DEEMED-EXPL"), "2026-07-17"),
    ("gov", {}, ("A-DEEMED", "A-DEEMED-EXPL"), "2026-07-17"),
    ("individual", {"state": "OH"}, ("A-DEEMED-IND", "A-DEEMED-EXPL-IND"), "2026-07-17"),
    # A grandfathered employer plan: court, and no external review.
    ("erisa", {"grandfathered": True}, ("A-DEEMED-ERISA",), None),
]


@pytest.mark.parametrize(("plan", "cover", "facts", "last"), OPENED)
def test_a_late_first_decision(plan, cover, facts, last):
    case = waiting(plan, cover=cover)
    assert RULE not in rules_of(case, date(2026, 3, 17))
    found = clock(case, RULE, date(2026, 3, 18))
    assert found.facts == facts
    assert (str(found.safe_date) if found.due else None) == last
    assert found.status is Status.RUNNING


def test_the_exception_is_said():
    found = clock(waiting("erisa"), RULE, date(2026, 3, 18))
    for part in ("minor", "no harm", "good cause", "good-faith", "pattern", "within 10 days"):
        assert part in found.because


@pytest.mark.parametrize(
    ("plan", "cover", "facts", "ends_on"),
    [
        # 42 CFR 438.408(c)(3): the fair hearing, 90 days from June 3, 2026.
        ("mco", {}, ("A-MCO-DEEMED",), "2026-09-01"),
        # 42 CFR 422.590 and 423.590: the plan sends the case on itself.
        ("ma", {}, ("A-MA-DEC",), None),
        ("part-d", {}, ("A-PTD-DEC",), None),
        # 5 CFR 890.105(e).
        ("fehb", {}, ("A-FEHB-OPM-120",), None),
    ],
)
def test_a_late_decision_on_an_appeal(plan, cover, facts, ends_on):
    found = clock(appealed(plan, cover=cover), RULE, date(2026, 6, 4))
    assert found.facts == facts
    assert (str(found.safe_date) if found.due else None) == ends_on


def test_states_add_what_their_own_law_says():
    # N.Y. Ins. Law 4904(e): a reversal; California: independent medical review after 30 days.
    york = clock(appealed("insured", cover=ONE | {"state": "NY"}), RULE, date(2026, 6, 4))
    assert "A-NY-LATE" in york.facts
    assert "counts as a reversal" in york.because
    west = clock(appealed("insured", cover=ONE | {"state": "CA"}), RULE, date(2026, 6, 4))
    assert "A-CA" in west.facts


def test_medicare_counts_a_missed_first_decision_as_a_denial():
    found = clock(waiting("ma"), RULE, date(2026, 3, 10))
    assert found.facts == ("A-MA-INIT-LATE",)
    assert "counts as a denial" in found.because


def test_a_denial_that_came_late_keeps_the_step_open_without_a_date():
    case = waiting("erisa", denial(notice_date="2026-03-20"))
    found = clock(case, RULE, date(2026, 3, 25))
    assert (found.due, found.status) == (None, Status.RUNNING)
    notes = [item for item in findings(case, date(2026, 3, 25)) if item.rule == RULE]
    assert [item.severity for item in notes] == [Severity.NOTE]


@pytest.mark.parametrize(
    "decision",
    [
        denial(decision="approval", notice_date="2026-03-20", reasons=()),
        denial(notice_date="2026-03-17"),
        denial(decision="dismissal", notice_date="2026-03-20"),
    ],
)
def test_what_was_decided_in_time_or_for_us_opens_nothing(decision):
    assert RULE not in rules_of(waiting("erisa", decision), LATER)


def test_a_day_of_receipt_that_nobody_recorded_opens_nothing():
    mailed = waiting("erisa", received=None, sent="2026-03-02", channel="mail")
    assert RULE not in rules_of(mailed, date(2026, 8, 1))


def test_the_step_that_was_taken_is_met():
    case = appealed("erisa", cover=ONE).with_record(
        Appeal(id="a-9", determination_id="d-1", level="external", sent="2026-06-10")
    )
    found = clock(case, RULE, date(2026, 6, 20))
    assert found.status is Status.MET
    assert "sent on June 10, 2026" in found.because


def test_one_finding_tells_of_the_lateness_and_of_what_it_opens():
    case = waiting("erisa")
    told = [item for item in findings(case, date(2026, 3, 18)) if item.records == ("r-1",)]
    (late,) = [item for item in told if item.rule.startswith("deadline.")]
    assert (late.rule, late.severity) == ("deadline.decision", Severity.OVERDUE)
    assert late.what == "Late: The payer's decision on the request, due by March 17, 2026"
    assert "may count the internal appeals as used up" in late.why
    assert "complain" in late.where
    assert "A-DEEMED" in late.facts


def test_a_clock_that_merely_runs_is_a_note_and_its_parts_are_none():
    case = waiting("erisa", urgency="expedited")
    told = [item for item in findings(case, date(2026, 3, 3)) if item.rule.startswith("deadline.")]
    assert [(item.rule, item.severity) for item in told] == [("deadline.decision", Severity.NOTE)]
    # What was decided is no news.
    done = waiting("erisa", denial(decision="approval", notice_date="2026-03-05", reasons=()))
    assert not [i for i in findings(done, LATER) if i.rule.startswith("deadline.")]


def test_a_request_that_was_mailed_asks_when_it_came():
    mailed = waiting("erisa", received=None, sent="2026-03-02", channel="mail")
    (found,) = [
        item for item in findings(mailed, date(2026, 3, 20)) if item.rule == "deadline.decision"
    ]
    assert found.severity is Severity.MISSING
    assert "Received" in found.where


def test_an_appeal_under_unknown_law_is_due_and_not_just_good_to_know():
    case = Case(coverages=(coverage(None),), determinations=(denial(about_id=None),))
    (found,) = [
        item for item in findings(case, date(2026, 3, 6)) if item.rule == "deadline.internal-appeal"
    ]
    # 60 days from the notice, the shortest time of all, are more than 30 days ahead.
    assert (found.severity, str(found.due)) == (Severity.DUE, "2026-05-01")


def test_two_late_clocks_of_one_request_have_a_finding_each():
    case = Case(
        coverages=(coverage("ma"),),
        requests=(request(("J0585", "64999"), received="2026-03-02"),),
    )
    late = [
        item.rule for item in findings(case, date(2026, 3, 20)) if item.severity is Severity.OVERDUE
    ]
    assert sorted(late) == ["deadline.decision", "deadline.drug-decision"]
    assert ends(clock(case, "deadline.drug-decision")) == ("2026-03-05", "2026-03-05")
