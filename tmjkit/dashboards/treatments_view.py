"""The panel of treatments: the ledger, what the payer's policy asks, and the records."""

from tmjkit.dashboards.clinical_opener import Opener
from tmjkit.dashboards.desk import box, text
from tmjkit.dashboards.ledger_table import ledger_doubts, ledger_table, steps_asked
from tmjkit.dashboards.markup import html
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.section_view import SectionView
from tmjkit.rules.ledger import ledger, ledger_findings


class TreatmentsView:
    """What was tried.

    Attributes
    ----------
    sections
        The list with its form, by name.
    """

    def __init__(self, context: CaseContext) -> None:
        self._context = context
        section = SectionView("treatments", context)
        self.sections = {"treatments": section}
        self._opener = Opener(context, section, "kind")
        self._ledger = text("", "tmj-ledger-text")
        self.widget = box(
            (self._ledger, box((section.widget,), "tmj-list-of"), self._opener.widget),
            "tmj-lists",
        )

    def refresh(self) -> None:
        """Show the ledger and the records as they are now; an open form stays as it is."""
        self.sections["treatments"].refresh()
        case, found = self._context.model.open_case(), self._context.assessment()
        tried = ledger(case, self._context.model.today)
        self._ledger.value = html(
            "<h3>What was tried, in time</h3>{}{}{}",
            ledger_table(case, tried, found.criteria),
            steps_asked(case, found),
            ledger_doubts(tuple(ledger_findings(tried))),
        )
