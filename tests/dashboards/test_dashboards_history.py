"""The history of a case: what changed, looking back, and going back; what happened stays."""

import sqlite3

import ipywidgets as w
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tmjkit.case import Case, Contact, ExportedLetter, Patient, Task, Treatment
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.history_model import HistoryModel, differences
from tmjkit.dashboards.history_restore import NEVER_REMOVED, Restoring
from tmjkit.dashboards.history_view import HistoryView
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.dashboards.policy_model import PolicyModel


def widgets(root: w.Widget) -> list[w.Widget]:
    return [root, *(one for child in getattr(root, "children", ()) for one in widgets(child))]


def shown(root: w.Widget) -> str:
    return "\n".join(one.value for one in widgets(root) if isinstance(one, w.HTML))


def press(root: w.Widget, tooltip: str) -> None:
    next(one for one in widgets(root) if getattr(one, "tooltip", "") == tooltip).click()


@pytest.fixture
def context(model: CaseModel) -> CaseContext:
    return CaseContext(model, Desk(), PapersModel(model), PolicyModel(model))


@pytest.fixture
def worked(model: CaseModel) -> CaseModel:
    """Return the case after a treatment changed, a call was made and a letter left."""
    splint = next(one for one in model.open_case().treatments if one.kind.value == "splint")
    model.update(splint.model_copy(update={"note": "A slip of the keyboard"}))
    model.update(Treatment(id="treatment-wrong", kind="nsaid", name="Of another case"))
    model.update(Contact(id="contact-new", organization="Example Payer", said="A call"))
    model.update(ExportedLetter(id="letter-sent", kind="appeal", sent="2026-11-20"))
    return model


def test_a_revision_tells_what_it_changed(worked: CaseModel) -> None:
    history = HistoryModel(worked)
    assert [one.number for one in history.revisions()] == [5, 4, 3, 2, 1]
    (changed,) = history.changes(2)
    assert (changed.kind, changed.after) == ("changed", "A slip of the keyboard")
    assert changed.where.endswith("Note")
    assert [one.kind for one in history.changes(3)] == ["added"]
    assert all(one.kind != "removed" for one in history.changes(1))
    assert len(history.compare(5, 1)) == 4
    assert history.compare(1, 5) == history.compare(5, 1)


def test_going_back_keeps_the_call_and_the_letter(worked: CaseModel) -> None:
    history = HistoryModel(worked)
    restoring = history.restoring(1)
    assert restoring.staying == 2
    chosen = frozenset(part.record_id for part in restoring.parts if part.usual)
    assert history.restore(1, chosen) == ()
    case = worked.open_case()
    assert worked.revision is not None
    assert worked.revision.number == 6
    assert "treatment-wrong" not in {one.id for one in case.treatments}
    assert "A slip of the keyboard" not in {one.note for one in case.treatments}
    assert case.record("contact-new")
    assert case.record("letter-sent")
    worked.undo()
    assert worked.open_case().record("treatment-wrong")


def test_what_was_not_chosen_stays(worked: CaseModel) -> None:
    HistoryModel(worked).restore(1, frozenset({"treatment-wrong", "letter-sent", "patient"}))
    case = worked.open_case()
    assert "A slip of the keyboard" in {one.note for one in case.treatments}
    assert "treatment-wrong" not in {one.id for one in case.treatments}
    assert case.record("letter-sent")


def test_what_others_rest_on_stays_and_is_named(model: CaseModel) -> None:
    model.update(Treatment(id="treatment-base", kind="nsaid", name="Example drug"))
    model.update(Contact(id="contact-about", about_id="treatment-base", said="Asked about it"))
    kept = HistoryModel(model).restore(1, frozenset({"treatment-base"}))
    assert kept == ("Treatment Example drug",)
    assert model.open_case().record("treatment-base")


def test_a_removed_document_comes_back_with_what_rests_on_it(model: CaseModel) -> None:
    case = model.open_case()
    resting = next(
        one
        for one in case.treatments
        if any(getattr(source, "document_id", "") for source in one.sources)
    )
    document_id = next(
        source.document_id for source in resting.sources if source.type == "document"
    )
    emptied = Case(id=case.id, patient=Patient(family="Example"))
    model.replace(emptied, "Emptied")
    HistoryModel(model).restore(1, frozenset({resting.id}))
    restored = model.open_case()
    assert restored.record(resting.id) == resting
    assert restored.record(document_id) == case.record(document_id)


