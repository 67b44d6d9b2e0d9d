"""Filters that somebody named: choose one, keep what is asked for, begin the day with one."""

from typing import Final

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import Desk, box, button, set_visible
from tmjkit.dashboards.typed import Typed
from tmjkit.dashboards.worklist_choice import Choice
from tmjkit.dashboards.worklist_filters import Filters
from tmjkit.dashboards.worklist_model import WorklistModel

_NONE: Final = ""


class SavedView:
    """The saved filters of one person."""

    def __init__(self, model: WorklistModel, desk: Desk, filters: Filters) -> None:
        self._model = model
        self._desk = desk
        self._filters = filters
        self._choice = Choice(desk, "Saved filter", self._chosen)
        self._name = w.Text(
            description="Name for this filter", placeholder="Such as: my appeals, overdue"
        )
        self._keep = button("Save filter", desk.safely(self._save))
        self._cancel = button("Cancel", desk.safely(self._close), tooltip="Save no filter")
        self._typed = Typed()
        self._typed.follow(self._name, "filter", "name")
        self._naming = box(
            (self._name, self._keep, self._cancel, self._typed.widget), "tmj-naming tmj-typing"
        )
        self._ask = button("Save these filters…", desk.safely(self._open))
        self._default = button("Begin each day with it", desk.safely(self._make_default))
        self._delete = button("Delete saved filter", desk.safely(self._remove))
        self.widget = box(
            (self._choice.widget, self._default, self._delete, self._ask, self._naming), "tmj-saved"
        )
        self._close()
        model.observe(desk.safely(self._compare), model.trait_names(state=True))

    def refresh(self, chosen: str = _NONE) -> None:
        """Show the filters that there are."""
        names, default = self._filters.names(), self._filters.default
        labelled = [(f"{name} (each day)" if name == default else name, name) for name in names]
        options = (("None", _NONE), *labelled)
        self._choice.offer(options, chosen if chosen in names else _NONE)
        set_visible(self._choice.widget, visible=bool(names))
        self._show_actions()

    def _show_actions(self) -> None:
        name = self._choice.value
        held = bool(name)
        for one in (self._delete, self._default):
            set_visible(one, visible=held)
        begins = held and name == self._filters.default
        self._default.description = (
            "Begin each day with all cases" if begins else "Begin each day with it"
        )
        self._default.tooltip = self._default.description

    def _chosen(self, name: str) -> None:
        state = self._filters.get(name) if name else None
        if state is not None and state != self._model.state():
            self._model.load_state(state)
            self._model.first()
        self._show_actions()

    def _compare(self) -> None:
        """Let go of the name once something else is asked for than it stands for."""
        name = self._choice.value
        if name and self._filters.get(name) != self._model.state():
            self._choice.offer(self._choice.widget.options, _NONE)
            self._show_actions()

    def _open(self) -> None:
        self._ask_name(visible=True)
        self._name.value = self._choice.value or ""

    def _close(self) -> None:
        self._ask_name(visible=False)

    def _ask_name(self, *, visible: bool) -> None:
        set_visible(self._naming, visible=visible)
        set_visible(self._ask, visible=not visible)

    def _save(self) -> None:
        name = self._filters.keep(self._name.value, self._model.state())
        self._close()
        self.refresh(name)
        self._desk.say(f"Filter saved: {name}. Only you see it.")

    def _make_default(self) -> None:
        name = self._choice.value
        begins = name == self._filters.default
        self._filters.set_default("" if begins else name)
        self.refresh(name)
        self._desk.say(
            "Each day begins with all open cases." if begins else f"Each day begins with: {name}."
        )

    def _remove(self) -> None:
        name = self._choice.value
        self._filters.delete(name)
        self.refresh()
        self._desk.say(f"Filter deleted: {name}. The list stays as it is.")
