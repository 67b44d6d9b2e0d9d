"""The worklist: what it asks the store, what it shows, and what it keeps for one person."""

import asyncio
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmjkit.case import Case, ClosedReason, Coverage, Handling, Patient, Stage, Task
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.worklist_filters import Filters
from tmjkit.dashboards.worklist_model import MINE, NOBODY, OF, PAGE_ROWS, WorklistModel
from tmjkit.dashboards.worklist_table import asked, table
from tmjkit.dashboards.worklist_view import WorklistView
from tmjkit.rules import summarize
from tmjkit.store import Argon2, StoreError, Workspace

TODAY = date(2026, 11, 24)


def _case(given: str, *, payer: str = "Sample Health", due: int | None = None, **more: Any) -> Case:
    tasks = (Task(title="Call back", due=TODAY + timedelta(days=due)),) if due is not None else ()
    return Case(
        patient=Patient(family="Example", given=given),
        coverages=(Coverage(payer=payer),),
        tasks=tasks,
        **more,
    )


def _held_by(owner: str) -> tuple[Handling, ...]:
    return (Handling(date=TODAY, owner=owner),)


@pytest.fixture
def few(tmp_path: Path) -> Workspace:
    made = Workspace.create(
        tmp_path / "list.tmjkit",
        "passphrase of the test",
        kdf=Argon2(8 * 1024, 1, 1),
        summarize=lambda case: summarize(case, TODAY),
    )
    closed = (Handling(date=TODAY, closed=ClosedReason.PAID),)
    made.save_new(
        [
            _case("Ada", due=-3, handling=_held_by("me")),
            _case("Ben", due=2, payer="Fictional Blue"),
            _case("Cleo", due=30, handling=_held_by("Rosa Sample")),
            _case("Dov", handling=closed),
        ],
        "setup",
    )
    return made


@pytest.fixture
def model(few: Workspace) -> WorklistModel:
    made = WorklistModel(few, "me", lambda: TODAY)
    made.open()
    return made


def _given(model: WorklistModel) -> list[str]:
    return [row.name.split()[0] for row in model.page.rows]


def test_it_begins_with_all_open_cases_and_the_overdue_ones_first(model: WorklistModel) -> None:
    assert _given(model) == ["Ada", "Ben", "Cleo"]
    assert (model.counts.overdue, model.counts.due_this_week) == (1, 1)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"words": "cle"}, ["Cleo"]),
        ({"words": "rosa"}, ["Cleo"]),
        ({"payer": "Fictional Blue"}, ["Ben"]),
        ({"owner": MINE}, ["Ada"]),
        ({"owner": NOBODY}, ["Ben"]),
        ({"owner": f"{OF}Rosa Sample"}, ["Cleo"]),
        ({"due": "overdue"}, ["Ada"]),
        ({"due": "week"}, ["Ben"]),
        ({"stage": Stage.CLOSED.value}, ["Dov"]),
        ({"sort": "name", "descending": True}, ["Cleo", "Ben", "Ada"]),
        ({"owner": MINE, "due": "week"}, []),
    ],
)
def test_what_is_asked_for_is_what_is_shown(
    model: WorklistModel, wanted: dict[str, Any], expected: list[str]
) -> None:
    model.ask(**wanted)
    assert _given(model) == expected


def test_nobodys_name_is_taken_for_a_word_of_the_filter(few: Workspace) -> None:
    few.save(_case("Eli", handling=_held_by(NOBODY)), None, "setup")
    model = WorklistModel(few, "me", lambda: TODAY)
    model.ask(owner=f"{OF}{NOBODY}")
    assert _given(model) == ["Eli"]


def test_pages_go_on_and_back_and_hold_each_case_once(few: Workspace) -> None:
    few.save_new([_case(f"P{place}", due=place) for place in range(PAGE_ROWS * 2)], "setup")
    model = WorklistModel(few, "me", lambda: TODAY)
    model.open()
    seen = [row.case_id for row in model.page.rows]
    first = list(seen)
    while model.page.after:
        model.next()
        seen += [row.case_id for row in model.page.rows]
    assert model.number == 3
    assert len(seen) == len(set(seen)) == PAGE_ROWS * 2 + 3
    model.next()
    assert model.number == 3
    model.previous()
    model.previous()
    model.previous()
    assert [row.case_id for row in model.page.rows] == first
    assert "103 cases; 1 to 50 are shown" in table(model)


