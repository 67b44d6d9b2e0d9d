"""The page of one case."""

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards import assessment_view, overview_view
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.conflict_view import ConflictView
from tmjkit.dashboards.desk import Desk, box, button, put, text
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.dashboards.papers_view import PapersView
from tmjkit.dashboards.policy_view import PolicyView
from tmjkit.dashboards.section_view import SectionView
from tmjkit.dashboards.words import SECTIONS

# A change in these can change how the records of other lists read.
_NAMED_ELSEWHERE = ("documents", "providers", "contacts", "coverages")


class CaseView:
    """Everything about one case on one page; follows its model."""

    def __init__(self, model: CaseModel, desk: Desk) -> None:
        self._model = model
        self._desk = desk
        self._shown: dict[str, object] = {}
        self._heading = text()
        self._undo = box((), "tmj-undo")
        self._contents = text()
        self._todo = text("", "tmj-section tmj-todo")
        self._assessment = text("", "tmj-section tmj-assessment")
        self._timeline = text("", "tmj-section tmj-timeline")
        self._conflict = ConflictView(model, desk)
        self._policy = PolicyView(model, desk)
        papers = PapersModel(model, lambda: self._policy.model.library)
        self._papers = PapersView(papers, desk)
        self._sections = {name: SectionView(name, model, desk) for name in SECTIONS}
        self.widget = box(
            (
                self._heading,
                box((desk.notice, self._undo), "tmj-news"),
                box(
                    (
                        self._contents,
                        box(
                            (
                                self._conflict.widget,
                                self._todo,
                                self._assessment,
                                self._timeline,
                                self._papers.widget,
                                self._policy.widget,
                                *(section.widget for section in self._sections.values()),
                            ),
                            "tmj-main",
                        ),
                    ),
                    "tmj-columns",
                ),
            ),
            "tmj-page",
        )
        model.observe(desk.safely(self.refresh), ["case", "revision"])
        model.observe(desk.safely(self._refresh_conflict), "conflict")
        model.observe(desk.safely(self._say), "said")
        model.observe(desk.safely(self._refresh_undo), "undoable")
        self._policy.model.observe(desk.safely(self._refresh_assessment), "library")

    def refresh(self) -> None:
        """Show the case as it is now."""
        case = self._model.case
        if case is None:
            return
        self._heading.value = overview_view.heading(self._model)
        if self._shown.get("case") is case:
            return
        self._contents.value = overview_view.contents(case)
        self._refresh_assessment()
        self._timeline.value = overview_view.timeline(self._model)
        self._papers.refresh()
        self._policy.refresh()
        everywhere = any(
            self._shown.get(name) is not getattr(case, name) for name in _NAMED_ELSEWHERE
        )
        for name, section in self._sections.items():
            now = getattr(case, name)
            if everywhere or self._shown.get(name) is not now:
                section.refresh()
        self._shown = {"case": case, **{name: getattr(case, name) for name in SECTIONS}}

    def _refresh_assessment(self) -> None:
        if self._model.case is None:
            return
        found = self._model.assessment(self._policy.model.library)
        self._todo.value = overview_view.todo(found, self._papers.stale())
        self._assessment.value = assessment_view.assessment(found.sections)

    def begin(self) -> None:
        """Open the form of the patient, with which a new case begins."""
        case = self._model.case
        if case is not None:
            self._sections["patient"].edit(case.patient)

    def _say(self) -> None:
        tell = self._desk.warn if self._model.conflict else self._desk.say
        tell(self._model.said)

    def _refresh_conflict(self) -> None:
        self._conflict.refresh()
        if self._model.conflict is None:
            for section in self._sections.values():
                section.settle()

    def _refresh_undo(self) -> None:
        undo = button("Undo", self._desk.safely(self._model.undo), tooltip="Undo the last change")
        put(self._undo, [undo] if self._model.undoable else [])


def case_widget(model: CaseModel, desk: Desk) -> w.Widget:
    """Return the page of the case that the model has open."""
    view = CaseView(model, desk)
    view.refresh()
    if model.revision is None:
        view.begin()
    return view.widget
