"""Worked examples of the payer's time for a first decision, each with its fact and citation.

The days were counted by hand with a calendar and not with the code under test.
"""

from datetime import date

import pytest
from clock_cases import claim, clock, coverage, denial, ends, request, rules_of

from tmjkit.case import Case, Extension
from tmjkit.knowledge import fact
from tmjkit.rules import Status, Whose, deadlines

MONDAY = {"received": "2026-03-02"}
FAST = {"received": "2026-03-02", "urgency": "expedited"}
J = ("J0585",)
BOTH = ("J0585", "64999")
# Plan, request, first and last day on which the time can end, facts.
REQUESTS = [
    # Employer plans: 15 days before the service, 72 hours where urgent.
    ("erisa", MONDAY, "2026-03-17", "2026-03-17", ["A-DEC-PRE"]),
    ("insured", MONDAY, "2026-03-17", "2026-03-17", ["A-DEC-PRE"]),
    ("erisa", {"received": "2028-02-20"}, "2028-03-06", "2028-03-06", ["A-DEC-PRE"]),
    ("erisa", {"received": "2026-03"}, "2026-03-16", "2026-04-15", ["A-DEC-PRE"]),
    ("erisa", FAST, "2026-03-05", "2026-03-05", ["A-DEC-URG"]),
    # The same under the ACA rule for individual and government plans.
    ("individual", MONDAY, "2026-03-17", "2026-03-17", ["A-DEC-PRE-IND"]),
    ("individual", FAST, "2026-03-05", "2026-03-05", ["A-DEC-URG-IND"]),
    ("gov", MONDAY, "2026-03-17", "2026-03-17", ["A-DEC-PRE-GOV"]),
    ("gov", FAST, "2026-03-05", "2026-03-05", ["A-DEC-URG-GOV"]),
    # More of an approved course, asked for 24 hours before its end, or on its last day.
    (
        "erisa",
        FAST | {"continues": True, "approved_until": "2026-03-10"},
        "2026-03-03",
        "2026-03-03",
        ["A-DEC-CONC"],
    ),
    (
        "erisa",
        FAST | {"continues": True, "approved_until": "2026-03-02"},
        "2026-03-05",
        "2026-03-05",
        ["A-DEC-URG"],
    ),
    (
        "erisa",
        MONDAY | {"continues": True, "approved_until": "2026-03-10"},
        "2026-03-17",
        "2026-03-17",
        ["A-DEC-PRE"],
    ),
    # Medicare Advantage: 7 days since 2026, 14 before; 72 hours where expedited.
    ("ma", MONDAY, "2026-03-09", "2026-03-09", ["A-MA-INIT-PA"]),
    ("ma", {"received": "2026-01-01"}, "2026-01-08", "2026-01-08", ["A-MA-INIT-PA"]),
    ("ma", {"received": "2025-12-31"}, "2026-01-14", "2026-01-14", ["A-MA-INIT-14"]),
    ("ma", FAST, "2026-03-05", "2026-03-05", ["A-MA-INIT-EXP"]),
    # No code is recorded: a drug that the clinic bills has 72 hours, anything else 7 days.
    (
        "ma",
        MONDAY | {"codes": ()},
        "2026-03-05",
        "2026-03-09",
        ["A-MA-INIT-PA", "A-MA-INIT-PARTB"],
    ),
    # Part D: 72 and 24 hours.
    ("part-d", MONDAY, "2026-03-05", "2026-03-05", ["A-PTD-INIT"]),
    ("part-d", FAST, "2026-03-03", "2026-03-03", ["A-PTD-INIT-EXP"]),
    # Medicaid managed care: 7 days by rating periods from 2026, 14 in older ones.
    ("mco", MONDAY, "2026-03-09", "2026-03-16", ["A-MCO-PA", "A-MCO-PA-14"]),
    ("mco", {"received": "2027-01-04"}, "2027-01-11", "2027-01-11", ["A-MCO-PA"]),
    ("mco", {"received": "2025-06-02"}, "2025-06-16", "2025-06-16", ["A-MCO-PA-14"]),
    ("mco", FAST, "2026-03-05", "2026-03-05", ["A-MCO-PA-EXP"]),
    # A drug may have 24 hours, and certainly not more than any other service.
    (
        "mco",
        {"received": "2027-01-04", "codes": J},
        "2027-01-05",
        "2027-01-11",
        ["A-MCO-PA", "A-MCO-PA-DRUG"],
    ),
    # Medicaid that the State pays itself: 7 days and 72 hours for what is no drug.
    ("ffs", MONDAY, "2026-03-09", "2026-03-09", ["A-0057-FFS"]),
    ("ffs", FAST, "2026-03-05", "2026-03-05", ["A-0057-FFS-EXP"]),
]


