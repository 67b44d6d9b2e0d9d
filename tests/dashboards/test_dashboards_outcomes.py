"""The pages of outcomes and reports: counts as they are recorded, commands that work."""

import json
import shlex
from pathlib import Path

import pytest

from tmjkit.case import Appeal, Case, Decision, Determination, Level, Outcome, Patient
from tmjkit.dashboards import outcomes_model
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.outcomes_model import NOT_SENT, OPEN, OutcomesModel
from tmjkit.dashboards.outcomes_page import OutcomesView, decided, few, stages
from tmjkit.dashboards.page import Page
from tmjkit.dashboards.reports_page import command, reports, reports_page
from tmjkit.resources import path
from tmjkit.store import Argon2, Workspace


def test_decisions_and_appeals_are_counted_as_recorded(workspace: Workspace, erisa: Case) -> None:
    mark = "<script>x</script>"
    appeals = (
        Appeal(sent="2026-01-02", outcome=Outcome.OVERTURNED),
        Appeal(sent="2026-01-02"),
        Appeal(),
    )
    workspace.save(Case(patient=Patient(family=mark), appeals=appeals), None, "setup")
    model = OutcomesModel(workspace)
    model.begin()
    assert not model.look()
    level = Appeal().level.label
    assert model.appeals == {
        (level, Outcome.OVERTURNED.label): 1,
        (level, OPEN): 1,
        (level, NOT_SENT): 1,
    }
    assert sum(model.decisions.values()) == len(erisa.determinations)
    assert sum(model.stages.values()) == 2
    shown = decided(model) + stages(model)
    assert "%" not in shown
    assert "1 decided appeal is recorded: too few" in shown
    assert "Not recorded" in shown
    assert "<script" not in shown


def test_the_page_counts_in_pieces_and_says_how_many_are_covered(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes_model, "PIECE", 2)
    sent = Appeal(sent="2026-01-02")
    cases = [Case(patient=Patient(given=f"P{one}"), appeals=(sent,)) for one in range(4)]
    workspace.save_new(cases, "setup")

    def opened(*_: object) -> None:
        raise AssertionError("a case was opened")

    monkeypatch.setattr(workspace, "load", opened)
    model = OutcomesModel(workspace)
    model.begin()
    view = OutcomesView(model, Desk())
    assert "0 of 5 so far" in view._covered.value
    view._model.look()
    view._show()
    assert "2 of 5 so far" in view._covered.value
    assert not view._decided.value
    # One that is begun while it counts is counted too, or not, but never told wrongly.
    workspace.save_new([Case(id="case-ffffffffffffffff", patient=Patient(given="Late"))], "setup")
    while not model.done:
        view.go_on()
    assert "all 6 cases of this workspace" in view._covered.value
    assert model.appeals[Appeal().level.label, OPEN] == 4
    assert sum(model.stages.values()) == 6


def test_every_ending_that_can_be_recorded_is_counted_under_its_name(tmp_path: Path) -> None:
    fresh = Workspace.create(
        tmp_path / "every.tmjkit", "passphrase of the test", kdf=Argon2(8 * 1024, 1, 1)
    )
    decisions = [
        Determination(decision=how, level=level, notice_date="2026-01-02")
        for how in Decision
        for level in Level
    ]
    appeals = [
        Appeal(sent="2026-01-02", level=one, outcome=how) for how in Outcome for one in Level
    ]
    fresh.save(Case(determinations=decisions, appeals=appeals), None, "setup")
    model = OutcomesModel(fresh)
    model.begin()
    assert not model.look()
    assert dict(model.decisions) == {(one.label, how.label): 1 for how in Decision for one in Level}
    assert dict(model.appeals) == {(one.label, how.label): 1 for how in Outcome for one in Level}


def test_small_numbers_are_called_small() -> None:
    assert "1 case is recorded: too few" in few(1, "case", "cases")
    assert "29 cases are recorded: too few" in few(29, "case", "cases")
    assert few(30, "case", "cases") == ""


def test_an_empty_workspace_says_so(tmp_path: Path) -> None:
    fresh = Workspace.create(
        tmp_path / "fresh.tmjkit", "passphrase of the test", kdf=Argon2(8 * 1024, 1, 1)
    )
    model = OutcomesModel(fresh)
    model.begin()
    view = OutcomesView(model, Desk())
    view.go_on()
    assert "No case is recorded: too few" in view._few.value
    assert "No case is recorded yet" in view._stages.value
    assert "No decision and no appeal" in view._decided.value


def test_every_report_that_ships_is_listed(tmp_path: Path) -> None:
    folder = path("notebooks") / "reports"
    names = [one.name for one in reports(folder)]
    assert names == sorted(file.stem for file in folder.glob("*.ipynb"))
    notebook = {"metadata": {"title": "Mine", "tmjkit": {"confidential": False}}}
    (tmp_path / "mine.ipynb").write_text(json.dumps(notebook))
    (mine,) = reports(tmp_path)
    assert (mine.name, mine.title, mine.confidential) == ("mine", "Mine", False)


@pytest.mark.parametrize("place", ["clinic.tmjkit", "a folder/it's; rm -rf x.tmjkit"])
def test_a_command_can_be_pasted(place: str) -> None:
    words = shlex.split(command("case", place, "case-12ab"))
    assert words[words.index("--workspace") + 1] == place
    assert words[-2:] == ["--cases", "case-12ab"]


def test_a_database_address_with_its_password_is_not_shown() -> None:
    assert "secret" not in command("case", "postgresql://clinic:secret@db/x")


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("case=case-example-erisa", True), ("case=case-000", False), ("case=<b>", False), ("", False)],
)
def test_the_open_case_is_named_only_when_there_is_one(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, asked: str, *, shown: bool
) -> None:
    monkeypatch.setenv("QUERY_STRING", asked)
    monkeypatch.setenv("TMJKIT_WORKSPACE", str(workspace.place))
    monkeypatch.setenv("TMJKIT_WORKSPACE_KEY", workspace.key.text())
    widget = reports_page(Page(), Desk())
    said = "".join(getattr(one, "value", "") for one in widget.children)
    assert ("--cases case-example-erisa" in said) is shown
    assert "<b>" not in said
