"""Treatment that was tried or failed: how long, how lately, how often, and what shows it."""

import pytest
from criteria_cases import NOTED, SAID, judged, treated

PT = {"kind": "physical-therapy", "response": "none"}
TEN_WEEKS = {"start": "2026-03-02", "end": "2026-05-10"}


def failed(**fields):
    return {"test": "treatment-failed", "kinds": ["physical-therapy"]} | fields


@pytest.mark.parametrize(
    ("treatment", "asked", "mark"),
    [
        # What counts as failed.
        (PT, {}, "met"),
        (PT | {"response": "worse"}, {}, "met"),
        (PT | {"response": "good"}, {}, "unmet"),
        (PT | {"response": "partial", "stop_reason": "completed"}, {}, "unmet"),
        (PT | {"response": "partial", "ongoing": True}, {}, "unmet"),
        (PT | {"response": "partial"}, {}, "undocumented"),  # why it stopped may settle it
        (PT | {"response": "partial", "stop_reason": "ineffective"}, {}, "met"),
        (PT | {"response": "partial"}, {"failed_when": ["partial"]}, "met"),
        (PT | {"response": "temporary", "ongoing": True}, {"failed_when": ["temporary"]}, "met"),
        (PT | {"response": None, "stop_reason": "completed"}, {}, "undocumented"),
        (PT | {"response": "good", "stop_reason": "ineffective"}, {}, "undocumented"),
        (PT | {"response": "good", "stop_reason": "adverse-effect"}, {}, "met"),
        (PT | {"response": "none"}, {"failed_when": ["worse"]}, "undocumented"),
        # How long: 70 days.
        (PT | TEN_WEEKS, {"duration": {"weeks": 10}}, "met"),
        (PT | TEN_WEEKS, {"duration": {"weeks": 11}}, "unmet"),
        (PT | {"start": "2026-03", "end": "2026-05"}, {"duration": {"days": 31}}, "met"),
        (PT | {"start": "2026-03", "end": "2026-05"}, {"duration": {"days": 32}}, "met"),
        (PT | {"start": "2026-03", "end": "2026-05"}, {"duration": {"days": 33}}, "undocumented"),
        (PT | {"start": "2026-03", "end": "2026-05"}, {"duration": {"months": 3}}, "undocumented"),
        (PT | {"start": "2026-03", "end": "2026-05"}, {"duration": {"days": 93}}, "unmet"),
        (PT | {"start": "2026-03-02"}, {"duration": {"weeks": 1}}, "undocumented"),
        (PT | {"start": "2026-03-02", "ongoing": True}, {"duration": {"weeks": 30}}, "met"),
        (PT, {"duration": {"weeks": 1}}, "undocumented"),
        # How lately.
        (PT | TEN_WEEKS, {"within_months": 7}, "met"),
        (PT | TEN_WEEKS, {"within_months": 6}, "unmet"),  # May 10 lies before May 23
        (PT | {"start": "2026-05", "end": "2026-05"}, {"within_months": 6}, "undocumented"),
        (PT | {"ongoing": True}, {"within_months": 1}, "met"),
        (PT, {"within_months": 6}, "undocumented"),
        # Only the part inside the window has to be long enough: April 23 to May 10.
        (PT | TEN_WEEKS, {"duration": {"days": 18}, "within_months": 7}, "met"),
        (PT | TEN_WEEKS, {"duration": {"days": 19}, "within_months": 7}, "unmet"),
        # How often, and by whom.
        (PT | {"sessions": 8}, {"sessions": 8}, "met"),
        (PT | {"sessions": 7}, {"sessions": 8}, "unmet"),
        (PT, {"sessions": 8}, "undocumented"),
        (PT | {"sessions": 8}, {"supervised": True}, "met"),
        (PT, {"supervised": True}, "undocumented"),
        # What has not begun has not failed.
        (PT | {"sessions": 0}, {}, "unmet"),
        (PT | {"start": "2026-12-08"}, {}, "unmet"),
    ],
)
def test_a_course_that_failed(treatment, asked, mark):
    assert judged(treated(treatment), failed(**asked)).mark == mark


@pytest.mark.parametrize("reason", ["adverse-effect", "contraindicated"])
def test_after_intolerance_no_duration_is_asked_and_it_says_so(reason):
    course = {"kind": "nsaid", "stop_reason": reason, "start": "2026-03-02", "end": "2026-03-04"}
    asked = {"test": "treatment-failed", "kinds": ["nsaid"], "duration": {"months": 3}}
    found = judged(treated(course), asked)
    assert found.mark == "met"
    assert ("its length does not count" in found.why) or ("need not have been tried" in found.why)
    strict = asked | {"failed_when": ["ineffective", "none"]}
    assert judged(treated(course | {"response": "none"}), strict).mark == "unmet"


def test_a_contraindicated_treatment_needs_no_dates_at_all():
    course = {"kind": "nsaid", "stop_reason": "contraindicated"}
    asked = {"test": "treatment-failed", "kinds": ["nsaid"], "within_months": 12, "sessions": 2}
    assert judged(treated(course), asked).mark == "met"


@pytest.mark.parametrize("sources", [(), SAID])
def test_what_no_paper_shows_is_not_shown(sources):
    found = judged(treated(PT, sources=sources), failed())
    assert found.mark == "undocumented"
    assert ("only reported" if sources else "no source") in found.why
    assert [need.text for need in found.needs] == ["Physical therapy notes"]


