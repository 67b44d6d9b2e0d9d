"""Who looks after the case, and whether it is closed: taken over or closed with a click."""

from typing import Final

from tmjkit.case import ClosedReason, Handling, closed_by, owner_of
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import box, button, set_visible, text
from tmjkit.dashboards.markup import html
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.records_view import RecordsView
from tmjkit.dashboards.worklist_choice import Choice

LISTS: Final = ("patient", "providers", "representatives")
_REASONS: Final = (("Choose why", ""), *((one.label, one.value) for one in ClosedReason))

_BY_CODE: Final = {one.value: one for one in ClosedReason}


def take_over(model: CaseModel) -> None:
    """Let whoever is at this page look after the case from today on."""
    model.update(Handling(date=model.today, owner=model.author))


def close(model: CaseModel, reason: ClosedReason) -> None:
    """Close the case from today on."""
    model.update(Handling(date=model.today, closed=reason))


def reopen(model: CaseModel) -> None:
    """Open the closed case again."""
    model.update(Handling(date=model.today, reopened=True))


class HandlingView:
    """Owner and state of the case, above the records that say so."""

    def __init__(self, context: CaseContext) -> None:
        self._model = context.model
        self._desk = context.desk
        self._words = text()
        self._actions = box((), "tmj-handling-actions")
        self._reason = Choice(context.desk, "Reason for closing", lambda _: self._show())
        self._reason.offer(_REASONS, "")
        self._take = button("Take it over", context.desk.safely(lambda: take_over(self._model)))
        self._close = button("Close the case", context.desk.safely(self._shut), css="tmj-danger")
        self._reopen = button("Open it again", context.desk.safely(lambda: reopen(self._model)))
        self._actions.children = (
            self._take,
            self._reopen,
            box((self._reason.widget,), "tmj-field"),
            self._close,
        )
        self.widget = box(
            (text(html("<h3>Who looks after it</h3>")), self._words, self._actions), "tmj-handling"
        )

    def refresh(self) -> None:
        """Show who looks after the case now."""
        self._reason.offer(_REASONS, "")
        self._show()

    def _show(self) -> None:
        model = self._model
        case = model.open_case()
        owner, closed = owner_of(case.handling, model.today), closed_by(case.handling, model.today)
        said = f"Looked after by {owner}." if owner else "Nobody looks after this case yet."
        if closed is not None and closed.closed is not None:
            said = f"{said} Closed since {closed.date:%B} {closed.date.day}, {closed.date.year}: "
            said += f"{closed.closed.label}."
        self._words.value = html('<p dir="auto">{}</p>', said)
        saved = model.revision is not None
        set_visible(self._take, visible=saved and owner != model.author)
        set_visible(self._reopen, visible=saved and closed is not None)
        set_visible(self._actions.children[2], visible=saved and closed is None)
        set_visible(self._close, visible=saved and closed is None and bool(self._reason.value))

    def _shut(self) -> None:
        if self._reason.value:
            close(self._model, _BY_CODE[self._reason.value])


class PeopleView:
    """The panel of the patient, the people around, and who looks after the case."""

    def __init__(self, context: CaseContext) -> None:
        self._handling = HandlingView(context)
        self._people = RecordsView(context, LISTS)
        self._said = RecordsView(context, ("handling",))
        self.sections = {**self._people.sections, **self._said.sections}
        self.widget = box(
            (self._people.widget, self._handling.widget, self._said.widget), "tmj-people"
        )

    def refresh(self) -> None:
        """Show the case as it is now; an open form stays as it is."""
        self._people.refresh()
        self._handling.refresh()
        self._said.refresh()
