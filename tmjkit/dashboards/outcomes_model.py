"""What the own cases say of how they went: counts, and nothing that looks like a rate."""

import time
from collections import Counter
from typing import Final

from traitlets import Bool, Int

from tmjkit.case import Decision, Level, Outcome, Stage
from tmjkit.case.summary import NOT_SENT as UNSENT_CODE
from tmjkit.case.summary import SENT
from tmjkit.dashboards.model import Model
from tmjkit.store import SummaryRow, Workspace

FEW: Final = 30
"""Below so many, one case more or less changes the whole picture."""

OPEN: Final = "Sent, not decided yet"
NOT_SENT: Final = "Not sent"
PIECE: Final = 500
"""Lines of the list that are read at once: some milliseconds of work."""

Pairs = Counter[tuple[str, str]]


class OutcomesModel(Model):
    """Counts over the cases of a workspace.

    All of them come from the lines of the list, which say what each case records; no case is
    opened. The lines are read piece by piece.

    Attributes
    ----------
    looked, total
        How many cases were counted so far, and how many there are.
    done
        Whether all of them were.
    stages
        Cases by payer and stage.
    decisions, appeals
        Decisions by level and what was decided; appeals by level and how they ended.
    """

    looked = Int(0)
    total = Int(0)
    done = Bool(default_value=False)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._last = ""
        self.stages: Pairs = Counter()
        self.decisions: Pairs = Counter()
        self.appeals: Pairs = Counter()

    def begin(self) -> None:
        """Begin to count.

        Raises
        ------
        StoreError
            When the list can't be read.
        """
        self.stages, self.decisions, self.appeals = Counter(), Counter(), Counter()
        self._last = ""
        with self.hold_trait_notifications():
            self.total, self.looked, self.done = self._workspace.count_cases(), 0, False

    def look(self, *, seconds: float = 0.0) -> bool:
        """Count some more cases; tell whether any are left.

        Parameters
        ----------
        seconds
            Another piece is begun until so much time has gone; one piece at least is counted.

        Raises
        ------
        StoreError
            When the list can't be read.
        """
        end = time.monotonic() + seconds
        while not self.done:
            rows = self._workspace.summaries_after(self._last, limit=PIECE)
            for row in rows:
                self._count(row)
            if rows:
                self._last = rows[-1].case_id
            looked = self.looked + len(rows)
            with self.hold_trait_notifications():
                # A case may have been begun since: there are never fewer than were counted.
                self.looked, self.total = looked, max(self.total, looked)
                self.done = len(rows) < PIECE
                if self.done:
                    self.total = looked
            if time.monotonic() >= end:
                break
        return not self.done

    def _count(self, row: SummaryRow) -> None:
        self.stages[row.payer, _STAGES.get(row.stage, row.stage)] += 1
        for line in row.outcomes.splitlines():
            what, level, how = line.split(" ")
            found = self.decisions if what == "decision" else self.appeals
            found[_LEVELS[level], _ENDS[what][how]] += 1


_STAGES: Final = {one.value: one.label for one in Stage}
_LEVELS: Final = {one.value: one.label for one in Level}
_ENDS: Final = {
    "decision": {one.value: one.label for one in Decision},
    "appeal": {**{one.value: one.label for one in Outcome}, SENT: OPEN, UNSENT_CODE: NOT_SENT},
}