def asked(plan, fields, **cover):
    wanted = dict(fields)
    codes = wanted.pop("codes", ("64999",))
    return Case(coverages=(coverage(plan, **cover),), requests=(request(codes, **wanted),))


@pytest.mark.parametrize(("plan", "fields", "first", "last", "facts"), REQUESTS)
def test_the_time_for_a_request(*, plan, fields, first, last, facts):
    found = clock(asked(plan, fields), "deadline.decision")
    assert ends(found) == (first, last)
    assert sorted(found.facts) == sorted(facts)
    assert found.whose is Whose.THEIRS
    # Nobody calls a payer late on a day on which it may still be in time.
    assert str(found.safe_date) == last
    assert all(fact(name).citation in found.arithmetic for name in facts)
    assert "\n" not in found.arithmetic


@pytest.mark.parametrize(
    ("fields", "last", "name"),
    [(MONDAY, "2026-03-05", "A-MA-INIT-PARTB"), (FAST, "2026-03-03", "A-MA-INIT-PARTB-EXP")],
)
def test_a_drug_that_the_clinic_bills_to_medicare_advantage_has_hours(fields, last, name):
    # 42 CFR 422.568(b)(3), 422.572(a)(2).
    found = clock(asked("ma", fields | {"codes": J}), "deadline.drug-decision")
    assert (ends(found), found.facts) == ((last, last), (name,))
    assert "deadline.decision" not in rules_of(asked("ma", fields | {"codes": J}), found.due[0])


def test_drug_and_injection_have_a_time_each():
    case = asked("ma", MONDAY | {"codes": BOTH})
    assert ends(clock(case, "deadline.drug-decision")) == ("2026-03-05", "2026-03-05")
    assert ends(clock(case, "deadline.decision")) == ("2026-03-09", "2026-03-09")


def test_a_drug_from_the_pharmacy_is_no_part_b_drug():
    case = asked("ma", MONDAY | {"codes": J}, benefit="pharmacy")
    assert ends(clock(case, "deadline.decision")) == ("2026-03-09", "2026-03-09")


# Washington: RCW 48.43.830 beside the federal rule, which is the one that is certain.
WASHINGTON = [
    ({"channel": "portal"}, "2026-03-05", "2026-03-17"),
    ({"channel": "fax"}, "2026-03-07", "2026-03-17"),
    ({"channel": "portal", "urgency": "expedited"}, "2026-03-03", "2026-03-05"),
    ({"channel": "fax", "urgency": "expedited"}, "2026-03-04", "2026-03-05"),
    ({}, "2026-03-05", "2026-03-17"),
]


@pytest.mark.parametrize(("fields", "first", "last"), WASHINGTON)
def test_the_shorter_time_of_a_state_is_when_the_answer_is_expected(fields, first, last):
    case = asked("individual", MONDAY | fields, state="WA")
    assert ends(clock(case, "deadline.decision")) == (first, last)
    # A self-funded plan never gets state law.
    own = asked("erisa", MONDAY | fields, state="WA")
    assert ends(clock(own, "deadline.decision")) == (last, last)


@pytest.mark.parametrize(
    ("plan", "last", "name"),
    [
        ("erisa", "2026-04-01", "A-DEC-POST"),
        ("individual", "2026-04-01", "A-DEC-POST-IND"),
        ("gov", "2026-04-01", "A-DEC-POST-GOV"),
    ],
)
def test_the_time_for_a_claim(plan, last, name):
    case = Case(coverages=(coverage(plan),), claims=(claim(received="2026-03-02"),))
    found = clock(case, "deadline.decision")
    assert (ends(found), found.facts) == ((last, last), (name,))


def test_what_is_missing_for_an_urgent_request_is_said_within_24_hours():
    # 29 CFR 2560.503-1(f)(2)(i).
    case = asked("erisa", FAST)
    found = clock(case, "deadline.say-what-is-missing")
    assert ends(found) == ("2026-03-03", "2026-03-03")
    # Who asks for nothing is not late with it.
    late = clock(case, "deadline.say-what-is-missing", found.due.latest.replace(day=9))
    assert late.status is Status.NOT_NEEDED
    assert "deadline.say-what-is-missing" not in rules_of(asked("erisa", MONDAY), found.due[0])


