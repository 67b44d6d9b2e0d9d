"""Why a rule is set aside: what is typed outlives the page, and no click cuts it off."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import ipywidgets as w
import pytest

from tmjkit.case import ExportedLetter
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.letter_preview import Piece, pieces_of
from tmjkit.dashboards.letter_preview_view import PreviewView
from tmjkit.dashboards.letter_reasons import Reasons
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.dashboards.policy_model import PolicyModel
from tmjkit.dashboards.typed import as_shown, digest
from tmjkit.dashboards.worklist_filters import Filters
from tmjkit.dashboards.worklist_model import WorklistModel
from tmjkit.dashboards.worklist_saved import SavedView
from tmjkit.dashboards.written_view import WrittenView
from tmjkit.letters import Letter, Paragraph, Run

RULE = "approved-use"
Shown = Callable[[str], tuple[PreviewView, Reasons]]


def widgets(root: w.Widget) -> list[w.Widget]:
    return [root, *(one for child in getattr(root, "children", ()) for one in widgets(child))]


def buttons(root: w.Widget, label: str) -> list[w.Button]:
    return [one for one in widgets(root) if isinstance(one, w.Button) and one.description == label]


def reasons_in(root: w.Widget) -> list[w.Textarea]:
    return [one for one in widgets(root) if isinstance(one, w.Textarea)]


def tells_what_came(root: w.Widget) -> bool:
    """Tell whether the inputs stand in a box that typed.js reads, with the number they make."""
    for place in widgets(root):
        if {"tmj-form", "tmj-typing"} & set(getattr(place, "_dom_classes", ())):
            inside = widgets(place)
            lines = [one.value for one in inside if isinstance(one, w.HTML)]
            told = [int(one) for line in lines for one in re.findall(r'tmj-typed="(\d+)"', line)]
            kept = [
                (name, one)
                for one in inside
                for name in one._dom_classes
                if name.startswith("tmj-kept--")
            ]
            inputs = [one for one in inside if isinstance(one, w.Text | w.Textarea | w.Dropdown)]
            assert len(kept) == len(inputs) > 0
            assert all(re.fullmatch(r"tmj-kept--[a-z0-9._-]+", name) for name, _ in kept)
            expected = sum(digest(f"{name}={as_shown(one)}") for name, one in kept)
            return told == [expected]
    return False


@pytest.fixture
def papers(model: CaseModel, monkeypatch: pytest.MonkeyPatch) -> PapersModel:
    """Return the letters of a case in which two sentences of each break one rule."""
    made = PapersModel(model)
    plain = made.compose

    def bold(kind: str, **options: object) -> Letter:
        letter = plain(kind, **options)  # type: ignore[arg-type]
        claims = [
            Paragraph((Run(f"The toxin is FDA-approved for {it}."),)) for it in ("TMD", "TMJ")
        ]
        return replace(letter, blocks=(*letter.blocks, *claims))

    monkeypatch.setattr(made, "compose", bold)
    return made


@pytest.fixture
def shown(papers: PapersModel) -> Shown:
    """Show a letter as a page does that was opened anew."""

    def show(kind: str) -> tuple[PreviewView, Reasons]:
        papers.choose(kind)
        reasons = Reasons(papers)
        view = PreviewView(Desk(), lambda _: None, reasons)
        look(papers, view, reasons)
        return view, reasons

    return show


def look(papers: PapersModel, view: PreviewView, reasons: Reasons) -> tuple[Piece, ...]:
    found = papers.shown()
    assert found is not None
    case = papers.case_model.open_case()
    mine = [one for one in found.objections if one.rule == RULE]
    pieces = pieces_of(found.letter, case, mine, papers.known)
    reasons.show(found.letter)
    view.show(pieces)
    return pieces


def test_a_reason_that_was_begun_comes_back_once_beside_its_own_letter(
    papers: PapersModel, shown: Shown
) -> None:
    view, reasons = shown("appeal")
    assert reasons_in(view.widget) == []
    assert len(buttons(view.widget, "Set aside")) == 2
    buttons(view.widget, "Set aside")[1].click()
    [why] = reasons_in(view.widget)
    why.value = "It is quoted from the denial"
    assert tells_what_came(view.widget)
    papers.choose("peer-to-peer")
    look(papers, view, reasons)
    assert reasons_in(view.widget) == [], "a reason is for the letter that it was typed for"
    again, _ = shown("appeal")
    [why] = reasons_in(again.widget)
    assert why.value == "It is quoted from the denial"
    assert tells_what_came(again.widget)
    assert papers.case_model.open_case().overrides == ()


def test_a_reason_that_is_kept_or_given_up_leaves_no_draft(
    papers: PapersModel, shown: Shown
) -> None:
    for end in ("Give it up", "Keep the reason"):
        view, reasons = shown("appeal")
        assert reasons_in(view.widget) == []
        buttons(view.widget, "Set aside")[0].click()
        [why] = reasons_in(view.widget)
        why.value = "It is quoted from the denial"
        assert reasons.left(RULE) == why.value
        buttons(view.widget, end)[0].click()
        assert reasons.left(RULE) == ""
    [kept] = papers.case_model.open_case().overrides
    assert (kept.rule, kept.why) == (RULE, "It is quoted from the denial")


def test_a_reason_stays_until_it_is_settled_what_is_kept(
    papers: PapersModel, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    view, reasons = shown("appeal")
    buttons(view.widget, "Set aside")[0].click()
    [why] = reasons_in(view.widget)
    why.value = "It is quoted from the denial"
    monkeypatch.setattr(papers.case_model, "update", lambda *_, **__: False)
    buttons(view.widget, "Keep the reason")[0].click()
    assert reasons.left(RULE) == "It is quoted from the denial"


def test_the_day_of_sending_is_typed_and_half_of_it_is_told(model: CaseModel) -> None:
    letters = PapersModel(model)
    letters.make("appeal", "pdf", draft=False)
    view = WrittenView(CaseContext(model, Desk(), letters, PolicyModel(model)))
    view.refresh()
    buttons(view.widget, "It was sent")[0].click()
    row = view._rows
    [day] = [one for one in widgets(row) if isinstance(one, w.Text)]
    assert day.value == model.today.isoformat()
    assert tells_what_came(row)
    day.value = "2026-11-2"
    assert tells_what_came(row)
    buttons(row, "Keep that it was sent")[0].click()
    assert any(
        "finish it or clear it" in one.value for one in widgets(row) if hasattr(one, "value")
    )
    [letter] = model.open_case().letters
    assert isinstance(letter, ExportedLetter)
    assert letter.sent is None
    day.value = "11/23/2026"
    buttons(row, "Keep that it was sent")[0].click()
    [letter] = model.open_case().letters
    assert str(letter.sent) == "2026-11-23"


def test_the_name_of_a_filter_is_told_as_it_comes(model: CaseModel) -> None:
    work = WorklistModel(model.workspace, "me", lambda: date(2026, 11, 23))
    view = SavedView(work, Desk(), Filters(model.workspace, "me"))
    view._name.value = "my appeals"
    assert tells_what_came(view.widget)
