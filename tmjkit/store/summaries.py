"""Sealed summaries: one small row per case, opened in bulk for lists, with its index beside it.

The sealed text is the revision's time and author and the fields of
`tmjkit.case.CaseSummary`, separated by a control character: splitting text is ten times faster
than reading JSON, which counts when a list has 100,000 cases. It is bound to case and revision.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection, delete, func, insert, select, text, update

from tmjkit.case import CaseSummary
from tmjkit.store import index
from tmjkit.store.database import insert_new
from tmjkit.store.errors import DamagedRecord
from tmjkit.store.keys import NONCE_BYTES, Seals, bound
from tmjkit.store.revisions import Revision, SummaryRow, write_time
from tmjkit.store.schema import case_summary, case_word, list_value

INDEX = "1"
FIELDS = ",".join([*(field.name for field in fields(CaseSummary)), f"index-{INDEX}"])
"""What summaries and their index are made of; where a workspace has others, they are made anew."""

SEPARATOR = "\x1f"
NAME, PAYER = (SummaryRow._fields[2:].index(name) for name in ("name", "payer"))
"""Where in the sealed text these fields stand."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A summary as it is stored: sealed, with how it stands in the index."""

    row: SummaryRow
    sealed: bytes
    entry: index.Entry

    @classmethod
    def make(cls, saved: Revision, summary: CaseSummary, seals: Seals) -> "Listed":
        """Seal the summary of a case as of this revision."""
        texts = [value.replace(SEPARATOR, " ") for value in (saved.author, *astuple(summary))]
        plain = SEPARATOR.join((write_time(saved.saved_at), *texts))
        sealed = seals.summaries.seal(plain.encode(), place_of(saved.case_id, saved.number))
        row = SummaryRow._make((saved.case_id, saved.number, saved.saved_at, *texts))
        return cls(row, sealed, index.entry(row, seals))

    def values(self) -> dict[str, Any]:
        """Return the values of its row by the names of the columns."""
        return {
            "case_id": self.row.case_id,
            "revision": self.row.revision,
            "sealed": self.sealed,
            **self.entry.columns(),
        }


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
            plain = decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place_of(case_id, number))
            saved_at, *texts = plain.decode().split(SEPARATOR)
            opened.append(make((case_id, number, when(saved_at), *texts)))
    except (InvalidTag, ValueError, TypeError):
        raise damaged(case_id) from None
    return opened


def damaged(case_id: str) -> DamagedRecord:
    """Make the error about a summary, or its place in the index, that isn't as it was saved."""
    return DamagedRecord(
        f"The summary of {case_id} was changed or damaged in the database. Run a "
        "verification; when the case itself is whole, make the summaries anew."
    )


def list_summaries(connection: Connection, seals: Seals) -> list[SummaryRow]:
    """Open the summaries of all cases, ordered by id."""
    query = select(case_summary.c.case_id, case_summary.c.revision, case_summary.c.sealed)
    # The driver's own cursor: rows as plain tuples, nothing made for each of them.
    rows = connection.execute(query).cursor.fetchall()
    return sorted(open_summaries(rows, seals))


def list_after(connection: Connection, seals: Seals, case_id: str, limit: int) -> list[SummaryRow]:
    """Open the summaries of so many cases whose ids follow this one, ordered by id."""
    columns = case_summary.c
    query = select(columns.case_id, columns.revision, columns.sealed)
    query = query.where(columns.case_id > case_id).order_by(columns.case_id).limit(limit)
    return open_summaries([tuple(row) for row in connection.execute(query)], seals)


def add_summaries(connection: Connection, new: Sequence[Listed], seals: Seals) -> None:
    """Store the first summaries of new cases, with their index."""
    connection.execute(insert(case_summary), [one.values() for one in new])
    _add_words(connection, new)
    _add_choices(connection, index.choices(one.row for one in new), seals)


def replace_summary(connection: Connection, new: Listed, seals: Seals) -> None:
    """Put the summary of a case in the place of an older one; never of a newer one."""
    mine = case_summary.c.case_id == new.row.case_id
    # The row stays locked until the end: what was read of it is what is replaced.
    query = select(case_summary.c.revision, case_summary.c.sealed).where(mine).with_for_update()
    old = connection.execute(query).first()
    if old is None:
        add_summaries(connection, [new], seals)
    elif old.revision <= new.row.revision:
        connection.execute(update(case_summary).where(mine).values(**new.values()))
        _replace_index(connection, old, new, seals)


def _replace_index(connection: Connection, old: Any, new: Listed, seals: Seals) -> None:
    """Write only what is different: a save seldom changes a name, a payer or the next duty."""
    case_id = new.row.case_id
    known: frozenset[int] = frozenset()
    shown: set[tuple[str, str]] = set()
    try:
        before = open_summary(case_id, old.revision, old.sealed, seals)
    except DamagedRecord:
        connection.execute(delete(case_word).where(case_word.c.case_id == case_id))
    else:
        known, shown = index.entry(before, seals).words, index.choices([before])
    gone = known - new.entry.words
    if gone:
        mine = (case_word.c.case_id == case_id) & case_word.c.token.in_(gone)
        connection.execute(delete(case_word).where(mine))
    added = new.entry.words - known
    if added:
        _write_words(connection, [(token, case_id) for token in sorted(added)])
    _add_choices(connection, index.choices([new.row]) - shown, seals)


