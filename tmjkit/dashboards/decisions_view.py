"""Requests, decisions and appeals: denials with their triage first, then the lists and forms."""

from tmjkit.dashboards.desk import box
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.records_view import RecordsView
from tmjkit.dashboards.triage_view import TriageView

LISTS = ("requests", "claims", "determinations", "appeals", "papers")


class DecisionsView:
    """The panel of what was asked for, what was decided, and what was done about it."""

    def __init__(self, context: CaseContext) -> None:
        self._triage = TriageView(context)
        self._records = RecordsView(context, LISTS)
        self.sections = self._records.sections
        self.widget = box((self._triage.widget, self._records.widget), "tmj-decisions")

    def refresh(self) -> None:
        """Show the case as it is now; an open form stays as it is."""
        self._triage.refresh()
        self._records.refresh()
