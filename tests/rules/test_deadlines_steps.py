"""Worked examples of our time after a decision: external review, later levels, hearings, courses.

The days were counted by hand with a calendar and not with the code under test. The decision on
the appeal is dated Monday, March 2, 2026 and came on Thursday, March 5, where nothing else stands.
"""

from datetime import date

import pytest
from clock_cases import (
    LATER,
    appeal,
    clock,
    coverage,
    denial,
    ends,
    final,
    first_denial,
    request,
    rules_of,
    upheld,
)
from clock_cases import claim as made_claim

from tmjkit.case import Appeal, Case
from tmjkit.knowledge import fact
from tmjkit.rules import Status, Whose

TODAY = date(2026, 3, 10)
ONE = {"internal_levels": 1}


def external(plan, today=TODAY, **options):
    return clock(upheld(plan, **options), "deadline.external-review", today)


# Receipt of the final decision, last day: 45 CFR 147.136(d)(2)(i).
FEDERAL = [
    # The rule's own example: no February 30, so the first day of the fifth month.
    ("2026-10-30", "2027-03-01"),
    ("2026-10-29", "2027-03-01"),
    ("2026-10-31", "2027-03-01"),
    # In a leap year there is a February 29.
    ("2027-10-29", "2028-02-29"),
    ("2027-10-30", "2028-03-01"),
    ("2026-04-08", "2026-08-10"),  # August 8 is a Saturday
    ("2026-03-05", "2026-07-06"),  # July 5 is a Sunday
    ("2026-03-04", "2026-07-06"),  # July 4 is a Saturday and a holiday
    ("2026-03-03", "2026-07-03"),  # the day on which offices close for it moves nothing
    ("2026-08-25", "2026-12-28"),  # Christmas on a Friday, then a weekend
    ("2025-09-01", "2026-01-02"),  # New Year's Day on a Thursday
    ("2026-07-26", "2026-11-27"),  # Thanksgiving on November 26
    ("2026-02-19", "2026-06-22"),  # Juneteenth on a Friday, then a weekend
    ("2026-03-06", "2026-07-06"),
]


@pytest.mark.parametrize(("received", "last"), FEDERAL)
def test_federal_external_review(received, last):
    found = external("erisa", date(2025, 1, 1), cover=ONE, notice_date=None, received_date=received)
    assert ends(found) == (last, last)
    assert found.facts == ("A-EXT-FILE",)
    assert fact("A-EXT-FILE").citation in found.arithmetic


def test_a_day_that_was_moved_says_by_which_calendar():
    found = external("erisa", cover=ONE, received_date="2026-08-25", notice_date=None)
    assert "December 25, 2026 is a federal holiday (Christmas Day)" in found.arithmetic
    assert "5 USC 6103(a)" in found.arithmetic
    quiet = external("erisa", cover=ONE, received_date="2026-03-06", notice_date=None)
    assert "6103" not in quiet.arithmetic


# Plan, state, fields of the coverage, first and last day, fact.
STATES = [
    ("gov", None, {}, "2026-07-06", "2026-07-06", "A-EXT-FILE"),
    ("gov", None, {"external_process": "hhs"}, "2026-07-05", "2026-07-05", "A-EXT-HHS-FILE"),
    # A self-funded plan follows the federal process in every state.
    ("erisa", "WA", {}, "2026-07-06", "2026-07-06", "A-EXT-FILE"),
    ("erisa", "CA", {}, "2026-07-06", "2026-07-06", "A-EXT-FILE"),
    # A state without a rule on record: 4 months at least, and no day is moved.
    ("insured", "OH", {}, "2026-07-05", "2026-07-05", "A-EXT-STATE-FILE"),
    ("insured", None, {}, "2026-07-05", "2026-07-05", "A-EXT-STATE-FILE"),
    ("individual", "OH", {"external_process": "federal"}, "2026-07-06", "2026-07-06", "A-EXT-FILE"),
    ("individual", "OH", {"external_process": "hhs"}, "2026-07-05", "2026-07-05", "A-EXT-HHS-FILE"),
    ("insured", "CA", {}, "2026-09-02", "2026-09-02", "A-CA-FILE"),
    ("insured", "NY", {}, "2026-07-05", "2026-07-05", "A-NY"),
    ("individual", "TX", {}, "2026-07-05", "2026-07-05", "A-TX"),
    # Florida: 4 months is the limit, 60 days from the notice the safe target.
    ("insured", "FL", {}, "2026-05-01", "2026-07-05", "A-FL"),
    ("insured", "IL", {}, "2026-07-05", "2026-07-05", "A-IL"),
    # Washington: 180 days, 60 where the plan may be grandfathered.
    ("insured", "WA", {"grandfathered": False}, "2026-08-29", "2026-08-29", "A-WA"),
    ("insured", "WA", {}, "2026-05-01", "2026-08-29", "A-WA"),
    ("individual", "MN", {}, "2026-09-02", "2026-09-02", "A-MN"),
]


