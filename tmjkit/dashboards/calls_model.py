"""Calls: a short form that is filled in while somebody talks, and the log of them."""

from datetime import datetime
from typing import Final

from tmjkit.case import Case, Contact, Task
from tmjkit.dashboards.autosave import Autosave, Later
from tmjkit.dashboards.calls_promise import follow_up_of, with_call
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.fields import Field
from tmjkit.dashboards.record_form import RecordForm

ASKED: Final = (
    "who",
    "organization",
    "number",
    "reference",
    "said",
    "promised",
    "promised_by",
    "topic",
    "direction",
    "date",
    "time",
    "channel",
)
"""Fields of the short form, in the order in which a call brings them up."""

PLACE: Final = "calls"
"""What the drafts of calls are filed under: they are gone on with in the short form."""


class CallForm(RecordForm):
    """The form of a contact that happens now.

    The day and the time of its beginning and the payer stand there already; the first thing that
    is typed makes it a draft, in which they are kept too.

    Parameters
    ----------
    case
        The case that the call is about.
    now
        When it began, by the office's clock.
    record_id
        Its id, where it was begun before; it may have been saved in another window since.
    """

    def __init__(self, case: Case, now: datetime, record_id: str = "") -> None:
        self._begun = {
            "date": now.date().isoformat(),
            "time": f"{now:%H:%M}",
            "organization": payer_name(case),
        }
        super().__init__(Contact, case, call_of(case, record_id), record_id)
        self.fields = tuple(sorted(self.fields, key=_place))

    def _saved_texts(self) -> dict[str, str]:
        found = super()._saved_texts()
        if not isinstance(self.original, Contact):
            return {**found, **self._begun}
        time = self.original.time
        # As the form writes it: with its seconds it would read as changed by the other window.
        return {**found, "time": f"{time:%H:%M}"} if time else found

    @property
    def name(self) -> str:
        """What the form is for, in words."""
        return "The call"

    @property
    def place(self) -> str:
        """What a draft of it is filed under."""
        return PLACE

    @property
    def typed(self) -> dict[str, str]:
        """What was typed; with it what stood there already, or a draft would lose the time."""
        found = super().typed
        kept = {path: self.texts.get(path, "") for path in self._begun}
        return {**kept, **found} if found else {}


class CallSaver(Autosave):
    """Keeps what is typed as a draft; saves only when asked, the call and its task in one go.

    A call that is half told is no record of it yet, so nothing is saved in between. The form goes
    on on top of the case as others save it: one person's draft is open in each of their windows,
    and what one window saved must not be taken away by the next.

    Attributes
    ----------
    contact, task
        What was saved; None before, and no task where nothing was promised.
    """

    def __init__(self, form: CallForm, model: CaseModel, later: Later) -> None:
        super().__init__(form, model, model.drafts(), later)
        self.contact: Contact | None = None
        self.task: Task | None = None
        self._told: dict[str, str] = {}
        model.observe(self._follow, "case")

    def close(self) -> None:
        """Stop following; what was not saved stays as a draft."""
        self._model.unobserve(self._follow, "case")
        super().close()

    def save(self, *, touched_only: bool = False) -> bool:
        """Save the call and the task that its promise makes; False when it doesn't hold.

        False too, with the reason in `said`, where another window saved the call with other words
        in a field that was typed into here: they are shown first, and the next save counts.

        Raises
        ------
        CaseError
            When it doesn't fit the rest of the case.
        """
        if touched_only:  # by itself it saves nothing
            return False
        if self._model.conflict is not None:
            self.said = " ".join(self._model.blockers())
            return False
        self._model.look()
        record = None if self._is_news() else self._record()
        if record is None:
            return False
        saved = not self._unsaved or self._save(record)
        if saved:
            self.contact = record
            self.task = follow_up_of(self._model.open_case(), record)
            self.settled()
        return saved

    def _record(self) -> Contact | None:
        """Make the call; None when it doesn't hold or says nothing, told in the form."""
        record = self.form.record()
        if not isinstance(record, Contact):
            return None
        if not (record.who or record.said or record.promised or record.reference):
            self.form.errors = {"said": "should say at least who was spoken to, or what was said"}
            return None
        if record.date and record.promised_by and record.promised_by < record.date.earliest:
            self.form.errors = {"promised_by": "should not lie before the call"}
            return None
        return record

    @property
    def _unsaved(self) -> bool:
        return self.form.changed or self.form.original is None

    def _save(self, record: Contact) -> bool:
        case = with_call(self._model.open_case(), record, self._model.author)
        self.busy, self._tried = True, dict(self.form.texts)
        try:
            saved = self._model.replace(case, "Logged the call")
        finally:
            self.busy = False
        if not saved:
            # Saved elsewhere since the look a moment ago. What is typed is in this form, which
            # shows both sides field by field; the page it stands on may not show a conflict.
            self._model.reload()
            if not self._is_news():
                self.said = "Not saved: the case was saved elsewhere at this moment. Save again."
        return saved

    def _is_news(self) -> bool:
        """Tell whether the other window's words in a field are shown for the first time."""
        told, self._told = self._told, dict(self.form.theirs)
        if all(told.get(path) == words for path, words in self._told.items()):
            return False
        self.said = (
            "Not saved yet: another window saved other words for this call. They stand below the "
            "field. Take them, or save again to keep yours."
        )
        return True

    def _lacking(self) -> str:
        return "Save changes the call" if self.form.original else "Save logs the call"

    def _follow(self, _: object) -> None:
        """Let the form go on on top of the case as it is now."""
        case = self._model.case
        if self.busy or case is None or case is self.form.case or case.id != self.form.case.id:
            return
        before, now = self.form.original, call_of(case, self.form.id)
        self.form.rebase(now, case)
        if self.form.changed:
            self._keep()  # the window that saved has ended the draft that both shared
        if now is not None and now != before:
            self.said = "Saved in another window; what you add here changes that call"
        elif before is not None and now is None:
            self.said = "Removed in another window; saving adds the call again"


def call_of(case: Case, record_id: str) -> Contact | None:
    """Return the contact of that id; None where the case has none."""
    return next((one for one in case.contacts if one.id == record_id), None)


def log_of(case: Case, words: str = "") -> tuple[Contact, ...]:
    """Return the contacts in which all these words stand, the newest first, undated ones last."""
    asked = words.casefold().split()
    found = [one for one in case.contacts if all(word in _text(one) for word in asked)]
    numbered = sorted(enumerate(found), key=lambda pair: (_when(pair[1]), pair[0]), reverse=True)
    return tuple(one for _, one in numbered)


def _when(call: Contact) -> tuple[str, str]:
    return (str(call.date or ""), f"{call.time:%H:%M}" if call.time else "")


def _text(call: Contact) -> str:
    parts = (
        call.who,
        call.organization,
        call.number or "",
        call.reference,
        call.said,
        call.promised,
        call.note,
        call.channel.label,
        call.topic.label if call.topic else "",
        str(call.date or ""),
    )
    return " ".join(parts).casefold()


def payer_name(case: Case) -> str:
    """Return the payer of the first coverage, by rank; empty where none is known."""
    known = sorted((one for one in case.coverages if one.payer), key=lambda one: one.rank)
    return known[0].payer if known else ""


def _place(field: Field) -> int:
    return ASKED.index(field.path) if field.path in ASKED else len(ASKED)
