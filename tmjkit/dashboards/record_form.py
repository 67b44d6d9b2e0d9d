"""The form of one record, without its widgets: what was typed, and what is wrong with it."""

from collections.abc import Mapping
from typing import Final

from traitlets import Dict, Instance, Int, Unicode

from tmjkit.case import Case, CaseError, Record, check
from tmjkit.dashboards.fields import Field, Kind, fields_of, parts_of
from tmjkit.dashboards.form_merge import rebased, touched, with_unit
from tmjkit.dashboards.model import Model
from tmjkit.dashboards.record_choices import options_of
from tmjkit.dashboards.record_sources import (
    CLINICIAN,
    KEEP,
    NONE,
    PATIENT,
    SOURCE,
    source_options,
    source_texts,
    sources_of,
)
from tmjkit.dashboards.record_texts import asked, data_of, parts_in, problems, texts_of
from tmjkit.dashboards.words import SECTIONS, section_of, title_of
from tmjkit.language import translated

RECORD: Final = ""
"""In `errors`: the record as a whole."""


class RecordForm(Model):
    """What is typed into the form of a record, new or already in the case.

    Attributes
    ----------
    texts
        What stands in each field, as text: the code of a choice, the id of a reference, `yes`,
        `no` or nothing. Nothing means that it is not known.
    errors
        What is wrong, by field; `RECORD` for the record as a whole.
    theirs
        What somebody else saved meanwhile, by field, where something else is typed here.
    version
        Goes up when texts come from elsewhere than the person who types.
    """

    case = Instance(Case)
    texts = Dict(value_trait=Unicode(), key_trait=Unicode()).tag(state=True)
    errors = Dict()
    theirs = Dict()
    version = Int(0)

    def __init__(
        self,
        record_type: type[Record],
        case: Case,
        original: Record | None = None,
        record_id: str = "",
    ) -> None:
        self.record_type = record_type
        self.original = original
        self.made: Record | None = None
        # A new record has its id from the beginning: a form that is opened again is the same one.
        self.id = original.id if original else record_id or _new_id(record_type)
        self.fields = fields_of(record_type)
        self._kept = original.model_dump(mode="json") if original else {}
        self._start = self._saved_texts()
        super().__init__(case=case, texts=dict(self._start))

    @property
    def name(self) -> str:
        """What the form is for, in words."""
        if self.original:
            return translated("Change {title}").format(title=title_of(self.original))
        return translated("New {kind}").format(kind=translated(SECTIONS[self.section][1]))

    @property
    def section(self) -> str:
        """Name of the list that the record belongs to."""
        return section_of(self.original or self.record_type.model_construct())

    @property
    def place(self) -> str:
        """What a draft of it is filed under."""
        return self.section

    @property
    def changed(self) -> bool:
        """Whether something was typed that isn't saved."""
        return bool(self.texts != self._start)

    def update(self, path: str, text: str) -> None:
        """Take what was typed into a field."""
        if self.texts.get(path, "") != text:
            self.texts = {**self.texts, path: text}
            if path in self.errors or RECORD in self.errors:
                gone = {path, RECORD}
                self.errors = {key: why for key, why in self.errors.items() if key not in gone}

    @property
    def typed(self) -> dict[str, str]:
        """What was typed or chosen and isn't saved, by field."""
        return touched(self.texts, self._start)

    @property
    def key(self) -> str:
        """Names the form on its page, and its draft."""
        return f"{self.section}-{self.original.id if self.original else 'new'}"

    def saved(self, record: Record, case: Case, texts: Mapping[str, str]) -> None:
        """Go on after these texts were saved; the words stay as they were typed."""
        self.original, self.case = record, case
        self._start = dict(texts)
        self.theirs = {}

    def rebase(
        self, record: Record | None, case: Case, before: Mapping[str, str] | None = None
    ) -> None:
        """Go on on top of what somebody else saved meanwhile.

        What was not touched here takes what was saved. What was touched stays as it was typed;
        where both changed a field, `theirs` has the other's words.

        Parameters
        ----------
        record
            The record as it is now; None when it was removed, and saving would add it anew.
        case
            The case as it is now.
        before
            What stood in the form when somebody decided about it; what was typed since counts as
            touched. What was saved last when left out.
        """
        before = self._start if before is None else before
        removed = self.original is not None and record is None
        self.original, self.case = record, case
        if removed:
            # All of it is needed to add the record again, not only what was touched.
            self._start = {**texts_of(self.fields, {}), SOURCE: NONE}
            return
        self._kept = record.model_dump(mode="json") if record else {}
        self._start = self._saved_texts()
        texts, theirs = rebased(self.texts, before, self._start, self._lists)
        # A choice that nobody has made yet stays open, whatever else was saved since.
        still = {
            unit: self._start.get(unit, "")
            for unit in self.theirs
            if with_unit(texts, self._start, unit, self._lists) != texts
        }
        theirs = {**still, **theirs}
        with self.hold_trait_notifications():
            self.texts, self.theirs = texts, theirs
            self.version += 1

    def take_theirs(self, path: str) -> None:
        """Take what somebody else saved in a field in place of what is typed here."""
        with self.hold_trait_notifications():
            self.texts = with_unit(self.texts, self._start, path, self._lists)
            self.theirs = {key: text for key, text in self.theirs.items() if key != path}
            self.version += 1

    def words(self, path: str, text: str) -> str:
        """Return what stands in a field as people read it: the label of a choice, not its code."""
        field = next((one for one in asked(self.fields, self.texts) if one.path == path), None)
        if field is None or field.kind not in (Kind.CHOICE, Kind.REFERENCE):
            return text
        return {code: label for label, code in self.options(field)}.get(text, text)

    def _saved_texts(self) -> dict[str, str]:
        return {**texts_of(self.fields, self._kept), **source_texts(self.original)}

    @property
    def _lists(self) -> frozenset[str]:
        return frozenset(field.path for field in self.fields if field.kind is Kind.PARTS)

    def lacking(self) -> tuple[str, ...]:
        """Return the labels of the fields that are needed and stand empty."""
        return tuple(
            field.label
            for field in asked(self.fields, self.texts)
            if field.required and not self.texts.get(field.path, "").strip()
        )

    @property
    def start(self) -> dict[str, str]:
        """What stood in the form before anything was typed."""
        return dict(self._start)

    def resume(self, typed: Mapping[str, str], before: Mapping[str, str] | None = None) -> None:
        """Take up what was typed into this form before and was not saved.

        Parameters
        ----------
        typed
            What was typed.
        before
            What stood in the form then; what others saved since is kept beside it, and told in
            `theirs` where both changed a field. As it stands now when left out.
        """
        before = self._start if before is None else before
        left = {**before, **typed}
        if self.original is None:
            texts, theirs = {**self._start, **left}, dict[str, str]()
        else:
            texts, theirs = rebased(left, before, self._start, self._lists)
        with self.hold_trait_notifications():
            self.texts, self.theirs = texts, theirs
            self.version += 1

    def reset(self) -> None:
        """Go back to the record as it is saved, or to an empty form."""
        self.texts = dict(self._start)
        self.errors = {}

    def blockers(self) -> tuple[str, ...]:
        """Return why the record can't be saved yet."""
        self.record()
        names = {field.path: field.label for field in asked(self.fields, self.texts)}
        return tuple(
            f"{names[path]}: {why}" if path in names else why for path, why in self.errors.items()
        )

    def record(self, *, touched_only: bool = False) -> Record | None:
        """Make the record from what was typed; None when something is wrong, told in `errors`.

        With `touched_only` nothing is told of fields that nobody has come to yet.
        """
        data = data_of(self.fields, self.texts)
        data["id"] = self.id
        kept = self._kept.get("sources", [])
        data["sources"] = sources_of(self.texts, kept, is_document=self.source_is_document)
        try:
            made: Record = check(self.record_type, data)
        except CaseError as error:
            found = problems(error, self.fields, self.texts)
            if touched_only:
                found = {path: why for path, why in found.items() if path in self.typed}
            self.errors = found
            return None
        self.errors = {}
        self.made = made
        return made

    def options(self, field: Field) -> tuple[tuple[str, str], ...]:
        """Return the choices of a field: label and code, with one for "not known" where it may."""
        return options_of(field, self.case)

    def parts(self, field: Field) -> tuple[tuple[Field, ...], ...]:
        """Return the fields of each part of a list that is asked at the moment."""
        return parts_in(field, self.texts)

    def add_part(self, field: Field) -> None:
        """Ask one more part."""
        count = len(self.parts(field))
        new = parts_of(field, count + 1)[-1]
        texts = {one.path: one.default for one in new}
        self.texts = {**self.texts, **texts, field.path: str(count + 1)}

    def remove_part(self, field: Field, place: int) -> None:
        """Leave out a part; those behind it move up."""
        parts = self.parts(field)
        texts = dict(self.texts)
        for one, following in zip(parts[place:], parts[place + 1 :], strict=False):
            texts |= {
                here.path: texts.get(there.path, "")
                for here, there in zip(one, following, strict=True)
            }
        for gone in parts[-1]:
            texts.pop(gone.path, None)
        self.texts = {**texts, field.path: str(len(parts) - 1)}
        self.errors = {}

    def source_options(self) -> tuple[tuple[str, str], ...]:
        """Return how a record can be known: what is there already, and what can be added."""
        return source_options(self.case, self.original)

    @property
    def source_is_document(self) -> bool:
        """Whether the source that is chosen has pages and words to quote."""
        chosen = self.texts.get(SOURCE, "")
        return any(document.id == chosen for document in self.case.documents)


def _new_id(record_type: type[Record]) -> str:
    return str(record_type.model_fields["id"].get_default(call_default_factory=True))


__all__ = ["CLINICIAN", "KEEP", "NONE", "PATIENT", "RECORD", "SOURCE", "RecordForm"]