@pytest.mark.parametrize(("plan", "state", "cover", "first", "last", "name"), STATES)
def test_external_review_by_process_and_state(*, plan, state, cover, first, last, name):
    found = external(plan, cover=ONE | {"state": state} | cover)
    assert (ends(found), found.facts) == ((first, last), (name,))
    assert found.status is Status.RUNNING
    assert (found.whose, str(found.due.earliest)) == (Whose.OURS, first)


def test_where_sources_differ_it_is_said():
    assert "sources differ" in external("insured", cover=ONE | {"state": "TX"}).arithmetic
    assert "older federal page" in external("insured", cover=ONE | {"state": "FL"}).because
    assert "grandfathered" in external("insured", cover=ONE | {"state": "WA"}).because
    assert (
        "on its own behalf has 60 days" in external("insured", cover=ONE | {"state": "NY"}).because
    )


def test_without_a_corresponding_day_a_state_gets_the_earlier_reading():
    for state, last in (("NY", "2027-02-28"), ("OH", "2027-02-28")):
        found = external(
            "insured",
            cover=ONE | {"state": state},
            received_date="2026-10-30",
            notice_date="2026-10-28",
        )
        assert ends(found) == (last, last)


def test_external_review_waits_for_the_appeal_to_the_plan():
    case = Case(coverages=(coverage("erisa"),), requests=(request(),), determinations=(denial(),))
    found = clock(case, "deadline.external-review", TODAY)
    assert (found.status, found.due, found.open) == (Status.WAITING, None, False)
    assert "comes first" in found.because


def test_in_california_an_experimental_denial_needs_no_grievance_first():
    def found(kind, **fields):
        case = Case(
            coverages=(coverage("insured", state="CA"),),
            requests=(request(**fields),),
            determinations=(denial(kind=kind),),
        )
        return clock(case, "deadline.external-review", TODAY)

    assert (found("experimental").status, ends(found("experimental"))) == (
        Status.RUNNING,
        ("2026-09-02", "2026-09-02"),
    )
    assert found("not-medically-necessary").status is Status.WAITING
    assert found("not-medically-necessary", urgency="expedited").status is Status.RUNNING


def test_a_second_appeal_comes_first_except_in_new_york():
    two = {"internal_levels": 2}
    assert external("erisa", cover=two).status is Status.WAITING
    assert external("insured", cover=two | {"state": "NY"}).status is Status.RUNNING
    unknown = external("erisa")
    assert unknown.status is Status.RUNNING
    assert "if the plan has a second appeal" in unknown.because
    # An individual plan has one only, whatever is recorded: 45 CFR 147.136(b)(3)(ii)(G).
    assert external("individual", cover=two).status is Status.RUNNING


def test_in_new_york_a_second_appeal_extends_nothing():
    found = external("insured", cover={"state": "NY"}, level="internal-2")
    assert found.status is Status.WAITING
    assert "enter the first decision" in found.because


