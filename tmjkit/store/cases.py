"""Queries for the revisions of cases, within a transaction."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, func, insert, select

from tmjkit.store.errors import AmbiguousCase, NoSuchCase, NoSuchRevision
from tmjkit.store.revisions import Revision, SealedRevision, as_revision, fits
from tmjkit.store.schema import revision

_CANDIDATES = 5
_PREFIX = re.compile(r"[0-9a-f]{1,64}|example(-[a-z]{0,20})?|case-([a-z0-9][a-z0-9-]{0,63})?")
_UNSEALED = [column for column in revision.c if column.name != "sealed"]


def head(connection: Connection, case_id: str) -> Revision | None:
    """Return the newest revision of the case, or None when there is no such case."""
    query = select(*_UNSEALED).where(revision.c.case_id == case_id)
    row = connection.execute(query.order_by(revision.c.revision.desc()).limit(1)).first()
    return as_revision(row) if row else None


def row(connection: Connection, case_id: str, number: int | None) -> Any:
    """Return the row of this revision, or of the newest one.

    Raises
    ------
    NoSuchCase, NoSuchRevision
        When it isn't there.
    """
    if not fits(case_id):
        raise no_such_case()
    query = select(revision).where(revision.c.case_id == case_id)
    if number is None:
        query = query.order_by(revision.c.revision.desc()).limit(1)
    else:
        query = query.where(revision.c.revision == number)
    found = connection.execute(query).first()
    if found is None:
        newest = head(connection, case_id)
        if newest is None:
            raise no_such_case()
        raise NoSuchRevision(f"{case_id} has no revision {number}: the newest is {newest.number}.")
    return found


def history(connection: Connection, case_id: str) -> list[Revision]:
    """Return all revisions of the case, oldest first.

    Raises
    ------
    NoSuchCase
        When there is none.
    """
    if not fits(case_id):
        raise no_such_case()
    query = select(*_UNSEALED).where(revision.c.case_id == case_id).order_by(revision.c.revision)
    found = [as_revision(row) for row in connection.execute(query)]
    if not found:
        raise no_such_case()
    return found


def ids(connection: Connection) -> list[str]:
    """Return the ids of all cases, in order."""
    query = select(revision.c.case_id).distinct().order_by(revision.c.case_id)
    return [str(case_id) for case_id in connection.execute(query).scalars()]


def newest_rows(connection: Connection, case_ids: Sequence[str]) -> list[Any]:
    """Return the rows of the newest revisions of these cases, in the order of their ids."""
    newest = (
        select(revision.c.case_id, func.max(revision.c.revision).label("number"))
        .where(revision.c.case_id.in_(case_ids))
        .group_by(revision.c.case_id)
        .subquery()
    )
    same = (revision.c.case_id == newest.c.case_id) & (revision.c.revision == newest.c.number)
    query = select(revision).join(newest, same).order_by(revision.c.case_id)
    return list(connection.execute(query))


def append(connection: Connection, rows: list[SealedRevision]) -> None:
    """Store new revisions.

    Raises
    ------
    sqlalchemy.exc.IntegrityError
        When the case has a revision of this number already.
    """
    connection.execute(insert(revision), [asdict(row) for row in rows])


def find(connection: Connection, text: str) -> str:
    """Return the id of the one case whose id is, or begins with, this text.

    Raises
    ------
    NoSuchCase, AmbiguousCase
        When none or several do.
    """
    wanted = text.strip().lower()
    # A text that can't be the start of an id could be a patient's name: it isn't repeated.
    begins = _PREFIX.fullmatch(wanted) is not None
    wanted = f"case-{wanted.removeprefix('case-')}"
    query = (
        select(revision.c.case_id)
        .where(revision.c.revision == 1, revision.c.case_id.startswith(wanted))
        .order_by(revision.c.case_id)
        .limit(_CANDIDATES + 1)
    )
    found = [str(case_id) for case_id in connection.execute(query).scalars()] if begins else []
    if wanted in found:
        return wanted
    if len(found) > 1:
        shown = ", ".join(found[:_CANDIDATES]) + (", …" if len(found) > _CANDIDATES else "")
        raise AmbiguousCase(f"Several cases begin with {wanted}: {shown}.", found[:_CANDIDATES])
    if not found:
        raise NoSuchCase(
            f"No case has an id that begins with {wanted if begins else 'that'}. An id looks "
            "like case-3f9c2a7be1d04c55; 'tmjkit case list' shows all."
        )
    return found[0]


def no_such_case() -> NoSuchCase:
    """Make the error; the id isn't repeated, as it could be anything that was typed."""
    return NoSuchCase("There is no case with this id in the workspace.")
