"""Records in the making, and the book in which they join a case.

A `Draft` knows for every field from which elements its value came. When a value can't be
accepted, only that field is left out, and its elements are listed with the reason. When the
case has the record already, empty fields are filled and filled ones are left alone.
"""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from tmjkit.case import (
    LISTS,
    Case,
    CaseError,
    Document,
    DocumentSource,
    Part,
    PatientSource,
    Record,
    check,
)
from tmjkit.reading.fhir.resource import NOT_HERE, Element, Resource
from tmjkit.reading.fhir.result import Conflict

P = TypeVar("P", bound=Part)
R = TypeVar("R", bound=Record)
_MAX_QUOTE = 300


@dataclass
class Settled(Generic[P]):
    """A draft that became a record, with the elements that it holds."""

    record: P
    held: list[Element] = field(default_factory=list)
    conflicts: list[tuple[str, tuple[Element, ...]]] = field(default_factory=list)


class Draft(Generic[P]):
    """A record, or a part of one, in the making.

    Parameters
    ----------
    kind
        The record's class.
    core
        Fields without which it says nothing, so that they are checked together.
    """

    def __init__(self, kind: type[P], *core: str) -> None:
        self.kind = kind
        required = (name for name, info in kind.model_fields.items() if info.is_required())
        self._required = frozenset(required)
        self._core = self._required | frozenset(core)
        self._fields: dict[str, tuple[object, tuple[Element, ...]]] = {}
        self._notes: list[tuple[str, tuple[Element, ...]]] = []

    def put(self, name: str, value: object, *used: Element) -> None:
        """Give a field its value, and say which elements it came from; the first value stays."""
        if value not in (None, "", ()) and name not in self._fields:
            self._fields[name] = (value, used)

    def text(self, name: str, element: Element) -> None:
        """Give a field the text that stands there."""
        self.put(name, element.text, element)

    def link(self, name: str, reference: Element, record_id: str | None) -> None:
        """Give a field the id of the record that a reference points to, or list the reference."""
        if record_id is None:
            reference.explain(NOT_HERE)
        else:
            self.put(name, record_id, reference)

    def note(self, label: str, text: str, *used: Element) -> None:
        """Keep something that has no field of its own among the words of the note."""
        if text:
            self._notes.append((f"{label}: {text}" if label else text, used))

    def noted(self) -> list[str]:
        """Return what was kept for the note."""
        return [text for text, _ in self._notes]

    def has(self, name: str) -> bool:
        """Whether the field has a value."""
        return name in self._fields

    def value(self, name: str) -> object:
        """Return the value that a field was given, or None."""
        return self._fields.get(name, (None, ()))[0]

    def settle(
        self, known: dict[str, object] | None = None, old: P | None = None
    ) -> "Settled[P] | None":
        """Make the record.

        Parameters
        ----------
        known
            Fields that come from no element, such as the id.
        old
            The record as the case has it.

        Returns
        -------
        Settled or None
            None when what the record can't do without is missing or wrong; the elements are
            explained then.
        """
        if self._notes:
            used = tuple(element for _, elements in self._notes for element in elements)
            self.put("note", "\n".join(text for text, _ in self._notes), *used)
        settled = self._begin(known or {}) if old is None else Settled(old)
        if settled is None:
            return None
        for name, (value, used) in self._fields.items():
            if old is None and name in self._core:
                continue
            try:
                fresh = check(self.kind, {**_fields(settled.record), name: value})
            except CaseError as error:
                _explain(used, _accepted(error))
                continue
            filled = old is not None and getattr(old, name) not in (None, "", ())
            if not filled:
                settled.record = fresh
                settled.held.extend(used)
            elif getattr(fresh, name) == getattr(old, name):
                settled.held.extend(used)
            elif used:
                # What no element says, such as a kind told from the name, was the reader's own
                # inference; whoever put it right in the case is not asked again.
                settled.conflicts.append((name, used))
        return settled

    def _begin(self, known: dict[str, object]) -> "Settled[P] | None":
        """Make the record of its core alone, without the fields that can be missed."""
        core = {name for name in self._core if name in self._fields}
        while True:
            data = {**known, **{name: self._fields[name][0] for name in core}}
            try:
                record = check(self.kind, data)
            except CaseError as error:
                wrong = {problem.field.partition(".")[0] for problem in error.problems}
                missed = (wrong & core) - self._required
                if not missed:
                    for _, used in self._fields.values():
                        _explain(used, f"{self.kind.__name__}: {_accepted(error)}")
                    return None
                for name in missed:
                    _explain(self._fields[name][1], _accepted(error))
                core -= missed
            else:
                held = [element for name in core for element in self._fields[name][1]]
                return Settled(record, held)


class Book:
    """The records of a case while a file joins it."""

    def __init__(self, case: Case, document: Document) -> None:
        self._case = case
        self.document = document
        self.records: dict[str, Record] = {record.id: record for _, record in case.records()}
        self._before = dict(self.records)
        self._seen: dict[str, None] = {}
        self.conflicts: list[Conflict] = []
        self.records[document.id] = self.records.get(document.id, document)
        self._seen[document.id] = None

    def add(
        self,
        draft: Draft[R],
        record_id: str,
        resource: Resource,
        *,
        quote: str = "",
        by_patient: bool = False,
    ) -> R | None:
        """Add a record to the case, or let it join the one that has its id.

        Returns
        -------
        Record or None
            The record as the case has it now; None when it can't be held.
        """
        old = self.records.get(record_id)
        if old is not None and not isinstance(old, draft.kind):
            return None
        source = DocumentSource(
            document_id=self.document.id,
            locator=resource.label,
            quote=quote if len(quote) <= _MAX_QUOTE else "",
        )
        settled = draft.settle({"id": record_id}, old)
        if settled is None:
            return None
        record = settled.record
        sources: list[Any] = list(record.sources)
        if all(getattr(s, "document_id", None) != self.document.id for s in sources):
            sources.append(source)
        if by_patient and not any(isinstance(s, PatientSource) for s in sources):
            sources.append(PatientSource())
        record = check(draft.kind, {**_fields(record), "sources": tuple(sources)})
        resource.take(settled.held)
        for name, used in settled.conflicts:
            _explain(used, "the case says something else, and that was kept")
            self.conflicts.append(Conflict(record_id, name, resource.label))
        self.records[record_id] = record
        self._seen[record_id] = None
        return record

    def case(self) -> Case:
        """Return the case with all that was added."""
        patient = self.records[self._case.patient.id]
        lists: dict[str, Any] = {name: [] for name in LISTS}
        for record in self.records.values():
            for name, kind in LISTS.items():
                if isinstance(record, kind):
                    lists[name].append(record)
        return check(Case, {"id": self._case.id, "patient": patient, **lists})

    def told_apart(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Return the ids of the records that are new, changed and unchanged."""
        new = tuple(name for name in self._seen if name not in self._before)
        old = [name for name in self._seen if name in self._before]
        changed = tuple(name for name in old if self.records[name] != self._before[name])
        same = tuple(name for name in old if self.records[name] == self._before[name])
        return new, changed, same


def _fields(record: Part) -> dict[str, object]:
    return {name: getattr(record, name) for name in type(record).model_fields}


def _explain(used: tuple[Element, ...], why: str) -> None:
    for element in used:
        element.explain(why)


def _accepted(error: CaseError) -> str:
    return "; ".join(dict.fromkeys(problem.accepted for problem in error.problems))
