"""The panel of calls: log one, read what was said, and see which promises are open."""

from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Case, Contact
from tmjkit.dashboards.calls_model import log_of
from tmjkit.dashboards.calls_promise import Promise, promise_of, settle_promise
from tmjkit.dashboards.calls_quick import QuickCall, local_now, quick_call
from tmjkit.dashboards.desk import box, button, put, text
from tmjkit.dashboards.markup import Markup, html, join
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.section_view import SectionView
from tmjkit.dashboards.words import title_of

_FIRST = 12
_TONES = {
    Promise.OPEN: "tmj-soon",
    Promise.OVERDUE: "tmj-late",
    Promise.KEPT: "tmj-is-kept",
    Promise.BROKEN: "tmj-late",
}


class CallsView:
    """The contacts of the case as a log, the newest first."""

    def __init__(self, context: CaseContext) -> None:
        self._context = context
        self._all = False
        # Its own list of records is hidden: the log below shows them, and it has the forms.
        self._contacts = SectionView("contacts", context, titled=False, edit=context.edit)
        self._quick = QuickCall(context.desk, context.model, local_now, context.papers, context.go)
        self._resumed = False
        self.sections = {"contacts": self._contacts}
        script = context.desk.safely(self._script)
        self._search = w.Text(description="Find in the log", continuous_update=False)
        self._search.style.description_width = "initial"
        self._search.observe(context.desk.safely(self._show), "value")
        self._log = box((), "tmj-rows tmj-log")
        acts = (self._quick.widget, button("Script for a call", script))
        self.widget = box(
            (
                box(acts, "tmj-actions tmj-calls-head"),
                text(html("<h3>What was said and promised</h3>")),
                self._contacts.widget,
                box((box((self._search,), "tmj-field"),), "tmj-log-search"),
                self._log,
            ),
            "tmj-calls",
        )

    def refresh(self) -> None:
        """Show the log as it is now; an open form stays as it is."""
        self._contacts.refresh()
        self._show()
        if not self._resumed and self._context.model.case is not None:
            self._resumed = True
            self._quick.resume()

    def _show(self) -> None:
        case = self._context.model.case
        if case is None:
            return
        found = log_of(case, self._search.value)
        shown = found if self._all else found[:_FIRST]
        rows: list[w.Widget] = [self._row(one, case) for one in shown]
        if not found:
            none = "Nothing in the log has these words." if case.contacts else "No calls yet."
            rows.append(text(none))
        if len(found) > len(shown):
            more = self._context.desk.safely(self._show_all)
            rows.append(button(f"Show the whole log ({len(found)})", more))
        put(self._log, rows)

    def _show_all(self) -> None:
        self._all = True
        self._show()

    def _row(self, call: Contact, case: Case) -> w.Widget:
        model, safely = self._context.model, self._context.desk.safely
        state = promise_of(call, model.today)
        name = _named(call)
        acts: list[w.Widget] = []
        if state in (Promise.OPEN, Promise.OVERDUE):
            for label, kept in (("Promise kept", True), ("Not kept", False)):
                settle = partial(settle_promise, model, call, kept=kept)
                acts.append(button(label, safely(settle), tooltip=f"{label}: {name}"))
        if call.channel.value == "phone":
            confirm = partial(self._letter, "call-confirmation", call.id)
            acts.append(button("Confirm by letter", safely(confirm), tooltip=f"Confirm: {name}"))
        change = partial(self._context.edit, "contacts", call.id)
        acts.append(button("Change", safely(change), tooltip=f"Change {name}"))
        remove = partial(self._ask, call)
        place = box((), "tmj-row-actions")
        acts.append(button("Remove", safely(partial(remove, place)), tooltip=f"Remove {name}"))
        place.children = tuple(acts)
        words = text(
            entry(
                call, state, case, (model.today - call.promised_by).days if call.promised_by else 0
            ),
            "tmj-record",
        )
        return box((words, place), "tmj-row")

    def _ask(self, call: Contact, place: w.Box) -> None:
        safely, name = self._context.desk.safely, _named(call)
        remove = partial(self._context.model.remove, call.id)
        put(
            place,
            (
                text("Remove it?"),
                button("Yes, remove", safely(remove), css="tmj-danger", tooltip=f"Yes: {name}"),
                button("Keep", safely(self._show), tooltip=f"Keep {name}"),
            ),
        )

    def _letter(self, kind: str, about_id: str = "") -> None:
        self._context.papers.want(kind, about_id)
        self._context.go("letters")

    def _script(self) -> None:
        self._letter("call-script")


def entry(call: Contact, state: Promise, case: Case, late: int = 0) -> Markup:
    """Return a contact as people read a log.

    Parameters
    ----------
    call
        The contact.
    state
        How its promise stands.
    case
        The case, for what the contact was about.
    late
        Days since the promised day.
    """
    way = f"{call.channel.label}, {call.direction.label.lower()}"
    whom = " · ".join(part for part in (call.who, call.organization) if part) or "Nobody named"
    facts = [("Number", call.number), ("Reference", call.reference)]
    if call.topic:
        facts.append(("Topic", call.topic.label))
    if call.about_id:
        facts.append(("About", title_of(case.record(call.about_id))))
    lines = join(
        html("<div><dt>{}</dt><dd>{}</dd></div>", label, value) for label, value in facts if value
    )
    return html(
        '<div class="tmj-record-text"><p class="tmj-log-when">{}{}'
        '<span class="tmj-source">{}</span></p>'
        '<p class="tmj-record-title" dir="auto">{}</p><dl>{}</dl>{}{}{}</div>',
        call.date or "No day",
        f", {call.time:%H:%M} " if call.time else " ",
        way,
        whom,
        lines,
        _words("", call.said),
        _promise(call, state, late),
        _words("Note: ", call.note),
    )


def _promise(call: Contact, state: Promise, late: int) -> Markup:
    if state is Promise.NONE:
        return Markup()
    badge = f"overdue by {late} day{'' if late == 1 else 's'}"
    return html(
        '<p class="tmj-log-promise"><span class="tmj-badge {}">{}</span> '
        '<span class="tmj-label">Promised{}:</span> <span dir="auto">{}</span></p>',
        _TONES[state],
        badge if state is Promise.OVERDUE else state.value,
        f" by {call.promised_by}" if call.promised_by else "",
        call.promised or "see above",
    )


def _words(label: str, words: str) -> Markup:
    return html('<p class="tmj-log-said" dir="auto">{}{}</p>', label, words) if words else Markup()


def _named(call: Contact) -> str:
    """Tell one contact from another, as a button's name does."""
    return " ".join(
        part
        for part in (
            call.channel.label.lower(),
            f"of {call.date}" if call.date else "",
            f"{call.time:%H:%M}" if call.time else "",
            call.reference or call.who or call.organization,
        )
        if part
    )


__all__ = ["CallsView", "QuickCall", "entry", "quick_call"]
