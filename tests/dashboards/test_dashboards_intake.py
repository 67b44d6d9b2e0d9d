"""An interview: its answers become records, what does not hold is kept, and it goes on anywhere."""

from datetime import date
from pathlib import Path

import pytest

from tmjkit.case import Contact, PatientSource, Treatment
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.fields import fields_of
from tmjkit.dashboards.intake_answer import Answer, Tried
from tmjkit.dashboards.intake_finding import first_finding
from tmjkit.dashboards.intake_model import IntakeModel, begun
from tmjkit.dashboards.intake_model import named as saved_name
from tmjkit.dashboards.intake_questions import COUNT, FINDING, QUESTIONS
from tmjkit.language import speaking
from tmjkit.rules.assessment import assess_case
from tmjkit.store import NoSuchCase, Workspace

TODAY = date(2026, 11, 23)


@pytest.fixture
def intake(workspace: Workspace) -> IntakeModel:
    made = IntakeModel(CaseModel(workspace, "me", TODAY))
    made.begin()
    return made


def say(intake: IntakeModel, **typed: str) -> Answer:
    """Type an answer to the question that the interview is at, and go on."""
    answer = intake.answer()
    assert isinstance(answer, Answer)
    for path, text in typed.items():
        answer.form.update(path, text)
    intake.next(answer)
    answer.close()
    return answer


def go_to(intake: IntakeModel, key: str) -> None:
    intake.go(next(place for place, one in enumerate(QUESTIONS) if one.key == key))


@pytest.fixture
def named(intake: IntakeModel) -> IntakeModel:
    say(intake, given="Ana", family="Example")
    return intake


def again(workspace: Workspace, case_id: str, author: str = "me") -> IntakeModel:
    made = IntakeModel(CaseModel(workspace, author, TODAY))
    made.resume(case_id)
    return made


def test_there_are_twelve_and_each_asks_fields_that_its_record_has() -> None:
    from tmjkit.case import LISTS, Patient

    kinds = {"patient": Patient, **LISTS}
    assert COUNT == 12
    assert len({one.key for one in QUESTIONS}) == COUNT
    for question in QUESTIONS:
        known = {field.path for field in fields_of(kinds[question.section])}
        assert set(question.fields) <= known


def test_a_case_begins_with_a_name(intake: IntakeModel) -> None:
    answer = say(intake)
    assert intake.place == 0
    assert "begins with a name" in answer.form.errors["family"]
    say(intake, given="Ana")
    assert intake.place == 1
    assert intake.case.open_case().patient.given == "Ana"


def test_every_answer_is_a_revision_with_the_patient_as_its_source(named: IntakeModel) -> None:
    say(named, birth_date="1988-03-15")
    go_to(named, "payer")
    say(named, payer="Example Plan")
    say(named, member_id="X-1")
    go_to(named, "pain")
    say(named, value="7")
    go_to(named, "denied")
    say(named, decision="denial", received_date="2026-10-20")
    case, revision = named.case.open_case(), named.case.revision
    assert revision is not None
    assert revision.number == 6
    for _, record in case.records():
        assert [type(one) for one in record.sources] == [PatientSource]
    assert case.coverages[0].member_id == "X-1"
    assert str(case.measurements[0].date) == TODAY.isoformat()
    assert case.determinations[0].coverage_id == case.coverages[0].id
    assert named.place == FINDING


def test_without_a_payer_the_later_questions_ask_for_it_too(named: IntakeModel) -> None:
    go_to(named, "funding")
    answer = named.answer()
    assert isinstance(answer, Answer)
    assert answer.asked == ("payer", "funding")
    say(named, funding="individual")
    assert named.question is not None
    assert named.question.key == "funding"
    assert not named.case.open_case().coverages


def test_what_does_not_hold_stays_with_its_words(named: IntakeModel, workspace: Workspace) -> None:
    answer = say(named, birth_date="15 March")
    assert "YYYY-MM-DD" in answer.form.errors["birth_date"]
    assert named.place == 1
    there = again(workspace, named.case.open_case().id)
    assert there.place == 1
    typed = there.answer()
    assert isinstance(typed, Answer)
    assert typed.form.texts["birth_date"] == "15 March"
    assert there.case.open_case().patient.birth_date is None