def test_somebody_else_saved_while_going_back(worked: CaseModel, other: CaseModel) -> None:
    other.load(worked.open_case().id)
    other.update(Task(id="task-theirs", title="Theirs"))
    HistoryModel(worked).restore(1, frozenset({"treatment-wrong"}))
    assert worked.conflict is None
    assert worked.open_case().record("task-theirs")
    assert "treatment-wrong" not in {one.id for one in worked.open_case().treatments}


def test_another_case_is_never_put_in_the_place_of_this_one(model: CaseModel) -> None:
    with pytest.raises(ValueError, match="open"):
        model.replace(Case(patient=Patient(family="Sample")), "Wrong")


def test_a_damaged_revision_is_told_in_words(worked: CaseModel, context: CaseContext) -> None:
    worked.update(Task(title="One more"))
    with sqlite3.connect(worked.workspace.place) as database:
        database.execute("update revision set sealed = x'00' where revision = 3")
    view = HistoryView(context)
    view.refresh()
    press(view.widget, "What changed: revision 3")
    assert "changed or damaged" in context.desk.notice.value
    press(view.widget, "What changed: revision 2")
    assert "A slip of the keyboard" in shown(view.widget)


def test_the_panel_asks_before_it_goes_back(worked: CaseModel, context: CaseContext) -> None:
    view = HistoryView(context)
    view.refresh()
    press(view.widget, "Go back to it: revision 1")
    assert "2 calls, documents, letters that came since" in shown(view.widget)
    boxes = {one.description: one for one in widgets(view.widget) if isinstance(one, w.Checkbox)}
    assert boxes["Treatment: Of another case (take away)"].value
    assert not any("Example Payer" in label for label in boxes)
    assert worked.revision is not None
    assert worked.revision.number == 5
    press(view.widget, "Go back to revision 1")
    assert worked.revision.number == 6
    view.refresh()
    assert "as it is now" in shown(view.widget)


def test_the_panel_looks_back_and_compares(worked: CaseModel, context: CaseContext) -> None:
    view = HistoryView(context)
    view.refresh()
    press(view.widget, "Look at it: revision 1")
    assert "The case as of revision 1" in shown(view.widget)
    press(view.widget, "Look at it: revision 1")
    assert "The case as of revision 1" not in shown(view.widget)
    press(view.widget, "Compare")
    assert "From revision 4 to 5" in shown(view.widget)


def test_what_a_case_says_stays_text(model: CaseModel, context: CaseContext) -> None:
    model.update(Task(title="<script>x()</script>", note="<img src=x onerror=x()>"))
    view = HistoryView(context)
    view.refresh()
    press(view.widget, "What changed: revision 2")
    press(view.widget, "Go back to it: revision 1")
    assert "<script>" not in shown(view.widget)
    assert "onerror=x()>" not in shown(view.widget)


records = st.sampled_from(("treatment-a", "treatment-b", "contact-a", "task-a", "letter-a"))


def _case(ids: frozenset[str], note: str) -> Case:
    kinds = {
        "treatment": lambda key: Treatment(id=key, kind="nsaid", note=note),
        "contact": lambda key: Contact(id=key, note=note),
        "task": lambda key: Task(id=key, title="Example", note=note),
        "letter": lambda key: ExportedLetter(id=key, kind="appeal", note=note),
    }
    made = Case(id="case-00000000000000aa")
    for key in sorted(ids):
        made = made.with_record(kinds[key.partition("-")[0]](key))
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.frozensets(records), st.frozensets(records), st.frozensets(records))
def test_restoring_takes_only_what_was_chosen(
    now: frozenset[str], then: frozenset[str], chosen: frozenset[str]
) -> None:
    is_now, was = _case(now, "now"), _case(then, "then")
    made = Restoring(is_now, was).restored(chosen).case
    for name in NEVER_REMOVED:
        kept = {one.id for one in getattr(made, name)}
        assert {one.id for one in getattr(is_now, name)} <= kept
    for key in now | then:
        before = {one.id: one for _, one in is_now.records()}.get(key)
        after = {one.id: one for _, one in made.records()}.get(key)
        if key not in chosen:
            assert after == before
    assert differences(made, made) == ()
