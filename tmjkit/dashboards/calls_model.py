"""Calls: a short form that is filled in while somebody talks, and what becomes of a promise."""

from datetime import date, datetime
from enum import Enum
from typing import Final

from tmjkit.case import Case, Contact, Task
from tmjkit.dashboards.autosave import Autosave, Later
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

_TITLE: Final = 200


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
        Its id, where it was begun before.
    """

    def __init__(self, case: Case, now: datetime, record_id: str = "") -> None:
        self._begun = {
            "date": now.date().isoformat(),
            "time": f"{now:%H:%M}",
            "organization": payer_name(case),
        }
        super().__init__(Contact, case, record_id=record_id)
        self.fields = tuple(sorted(self.fields, key=_place))
        self._start = {**self._start, **self._begun}
        self.texts = dict(self._start)

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

    A call that is half told is no record of it yet, so nothing is saved in between.

    Attributes
    ----------
    contact, task
        What was saved; None before, and no task where nothing was promised.
    """

    def __init__(self, form: CallForm, model: CaseModel, later: Later) -> None:
        super().__init__(form, model, model.drafts(), later)
        self.contact: Contact | None = None
        self.task: Task | None = None

    def save(self, *, touched_only: bool = False) -> bool:
        """Save the call and the task that its promise makes; False when it doesn't hold.

        Raises
        ------
        CaseError
            When it doesn't fit the rest of the case.
        """
        if touched_only:  # by itself it saves nothing
            return False
        record = self.form.record()
        if not isinstance(record, Contact):
            return False
        if not (record.who or record.said or record.promised or record.reference):
            self.form.errors = {"said": "should say at least who was spoken to, or what was said"}
            return False
        if record.date and record.promised_by and record.promised_by < record.date.earliest:
            self.form.errors = {"promised_by": "should not lie before the call"}
            return False
        task = follow_up(record, self._model.author)
        case = self._model.open_case().with_record(record)
        self.busy, self._tried = True, dict(self.form.texts)
        try:
            saved = self._model.replace(case.with_record(task) if task else case, "Logged the call")
        finally:
            self.busy = False
        if saved:
            self.contact, self.task = record, task
            self.settled()
        return saved


def follow_up(call: Contact, owner: str) -> Task | None:
    """Return the task that a promise makes: to look on its day whether it was kept.

    Without a promise there is none; where no day was promised the task has none either.
    """
    if not call.promised and call.promised_by is None:
        return None
    what = " ".join(call.promised.split()) or "what was promised"
    whom = f" ({call.organization or call.who})" if call.organization or call.who else ""
    room = _TITLE - len(whom)
    what = what if len(what) <= room else f"{what[: room - 1]}…"
    return Task(
        title=f"Follow up: {what}{whom}", owner=owner, due=call.promised_by, about_id=call.id
    )


def settle_promise(model: CaseModel, call: Contact, *, kept: bool) -> None:
    """Keep in the case whether a promise was kept; a kept one ends the tasks that follow it up."""
    case = model.open_case()
    changed = case.with_record(call.model_copy(update={"kept": kept}))
    if kept:
        for task in case.tasks:
            if task.about_id == call.id and task.open and task.title.startswith("Follow up"):
                changed = changed.with_record(task.model_copy(update={"done": model.today}))
    model.replace(changed, "Promise kept" if kept else "Promise not kept")


class Promise(Enum):
    """How a promise stands."""

    NONE = "nothing promised"
    OPEN = "open"
    OVERDUE = "overdue"
    KEPT = "kept"
    BROKEN = "not kept"


def promise_of(call: Contact, today: date) -> Promise:
    """Tell how the promise of a call stands on a day."""
    if not call.promised and call.promised_by is None:
        return Promise.NONE
    if call.kept is not None:
        return Promise.KEPT if call.kept else Promise.BROKEN
    late = call.promised_by is not None and call.promised_by < today
    return Promise.OVERDUE if late else Promise.OPEN


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
