"""The worklist: what is asked for, the page of cases that answers it, and the counts above it."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, get_args, get_type_hints

from traitlets import Bool, Enum, Instance, Int, Unicode

from tmjkit.case import Stage
from tmjkit.dashboards.model import Model
from tmjkit.store import (
    StoreError,
    WorklistChoices,
    WorklistCounts,
    WorklistPage,
    WorklistQuery,
    Workspace,
)

MINE: Final = "mine"
NOBODY: Final = "nobody"
OF: Final = "of "
"""Before the name of an owner, so that nobody's name can be taken for one of the words above."""

PAGE_ROWS: Final = 50

_HINTS = get_type_hints(WorklistQuery)
READINESS: Final = get_args(_HINTS["readiness"])
DUE: Final = get_args(_HINTS["due"])
SORTS: Final = get_args(_HINTS["sort"])


class WorklistModel(Model):
    """One page of cases, found in the store.

    Attributes
    ----------
    words, stage, payer, owner, readiness, due
        What is asked for; empty for no condition. `owner` is `MINE`, `NOBODY`, or `OF` and a name.
    sort, descending
        The order.
    page, number
        The cases that are shown, and the number of their page, from 1.
    counts, choices
        What stands above the list, and what the filters offer.
    left
        How many cases are still to be brought up to date for today.
    day
        The day by which what is shown was read.
    """

    words = Unicode().tag(state=True)
    stage = Enum(("", *(stage.value for stage in Stage)), "").tag(state=True)
    payer = Unicode().tag(state=True)
    owner = Unicode().tag(state=True)
    readiness = Enum(READINESS, "").tag(state=True)
    due = Enum(DUE, "").tag(state=True)
    sort = Enum(SORTS, "due").tag(state=True)
    descending = Bool(default_value=False).tag(state=True)

    page = Instance(WorklistPage)
    number = Int(1)
    counts = Instance(WorklistCounts)
    choices = Instance(WorklistChoices)
    left = Int(0)
    day = Instance(date)

    def __init__(self, workspace: Workspace, author: str, today: Callable[[], date]) -> None:
        super().__init__()
        self._workspace = workspace
        self._today = today
        self._starts: list[str | None] = [None]
        self.author = author
        self.page = WorklistPage((), 0, None)
        self.counts = WorklistCounts(0, 0, 0, 0)
        self.choices = WorklistChoices((), ())

    @property
    def today(self) -> date:
        """The day by which it is judged what is due."""
        return self._today()

    # What is asked for

    def query(self) -> WorklistQuery:
        """Return what is asked for, as the store takes it."""
        owners = {"": (), MINE: (self.author,), NOBODY: ("",)}
        return WorklistQuery(
            words=self.words,
            stages=(self.stage,) if self.stage else (),
            payers=(self.payer,) if self.payer else (),
            owners=owners.get(self.owner, (self.owner.removeprefix(OF),)),
            readiness=self.readiness,
            due=self.due,
            sort=self.sort,
            descending=self.descending,
        )

    @property
    def conditions(self) -> int:
        """How many conditions narrow the list."""
        asked = (self.words.strip(), self.stage, self.payer, self.owner, self.readiness, self.due)
        return sum(map(bool, asked))

    def ask(self, **wanted: Any) -> None:
        """Change what is asked for, and show the first page of it.

        Raises
        ------
        StoreError
            When the list can't be read.
        """
        with self.hold_trait_notifications():
            for name, value in wanted.items():
                setattr(self, name, value)
        self.first()

    def clear(self) -> None:
        """Ask for all open cases; the order stays."""
        self.ask(words="", stage="", payer="", owner="", readiness="", due="")

    def load_state(self, state: dict[str, Any]) -> None:
        """Take up what was asked for before; what this version doesn't know is left out."""
        fresh = {name: self.traits()[name].default_value for name in self.trait_names(state=True)}
        allowed = {
            name: tuple(trait.values or ())
            for name, trait in self.traits().items()
            if isinstance(trait, Enum)
        }
        kinds = {name: type(value) for name, value in fresh.items()}
        known = {
            name: value
            for name, value in state.items()
            if name in fresh
            and isinstance(value, kinds[name])
            and value in allowed.get(name, (value,))
        }
        super().load_state(fresh | known)

    # What is shown

    def open(self) -> None:
        """Read the first page, the counts and the choices."""
        self.choices = self._workspace.worklist_choices()
        self.counts = self._workspace.worklist_counts(self.today)
        self.first()

    def first(self) -> None:
        """Show the first page."""
        self._starts = [None]
        self._show()

    def next(self) -> None:
        """Show the next page, if there is one."""
        if self.page.after is not None:
            self._starts.append(self.page.after)
            self._show()

    def previous(self) -> None:
        """Show the page before, if there is one."""
        if len(self._starts) > 1:
            self._starts.pop()
            self._show()

    def reload(self) -> None:
        """Read the page that is shown, and the counts, anew."""
        self.counts = self._workspace.worklist_counts(self.today)
        self._show()

    def bring_up_to_date(self, limit: int) -> int:
        """Make some summaries anew that a day has changed; return how many are left."""
        self.left = self._workspace.refresh_due(self.today, limit=limit)
        return self.left

    def _show(self) -> None:
        try:
            page = self._read(self._starts[-1])
        except StoreError:
            if self._starts[-1] is None:
                raise
            # The place in the list is gone, as after the case that it began behind was removed.
            self._starts = [None]
            page = self._read(None)
        with self.hold_trait_notifications():
            self.page, self.number, self.day = page, len(self._starts), self.today

    def _read(self, after: str | None) -> WorklistPage:
        return self._workspace.worklist(self.query(), self.today, after=after, limit=PAGE_ROWS)
