"""One call in two windows of one person; and two patients of one name."""

from datetime import UTC, datetime, timedelta

import ipywidgets as w
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmjkit.case import Case, Contact, Coverage, Patient, Task
from tmjkit.dashboards.calls_model import PLACE
from tmjkit.dashboards.calls_promise import with_call
from tmjkit.dashboards.calls_quick import QuickCall
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.drafts import Drafts
from tmjkit.dashboards.told_apart import told_apart
from tmjkit.store import Workspace

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
TODAY = NOW.date()
SEARCH = "Which case? Name, payer or id"


def widgets(root: w.Widget) -> list[w.Widget]:
    return [root, *(one for child in getattr(root, "children", ()) for one in widgets(child))]


def shown(root: w.Widget) -> str:
    return "\n".join(one.value for one in widgets(root) if isinstance(one, w.HTML))


def buttons(root: w.Widget) -> dict[str, w.Button]:
    return {one.tooltip: one for one in widgets(root) if isinstance(one, w.Button)}


def field(root: w.Widget, label: str) -> w.Widget:
    return next(one for one in widgets(root) if getattr(one, "description", "") == label)


class Window:
    """A window of one person, with the form of a call over it."""

    def __init__(self, workspace: Workspace, case_id: str, now: datetime = NOW) -> None:
        self.model = CaseModel(workspace, "me", TODAY)
        self.model.load(case_id)
        self.desk = Desk()
        self.quick = QuickCall(self.desk, self.model, lambda: now)

    def type(self, label: str, words: str) -> None:
        field(self.quick.widget, label).value = words

    def save(self) -> None:
        buttons(self.quick.widget)["Save"].click()


@pytest.fixture
def windows(workspace: Workspace, erisa: Case) -> tuple[Window, Window]:
    """Return two windows: the first began a call, and the second found its draft and opened it."""
    first = Window(workspace, erisa.id)
    second = Window(workspace, erisa.id, NOW + timedelta(minutes=7))
    first.quick.open()
    first.type("Who", "Kim")
    second.quick.resume()
    assert field(second.quick.widget, "Who").value == "Kim"
    return first, second


def calls(workspace: Workspace, case: Case) -> list[Contact]:
    known = {one.id for one in case.contacts}
    return [one for one in workspace.load(case.id).case.contacts if one.id not in known]


@pytest.mark.parametrize("looked", [True, False])
def test_what_one_window_saved_is_kept_by_the_next(
    windows: tuple[Window, Window], workspace: Workspace, erisa: Case, *, looked: bool
) -> None:
    first, second = windows
    second.type("Reference", "REF-4711")
    second.save()
    if looked:
        first.model.look()
        assert field(first.quick.widget, "Reference").value == "REF-4711"
        assert "Saved in another window" in shown(first.quick.widget)
    first.type("Said", "It is approved")
    first.save()
    (call,) = calls(workspace, erisa)
    assert (call.who, call.said, call.reference) == ("Kim", "It is approved", "REF-4711")
    assert f"{call.time:%H:%M}" == "14:05"
    assert "The call is logged" in shown(first.quick.widget)


@pytest.mark.parametrize("looked", [True, False])
def test_words_in_one_field_are_shown_before_they_are_replaced(
    windows: tuple[Window, Window], workspace: Workspace, erisa: Case, *, looked: bool
) -> None:
    first, second = windows
    first.type("Said", "It is approved")
    second.type("Said", "It is denied")
    second.save()
    if looked:
        first.model.look()
    first.save()
    assert calls(workspace, erisa)[0].said == "It is denied", "nothing is replaced unasked"
    assert "another window saved other words" in first.desk.notice.value
    assert "Saved by somebody else meanwhile: It is denied" in shown(first.quick.widget)
    first.save()
    assert [one.said for one in calls(workspace, erisa)] == ["It is approved"]


