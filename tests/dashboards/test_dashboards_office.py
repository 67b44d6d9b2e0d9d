"""The worklist and the page of a case judge by the same policies: the office's own."""

from datetime import date
from pathlib import Path

import pytest

from tmjkit.case import Case, Coverage, Patient
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.page import KEY, WORKSPACE, Page
from tmjkit.dashboards.policy_model import PolicyModel
from tmjkit.dashboards.worklist_model import WorklistModel
from tmjkit.dashboards.worklist_page import worklist_page
from tmjkit.store import Argon2, Workspace

TODAY = date(2026, 11, 24)
POLICY = """
policies:
- id: example-health-7
  title: Botulinum toxins
  payer: Example Health
  number: EX-7
  effective: 2026-01-01
  retrieved: 2026-11-20
  criteria: {test: age, at_least: 60}
"""
CASE = Case(
    patient=Patient(family="Example", given="Pat", birth_date="1980-02-29"),
    coverages=(Coverage(payer="Example Health", policy="example-health-7"),),
)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    place = tmp_path / "office.tmjkit"
    made = Workspace.create(place, "passphrase of the test", kdf=Argon2(8 * 1024, 1, 1))
    monkeypatch.setenv(WORKSPACE, str(place))
    monkeypatch.setenv(KEY, made.key.text())
    monkeypatch.delenv("TMJKIT_KNOWLEDGE", raising=False)
    return Page(today=TODAY)


def listed(model: WorklistModel) -> int:
    """Return what the list says that the one case lacks, once it is up to date."""
    assert model.bring_up_to_date(10) == 0
    model.open()
    (row,) = model.page.rows
    return int(row.readiness)


def test_a_policy_that_is_entered_counts_in_the_list_as_on_the_page(
    page: Page, tmp_path: Path
) -> None:
    page.workspace.save(CASE, None, "ann")
    model = WorklistModel(page.workspace, "ann", lambda: TODAY)
    case = CaseModel(page.workspace, "ann", TODAY)
    case.load(CASE.id)
    policy = PolicyModel(case)
    without = listed(model)
    assert not case.assessment(policy.library).criteria

    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "seven.yaml").write_text(POLICY, encoding="utf-8")
    policy.reload()
    (judged,) = case.assessment(policy.library).criteria
    assert judged.policy.id == "example-health-7"
    assert not page.office.trouble
    # Nobody saved the case: the list finds out by itself.
    assert listed(model) == without + 1
    # And a save counts the same at once.
    page.workspace.save(CASE, 1, "ann")
    (row,) = page.workspace.summaries()
    assert int(row.readiness) == without + 1

    (tmp_path / "knowledge" / "seven.yaml").unlink()
    assert listed(model) == without


def test_policies_that_cannot_be_read_are_told_of_above_the_list(
    page: Page, tmp_path: Path
) -> None:
    desk = Desk()
    worklist_page(page, desk)
    assert not desk.notice.value
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "broken.yaml").write_text("policies: 7", encoding="utf-8")
    worklist_page(page, desk)
    assert "counted without them: broken.yaml" in desk.notice.value
