"""Forms that were begun, left and are not open: each is named, with a way to go on with it."""

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import Desk, box, button, put, text
from tmjkit.dashboards.drafts import Draft, Drafts
from tmjkit.dashboards.markup import html
from tmjkit.dashboards.record_form import RecordForm
from tmjkit.dashboards.record_sources import SOURCE
from tmjkit.language import translated

_LONGEST = 90
Form = TypeVar("Form", bound=RecordForm)


class Begun(Generic[Form]):
    """The drafts of one place that are not open.

    Parameters
    ----------
    place
        What the drafts are filed under.
    desk
        Where news is shown.
    drafts
        Where they are kept.
    form
        Makes the form of a draft, with what was typed.
    open_form
        Opens it in the place of the form that is open there.

    Attributes
    ----------
    widget
        The forms that were begun; empty where there are none.
    """

    def __init__(
        self,
        place: str,
        desk: Desk,
        drafts: Callable[[], Drafts],
        form: Callable[[Draft], Form],
        open_form: Callable[[Form], object],
    ) -> None:
        self._place = place
        self._desk = desk
        self._drafts = drafts
        self._form = form
        self._open = open_form
        self.widget = box((), "tmj-begun")

    def first(self) -> Form | None:
        """Return the form of the first draft, to open it; None where nothing was left."""
        return next(map(self._form, self._drafts().of(self._place)), None)

    def left(self, record_id: str) -> Form | None:
        """Return the form of a record with what was typed before; None where nothing was."""
        left = self._drafts().of(self._place)
        return next((self._form(one) for one in left if one.record_id == record_id), None)

    def show(self, opened: RecordForm | None) -> None:
        """Name the drafts, but for that of the form that is open."""
        here = opened.id if opened else ""
        left = [one for one in self._drafts().of(self._place) if one.record_id != here]
        rows = [self._row(draft) for draft in left]
        if rows:
            heading = translated("Begun and not saved ({count})").format(count=len(rows))
            rows.insert(0, text(html('<p class="tmj-help">{}</p>', heading)))
        put(self.widget, rows)

    def _row(self, draft: Draft) -> w.Widget:
        name = words(self._form(draft))
        label = translated("Go on")
        go_on = button(
            label, self._desk.safely(partial(self._go_on, draft)), tooltip=f"{label}: {name}"
        )
        return box(
            (text(html('<p dir="auto">{}</p>', name), "tmj-record"), go_on), "tmj-row tmj-begun-row"
        )

    def _go_on(self, draft: Draft) -> None:
        # Read anew: the form may have been finished, or gone on with, on another page since.
        form = self.left(draft.record_id)
        if form is not None:
            self._open(form)
            return
        self._desk.warn(translated("This form was saved or given up on another page."))
        put(self.widget, ())


def words(form: RecordForm) -> str:
    """Return what a form is for and what was typed first, so that one is told from another."""
    typed = form.typed
    asked = [one.path for one in form.fields if one.path in typed]
    found = [form.words(path, typed[path]) for path in asked if path != SOURCE]
    told = ", ".join(" ".join(one.split()) for one in found if one.strip())
    if len(told) > _LONGEST:
        told = f"{told[:_LONGEST]}…"
    return f"{form.name}: {told}" if told else form.name
