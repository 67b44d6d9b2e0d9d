"""Sealed summaries: one small row per case, opened in bulk for lists.

The sealed text is the revision's time and author and the fields of
`tmjkit.case.CaseSummary`, separated by a control character: splitting text is ten times faster
than reading JSON, which counts when a list has 100,000 cases. It is bound to case and revision.
"""

from collections.abc import Callable, Sequence
from dataclasses import astuple, fields
from datetime import datetime

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection, insert, select, update

from tmjkit.case import Case, CaseSummary
from tmjkit.store.errors import DamagedRecord
from tmjkit.store.keys import NONCE_BYTES, Seals
from tmjkit.store.revisions import Revision, SummaryRow, write_time
from tmjkit.store.schema import case_summary

Summarize = Callable[[Case], CaseSummary]

FIELDS = ",".join(field.name for field in fields(CaseSummary))
"""What a summary is made of; a workspace whose summaries have other fields makes them anew."""

_SEPARATOR = "\x1f"


def seal_summary(case: Case, saved: Revision, summary: CaseSummary, seals: Seals) -> bytes:
    """Seal the summary of a case as of this revision."""
    texts = (write_time(saved.saved_at), saved.author, *astuple(summary))
    plain = _SEPARATOR.join(text.replace(_SEPARATOR, " ") for text in texts)
    return seals.summaries.seal(plain.encode(), _place(case.id, saved.number))


def open_summary(case_id: str, number: int, sealed: bytes, seals: Seals) -> SummaryRow:
    """Open one summary.

    Raises
    ------
    DamagedRecord
        When it was changed, or belongs to another case or revision.
    """
    return open_summaries([(case_id, number, sealed)], seals)[0]


def open_summaries(rows: Sequence[tuple[str, int, bytes]], seals: Seals) -> list[SummaryRow]:
    """Open the summaries of these rows (case id, revision, sealed), in their order.

    Raises
    ------
    DamagedRecord
        When one doesn't open; the error names its case.
    """
    opened = []
    decrypt, make, when = seals.summaries.decrypt, SummaryRow._make, datetime.fromisoformat
    case_id = ""
    try:
        for case_id, number, sealed in rows:
            plain = decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _place(case_id, number))
            saved_at, *texts = plain.decode().split(_SEPARATOR)
            opened.append(make((case_id, number, when(saved_at), *texts)))
    except (InvalidTag, ValueError, TypeError):
        raise DamagedRecord(
            f"The summary of {case_id} was changed or damaged in the database. Run a "
            "verification; when the case itself is whole, make the summaries anew."
        ) from None
    return opened


def list_summaries(connection: Connection, seals: Seals) -> list[SummaryRow]:
    """Open the summaries of all cases, ordered by id."""
    query = select(case_summary.c.case_id, case_summary.c.revision, case_summary.c.sealed)
    # The driver's own cursor: rows as plain tuples, nothing made for each of them.
    rows = connection.execute(query).cursor.fetchall()
    return sorted(open_summaries(rows, seals))


def add_summaries(connection: Connection, rows: Sequence[tuple[str, int, bytes]]) -> None:
    """Store the first summaries of new cases: rows of case id, revision and sealed bytes."""
    names = ("case_id", "revision", "sealed")
    connection.execute(insert(case_summary), [dict(zip(names, row, strict=True)) for row in rows])


def replace_summary(connection: Connection, case_id: str, number: int, sealed: bytes) -> None:
    """Put the summary of a case in the place of an older one; never of a newer one."""
    mine = case_summary.c.case_id == case_id
    done = connection.execute(
        update(case_summary)
        .where(mine, case_summary.c.revision <= number)
        .values(revision=number, sealed=sealed)
    )
    if not done.rowcount and connection.execute(select(case_summary).where(mine)).first() is None:
        add_summaries(connection, [(case_id, number, sealed)])


def _place(case_id: str, number: int) -> bytes:
    # An id has no blank, so no two places read the same.
    return f"summary {case_id} {number}".encode()
