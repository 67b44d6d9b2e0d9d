"""Cases, notebooks and pages that the tests of the reports share; all people are fictional."""

from pathlib import Path

import nbformat.v4
from bs4 import BeautifulSoup

from tmjkit import examples
from tmjkit.case import Case, Treatment
from tmjkit.store import Argon2

PASSPHRASE = "plainly fictional words"
CHEAP = Argon2(memory_kib=32, iterations=1, lanes=1)
TODAY = "2026-11-23"
FIRST, SECOND = "case-00000000000000a1", "case-00000000000000b2"
HOSTILE = "<script>alert('x')</script><img src=https://example.org/x onerror=alert(1)> & splint"


def example() -> Case:
    """Return the example case that the tutorial follows."""
    return examples.load(examples.names()[0]).case


def named(case_id: str, family: str) -> Case:
    """Return the example case under another id and name."""
    case = example()
    patient = case.patient.model_copy(update={"family": family})
    return case.model_copy(update={"id": case_id, "patient": patient})


def hostile(case_id: str, family: str) -> Case:
    """Return a case with values that would be markup if they were not escaped."""
    case = named(case_id, family)
    return case.with_record(Treatment(kind="splint", name=HOSTILE, start="2024-03"))


def notebook(path: Path, *cells: str, **metadata: object) -> Path:
    """Write a notebook of one's own: a parameters cell, then these."""
    parameters = nbformat.v4.new_code_cell(
        "case_id = None\nmine = 'kept'", metadata={"tags": ["parameters"]}
    )
    node = nbformat.v4.new_notebook(
        cells=[parameters, *map(nbformat.v4.new_code_cell, cells)], metadata=metadata
    )
    nbformat.write(node, path)
    return path


def page(path: Path) -> BeautifulSoup:
    """Read a page."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