@pytest.mark.parametrize("process", [None, "state"])
def test_a_governments_insured_plan_gets_the_day_that_is_safe_in_every_process(process):
    # July 5, 2026 is a Sunday, and only the federal process moves a last day.
    cover = ONE | {"insured": True, "state": "NY", "external_process": process}
    found = external("gov", cover=cover)
    assert ends(found) == ("2026-07-05", "2026-07-05")
    assert "the state's own time may hold" in found.because
    federal = external("gov", cover=cover | {"external_process": "federal"})
    assert ends(federal) == ("2026-07-06", "2026-07-06")
    assert ends(external("gov", cover=ONE | {"insured": False}))[0] == "2026-07-06"


def second_lost(plan, *appeals, **cover):
    """Make a denial upheld on the first appeal, received March 5, and on a second one."""
    second = Appeal(id="a-2", determination_id="d-2", level="internal-2", sent="2026-03-20")
    lost = denial(
        id="d-3",
        level="internal-2",
        about_id="a-2",
        notice_date="2026-04-20",
        received_date="2026-04-22",
    )
    case = upheld(plan, cover=cover)
    more = {
        "determinations": (*case.determinations, lost),
        "appeals": (*case.appeals, second, *appeals),
    }
    return case.model_copy(update=more)


def test_a_lost_second_appeal_leaves_new_yorks_clock_of_the_first_running():
    # N.Y. Ins. Law 4914(b)(1): 4 months after receipt of the first decision, on March 5.
    found = clock(second_lost("insured", state="NY"), "deadline.external-review", TODAY)
    assert (found.status, ends(found)) == (Status.RUNNING, ("2026-07-05", "2026-07-05"))
    assert found.records == ("d-2",)
    asked = Appeal(id="a-9", determination_id="d-3", level="external", sent="2026-05-02")
    late = clock(second_lost("insured", asked, state="NY"), "deadline.external-review")
    assert (late.status, ends(late)) == (Status.MET, ("2026-07-05", "2026-07-05"))


def test_elsewhere_a_lost_second_appeal_begins_the_time():
    # 45 CFR 147.136(d)(2)(i): 4 months after receipt on April 22; August 22, 2026 is a Saturday.
    found = clock(second_lost("erisa"), "deadline.external-review", TODAY)
    assert (found.records, ends(found)) == (("d-3",), ("2026-08-24", "2026-08-24"))


@pytest.mark.parametrize("kind", ["excluded", "eligibility", "coding", "network", None])
def test_without_medical_judgment_external_review_is_a_question_with_a_date(kind):
    found = external("erisa", cover=ONE, kind=kind)
    assert found.status is Status.CANNOT_START
    assert "medical judgment" in found.because
    assert str(found.safe_date) == "2026-07-06"
    assert "A-EXT-SCOPE" in found.facts


@pytest.mark.parametrize(
    "kind", ["experimental", "not-medically-necessary", "step-therapy", "quantity"]
)
def test_medical_judgment_opens_external_review(kind):
    assert external("erisa", cover=ONE, kind=kind).status is Status.RUNNING


def test_a_decision_that_gives_no_reason_upholds_the_first_one():
    found = upheld("erisa", cover=ONE)
    silent = found.determinations[1].model_copy(update={"reasons": ()})
    case = found.model_copy(update={"determinations": (found.determinations[0], silent)})
    assert clock(case, "deadline.external-review", TODAY).status is Status.RUNNING


@pytest.mark.parametrize("plan", ["erisa", "insured", "individual", "gov"])
def test_a_grandfathered_plan_is_outside(plan):
    found = external(plan, cover={"grandfathered": True})
    assert found.status is Status.CANNOT_START
    assert "surprise bills" in found.because
    washington = external(plan, cover={"grandfathered": True, "state": "WA"})
    safe = "2026-05-01" if plan in ("insured", "individual", "gov") else None
    assert (str(washington.safe_date) if washington.due else None) == safe


def test_a_request_for_review_that_was_sent_is_judged():
    def found(sent):
        asked = Appeal(id="a-9", determination_id="d-2", level="external", sent=sent)
        return external("erisa", LATER, cover=ONE, appeals=(asked,))

    assert found("2026-07-06").status is Status.MET
    assert found("2026-07-07").status is Status.MISSED
    assert found("2026-07").status is Status.UNCLEAR


