"""The page of one case: its heading, the contents, and panels that are made when opened."""

from itertools import groupby

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards import overview_view
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.conflict_view import ConflictView
from tmjkit.dashboards.desk import Desk, box, button, put, text
from tmjkit.dashboards.markup import Markup, html, join
from tmjkit.dashboards.panel import CaseContext, Panel
from tmjkit.dashboards.panels import PANELS
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.dashboards.policy_model import PolicyModel
from tmjkit.dashboards.section_view import SectionView

_FIRST = "todo"
_LOOK_SECONDS = 5.0


class CaseView:
    """Everything about one case on one page; follows its model."""

    def __init__(self, model: CaseModel, desk: Desk) -> None:
        self._model = model
        policy = PolicyModel(model)
        papers = PapersModel(model, lambda: policy.library)
        self.context = CaseContext(model, desk, papers, policy, self.open, self.edit)
        self._heading = text()
        self._undo = box((), "tmj-undo")
        self._contents = text()
        self._conflict = ConflictView(model, desk)
        self.panels = {spec.key: Panel(spec, self.context) for spec in PANELS}
        main = (self._conflict.widget, *(panel.widget for panel in self.panels.values()))
        self.widget = box(
            (
                self._heading,
                box((desk.notice, self._undo), "tmj-news"),
                box((self._contents, box(main, "tmj-main")), "tmj-columns"),
            ),
            "tmj-page",
        )
        model.observe(desk.safely(self.refresh), ["case", "revision", "day"])
        model.observe(desk.safely(self._refresh_conflict), "conflict")
        model.observe(desk.safely(self._say), "said")
        model.observe(desk.safely(self._refresh_undo), "undoable")
        policy.observe(desk.safely(self._refresh_panels), "library")

    def refresh(self) -> None:
        """Show the case as it is now."""
        if self._model.case is None:
            return
        self._heading.value = overview_view.heading(self._model)
        self._contents.value = self._links()
        self._refresh_panels()

    def open(self, key: str) -> None:
        """Open a panel; the page's script brings it into view."""
        self.panels[key].open()
        self.context.desk.show(key)

    def edit(self, name: str, record_id: str = "") -> None:
        """Open the form of a record of a list, or of a new one, and bring the eyes to it."""
        key = next((spec.key for spec in PANELS if name in spec.holds), "")
        if not key:
            return
        self.panels[key].open()
        section = self._section(name)
        if section is None:
            self.open(key)
            return
        section.edit(self._model.open_case().record(record_id) if record_id else None)
        self.context.desk.show(key, form=True)

    def begin(self) -> None:
        """Open the form of the patient, with which a new case begins."""
        self.edit("patient", self._model.open_case().patient.id)

    def resume(self) -> bool:
        """Open the panels whose forms were left; tell whether there were any.

        Each panel opens its own forms with what was typed.
        """
        left = self._model.drafts().all()
        keys = [spec.key for draft in left for spec in PANELS if draft.section in spec.holds]
        counts = {key: keys.count(key) for key in keys}
        for key in counts:
            self.panels[key].open()
        if counts:
            titles = ", ".join(
                self.panels[key].spec.title + (f" ({count} forms)" if count > 1 else "")
                for key, count in counts.items()
            )
            self.context.desk.say(
                f"What you typed before and had not saved is here again: {titles}."
            )
            self.context.desk.show(keys[0])
        return bool(keys)

    def watch(self) -> None:
        """Look every few seconds whether somebody else saved the case."""
        self.context.desk.every(_LOOK_SECONDS, self._model.look)

    def _section(self, name: str) -> SectionView | None:
        for panel in self.panels.values():
            found = getattr(panel.content, "sections", {}).get(name)
            if isinstance(found, SectionView):
                return found
        return None

    def _refresh_panels(self) -> None:
        for panel in self.panels.values():
            panel.refresh()

    def _links(self) -> Markup:
        case = self._model.open_case()
        groups = []
        for name, specs in groupby(PANELS, key=lambda spec: spec.group):
            links = join(
                html(
                    '<a href="#{}">{}{}</a>',
                    spec.key,
                    spec.title,
                    html(" <small>{}</small>", spec.count(case)) if spec.counts else Markup(),
                )
                for spec in specs
            )
            groups.append(html('<p class="tmj-contents-head">{}</p>{}', name, links))
        return html('<nav class="tmj-contents" aria-label="On this page">{}</nav>', join(groups))

    def _say(self) -> None:
        tell = self.context.desk.warn if self._model.conflict else self.context.desk.say
        tell(self._model.said)

    def _refresh_conflict(self) -> None:
        self._conflict.refresh()
        if self._model.conflict is None:
            for panel in self.panels.values():
                for section in getattr(panel.content, "sections", {}).values():
                    section.settle()

    def _refresh_undo(self) -> None:
        safely = self.context.desk.safely
        undo = button("Undo", safely(self._model.undo), tooltip="Undo the last change")
        put(self._undo, [undo] if self._model.undoable else [])


def case_widget(model: CaseModel, desk: Desk) -> w.Widget:
    """Return the page of the case that the model has open."""
    view = CaseView(model, desk)
    view.refresh()
    view.panels[_FIRST].open()
    if not view.resume() and model.revision is None:
        view.begin()
    view.watch()
    return view.widget
