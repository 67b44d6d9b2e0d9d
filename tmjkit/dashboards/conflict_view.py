"""Two people in one case: what each changed, and which is kept."""

from typing import Final

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk, box, button, put, text
from tmjkit.dashboards.markup import html, table
from tmjkit.dashboards.merge import Change, Side

_BOTH_CHANGED: Final = (
    "Both of you changed the same: choose which of the two is kept. What only one of you changed "
    "is kept in any case."
)


class ConflictView:
    """Shows both sides of a save that came too late; empty when there is none."""

    def __init__(self, model: CaseModel, desk: Desk) -> None:
        self._model = model
        self._desk = desk
        self._choices: dict[str, Side] = {}
        self.widget = box((), "tmj-conflict-place")

    def refresh(self) -> None:
        """Show the conflict, or nothing."""
        conflict = self._model.conflict
        if conflict is None:
            put(self.widget, ())
            return
        changes = conflict.merge.changes
        self._choices = {change.key: "mine" for change in conflict.merge.open}
        sure = [change for change in changes if change.by != "both"]
        choose = bool(conflict.merge.open)
        whose = {"mine": "You", "theirs": conflict.author}
        parts: list[w.Widget] = [
            text(
                html(
                    '<h2 id="conflict">{} saved this case while you worked on it</h2>'
                    '<p class="tmj-unsaved">Your change is not saved yet, and not lost. {}</p>',
                    conflict.author,
                    _BOTH_CHANGED if choose else "Look at what each of you changed.",
                )
            ),
            *(self._choice(change, conflict.author) for change in conflict.merge.open),
        ]
        if sure:
            rows = [
                (whose[change.by], change.where, change.before, _after(change)) for change in sure
            ]
            columns = ("Changed by", "What", "Before", "Now")
            parts.append(text(table("Kept from both of you", columns, rows)))
        parts.append(
            box(
                (
                    button(
                        "Save as chosen above" if choose else "Save both",
                        self._desk.safely(self._merge),
                        css="tmj-primary",
                    ),
                    button(
                        f"Give up mine, load what {conflict.author} saved",
                        self._desk.safely(self._model.reload),
                    ),
                ),
                "tmj-actions",
            )
        )
        put(self.widget, [box(parts, "tmj-section tmj-conflict")])

    def _choice(self, change: Change, author: str) -> w.Widget:
        made = w.Dropdown(
            description=change.where,
            options=((f"Mine: {change.mine}", "mine"), (f"{author}: {change.theirs}", "theirs")),
        )
        made.style.description_width = "initial"

        def chosen(event: dict[str, Side]) -> None:
            self._choices[change.key] = event["new"]

        made.observe(self._desk.safely_with(chosen), "value")
        before = text(html('<p class="tmj-help">Before: {}</p>', change.before))
        return box((made, before), "tmj-field")

    def _merge(self) -> None:
        self._model.resolve(dict(self._choices))


def _after(change: Change) -> str:
    return change.mine if change.by == "mine" else change.theirs
