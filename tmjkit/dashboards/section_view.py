"""One list of a case: its records, and the form to add, change or remove one."""

from collections.abc import Callable

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import LISTS, Case, Patient, Record
from tmjkit.dashboards.autosave import Autosave
from tmjkit.dashboards.begun import Begun
from tmjkit.dashboards.desk import box, button, put, text
from tmjkit.dashboards.drafts import Draft
from tmjkit.dashboards.fields import editable
from tmjkit.dashboards.form_view import FormView
from tmjkit.dashboards.markup import html
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.record_form import RecordForm
from tmjkit.dashboards.record_row import row_of
from tmjkit.dashboards.words import SECTIONS, title_of
from tmjkit.language import translated

Beside = Callable[[RecordForm], w.Widget]
"""Makes what stands below a form and follows what is typed there."""

_FIRST = 10
_TYPES: dict[str, type[Record]] = {"patient": Patient, **LISTS}


class SectionView:
    """A list of the case. Its records are shown; their form is built when it is asked for.

    Parameters
    ----------
    name
        The list.
    context
        The case's page.
    beside
        Makes what stands below a form and follows what is typed there.
    titled
        Whether the name of the list stands above it.
    edit
        Opens a form by list and id and brings the eyes to it; by itself the list opens the form
        where it is.
    """

    def __init__(
        self,
        name: str,
        context: CaseContext,
        *,
        beside: Beside | None = None,
        titled: bool = True,
        edit: Callable[[str, str], None] | None = None,
    ) -> None:
        self.name = name
        self._ask_edit = edit
        self._model = context.model
        self._desk = context.desk
        self._beside = beside
        self._titled = titled
        self._type = _TYPES[name]
        self._form: FormView | None = None
        self._saver: Autosave | None = None
        self._all = False
        self._waiting = False
        self._head = text()
        self._rows = box((), "tmj-rows")
        self._begun = Begun(name, self._desk, self._model.drafts, self._form_of, self._go_on)
        self._resumed = False
        self._below = box((), "tmj-below")
        inside = (self._head, self._rows, self._begun.widget, self._below)
        self.widget = box(inside, f"tmj-list-of tmj-section-{name}")

    @property
    def unsaved(self) -> RecordForm | None:
        """The form that is open here; None when there is none."""
        return self._form.form if self._form else None

    def refresh(self) -> None:
        """Show the records as they are now; an open form stays as it is."""
        case = self._model.case
        if case is None:
            return
        records = _records(case, self.name)
        heading, one = (translated(words) for words in SECTIONS[self.name])
        count = "" if self.name == "patient" else f" ({len(records)})"
        if self._titled:
            self._head.value = html("<h3>{}{}</h3>", heading, count)
        shown = records if self._all else records[:_FIRST]
        put(self._rows, [self._row(record, case) for record in shown])
        if self._form is None:
            put(self._below, self._actions(len(records), one))
        elif self._saver is not None and not self._saver.busy and not self._model.conflict:
            self._rebase(self._form.form, case)
        if not self._resumed:
            self._resumed = True
            self._resume()
        elif self._begun.widget.children:
            self._begun.show(self.unsaved)

    def _rebase(self, form: RecordForm, case: Case) -> None:
        """Let the open form go on on top of the case as it is now."""
        if form.case is case:
            return
        saved = form.original.id if form.original else ""
        now = next((one for one in _records(case, self.name) if one.id == saved), None)
        form.rebase(now, case)
        if saved and now is None:
            self._desk.warn("The record of the open form was removed; saving adds it again.")

    def _actions(self, count: int, one: str) -> list[w.Widget]:
        made: list[w.Widget] = []
        if self.name != "patient" and editable(self._type):
            made.append(
                button(
                    translated("Add {kind}").format(kind=one),
                    self._desk.safely(self._add),
                )
            )
        if count > _FIRST and not self._all:
            made.append(
                button(
                    translated("Show all {count}").format(count=count),
                    self._desk.safely(self._show_all),
                )
            )
        if not count and not made:
            made.append(text(translated("None.")))
        return made

    def _add(self) -> None:
        if self._ask_edit is None:
            self.edit(None)
        else:
            self._ask_edit(self.name, "")

    def _show_all(self) -> None:
        self._all = True
        self.refresh()

    def _row(self, record: Record, case: Case) -> w.Widget:
        words = text(row_of(record, case), "tmj-record")
        if not editable(self._type):
            return words
        title = title_of(record)
        change = self._desk.safely(lambda: self.edit(record))
        buttons: list[w.Widget] = [
            button(
                # "Change" alone is the name of a column elsewhere.
                translated("Change {title}").format(title="").strip(),
                change,
                tooltip=translated("Change {title}").format(title=title),
            )
        ]
        place = box(buttons, "tmj-row-actions")
        if self.name != "patient":
            remove = self._desk.safely(lambda: self._ask(place, record))
            place.children = (
                *buttons,
                button(
                    translated("Remove"),
                    remove,
                    tooltip=translated("Remove {title}").format(title=title),
                ),
            )
        return box((words, place), "tmj-row")

    def _ask(self, place: w.Box, record: Record) -> None:
        """Ask before removing; undoing is offered afterwards too."""

        def keep() -> None:
            self.refresh()

        def remove() -> None:
            self._model.remove(record.id)

        title = title_of(record)
        put(
            place,
            (
                text(translated("Remove it?")),
                button(
                    translated("Yes, remove"),
                    self._desk.safely(remove),
                    css="tmj-danger",
                    tooltip=title,
                ),
                button(
                    translated("Keep"),
                    self._desk.safely(keep),
                    tooltip=translated("Keep {title}").format(title=title),
                ),
            ),
        )

    # The form

    def edit(self, record: Record | None) -> None:
        """Open the form of a record, or of a new one."""
        case = self._model.case
        if case is None:
            return
        if self.unsaved is not None and _id(self.unsaved.original) == _id(record):
            return  # it is open: drawn anew, it would lose what is typed at this moment
        if self._form is not None and self._form.form.changed:
            self._desk.warn("Save or cancel the form that is open in this section first.")
            return
        # What was typed into this record's form before would be lost under a second draft of it.
        left = self._begun.left(record.id) if record else None
        self._go_on(left or RecordForm(self._type, case, record))

    def _resume(self) -> None:
        """Open the form that was left here, with what was typed into it; name any others."""
        form = self._begun.first()
        if form is not None and self._form is None:
            self._open(form)
        self._begun.show(self.unsaved)

    def _form_of(self, draft: Draft) -> RecordForm:
        case = self._model.open_case()
        known = {record.id: record for record in _records(case, self.name)}
        form = RecordForm(self._type, case, known.get(draft.record_id), draft.record_id)
        form.resume(draft.typed, draft.start)
        return form

    def _go_on(self, form: RecordForm) -> None:
        if self._model.conflict is not None:
            self._desk.warn(" ".join(self._model.blockers()))
            return
        self._open(form)
        self._begun.show(form)

    def _open(self, form: RecordForm) -> None:
        self._close()
        self._saver = Autosave(form, self._model, self._model.drafts(), self._desk.later)
        self._form = FormView(form, self._desk, self._save, self._give_up, self._saver)
        beside = [self._beside(form)] if self._beside else []
        put(self._below, [self._form.widget, *beside])

    def _save(self) -> None:
        if self._form is None:
            return
        if self._model.conflict is not None:
            self._desk.warn(" ".join(self._model.blockers()))
            return
        done = self._form.saved()
        if self._form.form.errors:
            return
        # When somebody else saved meanwhile, the form stays until that is settled.
        self._waiting = not done
        if done:
            self._close_and_show()

    def _give_up(self) -> None:
        if self._saver is not None:
            self._saver.give_up()
        self._close_and_show()

    def settle(self) -> None:
        """Go on once it is decided what is kept of a save that came too late."""
        if self._waiting and self._saver is not None:
            self._saver.done()
            self._close_and_show()
        elif self._saver is not None and self._saver.form.made is not None:
            self._saver.settled()
        self._waiting = False

    def _close_and_show(self) -> None:
        self._close()
        self.refresh()

    def _close(self) -> None:
        if self._form is not None:
            self._form.close()
        self._form = self._saver = None


def _id(record: Record | None) -> str:
    return record.id if record else ""


def _records(case: Case, name: str) -> tuple[Record, ...]:
    return (case.patient,) if name == "patient" else getattr(case, name)
