"""Whether everything in a workspace is what was saved, and no revision is missing.

A chain shows a change, a gap and a cut in the middle. A cut at its end shows because the sealed
summary names the newest revision. Whoever can put back an old copy of the whole database is
found out only by comparing `Verification.head` with one that was kept elsewhere.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from tmjkit.store import documents, notes
from tmjkit.store.errors import DamagedRecord
from tmjkit.store.keys import Seals
from tmjkit.store.revisions import FIRST, Row, chained, open_row, row_place
from tmjkit.store.schema import case_summary, document, revision
from tmjkit.store.summaries import choice_faults, index_fault, open_summary


@dataclass(frozen=True)
class Fault:
    """One thing that isn't as it was saved.

    Parameters
    ----------
    case_id
        The case; empty for a document, a note, or a choice of the worklist's filters.
    revision
        Number of the broken revision; 0 where there is no case.
    what
        What is wrong, without a word of the content.
    """

    case_id: str
    revision: int
    what: str

    def __str__(self) -> str:
        return (
            f"{self.case_id} revision {self.revision}: {self.what}" if self.case_id else self.what
        )


@dataclass(frozen=True)
class Verification:
    """What a verification looked at and what it found.

    Parameters
    ----------
    cases, revisions, documents
        How many of each were looked at.
    faults
        What is wrong; empty when all is well.
    head
        SHA-256 (hex) over the newest hash of every case, in the order of their ids; it changes
        with every save. Kept elsewhere between two days of work, it shows whether the workspace
        was set back as a whole in between.
    """

    cases: int
    revisions: int
    documents: int
    faults: tuple[Fault, ...]
    head: str

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(connection: Connection, seals: Seals, case_id: str | None = None) -> Verification:
    """Check one case, or everything in the workspace."""
    chains = select(revision).order_by(revision.c.case_id, revision.c.revision)
    listed = select(case_summary)
    if case_id is not None:
        chains = chains.where(revision.c.case_id == case_id)
        listed = listed.where(case_summary.c.case_id == case_id)
    walk = _Walk(seals)
    faults = list(walk.faults(connection.execute(chains, execution_options={"yield_per": 100})))
    summaries = {row.case_id: row for row in connection.execute(listed)}
    for name, (number, _) in walk.heads.items():
        summary = summaries.pop(name, None)
        if summary is None:
            faults.append(Fault(name, number, "its summary is missing"))
        elif summary.revision > number:
            faults.append(Fault(name, number + 1, "is missing at the end of the history"))
        elif summary.revision < number:
            faults.append(Fault(name, number, "its summary is of an earlier revision"))
        else:
            try:
                opened = open_summary(name, summary.revision, summary.sealed, seals)
            except DamagedRecord:
                faults.append(Fault(name, number, "its summary was changed or damaged"))
            else:
                wrong = index_fault(connection, summary, opened, seals)
                faults += [Fault(name, number, wrong)] if wrong else []
    faults += [Fault(row.case_id, 1, "the whole history is missing") for row in summaries.values()]
    counted = 0
    if case_id is None:
        for document_id in connection.execute(select(document.c.id)).scalars().all():
            counted += 1
            try:
                documents.get(connection, document_id, seals)
            except DamagedRecord:
                what = f"document: {document_id[:12]}… was changed or damaged"
                faults.append(Fault("", 0, what))
        beside = (*choice_faults(connection, seals), *notes.faults(connection, seals))
        faults += [Fault("", 0, what) for what in beside]
    total = hashlib.sha256()
    for name in sorted(walk.heads):
        total.update(f"{name} {walk.heads[name][1]}\n".encode())
    return Verification(len(walk.heads), walk.seen, counted, tuple(faults), total.hexdigest())


class _Walk:
    """A walk along the chains, case after case."""

    def __init__(self, seals: Seals) -> None:
        self._seals = seals
        self.seen = 0
        self.heads: dict[str, tuple[int, str]] = {}

    def faults(self, rows: Iterable[Row]) -> Iterator[Fault]:
        for row in rows:
            self.seen += 1
            last, last_hash = self.heads.get(row.case_id, (0, FIRST))
            self.heads[row.case_id] = (row.revision, row.hash)
            for missing in range(last + 1, row.revision):
                yield Fault(row.case_id, missing, "is missing")
            what = self._wrong(row)
            if not what and row.revision == last + 1 and row.previous_hash != last_hash:
                what = "doesn't follow from the revision before it"
            if what:
                yield Fault(row.case_id, row.revision, what)

    def _wrong(self, row: Row) -> str:
        if row.hash != chained(row_place(row), row.sealed):
            return "was changed: its hash is another"
        try:
            open_row(row, self._seals.revisions)
        except DamagedRecord:
            return "was changed or can't be read: it doesn't open"
        return ""