def test_a_new_question_begins_at_the_first_page(few: Workspace) -> None:
    few.save_new([_case(f"P{place}", due=place) for place in range(PAGE_ROWS)], "setup")
    model = WorklistModel(few, "me", lambda: TODAY)
    model.open()
    model.next()
    model.ask(sort="saved")
    assert model.number == 1


def test_what_a_day_changes_comes_in_by_pieces(tmp_path: Path) -> None:
    days = {"today": TODAY}
    workspace = Workspace.create(
        tmp_path / "days.tmjkit",
        "passphrase of the test",
        kdf=Argon2(8 * 1024, 1, 1),
        summarize=lambda case: summarize(case, days["today"]),
    )
    workspace.save_new([_case(f"P{place}", due=1) for place in range(5)], "setup")
    model = WorklistModel(workspace, "me", lambda: days["today"])
    days["today"] = TODAY + timedelta(days=40)
    assert model.bring_up_to_date(2) == 3
    assert model.left == 3
    assert model.bring_up_to_date(9) == 0
    model.reload()
    assert model.counts.overdue == 5


def test_the_state_is_taken_up_again(few: Workspace, model: WorklistModel) -> None:
    model.ask(words="ada", owner=MINE, due="overdue", sort="saved", descending=True)
    again = WorklistModel(few, "me", lambda: TODAY)
    again.load_state(model.state())
    assert again.state() == model.state()
    assert again.query() == model.query()


@given(
    st.dictionaries(
        st.sampled_from(["words", "stage", "payer", "owner", "readiness", "due", "sort", "x"])
        | st.just("descending"),
        st.text(max_size=5) | st.booleans() | st.integers() | st.none() | st.lists(st.text()),
    )
)
def test_a_state_of_any_other_version_never_stops_the_page(state: dict[str, Any]) -> None:
    model = WorklistModel(None, "me", lambda: TODAY)  # type: ignore[arg-type]
    model.load_state(state)
    assert model.query()


# What is kept for one person


def test_filters_are_kept_chosen_and_deleted(few: Workspace, model: WorklistModel) -> None:
    mine, other = Filters(few, "me"), Filters(few, "somebody else")
    model.ask(owner=MINE, due="overdue")
    assert mine.keep("  my   overdue ", model.state()) == "my overdue"
    assert mine.names() == ("my overdue",)
    assert mine.get("my overdue") == model.state()
    assert other.names() == ()
    mine.set_default("my overdue")
    mine.delete("my overdue")
    assert (mine.names(), mine.default) == ((), "")


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_filter_needs_a_name(few: Workspace, name: str) -> None:
    with pytest.raises(StoreError, match="1 to 60 letters"):
        Filters(few, "me").keep(name, {})


def test_a_day_goes_on_and_the_next_one_begins_with_the_default(few: Workspace) -> None:
    filters = Filters(few, "me")
    assert filters.begin(TODAY) == ("", {})
    filters.keep("week", {"due": "week"})
    filters.set_default("week")
    filters.leave({"words": "ada"}, TODAY)
    assert filters.begin(TODAY) == ("", {"words": "ada"})
    assert filters.begin(TODAY + timedelta(days=1)) == ("week", {"due": "week"})


# What is shown


def test_the_table_escapes_links_by_id_and_marks_what_is_late(few: Workspace) -> None:
    mark = "<script>x</script>"
    few.save(_case(mark, due=-9, payer=mark, handling=_held_by(mark)), None, mark)
    model = WorklistModel(few, "me", lambda: TODAY)
    model.open()
    shown = table(model)
    assert "<script" not in shown
    assert "&lt;script" in shown
    assert shown.count("Overdue") == 2
    links = re.findall(r'href="([^"]+)"', shown)
    assert links == [f"case.ipynb?case={row.case_id}" for row in model.page.rows]


def test_patients_of_one_name_are_told_apart(few: Workspace) -> None:
    for born, member in (("1981-03-04", "EX-100-4711"), ("1990-12-05", "EX-100-0815")):
        patient = Patient(family="Example", given="Maria", birth_date=born)
        coverage = Coverage(payer="Sample Health", member_id=member)
        few.save(Case(patient=patient, coverages=(coverage,)), None, "setup")
    alone = Patient(family="Example", given="Noor", birth_date="1975")
    few.save(Case(patient=alone), None, "setup")
    model = WorklistModel(few, "me", lambda: TODAY)
    model.open()
    page = table(model)
    assert "born Mar 4, 1981 · member id ends in 4711<" in page
    assert "born Dec 5, 1990 · member id ends in 0815<" in page
    assert "born 1975<" in page
    assert "EX-100" not in page


