"""How long a batch report takes, beside `jupyter nbconvert --execute` on the same notebook."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import nbformat
from _table import write

from tmjkit import examples
from tmjkit.case import new_id
from tmjkit.reports import run_reports, template
from tmjkit.store import Argon2, Workspace

ROUNDS = 7
BATCH = 5
TODAY = date(2026, 11, 23)
# Guessing a passphrase is not what is measured here.
CHEAP = Argon2(memory_kib=32, iterations=1, lanes=1)


def by_nbconvert(notebook: Path, workspace: Workspace) -> float:
    """Return the seconds that nbconvert's own command takes for one report."""
    given = {"TMJKIT_WORKSPACE": workspace.place, "TMJKIT_WORKSPACE_KEY": workspace.key.text()}
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", str(notebook)]
    begun = time.perf_counter()
    subprocess.run(command, env=os.environ | given, check=True, capture_output=True)
    return time.perf_counter() - begun


def by_tmjkit(cases: list[str], folder: Path, workspace: Workspace) -> float:
    """Return the seconds that a batch takes for each report."""
    begun = time.perf_counter()
    results = run_reports(
        "case", cases, folder, workspace=workspace.place, key=workspace.key, today=TODAY
    )
    seconds = time.perf_counter() - begun
    failed = [result.error for result in results if result.error]
    if failed:
        sys.exit(f"a report failed: {failed[0]}")
    return seconds / len(cases)


def main() -> None:
    """Measure both in turn, so that a noisy minute touches both."""
    case = examples.load(examples.names()[0]).case
    cases = [case.model_copy(update={"id": new_id("case")}) for _ in range(BATCH)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace.create(folder / "bench.tmjkit", "only for measuring", kdf=CHEAP)
        workspace.save_new(cases, "benchmark")
        node = template.read(template.find("case"))
        template.parametrize(node, cases[0].id, TODAY)
        nbformat.write(node, folder / "case.ipynb")
        ids = [one.id for one in cases]
        theirs, ours = [], []
        for _ in range(ROUNDS):
            theirs.append(by_nbconvert(folder / "case.ipynb", workspace))
            ours.append(by_tmjkit(ids, folder / "reports", workspace))
    slow, fast = statistics.median(theirs), statistics.median(ours)
    write(
        "reports",
        "Time of a batch report",
        [
            ("way", "median a report", "ratio"),
            ("`jupyter nbconvert --execute --to html`", f"{slow:.2f} s", "1.0"),
            ("`tmjkit report`, a fresh kernel for each", f"{fast:.2f} s", f"{slow / fast:.1f}"),
        ],
        notes=f"Medians of {ROUNDS} interleaved rounds; a round of ours is a batch of {BATCH} "
        "reports in one process, one after the other, whose own start and imports count in the "
        "first round only. Both run the same notebook on the same case; in both each report has "
        "a Python process of its own.",
    )


if __name__ == "__main__":
    main()
