"""The form of one record, without its widgets: what was typed, and what is wrong with it."""

from collections.abc import Iterator
from typing import Any, Final

from traitlets import Dict, Instance, Unicode

from tmjkit.case import Case, CaseError, Contact, Record, check
from tmjkit.dashboards.fields import Field, Kind, fields_of, parts_of
from tmjkit.dashboards.model import Model
from tmjkit.dashboards.words import SECTIONS, section_of, source_of, title_of

RECORD: Final = ""
"""In `errors`: the record as a whole."""
SOURCE: Final = "sources"
SOURCE_PAGE: Final = "sources.page"
SOURCE_QUOTE: Final = "sources.quote"
KEEP, NONE, PATIENT, CLINICIAN = "keep", "none", "patient", "clinician"


class RecordForm(Model):
    """What is typed into the form of a record, new or already in the case.

    Attributes
    ----------
    texts
        What stands in each field, as text: the code of a choice, the id of a reference, `yes`,
        `no` or nothing. Nothing means that it is not known.
    errors
        What is wrong, by field; `RECORD` for the record as a whole.
    """

    case = Instance(Case)
    texts = Dict(value_trait=Unicode(), key_trait=Unicode()).tag(state=True)
    errors = Dict()

    def __init__(
        self, record_type: type[Record], case: Case, original: Record | None = None
    ) -> None:
        self.record_type = record_type
        self.original = original
        self.fields = fields_of(record_type)
        self._kept = original.model_dump(mode="json") if original else {}
        self._start = {**dict(self._texts(self.fields, self._kept)), **self._source_texts()}
        super().__init__(case=case, texts=dict(self._start))

    @property
    def name(self) -> str:
        """What the form is for, in words."""
        kind = SECTIONS[self.section][1]
        return f"Change {title_of(self.original)}" if self.original else f"New {kind}"

    @property
    def section(self) -> str:
        """Name of the list that the record belongs to."""
        return section_of(self.original or self.record_type.model_construct())

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

    def reset(self) -> None:
        """Go back to the record as it is saved, or to an empty form."""
        self.texts = dict(self._start)
        self.errors = {}

    def blockers(self) -> tuple[str, ...]:
        """Return why the record can't be saved yet."""
        self.record()
        names = {field.path: field.label for field in self._asked(self.fields)}
        return tuple(
            f"{names[path]}: {why}" if path in names else why for path, why in self.errors.items()
        )

    def record(self) -> Record | None:
        """Make the record from what was typed; None when something is wrong, told in `errors`."""
        data = self._data(self.fields)
        if self.original:
            data["id"] = self.original.id
        data["sources"] = self._sources()
        try:
            made: Record = check(self.record_type, data)
        except CaseError as error:
            self.errors = dict(self._problems(error))
            return None
        self.errors = {}
        return made

    def options(self, field: Field) -> tuple[tuple[str, str], ...]:
        """Return the choices of a field: label and code, with one for "not known" where it may."""
        if field.kind is Kind.REFERENCE:
            known = [
                (title_of(record), record.id)
                for name in field.targets
                for record in getattr(self.case, name)
            ]
        else:
            known = list(field.options)
        if field.required:
            # Nothing is chosen beforehand: what nobody chose must not be saved as known.
            return (("Choose …", ""), *_distinct(known))
        return tuple(_distinct(known)) if field.default else (("Not known", ""), *_distinct(known))

    def parts(self, field: Field) -> tuple[tuple[Field, ...], ...]:
        """Return the fields of each part of a list that is asked at the moment."""
        return parts_of(field, int(self.texts.get(field.path) or 0))

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
        kept = source_of(self.original, self.case) if self.original else ""
        first = [(f"As it is: {kept}", KEEP)] if kept else []
        add = "Also " if kept else ""
        return tuple(
            _distinct(
                [
                    *first,
                    ("Not documented", NONE),
                    (f"{add}reported by the patient".capitalize(), PATIENT),
                    (f"{add}recorded by the clinician".capitalize(), CLINICIAN),
                    *((f"{add}document: {one.name}", one.id) for one in self.case.documents),
                    *(
                        (f"{add}contact{_of_day(one)}: {title_of(one)}", one.id)
                        for one in self.case.contacts
                    ),
                ]
            )
        )

    @property
    def source_is_document(self) -> bool:
        """Whether the source that is chosen has pages and words to quote."""
        chosen = self.texts.get(SOURCE, "")
        return any(document.id == chosen for document in self.case.documents)

    def _source_texts(self) -> dict[str, str]:
        known = bool(self.original and self.original.documented)
        return {SOURCE: KEEP if known else NONE, SOURCE_PAGE: "", SOURCE_QUOTE: ""}

    def _sources(self) -> list[dict[str, Any]]:
        kept: list[dict[str, Any]] = list(self._kept.get("sources", []))
        chosen = self.texts.get(SOURCE, NONE)
        if chosen == NONE:
            return []
        if chosen == KEEP:
            return kept
        return [*kept, self._new_source(chosen)]

    def _new_source(self, chosen: str) -> dict[str, Any]:
        if chosen in (PATIENT, CLINICIAN):
            return {"type": chosen}
        if not self.source_is_document:
            return {"type": "contact", "contact_id": chosen}
        page = self.texts.get(SOURCE_PAGE, "").strip()
        quote = self.texts.get(SOURCE_QUOTE, "")
        return {
            "type": "document",
            "document_id": chosen,
            **({"page": page} if page else {}),
            "quote": quote,
        }

    def _texts(self, fields: tuple[Field, ...], data: dict[str, Any]) -> Iterator[tuple[str, str]]:
        for field in fields:
            value = data.get(field.path.rpartition(".")[2])
            if field.kind is Kind.GROUP:
                yield from self._texts(field.fields, value or {})
            elif field.kind is Kind.PARTS:
                parts = value or []
                yield field.path, str(len(parts))
                for asked, part in zip(parts_of(field, len(parts)), parts, strict=True):
                    yield from self._texts(asked, part)
            else:
                yield field.path, _text(value) if data else field.default

    def _data(self, fields: tuple[Field, ...]) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for field in fields:
            name = field.path.rpartition(".")[2]
            if field.kind is Kind.GROUP:
                inside = self._data(field.fields)
                if any(inside.values()):
                    data[name] = inside
            elif field.kind is Kind.PARTS:
                data[name] = [self._data(part) for part in self.parts(field)]
            else:
                text = self.texts.get(field.path, "")
                if field.kind not in (Kind.LINE, Kind.NOTE):
                    text = text.strip()
                if text or field.kind is Kind.FLAG:
                    data[name] = _value(field, text)
        return data

    def _asked(self, fields: tuple[Field, ...]) -> Iterator[Field]:
        for field in fields:
            yield field
            if field.kind is Kind.PARTS:
                for part in self.parts(field):
                    yield from part
            else:
                yield from self._asked(field.fields)

    def _problems(self, error: CaseError) -> Iterator[tuple[str, str]]:
        known = {field.path: field for field in self._asked(self.fields)}
        for problem in error.problems:
            path, why = problem.field, problem.accepted
            if path.startswith("sources"):
                yield (SOURCE_PAGE if "page" in path else SOURCE), why
                continue
            while path and path not in known:
                path = path.rpartition(".")[0]
            field = known.get(path)
            if field and not self.texts.get(path, "").strip():
                why = "is missing and is needed"
            elif field and field.kind in (Kind.WHOLE, Kind.NUMBER):
                why = f"should be {field.accepted}"
            yield path, why


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _value(field: Field, text: str) -> Any:
    if field.kind in (Kind.FLAG, Kind.YES_NO):
        return text == "yes"
    if field.kind is Kind.LIST:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _distinct(options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tell apart labels that come twice: of two that look the same nobody could choose."""
    seen: dict[str, int] = {}
    made = []
    for label, code in options:
        seen[label] = seen.get(label, 0) + 1
        made.append((label if seen[label] == 1 else f"{label} ({seen[label]})", code))
    return made


__all__ = ["CLINICIAN", "KEEP", "NONE", "PATIENT", "RECORD", "SOURCE", "RecordForm"]


def _of_day(contact: Contact) -> str:
    return f" of {contact.date}" if contact.date else ""
