"""Worked examples of their time for appeals, reviews and hearings, each with its fact.

The days were counted by hand with a calendar and not with the code under test. The appeal came on
Monday, May 4, 2026.
"""

from datetime import date

import pytest
from clock_cases import LATER, appealed, clock, denial, ends, rules_of

from tmjkit.case import Extension
from tmjkit.knowledge import fact
from tmjkit.rules import Status, Whose

ONE, TWO, OPEN = {"internal_levels": 1}, {"internal_levels": 2}, {}
FAST = {"urgency": "expedited"}
J = ("J0585",)
# Plan, options of the case, first and last day, facts.
EXAMPLES = [
    # 29 CFR 2560.503-1(i)(2)(ii): 30 days for one appeal, 15 for each of two.
    ("erisa", {"cover": ONE}, "2026-06-03", "2026-06-03", ["A-APP-PRE"]),
    ("erisa", {"cover": TWO}, "2026-05-19", "2026-05-19", ["A-APP-PRE-TWO"]),
    ("erisa", {"cover": OPEN}, "2026-05-19", "2026-06-03", ["A-APP-PRE", "A-APP-PRE-TWO"]),
    ("insured", {"cover": ONE}, "2026-06-03", "2026-06-03", ["A-APP-PRE"]),
    # (i)(2)(i): 72 hours.
    ("erisa", FAST, "2026-05-07", "2026-05-07", ["A-APP-URG"]),
    # (i)(2)(iii)(A): 60 days for one appeal, 30 for each of two.
    ("erisa", {"post": True, "cover": ONE}, "2026-07-03", "2026-07-03", ["A-APP-POST"]),
    ("erisa", {"post": True, "cover": TWO}, "2026-06-03", "2026-06-03", ["A-APP-POST-TWO"]),
    ("erisa", {"post": True}, "2026-06-03", "2026-07-03", ["A-APP-POST", "A-APP-POST-TWO"]),
    # The same under the ACA rule; an individual plan has one appeal only.
    ("individual", {}, "2026-06-03", "2026-06-03", ["A-APP-PRE-IND"]),
    ("individual", {"post": True}, "2026-07-03", "2026-07-03", ["A-APP-POST-IND"]),
    ("individual", FAST, "2026-05-07", "2026-05-07", ["A-APP-URG-IND"]),
    ("gov", {"cover": ONE}, "2026-06-03", "2026-06-03", ["A-APP-PRE-GOV"]),
    ("gov", {"cover": TWO, "post": True}, "2026-06-03", "2026-06-03", ["A-APP-POST-TWO-GOV"]),
    ("gov", FAST, "2026-05-07", "2026-05-07", ["A-APP-URG-GOV"]),
    # 42 CFR 422.590.
    ("ma", {}, "2026-06-03", "2026-06-03", ["A-MA-DEC-SERVICE"]),
    ("ma", {"post": True}, "2026-07-03", "2026-07-03", ["A-MA-DEC-PAY"]),
    ("ma", {"codes": J}, "2026-05-11", "2026-05-11", ["A-MA-DEC-PARTB"]),
    ("ma", FAST, "2026-05-07", "2026-05-07", ["A-MA-DEC-EXP"]),
    # 42 CFR 423.590.
    ("part-d", {}, "2026-05-11", "2026-05-11", ["A-PTD-DEC-STD"]),
    ("part-d", FAST, "2026-05-07", "2026-05-07", ["A-PTD-DEC-EXP"]),
    ("part-d", {"post": True}, "2026-05-18", "2026-05-18", ["A-PTD-DEC-PAY"]),
    # 42 CFR 438.408(b).
    ("mco", {}, "2026-06-03", "2026-06-03", ["A-MCO-DEC"]),
    ("mco", FAST, "2026-05-07", "2026-05-07", ["A-MCO-DEC-EXP"]),
    # (c): 14 days more.
    (
        "mco",
        {"extensions": (Extension(noticed="2026-05-20"),)},
        "2026-06-17",
        "2026-06-17",
        ["A-MCO-DEC"],
    ),
    # 5 CFR 890.105(b).
    ("fehb", {}, "2026-06-03", "2026-06-03", ["A-FEHB-DEC"]),
    # N.Y. Ins. Law 4904(e), beside the federal time.
    (
        "insured",
        {"cover": ONE | {"state": "NY"}},
        "2026-06-03",
        "2026-06-03",
        ["A-APP-PRE", "A-NY-UR"],
    ),
    # Cal. Health & Saf. Code 1368.03, beside a longer federal time.
    (
        "insured",
        {"post": True, "cover": ONE | {"state": "CA"}},
        "2026-06-03",
        "2026-07-03",
        ["A-APP-POST", "A-CA-WAIT"],
    ),
    # A grandfathered employer plan still follows ERISA.
    (
        "erisa",
        {"cover": ONE | {"grandfathered": True}},
        "2026-06-03",
        "2026-06-03",
        ["A-APP-PRE"],
    ),
]


