"""What the own cases say of how they went: counts, and nothing that looks like a rate."""

from collections import Counter
from typing import Final

from traitlets import Int

from tmjkit.case import Appeal, Case, Determination, Stage
from tmjkit.dashboards.model import Model
from tmjkit.store import Workspace

FEW: Final = 30
"""Below so many, one case more or less changes the whole picture."""

OPEN: Final = "Sent, not decided yet"
NOT_SENT: Final = "Not sent"

Pairs = Counter[tuple[str, str]]


class OutcomesModel(Model):
    """Counts over the cases of a workspace.

    Stages and payers come from the list; decisions and appeals from the cases themselves, which
    are opened piece by piece.

    Attributes
    ----------
    looked, total
        How many cases were opened so far, and how many there are.
    stages
        Cases by payer and stage.
    decisions, appeals
        Decisions by level and what was decided; appeals by level and how they ended.
    """

    looked = Int(0)
    total = Int(0)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._ids: list[str] = []
        self.stages: Pairs = Counter()
        self.decisions: Pairs = Counter()
        self.appeals: Pairs = Counter()

    def begin(self) -> None:
        """Read the list; the cases themselves are still to be opened.

        Raises
        ------
        StoreError
            When the list can't be read.
        """
        rows = self._workspace.summaries()
        labels = {stage.value: stage.label for stage in Stage}
        self.stages = Counter((row.payer, labels.get(row.stage, row.stage)) for row in rows)
        self.decisions, self.appeals = Counter(), Counter()
        self._ids = [row.case_id for row in rows]
        self.total, self.looked = len(rows), 0

    def look(self, limit: int) -> bool:
        """Open some more cases; tell whether any are left.

        Raises
        ------
        StoreError
            When a case can't be read.
        """
        upto = min(self.looked + limit, self.total)
        for case_id in self._ids[self.looked : upto]:
            self._count(self._workspace.load(case_id).case)
        self.looked = upto
        return self.looked < self.total

    def _count(self, case: Case) -> None:
        self.decisions.update(map(_decision, case.determinations))
        self.appeals.update(map(_appeal, case.appeals))


def _decision(one: Determination) -> tuple[str, str]:
    return one.level.label, one.decision.label


def _appeal(one: Appeal) -> tuple[str, str]:
    if one.outcome is not None:
        return one.level.label, one.outcome.label
    return one.level.label, OPEN if one.sent else NOT_SENT
