"""Small sealed things of one author: drafts of forms, saved filters, the place in an interview.

A note's id is a keyed digest of author and name; both are sealed beside the content, so that an
author's notes can be listed and all be checked. Everything is bound to what it belongs to: rows
can't be swapped.
"""

from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection, delete, select

from tmjkit.store.database import upsert
from tmjkit.store.errors import DamagedRecord, StoreError
from tmjkit.store.keys import Seals, bound
from tmjkit.store.schema import note

MOST_BYTES = 1024 * 1024
MOST_NAME = 300


def checked_name(name: str) -> str:
    """Return the name when it can be one.

    Raises
    ------
    StoreError
        When it is empty, long, or has control characters.
    """
    if not name or len(name) > MOST_NAME or not name.isprintable():
        raise StoreError(f"The name of a note is 1 to {MOST_NAME} characters on one line.")
    return name


def checked_data(data: bytes) -> bytes:
    """Return the content when it is small enough.

    Raises
    ------
    StoreError
        When it is more than 1 MB.
    """
    if len(data) > MOST_BYTES:
        raise StoreError(
            f"A note holds {MOST_BYTES // 2**20} MB at most, and this one has "
            f"{len(data) / 2**20:.1f} MB. Keep what is larger as a document."
        )
    return data


def put(
    connection: Connection, author: str, name: str, data: bytes, *, saved_at: str, seals: Seals
) -> None:
    """Store the note in the place of an older one of this name."""
    made = _id(author, name, seals)
    values = {
        "id": made,
        "author_digest": _author(author, seals),
        "saved_at": saved_at,
        "sealed_name": seals.notes.seal(f"{author}\n{name}".encode(), bound("note name", made)),
        "sealed": seals.notes.seal(data, bound("note", author, name)),
    }
    connection.execute(upsert(connection, note, "id", **values))


def get(connection: Connection, author: str, name: str, seals: Seals) -> bytes | None:
    """Return the note's content; None when there is none.

    Raises
    ------
    DamagedRecord
        When it was changed in the database.
    """
    query = select(note.c.sealed).where(note.c.id == _id(author, name, seals))
    sealed = connection.execute(query).scalar_one_or_none()
    if sealed is None:
        return None
    try:
        return seals.notes.open(sealed, bound("note", author, name))
    except (InvalidTag, TypeError):
        raise _damaged() from None


def remove(connection: Connection, author: str, name: str, seals: Seals) -> None:
    """Remove the note; nothing happens when there is none."""
    connection.execute(delete(note).where(note.c.id == _id(author, name, seals)))


def names(connection: Connection, author: str, prefix: str, seals: Seals) -> tuple[str, ...]:
    """Return the names of the author's notes that begin so, sorted.

    Raises
    ------
    DamagedRecord
        When one was changed in the database.
    """
    mine = note.c.author_digest == _author(author, seals)
    found = []
    try:
        for row in connection.execute(select(note.c.id, note.c.sealed_name).where(mine)):
            whose, name = _names(row, seals)
            if whose == author and name.startswith(prefix):
                found.append(name)
    except (InvalidTag, TypeError, ValueError):
        raise _damaged() from None
    return tuple(sorted(found))


def faults(connection: Connection, seals: Seals) -> Iterator[str]:
    """Yield what is wrong with each note that isn't what was written."""
    for row in connection.execute(select(note), execution_options={"yield_per": 20}):
        try:
            author, name = _names(row, seals)
            seals.notes.open(row.sealed, bound("note", author, name))
            whole = (row.id, row.author_digest) == (
                _id(author, name, seals),
                _author(author, seals),
            )
        except (InvalidTag, TypeError, ValueError):
            whole = False
        if not whole:
            yield f"note {str(row.id)[:12]}… was changed or damaged"


def _names(row: Any, seals: Seals) -> tuple[str, str]:
    """Open the author and the name of a note."""
    plain = seals.notes.open(row.sealed_name, bound("note name", row.id)).decode()
    author, name = plain.split("\n")
    return author, name


def _id(author: str, name: str, seals: Seals) -> str:
    return seals.digest("note", author, name)


def _author(author: str, seals: Seals) -> str:
    return seals.digest("note author", author)


def _damaged() -> DamagedRecord:
    return DamagedRecord(
        "A note (such as an unsaved form or a saved filter) was changed or damaged in the "
        "database and doesn't open. Enter it anew."
    )
