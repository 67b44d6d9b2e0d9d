"""What every part of an open workspace uses: its database, its keys, its clock."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NoReturn

from tmjkit.case import Case, CaseSummary
from tmjkit.store.database import Database
from tmjkit.store.keys import Random, Seals, WorkspaceKey

Clock = Callable[[], datetime]
Summarize = Callable[[Case], CaseSummary]
Bases = Callable[[], frozenset[str]]


def now() -> datetime:
    """Return the time of this computer, in UTC."""
    return datetime.now(UTC)


class Core:
    """An open workspace without anything that can be done with it."""

    def __init__(
        self,
        database: Database,
        workspace_id: str,
        key: WorkspaceKey,
        *,
        clock: Clock,
        random: Random,
        summarize: Summarize,
        bases: Bases | None,
    ) -> None:
        self.id = workspace_id
        self.key = key
        self._database = database
        self._seals = Seals(key, random)
        self._clock = clock
        self._random = random
        self._summarize = summarize
        self._bases = bases

    def __repr__(self) -> str:
        return f"Workspace({self.place!r})"

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("A workspace can't be pickled: open it in the other process.")

    @property
    def place(self) -> str:
        """Where it is: the path, or the URL without a password."""
        return self._database.place.name
