"""Their time for papers that were asked for, with the citation of each rule."""

from datetime import date

import pytest
from clock_cases import clock, coverage, ends

from tmjkit.case import Case, PapersRequest
from tmjkit.rules import Severity, Status, Whose, findings

TODAY = date(2026, 3, 10)


def asked(plan="erisa", **fields):
    known = {"id": "p-1", "coverage_id": "cov-1", "received": "2026-03-02"} | fields
    return Case(coverages=(coverage(plan),), papers=(PapersRequest(**known),))


# Plan, request, rule, last day, fact.
EXAMPLES = [
    # 45 CFR 164.524(b)(2): 30 days from receipt under any plan, 30 more once.
    ("erisa", {"kind": "medical-records"}, "deadline.records", "2026-04-01", "F-HIPAA-ACC-DAYS"),
    ("mco", {"kind": "medical-records"}, "deadline.records", "2026-04-01", "F-HIPAA-ACC-DAYS"),
    (None, {"kind": "medical-records"}, "deadline.records", "2026-04-01", "F-HIPAA-ACC-DAYS"),
    (
        "erisa",
        {"kind": "medical-records", "extension": "2026-03-30"},
        "deadline.records",
        "2026-05-01",
        "F-HIPAA-ACC-DAYS",
    ),
    (
        "erisa",
        {"kind": "medical-records", "extension": "2026-04-02"},
        "deadline.records",
        "2026-04-01",
        "F-HIPAA-ACC-DAYS",
    ),
    # 29 USC 1024(b)(4), 1132(c)(1): 30 days from the request.
    (
        "erisa",
        {"kind": "plan-documents", "sent": "2026-02-25"},
        "deadline.plan-documents",
        "2026-03-27",
        "F-SPD-DAYS",
    ),
    # 45 CFR 147.136(b)(2)(ii)(F)(2) and (b)(3)(ii)(F)(2): 10 days.
    ("erisa", {"kind": "explanation"}, "deadline.explanation", "2026-03-12", "A-DEEMED-EXPL"),
    ("gov", {"kind": "explanation"}, "deadline.explanation", "2026-03-12", "A-DEEMED-EXPL"),
    (
        "individual",
        {"kind": "explanation"},
        "deadline.explanation",
        "2026-03-12",
        "A-DEEMED-EXPL-IND",
    ),
]


@pytest.mark.parametrize(("plan", "fields", "rule", "last", "name"), EXAMPLES)
def test_the_time_for_papers(*, plan, fields, rule, last, name):
    found = clock(asked(plan, **fields), rule, TODAY)
    assert (ends(found), found.facts) == ((last, last), (name,))
    assert (found.status, found.whose) == (Status.RUNNING, Whose.THEIRS)


@pytest.mark.parametrize(
    ("plan", "kind", "rule"),
    [
        ("erisa", "claim-file", "deadline.claim-file"),
        ("erisa", "criteria", "deadline.papers"),
        ("erisa", "other", "deadline.papers"),
        ("mco", "plan-documents", "deadline.plan-documents"),
        ("mco", "explanation", "deadline.explanation"),
    ],
)
def test_where_no_rule_gives_days_it_is_said(plan, kind, rule):
    found = clock(asked(plan, kind=kind), rule, TODAY)
    assert (found.status, found.due, found.facts) == (Status.CANNOT_START, None, ())
    assert "no rule on record gives a number of days" in found.because
    done = clock(asked(plan, kind=kind, answered="2026-03-09"), rule, TODAY)
    assert (done.status, done.open) == (Status.NOT_NEEDED, False)


@pytest.mark.parametrize(
    ("fields", "today", "status"),
    [
        ({}, "2026-04-01", Status.RUNNING),
        ({}, "2026-04-02", Status.MISSED),
        ({"answered": "2026-04-01"}, "2027-01-01", Status.MET),
        ({"answered": "2026-04-02"}, "2027-01-01", Status.MISSED),
        ({"received": None, "sent": "2026-03-02"}, "2026-04-02", Status.CANNOT_START),
        ({"received": None, "sent": "2026-03-02", "channel": "fax"}, "2026-04-02", Status.MISSED),
    ],
)
def test_where_the_clock_for_records_stands(fields, today, status):
    case = asked(kind="medical-records", **fields)
    found = clock(case, "deadline.records", date.fromisoformat(today))
    assert found.status is status


def test_late_papers_are_asked_for_again():
    case = asked(kind="medical-records", what="Notes of Dr. Sample")
    (found,) = [i for i in findings(case, date(2026, 4, 2)) if i.rule == "deadline.records"]
    assert found.severity is Severity.OVERDUE
    assert "Notes of Dr. Sample" in found.what
    assert "Ask again in writing" in found.where


def test_what_was_not_sent_is_not_awaited():
    case = asked(kind="medical-records", received=None)
    assert not [i for i in findings(case, TODAY) if i.rule == "deadline.records"]