def extended(*extensions, plan="erisa", post=False, **fields):
    known = {"received": "2026-03-02", "extensions": extensions} | fields
    cover = (coverage(plan),)
    if post:
        return Case(coverages=cover, claims=(claim(**known),))
    return Case(coverages=cover, requests=(request(**known),))


def notice(day, **fields):
    return Extension(noticed=day, **fields)


def question(day, answered=None, received=None):
    return Extension(
        noticed=day, missing_information=True, answered=answered, asked_received=received
    )


# Case, last day. 15 days end on March 17, 30 on April 1.
EXTENSIONS = [
    # (f)(2)(iii)(A): 15 days more, once.
    (extended(notice("2026-03-16")), "2026-04-01"),
    (extended(notice("2026-03-10"), notice("2026-03-31")), "2026-04-01"),
    (extended(notice("2026-03-17")), "2026-04-01"),
    # Its notice went out too late.
    (extended(notice("2026-03-18")), "2026-03-17"),
    # (f)(4): it stands still from March 10 to April 1, 22 days.
    (extended(question("2026-03-10", "2026-04-01")), "2026-04-23"),
    (extended(question("2026-03-10", "2026-03-10")), "2026-04-01"),
    # (f)(2)(iii)(B): 30 + 15 days, and 45 days from March 20 to May 4.
    (extended(question("2026-03-20", "2026-05-04"), post=True), "2026-05-31"),
    (extended(notice("2026-03-20"), post=True), "2026-04-16"),
    (extended(question("2026-03-10", "2026-04-01"), plan="individual"), "2026-04-23"),
    (extended(question("2026-03-10", "2026-04-01"), plan="gov"), "2026-04-23"),
    # 42 CFR 422.568(b)(1): 14 days more; 438.210(d): 14 days more, and on hours too.
    (extended(notice("2026-03-05"), plan="ma"), "2026-03-23"),
    (extended(notice("2026-03-05"), plan="mco", received="2027-03-01"), "2027-03-22"),
    (extended(notice("2026-03-03"), plan="mco", urgency="expedited"), "2026-03-19"),
]


@pytest.mark.parametrize(("case", "last"), EXTENSIONS)
def test_an_extension(case, last):
    found = clock(case, "deadline.decision")
    assert str(found.safe_date) == last
    day = date.fromisoformat(last)
    assert f"{day:%B} {day.day}, {day.year}" in found.arithmetic


def test_a_part_b_drug_is_not_extended():
    case = extended(notice("2026-03-04"), plan="ma")
    case = case.model_copy(
        update={
            "requests": (request(J, received="2026-03-02", extensions=(notice("2026-03-04"),)),)
        }
    )
    found = clock(case, "deadline.drug-decision")
    assert ends(found) == ("2026-03-05", "2026-03-05")
    assert "this rule gives none" in found.because


def test_the_clock_stands_still_until_we_answer():
    case = extended(question("2026-03-10", received="2026-03-12"))
    found = clock(case, "deadline.decision", date(2026, 4, 10))
    assert (found.due, found.status) == (None, Status.WAITING)
    assert "22 days are left" in found.because
    # Ours: at least 45 days from receipt of the question, (f)(2)(iii)(A).
    cure = clock(case, "deadline.cure", date(2026, 4, 10))
    assert ends(cure) == ("2026-04-26", "2026-04-26")
    assert (cure.whose, cure.status) == (Whose.OURS, Status.RUNNING)
    assert "falls on a Sunday: send by Friday, April 24, 2026" in cure.because


@pytest.mark.parametrize(
    ("plan", "name"),
    [
        ("erisa", "A-DEC-PRE-CURE"),
        ("individual", "A-DEC-PRE-CURE-IND"),
        ("gov", "A-DEC-PRE-CURE-GOV"),
    ],
)
def test_the_time_for_our_answer(plan, name):
    case = extended(question("2026-03-10", received="2026-03-12"), plan=plan)
    found = clock(case, "deadline.cure", date(2026, 3, 20))
    assert (ends(found), found.facts) == (("2026-04-26", "2026-04-26"), (name,))


def test_an_urgent_question_leaves_48_hours_and_48_hours_more():
    waiting = extended(question("2026-03-03", received="2026-03-03"), urgency="expedited")
    today = date(2026, 3, 4)
    assert ends(clock(waiting, "deadline.cure", today)) == ("2026-03-05", "2026-03-05")
    assert clock(waiting, "deadline.decision", today).status is Status.WAITING
    asked_on = clock(waiting, "deadline.say-what-is-missing", today)
    assert asked_on.status is Status.MET
    answered = extended(question("2026-03-03", "2026-03-05", "2026-03-03"), urgency="expedited")
    found = clock(answered, "deadline.decision", date(2026, 3, 6))
    assert ends(found) == ("2026-03-07", "2026-03-07")


