"""Revisions of cases: what a row of the table `revision` says, and how it is bound.

Each row's hash is SHA-256 over the hash of the revision before it, the case id, the revision's
number, time and author, and the sealed bytes. The same five, without the bytes, are bound into
the seal: whoever changes an author and computes all hashes anew still can't make it open.
"""

import hashlib
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol, Self

from cryptography.exceptions import InvalidTag

from tmjkit.case import Case
from tmjkit.store.errors import DamagedRecord, ReadableId, StoreError
from tmjkit.store.keys import Seal, bound

FIRST = ""
"""What the first revision has in the place of the hash before it."""

MOST_AUTHOR = 200
# The fictional examples may have ids that people can read; nothing else begins so.
_CASE_ID = re.compile(r"case-([0-9a-f]{16,64}|example-[a-z]{1,20})")


@dataclass(frozen=True)
class Revision:
    """One saved state of a case.

    Parameters
    ----------
    case_id
        Opaque id of the case.
    number
        Counted from 1.
    saved_at
        When, in UTC.
    author
        Who saved it.
    hash
        SHA-256 (hex) that chains it to all revisions before it.
    """

    case_id: str
    number: int
    saved_at: datetime
    author: str
    hash: str


@dataclass(frozen=True)
class Loaded:
    """A case as it was saved, with its revision: the base of the next save."""

    case: Case
    revision: Revision


class SummaryRow(NamedTuple):
    """What a list shows of a case, with the revision it was made from.

    Parameters
    ----------
    case_id, revision, saved_at, author
        The newest revision: id of the case, number, time in UTC, who saved it.
    name, payer, stage, next_duty, next_due, birth_date, member_ids, owner, readiness, payer_due,
    changes_on, next_whose, basis, outcomes
        As in `tmjkit.case.CaseSummary`.
    """

    case_id: str
    revision: int
    saved_at: datetime
    author: str
    name: str
    payer: str
    stage: str
    next_duty: str
    next_due: str
    birth_date: str
    member_ids: str
    owner: str
    readiness: str
    payer_due: str
    changes_on: str
    next_whose: str
    basis: str
    outcomes: str


class Row(Protocol):
    """A row of the table `revision`."""

    case_id: str
    revision: int
    saved_at: str
    author: str
    previous_hash: str
    hash: str
    sealed: bytes


@dataclass(frozen=True)
class SealedRevision:
    """A new row of the table `revision`."""

    case_id: str
    revision: int
    saved_at: str
    author: str
    previous_hash: str
    hash: str
    sealed: bytes

    @classmethod
    def make(
        cls, case: Case, base: Revision | None, *, saved_at: str, author: str, seal: Seal
    ) -> Self:
        """Seal the case as the revision after `base`, or as the first one."""
        number, previous = (base.number + 1, base.hash) if base else (1, FIRST)
        place = bound("revision", previous, case.id, number, saved_at, author)
        sealed = seal.seal(zlib.compress(case.to_json()), place)
        return cls(case.id, number, saved_at, author, previous, chained(place, sealed), sealed)


def chained(place: bytes, sealed: object) -> str:
    """Return the hash of a revision: of all that is bound into its seal, and of the seal."""
    if not isinstance(sealed, bytes):
        return ""  # SQLite lets a column hold another type
    return hashlib.sha256(place + sealed).hexdigest()


def row_place(row: Row) -> bytes:
    """Return what is bound into the seal of this row."""
    return bound("revision", row.previous_hash, row.case_id, row.revision, row.saved_at, row.author)


def open_row(row: Row, seal: Seal) -> Case:
    """Open the case in a row.

    Raises
    ------
    DamagedRecord
        When the row was changed, or holds what this version of tmjkit can't read.
    """
    try:
        data = zlib.decompress(seal.open(row.sealed, row_place(row)))
    except (InvalidTag, TypeError, zlib.error):  # SQLite lets a column hold another type
        raise DamagedRecord(
            f"Revision {row.revision} of {row.case_id} was changed or damaged in the database "
            "and doesn't open. Load an earlier revision, or restore a backup."
        ) from None
    try:
        case = Case.from_json(data)
    except ValueError:
        # What the case room says could name a value: it stays out.
        raise DamagedRecord(
            f"Revision {row.revision} of {row.case_id} was saved by another version of tmjkit "
            "that this one can't read. Use the newest version."
        ) from None
    if case.id != row.case_id:
        raise DamagedRecord(f"Revision {row.revision} of {row.case_id} holds another case.")
    return case


def as_revision(row: Any) -> Revision:
    """Make a `Revision` of a row; it needs neither `previous_hash` nor `sealed`."""
    return Revision(row.case_id, row.revision, read_time(row.saved_at), row.author, row.hash)


def write_time(time: datetime) -> str:
    """Write a time as the tables hold it: ISO 8601, UTC, microseconds."""
    if time.tzinfo is None:
        raise ValueError("The clock of a workspace must give times with a time zone.")
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def read_time(text: str) -> datetime:
    """Read a time from the tables."""
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise DamagedRecord("A time in the workspace is damaged: run a verification.") from None


def checked_author(author: str) -> str:
    """Return the author's name, fit to stand in a column.

    Raises
    ------
    StoreError
        When it is empty, long, or has control characters.
    """
    author = author.strip()
    if not author or len(author) > MOST_AUTHOR or not author.isprintable():
        raise StoreError(
            f"The author of a change is 1 to {MOST_AUTHOR} characters on one line, "
            "such as 'front desk'."
        )
    return author


def fits(case_id: str) -> bool:
    """Tell whether this can be the id of a saved case.

    Anything else isn't asked of the database: servers log what they are asked, and it could be
    a name that someone typed.
    """
    return _CASE_ID.fullmatch(case_id) is not None


def checked_id(case: Case) -> Case:
    """Return the case when its id says nothing about the patient.

    Raises
    ------
    ReadableId
        When it isn't `case-` and at least 16 hex digits, as `tmjkit.case.new_id` makes it, or
        the id of one of the examples: `case-example-` and a word.
    """
    if not fits(case.id):
        raise ReadableId(
            "The id of a case stands unsealed in the workspace, so it must say nothing about "
            "the patient: 'case-' and 16 digits or letters a to f. Leave it out to get one."
        )
    return case
