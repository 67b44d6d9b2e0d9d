"""The answer to one question: typed into the form of its record, kept, and saved as a revision."""

from typing import Final

from tmjkit.case import LISTS, SCALES, Case, CaseError, Patient, Record, Treatment
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.drafts import Draft, Drafts
from tmjkit.dashboards.fields import Field
from tmjkit.dashboards.form_errors import told
from tmjkit.dashboards.intake_questions import Question, coverage_of_interview
from tmjkit.dashboards.record_form import PATIENT, RECORD, SOURCE, RecordForm
from tmjkit.language import translated

_TYPES: Final[dict[str, type[Record]]] = {"patient": Patient, **LISTS}


class Answer:
    """What is typed to one question.

    Parameters
    ----------
    question
        The question.
    model
        The case.
    record_id
        The record that an earlier answer to it made; empty when there is none.
    drafts
        Where it is kept until it holds.

    Attributes
    ----------
    form
        The form of the record; only the fields in `asked` are shown.
    asked
        Paths of the fields: those of the question, and what a new record can't be without.
    """

    def __init__(
        self, question: Question, model: CaseModel, record_id: str, drafts: Drafts
    ) -> None:
        self.question = question
        self._model = model
        self._drafts = drafts
        case = model.open_case()
        original = _original(question, case, record_id)
        self.form = RecordForm(_TYPES[question.section], case, original)
        preset = {} if original else question.preset(case, model.today)
        for path, text in preset.items():
            self.form.update(path, text)
        lacking = [
            one.path
            for one in self.form.fields
            if one.required and not self.form.texts.get(one.path) and one.path not in preset
        ]
        self.asked = tuple(dict.fromkeys((*lacking, *question.fields)))
        self._begun = {path: self.form.texts.get(path, "") for path in self.asked}
        self._busy = False
        for draft in drafts.all():
            if draft.section == self._place:
                self._resume(draft)
        self.form.observe(self._keep, "texts")

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that are asked, in the question's order."""
        known = {one.path: one for one in self.form.fields}
        return tuple(known[path] for path in self.asked)

    @property
    def typed(self) -> dict[str, str]:
        """What was typed to this question and isn't saved, by field."""
        texts = {path: self.form.texts.get(path, "") for path in self.asked}
        return {path: text for path, text in texts.items() if text != self._begun[path]}

    def follow(self) -> bool:
        """Go on on top of what somebody else saved; False when the question has to be asked anew.

        What was not touched takes what was saved. What was typed stays; where both changed a
        field the form has the other's words beside it.
        """
        case, before = self._model.open_case(), self.form.original
        if self._busy or self.form.case is case:
            return True
        now = _original(self.question, case, before.id if before else "")
        if (now is None) != (before is None):
            return False
        self.form.rebase(now, case)
        if now is not None:
            self._begun = {path: self.form.start.get(path, "") for path in self.asked}
        self._keep(None)
        return True

    def save(self) -> str | None:
        """Save the answer; return the record's id, empty when there was nothing, None when wrong.

        What is wrong is told in the form.
        """
        self._busy = True
        try:
            return self._save()
        finally:
            self._busy = False

    def _save(self) -> str | None:
        if not self.typed:
            self.end()
            return self.form.original.id if self.form.original else ""
        self.form.update(SOURCE, PATIENT)
        record = self.form.record()
        if record is None:
            self._tell_here(self.form.errors)
            return None
        try:
            done = self._model.update(record, quiet=True)
        except CaseError as error:
            self._tell_here({one.field: told(one.accepted) for one in error.problems})
            return None
        if not done:
            return None
        self.end()
        return record.id

    def forget(self) -> None:
        """Give up what was typed; what was said before to this question becomes unknown."""
        original = self.form.original
        self.end()
        if original is None:
            return
        case = self._model.open_case()
        form = RecordForm(type(original), case, case.record(original.id))
        required = {one.path for one in form.fields if one.required}
        own = set(self.question.fields)
        if own & required and self.question.section != "coverages":
            self._model.remove(original.id)
            return
        for path in own - required:
            form.update(path, "")
        record = form.record() if form.changed else None
        if record is not None:
            self._model.update(record, quiet=True)

    def end(self) -> None:
        """End the draft."""
        self._drafts.drop(self._place, "")

    def close(self) -> None:
        """Stop following the form; what was typed stays as a draft."""
        self.form.unobserve(self._keep, "texts")

    @property
    def _place(self) -> str:
        return f"intake-{self.question.key}"

    def _keep(self, _: object) -> None:
        self._drafts.keep(self._place, "", self.typed, self._begun)

    def _resume(self, draft: Draft) -> None:
        """Take up what was typed before, on top of what was saved since."""
        typed = {path: text for path, text in draft.typed.items() if path in self.asked}
        if self.form.original is None or draft.start is None:
            for path, text in typed.items():
                self.form.update(path, text)
            return
        start = {path: text for path, text in draft.start.items() if path in self.asked}
        self.form.resume(typed, start)

    def _tell_here(self, errors: dict[str, str]) -> None:
        """Tell what is wrong with a field that isn't asked here above the question."""
        labels = {one.path: translated(one.label) for one in self.form.fields}
        here = {path: why for path, why in errors.items() if path in self.asked}
        instrument = self.form.texts.get("instrument", "")
        scale = next((one for key, one in SCALES.items() if key.value == instrument), None)
        if scale and "value" in here:
            # The field knows only the range of all instruments together.
            here["value"] = told(f"should be {scale.accepted}")
        others = [
            f"{labels[path]}: {why}" if path in labels else why
            for path, why in errors.items()
            if path not in self.asked
        ]
        self.form.errors = {**here, **({RECORD: "; ".join(others)} if others else {})}


