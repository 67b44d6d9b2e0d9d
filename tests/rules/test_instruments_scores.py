"""Worked examples of each scale, with the values on both sides of every cut-off.

Sources: Ohrbach R, Knibbe W, DC/TMD Scoring Manual for Self-Report Instruments, 2021 ("manual");
Von Korff M et al., Pain 1992;50:133-149; Kroenke K et al., Psychosomatics 2009;50:613-621; Spitzer
RL et al., Arch Intern Med 2006;166:1092-1097; Brailo V, Zakrzewska JM, J Pain Res 2015;8:95-104;
Schiffman E et al., J Oral Facial Pain Headache 2014;28:6-27.
"""

import json

import pytest

from tmjkit import knowledge
from tmjkit.case import Instrument, Questionnaire, QuestionnaireForm
from tmjkit.rules.instruments import grade_nrs, grade_opening, opening, roman, score


def filled(form, text):
    return score(Questionnaire(form=form, answers=text.split()))


# Item 1 (days with pain) is not scored; then pain now, worst, average; days; three interferences.
GCPS_2 = [
    # manual, GCPS: CPI = mean of items 2 to 4 times 10; 0 is grade 0
    ("- 0 0 0 0 0 0 0", 0, 0.0, 0.0, 0),
    ("180 0 0 0 1 2 3 3", 0, 0.0, 80 / 3, 0),
    # CPI 46.67 and 50: low and high intensity meet at 50 (manual's text and Appendix 1)
    ("- 4 5 5 0 0 0 0", 1, 140 / 3, 0.0, 0),
    ("- 5 5 5 0 0 0 0", 2, 50.0, 0.0, 0),
    ("- 4 5 6 0 0 0 0", 2, 50.0, 0.0, 0),
    ("- 0 0 1 0 0 0 0", 1, 10 / 3, 0.0, 0),
    # interference 26.67, 30; 46.67, 50; 66.67, 70 (days 0)
    ("- 1 1 1 0 2 3 3", 1, 10.0, 80 / 3, 0),
    ("- 1 1 1 0 3 3 3", 1, 10.0, 30.0, 1),
    ("- 1 1 1 0 4 5 5", 1, 10.0, 140 / 3, 1),
    ("- 1 1 1 0 5 5 5", 1, 10.0, 50.0, 2),
    ("- 1 1 1 0 6 7 7", 1, 10.0, 200 / 3, 2),
    ("- 1 1 1 0 7 7 7", 3, 10.0, 70.0, 3),
    # days 1, 2, 5, 6 (interference 0)
    ("- 5 5 5 1 0 0 0", 2, 50.0, 0.0, 0),
    ("- 5 5 5 2 0 0 0", 2, 50.0, 0.0, 1),
    ("- 5 5 5 3 0 0 0", 2, 50.0, 0.0, 2),
    ("- 5 5 5 5 0 0 0", 2, 50.0, 0.0, 2),
    ("- 5 5 5 6 0 0 0", 3, 50.0, 0.0, 3),
    ("- 5 5 5 30 0 0 0", 3, 50.0, 0.0, 3),
    # points 2 and 3, 4 and 5 (manual, grade table)
    ("- 5 5 5 2 3 3 3", 2, 50.0, 30.0, 2),
    ("- 5 5 5 2 5 5 5", 3, 50.0, 50.0, 3),
    ("- 5 5 5 3 5 5 5", 3, 50.0, 50.0, 4),
    ("- 5 5 5 6 5 5 5", 4, 50.0, 50.0, 5),
    ("- 10 10 10 30 10 10 10", 4, 100.0, 100.0, 6),
    # one interference item missing: the mean of the other two
    ("- 5 5 5 0 - 7 7", 3, 50.0, 70.0, 3),
    ("- 5 5 5 0 2 - 3", 2, 50.0, 25.0, 0),
]


@pytest.mark.parametrize(("answers", "grade", "cpi", "interference", "points"), GCPS_2)
def test_the_graded_chronic_pain_scale_of_one_month(answers, grade, cpi, interference, points):
    found = filled("gcps-2", answers)
    assert found.value == grade
    assert found.word.startswith(f"Grade {roman(grade)}:")
    assert found.part("cpi").value == pytest.approx(cpi)
    assert found.part("interference").value == pytest.approx(interference)
    assert found.part("points").value == points
    assert found.cutoffs
    assert found.facts == ("E-GCPS",)