def test_without_a_rule_the_time_for_an_answer_stands_in_the_notice():
    case = extended(question("2026-03-10", received="2026-03-12"), plan="fehb")
    found = clock(case, "deadline.cure", date(2026, 3, 20))
    assert found.status is Status.CANNOT_START
    assert "stands in the payer's notice" in found.because


# How it was sent, what was decided, today: where the clock stands. 15 days end on March 17.
STATUS = [
    ({"received": "2026-03-02"}, "2026-03-17", None, Status.RUNNING),
    ({"received": "2026-03-02"}, "2026-03-18", None, Status.MISSED),
    ({"sent": "2026-03-02", "channel": "fax"}, "2026-03-18", None, Status.MISSED),
    # By mail nobody knows when it came: that it is late can't be told.
    ({"sent": "2026-03-02", "channel": "mail"}, "2026-03-17", None, Status.RUNNING),
    ({"sent": "2026-03-02", "channel": "mail"}, "2026-03-18", None, Status.CANNOT_START),
    ({"sent": "2026-03-02"}, "2026-03-18", None, Status.CANNOT_START),
    ({"received": "2026-03"}, "2026-03-31", None, Status.RUNNING),
    ({"received": "2026-03"}, "2026-04-16", None, Status.MISSED),
    ({"received": "2026-03-02"}, "2026-04-16", "2026-03-17", Status.MET),
    ({"received": "2026-03-02"}, "2026-04-16", "2026-03-18", Status.MISSED),
    ({"received": "2026-03-02"}, "2026-04-16", "2026-03", Status.UNCLEAR),
    ({"sent": "2026-03-02"}, "2026-04-16", "2026-03-18", Status.UNCLEAR),
    ({"sent": "2026-03-02"}, "2026-04-16", "2026-03-10", Status.MET),
]


@pytest.mark.parametrize(("fields", "today", "decided", "status"), STATUS)
def test_where_the_payers_clock_stands(fields, today, decided, status):
    decisions = (denial(notice_date=decided, received_date=None),) if decided else ()
    case = Case(
        coverages=(coverage("erisa"),), requests=(request(**fields),), determinations=decisions
    )
    found = clock(case, "deadline.decision", date.fromisoformat(today))
    assert found.status is status
    # What was decided asks nothing of anybody any more, also where it came late.
    assert found.open is (decided is None)


@pytest.mark.parametrize("fields", [{}, {"sent": "2026-03-20"}, {"received": "2026-03-20"}])
def test_what_is_only_planned_starts_no_clock(fields):
    case = Case(coverages=(coverage("erisa"),), requests=(request(**fields),))
    assert deadlines(case, date(2026, 3, 19)) == ()


def test_a_request_that_came_back_undecided_was_not_decided_in_time():
    back = denial(decision="dismissal", notice_date="2026-03-05")
    case = Case(
        coverages=(coverage("erisa"),),
        requests=(request(received="2026-03-02"),),
        determinations=(back,),
    )
    found = clock(case, "deadline.decision", date(2026, 5, 1))
    assert found.status is Status.NOT_NEEDED
    assert "returned without a decision" in found.because


def test_a_claim_that_was_paid_is_no_longer_awaited():
    case = Case(coverages=(coverage("erisa"),), claims=(claim(received="2026-03-02", paid=870),))
    assert clock(case, "deadline.decision", date(2026, 5, 1)).status is Status.NOT_NEEDED


@pytest.mark.parametrize(
    ("plan", "cover", "reason"),
    [
        (None, {}, "who funds the plan"),
        ("individual", {"grandfathered": True}, "grandfathered"),
        ("church", {}, "no time for this decision is on record"),
        ("tricare", {}, "no time for this decision is on record"),
        ("om", {}, "no time for this decision is on record"),
        ("fehb", {}, "no time for this decision is on record"),
    ],
)
def test_without_a_rule_the_payers_time_has_a_reason(plan, cover, reason):
    found = clock(asked(plan, MONDAY, **cover), "deadline.decision", date(2026, 3, 3))
    assert (found.status, found.due) == (Status.CANNOT_START, None)
    assert reason in found.because


@pytest.mark.parametrize("plan", ["erisa", "insured"])
def test_a_grandfathered_employer_plan_still_decides_by_erisa(plan):
    found = clock(asked(plan, MONDAY, grandfathered=True), "deadline.decision")
    assert ends(found) == ("2026-03-17", "2026-03-17")
