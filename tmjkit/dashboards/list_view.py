"""The list of cases as a page: pick one, or begin a new one."""

from collections.abc import Callable

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Stage
from tmjkit.dashboards.desk import Desk, box, button, text
from tmjkit.dashboards.list_model import MOST, ListModel
from tmjkit.dashboards.markup import Markup, html, join
from tmjkit.store import SummaryRow

_STAGES = {stage.value: stage.label for stage in Stage}


def list_widget(model: ListModel, desk: Desk, begin: Callable[[], object]) -> w.Widget:
    """Return the list of cases; `begin` is called for a new one."""
    search = w.Text(description="Search", placeholder="Name, payer, stage or id")
    search.style.description_width = "initial"
    shown = text(_table(model))

    def look(event: dict[str, str]) -> None:
        model.wanted = event["new"]

    def show() -> None:
        shown.value = _table(model)

    search.observe(desk.safely_with(look), "value")
    model.observe(desk.safely(show), "wanted")
    new = button("New case", desk.safely(begin), css="tmj-primary")
    return box(
        (
            text(html('<div class="tmj-heading"><h1>Cases</h1></div>')),
            desk.notice,
            box((search, new), "tmj-search"),
            shown,
        ),
        "tmj-page tmj-list",
    )


def _table(model: ListModel) -> Markup:
    found = model.found()
    if not found:
        what = "No case fits." if model.wanted else "There is no case yet: begin with “New case”."
        return html('<p class="tmj-section">{}</p>', what)
    rows = join(_row(model, row) for row in found[:MOST])
    more = (
        html("<p>{} more: search to find them.</p>", len(found) - MOST)
        if len(found) > MOST
        else Markup()
    )
    return html(
        '<div class="tmj-section"><table class="tmj-cases"><caption>{}</caption><thead><tr>'
        '<th scope="col">Patient</th><th scope="col">Payer</th><th scope="col">Stage</th>'
        '<th scope="col">Next</th></tr></thead><tbody>{}</tbody></table>{}</div>',
        f"{len(found)} case{'' if len(found) == 1 else 's'}, earliest duty first",
        rows,
        more,
    )


def _row(model: ListModel, row: SummaryRow) -> Markup:
    due = Markup()
    if row.next_due:
        late = html(' <span class="tmj-badge tmj-late">Overdue</span>')
        late = late if model.overdue(row) else Markup()
        due = html("<strong>{}</strong>{}", row.next_due, late)
    return html(
        '<tr><th scope="row" dir="auto"><a href="?case={}">{}</a></th><td dir="auto">{}</td>'
        '<td>{}</td><td dir="auto">{} {}</td></tr>',
        row.case_id,
        row.name or row.case_id,
        row.payer,
        _STAGES.get(row.stage, row.stage),
        due,
        row.next_duty,
    )