def test_an_interview_without_a_name_yet_goes_on_too(
    intake: IntakeModel, workspace: Workspace
) -> None:
    answer = intake.answer()
    assert isinstance(answer, Answer)
    answer.form.update("given", "An")
    there = again(workspace, intake.case.open_case().id)
    typed = there.answer()
    assert isinstance(typed, Answer)
    assert typed.form.texts["given"] == "An"
    with pytest.raises(NoSuchCase):
        again(workspace, intake.case.open_case().id, "somebody else")


def test_not_known_takes_back_what_was_said(named: IntakeModel) -> None:
    say(named, birth_date="1988")
    named.go(1)
    named.unknown(named.answer())
    assert named.case.open_case().patient.birth_date is None
    assert named.case.open_case().patient.name == "Ana Example"
    go_to(named, "pain")
    say(named, value="7")
    go_to(named, "pain")
    named.unknown(named.answer())
    assert not named.case.open_case().measurements
    assert "pain" not in named.made


def test_going_back_changes_the_same_record(named: IntakeModel) -> None:
    go_to(named, "pain")
    say(named, value="7")
    go_to(named, "pain")
    say(named, value="8")
    assert [one.value for one in named.case.open_case().measurements] == [8]


@pytest.mark.parametrize("value", ["11", "seven", "-1"])
def test_a_pain_beyond_the_scale_is_told_with_the_scale(named: IntakeModel, value: str) -> None:
    go_to(named, "pain")
    with speaking("es"):
        answer = say(named, value=value)
    assert "de 0 a 10 puntos" in " ".join(answer.form.errors.values())
    assert not named.case.open_case().measurements


def test_what_was_tried_becomes_records_and_details_stay(named: IntakeModel) -> None:
    go_to(named, "tried")
    tried = named.answer()
    assert isinstance(tried, Tried)
    tried.choose("nsaid", on=True)
    tried.choose("splint", on=True)
    assert named.next(tried)
    first, second = named.case.open_case().treatments
    known = first if first.kind.value == "nsaid" else second
    named.case.update(Treatment(id=known.id, kind=known.kind, name="naproxen"))
    go_to(named, "tried")
    tried = named.answer()
    assert isinstance(tried, Tried)
    assert tried.settled == {"nsaid"}
    tried.choose("nsaid", on=False)
    tried.choose("splint", on=False)
    named.next(tried)
    assert [one.name for one in named.case.open_case().treatments] == ["naproxen"]


def test_what_somebody_else_saves_meanwhile_stays(named: IntakeModel, workspace: Workspace) -> None:
    other = CaseModel(workspace, "somebody else", TODAY)
    other.load(named.case.open_case().id)
    answer = named.answer()
    assert isinstance(answer, Answer)
    other.update(Contact(organization="Example Plan"))
    answer.form.update("birth_date", "1988-03-15")
    assert named.next(answer)
    case = workspace.load(named.case.open_case().id).case
    assert case.contacts
    assert str(case.patient.birth_date) == "1988-03-15"


def test_interviews_are_listed_until_they_are_finished(
    named: IntakeModel, workspace: Workspace
) -> None:
    (found,) = begun(workspace, "me")
    assert (saved_name(workspace, found).name, found.place) == ("Ana Example", 1)
    assert begun(workspace, "somebody else") == ()
    named.finish()
    assert begun(workspace, "me") == ()


def test_the_language_is_kept_for_its_author(named: IntakeModel, workspace: Workspace) -> None:
    named.speak("es")
    assert IntakeModel(CaseModel(workspace, "me", TODAY)).language == "es"
    assert IntakeModel(CaseModel(workspace, "somebody else", TODAY)).language == "en"


def test_the_first_finding_is_honest_in_both_languages(named: IntakeModel) -> None:
    go_to(named, "payer")
    say(named, payer="<b>Example</b>")
    case = named.case.open_case()
    with speaking("en"):
        english = first_finding(case, assess_case(case, TODAY))
    with speaking("es"):
        spanish = first_finding(case, assess_case(case, TODAY))
    assert "nobody can promise" in english
    assert "nadie puede prometer" in spanish
    assert 'lang="en"' in spanish
    assert 'lang="en"' not in english
    assert "<b>Example" not in english + spanish


def test_no_answer_lies_outside_the_sealed_workspace(named: IntakeModel, tmp_path: Path) -> None:
    say(named, birth_date="half typed words")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"half typed words" not in path.read_bytes()
