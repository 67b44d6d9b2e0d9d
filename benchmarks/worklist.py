"""How long a page of the worklist takes, from 1,000 to 100,000 cases, beside opening all of them.

The other way is what one would do with `Workspace.summaries()`: open every line, put them into a
pandas table, filter, sort, and show the first 50. PostgreSQL is measured where its server programs
are at hand, with the server that the tests start: a socket, and no waiting for the disk.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from _table import write

from tmjkit.case import (
    AuthorizationRequest,
    Case,
    Coverage,
    Determination,
    Handling,
    Patient,
    Task,
    new_id,
)
from tmjkit.store import Argon2, WorklistQuery, Workspace

TODAY = date(2026, 11, 24)
SIZES = (1_000, 10_000, 100_000)
RUNS = 7
BATCH = 2_000
PAGE = 50
PASSPHRASE = "plainly fictional words"  # noqa: S105 -- of a workspace that is thrown away
ENDS = ("ple", "len", "son", "well", "berg", "ton", "ford", "man", "ley", "wood")
FAMILIES = [start + end for start in ("Exam", "Samp", "Speci", "Fict", "Demo") for end in ENDS]
DUTIES = ("Call the plan", "Ask for records", "Send the appeal", "Talk with the clinician")


def one_case(number: int, chance: random.Random) -> Case:
    """Return a plainly fictional case; one of 1,000 has a rare name, 3 of 10 are closed."""
    closed, sent, denied = number % 10 < 3, number % 10 > 4, number % 10 > 6
    due = TODAY + timedelta(days=chance.randint(-20, 120))
    handling = [Handling(date="2026-01-05", owner=f"Desk {number % 7}")]
    if closed:
        handling.append(Handling(date="2026-06-01", closed="paid"))
    return Case(
        patient=Patient(
            family=f"Rare{number}" if number % 1_000 == 7 else chance.choice(FAMILIES),
            given="Pat" if number % 5 == 0 else f"Given{number % 80}",
        ),
        coverages=(Coverage(payer=f"Example Health Plan {number % 30}", member_id=f"EX{number}"),),
        requests=(AuthorizationRequest(id=new_id("request"), sent="2026-10-01"),) if sent else (),
        determinations=(Determination(decision="denial", notice_date="2026-10-20"),)
        if denied
        else (),
        tasks=() if closed else (Task(title=chance.choice(DUTIES), due=due),),
        handling=tuple(handling),
    )


def fill(place: str, size: int) -> Workspace:
    """Make a workspace with so many cases."""
    cheap = Argon2(memory_kib=32, iterations=1, lanes=1)
    workspace, chance = Workspace.create(place, PASSPHRASE, kdf=cheap), random.Random(7)  # noqa: S311 -- the same cases each time
    for start in range(0, size, BATCH):
        cases = [one_case(number, chance) for number in range(start, min(size, start + BATCH))]
        workspace.save_new(cases, "front desk")
    return workspace


@contextmanager
def places() -> Iterator[dict[str, Callable[[int], str]]]:
    """Give, for each database at hand, what makes a place for a workspace of a size."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "store"))
    from store_postgres import Server, binaries

    programs = binaries()
    with tempfile.TemporaryDirectory() as folder:
        found = {"SQLite": lambda size: str(Path(folder) / f"{size}.tmjkit")}
        if programs is None:
            yield found
            return
        server = Server(programs)
        server.start()
        try:
            yield {**found, "PostgreSQL": lambda _: server.new_database()}
        finally:
            server.stop()


def questions(workspace: Workspace) -> dict[str, Callable[[], object]]:
    """Return what is measured: each a question and the work that answers it."""
    second = workspace.worklist(WorklistQuery(), TODAY, limit=PAGE).after

    def page(after: str | None = None, **asked: object) -> Callable[[], object]:
        query = WorklistQuery(**asked)
        return lambda: workspace.worklist(query, TODAY, after=after, limit=PAGE)

    def with_pandas() -> object:
        table = pd.DataFrame(workspace.summaries())
        table = table[table["stage"] != "closed"]
        return table.sort_values("next_due", key=lambda day: day.where(day != "", "~")).head(PAGE)

    def pandas_search() -> object:
        table = pd.DataFrame(workspace.summaries())
        return table[table["name"].str.contains("Rare7", regex=False)].head(PAGE)

    return {
        "first page, overdue first": page(),
        "second page": page(second),
        "stage: denied": page(stages=("denied",)),
        "one owner's cases": page(owners=("Desk 3",)),
        "one payer's cases": page(payers=("Example Health Plan 3",)),
        "overdue only": page(due="overdue"),
        "search: a rare name": page(words="rare7"),
        "search: a common name": page(words="pat"),
        "search: three common words": page(words="pat example call"),
        "search: two words that never meet": page(words="given pat"),
        "sorted by name": page(sort="name"),
        "sorted by name, second page": page(
            workspace.worklist(WorklistQuery(sort="name"), TODAY, limit=PAGE).after, sort="name"
        ),
        "sorted by payer": page(sort="payer"),
        "counts of the strip": lambda: workspace.worklist_counts(TODAY),
        "choices of the filters": workspace.worklist_choices,
        "all lines in pandas: first page": with_pandas,
        "all lines in pandas: a rare name": pandas_search,
    }


def milliseconds(work: Callable[[], object]) -> float:
    """Return the median time of some runs."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def main() -> None:
    """Measure every database and size, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=SIZES[-1], help="largest number of cases")
    most = parser.parse_args().most
    sizes = [size for size in SIZES if size <= most]
    columns: dict[str, dict[str, float]] = {}
    with places() as found:
        for name, place_of in found.items():
            for size in sizes:
                start = time.perf_counter()
                workspace = fill(place_of(size), size)
                taken = (time.perf_counter() - start) / size * 1000
                column = {"`save_new`, for each case": taken}
                column |= {what: milliseconds(work) for what, work in questions(workspace).items()}
                columns[f"{name}, {size:,}"] = column
                report(columns)


def report(columns: dict[str, dict[str, float]]) -> None:
    """Write what was measured so far: the largest takes many minutes to fill."""
    whats = next(iter(columns.values()))
    rows = [(what, *(f"{column[what]:.1f} ms" for column in columns.values())) for what in whats]
    write(
        "worklist",
        "A page of the worklist",
        [("what", *columns), *rows],
        notes=f"Median of {RUNS} runs with warm caches, {PAGE} rows on a page, 3 of 10 cases "
        "closed. Sorting by name or payer opens all that is asked for, as far as the order needs "
        "it. 'All lines in pandas' is what one would do without the worklist's index: open every "
        "sealed line, then filter and sort.",
    )


if __name__ == "__main__":
    main()
