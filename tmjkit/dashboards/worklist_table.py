"""The cases of the worklist as a table; on a narrow screen the style sheet makes cards of it."""

from collections import Counter
from datetime import date
from typing import Final

from tmjkit.case import Stage
from tmjkit.dashboards.markup import Markup, html, join
from tmjkit.dashboards.told_apart import born, told_apart
from tmjkit.dashboards.worklist_model import PAGE_ROWS, WorklistModel
from tmjkit.store import SummaryRow

STAGES: Final = {stage.value: stage.label for stage in Stage}
_COLUMNS: Final = (
    ("name", "Patient"),
    ("payer", "Payer"),
    ("", "Stage"),
    ("due", "Next"),
    ("", "Owner"),
    ("", "Ready"),
    ("saved", "Saved"),
)
_SOON: Final = 7


def table(model: WorklistModel) -> Markup:
    """Return the page of cases that the model shows, or why there is none."""
    rows = model.page.rows
    if not rows:
        return html('<div class="tmj-empty">{}</div>', _nothing(model))
    heads = join(_head(model, key, label) for key, label in _COLUMNS)
    names = Counter(row.name.casefold() for row in rows)
    return html(
        '<table class="tmj-cases"><caption>{}</caption><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table>",
        shown(model),
        heads,
        join(_row(model, row, alone=names[row.name.casefold()] == 1) for row in rows),
    )


def shown(model: WorklistModel) -> str:
    """Say how many cases there are, and which of them are shown."""
    found, rows = model.page.found, len(model.page.rows)
    count = "Many cases" if found is None else f"{found} case{'' if found == 1 else 's'}"
    if model.number == 1 and model.page.after is None:
        return count
    first = (model.number - 1) * PAGE_ROWS + 1
    return f"{count}; {first} to {first + rows - 1} are shown"


def day(iso: str) -> str:
    """Write a day such as 2026-11-24 as people read it."""
    if not iso:
        return ""
    read = date.fromisoformat(iso)
    return f"{read:%b} {read.day}, {read.year}"


def _nothing(model: WorklistModel) -> Markup:
    if model.conditions:
        return html("<p><strong>No case fits.</strong></p><p>{}</p>", asked(model))
    if model.counts.cases:
        return html("<p>Nothing is left on this page.</p>")
    return html(
        "<p><strong>There is no open case.</strong></p>"
        "<p>Begin one with “New case”, or ask a new patient with “New patient interview”. "
        "Closed cases are found with the stage “Closed”.</p>"
    )


def asked(model: WorklistModel) -> str:
    """Say in words what the list is narrowed to; empty for all open cases."""
    words = model.words.strip()
    said = [
        f"with “{words}” in name, payer, duty, owner or id" if words else "",
        f"in the stage “{STAGES[model.stage]}”" if model.stage else "",
        f"with the payer “{model.payer}”" if model.payer else "",
        _owner(model),
        {"ready": "ready for the next step", "lacking": "lacking facts for the next step"}.get(
            model.readiness, ""
        ),
        {
            "overdue": "overdue",
            "week": "due this week",
            "waiting": "waiting on a payer past its own clock",
        }.get(model.due, ""),
    ]
    named = ", ".join(part for part in said if part)
    return f"Asked for: cases {named}." if named else ""


def _owner(model: WorklistModel) -> str:
    owners = model.query().owners
    if not owners:
        return ""
    return f"looked after by {owners[0]}" if owners[0] else "looked after by nobody"


def _head(model: WorklistModel, key: str, label: str) -> Markup:
    if not key:
        return html('<th scope="col">{}</th>', label)
    if model.sort != key:
        return html('<th scope="col" data-tmj-sort="{}">{}</th>', key, label)
    way = "descending" if model.descending else "ascending"
    return html('<th scope="col" data-tmj-sort="{}" aria-sort="{}">{}</th>', key, way, label)


def _row(model: WorklistModel, row: SummaryRow, *, alone: bool) -> Markup:
    saved = row.saved_at.astimezone()
    who = born(row) if alone else told_apart(row)
    return html(
        '<tr><th scope="row" dir="auto"><a href="case.ipynb?case={}">{}</a>{}</th>'
        '<td dir="auto" data-label="Payer">{}</td>'
        '<td data-label="Stage"><span class="tmj-stage-of">{}</span></td>'
        '<td dir="auto" data-label="Next" class="tmj-next">{}</td>'
        '<td dir="auto" data-label="Owner">{}</td><td data-label="Ready">{}</td>'
        '<td data-label="Saved" class="tmj-quiet">{}</td></tr>',
        row.case_id,
        row.name or row.case_id,
        html(' <small dir="ltr">{}</small>', who) if who else Markup(),
        row.payer or "—",
        STAGES.get(row.stage, row.stage),
        _next(row, model.today),
        row.owner or html('<span class="tmj-quiet">{}</span>', "Nobody"),
        _readiness(row.readiness),
        html("{} <small>by {}</small>", day(saved.date().isoformat()), row.author),
    )


def _next(row: SummaryRow, today: date) -> Markup:
    theirs = row.next_whose == "theirs"
    late = row.payer_due and row.payer_due < today.isoformat()
    waiting = (
        html(
            '<p><span class="tmj-badge tmj-payer-late">Payer late</span> since {}</p>',
            day(row.payer_due),
        )
        if late
        else Markup()
    )
    if not row.next_due:
        return waiting or html('<span class="tmj-quiet">{}</span>', "Nothing has a day")
    badge = Markup() if theirs and late else _badge(date.fromisoformat(row.next_due), today, theirs)
    return html(
        "<p>{}<strong>{}</strong></p><p>{}{}</p>{}",
        badge,
        day(row.next_due),
        html('<span class="tmj-whose">{} </span>', "Other side:") if theirs else "",
        row.next_duty,
        waiting,
    )


def _badge(due: date, today: date, theirs: bool) -> Markup:  # noqa: FBT001 -- one of two sides
    left = (due - today).days
    if left < 0:
        css = "tmj-payer-late" if theirs else "tmj-late"
        return html('<span class="tmj-badge {}">{}</span>', css, "Late" if theirs else "Overdue")
    if left < _SOON:
        words = ("Today", "Tomorrow")[left] if left < 2 else f"In {left} days"  # noqa: PLR2004
        return html('<span class="tmj-badge tmj-soon">{}</span>', words)
    return Markup()


def _readiness(lacks: str) -> Markup:
    if not lacks:
        return html('<span class="tmj-quiet">{}</span>', "—")
    if lacks == "0":
        return html('<span class="tmj-badge tmj-is-ready">{}</span>', "Ready")
    return html('<span class="tmj-badge tmj-lacks">{} missing</span>', lacks)