def test_the_exact_papers_are_named_with_what_is_open():
    giver = {"id": "dr-1", "name": "Riley Specimen", "qualification": "PT"}
    course = PT | {"start": "2025-03", "end": "2025-06", "provider_id": "dr-1"}
    asked = failed(duration={"weeks": 12}, sessions=8)
    found = judged(treated(course, providers=[giver]), asked)
    assert [need.text for need in found.needs] == [
        "Physical therapy notes from Riley Specimen, PT for March to June 2025: "
        "the number of sessions, the exact day it began (recorded: March 2025) "
        "and the exact day it ended (recorded: June 2025)"
    ]
    assert found.needs[0].records == ("t-1",)


def test_nothing_recorded_is_not_taken_for_not_tried():
    found = judged(treated({"kind": "splint", "response": "none"}), failed())
    assert found.mark == "undocumented"
    assert found.why == (
        "Nothing is recorded of physical therapy. If it was not tried, this is not met."
    )


def test_of_two_courses_one_is_enough():
    short = PT | {"start": "2026-01-05", "end": "2026-01-20"}
    found = judged(treated(short, PT | TEN_WEEKS), failed(duration={"weeks": 8}))
    assert (found.mark, found.records) == ("met", ("t-2",))


def test_other_care_and_care_for_something_else_do_not_count():
    knee = PT | TEN_WEEKS | {"purpose": "other"}
    assert judged(treated(knee, {"kind": "splint"}), failed()).mark == "undocumented"


KINDS = ["nsaid", "muscle-relaxant", "splint"]


@pytest.mark.parametrize(
    ("kinds", "mark"),
    [
        (["nsaid", "splint"], "met"),
        (["nsaid", "nsaid"], "undocumented"),  # two courses, one kind; another may be missing
        (["nsaid"], "undocumented"),
        ([], "undocumented"),
    ],
)
def test_different_kinds_are_counted(kinds, mark):
    case = treated(*({"kind": kind, "response": "none"} for kind in kinds))
    found = judged(case, {"test": "treatment-failed", "kinds": KINDS, "how_many": 2})
    assert found.mark == mark


def test_a_kind_that_helped_does_not_make_up_the_number():
    case = treated({"kind": "nsaid", "response": "none"}, {"kind": "splint", "response": "good"})
    found = judged(case, {"test": "treatment-failed", "kinds": KINDS, "how_many": 2})
    assert found.mark == "unmet"
    assert found.why.startswith("1 of 2 different kinds pass.")
    assert "good response, which does not count as failed here" in found.why


TOGETHER = {
    "test": "treatment-failed",
    "kinds": ["physical-therapy", "splint"],
    "duration": {"days": 100},
    "together": True,
}


@pytest.mark.parametrize(
    ("first", "second", "mark"),
    [
        # 70 days and 40 days, apart; then with 20 days in common, which count once.
        (TEN_WEEKS, {"start": "2026-06-01", "end": "2026-07-10"}, "met"),
        (TEN_WEEKS, {"start": "2026-04-21", "end": "2026-05-30"}, "unmet"),
        (TEN_WEEKS, {"start": "2026-06", "end": "2026-07"}, "undocumented"),
        (TEN_WEEKS, {"start": "2026-06-01"}, "undocumented"),
    ],
)
def test_time_of_several_courses_is_added_up(first, second, mark):
    splint = {"kind": "splint", "response": "none"} | second
    assert judged(treated(PT | first, splint), TOGETHER).mark == mark


def test_a_course_that_helped_adds_no_time_and_an_unshown_one_no_certain_time():
    splint = {"kind": "splint", "start": "2026-06-01", "end": "2026-07-10"}
    helped = treated(PT | TEN_WEEKS, splint | {"response": "good"})
    assert judged(helped, TOGETHER).mark == "unmet"
    told = treated(PT | TEN_WEEKS, splint | {"response": "none", "sources": SAID})
    found = judged(told, TOGETHER)
    assert found.mark == "undocumented"
    assert [need.paper for need in found.needs] == [
        "Dental chart on oral splint for June 1 to July 10, 2026"
    ]


def test_treatment_that_was_tried_need_not_have_failed():
    tried = {"test": "treatment-tried", "kinds": ["splint"], "duration": {"weeks": 2}}
    helped = {"kind": "splint", "response": "good", "start": "2026-01-05", "end": "2026-02-05"}
    assert judged(treated(helped, sources=NOTED), tried).mark == "met"
    assert judged(treated(helped | {"sessions": 0}), tried).mark == "unmet"
    assert judged(treated(), tried).mark == "undocumented"


def test_done_alone_is_not_supervised():
    asked = {"test": "treatment-tried", "kinds": ["self-care"], "supervised": True}
    assert judged(treated({"kind": "self-care", "ongoing": True}), asked).mark == "unmet"


def test_days_that_may_or_may_not_be_three_months_ask_for_some_more():
    """Three calendar months have 89 to 92 days; 31 and 59 days in two pieces are 90."""
    asked = TOGETHER | {"duration": {"months": 3}}
    pieces = [
        PT | {"start": "2026-01-01", "end": "2026-01-31"},
        PT | {"start": "2026-06-01", "end": "2026-07-29"},
    ]
    found = judged(treated(*pieces), asked)
    assert found.mark == "undocumented"
    assert "at least 2 days more" in found.needs[0].text