@pytest.mark.parametrize(("plan", "options", "first", "last", "facts"), EXAMPLES)
def test_the_time_for_an_appeal(*, plan, options, first, last, facts):
    found = clock(appealed(plan, **options), "deadline.appeal-decision")
    assert ends(found) == (first, last)
    assert sorted(found.facts) == sorted(facts)
    assert found.whose is Whose.THEIRS
    assert all(fact(name).citation in found.arithmetic for name in facts)


def test_of_an_appeal_whose_matter_is_not_recorded_the_longest_time_counts():
    case = appealed("erisa", cover=ONE).model_copy(
        update={"determinations": (denial(about_id=None),)}
    )
    found = clock(case, "deadline.appeal-decision")
    assert ends(found) == ("2026-06-03", "2026-07-03")


def test_the_rule_gives_no_extension_for_an_appeal():
    case = appealed("erisa", cover=ONE, extensions=(Extension(noticed="2026-05-20"),))
    found = clock(case, "deadline.appeal-decision")
    assert ends(found) == ("2026-06-03", "2026-06-03")
    assert "this rule gives none" in found.because


def test_a_union_plan_decides_a_claim_at_its_meetings():
    # 29 CFR 2560.503-1(i)(2)(iii)(B).
    found = clock(
        appealed("erisa", post=True, cover={"multiemployer": True}),
        "deadline.appeal-decision",
        date(2026, 5, 10),
    )
    assert (found.status, found.due) == (Status.CANNOT_START, None)
    assert "meeting" in found.because
    assert found.facts == ("A-APP-POST-BOARD",)
    # Before the service its time is that of every plan.
    before = clock(
        appealed("erisa", cover=ONE | {"multiemployer": True}), "deadline.appeal-decision"
    )
    assert ends(before) == ("2026-06-03", "2026-06-03")


def hearing(plan):
    return appealed(plan, level="fair-hearing")


def test_the_state_decides_a_hearing_within_90_days():
    # 42 CFR 431.244(f).
    found = clock(hearing("ffs"), "deadline.hearing-decision")
    assert (ends(found), found.facts) == (("2026-08-02", "2026-08-02"), ("A-FFS-DEC",))
    other = clock(hearing("mco"), "deadline.hearing-decision", date(2026, 5, 10))
    assert other.status is Status.CANNOT_START


def review(plan, state=None, **fields):
    cover = {"state": state} | fields.pop("cover", {})
    return appealed(plan, level="external", cover=cover, **fields)


# Plan, state, options, first and last day, fact.
REVIEWS = [
    # 45 CFR 147.136(d)(2)(iii)(B)(6): 45 days from the reviewer's notice; (d)(3): 72 hours.
    ("erisa", None, {"assigned": "2026-05-11"}, "2026-06-25", "2026-06-25", "A-EXT-DEC"),
    ("gov", None, {"assigned": "2026-05-11"}, "2026-06-25", "2026-06-25", "A-EXT-DEC"),
    ("erisa", None, FAST, "2026-05-07", "2026-05-07", "A-EXT-EXP"),
    ("erisa", "CA", {"assigned": "2026-05-11"}, "2026-06-25", "2026-06-25", "A-EXT-DEC"),
    # What federal law makes every state's process keep to: (c)(2).
    ("insured", "OH", {}, "2026-06-18", "2026-06-18", "A-EXT-STATE-DEC"),
    ("individual", "OH", FAST, "2026-05-07", "2026-05-07", "A-EXT-STATE-EXP"),
    # The states' own.
    ("insured", "CA", {}, "2026-06-18", "2026-06-18", "A-CA-DEC"),
    ("insured", "CA", FAST, "2026-05-07", "2026-05-07", "A-CA-EXP"),
    ("insured", "NY", {}, "2026-06-03", "2026-06-03", "A-NY-DEC"),
    ("individual", "NY", FAST, "2026-05-07", "2026-05-07", "A-NY-DEC-EXP"),
    ("insured", "TX", {}, "2026-05-24", "2026-05-24", "A-TX-DEC"),
    ("insured", "TX", FAST, "2026-05-07", "2026-05-07", "A-TX-EXP"),
    ("insured", "IL", {}, "2026-06-18", "2026-06-18", "A-IL-DEC"),
    ("insured", "IL", FAST, "2026-05-07", "2026-05-07", "A-IL-EXP"),
    ("insured", "WA", {}, "2026-05-19", "2026-05-24", "A-WA-DEC"),
    ("insured", "WA", FAST, "2026-05-07", "2026-05-07", "A-WA-EXP"),
    ("insured", "MN", {}, "2026-06-18", "2026-06-18", "A-MN-DEC"),
    ("insured", "MN", FAST, "2026-05-07", "2026-05-07", "A-MN-EXP"),
]


@pytest.mark.parametrize(("plan", "state", "fields", "first", "last", "name"), REVIEWS)
def test_the_time_for_an_external_review(*, plan, state, fields, first, last, name):
    found = clock(review(plan, state, **fields), "deadline.external-decision")
    assert (ends(found), found.facts) == ((first, last), (name,))


def test_a_notice_that_names_the_federal_process_turns_an_insured_plan_to_it():
    case = review("insured", "FL", cover={"external_process": "federal"}, assigned="2026-05-11")
    assert clock(case, "deadline.external-decision").facts == ("A-EXT-DEC",)
    # (d)(2)(ii): the plan checks the request in 5 business days and says so in 1 more.
    assert "deadline.external-preliminary" in rules_of(case, LATER)


