"""The case: everything that is known about one patient's request for coverage.

A case is frozen. Changing it makes another one (`with_record`, `without`), which the store
saves as the next revision. Its JSON form is canonical: the same case is always the same bytes.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from pydantic import Field, model_validator

from tmjkit.case.base import Record, new_id
from tmjkit.case.clinical import Diagnosis, Measurement, Symptom
from tmjkit.case.correspondence import ExportedLetter, LintOverride
from tmjkit.case.coverage import Coverage
from tmjkit.case.document import Document
from tmjkit.case.errors import CaseError, Problem, check
from tmjkit.case.handling import Handling
from tmjkit.case.insurance import Appeal, AuthorizationRequest, Claim, Determination
from tmjkit.case.papers import PapersRequest
from tmjkit.case.part import Part, RecordId
from tmjkit.case.people import Patient, Provider, Representative
from tmjkit.case.purpose import Purpose
from tmjkit.case.questionnaire import Questionnaire
from tmjkit.case.source import ContactSource, DocumentSource
from tmjkit.case.statement import Statement
from tmjkit.case.summary import CaseSummary, summarize
from tmjkit.case.treatment import BotulinumSession, Treatment
from tmjkit.case.work import Contact, Task

if TYPE_CHECKING:
    import pandas as pd

FORMAT: Final = "tmjkit.case/1"

LISTS: dict[str, type[Record]] = {
    "coverages": Coverage,
    "providers": Provider,
    "representatives": Representative,
    "diagnoses": Diagnosis,
    "symptoms": Symptom,
    "measurements": Measurement,
    "questionnaires": Questionnaire,
    "treatments": Treatment,
    "sessions": BotulinumSession,
    "statements": Statement,
    "documents": Document,
    "requests": AuthorizationRequest,
    "claims": Claim,
    "determinations": Determination,
    "appeals": Appeal,
    "papers": PapersRequest,
    "contacts": Contact,
    "tasks": Task,
    "letters": ExportedLetter,
    "overrides": LintOverride,
    "handling": Handling,
}
"""The lists of a case and the kind of record in each."""


class Case(Part):
    """One patient's case, with every record that belongs to it."""

    format: Literal["tmjkit.case/1"] = Field(FORMAT, description="Version of this form.")
    id: RecordId = Field(
        default_factory=lambda: new_id("case"),
        description="Opaque id of the case; made when left out.",
    )
    patient: Patient = Field(default_factory=Patient, description="The patient.")
    coverages: tuple[Coverage, ...] = Field((), description="Insurance coverages.")
    providers: tuple[Provider, ...] = Field((), description="Clinicians and facilities.")
    representatives: tuple[Representative, ...] = Field(
        (), description="Those who act for the patient toward the payer."
    )
    diagnoses: tuple[Diagnosis, ...] = Field((), description="Diagnoses.")
    symptoms: tuple[Symptom, ...] = Field((), description="Symptoms.")
    measurements: tuple[Measurement, ...] = Field((), description="Scores and measurements.")
    questionnaires: tuple[Questionnaire, ...] = Field(
        (), description="Questionnaires, item by item."
    )
    treatments: tuple[Treatment, ...] = Field((), description="Treatments that were tried.")
    sessions: tuple[BotulinumSession, ...] = Field((), description="Botulinum toxin sessions.")
    statements: tuple[Statement, ...] = Field(
        (), description="What the clinician and the patient stated in their own words."
    )
    documents: tuple[Document, ...] = Field((), description="Documents.")
    requests: tuple[AuthorizationRequest, ...] = Field(
        (), description="Requests for prior authorization."
    )
    claims: tuple[Claim, ...] = Field((), description="Claims.")
    determinations: tuple[Determination, ...] = Field((), description="The payer's decisions.")
    appeals: tuple[Appeal, ...] = Field((), description="Appeals.")
    papers: tuple[PapersRequest, ...] = Field((), description="Requests for papers.")
    contacts: tuple[Contact, ...] = Field((), description="Calls, faxes, letters, visits.")
    tasks: tuple[Task, ...] = Field((), description="What is to be done.")
    letters: tuple[ExportedLetter, ...] = Field(
        (), description="Letters that were exported, with what they rest on."
    )
    overrides: tuple[LintOverride, ...] = Field(
        (), description="Objections of the linter that somebody set aside, with the reason."
    )
    handling: tuple[Handling, ...] = Field(
        (), description="Who looks after the case from when on, and whether it is closed."
    )

    def __repr__(self) -> str:
        """Name the case without a word about the patient: a repr can end in a log."""
        return f"Case(id={self.id!r}, {sum(1 for _ in self.records())} records)"

    __str__ = __repr__

    @model_validator(mode="after")
    def _ids_fit(self) -> Self:
        problems = list(_id_problems(self))
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def records(self) -> Iterator[tuple[str, Record]]:
        """Yield every record with the name of the list it is in (`patient` for the patient)."""
        yield "patient", self.patient
        for name in LISTS:
            for record in getattr(self, name):
                yield name, record

    @property
    def jaw_diagnoses(self) -> tuple[Diagnosis, ...]:
        """The diagnoses that concern the jaw: what a letter may speak of."""
        return tuple(item for item in self.diagnoses if item.purpose is Purpose.JAW)

    @property
    def jaw_symptoms(self) -> tuple[Symptom, ...]:
        """The symptoms that concern the jaw."""
        return tuple(item for item in self.symptoms if item.purpose is Purpose.JAW)

    @property
    def jaw_measurements(self) -> tuple[Measurement, ...]:
        """The measurements that concern the jaw."""
        return tuple(item for item in self.measurements if item.purpose is Purpose.JAW)

    @property
    def jaw_questionnaires(self) -> tuple[Questionnaire, ...]:
        """The questionnaires that concern the jaw."""
        return tuple(item for item in self.questionnaires if item.purpose is Purpose.JAW)

    @property
    def jaw_treatments(self) -> tuple[Treatment, ...]:
        """The treatments that were for the jaw: what a letter may speak of."""
        return tuple(item for item in self.treatments if item.purpose is Purpose.JAW)

    @property
    def jaw_sessions(self) -> tuple[BotulinumSession, ...]:
        """The botulinum toxin sessions that were for the jaw."""
        return tuple(item for item in self.sessions if item.purpose is Purpose.JAW)

    def record(self, record_id: str) -> Record:
        """Return the record with that id.

        Raises
        ------
        KeyError
            When the case has no such record.
        """
        for _, record in self.records():
            if record.id == record_id:
                return record
        raise KeyError(f"this case has no record {record_id}")

    def with_record(self, record: Record) -> Self:
        """Return the case with the record added, or in the place of the one with its id.

        Raises
        ------
        CaseError
            When the record points to one that is not there, or its id belongs to another kind.
        """
        if isinstance(record, Patient):
            return self._changed({"patient": record})
        name = next((name for name, kind in LISTS.items() if isinstance(record, kind)), None)
        if name is None:
            raise TypeError(f"a case has no list for a {type(record).__name__}")
        kept = list(getattr(self, name))
        for place, old in enumerate(kept):
            if old.id == record.id:
                kept[place] = record
                break
        else:
            kept.append(record)
        return self._changed({name: tuple(kept)})

    def without(self, record_id: str) -> Self:
        """Return the case without the record of that id.

        Raises
        ------
        KeyError
            When the case has no such record, or it is the patient.
        CaseError
            When another record still points to it; the error names which.
        """
        for name in LISTS:
            kept = getattr(self, name)
            left = tuple(record for record in kept if record.id != record_id)
            if len(left) < len(kept):
                return self._changed({name: left})
        raise KeyError(f"this case has no record {record_id} that can be removed")

    def _changed(self, lists: dict[str, object]) -> Self:
        changed = self.model_copy(update=lists)
        problems = list(_id_problems(changed))
        if problems:
            raise CaseError([Problem("case", "", problem) for problem in problems])
        return changed

    def to_json(self) -> bytes:
        """Write the case as canonical JSON in UTF-8: empty fields left out, one end of line."""
        data = _without_empty(self.model_dump(mode="json"))
        text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
        return text.encode() + b"\n"

    @classmethod
    def from_json(cls, data: bytes | str) -> Self:
        """Read a case from its JSON.

        Raises
        ------
        CaseError
            When it is not JSON, not a case, or a value can't be accepted.
        """
        try:
            content = json.loads(data, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            place = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
            raise CaseError([Problem("case", "", f"should be JSON{place}")]) from None
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            problem = Problem("case", "format", f"should be '{FORMAT}'")
            raise CaseError([problem])
        return check(cls, content)

    def summary(self) -> CaseSummary:
        """Return the few words that a list of cases shows."""
        return summarize(self)

    def timeline(self) -> "pd.DataFrame":
        """Return one row per event, oldest first; see `tmjkit.case.timeline`."""
        from tmjkit.case.timeline import timeline  # noqa: PLC0415 -- pandas is heavy

        return timeline(self)


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(inside) for key, inside in value.items()}
        return {key: inside for key, inside in kept.items() if inside not in (None, "", [], {})}
    return [_without_empty(inside) for inside in value] if isinstance(value, list) else value


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _id_problems(case: Case) -> Iterator[str]:
    """Yield what is wrong with ids: one used twice, or one that points to nothing."""
    where: dict[str, str] = {}
    for name, record in case.records():
        if record.id in where:
            yield f"{name} {record.id}: the id is used by {where[record.id]} too"
        where[record.id] = name
    pages = {document.id: document.pages for document in case.documents}
    for name, record in case.records():
        for field in type(record).model_fields:
            target = getattr(record, field) if field.endswith("_id") else None
            if target and field not in _NOT_REFERENCES:
                yield from _pointer(f"{name} {record.id}: {field}", target, field, where)
        for source in record.sources:
            place = f"{name} {record.id}: sources"
            if isinstance(source, DocumentSource):
                yield from _pointer(place, source.document_id, "document_id", where)
                last = pages.get(source.document_id)
                if last is not None and source.page is not None and source.page > last:
                    yield f"{place}: document {source.document_id} has {last} pages"
            elif isinstance(source, ContactSource):
                yield from _pointer(place, source.contact_id, "contact_id", where)
            elif source.type == "clinician" and source.provider_id:
                yield from _pointer(place, source.provider_id, "provider_id", where)


_NOT_REFERENCES = {"tax_id", "payer_id", "member_id", "group_id"}
_TARGETS = {
    "document_id": ("documents",),
    "contact_id": ("contacts",),
    "provider_id": ("providers",),
    "asserter_id": ("providers",),
    "performer_id": ("providers",),
    "rendering_id": ("providers",),
    "referring_id": ("providers",),
    "facility_id": ("providers",),
    "coverage_id": ("coverages",),
    "determination_id": ("determinations",),
    "about_id": tuple(LISTS),
}


def _pointer(place: str, target: str, field: str, where: dict[str, str]) -> Iterator[str]:
    lists = _TARGETS[field]
    if where.get(target) not in lists:
        kinds = " or ".join(lists) if len(lists) == 1 else "this case"
        yield f"{place}: should be the id of a record in {kinds}"