def test_expedited_review_may_run_beside_an_expedited_appeal():
    # 45 CFR 147.136(d)(3)(i).
    case = Case(
        coverages=(coverage("erisa"),),
        requests=(request(),),
        determinations=(denial(),),
        appeals=(appeal(received="2026-03-09", sent="2026-03-09", urgency="expedited"),),
    )
    found = clock(case, "deadline.external-review-expedited", TODAY)
    assert (found.status, found.due, found.facts) == (Status.RUNNING, None, ("A-EXT-EXP",))
    assert "pain alone is not named" in found.because
    calm = case.model_copy(update={"appeals": (appeal(sent="2026-03-09"),)})
    assert "deadline.external-review-expedited" not in rules_of(calm, TODAY)


# Plan, level of the decision, rule, first and last day, fact.
LEVELS = [
    # 42 CFR 405.962: 5 + 180 days.
    ("om", "reconsideration", "deadline.next-appeal", "2026-09-01", "2026-09-01", "A-OM-QIC"),
    # 42 CFR 422.602: 5 + 60 days from the independent reviewer's notice.
    ("ma", "external", "deadline.next-appeal", "2026-05-04", "2026-05-04", "A-MA-ALJ"),
    # 42 CFR 438.408(f)(2): 90 to 120 days from the date on the decision.
    ("mco", "internal-1", "deadline.fair-hearing", "2026-05-31", "2026-06-30", "A-MCO-FH"),
    # 32 CFR 199.10.
    ("tricare", "reconsideration", "deadline.next-appeal", "2026-05-31", "2026-05-31", "A-TRI-2"),
    ("tricare", "internal-2", "deadline.next-appeal", "2026-05-01", "2026-05-01", "A-TRI-HEAR"),
    # 5 CFR 890.105(e).
    ("fehb", "reconsideration", "deadline.next-appeal", "2026-05-31", "2026-05-31", "A-FEHB-OPM"),
]


@pytest.mark.parametrize(("plan", "level", "rule", "first", "last", "name"), LEVELS)
def test_the_next_level(*, plan, level, rule, first, last, name):
    found = clock(upheld(plan, level=level), rule, TODAY)
    assert (ends(found), found.facts) == ((first, last), (name,))
    assert (found.status, found.whose) == (Status.RUNNING, Whose.OURS)


def test_receipt_of_a_medicare_decision_is_presumed_after_5_days():
    # Received on the 5th, presumed on the 7th: the recorded day is the earlier one.
    found = clock(upheld("om", received_date=None), "deadline.next-appeal", TODAY)
    assert ends(found) == ("2026-09-03", "2026-09-03")
    late = clock(upheld("om", received_date="2026-03-20"), "deadline.next-appeal", TODAY)
    assert ends(late) == ("2026-09-03", "2026-09-16")


def test_the_state_says_how_long_there_is_for_a_hearing():
    found = clock(upheld("mco"), "deadline.fair-hearing", TODAY)
    assert "the State sets how long it is" in found.because
    stated = Appeal(id="a-9", determination_id="d-2", level="fair-hearing", due="2026-06-30")
    told = clock(upheld("mco", appeals=(stated,)), "deadline.fair-hearing", TODAY)
    assert "which fits" in told.arithmetic


@pytest.mark.parametrize("plan", ["part-d", "church", "ffs", None])
def test_without_a_rule_the_notice_is_asked_for_the_next_step(plan):
    found = clock(upheld(plan), "deadline.next-appeal", TODAY)
    assert found.status is Status.CANNOT_START
    assert "read it in the decision" in found.because


def test_an_expedited_tricare_appeal_has_3_days():
    # 32 CFR 199.10.
    case = Case(
        coverages=(coverage("tricare"),),
        requests=(request(urgency="expedited"),),
        determinations=(denial(),),
    )
    found = clock(case, "deadline.expedited-appeal", date(2026, 3, 6))
    assert (ends(found), found.facts) == (("2026-03-08", "2026-03-08"), ("A-TRI-EXP",))
    assert "falls on a Sunday: send by Friday, March 6, 2026" in found.because