def test_a_save_at_the_same_moment_ends_in_the_form_and_not_in_a_dead_end(
    windows: tuple[Window, Window],
    workspace: Workspace,
    erisa: Case,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = windows
    second.type("Said", "It is denied")
    first.type("Said", "It is approved")
    second.save()
    with monkeypatch.context() as patch:
        patch.setattr(CaseModel, "look", lambda _: None)  # saved just after the look
        first.save()
    assert first.model.conflict is None
    assert "It is denied" in shown(first.quick.widget)
    assert field(first.quick.widget, "Said").value == "It is approved"
    first.save()
    assert [one.said for one in calls(workspace, erisa)] == ["It is approved"]


def test_the_time_of_the_call_is_the_same_in_both_windows(windows: tuple[Window, Window]) -> None:
    first, second = windows
    first.save()
    second.model.look()
    assert field(second.quick.widget, "Time").value == "14:05"
    assert "Saved by somebody else" not in shown(second.quick.widget)


def test_two_windows_make_one_task_of_one_promise(
    windows: tuple[Window, Window], workspace: Workspace, erisa: Case
) -> None:
    first, second = windows
    second.type("Promised", "Sends the file")
    second.save()
    first.type("Promised", "Sends the file")
    first.type("Said", "It is approved")
    first.save()
    (call,) = calls(workspace, erisa)
    about = [one for one in workspace.load(erisa.id).case.tasks if one.about_id == call.id]
    assert [one.title.split(" (")[0] for one in about] == ["Follow up: Sends the file"]


def test_what_the_other_window_typed_outlives_the_end_of_the_shared_draft(
    windows: tuple[Window, Window], workspace: Workspace, erisa: Case
) -> None:
    first, second = windows
    first.type("Said", "It is approved")
    second.save()
    drafts = Drafts(workspace, "me", erisa.id)
    assert drafts.of(PLACE) == ()
    first.model.look()
    first.quick.close()
    late = Window(workspace, erisa.id)
    late.quick.resume()
    assert field(late.quick.widget, "Said").value == "It is approved"
    late.save()
    assert [(one.who, one.said) for one in calls(workspace, erisa)] == [("Kim", "It is approved")]
    assert drafts.of(PLACE) == ()


def test_another_save_of_the_case_leaves_the_time_of_the_call(
    windows: tuple[Window, Window], other: CaseModel
) -> None:
    first, _ = windows
    other.update(other.open_case().patient.model_copy(update={"phone": "555-555-0111"}))
    first.model.look()
    assert field(first.quick.widget, "Time").value == "14:05"
    assert field(first.quick.widget, "Who").value == "Kim"


def test_a_call_that_was_removed_elsewhere_is_added_again_whole(
    windows: tuple[Window, Window], workspace: Workspace, erisa: Case
) -> None:
    first, second = windows
    second.save()
    first.model.look()
    second.model.remove(calls(workspace, erisa)[0].id)
    first.model.look()
    assert "Removed in another window" in shown(first.quick.widget)
    first.save()
    assert [one.who for one in calls(workspace, erisa)] == ["Kim"]


# The task of a promise

CALL = Contact(id="contact-ab", promised="Calls back", promised_by="2026-12-01")


def test_a_task_that_was_changed_by_hand_stays_so_while_the_promise_is_the_same() -> None:
    case = with_call(Case(), CALL, "me")
    by_hand = case.tasks[0].model_copy(update={"owner": "Rosa Sample", "due": TODAY})
    told = CALL.model_copy(update={"said": "It is approved"})
    assert with_call(case.with_record(by_hand), told, "me").tasks == (by_hand,)


def test_another_promise_moves_its_task_and_none_ends_it() -> None:
    case = with_call(Case(), CALL, "me")
    later = CALL.model_copy(update={"promised_by": NOW.date()})
    (task,) = with_call(case, later, "somebody else").tasks
    assert (task.due, task.owner) == (TODAY, "me")
    assert (
        with_call(case, CALL.model_copy(update={"promised": "", "promised_by": None}), "me").tasks
        == ()
    )


def test_a_task_that_was_made_under_another_id_is_found_by_its_call() -> None:
    old = Task(id="task-old", title="Follow up: Calls back", about_id=CALL.id)
    case = Case(contacts=(CALL,), tasks=(old,))
    assert with_call(case, CALL.model_copy(update={"said": "Hello"}), "me").tasks == (old,)


# Two patients of one name


def maria(born: str | None, member: str) -> Case:
    return Case(
        patient=Patient(family="Example", given="Maria", birth_date=born),
        coverages=(Coverage(payer="Sample Health", member_id=member),),
    )


def test_two_patients_of_one_name_are_told_apart_from_the_search_to_the_end(
    workspace: Workspace,
) -> None:
    first, second = maria("1981-03-04", "EX-100-4711"), maria("1990-12", "EX-100-0815")
    workspace.save_new([first, second], "setup")
    quick = QuickCall(Desk(), CaseModel(workspace, "me", TODAY), lambda: NOW)
    quick.open()
    field(quick.widget, SEARCH).value = "maria example"
    found = [name for name in buttons(quick.widget) if name.startswith("Maria Example")]
    assert sorted(found) == [
        "Maria Example · born Dec 1990 · member id ends in 0815 · Sample Health · Collecting",
        "Maria Example · born Mar 4, 1981 · member id ends in 4711 · Sample Health · Collecting",
    ]
    buttons(quick.widget)[found[0]].click()
    chosen = first if "1981" in found[0] else second
    who = told_apart(chosen.summary())
    assert "Log a call: Maria Example" in shown(quick.widget)
    assert who in shown(quick.widget)
    field(quick.widget, "Who").value = "Kim"
    buttons(quick.widget)["Save"].click()
    assert who in shown(quick.widget)
    assert [one.who for one in workspace.load(chosen.id).case.contacts] == ["Kim"]


def test_where_nothing_else_is_known_the_case_tells_patients_apart(workspace: Workspace) -> None:
    workspace.save_new([maria(None, ""), maria(None, "")], "setup")
    quick = QuickCall(Desk(), CaseModel(workspace, "me", TODAY), lambda: NOW)
    quick.open()
    field(quick.widget, SEARCH).value = "maria"
    found = [name for name in buttons(quick.widget) if name.startswith("Maria Example")]
    assert len(set(found)) == 2
    assert all("birth date not known · no member id" in name for name in found)


@given(st.dates(), st.lists(st.from_regex(r"[A-Z0-9]{5,20}", fullmatch=True)))
def test_no_more_of_a_member_id_is_shown_than_its_end(born: object, ids: list[str]) -> None:
    case = Case(
        patient=Patient(family="Example"),
        coverages=tuple(Coverage(payer="Sample", member_id=one, rank=1) for one in ids),
    )
    words = told_apart(case.summary())
    assert all(one not in words for one in ids)


# Afterwards


def test_one_button_stands_out_after_a_call(windows: tuple[Window, Window]) -> None:
    first, _ = windows
    first.save()
    primary = [
        one.description
        for one in buttons(first.quick.widget).values()
        if "tmj-primary" in one._dom_classes and "tmj-quick-open" not in one._dom_classes
    ]
    assert primary == ["Letter that confirms the call: Word"]


def test_the_news_of_a_form_goes_when_it_is_corrected_or_closed(workspace: Workspace) -> None:
    window = Window(workspace, "case-example-erisa")
    window.quick.open()
    window.save()
    assert "look at what is marked" in window.desk.notice.value
    window.type("Said", "It is approved")
    assert window.desk.notice.value == ""
    window.type("Said", "")
    window.save()
    assert "look at what is marked" in window.desk.notice.value
    window.quick.close()
    assert window.desk.notice.value == ""


def test_news_of_something_else_stays_when_a_form_is_closed(workspace: Workspace) -> None:
    window = Window(workspace, "case-example-erisa")
    window.quick.open()
    window.save()
    window.desk.warn("Something else.")
    window.quick.close()
    assert "Something else." in window.desk.notice.value
