"""The list of cases: searched by name, payer or id, most urgent first."""

from datetime import date

from traitlets import Unicode

from tmjkit.dashboards.model import Model
from tmjkit.store import SummaryRow, Workspace

MOST = 50
_LATER = "9999"


class ListModel(Model):
    """The cases of a workspace that fit what is searched for.

    Attributes
    ----------
    wanted
        What is searched for: words of the name, the payer, the stage or the duty, or an id.
    """

    wanted = Unicode("").tag(state=True)

    def __init__(self, workspace: Workspace, today: date) -> None:
        super().__init__()
        self._workspace = workspace
        self.today = today
        self._rows: list[SummaryRow] = []
        self.reload()

    def reload(self) -> None:
        """Read the list anew."""
        self._rows = sorted(
            self._workspace.summaries(), key=lambda row: (row.next_due or _LATER, row.name)
        )

    def reset(self) -> None:
        """Show all cases."""
        self.wanted = ""

    def found(self) -> tuple[SummaryRow, ...]:
        """Return the cases that fit, those with the earliest duty first."""
        words = self.wanted.casefold().split()
        if not words:
            return tuple(self._rows)
        return tuple(row for row in self._rows if all(word in _text(row) for word in words))

    def overdue(self, row: SummaryRow) -> bool:
        """Tell whether the next duty of a case is past its day."""
        return bool(row.next_due) and row.next_due < self.today.isoformat()


def _text(row: SummaryRow) -> str:
    return " ".join((row.name, row.payer, row.stage, row.next_duty, row.case_id)).casefold()
