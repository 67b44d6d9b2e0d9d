"""The longer part of an interview: the panels of the case's page, in the order of the talk."""

from dataclasses import replace
from typing import Final

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import box
from tmjkit.dashboards.intake_model import IntakeModel
from tmjkit.dashboards.panel import CaseContext, Panel
from tmjkit.dashboards.panels import PANELS
from tmjkit.language import translated

PARTS: Final = ("people", "coverage", "clinical", "treatments", "sessions", "documents")
"""Keys of the panels that are asked, in their order."""


class MoreView:
    """The panels with a mark for each that is done."""

    def __init__(self, model: IntakeModel, context: CaseContext) -> None:
        self._model = model
        self._context = context
        known = {spec.key: spec for spec in PANELS}
        self.panels = {
            key: Panel(replace(known[key], title=_title(known[key].title)), context)
            for key in PARTS
        }
        self.widget = box(
            [box((one.widget, self._mark(one)), "tmj-asked-part") for one in self.panels.values()],
            "tmj-asked",
        )
        self.refresh()

    def refresh(self) -> None:
        """Show the case as it is now."""
        for panel in self.panels.values():
            panel.refresh()

    def open(self, key: str) -> None:
        """Open a part, if it is asked here."""
        if key in self.panels:
            self.panels[key].open()
            self._context.desk.show(key)

    def _mark(self, panel: Panel) -> w.Widget:
        key = panel.spec.key
        made = w.Checkbox(
            description=translated("Done: {part}").format(part=panel.spec.title),
            value=key in self._model.done,
            indent=False,
        )
        made.observe(
            self._context.desk.safely_with(
                lambda change: self._model.mark(key, done=bool(change["new"]))
            ),
            "value",
        )
        return made


def _title(english: str) -> str:
    return translated(english)
