"""The page of outcomes: what `notebooks/outcomes.ipynb` shows."""

from typing import Final

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Decision, Level, Outcome, Stage
from tmjkit.dashboards.calls_quick import quick_call
from tmjkit.dashboards.desk import Desk, box, text
from tmjkit.dashboards.markup import Markup, html, table
from tmjkit.dashboards.outcomes_model import FEW, NOT_SENT, OPEN, OutcomesModel, Pairs
from tmjkit.dashboards.page import Page

_WORK_SECONDS: Final = 0.05
_PAUSE_SECONDS: Final = 0.05
_LEAD: Final = (
    "These are counts of the cases in this workspace: what was recorded here, and nothing else. "
    "They tell nobody's chances: the cases differ, unfinished ones are among them, and what is "
    "not recorded is not counted."
)


def outcomes_page(page: Page, desk: Desk) -> w.Widget:
    """Build the page of outcomes.

    Raises
    ------
    StoreError
        When the workspace doesn't open.
    """
    model = OutcomesModel(page.workspace)
    model.begin()
    view = OutcomesView(model, desk)
    desk.later(_PAUSE_SECONDS, view.go_on)
    return box((view.widget, quick_call(page, desk)))


class OutcomesView:
    """Says from the first moment how many cases are counted so far; the tables follow."""

    def __init__(self, model: OutcomesModel, desk: Desk) -> None:
        self._model = model
        self._desk = desk
        self._covered = text()
        self._few = text()
        self._stages = text()
        self._decided = text()
        self.widget = box(
            (
                text(html('<div class="tmj-heading"><h1>Outcomes</h1></div>')),
                desk.notice,
                box((text(html("<p>{}</p>", _LEAD)), self._covered, self._few), "tmj-section"),
                box((text(html("<h2>Where the cases stand</h2>")), self._stages), "tmj-section"),
                box((text(html("<h2>Decisions and appeals</h2>")), self._decided), "tmj-section"),
            ),
            "tmj-page tmj-outcomes",
        )
        self._show()

    def go_on(self) -> None:
        """Count some more cases; between the pieces the page answers."""
        more = self._model.look(seconds=_WORK_SECONDS)
        self._show()
        if more:
            self._desk.later(_PAUSE_SECONDS, self.go_on)

    def _show(self) -> None:
        model = self._model
        self._covered.value = html('<p role="status">{}</p>', covered(model))
        if model.done:
            self._few.value = few(model.total, "case", "cases")
            self._stages.value = stages(model)
            self._decided.value = decided(model)


def covered(model: OutcomesModel) -> str:
    """Say how many of the cases the counts cover."""
    if not model.done:
        return f"Counting the cases: {model.looked:,} of {model.total:,} so far."
    if model.total == 1:
        return "Counted: the 1 case of this workspace, whether it is open or closed."
    return f"Counted: all {model.total:,} cases of this workspace, open and closed."


def few(count: int, one: str, many: str) -> Markup:
    """Say that small numbers are small."""
    if count >= FEW:
        return Markup()
    said = {0: f"No {one} is recorded", 1: f"1 {one} is recorded"}.get(
        count, f"{count} {many} are recorded"
    )
    return html("<p><strong>{}</strong></p>", f"{said}: too few to draw anything from.")


def stages(model: OutcomesModel) -> Markup:
    """Return the cases by payer and stage."""
    if not model.total:
        return html("<p>{}</p>", "No case is recorded yet.")
    order = [stage.label for stage in Stage]
    return _counts("Cases by payer and stage", "Payer", model.stages, order)


def decided(model: OutcomesModel) -> Markup:
    """Return the decisions and appeals, by level."""
    if not model.decisions and not model.appeals:
        return html("<p>{}</p>", "No decision and no appeal is recorded in any case.")
    decisions = [one.label for one in Decision]
    outcomes = [*(one.label for one in Outcome), OPEN, NOT_SENT]
    made = [
        _counts("Decisions by level", "Level", model.decisions, decisions),
        _counts("Appeals by level, and how they ended", "Level", model.appeals, outcomes),
    ]
    answered = sum(
        count for (_, how), count in model.appeals.items() if how not in (OPEN, NOT_SENT)
    )
    small = few(sum(model.decisions.values()), "decision", "decisions")
    ended = few(answered, "decided appeal", "decided appeals")
    return html("{}{}{}{}", small, made[0], ended, made[1])


def _counts(caption: str, first: str, counts: Pairs, order: list[str]) -> Markup:
    if not counts:
        return html("<p>{}: none recorded.</p>", caption)
    columns = [label for label in order if any(label == column for _, column in counts)]
    levels = [level.label for level in Level]
    names = sorted(
        {name for name, _ in counts},
        key=lambda name: (levels.index(name) if name in levels else 0, name.casefold()),
    )
    rows = [
        [
            html('<span dir="auto">{}</span>', name or "Not recorded"),
            *(counts[name, column] or "0" for column in columns),
            sum(counts[name, column] for column in columns),
        ]
        for name in names
    ]
    return table(caption, [first, *columns, "All"], rows)