# Three pain items, days in six months, three interferences. Von Korff 1992; manual, Appendix 1.
GCPS_1 = [
    ("4 5 5 6 0 0 0", 1, 0),
    ("5 5 5 6 0 0 0", 2, 0),
    ("5 5 5 7 0 0 0", 2, 1),
    ("5 5 5 14 0 0 0", 2, 1),
    ("5 5 5 15 0 0 0", 2, 2),
    ("5 5 5 30 0 0 0", 2, 2),
    ("5 5 5 31 0 0 0", 3, 3),
    ("5 5 5 180 7 7 7", 4, 6),
    ("0 0 0 6 0 0 0", 0, 0),
]


@pytest.mark.parametrize(("answers", "grade", "points"), GCPS_1)
def test_the_graded_chronic_pain_scale_of_six_months(answers, grade, points):
    found = filled("gcps-1", answers)
    assert (found.value, found.part("points").value) == (grade, points)
    assert found.facts == ("E-GCPS-V1",)


def test_the_versions_grade_the_same_days_in_their_own_way():
    """Six days keep one from usual activities much in a month and little in half a year."""
    assert filled("gcps-2", "- 5 5 5 6 0 0 0").value == 3
    assert filled("gcps-1", "5 5 5 6 0 0 0").value == 2


@pytest.mark.parametrize(
    ("form", "answers", "because"),
    [
        ("gcps-2", "- - 8 7 4 6 5 7", "pain intensity: 1 item is not answered; none may be"),
        ("gcps-2", "- 6 8 7 - 6 5 7", "disability days: not answered, and it has to be"),
        ("gcps-2", "- 6 8 7 4 6 - -", "interference: 2 items are not answered; at most 1"),
        # Even with no pain at all: all three components have to be there (manual, Appendix 1).
        ("gcps-2", "- 0 0 0 - 0 0 0", "disability days"),
        ("gcps-1", "6 8 7 4 - - 7", "interference: 2 items"),
        ("jfls-8", "1 2 3 4 5 - - -", "3 items are not answered; at most 2 may be missing"),
        ("phq-4", "1 1 - -", "2 items are not answered; at most 1 may be missing"),
        ("gad-7", "1 1 1 1 - - -", "3 items are not answered; at most 2 may be missing"),
        ("obc", "- " + "1 " * 20, "1 item is not answered; none may be missing"),
    ],
)
def test_too_many_missing_answers_give_no_score_and_say_why(form, answers, because):
    found = filled(form, answers)
    assert found.value is None
    assert found.word == ""
    assert found.cutoffs == ""
    assert not found.prorated
    assert because in found.because


def test_what_can_be_scored_is_scored_where_the_grade_cannot_be():
    found = filled("gcps-2", "- 6 8 7 - 6 5 7")
    assert found.part("cpi").value == 70
    assert found.part("interference").value == 60
    assert found.part("points").value is None


def test_no_pain_and_disability_because_of_it_contradict_each_other():
    """The grade is 0 all the same, as an intensity of 0 is looked at first (manual, grades)."""
    found = filled("gcps-2", "- 0 0 0 6 0 0 0")
    assert found.value == 0
    assert found.contradictory
    assert "contradict" in found.notes[0]
    assert not filled("gcps-2", "- 0 0 0 2 3 3 3").contradictory  # 2 points


JFLS_20 = [
    # manual: mastication 1-6, mobility 7-10, communication 13-20; the score is their mean
    ("1 1 1 1 1 1 2 2 2 2 9 9 3 3 3 3 3 3 3 3", 2.0, 1.0, 2.0, 3.0),
    # items 11 and 12 are in none of them
    ("0 0 0 0 0 0 0 0 0 0 10 10 0 0 0 0 0 0 0 0", 0.0, 0.0, 0.0, 0.0),
    # 2 missing of mastication, 1 of mobility, 2 of communication
    ("- - 4 4 4 4 - 5 5 5 - - 6 6 6 6 6 6 - -", 5.0, 4.0, 5.0, 6.0),
    # 3 of mastication missing: no mastication and no score
    ("- - - 4 4 4 5 5 5 5 0 0 6 6 6 6 6 6 6 6", None, None, 5.0, 6.0),
    ("4 4 4 4 4 4 - - 5 5 0 0 6 6 6 6 6 6 6 6", None, 4.0, None, 6.0),
    ("4 4 4 4 4 4 5 5 5 5 0 0 6 6 6 6 6 - - -", None, 4.0, 5.0, None),
]


