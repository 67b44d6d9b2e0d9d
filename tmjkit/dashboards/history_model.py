"""The history of a case: its revisions, what changed from one to another, the case as it was."""

from dataclasses import dataclass
from typing import Literal

from tmjkit.case import Case
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.history_restore import Restoring
from tmjkit.dashboards.merge import Merge
from tmjkit.store import Revision

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, or a whole record, that differs between two states of a case.

    Parameters
    ----------
    where
        Which record and field, in words.
    kind
        Whether the record was added or removed, or a field of it changed.
    before, after
        The two values in words; empty for a whole record.
    """

    where: str
    kind: Kind
    before: str = ""
    after: str = ""


class HistoryModel:
    """The revisions of the case that a page works on.

    Each revision is opened only when somebody asks for it.

    Parameters
    ----------
    case_model
        The case.
    """

    def __init__(self, case_model: CaseModel) -> None:
        self._model = case_model

    def revisions(self) -> tuple[Revision, ...]:
        """Return all revisions, the newest first; none of a case that was never saved."""
        if self._model.revision is None:
            return ()
        found = self._model.workspace.history(self._model.open_case().id)
        return tuple(reversed(found))

    def at(self, number: int) -> Case:
        """Return the case as it was saved with this number.

        Raises
        ------
        StoreError
            When that revision isn't there, or is damaged.
        """
        revision = self._model.revision
        if revision is not None and revision.number == number:
            return self._model.open_case()
        return self._model.workspace.load(self._model.open_case().id, number).case

    def changes(self, number: int) -> tuple[Difference, ...]:
        """Return what a revision changed; of the first one, all that it began with.

        Raises
        ------
        StoreError
            When it, or the one before it, is damaged.
        """
        after = self.at(number)
        return differences(self.at(number - 1) if number > 1 else Case(id=after.id), after)

    def compare(self, first: int, second: int) -> tuple[Difference, ...]:
        """Return what differs between two revisions, from the earlier to the later.

        Raises
        ------
        StoreError
            When one of them is damaged.
        """
        earlier, later = sorted((first, second))
        return differences(self.at(earlier), self.at(later))

    def restoring(self, number: int) -> Restoring:
        """Return what restoring a revision would do to the case as it is now.

        Raises
        ------
        StoreError
            When that revision is damaged.
        """
        return Restoring(self._model.open_case(), self.at(number))

    def restore(self, number: int, chosen: frozenset[str]) -> tuple[str, ...]:
        """Save the chosen records as they were, as a new revision.

        Parameters
        ----------
        number
            The revision whose records are brought back.
        chosen
            Ids of the records, of those that `restoring` names.

        Returns
        -------
        tuple of str
            What was kept although it was chosen to go, in words: other records rest on it.

        Raises
        ------
        StoreError, CaseError
            When that revision is damaged; when what would come of it doesn't hold.
        """
        restored = self.restoring(number).restored(chosen)
        if restored.case != self._model.open_case():
            count = f"{len(chosen)} record{'' if len(chosen) == 1 else 's'}"
            self._model.replace(restored.case, f"Restored from revision {number}: {count}")
        return restored.kept


def differences(before: Case, after: Case) -> tuple[Difference, ...]:
    """Return what differs between two states of a case."""
    found = []
    for change in Merge(before, before, after).changes:
        if change.field != "*":
            found.append(Difference(change.where, "changed", change.before, change.theirs))
        else:
            kind: Kind = "removed" if change.theirs == "removed" else "added"
            found.append(Difference(change.where, kind))
    return tuple(found)