def refresh_summary(connection: Connection, new: Listed, seals: Seals) -> None:
    """Put a summary in the place of one of the same revision; a newer one stays."""
    mine = case_summary.c.case_id == new.row.case_id
    query = select(case_summary.c.revision, case_summary.c.sealed).where(mine).with_for_update()
    old = connection.execute(query).first()
    if old is not None and old.revision == new.row.revision:
        connection.execute(update(case_summary).where(mine).values(**new.values()))
        _replace_index(connection, old, new, seals)


def forget_index(connection: Connection) -> None:
    """Remove words and choices, to make them anew; nobody else writes until the end."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE case_summary IN EXCLUSIVE MODE"))
    connection.execute(delete(case_word))
    connection.execute(delete(list_value))


def remake_summaries(connection: Connection, new: Sequence[Listed], seals: Seals) -> None:
    """Put summaries in the place of others, never of newer ones, after `forget_index`."""
    for one in new:
        mine = case_summary.c.case_id == one.row.case_id
        values = one.values()
        older = case_summary.c.revision <= one.row.revision
        done = connection.execute(update(case_summary).where(mine, older).values(**values))
        known = select(case_summary.c.case_id).where(mine)
        if not done.rowcount and connection.execute(known).first() is None:
            connection.execute(insert(case_summary).values(**values))
    _add_words(connection, new)
    _add_choices(connection, index.choices(one.row for one in new), seals)


def _add_words(connection: Connection, new: Sequence[Listed]) -> None:
    pairs = sorted((token, one.row.case_id) for one in new for token in one.entry.words)
    _write_words(connection, pairs)


def _write_words(connection: Connection, pairs: Sequence[tuple[int, str]]) -> None:
    """Store pairs of token and case id, of which some may be there already."""
    if not pairs:
        return
    if connection.dialect.name == "postgresql":
        # Two arrays instead of a statement for each row: many cases at once take a tenth.
        values = {"tokens": [pair[0] for pair in pairs], "ids": [pair[1] for pair in pairs]}
        connection.execute(_WORDS_OF_ARRAYS, values)
    else:
        rows = [{"token": token, "case_id": case_id} for token, case_id in pairs]
        connection.execute(insert_new(connection, case_word), rows)


_WORDS_OF_ARRAYS = text(
    "INSERT INTO case_word (token, case_id) "
    "SELECT * FROM unnest(CAST(:tokens AS integer[]), CAST(:ids AS text[])) "
    "ON CONFLICT DO NOTHING"
)


def _add_choices(connection: Connection, new: Iterable[tuple[str, str]], seals: Seals) -> None:
    rows = []
    for kind, value in new:
        made = seals.digest("list value", kind, value)
        place = bound("list value", kind, made)
        sealed = seals.values.seal(value.encode(), place)
        rows.append({"id": made, "kind": kind, "token": seals.token(kind, value), "sealed": sealed})
    if rows:
        # In one order everywhere, so that two who add the same never wait for each other.
        rows.sort(key=lambda row: str(row["id"]))
        connection.execute(insert_new(connection, list_value), rows)


def list_choices(connection: Connection, seals: Seals, kind: str) -> tuple[str, ...]:
    """Return the values of this kind that some case has, sorted as people sort them.

    Raises
    ------
    DamagedRecord
        When one was changed in the database.
    """
    column = case_summary.c[kind]
    used = select(case_summary.c.case_id).where(column == list_value.c.token).exists()
    query = select(list_value).where(list_value.c.kind == kind, used)
    try:
        found = [_open_choice(row, seals) for row in connection.execute(query)]
    except (InvalidTag, TypeError, ValueError):
        raise DamagedRecord(
            "A choice of the worklist's filters was changed or damaged in the database. Make "
            "the summaries anew: that makes the choices anew too."
        ) from None
    return tuple(sorted(found, key=str.casefold))


def index_fault(connection: Connection, row: Any, opened: SummaryRow, seals: Seals) -> str:
    """Say what is wrong with how a summary stands in the index; empty where nothing is.

    Too many words do no harm, because what is found is looked at. A missing one hides the case.
    """
    entry = index.entry(opened, seals)
    if any(getattr(row, name) != value for name, value in entry.columns().items()):
        return "its place in the worklist was changed"
    mine = (case_word.c.case_id == row.case_id) & case_word.c.token.in_(entry.words)
    query = select(func.count()).select_from(case_word).where(mine)
    if connection.execute(query).scalar_one() != len(entry.words):
        return "a word by which it is found is missing"
    return ""


def choice_faults(connection: Connection, seals: Seals) -> Iterator[str]:
    """Yield what is wrong with each choice of the filters that isn't what was stored."""
    for row in connection.execute(select(list_value)):
        try:
            value = _open_choice(row, seals)
            made = seals.digest("list value", row.kind, value), seals.token(row.kind, value)
            whole = (row.id, row.token) == made
        except (InvalidTag, TypeError, ValueError):
            whole = False
        if not whole:
            yield "a choice of the worklist's filters was changed or damaged"


def _open_choice(row: Any, seals: Seals) -> str:
    return seals.values.open(row.sealed, bound("list value", row.kind, row.id)).decode()


def place_of(case_id: str, number: int) -> bytes:
    """Return what a sealed summary is bound to."""
    # An id has no blank, so no two places read the same.
    return f"summary {case_id} {number}".encode()
