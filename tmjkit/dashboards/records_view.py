"""Lists of a case in one panel, each with its records and its form."""

from collections.abc import Callable, Mapping

from tmjkit.dashboards.desk import box
from tmjkit.dashboards.panel import CaseContext, Content
from tmjkit.dashboards.section_view import Beside, SectionView


class RecordsView:
    """The records of some lists of a case.

    Parameters
    ----------
    context
        The case's page.
    names
        Lists of the case, in the order they are shown; `patient` for the patient.
    beside
        For a list: makes what stands below its form and follows what is typed there, such as a
        score.
    """

    def __init__(
        self,
        context: CaseContext,
        names: tuple[str, ...],
        beside: Mapping[str, Beside] | None = None,
    ) -> None:
        self._context = context
        self.sections = {
            name: SectionView(name, context, beside=(beside or {}).get(name), titled=len(names) > 1)
            for name in names
        }
        self.widget = box([section.widget for section in self.sections.values()], "tmj-lists")

    def refresh(self) -> None:
        """Show the lists as they are now; an open form stays as it is."""
        for section in self.sections.values():
            section.refresh()


def records(*names: str) -> Callable[[CaseContext], Content]:
    """Return what builds a panel of these lists."""
    return lambda context: RecordsView(context, names)