def test_a_list_left_open_overnight_is_right_in_the_morning(few: Workspace) -> None:
    days = [TODAY]
    model = WorklistModel(few, "me", lambda: days[-1])
    view = WorklistView(model, Desk(), Filters(few, "me"))
    view.begin()
    assert ">In 2 days<" in view._table.value
    days.append(TODAY + timedelta(days=1))
    view._look()
    assert ">Tomorrow<" in view._table.value
    assert ">In 2 days<" not in view._table.value
    days.append(TODAY + timedelta(days=3))
    view._look()
    assert view._table.value.count(">Overdue<") == 2
    assert view._strip["overdue"].description == "2 overdue"


def test_an_empty_list_says_why(model: WorklistModel, tmp_path: Path) -> None:
    model.ask(words="zzz", owner=MINE)
    assert "No case fits" in table(model)
    assert "looked after by me" in asked(model)
    fresh = Workspace.create(
        tmp_path / "fresh.tmjkit", "passphrase of the test", kdf=Argon2(8 * 1024, 1, 1)
    )
    empty = WorklistModel(fresh, "me", lambda: TODAY)
    empty.open()
    assert "There is no open case" in table(empty)


@pytest.fixture
def view(few: Workspace, model: WorklistModel) -> WorklistView:
    made = WorklistView(model, Desk(), Filters(few, "me"))
    made.begin()
    made.refresh()
    return made


def test_the_strip_sets_the_filter_and_lets_it_go(view: WorklistView, model: WorklistModel) -> None:
    toggle = view._strip["overdue"]
    assert toggle.description == "1 overdue"
    toggle.value = True
    assert _given(model) == ["Ada"]
    view._strip["week"].value = True
    assert (_given(model), toggle.value) == (["Ben"], False)
    view._strip["week"].value = False
    assert len(model.page.rows) == 3


def test_a_choice_asks_the_store_and_is_there_after_a_reload(
    view: WorklistView, few: Workspace
) -> None:
    view._choices["payer"].widget.value = "Fictional Blue"
    again = WorklistModel(few, "me", lambda: TODAY)
    page = WorklistView(again, Desk(), Filters(few, "me"))
    page.begin()
    page.refresh()
    assert _given(again) == ["Ben"]
    assert page._choices["payer"].value == "Fictional Blue"


def test_a_saved_filter_is_chosen_and_let_go_when_something_else_is_asked(
    view: WorklistView, model: WorklistModel
) -> None:
    saved = view._saved
    model.ask(due="week")
    saved._name.value = "this week"
    saved._keep.click()
    assert saved._choice.value == "this week"
    model.clear()
    assert saved._choice.value == ""
    saved._choice.widget.value = "this week"
    assert _given(model) == ["Ben"]
    saved._default.click()
    assert "each day" in str(saved._choice.widget.options)
    saved._delete.click()
    assert saved._choice.widget.layout.display == "none"
    assert _given(model) == ["Ben"]


def test_what_is_typed_is_looked_for_once_typing_stops(
    few: Workspace, model: WorklistModel
) -> None:
    asked_for: list[str] = []

    async def type_a_word() -> None:
        view = WorklistView(model, Desk(), Filters(few, "me"))
        found = asyncio.Event()

        def note(_: object) -> None:
            asked_for.append(model.words)
            found.set()

        model.observe(note, "page")
        for words in ("c", "cl", "cle"):
            view._words.value = words
        await asyncio.wait_for(found.wait(), 10)

    asyncio.run(type_a_word())
    assert asked_for == ["cle"]


def test_the_page_brings_itself_up_to_date_and_answers_in_between(
    few: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = iter((7, 2, 0))
    model = WorklistModel(few, "me", lambda: TODAY)
    monkeypatch.setattr(few, "refresh_due", lambda *_, **__: next(left))
    done: list[int] = []

    async def wait() -> None:
        view = WorklistView(model, Desk(), Filters(few, "me"))
        view.begin()
        finished = asyncio.Event()
        model.observe(partial(_told, model, done, finished.set), "left")
        await asyncio.wait_for(finished.wait(), 10)

    asyncio.run(wait())
    assert done == [7, 2, 0]


def _told(model: WorklistModel, done: list[int], finish: Callable[[], None], _: object) -> None:
    done.append(model.left)
    if not model.left:
        finish()
