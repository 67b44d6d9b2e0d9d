"""How long a list of all cases takes, beside what one would do without sealed summaries."""

import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from _table import write

from tmjkit.case import Case, Coverage, Measurement, Patient, Task, Treatment, new_id
from tmjkit.store import Argon2, Workspace

CASES = 100_000
OPENED = 2_000
RUNS = 9
BATCH = 2_000


def one_case(number: int) -> Case:
    """Return a plainly fictional case with eight treatments and six measurements."""
    note = "Worn every night; the pain on chewing came back after two weeks without it. "
    return Case(
        patient=Patient(family=f"Example {number}", given="Pat", birth_date="1980-02-29"),
        coverages=(Coverage(payer="Example Mutual Health Plan", member_id=f"EX{number}"),),
        treatments=tuple(
            Treatment(id=new_id("treatment"), kind="splint", start="2024-03", note=note * 3)
            for _ in range(8)
        ),
        measurements=tuple(
            Measurement(
                id=new_id("measurement"), instrument="nrs-pain", value=7, date=f"2024-0{month}-01"
            )
            for month in range(1, 7)
        ),
        tasks=(Task(id=new_id("task"), title="Send the internal appeal", due="2025-04-01"),),
    )


def fill(folder: Path) -> tuple[Workspace, Workspace, Path]:
    """Make a workspace with all cases, one with some of them, and plain files beside them."""
    cheap = Argon2(memory_kib=32, iterations=1, lanes=1)
    workspace = Workspace.create(folder / "all.tmjkit", "plainly fictional words", kdf=cheap)
    some = Workspace.create(folder / "some.tmjkit", "plainly fictional words", kdf=cheap)
    for start in range(0, CASES, BATCH):
        cases = [one_case(number) for number in range(start, start + BATCH)]
        workspace.save_new(cases, "front desk")
        if start == 0:
            some.save_new(cases[:OPENED], "front desk")
    plain = folder / "plain.sqlite"
    with sqlite3.connect(plain) as connection:
        connection.execute("CREATE TABLE a (case_id TEXT PRIMARY KEY, summary TEXT)")
        connection.execute("CREATE TABLE b (id, n, at, who, name, payer, stage, duty, due)")
        for row in workspace.summaries():
            texts = [row.case_id, row.revision, row.saved_at.isoformat(), *row[3:]]
            summary = json.dumps(dict(zip(row._fields, texts, strict=True)))
            connection.execute("INSERT INTO a VALUES (?, ?)", (row.case_id, summary))
            connection.execute("INSERT INTO b VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", texts)
    return workspace, some, plain


def plain_json(plain: Path) -> int:
    """List from unencrypted JSON."""
    with sqlite3.connect(plain) as connection:
        rows = connection.execute("SELECT summary FROM a ORDER BY case_id").fetchall()
    return len([json.loads(summary) for (summary,) in rows])


def plain_columns(plain: Path) -> int:
    """List from unencrypted columns."""
    with sqlite3.connect(plain) as connection:
        return len(connection.execute("SELECT * FROM b ORDER BY id").fetchall())


def full(workspace: Workspace, ids: list[str]) -> int:
    """Open the newest revision of each case and sum it up."""
    return len([workspace.load(case_id).case.summary() for case_id in ids])


def seconds(work: Callable[[], int], expected: int) -> float:
    """Return how long the work takes, and check that it did all of it."""
    start = time.perf_counter()
    done = work()
    taken = time.perf_counter() - start
    if done != expected:
        sys.exit(f"listed {done} cases instead of {expected}")
    return taken


def main() -> None:
    """Measure all ways in turn and write the table."""
    with tempfile.TemporaryDirectory() as name:
        workspace, some, plain = fill(Path(name))
        ids = [row.case_id for row in some.summaries()]
        size = Path(name, "all.tmjkit").stat().st_size / CASES
        ways = {
            "`Workspace.summaries()`, sealed": (lambda: len(workspace.summaries()), CASES),
            "plain SQLite, one JSON text per case": (lambda: plain_json(plain), CASES),
            "plain SQLite, a column per field": (lambda: plain_columns(plain), CASES),
            "open the newest sealed revision of each case": (lambda: full(some, ids), OPENED),
        }
        # One round after the other, so that a noisy minute touches all of them.
        rounds = [{way: seconds(*work) for way, work in ways.items()} for _ in range(RUNS)]
    medians = {way: statistics.median(one[way] for one in rounds) for way in ways}
    best = {way: min(one[way] for one in rounds) for way in ways}
    base = medians["`Workspace.summaries()`, sealed"] / CASES
    rows = [
        (
            way,
            f"{count:,}",
            f"{medians[way]:.2f} s",
            f"{best[way]:.2f} s",
            f"{medians[way] / count * 1e6:.1f} µs",
            f"{medians[way] / count / base:.2f}",
        )
        for way, (_, count) in ways.items()
    ]
    write(
        "store_list",
        "A list of all cases",
        [("way", "cases", "median", "best", "median per case", "times the first"), *rows],
        notes=f"{RUNS} interleaved runs, warm file cache, key at hand. A case takes "
        f"{size / 1000:.1f} kB of the file. The plain files hold no more than the list shows "
        "and are what a list would cost without any protection.",
    )


if __name__ == "__main__":
    main()
