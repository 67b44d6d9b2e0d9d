"""The workspace: cases, their history and their documents, sealed before they are written.

What is in the database, and how it is sealed:

- a revision: the case's JSON, bound to the hash before it, case id, number, time and author;
- a summary: what a list shows of the newest revision, bound to case id and number; what the
  database finds and sorts it by stands beside it (`index.py`);
- a document: its bytes in pieces, bound to a keyed digest, the position and the number of pieces;
- a note: something small of one author, bound to author and name;
- the data key: once for each passphrase, bound to the id of the workspace.

In the clear are opaque ids, revision numbers, times, days of duties, authors, hashes, sizes,
and keyed tokens. A save adds a revision on a known base, and the primary key (case id, revision)
decides between two who save at once. Nothing that was saved is overwritten; only the summary
follows the newest revision, and a note the last one who wrote it.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from tmjkit.case import Case
from tmjkit.store import cases, opening
from tmjkit.store.conflict import StaleRevision
from tmjkit.store.core import Bases, Clock, Summarize, now
from tmjkit.store.database import Database, Place
from tmjkit.store.errors import NoSuchRevision, StoreError, StoreUnavailable
from tmjkit.store.keeping import Keeping
from tmjkit.store.keys import Argon2, Random, WorkspaceKey
from tmjkit.store.lists import Lists
from tmjkit.store.passphrase import checked_passphrase
from tmjkit.store.reading import Reading
from tmjkit.store.revisions import (
    Revision,
    SealedRevision,
    as_revision,
    checked_author,
    checked_id,
    write_time,
)
from tmjkit.store.summaries import FIELDS, Listed, add_summaries, replace_summary


class Workspace(Reading, Lists, Keeping):
    """An open workspace. Make one with `create`, open one with `open`.

    It keeps no connection, so it needs no closing, and may be used from several threads and
    after a fork.
    """

    @classmethod
    def create(
        cls,
        url_or_path: str | Path,
        passphrase: str,
        *,
        author: str = "tmjkit",
        clock: Clock = now,
        random: Random = os.urandom,
        summarize: Summarize = Case.summary,
        bases: Bases | None = None,
        kdf: Argon2 | None = None,
    ) -> Self:
        """Make a workspace.

        Parameters
        ----------
        url_or_path
            Path of an SQLite file that doesn't exist yet, or a URL of a PostgreSQL database.
        passphrase
            What opens it; without it, everything in the workspace is lost.
        author
            Who makes it; stands in the clear.
        clock
            Gives the time, with a time zone.
        random
            Gives that many random bytes; must be fit for keys.
        summarize
            Makes what a list shows of a case.
        bases
            Tells from what summaries can be made now (`CaseSummary.basis`): `refresh_due` makes
            those anew that were made from anything else. Left out, any will do.
        kdf
            Cost of guessing a passphrase; the default of `Argon2` when left out.

        Raises
        ------
        WorkspaceExists
            When something is there already; it stays as it is.
        WeakPassphrase
            When the passphrase is too short.
        StoreUnavailable
            When the place can't be written.
        """
        database, workspace_id, key = opening.make(
            Place.parse(url_or_path),
            checked_passphrase(passphrase),
            kdf or Argon2(),
            created_at=write_time(clock()),
            author=checked_author(author),
            random=random,
        )
        return cls(
            database,
            workspace_id,
            key,
            clock=clock,
            random=random,
            summarize=summarize,
            bases=bases,
        )

    @classmethod
    def open(
        cls,
        url_or_path: str | Path,
        passphrase: str | None = None,
        *,
        key: WorkspaceKey | None = None,
        clock: Clock = now,
        random: Random = os.urandom,
        summarize: Summarize = Case.summary,
        bases: Bases | None = None,
    ) -> Self:
        """Open a workspace with its passphrase, or with its key as another process had it.

        Tables of an older version are brought up to date.

        Raises
        ------
        NoSuchWorkspace
            When there is none at this place; none is made.
        WrongPassphrase
            When the passphrase or key doesn't open it; nothing is changed.
        NewerWorkspace
            When a newer version of tmjkit wrote it.
        """
        if (passphrase is None) == (key is None):
            raise ValueError("A workspace is opened with a passphrase or with a key.")
        database = Database(Place.parse(url_or_path))
        workspace_id, key, fields = opening.unlock(database, passphrase, key)
        opened = cls(
            database,
            workspace_id,
            key,
            clock=clock,
            random=random,
            summarize=summarize,
            bases=bases,
        )
        if fields != FIELDS:
            opened.rebuild_summaries()
        return opened

    def save(self, case: Case, base: int | None, author: str) -> Revision:
        """Save the case as the revision after `base`.

        Parameters
        ----------
        case
            The case as it should be.
        base
            Number of the revision that it was made from; None or 0 for a new case.
        author
            Who saves it.

        Raises
        ------
        StaleRevision
            When someone else saved the case since; the error holds both sides.
        NoSuchCase, NoSuchRevision
            When the case or the base isn't in this workspace.
        """
        author, base = checked_author(author), base or 0
        case = checked_id(case)
        try:
            with self._database.writing() as connection:
                head = cases.head(connection, case.id)
                if (head.number if head else 0) == base:
                    return self._append(connection, case, head, author)
        except IntegrityError:
            pass  # another process took the number between the two statements
        raise self._stale(case, base)

    def save_new(self, new: Iterable[Case], author: str) -> list[Revision]:
        """Save many new cases, all of them or none.

        Raises
        ------
        StoreError
            When one of them is in the workspace already, or comes twice.
        """
        author, saved_at = checked_author(author), write_time(self._clock())
        sealed = [self._seal(case, None, saved_at, author) for case in map(checked_id, new)]
        rows = [row for row, _ in sealed]
        if rows:
            try:
                with self._database.writing() as connection:
                    cases.append(connection, rows)
                    add_summaries(connection, [listed for _, listed in sealed], self._seals)
            except IntegrityError:
                raise StoreError(
                    "One of these cases is in the workspace already, or comes twice. "
                    "None of them was saved."
                ) from None
        return [as_revision(row) for row in rows]

    def _append(
        self, connection: Connection, case: Case, head: Revision | None, author: str
    ) -> Revision:
        row, listed = self._seal(case, head, write_time(self._clock()), author)
        cases.append(connection, [row])
        replace_summary(connection, listed, self._seals)
        return as_revision(row)

    def _seal(
        self, case: Case, head: Revision | None, saved_at: str, author: str
    ) -> tuple[SealedRevision, Listed]:
        """Seal the case and its summary as the revision after `head`."""
        seal = self._seals.revisions
        row = SealedRevision.make(case, head, saved_at=saved_at, author=author, seal=seal)
        return row, Listed.make(as_revision(row), self._summarize(case), self._seals)

    def _stale(self, case: Case, base: int) -> StoreError:
        theirs = self.load(case.id)
        if base == theirs.revision.number:
            return StoreUnavailable(f"{case.id} couldn't be saved at the moment: save it again.")
        if base > theirs.revision.number:
            return NoSuchRevision(
                f"{case.id} has no revision {base}: the newest is {theirs.revision.number}."
            )
        return StaleRevision(
            base=base,
            current=theirs.revision.number,
            author=theirs.revision.author,
            mine=case,
            theirs=theirs.case,
            original=self.load(case.id, base).case if base else None,
        )