@pytest.mark.parametrize(("answers", "value", "mastication", "mobility", "communication"), JFLS_20)
def test_jfls_20_and_its_subscales(answers, value, mastication, mobility, communication):
    found = filled("jfls-20", answers)
    assert found.value == value
    assert found.part("mastication").value == mastication
    assert found.part("mobility").value == mobility
    assert found.part("communication").value == communication
    assert found.word == ""  # no cut-offs exist


def test_the_two_overall_scores_of_jfls_20_are_kept_apart():
    """Items 1, 3, 6, 10, 11, 12, 13 and 19 are those of JFLS-8; at most 2 missing (manual)."""
    found = filled("jfls-20", "8 0 6 0 0 2 0 0 0 3 1 8 4 0 0 0 0 0 2 0")
    assert found.part("short").value == (8 + 6 + 2 + 3 + 1 + 8 + 4 + 2) / 8
    assert found.value == pytest.approx((16 / 6 + 3 / 4 + 6 / 8) / 3)
    two_missing = filled("jfls-20", "8 0 6 0 0 2 0 0 0 3 - - 4 0 0 0 0 0 2 0")
    assert two_missing.part("short").value == 25 / 6
    assert two_missing.value == found.value
    three_missing = filled("jfls-20", "- 0 6 0 0 2 0 0 0 3 - - 4 0 0 0 0 0 2 0")
    assert three_missing.part("short").value is None
    assert three_missing.value is not None


@pytest.mark.parametrize(
    ("answers", "value", "prorated"),
    [
        ("8 6 2 3 1 8 4 2", 4.25, False),
        ("8 6 2 3 1 8 - -", 28 / 6, True),
        ("- - 2 3 1 8 4 2", 20 / 6, True),
        ("0 0 0 0 0 0 0 0", 0.0, False),
        ("10 10 10 10 10 10 10 10", 10.0, False),
    ],
)
def test_jfls_8_is_the_mean_of_what_was_answered(answers, value, prorated):
    found = filled("jfls-8", answers)
    assert found.value == pytest.approx(value)
    assert found.prorated is prorated
    assert found.word == ""


PHQ_4 = [
    # Kroenke 2009: cut-offs 3, 6, 9
    ("1 1 0 0", 2.0, "none"),
    ("1 1 1 0", 3.0, "mild"),
    ("2 1 1 1", 5.0, "mild"),
    ("2 2 1 1", 6.0, "moderate"),
    ("2 2 2 2", 8.0, "moderate"),
    ("3 2 2 2", 9.0, "severe"),
    ("3 3 3 3", 12.0, "severe"),
    # one missing: sum / 3 x 4, compared unrounded (manual)
    ("1 1 0 -", 8 / 3, "none"),  # 2.67 would round to 3
    ("1 1 1 -", 4.0, "mild"),
    ("2 1 1 -", 16 / 3, "mild"),
    ("2 2 0 -", 16 / 3, "mild"),
    ("- 2 2 1", 20 / 3, "moderate"),
    ("2 - 2 2", 8.0, "moderate"),
    ("3 2 - 2", 28 / 3, "severe"),
]


@pytest.mark.parametrize(("answers", "value", "word"), PHQ_4)
def test_phq_4(answers, value, word):
    found = filled("phq-4", answers)
    assert found.value == pytest.approx(value)
    assert found.word == word
    assert found.prorated is ("-" in answers)


def test_the_halves_of_phq_4_are_told_as_its_authors_score_them_and_advised_against():
    found = filled("phq-4", "2 1 1 1")
    assert found.part("anxiety").value == 3
    assert found.part("depression").value == 2
    assert found.notes[0] == "By the instrument's authors positive from 3 on: anxiety."
    assert "total only" in found.notes[-1]
    assert filled("phq-4", "- 1 1 1").part("anxiety").value is None


GAD_7 = [
    # Spitzer 2006: cut-offs 5, 10, 15
    ("1 1 1 1 0 0 0", 4.0, "none or minimal"),
    ("1 1 1 1 1 0 0", 5.0, "mild"),
    ("2 2 1 1 1 1 1", 9.0, "mild"),
    ("2 2 2 1 1 1 1", 10.0, "moderate"),
    ("2 2 2 2 2 2 2", 14.0, "moderate"),
    ("3 2 2 2 2 2 2", 15.0, "severe"),
    # two missing: sum / 5 x 7 = 4.2, 9.8, 14: unrounded, 9.8 is still mild (manual)
    ("1 1 1 0 0 - -", 4.2, "none or minimal"),
    ("2 2 1 1 1 - -", 9.8, "mild"),
    ("2 2 2 2 2 - -", 14.0, "moderate"),
    ("3 2 2 2 2 - -", 15.4, "severe"),
    # one missing: sum / 6 x 7
    ("2 2 2 1 1 0 -", 28 / 3, "mild"),
]


