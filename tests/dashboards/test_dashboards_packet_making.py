"""A packet is made beside the page: it says how far it is, and other clicks are answered."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from tmjkit.dashboards import background, packet_model
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.packet_view import PacketView
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.dashboards.policy_model import PolicyModel

PATIENCE = 60


@pytest.fixture
def view(model: CaseModel) -> PacketView:
    papers = PapersModel(model)
    papers.want("appeal")
    made = PacketView(CaseContext(model, Desk(), papers, PolicyModel(model)))
    made.refresh()
    return made


class Door:
    """Holds the making up at the first document that its thread reads."""

    def __init__(self, read: Callable[[str], bytes], error: Exception | None = None) -> None:
        self.read, self.error = read, error
        self.reached, self.open = threading.Event(), threading.Event()
        self.threads: set[int] = set()

    def __call__(self, digest: str) -> bytes:
        if threading.current_thread().name == "tmjkit-work":
            self.reached.set()
            assert self.open.wait(PATIENCE)
            if self.error is not None:
                raise self.error
        return self.read(digest)


@pytest.fixture
def door(view: PacketView, monkeypatch: pytest.MonkeyPatch) -> Door:
    workspace = view._papers.case_model.workspace
    made = Door(workspace.get_document)
    monkeypatch.setattr(type(workspace), "get_document", lambda _, digest: made(digest))
    return made


def make(view: PacketView, door: Door, meanwhile: Callable[[], object] = lambda: None) -> list[str]:
    """Click the button, do something else while it works; return what was shown until its end."""
    shown: list[str] = []
    here = threading.get_ident()

    def note(change: dict[str, Any]) -> None:
        assert threading.get_ident() == here, "a widget was touched by the thread"
        shown.append(change["new"])

    async def click() -> None:
        ended = asyncio.Event()
        view._result.observe(note, "value")
        view._button.observe(lambda change: change["new"] or ended.set(), "disabled")
        view._button.click()
        assert await asyncio.to_thread(door.reached.wait, PATIENCE)
        await asyncio.sleep(0)
        assert view._button.disabled
        assert view._button.description == "Making the packet …"
        meanwhile()
        view._button.click()  # a second one makes no second packet
        door.open.set()
        await asyncio.wait_for(ended.wait(), PATIENCE)

    asyncio.run(click())
    return shown


def test_it_says_how_far_it_is_and_the_page_is_not_held_up(view: PacketView, door: Door) -> None:
    shown = make(view, door)
    told = [one for one in shown if "<progress" in one]
    assert "checking the letter" in told[0]
    assert any("reading exhibit B, " in one for one in told)
    assert any("putting in exhibit B, " in one for one in told)
    assert "checking where it goes" in told[-1]
    assert sum("reading cover" in one for one in told) <= 1
    done = [int(one.partition('value="')[2].partition('"')[0]) for one in told]
    assert done == sorted(done)
    assert "The packet has" in view._result.value
    assert "The packet is made" in view._desk.notice.value
    assert not view._button.disabled
    assert view._button.description == "Make and check the packet"
    assert len(view._files.children) == 1


def test_what_is_changed_meanwhile_puts_the_packet_aside(view: PacketView, door: Door) -> None:
    rows = view._model.rows(view._letter)
    last = rows[-1].document.id

    make(view, door, lambda: view._move(last, 0))

    assert view._model.rows(view._letter)[0].document.id == last
    assert "Make it again" in view._desk.notice.value
    assert "The packet has" not in view._result.value
    assert len(view._files.children) == 0


def test_what_goes_wrong_in_the_thread_is_told_in_its_words(view: PacketView, door: Door) -> None:
    door.error = KeyError("no such document")
    make(view, door)
    assert "No packet was made. Exhibit A (document-" in view._desk.notice.value
    assert "Add the document to the case again" in view._desk.notice.value
    assert not view._button.disabled
    assert view._result.value == ""


def test_what_nobody_foresaw_is_told_by_a_number(
    view: PacketView, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: object) -> None:
        raise RuntimeError("Avery Example")

    monkeypatch.setattr(packet_model, "people_in", wrong)
    make(view, door)
    assert "report it with the number" in view._desk.notice.value
    assert "Avery" not in view._desk.notice.value
    assert not view._button.disabled


def test_without_a_loop_it_is_done_at_once() -> None:
    told: list[int] = []
    results: list[int] = []

    def work(tell: Callable[..., None]) -> int:
        tell(1)
        return 2

    background.run(work, tell=told.append, done=lambda outcome: results.append(outcome()))
    assert (told, results) == ([1], [2])
