"""The interviews that were begun: the newest first, some at a time, each with its way on."""

from functools import partial
from typing import Final

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import Desk, box, button, set_visible, text
from tmjkit.dashboards.intake_model import Begun, IntakeModel, begun, named
from tmjkit.dashboards.intake_questions import COUNT, MORE
from tmjkit.dashboards.markup import Markup, html
from tmjkit.language import day_words, translated

STEP: Final = 10
"""So many more are shown at a time: to tell whose each is, its case has to be opened."""


class BegunList:
    """The list, with a button for more of it.

    Attributes
    ----------
    count
        How many there are.
    """

    def __init__(self, model: IntakeModel, desk: Desk) -> None:
        self._model = model
        self._desk = desk
        self._left = begun(model.case.workspace, model.case.author)
        self._rows = box(())
        # One button for the whole life of the list: the cursor stays on it.
        self._further = button("", desk.safely(self._more))
        self.count = len(self._left)
        heading = html("<h2>{} ({})</h2>", translated("Interviews that were begun"), self.count)
        self.widget = box((text(heading), self._rows, self._further), "tmj-section tmj-begun")
        self._more()

    def _more(self) -> None:
        """Show some more of them below those that are shown."""
        shown = self._rows.children
        workspace = self._model.case.workspace
        new = self._left[len(shown) : len(shown) + STEP]
        self._rows.children = (*shown, *(self._row(named(workspace, one)) for one in new))
        rest = self.count - len(self._rows.children)
        words = translated("Show more ({count} left)").format(count=rest)
        self._further.description = self._further.tooltip = words
        set_visible(self._further, visible=bool(rest))

    def _row(self, one: Begun) -> w.Widget:
        if one.damaged:
            return box((text(_damaged(one)),), "tmj-row")
        who = one.name or translated("No name yet")
        at, when = _at(one), _when(one)
        label = translated("Go on")
        go_on = self._desk.safely(partial(self._model.resume, one.case_id))
        said = ", ".join(part for part in (who, at, when) if part)
        line = html(
            '<p dir="auto"><strong>{}</strong> · {}{}</p>', who, at, f" · {when}" if when else ""
        )
        return box((text(line), button(label, go_on, tooltip=f"{label}: {said}")), "tmj-row")


def _at(one: Begun) -> str:
    """Say how far it came."""
    if one.place < COUNT:
        return translated("{number} of {count}").format(number=one.place + 1, count=COUNT)
    return translated("The first finding") if one.place < MORE else translated("The longer part")


def _damaged(one: Begun) -> Markup:
    """Name one that doesn't open by its id: that is what whoever mends it has to know."""
    words = translated(
        "This interview is damaged in the workspace and does not open. Ask whoever looks after "
        "tmjkit to verify the workspace, and tell them: {case}."
    )
    return html(
        '<div class="tmj-finding tmj-tone-bad"><p>{}</p></div>', words.format(case=one.case_id)
    )


def _when(one: Begun) -> str:
    """Say when it was begun, by the office's clock; nothing where that was not kept."""
    if one.at is None:
        return ""
    local = one.at.astimezone()
    return translated("begun on {day} at {time}").format(
        day=day_words(local.date()), time=f"{local:%H:%M}"
    )
