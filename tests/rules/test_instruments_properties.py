"""What holds of every scale: worse answers never score better, and missing is never zero."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from tmjkit.case import ITEMS, Questionnaire, QuestionnaireForm
from tmjkit.rules.instruments import grade_nrs, opening, score

RANKS = {
    word: rank
    for words in (
        ["none", "mild", "moderate", "severe"],
        ["none or minimal", "mild", "moderate", "severe"],
        ["", "high"],
    )
    for rank, word in enumerate(words)
}


@st.composite
def questionnaires(draw, missing=True):
    form = draw(st.sampled_from(QuestionnaireForm))
    gap = st.just("-") if missing else st.nothing()
    answers = [
        draw(st.integers(0, most).map(str) if draw(st.integers(0, 4)) else gap | st.just("0"))
        for most in ITEMS[form].maximum
    ]
    return Questionnaire(form=form, answers=answers)


def rank(found):
    return found.value if found.word.startswith("Grade") else RANKS.get(found.word, 0)


@given(questionnaires(), st.data())
def test_raising_an_answer_never_lowers_score_part_or_grade(filled, data):
    places = [n for n, value in enumerate(filled.values) if value is not None]
    assume(places)
    place = data.draw(st.sampled_from(places))
    most = ITEMS[filled.form].maximum[place]
    more = data.draw(st.integers(filled.values[place], most))
    answers = [*filled.answers]
    answers[place] = str(more)
    before, after = score(filled), score(filled.model_copy(update={"answers": tuple(answers)}))
    assert (before.value is None) == (after.value is None)
    if before.value is not None:
        assert after.value >= before.value
        assert rank(after) >= rank(before)
    for old, new in zip(before.parts, after.parts, strict=True):
        assert (old.value is None) == (new.value is None)
        assert old.value is None or new.value >= old.value


# For each scale and part: its items counted from 0, how many may be missing, and what the mean of
# those answered is multiplied by. Written down anew from the manual.
MEANS = {
    ("gcps-2", "cpi"): ([1, 2, 3], 0, 10),
    ("gcps-2", "interference"): ([5, 6, 7], 1, 10),
    ("gcps-1", "cpi"): ([0, 1, 2], 0, 10),
    ("gcps-1", "interference"): ([4, 5, 6], 1, 10),
    ("jfls-8", None): (list(range(8)), 2, 1),
    ("jfls-20", "mastication"): ([0, 1, 2, 3, 4, 5], 2, 1),
    ("jfls-20", "mobility"): ([6, 7, 8, 9], 1, 1),
    ("jfls-20", "communication"): ([12, 13, 14, 15, 16, 17, 18, 19], 2, 1),
    ("jfls-20", "short"): ([0, 2, 5, 9, 10, 11, 12, 18], 2, 1),
    ("phq-4", None): ([0, 1, 2, 3], 1, 4),
    ("gad-7", None): (list(range(7)), 2, 7),
    ("obc", None): (list(range(21)), 0, 21),
}


@given(questionnaires())
def test_every_value_is_what_the_answers_that_are_there_come_to(filled):
    found = score(filled)
    for (form, name), (items, most, times) in MEANS.items():
        if form != filled.form:
            continue
        given_answers = [filled.values[n] for n in items if filled.values[n] is not None]
        value = found.value if name is None else found.part(name).value
        if len(items) - len(given_answers) > most:
            assert value is None
        else:
            assert value == float(Fraction(sum(given_answers) * times, len(given_answers)))


@given(questionnaires())
def test_a_missing_answer_is_no_zero(filled):
    """With the missing ones at zero the score is never higher, and lower unless all are zero."""
    zeros = tuple("0" if answer == "-" else answer for answer in filled.answers)
    found, filled_up = score(filled), score(filled.model_copy(update={"answers": zeros}))
    for one, other in ((found, filled_up), *zip(found.parts, filled_up.parts, strict=True)):
        if one.value is None or one.missing == 0:
            continue
        assert one.value >= other.value
        prorated_mean = filled.form in ("jfls-8", "phq-4", "gad-7") and one is found
        if prorated_mean and one.value > 0:
            assert one.value > other.value


@given(questionnaires())
def test_all_items_are_counted_and_a_missing_score_has_a_reason(filled):
    found = score(filled)
    assert found.answered + found.missing == len(ITEMS[filled.form].maximum)
    assert found.missing == filled.answers.count("-")
    assert (found.value is None) == bool(found.because)
    assert found.value is None or 0 <= found.value <= found.maximum
    assert bool(found.word) <= (found.value is not None)
    assert bool(found.word) == bool(found.cutoffs)


@given(st.integers(0, 10), st.integers(0, 10))
def test_more_pain_is_never_a_lower_grade(one, other):
    less, more = sorted((one, other))
    assert RANKS[grade_nrs(less).word] <= RANKS[grade_nrs(more).word]


@given(st.decimals(0, 60, places=1), st.decimals(0, 10, places=1))
def test_opening_is_never_rounded_up(gap, overlap):
    whole = opening(float(gap), float(overlap))
    assert whole <= gap + overlap < whole + 1
