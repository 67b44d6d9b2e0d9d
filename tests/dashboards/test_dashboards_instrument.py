"""A questionnaire is asked item by item and scored as it is typed."""

from datetime import date

import ipywidgets as w
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tmjkit.case import Case, Questionnaire, QuestionnaireForm
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.clinical_course import change_says, picture, steps, worth_says
from tmjkit.dashboards.clinical_trend import trend
from tmjkit.dashboards.clinical_view import ClinicalView
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.instrument_form import InstrumentForm
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.dashboards.policy_model import PolicyModel
from tmjkit.dashboards.record_form import RecordForm
from tmjkit.dashboards.section_view import SectionView
from tmjkit.examples import load
from tmjkit.knowledge import library
from tmjkit.rules.assessment import assess_case
from tmjkit.rules.instruments import score

GCPS = (6, 8, 9, 7, 5, 6, 6, 6)


def form_of(chosen: str = "", original: Questionnaire | None = None) -> RecordForm:
    case = Case(questionnaires=(original,)) if original else Case()
    form = RecordForm(Questionnaire, case, original)
    if chosen:
        form.update("form", chosen)
    return form


@pytest.fixture
def clinical(model: CaseModel) -> ClinicalView:
    policy = PolicyModel(model)
    context = CaseContext(model, Desk(), PapersModel(model, lambda: policy.library), policy)
    view = ClinicalView(context)
    view.refresh()
    return view


def inside(root: w.Widget) -> list[w.Widget]:
    return [root, *(one for child in getattr(root, "children", ()) for one in inside(child))]


def said(root: w.Widget) -> str:
    return "\n".join(one.value for one in inside(root) if isinstance(one, w.HTML))


def named(root: w.Widget, label: str) -> w.Widget:
    return next(one for one in inside(root) if getattr(one, "description", "") == label)


# The model


def test_the_score_follows_each_answer() -> None:
    answers = InstrumentForm(form_of("jfls-8"))
    assert answers.score is None
    for number in range(1, 6):
        answers.answer(number, "4")
    assert answers.score is not None
    assert answers.score.value is None
    assert answers.unanswered == (6, 7, 8)
    answers.answer(6, "10")
    assert answers.score.value == 5.0
    assert answers.form.texts["answers"] == "4, 4, 4, 4, 4, 10, -, -"


def test_a_slip_is_told_at_its_item_and_not_counted() -> None:
    answers = InstrumentForm(form_of("jfls-8"))
    for number in range(1, 9):
        answers.answer(number, "2")
    answers.answer(3, "11")
    assert answers.wrong == {3: "Should be " + answers.items[2].accepted}
    assert answers.score is not None
    assert (answers.score.value, answers.score.missing) == (2.0, 1)
    assert answers.form.record() is None


def test_a_comma_does_not_move_the_answers_behind_it() -> None:
    answers = InstrumentForm(form_of("phq-4"))
    for number, typed in enumerate(("1,2", "1", "2", "3"), 1):
        answers.answer(number, typed)
    assert set(answers.wrong) == {1}
    again = InstrumentForm(answers.form)
    assert again.typed[1:] == ("1", "2", "3")


def test_answers_to_one_questionnaire_are_not_taken_for_another() -> None:
    form = form_of("jfls-8")
    answers = InstrumentForm(form)
    for number in range(1, 9):
        answers.answer(number, "9")
    form.update("form", "jfls-20")
    assert set(answers.typed) == {""}
    assert form.texts["answers"] == ""
    form.update("form", "jfls-8")
    assert answers.typed == ("9",) * 8
    assert form.texts["answers"] == ", ".join("9" * 8)


def test_what_was_typed_before_and_what_others_saved_comes_up() -> None:
    form = form_of()
    form.resume({"form": "phq-4", "answers": "1, -, 3, 2"})
    answers = InstrumentForm(form)
    assert answers.typed == ("1", "", "3", "2")
    form.resume({"form": "gad-7", "answers": "1, 1, 1, 1, 1, 1, 1"})
    assert answers.typed == ("1",) * 7