@pytest.mark.parametrize(("answers", "value", "word"), GAD_7)
def test_gad_7(answers, value, word):
    found = filled("gad-7", answers)
    assert found.value == pytest.approx(value)
    assert found.word == word


@pytest.mark.parametrize(
    ("answers", "value", "word", "count"),
    [
        ("0 " * 21, 0, "", 0),
        ("4 4 4 4 4 4 " + "0 " * 15, 24, "", 6),
        ("4 4 4 4 4 4 1 " + "0 " * 14, 25, "high", 7),
        ("4 " * 21, 84, "high", 21),
    ],
)
def test_the_oral_behaviors_checklist_is_a_raw_sum(answers, value, word, count):
    """The manual's two schemes of cut-offs agree only in that 25 or more is high."""
    found = filled("obc", answers)
    assert (found.value, found.word, found.part("count").value) == (value, word, count)


@pytest.mark.parametrize(
    ("pain", "word"),
    [(0, "none"), (1, "mild"), (4, "mild"), (5, "moderate"), (7, "moderate"), (8, "severe")],
)
def test_pain_is_graded_by_cut_points_for_orofacial_pain(pain, word):
    assert grade_nrs(pain).word == word


@pytest.mark.parametrize("pain", [0.5, 4.5, 7.01])
def test_pain_between_two_grades_gets_no_word(pain):
    assert grade_nrs(pain).word == ""


@pytest.mark.parametrize("pain", [-1, 11, float("nan"), float("inf")])
def test_pain_beyond_the_scale_is_refused(pain):
    with pytest.raises(ValueError, match="from 0 to 10"):
        grade_nrs(pain)


@pytest.mark.parametrize(
    ("gap", "overlap", "total"),
    [(35, 4, 39), (35.3, 4.7, 40), (35.9, 4, 39), (36, 4, 40), (40, -2, 38), (0, 0, 0)],
)
def test_opening_is_gap_plus_overlap_in_whole_millimeters_rounded_down(gap, overlap, total):
    assert opening(gap, overlap) == total


@pytest.mark.parametrize(
    ("gap", "overlap"), [(-1, 4), (float("nan"), 1), (40, float("inf")), (99, 2), (2, -5)]
)
def test_an_impossible_opening_is_refused(gap, overlap):
    with pytest.raises(ValueError, match="should be"):
        opening(gap, overlap)


def test_forty_millimeters_is_about_the_disc_and_the_assisted_opening_only():
    """Schiffman 2014, Table 3."""
    assert grade_opening(Instrument.MMO_ASSISTED, 39.9).word == "limited"
    assert grade_opening(Instrument.MMO_ASSISTED, 40).word == "not limited"
    assert "disc displacement" in grade_opening(Instrument.MMO_ASSISTED, 39).says
    assert "nothing about myalgia" in grade_opening(Instrument.MMO_ASSISTED, 39).says
    for other in (Instrument.MMO_UNASSISTED, Instrument.MMO_PAIN_FREE):
        assert grade_opening(other, 20).word == ""
        assert "No cut-off" in grade_opening(other, 20).says
    with pytest.raises(ValueError, match="mouth opening"):
        grade_opening(Instrument.NRS_PAIN, 5)
    with pytest.raises(ValueError, match="100"):
        grade_opening(Instrument.MMO_ASSISTED, 101)


@pytest.mark.parametrize("form", list(QuestionnaireForm))
def test_every_form_is_scored_and_becomes_json(form):
    from tmjkit.case import ITEMS

    limits = ITEMS[form].maximum
    most = score(Questionnaire(form=form, date="2026-03", answers=[str(n) for n in limits]))
    assert most.value == most.maximum
    none = score(Questionnaire(form=form, answers=["-"] * len(limits)))
    assert none.value is None
    assert none.missing == len(limits)
    for found in (most, none):
        data = json.loads(json.dumps(found.as_json()))
        assert data["form"] == form
        assert set(found.facts) <= set(knowledge.facts())
    assert most.as_json()["date"] == "2026-03"
    assert most.as_json()["parts"] == [part.as_json() for part in most.parts]


def test_a_part_that_is_not_there_is_named():
    with pytest.raises(KeyError, match="has no part"):
        filled("jfls-8", "1 1 1 1 1 1 1 1").part("mastication")
