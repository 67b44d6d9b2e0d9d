"""A workspace with an example case, and a desk."""

from datetime import date
from pathlib import Path

import pytest

from tmjkit.case import Case
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.examples import load
from tmjkit.store import Argon2, Workspace

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def erisa() -> Case:
    return load("self-funded-erisa-denial").case


@pytest.fixture
def workspace(tmp_path: Path, erisa: Case) -> Workspace:
    made = Workspace.create(
        tmp_path / "cases.tmjkit", "passphrase of the test", kdf=Argon2(8 * 1024, 1, 1)
    )
    for data in load("self-funded-erisa-denial").documents.values():
        made.put_document(data)
    made.save(erisa, None, "setup")
    return made


@pytest.fixture
def model(workspace: Workspace, erisa: Case) -> CaseModel:
    made = CaseModel(workspace, "me", TODAY)
    made.load(erisa.id)
    return made


@pytest.fixture
def other(workspace: Workspace, erisa: Case) -> CaseModel:
    """Return the same case, open for somebody else."""
    made = CaseModel(workspace, "somebody else", TODAY)
    made.load(erisa.id)
    return made
