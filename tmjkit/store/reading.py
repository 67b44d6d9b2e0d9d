"""What is read of single cases: a revision, the history, an id, and whether all is whole."""

from tmjkit.store import cases
from tmjkit.store.core import Core
from tmjkit.store.revisions import Loaded, Revision, as_revision, fits, open_row
from tmjkit.store.verification import Verification, verify


class Reading(Core):
    """The cases of a workspace, to read."""

    def load(self, case_id: str, number: int | None = None) -> Loaded:
        """Return the case as of the newest revision, or as of the revision of this number.

        Raises
        ------
        NoSuchCase, NoSuchRevision
            When it isn't there.
        DamagedRecord
            When it was changed in the database.
        """
        with self._database.reading() as connection:
            row = cases.row(connection, case_id, number)
        return Loaded(open_row(row, self._seals.revisions), as_revision(row))

    def head(self, case_id: str) -> Revision:
        """Return the newest revision of the case: its number, author and time. Nothing is opened.

        Raises
        ------
        NoSuchCase
            When there is no such case.
        """
        if not fits(case_id):
            raise cases.no_such_case()
        with self._database.reading() as connection:
            found = cases.head(connection, case_id)
        if found is None:
            raise cases.no_such_case()
        return found

    def history(self, case_id: str) -> list[Revision]:
        """Return all revisions of the case, oldest first.

        Raises
        ------
        NoSuchCase
            When there is no such case.
        """
        with self._database.reading() as connection:
            return cases.history(connection, case_id)

    def find_case(self, text: str) -> str:
        """Return the id of the one case whose id is, or begins with, this text.

        The leading `case-` may be left out.

        Raises
        ------
        NoSuchCase, AmbiguousCase
            When none or several do.
        """
        with self._database.reading() as connection:
            return cases.find(connection, text)

    def verify(self, case_id: str | None = None) -> Verification:
        """Check that nothing was changed or removed: in one case, or in the whole workspace.

        Raises
        ------
        NoSuchCase
            When a case is named that isn't there.
        """
        if case_id is not None and not fits(case_id):
            raise cases.no_such_case()
        with self._database.reading() as connection:
            found = verify(connection, self._seals, case_id)
        if case_id is not None and not found.cases and found.ok:
            raise cases.no_such_case()
        return found
