"""What the rules find in questionnaires and in the scores that were recorded of them."""

from datetime import date

import pytest

from tmjkit import knowledge
from tmjkit.case import Case, Measurement, Questionnaire
from tmjkit.rules.instruments import instrument_findings
from tmjkit.rules.model import Severity

TODAY = date(2026, 11, 23)
KNOWN = knowledge.facts()


def found(*records, today=TODAY, known=KNOWN):
    case = Case()
    for record in records:
        case = case.with_record(record)
    return list(instrument_findings(case, today, known))


def asked(form, text, day="2026-03-10", **more):
    return Questionnaire(form=form, answers=text.split(), date=day, **more)


def measured(instrument, value, day="2026-03-10", **more):
    return Measurement(instrument=instrument, value=value, date=day, **more)


def rules(*records):
    return [item.rule for item in found(*records)]


GOOD = "- 6 8 7 4 6 5 7"  # CPI 70, interference 60, grade III


def test_an_incomplete_questionnaire_names_the_answers_to_ask_for():
    (item,) = found(asked("gcps-2", "- 6 - 7 4 6 - -", id="q-1"))
    assert item.rule == "instrument.incomplete"
    assert item.severity is Severity.MISSING
    assert "(item 3, 7, 8)" in item.where  # item 1 is never scored
    assert "none may be missing" in item.what
    assert "March 10, 2026" in item.what
    assert item.records == ("q-1",)
    assert item.facts == ("E-GCPS",)


def test_as_many_missing_answers_as_the_scale_allows_are_no_finding():
    assert rules(asked("jfls-8", "- - 2 3 1 8 4 2"), asked("phq-4", "1 1 1 -")) == []


def test_answers_that_contradict_each_other_are_told():
    (item,) = found(asked("gcps-2", "- 0 0 0 9 8 8 8"))
    assert item.rule == "instrument.contradictory"
    assert "6 disability points" in item.what


@pytest.mark.parametrize(
    ("form", "answers", "instrument", "right", "wrong"),
    [
        ("gcps-2", GOOD, "gcps-cpi", 70, 80),
        ("gcps-2", GOOD, "gcps-grade", 3, 4),
        ("jfls-8", "8 6 2 3 1 8 4 2", "jfls-8", 4.25, 4.24),
        ("jfls-8", "8 6 2 3 1 8 4 2", "jfls-8", 4.3, 4.4),  # 4.25, rounded up by the office
        ("jfls-8", "8 6 2 3 1 8 4 2", "jfls-8", 4, 5),  # rounded to a whole number
        ("phq-4", "1 1 1 1", "phq-4", 4, 5),
        ("gad-7", "1 1 1 1 1 1 0", "gad-7", 6, 7),
        ("obc", "1 " * 21, "obc", 21, 22),
        ("jfls-20", "1 " * 6 + "2 " * 4 + "9 9 " + "3 " * 8, "jfls-20", 2, 2.6),
    ],
)
def test_a_recorded_score_is_held_against_the_answers(form, answers, instrument, right, wrong):
    version = "2.0" if instrument.startswith("gcps") else ""
    filled = asked(form, answers, id="q-1")
    assert rules(filled, measured(instrument, right, version=version)) == []
    (item,) = found(filled, measured(instrument, wrong, version=version, id="m-1"))
    assert item.rule == "instrument.score-differs"
    assert item.severity is Severity.WEAK
    assert item.records == ("q-1", "m-1")


def test_a_recorded_jfls_20_may_be_either_overall_score():
    filled = asked("jfls-20", "8 0 6 0 0 2 0 0 0 3 1 8 4 0 0 0 0 0 2 0")
    assert rules(filled, measured("jfls-20", 4.25)) == []  # the eight items
    assert rules(filled, measured("jfls-20", 1.39)) == []  # the mean of the subscales
    assert rules(filled, measured("jfls-20", 1.7)) == ["instrument.score-differs"]  # all twenty


def test_grades_are_told_in_roman_numbers():
    (item,) = found(asked("gcps-2", GOOD), measured("gcps-grade", 4, version="2.0"))
    assert "recorded is IV, and the answers of that day come to III" in item.what


@pytest.mark.parametrize("day", ["2026-03-11", "2026-03"])
def test_scores_of_other_or_inexact_days_are_not_compared(day):
    assert rules(asked("phq-4", "1 1 1 1"), measured("phq-4", 9, day)) == []
    if len(day) == 7:
        assert rules(asked("phq-4", "1 1 1 1", day), measured("phq-4", 9, day)) == []


def test_a_score_of_the_other_version_is_not_compared_with_these_answers():
    assert "instrument.score-differs" not in rules(
        asked("gcps-2", GOOD), measured("gcps-cpi", 20, version="1.0")
    )


@pytest.mark.parametrize("version", ["2.0", "2", "v2", "GCPS 2.0", "version 1", "1.0 (six months)"])
def test_a_version_is_read_as_people_write_it(version):
    assert rules(measured("gcps-grade", 3, version=version)) == []


@pytest.mark.parametrize("version", ["", "six months", "1.0 or 2.0", "12", "2.5", "2021"])
def test_a_version_that_is_not_told_is_asked_for(version):
    (item,) = found(measured("gcps-grade", 3, version=version, id="m-1"))
    assert item.rule == "instrument.version-unknown"
    assert item.severity is Severity.MISSING
    assert item.records == ("m-1",)


def test_both_versions_in_one_case_are_told():
    one, two = measured("gcps-cpi", 70, version="1.0"), asked("gcps-2", GOOD)
    (item,) = found(one, two)
    assert item.rule == "instrument.versions-mixed"
    assert set(item.records) == {one.id, two.id}
    assert rules(two, measured("gcps-cpi", 60, "2026-09-01", version="2.0")) == []


def test_a_questionnaire_without_a_day_is_asked_about():
    assert rules(asked("phq-4", "1 1 1 1", None)) == ["instrument.undated"]


def test_what_is_still_to_come_or_not_about_the_jaw_is_left_out():
    blank = asked("phq-4", "- - - -", "2027-01-01")
    other = asked("phq-4", "- - - -", purpose="other")
    unversioned = measured("gcps-grade", 3, "2027-01-01")
    assert rules(blank, other, unversioned) == []


def test_a_finding_rests_on_no_fact_that_is_not_there():
    (item,) = found(asked("phq-4", "- - - -"), known={})
    assert item.facts == ()