def test_until_the_reviewer_has_the_case_it_is_not_called_late():
    case = review("erisa")
    today = date(2026, 7, 30)
    assert clock(case, "deadline.external-decision", today).status is Status.CANNOT_START
    waiting = clock(case, "deadline.external-information", today)
    assert waiting.status is Status.WAITING
    assert "reviewer's notice" in waiting.because


# Day of receipt, end of the review, end of the notice: business days without federal holidays.
PRELIMINARY = [
    ("2026-05-04", "2026-05-11", "2026-05-12"),
    # Over Memorial Day, May 25, and a weekend.
    ("2026-05-21", "2026-05-29", "2026-06-01"),
    # July 3 is a working day in 5 USC 6103(a); July 4 falls on a Saturday.
    ("2026-06-29", "2026-07-06", "2026-07-07"),
    # Received on a Saturday.
    ("2026-05-02", "2026-05-08", "2026-05-11"),
]


@pytest.mark.parametrize(("received", "first", "last"), PRELIMINARY)
def test_the_preliminary_review(received, first, last):
    found = clock(review("erisa", received=received), "deadline.external-preliminary")
    assert ends(found) == (first, last)
    assert found.facts == ("A-EXT-PRELIM", "A-EXT-PRELIM-TELL")
    assert "business days are counted without federal holidays" in found.arithmetic


def test_the_preliminary_review_in_illinois():
    found = clock(review("insured", "IL"), "deadline.external-preliminary")
    assert (ends(found), found.facts) == (("2026-05-11", "2026-05-11"), ("A-IL-PRE",))


def test_the_reviewers_notice_begins_two_clocks():
    case = review("erisa", assigned="2026-05-11")
    today = date(2026, 5, 12)
    # (d)(2)(iii)(B)(2): 10 business days, over Memorial Day.
    info = clock(case, "deadline.external-information", today)
    assert (ends(info), info.whose) == (("2026-05-26", "2026-05-26"), Whose.OURS)
    # (d)(2)(iii)(B)(3): the plan's file in 5 business days.
    file = clock(case, "deadline.external-file", today)
    assert (ends(file), file.whose) == (("2026-05-18", "2026-05-18"), Whose.THEIRS)
    # Nobody but the reviewer knows whether it came, so it is never called late.
    assert clock(case, "deadline.external-file", date(2026, 6, 1)).status is Status.UNCLEAR
    over = clock(case, "deadline.external-information", date(2026, 6, 1))
    assert over.status is Status.NOT_NEEDED


def test_an_incomplete_request_for_review_is_completed_in_the_later_of_two_times():
    # 45 CFR 147.136(d)(2)(ii)(B): the 4 months from March 5, or 48 hours after the notice.
    early = Extension(noticed="2026-05-08", missing_information=True, asked_received="2026-05-08")
    late = Extension(noticed="2026-07-08", missing_information=True, asked_received="2026-07-08")
    today = date(2026, 7, 8)
    found = clock(review("erisa", extensions=(early,)), "deadline.cure", today)
    assert ends(found) == ("2026-07-06", "2026-07-06")
    found = clock(review("erisa", extensions=(late,)), "deadline.cure", today)
    assert ends(found) == ("2026-07-10", "2026-07-10")
    assert found.facts == ("A-EXT-PERFECT",)
    assert "whichever is later" in found.arithmetic


# Outcome and day of the decision: where the clock stands; one appeal, 30 days, June 3.
STATUS = [
    ({}, date(2026, 6, 3), Status.RUNNING),
    ({}, date(2026, 6, 4), Status.MISSED),
    ({"outcome": "upheld", "decided": "2026-06-03"}, LATER, Status.MET),
    ({"outcome": "upheld", "decided": "2026-06-04"}, LATER, Status.MISSED),
    ({"outcome": "upheld"}, LATER, Status.NOT_NEEDED),
]


@pytest.mark.parametrize(("fields", "today", "status"), STATUS)
def test_where_the_clock_of_an_appeal_stands(fields, today, status):
    found = clock(appealed("erisa", cover=ONE, **fields), "deadline.appeal-decision", today)
    assert found.status is status


def test_an_appeal_that_was_withdrawn_awaits_no_decision():
    assert "deadline.appeal-decision" not in rules_of(appealed("erisa", outcome="withdrawn"), LATER)


@pytest.mark.parametrize("about", ["a-1", "d-1", "r-1"])
def test_a_decision_on_an_appeal_is_found_by_what_it_names(about):
    answer = denial(id="d-2", level="internal-1", about_id=about, notice_date="2026-05-30")
    case = appealed("erisa", cover=ONE)
    if about == "d-1":  # a determination can't name another: it names what that was about
        answer = answer.model_copy(update={"about_id": "r-1", "level": answer.level})
    case = case.with_record(answer)
    found = clock(case, "deadline.appeal-decision")
    assert found.status is Status.MET
    assert found.records == ("a-1", "d-2")