def test_a_silent_carrier_opens_review_by_opm():
    # 5 CFR 890.105(e): 120 days after the carrier was asked; its own time is 30 days.
    case = Case(
        coverages=(coverage("fehb"),),
        requests=(request(),),
        determinations=(first_denial(),),
        appeals=(Appeal(id="a-1", determination_id="d-1", sent="2026-03-02", channel="fax"),),
    )
    early = clock(case, "deadline.silent-payer", date(2026, 4, 1))
    assert (early.status, ends(early)) == (Status.WAITING, ("2026-06-30", "2026-06-30"))
    assert clock(case, "deadline.silent-payer", date(2026, 4, 2)).status is Status.RUNNING
    assert clock(case, "deadline.silent-payer", date(2026, 7, 1)).status is Status.MISSED
    answered = case.with_record(final(about_id="a-1", notice_date="2026-03-20"))
    assert clock(answered, "deadline.silent-payer", TODAY).status is Status.NOT_NEEDED


def course(plan, **fields):
    ended = denial(ends_course=True, **fields)
    return Case(coverages=(coverage(plan),), requests=(request(),), determinations=(ended,))


# 42 CFR 438.420: the later of 10 days after the notice and the day on which it takes effect.
@pytest.mark.parametrize(
    ("effective", "last"),
    [("2026-03-20", "2026-03-20"), ("2026-03-05", "2026-03-12"), (None, "2026-03-12")],
)
def test_medicaid_benefits_go_on_if_asked_in_time(effective, last):
    found = clock(course("mco", effective=effective), "deadline.continue-benefits", TODAY)
    assert ends(found) == (last, last)
    assert found.facts == ("A-MCO-CONT-FILE",)
    assert "may take back what it paid" in found.because


def test_benefits_go_on_only_where_they_were_approved_before():
    never = course("mco").model_copy(update={"determinations": (denial(),)})
    assert "deadline.continue-benefits" not in rules_of(never, TODAY)
    case = course("mco").with_record(appeal(sent="2026-03-09", continues_benefits=True))
    assert clock(case, "deadline.continue-benefits", LATER).status is Status.MET
    other = course("mco").with_record(appeal(sent="2026-03-09"))
    assert clock(other, "deadline.continue-benefits", TODAY).status is Status.RUNNING


@pytest.mark.parametrize(
    ("plan", "name"),
    [
        ("erisa", "A-DEC-CONC-STOP"),
        ("individual", "A-DEC-CONC-STOP-IND"),
        ("gov", "A-DEC-CONC-STOP-GOV"),
    ],
)
def test_an_approved_course_is_defended_before_it_ends(plan, name):
    found = clock(course(plan, effective="2026-04-01"), "deadline.ongoing-course", TODAY)
    assert (ends(found), found.facts) == (("2026-03-31", "2026-03-31"), (name,))
    unknown = clock(course(plan), "deadline.ongoing-course", TODAY)
    assert unknown.status is Status.CANNOT_START


def filed(days, **fields):
    known = {"start": "2026-01-15"} | fields
    return Case(coverages=(coverage("erisa", claim_days=days),), claims=(made_claim(**known),))


@pytest.mark.parametrize(
    ("days", "fields", "last", "status"),
    [
        (90, {}, "2026-04-15", Status.RUNNING),
        (90, {"sent": "2026-03-01"}, "2026-04-15", Status.MET),
        (30, {}, "2026-02-14", Status.MISSED),
        (30, {"sent": "2026-02-20"}, "2026-02-14", Status.MISSED),
        (365, {"start": "2026-01"}, "2027-01-01", Status.RUNNING),
    ],
)
def test_a_claim_is_filed_in_the_payers_days(days, fields, last, status):
    found = clock(filed(days, **fields), "deadline.claim", TODAY)
    assert (str(found.due.earliest), found.status) == (last, status)


def test_without_the_payers_days_the_claim_asks_for_them():
    found = clock(filed(None), "deadline.claim", TODAY)
    assert found.status is Status.CANNOT_START
    assert "manual or contract" in found.because
    assert "deadline.claim" not in rules_of(filed(None, sent="2026-02-01"), TODAY)
