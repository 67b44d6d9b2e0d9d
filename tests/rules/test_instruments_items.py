"""The items that a questionnaire's form asks come from its definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmjkit.case import ITEMS, CaseError, Questionnaire, QuestionnaireForm, check
from tmjkit.rules.instruments import items

FORMS = list(QuestionnaireForm)


@pytest.mark.parametrize("form", FORMS)
def test_every_questionnaire_has_an_input_for_each_item(form: QuestionnaireForm) -> None:
    found = items(form)
    assert [item.number for item in found] == list(range(1, len(ITEMS[form].maximum) + 1))
    assert tuple(item.maximum for item in found) == ITEMS[form].maximum
    assert len({item.label for item in found}) == len(found)


@pytest.mark.parametrize(
    ("form", "parts"),
    [
        (
            QuestionnaireForm.GCPS_2,
            ["Not scored"]
            + ["Characteristic pain intensity"] * 3
            + ["Disability days"]
            + ["Interference"] * 3,
        ),
        (
            QuestionnaireForm.GCPS_1,
            ["Characteristic pain intensity"] * 3 + ["Disability days"] + ["Interference"] * 3,
        ),
        (
            QuestionnaireForm.JFLS_20,
            ["Mastication"] * 6
            + ["Vertical jaw mobility"] * 4
            + ["In none of the three subscales"] * 2
            + ["Verbal and emotional communication"] * 8,
        ),
        (QuestionnaireForm.PHQ_4, ["Anxiety"] * 2 + ["Depression"] * 2),
        (QuestionnaireForm.OBC, [""] * 21),
    ],
)
def test_items_stand_in_the_parts_that_the_scoring_rule_has(
    form: QuestionnaireForm, parts: list[str]
) -> None:
    assert [item.part for item in items(form)] == parts


def test_the_items_that_count_days_say_so() -> None:
    assert items(QuestionnaireForm.GCPS_2)[4].label == "Item 5, 0 to 30 days"
    assert items(QuestionnaireForm.GCPS_1)[3].label == "Item 4, 0 to 180 days"


@given(form=st.sampled_from(FORMS), place=st.integers(0, 20), typed=st.text(max_size=6))
def test_what_is_told_as_wrong_is_what_the_record_refuses(
    form: QuestionnaireForm, place: int, typed: str
) -> None:
    found = items(form)
    item = found[place % len(found)]
    answers = ["-"] * len(found)
    answers[item.number - 1] = typed.strip() or "-"
    try:
        check(Questionnaire, {"form": form.value, "answers": answers})
    except CaseError:
        assert item.wrong(typed)
    else:
        assert not item.wrong(typed)
