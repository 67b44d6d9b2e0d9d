"""Forms that were begun and left: none is lost, and each can be gone on with."""

import ipywidgets as w
import pytest

from tmjkit.case import Treatment
from tmjkit.dashboards.begun import words
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.case_view import CaseView
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.documents_view import DocumentsView
from tmjkit.dashboards.drafts import Drafts
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.dashboards.policy_model import PolicyModel
from tmjkit.dashboards.record_form import RecordForm
from tmjkit.dashboards.section_view import SectionView
from tmjkit.store import Workspace

HOSTILE = "<img src=x onerror=x()>"


def widgets(root: w.Widget) -> list[w.Widget]:
    return [root, *(one for child in getattr(root, "children", ()) for one in widgets(child))]


def shown(root: w.Widget) -> str:
    return "\n".join(one.value for one in widgets(root) if isinstance(one, w.HTML))


def press(root: w.Widget, start: str) -> None:
    found = [one for one in widgets(root) if isinstance(one, w.Button)]
    next(one for one in found if one.tooltip.startswith(start)).click()


def field(root: w.Widget, label: str) -> w.Widget:
    return next(one for one in widgets(root) if getattr(one, "description", "") == label)


@pytest.fixture
def drafts(workspace: Workspace, model: CaseModel) -> Drafts:
    return Drafts(workspace, "me", model.open_case().id)


@pytest.fixture
def section(model: CaseModel) -> SectionView:
    context = CaseContext(model, Desk(), PapersModel(model), PolicyModel(model))
    return SectionView("treatments", context)


def leave(model: CaseModel, drafts: Drafts, *names: str) -> list[str]:
    """Begin new treatments and leave them; return their ids, in the order of their drafts."""
    for name in names:
        form = RecordForm(Treatment, model.open_case())
        form.update("name", name)
        drafts.keep("treatments", form.id, form.typed, form.start)
    return [one.typed["name"] for one in drafts.of("treatments")]


def test_no_form_that_was_begun_is_hidden(
    section: SectionView, model: CaseModel, drafts: Drafts
) -> None:
    first, second, third = leave(model, drafts, "Naproxen", HOSTILE, "Baclofen")
    section.refresh()
    assert field(section.widget, "Name").value == first
    said = shown(section.widget)
    assert "Begun and not saved (2)" in said
    assert "<img" not in said
    go_on = [one.tooltip for one in widgets(section.widget) if isinstance(one, w.Button)]
    assert {f"Go on: New treatment: {name}" for name in (second, third)} <= set(go_on)


def test_each_is_finished_in_turn(section: SectionView, model: CaseModel, drafts: Drafts) -> None:
    first, second, third = leave(model, drafts, "Naproxen", "Splint", "Baclofen")
    section.refresh()
    count = len(model.open_case().treatments)
    press(section.widget, f"Go on: New treatment: {third}")
    assert field(section.widget, "Name").value == third
    field(section.widget, "Kind (needed)").value = "other"
    press(section.widget, "Save")
    assert f"Begun and not saved ({2})" in shown(section.widget)
    # The one that was open before was put aside, and not given up.
    press(section.widget, f"Go on: New treatment: {first}")
    press(section.widget, "Cancel")
    press(section.widget, f"Go on: New treatment: {second}")
    field(section.widget, "Kind (needed)").value = "other"
    press(section.widget, "Save")
    assert "Begun and not saved" not in shown(section.widget)
    assert [one.name for one in model.open_case().treatments[count:]] == [third, second]
    assert drafts.all() == ()


def test_putting_a_form_aside_keeps_its_last_words(
    section: SectionView, model: CaseModel, drafts: Drafts
) -> None:
    first, second = leave(model, drafts, "Naproxen", "Splint")
    section.refresh()
    for words_of_it in ("one", "one two", "one two three"):
        field(section.widget, "Note").value = words_of_it
    press(section.widget, f"Go on: New treatment: {second}")
    press(section.widget, f"Go on: New treatment: {first}")
    assert field(section.widget, "Note").value == "one two three"


def test_what_was_typed_into_a_record_is_not_overwritten_by_opening_it_anew(
    section: SectionView, model: CaseModel, drafts: Drafts
) -> None:
    leave(model, drafts, "Naproxen")
    record = model.open_case().treatments[1]
    drafts.keep("treatments", record.id, {"note": "typed before"}, None)
    section.refresh()
    if section.unsaved and section.unsaved.original is None:
        press(section.widget, "Cancel")
    section.edit(record)
    assert field(section.widget, "Note").value == "typed before"


def test_a_form_that_was_finished_elsewhere_is_not_opened(
    section: SectionView, model: CaseModel, drafts: Drafts
) -> None:
    first, second = leave(model, drafts, "Naproxen", "Splint")
    section.refresh()
    gone = next(one for one in drafts.of("treatments") if one.typed["name"] == second)
    drafts.drop("treatments", gone.record_id)
    press(section.widget, f"Go on: New treatment: {second}")
    assert field(section.widget, "Name").value == first
    assert "Begun and not saved" not in shown(section.widget)


def test_the_page_says_how_many_forms_were_left(model: CaseModel, drafts: Drafts) -> None:
    leave(model, drafts, "Naproxen", "Splint")
    drafts.keep("tasks", "task-0123456789abcdef", {"title": "Call back"}, None)
    view = CaseView(model, Desk())
    view.refresh()
    assert view.resume()
    notice = view.context.desk.notice.value
    assert "Treatments (2 forms)" in notice
    assert "Deadlines and tasks" in notice
    assert field(view.widget, "Title (needed)").value == "Call back"


def test_no_words_about_a_document_are_hidden(model: CaseModel, drafts: Drafts) -> None:
    known = model.open_case().documents[:2]
    for one in known:
        drafts.keep("documents", one.id, {"note": f"half typed about {one.id}"}, None)
    context = CaseContext(model, Desk(), PapersModel(model), PolicyModel(model))
    view = DocumentsView(context)
    view.refresh()
    note = field(view.widget, "Note").value
    (other,) = [one for one in known if one.id not in note]
    assert "Begun and not saved (1)" in shown(view.widget)
    assert f"half typed about {other.id}" in shown(view.widget)
    press(view.widget, "Go on: Change")
    assert field(view.widget, "Note").value == f"half typed about {other.id}"
    press(view.widget, "Save")
    assert model.open_case().record(other.id).note == f"half typed about {other.id}"
    assert "Begun and not saved (1)" in shown(view.widget)
    assert len(drafts.of("documents")) == 1


def test_a_long_form_is_named_in_short(model: CaseModel) -> None:
    form = RecordForm(Treatment, model.open_case())
    assert words(form) == "New treatment"
    form.update("name", "x" * 500)
    form.update("kind", "splint")
    assert len(words(form)) < 130
