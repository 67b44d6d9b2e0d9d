"""The panel of deadlines and tasks: every clock in order, what is done, and a calendar file."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Contact, Task
from tmjkit.dashboards.deadlines_model import (
    MEDIA_TYPE,
    Clock,
    calendar_file,
    clocks,
    done,
    promise_of,
    settle,
    task_of,
    without_day,
)
from tmjkit.dashboards.desk import box, button, put, text
from tmjkit.dashboards.letter_download import download
from tmjkit.dashboards.letter_paper import Paper
from tmjkit.dashboards.markup import Markup, details, html, join
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.records_view import RecordsView

_LEAD: Final = (
    "The day is the safe one: for our duties the earliest that can be the last, for theirs the "
    "last on which they may still be in time. The notice and a lawyer's word go before it."
)


class DeadlinesView:
    """Every clock of the case, then its tasks."""

    def __init__(self, context: CaseContext) -> None:
        self._context = context
        self._drawn: tuple[tuple[Clock, ...], tuple[Task, ...]] | None = None
        self._open = box((), "tmj-clocks")
        self._rest = text()
        self._named = w.Checkbox(description="With the patient's name in it", indent=False)
        self._file = text("", "tmj-result")
        make = button("Make a calendar file", context.desk.safely(self._download))
        self._records = RecordsView(context, ("tasks",))
        self.sections = self._records.sections
        self.widget = box(
            (
                text(html('<h3>Deadlines</h3><p class="tmj-why">{}</p>', _LEAD)),
                self._open,
                self._rest,
                box((make, self._named), "tmj-calendar"),
                self._file,
                text(html("<h3>Tasks</h3>"), "tmj-tasks-head"),
                self._records.widget,
            ),
            "tmj-deadlines",
        )

    def refresh(self) -> None:
        """Show the case as it is now; an open form stays as it is."""
        context, case = self._context, self._context.model.open_case()
        found = clocks(context.assessment().deadlines, context.model.today, context.policy.library)
        loose = without_day(case)
        if (found, loose) != self._drawn:
            # Drawn anew only where something is different: what somebody opened stays open.
            self._drawn = (found, loose)
            self._draw(found, loose)
        self._file.value = Markup()
        self._records.refresh()

    def _draw(self, found: tuple[Clock, ...], loose: tuple[Task, ...]) -> None:
        rows = [self._row(one) for one in found if one.deadline.open]
        rows += map(self._loose, loose)
        put(self._open, rows or [text("Nothing is due, and no task is open.")])
        rest = [one for one in found if not one.deadline.open]
        self._rest.value = (
            details(f"Not begun, done or no longer needed ({len(rest)})", join(map(clock, rest)))
            if rest
            else Markup()
        )

    def _row(self, one: Clock) -> w.Widget:
        case = self._context.model.open_case()
        task, contact = task_of(case, one), promise_of(case, one)
        actions: list[w.Widget] = []
        if task is not None:
            actions = [self._done(task)]
        elif contact is not None:
            actions = self._promise(contact, one.deadline.label)
        return box((text(clock(one)), box(actions, "tmj-row-actions")), "tmj-row tmj-clock-row")

    def _loose(self, task: Task) -> w.Widget:
        words = html(
            '<div class="tmj-clock"><p><span class="tmj-badge">{}</span> '
            '<strong dir="auto">{}</strong></p></div>',
            "No day",
            f"{task.title} ({task.owner})" if task.owner else task.title,
        )
        return box((text(words), box((self._done(task),), "tmj-row-actions")), "tmj-row")

    def _done(self, task: Task) -> w.Widget:
        do = self._context.desk.safely(lambda: done(self._context.model, task))
        return button("Done today", do, tooltip=f"Done today: {task.title}")

    def _promise(self, contact: Contact, label: str) -> list[w.Widget]:
        model, safely = self._context.model, self._context.desk.safely
        kept = safely(lambda: settle(model, contact, kept=True))
        broken = safely(lambda: settle(model, contact, kept=False))
        return [
            button("Kept", kept, tooltip=f"Kept: {label}"),
            button("Not kept", broken, tooltip=f"Not kept: {label}"),
        ]

    def _download(self) -> None:
        context = self._context
        data = calendar_file(
            context.model, context.assessment().deadlines, named=bool(self._named.value)
        )
        name = f"deadlines-{context.model.open_case().id}.ics"
        self._file.value = download(Paper(name, MEDIA_TYPE, data))
        context.desk.say("The calendar file is there. Import it again after changes.")


def clock(one: Clock) -> Markup:
    """Return a deadline: what, when, whose, and how it was worked out."""
    item = one.deadline
    words, tone = one.badge
    day = html("<strong>{}</strong>", _day(item.safe_date)) if item.safe_date else Markup()
    whose = "The other side's duty" if one.theirs else "Our duty"
    late = (
        html(
            '<p class="tmj-payer-past" dir="auto"><strong>{}</strong> {}</p>',
            f"The other side is past its own clock since {_day(item.safe_date)}."
            if item.safe_date
            else "The other side is past its own clock.",
            " ".join(f"{said.rstrip('.')}." for said in one.follows),
        )
        if one.payer_late
        else Markup()
    )
    return html(
        '<div class="tmj-clock tmj-clock--{}"><p><span class="tmj-badge">{}</span> {} '
        '<span class="tmj-whose">{}</span></p><p dir="auto"><strong>{}</strong></p>{}{}{}</div>',
        tone,
        words,
        day,
        whose,
        item.label,
        html('<p class="tmj-why" dir="auto">{}</p>', _sentence(item.because))
        if item.because and not one.payer_late
        else Markup(),
        late,
        details("How it is worked out", _worked_out(one)),
    )


def _worked_out(one: Clock) -> Markup:
    item = one.deadline
    begun = item.trigger_date.words() if item.trigger_date else "day not recorded"
    lines: list[tuple[str, str]] = [
        ("Begins with", f"{item.trigger} ({begun})" if item.trigger else ""),
        ("Counted", item.arithmetic),
        ("Because", item.because),
        ("Time of day", item.at),
        ("Possible days", _range(one)),
        ("Law and source", "; ".join(one.sources)),
    ]
    return html("<dl>{}</dl>", _pairs(lines))


def _pairs(lines: Iterable[tuple[str, str]]) -> Markup:
    return join(
        html('<div><dt>{}</dt><dd dir="auto">{}</dd></div>', label, said)
        for label, said in lines
        if said
    )


def _range(one: Clock) -> str:
    due = one.deadline.due
    if due is None or due.exact:
        return ""
    return f"{_day(due.earliest)} to {_day(due.latest)}, depending on dates that are not recorded"


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
