"""The panel of diagnoses, symptoms, measurements, questionnaires and statements."""

from tmjkit.dashboards.clinical_trend import scores, trend
from tmjkit.dashboards.desk import box, text
from tmjkit.dashboards.instrument_section import QuestionnaireSection
from tmjkit.dashboards.markup import html
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.section_view import SectionView


class ClinicalView:
    """What is wrong and how much, with its course.

    Attributes
    ----------
    sections
        The lists with their forms, by name.
    """

    def __init__(self, context: CaseContext) -> None:
        self._context = context
        self.sections: dict[str, SectionView] = {
            "diagnoses": SectionView("diagnoses", context),
            "symptoms": SectionView("symptoms", context),
            "measurements": SectionView("measurements", context),
            "questionnaires": QuestionnaireSection(context),
            "statements": SectionView("statements", context),
        }
        self._trend = text("", "tmj-trend tmj-list-of")
        self._scores = text("", "tmj-scores")
        lists = self.sections
        self.widget = box(
            (
                lists["diagnoses"].widget,
                lists["symptoms"].widget,
                self._trend,
                lists["measurements"].widget,
                box((lists["questionnaires"].widget, self._scores), "tmj-list-of"),
                lists["statements"].widget,
            ),
            "tmj-lists",
        )

    def refresh(self) -> None:
        """Show the lists and the course as they are now; an open form stays as it is."""
        for section in self.sections.values():
            section.refresh()
        found = self._context.assessment()
        self._trend.value = html(
            "<h3>How pain and function went</h3>{}",
            trend(found, self._context.policy.library.facts),
        )
        self._scores.value = scores(found)
