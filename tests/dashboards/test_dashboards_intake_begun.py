"""Interviews that were begun, and an interview in a case that others work in meanwhile."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import ipywidgets as w
import pytest

from tmjkit.case import Coverage, Patient, Task, Treatment
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.drafts import Drafts
from tmjkit.dashboards.intake_answer import Answer, Tried
from tmjkit.dashboards.intake_begun import STEP, BegunList
from tmjkit.dashboards.intake_model import IntakeModel, begun, named
from tmjkit.dashboards.intake_questions import FINDING, MORE, QUESTIONS
from tmjkit.dashboards.intake_view import IntakeView
from tmjkit.language import speaking
from tmjkit.store import Workspace

TODAY = date(2026, 11, 24)
BEGIN = datetime(2026, 11, 24, 15, tzinfo=UTC)


class Clock:
    """Goes on by an hour with each look."""

    def __init__(self) -> None:
        self.at = BEGIN

    def __call__(self) -> datetime:
        self.at += timedelta(hours=1)
        return self.at


@pytest.fixture
def intake(workspace: Workspace) -> IntakeModel:
    return IntakeModel(CaseModel(workspace, "me", TODAY), clock=Clock())


def begin(intake: IntakeModel, given: str) -> str:
    """Begin an interview with somebody, and return the id of the case."""
    intake.begin()
    answer = intake.answer()
    assert isinstance(answer, Answer)
    answer.form.update("given", given)
    assert intake.next(answer)
    answer.close()
    return intake.case.open_case().id


def go_to(intake: IntakeModel, key: str) -> None:
    intake.go(next(place for place, one in enumerate(QUESTIONS) if one.key == key))


@pytest.fixture
def view(intake: IntakeModel) -> IntakeView:
    begin(intake, "Ana")
    made = IntakeView(intake, Desk())
    made.show()
    return made


@pytest.fixture
def other(view: IntakeView, workspace: Workspace) -> CaseModel:
    """Return the case of the interview, open for somebody else."""
    made = CaseModel(workspace, "somebody else", TODAY)
    made.load(view.model.case.open_case().id)
    return made


def every(widget: w.Widget) -> Iterator[w.Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def shown(widget: w.Widget) -> str:
    return "\n".join(str(getattr(one, "value", "")) for one in every(widget))


def field(view: IntakeView, label: str) -> Any:
    return next(
        one for one in every(view.widget) if getattr(one, "description", "").startswith(label)
    )


# The list


def test_the_newest_comes_first_with_when_it_was_begun(
    intake: IntakeModel, workspace: Workspace
) -> None:
    ids = [begin(intake, given) for given in ("Ana", "Ben", "Cleo")]
    found = begun(workspace, "me")
    assert [one.case_id for one in found] == ids[::-1]
    assert [one.at for one in found] == [BEGIN + timedelta(hours=hour) for hour in (3, 2, 1)]
    assert named(workspace, found[0]).name == "Cleo"
    # Going on doesn't make it newer: it was begun when it was begun.
    again = IntakeModel(CaseModel(workspace, "me", TODAY), clock=Clock())
    again.resume(ids[0])
    again.go(5)
    assert [one.case_id for one in begun(workspace, "me")] == ids[::-1]


def test_one_of_an_older_version_has_no_time_and_comes_last(
    intake: IntakeModel, workspace: Workspace
) -> None:
    old = begin(intake, "Ana")
    note = json.dumps({"place": 1, "made": {}, "done": []}).encode()
    workspace.put_note("me", f"intake {old}", note)
    begin(intake, "Ben")
    assert [one.at for one in begun(workspace, "me")] == [BEGIN + timedelta(hours=2), None]
    listed = BegunList(intake, Desk())
    assert "begun on" in shown(listed.widget)


def test_all_of_them_can_be_shown(intake: IntakeModel) -> None:
    count = 2 * STEP + 3
    for number in range(count):
        begin(intake, f"P{number}")
    listed = BegunList(intake, Desk())
    assert listed.count == count

    def names() -> list[int]:
        return [number for number in range(count) if f"<strong>P{number}<" in shown(listed.widget)]

    assert names() == list(range(count - STEP, count))
    for left in (STEP + 3, 3):
        (more,) = (
            one
            for one in every(listed.widget)
            if getattr(one, "description", "") == f"Show more ({left} left)"
        )
        more.click()
    assert names() == list(range(count))
    # The same button all the time, so that the cursor stays on it; gone where nothing is left.
    assert more.layout.display == "none"


# Others in the same case


def test_what_others_saved_is_shown_and_what_is_typed_stays(
    view: IntakeView, other: CaseModel
) -> None:
    go_to(view.model, "name")
    field(view, "Family").value = "Example"
    other.update(other.open_case().patient.model_copy(update={"given": "Anabel"}))
    view.model.case.look()
    assert field(view, "Given").value == "Anabel"
    assert field(view, "Family").value == "Example"
    assert "Anabel" in shown(view.widget)
    assert "somebody else saved revision 2" in view._desk.notice.value
    assert view._answer is not None
    assert view.model.next(view._answer)
    saved = view.model.case.open_case().patient
    assert (saved.given, saved.family) == ("Anabel", "Example")


def test_where_both_changed_a_field_the_others_words_stand_beside_it(
    view: IntakeView, other: CaseModel
) -> None:
    go_to(view.model, "name")
    field(view, "Given").value = "Anna"
    other.update(other.open_case().patient.model_copy(update={"given": "Anabel"}))
    view.model.case.look()
    assert isinstance(view._answer, Answer)
    assert view._answer.form.theirs == {"given": "Anabel"}
    assert field(view, "Given").value == "Anna"
    field(view, "Take theirs").click()
    assert field(view, "Given").value == "Anabel"


def test_a_draft_goes_on_on_top_of_what_was_saved_since(
    view: IntakeView, other: CaseModel, workspace: Workspace
) -> None:
    go_to(view.model, "name")
    field(view, "Family").value = "Example"
    field(view, "Given").value = "Anna"
    other.update(other.open_case().patient.model_copy(update={"given": "Anabel"}))
    again = IntakeModel(CaseModel(workspace, "me", TODAY))
    again.resume(other.open_case().id)
    go_to(again, "name")
    answer = again.answer()
    assert isinstance(answer, Answer)
    assert answer.form.texts["family"] == "Example"
    assert answer.form.theirs == {"given": "Anabel"}
    assert answer.typed == {"family": "Example", "given": "Anna"}


def test_a_coverage_that_somebody_entered_meanwhile_is_not_entered_twice(
    view: IntakeView, other: CaseModel
) -> None:
    go_to(view.model, "payer")
    field(view, "Payer").value = "Example Plan"
    other.update(Coverage(payer="Example Health Plan", member_id="EX-1"))
    view.model.case.look()
    assert isinstance(view._answer, Answer)
    assert view._answer.form.theirs == {"payer": "Example Health Plan"}
    assert view.model.next(view._answer)
    (one,) = view.model.case.open_case().coverages
    assert (one.payer, one.member_id) == ("Example Plan", "EX-1")


def test_what_was_tried_follows_and_what_was_chosen_stays(
    view: IntakeView, other: CaseModel
) -> None:
    go_to(view.model, "tried")
    assert isinstance(view._answer, Tried)
    kinds = [code for _, code in view._answer.options][:2]
    view._answer.choose(kinds[0], on=True)
    other.update(Treatment(kind=kinds[1]))
    view.model.case.look()
    assert isinstance(view._answer, Tried)
    assert view._answer.chosen == set(kinds)
    assert view.model.next(view._answer)
    assert {one.kind.value for one in view.model.case.open_case().treatments} == set(kinds)


def test_the_first_finding_follows_and_the_end_stays_the_end(
    view: IntakeView, other: CaseModel
) -> None:
    view.model.go(FINDING)
    before = shown(view.widget)
    other.update(Coverage(payer="Example Mutual", funding="self-funded-erisa"))
    view.model.case.look()
    assert shown(view.widget) != before
    view._finish()
    other.load(other.open_case().id)
    other.update(other.open_case().patient.model_copy(update={"family": "Example"}))
    view.model.case.look()
    assert "The interview is finished" in shown(view.widget)


def test_one_s_own_save_is_no_news_to_the_question(view: IntakeView) -> None:
    go_to(view.model, "name")
    field(view, "Family").value = "Example"
    answer = view._answer
    assert isinstance(answer, Answer)
    assert view.model.next(answer)
    assert view.model.case.open_case().patient == Patient(
        **view.model.case.open_case().patient.model_dump()
    )
    drafts = Drafts(view.model.case.workspace, "me", view.model.case.open_case().id)
    assert drafts.all() == ()


# What is damaged, and what stands in the longer part


def damage(workspace: Workspace, table: str, column: str, count: int) -> None:
    """Spoil the newest rows of a table, as a failing disk does."""
    with sqlite3.connect(workspace.place) as connection:
        done = connection.execute(
            f"UPDATE {table} SET {column} = zeroblob(80) WHERE rowid IN"  # noqa: S608 -- ours
            f" (SELECT rowid FROM {table} ORDER BY rowid DESC LIMIT {count})"
        )
        assert done.rowcount == count


@pytest.mark.parametrize(("table", "names"), [("revision", ["Ana"]), ("note", ["Ana"])])
def test_a_damaged_one_leaves_the_others_and_the_way_to_begin(
    intake: IntakeModel, workspace: Workspace, table: str, names: list[str]
) -> None:
    ids = [begin(intake, given) for given in ("Ana", "Ben")]
    damage(workspace, table, "sealed", 1)
    view = IntakeView(IntakeModel(CaseModel(workspace, "me", TODAY)), Desk())
    view.show()
    said = shown(view.widget)
    assert field(view, "Begin an interview")
    assert [name for name in ("Ana", "Ben") if f"<strong>{name}<" in said] == names
    assert "damaged" in said
    assert ids[1] in said
    goes_on = [one for one in every(view.widget) if getattr(one, "description", "") == "Go on"]
    assert len(goes_on) == 1


@pytest.mark.parametrize(
    ("place", "language", "words"),
    [
        (FINDING, "en", "The first finding"),
        (MORE, "en", "The longer part"),
        (MORE, "es", "La parte más larga"),
    ],
)
def test_the_list_says_how_far_it_came(
    intake: IntakeModel, place: int, language: str, words: str
) -> None:
    begin(intake, "Ana")
    intake.go(place)
    with speaking(language):
        listed = BegunList(intake, Desk())
    assert f"</strong> · {words}" in shown(listed.widget)


def test_what_others_saved_is_told_in_the_language_of_the_interview(
    view: IntakeView, other: CaseModel
) -> None:
    view.model.speak("es")
    patient = other.open_case().patient.model_copy(
        update={"given": "Anabel", "family": "Example", "phone": "555-0100", "email": "a@b.example"}
    )
    other.update(patient)
    with speaking("es"):
        view.model.case.look()
    said = view._desk.notice.value
    assert "somebody else guardó mientras tanto la revisión 2: Paciente" in said
    assert "Nombre" in said
    assert " y 1 más." in said


def test_the_first_finding_of_a_page_left_open_is_that_of_the_new_day(
    workspace: Workspace,
) -> None:
    days = [TODAY]
    model = IntakeModel(CaseModel(workspace, "me", lambda: days[-1]))
    begin(model, "Ana")
    model.case.update(Task(title="Call the plan", due=TODAY.isoformat()))
    view = IntakeView(model, Desk())
    model.go(FINDING)
    before = view._place.children
    model.case.look()
    assert view._place.children == before
    days.append(TODAY + timedelta(days=1))
    model.case.look()
    assert view._place.children != before
