"""A page in its kernel: where its workspace comes from, and what it does when it can't."""

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import ipywidgets as w
import pytest

from tmjkit.case import Case, Task
from tmjkit.dashboards import page as page_module
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.intake_questions import FINDING
from tmjkit.dashboards.intake_view import intake_page
from tmjkit.dashboards.page import AUTHOR, KEY, WORKSPACE, Page, case_page
from tmjkit.store import StoreError, Workspace


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    shown: list[object] = []
    monkeypatch.setattr(page_module, "display", shown.append)
    return shown


def text(shown: list[object]) -> str:
    values = []
    left = list(shown)
    while left:
        widget = left.pop()
        left += getattr(widget, "children", ())
        values.append(str(getattr(widget, "value", "")))
    return "\n".join(values)


def test_the_key_is_taken_out_of_the_environment(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WORKSPACE, workspace.place)
    monkeypatch.setenv(KEY, workspace.key.text())
    page = Page()
    assert page.workspace.id == workspace.id
    assert KEY not in os.environ
    assert page.workspace is page.workspace


def test_the_case_comes_from_the_address(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, displayed: list[object]
) -> None:
    monkeypatch.setenv(WORKSPACE, workspace.place)
    monkeypatch.setenv(KEY, workspace.key.text())
    monkeypatch.setenv("QUERY_STRING", "case=case-example-erisa&x=1")
    Page().show(case_page)
    assert "Avery Example" in text(displayed)


def test_without_a_case_there_is_the_way_to_one(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, displayed: list[object]
) -> None:
    monkeypatch.setenv(WORKSPACE, workspace.place)
    monkeypatch.setenv(KEY, workspace.key.text())
    monkeypatch.setenv("QUERY_STRING", "")
    Page().show(case_page)
    assert 'href="worklist.ipynb"' in text(displayed)
    assert "?case=new" in text(displayed)


def test_what_is_wrong_with_the_workspace_is_told(
    monkeypatch: pytest.MonkeyPatch, displayed: list[object], tmp_path: Path
) -> None:
    monkeypatch.delenv(WORKSPACE, raising=False)
    Page().show(case_page)
    assert "tmjkit serve" in text(displayed)
    monkeypatch.setenv(WORKSPACE, str(tmp_path / "missing.tmjkit"))
    monkeypatch.setenv("TMJKIT_PASSPHRASE", "some passphrase")
    with pytest.raises(StoreError):
        _ = Page().workspace


def test_an_unforeseen_error_is_a_number(
    displayed: list[object], capfd: pytest.CaptureFixture[str]
) -> None:
    def build(*_: object) -> None:
        raise RuntimeError("Avery Example")

    Page().show(build)
    assert "report it with the number" in text(displayed)
    assert "Avery" not in text(displayed)
    assert "Avery" not in capfd.readouterr().err


def test_who_saves_is_named_by_the_environment_or_the_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(AUTHOR, "front desk")
    assert Page().author == "front desk"
    monkeypatch.delenv(AUTHOR)
    assert Page().author


def test_the_notebook_is_thin() -> None:
    notebook = json.loads(Path("notebooks/case.ipynb").read_text())
    sources = [cell["source"] for cell in notebook["cells"]]
    assert len(sources) <= 4
    assert all(len("".join(source)) < 80 for source in sources)
    assert all(not cell["outputs"] for cell in notebook["cells"])


def test_in_a_notebook_the_style_sheet_comes_along_and_touches_nothing_else(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, displayed: list[object]
) -> None:
    monkeypatch.setenv(WORKSPACE, workspace.place)
    monkeypatch.setenv(KEY, workspace.key.text())
    monkeypatch.delenv("SERVER_SOFTWARE", raising=False)
    page = Page("case-example-erisa")
    page.show(case_page)
    shown = text(displayed)
    assert "Avery Example" in shown
    sheet = shown.partition("<style>")[2].partition("</style>")[0]
    assert sheet.startswith(".tmj-lab {")
    assert sheet.count("{") == sheet.count("}")
    depth = 0
    for line in sheet.splitlines()[1:-1]:
        depth += line.count("{") - line.count("}")
        assert depth >= 0, "nothing stands outside the class"
    assert "prefers-color-scheme" not in sheet
    displayed.clear()
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    page.show(case_page)
    assert "<style>" not in text(displayed), "the template has it"


class Calendar(date):
    """The computer's own day."""

    now = date(2026, 11, 24)

    @classmethod
    def today(cls) -> date:  # type: ignore[override]
        return cls.now


@pytest.mark.parametrize("build", [case_page, intake_page])
def test_a_page_left_open_overnight_is_right_in_the_morning(
    workspace: Workspace,
    erisa: Case,
    monkeypatch: pytest.MonkeyPatch,
    build: Callable[[Page, Desk], w.Widget],
) -> None:
    monkeypatch.setenv(WORKSPACE, workspace.place)
    monkeypatch.setenv(KEY, workspace.key.text())
    monkeypatch.setattr(page_module, "date", Calendar)
    workspace.save(erisa.with_record(Task(title="Call the plan", due="2026-11-24")), 1, "setup")
    note = json.dumps({"place": FINDING, "made": {}, "done": [], "begun": ""}).encode()
    looks: list[Callable[[], object]] = []
    monkeypatch.setattr(Desk, "every", lambda *given: looks.append(given[-1]))
    page = Page(erisa.id)
    workspace.put_note(page.author, f"intake {erisa.id}", note)
    shown = build(page, Desk())
    before = text([shown])
    assert "November 24, 2026, today" in before
    [look] = looks
    look()
    assert text([shown]) == before
    monkeypatch.setattr(Calendar, "now", date(2026, 11, 25))
    look()
    after = text([shown])
    assert "was November 24, 2026" in after
    assert "November 24, 2026, today" not in after