@settings(max_examples=40)
@given(data=st.data(), chosen=st.sampled_from(list(QuestionnaireForm)))
def test_the_form_saves_and_scores_what_was_typed(
    data: st.DataObject, chosen: QuestionnaireForm
) -> None:
    answers = InstrumentForm(form_of(chosen.value))
    typed = [
        data.draw(st.one_of(st.just(""), st.integers(0, item.maximum).map(str)))
        for item in answers.items
    ]
    for number, text in enumerate(typed, 1):
        answers.answer(number, text)
    record = answers.form.record()
    if not any(typed):
        assert record is None
        return
    assert isinstance(record, Questionnaire)
    assert list(record.values) == [int(one) if one else None for one in typed]
    assert answers.score is not None
    assert answers.score.value == score(record).value


def test_a_recorded_questionnaire_comes_up_and_is_not_changed_by_looking() -> None:
    original = Questionnaire(form="gcps-2", answers=tuple(str(one) for one in GCPS))
    form = form_of(original=original)
    answers = InstrumentForm(form)
    assert answers.typed == tuple(str(one) for one in GCPS)
    assert not form.changed


# The panel


def test_the_form_asks_items_and_shows_the_score_before_saving(
    clinical: ClinicalView, model: CaseModel
) -> None:
    section = clinical.sections["questionnaires"]
    before = len(model.open_case().questionnaires)
    named(section.widget, "Add questionnaire").click()
    assert "Choose the questionnaire" in said(section.widget)
    assert not any(
        getattr(one, "description", "").startswith("Answers") for one in inside(section.widget)
    )
    named(section.widget, "Form (needed)").value = "gcps-2"
    named(section.widget, "Date").value = "2026-11-20"
    for item, value in zip(clinical_items(section), GCPS, strict=True):
        item.value = str(value)
    words = said(section.widget)
    assert "Grade III: moderately limiting" in words
    assert "Since September 22, 2026" in words
    assert len(model.open_case().questionnaires) == before
    clinical_items(section)[1].value = "12"
    assert "To correct, and not counted: item 2" in said(section.widget)
    assert "No score yet" in said(section.widget)
    clinical_items(section)[1].value = "10"
    named(section.widget, "Save").click()
    assert len(model.open_case().questionnaires) == before + 1
    assert model.open_case().questionnaires[-1].values[1] == 10


def clinical_items(section: SectionView) -> list[w.Text]:
    root = section.widget
    return [
        one for one in inside(root) if isinstance(one, w.Text) and one.description[:4] == "Item"
    ]


def test_the_course_says_what_changed_and_whether_it_counts(clinical: ClinicalView) -> None:
    words = said(clinical.widget)
    assert "How pain and function went" in words
    assert "5 to 7 of 10 is moderate orofacial pain." in words
    assert "Grade III: moderately limiting" in words


# The course


def test_changes_are_held_against_the_smallest_that_counts() -> None:
    case = load("california-not-medically-necessary").case
    known = library().facts
    found = assess_case(case, date(2026, 11, 24))
    pain = steps(found.response.series("nrs-pain"), known)
    assert pain[0].change is None
    fell = next(one.change for one in pain if one.change and one.change.absolute == -4)
    assert change_says(fell) == "\N{MINUS SIGN}4 points (\N{MINUS SIGN}57%), better"
    assert worth_says(fell).startswith("at least the smallest change that patients notice")
    rose = next(one.change for one in pain if one.change and one.change.absolute > 0)
    assert worth_says(rose) == ""
    shown = trend(found, known)
    assert shown.count('role="img"') == sum(
        len(found.response.series(name)) > 1
        for name in {point.scale.name for point in found.response.points}
    )


def test_one_value_is_no_line() -> None:
    found = assess_case(load("medicaid-premature").case, date(2026, 11, 24))
    points = found.response.series("phq-4")
    assert len(points) == 1
    assert picture(points) == ""
