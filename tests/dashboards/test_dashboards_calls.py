"""Calls: logged in one go with the task that follows, read as a log, promises kept or not."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import ipywidgets as w
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tmjkit.case import Case, Contact, Coverage, Patient
from tmjkit.dashboards.calls_model import PLACE, CallForm, CallSaver, log_of, payer_name
from tmjkit.dashboards.calls_promise import Promise, follow_up, promise_of, settle_promise
from tmjkit.dashboards.calls_quick import QuickCall
from tmjkit.dashboards.calls_view import CallsView
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.drafts import Drafts
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.dashboards.policy_model import PolicyModel
from tmjkit.store import Workspace

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
TODAY = NOW.date()
HOSTILE = "<script>x()</script><img src=x onerror=x()>"


def widgets(root: w.Widget) -> list[w.Widget]:
    return [root, *(one for child in getattr(root, "children", ()) for one in widgets(child))]


def shown(root: w.Widget) -> str:
    return "\n".join(one.value for one in widgets(root) if isinstance(one, w.HTML))


def press(root: w.Widget, label: str) -> None:
    found = [one for one in widgets(root) if isinstance(one, w.Button)]
    next(one for one in found if label in (one.tooltip, one.description)).click()


def field(root: w.Widget, label: str) -> w.Widget:
    return next(one for one in widgets(root) if getattr(one, "description", "") == label)


def nobody_waits(seconds: float, do: Callable[[], None]) -> Callable[[], None]:
    return lambda: None


@pytest.fixture
def context(model: CaseModel) -> CaseContext:
    return CaseContext(model, Desk(), PapersModel(model), PolicyModel(model))


def logged(model: CaseModel, **typed: str) -> CallSaver:
    form = CallForm(model.open_case(), NOW)
    saver = CallSaver(form, model, nobody_waits)
    for path, text in typed.items():
        form.update(path, text)
    assert saver.save()
    return saver


def test_nothing_is_promised_for_a_day_before_the_call(model: CaseModel) -> None:
    form = CallForm(model.open_case(), NOW)
    for path, typed in {"who": "Kim", "promised": "Calls", "promised_by": "2026-11-02"}.items():
        form.update(path, typed)
    assert not CallSaver(form, model, nobody_waits).save()
    assert form.errors == {"promised_by": "should not lie before the call"}
    form.update("promised_by", "2026-11-23")
    assert CallSaver(form, model, nobody_waits).save()


def test_a_call_and_its_task_are_one_revision(model: CaseModel) -> None:
    before = model.revision
    saver = logged(
        model, who="Kim, agent EX-9", promised="Sends the\nclaim file", promised_by="2026-12-01"
    )
    assert before is not None
    assert model.revision is not None
    assert model.revision.number == before.number + 1
    call = model.open_case().contacts[-1]
    assert (str(call.date), f"{call.time:%H:%M}") == ("2026-11-23", "14:05")
    assert call.organization == "Example Mutual Benefit Administrators"
    task = model.open_case().tasks[-1]
    assert task == saver.task
    assert (task.due, task.owner, task.about_id) == (date(2026, 12, 1), "me", call.id)
    assert task.title == ("Follow up: Sends the claim file (Example Mutual Benefit Administrators)")
    assert task.open


def test_without_a_promise_there_is_no_task(model: CaseModel) -> None:
    count = len(model.open_case().tasks)
    assert logged(model, said="Asked for the fax number").task is None
    assert len(model.open_case().tasks) == count


def test_a_promise_without_a_day_gets_no_invented_one() -> None:
    task = follow_up(Contact(promised="Calls back"), "me")
    assert task is not None
    assert task.due is None


def test_an_empty_call_is_not_saved(model: CaseModel) -> None:
    form = CallForm(model.open_case(), NOW)
    saver = CallSaver(form, model, nobody_waits)
    number = model.revision
    assert not saver.save()
    assert "said" in form.errors
    assert model.revision is number


def test_what_is_typed_is_a_draft_with_the_time_of_the_call(
    model: CaseModel, workspace: Workspace
) -> None:
    form = CallForm(model.open_case(), NOW)
    CallSaver(form, model, nobody_waits)
    drafts = Drafts(workspace, "me", model.open_case().id)
    assert not form.changed
    assert drafts.all() == ()
    form.update("who", "Kim")
    (draft,) = drafts.all()
    assert draft.section == PLACE
    assert draft.record_id.startswith("contact-")
    assert draft.typed["who"] == "Kim"
    assert draft.typed["time"] == "14:05"
    assert len(model.open_case().contacts) == 5


def test_saving_ends_the_draft(model: CaseModel, workspace: Workspace) -> None:
    logged(model, who="Kim")
    assert Drafts(workspace, "me", model.open_case().id).all() == ()


def test_the_payer_is_that_of_the_first_coverage() -> None:
    second = Coverage(payer="Example Second", rank=2)
    first = Coverage(payer="Example First", rank=1)
    assert payer_name(Case(coverages=(second, first))) == "Example First"
    assert payer_name(Case()) == ""


def test_a_kept_promise_ends_its_task(model: CaseModel) -> None:
    saver = logged(model, promised="Calls back", promised_by="2026-12-01")
    assert saver.contact is not None
    settle_promise(model, saver.contact, kept=True)
    assert model.open_case().tasks[-1].done == TODAY
    assert promise_of(model.open_case().contacts[-1], TODAY) is Promise.KEPT


def test_a_broken_promise_leaves_its_task_open(model: CaseModel) -> None:
    saver = logged(model, promised="Calls back", promised_by="2026-12-01")
    assert saver.contact is not None
    settle_promise(model, saver.contact, kept=False)
    assert model.open_case().tasks[-1].open
    assert promise_of(model.open_case().contacts[-1], TODAY) is Promise.BROKEN


@settings(deadline=None)
@given(st.integers(-400, 400), st.sampled_from((None, True, False)))
def test_a_promise_is_overdue_the_day_after(days: int, kept: bool | None) -> None:
    call = Contact(promised="Calls back", promised_by=TODAY + timedelta(days), kept=kept)
    state = promise_of(call, TODAY)
    assert (state is Promise.OVERDUE) == (kept is None and days < 0)


def test_the_log_is_newest_first_and_found_by_words(erisa: Case) -> None:
    dates = [str(one.date) for one in log_of(erisa)]
    assert dates == sorted(dates, reverse=True)
    assert [one.id for one in log_of(erisa, "claim FILE lee")] == ["contact-claim-file"]
    assert log_of(erisa, "nowhere") == ()


@settings(deadline=None)
@given(st.text())
def test_searching_never_fails(words: str) -> None:
    case = Case(contacts=(Contact(said="Some words"), Contact(date="2026")))
    assert set(log_of(case, words)) <= set(case.contacts)


def test_the_panel_shows_who_promised_what(context: CaseContext) -> None:
    view = CallsView(context)
    view.refresh()
    words = shown(view.widget)
    assert "CALL-EX-1109" in words
    assert "The claim file comes by mail" in words
    assert "not kept" in words
    press(view.widget, "Promise kept: phone of 2026-11-09 11:10 CALL-EX-1109")
    kept = {one.id: one.kept for one in context.model.open_case().contacts}
    assert kept["contact-claim-file"] is True
    view.refresh()
    field(view.widget, "Find in the log").value = "CALL-EX-1020"
    assert "CALL-EX-1109" not in shown(view.widget.children[-1])


def test_an_overdue_promise_is_marked(context: CaseContext) -> None:
    context.model.update(Contact(promised="Calls back", promised_by="2026-11-20"))
    view = CallsView(context)
    view.refresh()
    assert "overdue by 3 days" in shown(view.widget)


def test_a_call_is_logged_from_the_panel(context: CaseContext) -> None:
    opened: list[str] = []
    quick = QuickCall(context.desk, context.model, lambda: NOW, context.papers, opened.append)
    quick.open()
    field(quick.widget, "Who").value = "Kim, agent EX-9"
    field(quick.widget, "Promised").value = "Sends the claim file"
    press(quick.widget, "Save")
    assert "The call is logged" in shown(quick.widget)
    assert "No day was promised" in shown(quick.widget)
    press(quick.widget, "Letter that confirms the call")
    assert opened == ["letters"]
    call = context.model.open_case().contacts[-1]
    assert (context.papers.kind, context.papers.about_id) == ("call-confirmation", call.id)


def test_a_call_is_logged_from_a_page_without_a_case(workspace: Workspace) -> None:
    workspace.save(Case(patient=Patient(family="Sample", given="Robin")), None, "setup")
    model = CaseModel(workspace, "me", TODAY)
    quick = QuickCall(Desk(), model, lambda: NOW)
    quick.open()
    field(quick.widget, "Which case? Name, payer or id").value = "nobody of that name"
    assert "No open case" in shown(quick.widget)
    field(quick.widget, "Which case? Name, payer or id").value = "avery"
    assert "Avery Example" in shown(quick.widget)
    field(quick.widget, "Said").value = "Asked for the status"
    press(quick.widget, "Save")
    assert "case.ipynb?case=case-example-erisa" in shown(quick.widget)
    loaded = workspace.load("case-example-erisa").case
    assert loaded.contacts[-1].said == "Asked for the status"
    press(quick.widget, "Letter that confirms the call: Word")
    assert "data:application/vnd" in shown(quick.widget)


def test_what_is_typed_stays_text(context: CaseContext) -> None:
    context.model.update(
        Contact(who=HOSTILE, organization=HOSTILE, said=HOSTILE, promised=HOSTILE, note=HOSTILE)
    )
    view = CallsView(context)
    view.refresh()
    assert "<script>" not in shown(view.widget)
    assert "<img" not in shown(view.widget)


def test_closing_keeps_what_was_typed(context: CaseContext, workspace: Workspace) -> None:
    quick = QuickCall(context.desk, context.model, lambda: NOW)
    quick.open()
    field(quick.widget, "Who").value = "Kim"
    quick.close()
    (draft,) = Drafts(workspace, "me", context.model.open_case().id).all()
    assert draft.typed["who"] == "Kim"


def test_a_call_that_was_left_is_gone_on_with_in_its_own_form(
    context: CaseContext, workspace: Workspace
) -> None:
    quick = QuickCall(context.desk, context.model, lambda: NOW)
    quick.open()
    field(quick.widget, "Who").value = "Kim"
    quick.close()
    later = CallsView(context)
    later.refresh()
    assert field(later.widget, "Who").value == "Kim"
    assert field(later.widget, "Time").value == "14:05", "the time of its beginning, not of now"
    assert later.sections["contacts"].unsaved is None
    press(later.widget, "Save")
    call = context.model.open_case().contacts[-1]
    assert (call.who, f"{call.time:%H:%M}") == ("Kim", "14:05")
    assert Drafts(workspace, "me", context.model.open_case().id).all() == ()


def test_every_call_that_was_begun_can_be_gone_on_with(
    context: CaseContext, workspace: Workspace
) -> None:
    quick = QuickCall(context.desk, context.model, lambda: NOW)
    for who in ("Kim", HOSTILE, "Lee"):
        quick.open()
        field(quick.widget, "Who").value = who
        quick.close()
    quick.open()
    words = shown(quick.widget)
    assert "Begun and not saved (3)" in words
    assert "<script>" not in words
    lee = next(
        one.tooltip
        for one in widgets(quick.widget)
        if isinstance(one, w.Button) and one.tooltip.startswith("Go on: The call: Lee")
    )
    press(quick.widget, lee)
    assert field(quick.widget, "Who").value == "Lee"
    assert "Begun and not saved (2)" in shown(quick.widget)
    press(quick.widget, "Save")
    assert context.model.open_case().contacts[-1].who == "Lee"
    assert len(Drafts(workspace, "me", context.model.open_case().id).of(PLACE)) == 2


def test_changing_a_contact_asks_the_page_to_show_its_form(model: CaseModel) -> None:
    asked: list[tuple[str, str]] = []
    context = CaseContext(
        model,
        Desk(),
        PapersModel(model),
        PolicyModel(model),
        edit=lambda *wish: asked.append(wish),
    )
    view = CallsView(context)
    view.refresh()
    press(view.widget, "Change phone of 2026-11-09 11:10 CALL-EX-1109")
    press(view.widget, "Add contact")
    assert asked == [("contacts", "contact-claim-file"), ("contacts", "")]


def test_a_call_is_saved_beside_what_somebody_else_saved_meanwhile(
    context: CaseContext, other: CaseModel
) -> None:
    quick = QuickCall(context.desk, context.model, lambda: NOW)
    quick.open()
    field(quick.widget, "Who").value = "Kim"
    other.update(other.open_case().patient.model_copy(update={"phone": "555-555-0111"}))
    press(quick.widget, "Save")
    assert sum(one.who == "Kim" for one in context.model.open_case().contacts) == 1
    assert context.model.open_case().patient.phone == "555-555-0111"