class Tried:
    """The kinds of treatment that were tried: each becomes a record, of which only that is known.

    A kind whose record says more than that is settled: it is changed under Treatments.
    """

    def __init__(self, question: Question, model: CaseModel, drafts: Drafts) -> None:
        self.question = question
        self._model = model
        self._drafts = drafts
        self._busy = False
        self._case = model.open_case()
        field = next(one for one in RecordForm(Treatment, self._case).fields if _kind(one))
        self.options = field.options
        known = self._case.jaw_treatments
        self._bare = {one.kind.value: one.id for one in known if _only_kind(one)}
        self.settled = frozenset(one.kind.value for one in known if not _only_kind(one))
        self.chosen = self.settled | frozenset(self._bare)
        for draft in drafts.all():
            if draft.section == self._place:
                for kind, on in draft.typed.items():
                    self.choose(kind, on=on == "yes")

    @property
    def typed(self) -> dict[str, str]:
        """What was chosen or given up and isn't saved: yes or no, by kind."""
        before = self.settled | frozenset(self._bare)
        return {kind: "yes" if kind in self.chosen else "no" for kind in self.chosen ^ before}

    def follow(self) -> bool:
        """Tell whether it still stands on the treatments of the case; else it is asked anew.

        What was chosen is kept as a draft, and taken up again then.
        """
        known = self._model.open_case().jaw_treatments
        return self._busy or known == self._case.jaw_treatments

    def choose(self, kind: str, *, on: bool) -> None:
        """Take that a kind was tried, or was not."""
        if kind in self.settled:
            return
        self.chosen = self.chosen | {kind} if on else self.chosen - {kind}
        self._drafts.keep(self._place, "", self.typed)

    def save(self) -> str | None:
        """Save all of it as one revision; None when somebody else's save came between."""
        self._busy = True
        try:
            return self._save()
        finally:
            self._busy = False

    def _save(self) -> str | None:
        case = self._model.open_case()
        for kind, on in self.typed.items():
            if on == "no":
                case = case.without(self._bare[kind])
                continue
            form = RecordForm(Treatment, case)
            form.update("kind", kind)
            form.update(SOURCE, PATIENT)
            made = form.record()
            if made is None:
                raise ValueError("a treatment of which the kind is known should hold")
            case = case.with_record(made)
        if self.typed and not self._model.replace(case, translated("What was tried was noted")):
            return None
        self.end()
        return ""

    def forget(self) -> None:
        """Give up what was chosen, and take out what was only named."""
        self.chosen = self.settled
        self.save()

    def end(self) -> None:
        """End the draft."""
        self._drafts.drop(self._place, "")

    def close(self) -> None:
        """Stop; what was chosen stays as a draft."""

    @property
    def _place(self) -> str:
        return f"intake-{self.question.key}"


Either = Answer | Tried


def _kind(field: Field) -> bool:
    return field.path == "kind"


def _only_kind(treatment: Treatment) -> bool:
    bare = Treatment(id=treatment.id, kind=treatment.kind, sources=treatment.sources)
    return treatment == bare


def _original(question: Question, case: Case, record_id: str) -> Record | None:
    if question.section == "patient":
        return case.patient
    if question.section == "coverages":
        return coverage_of_interview(case)
    known = {record.id: record for name, record in case.records() if name == question.section}
    return known.get(record_id)
