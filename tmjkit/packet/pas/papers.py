"""The documents that go with a request."""

import base64
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tmjkit.case import (
    AuthorizationRequest,
    Case,
    Document,
    DocumentKind,
    DocumentSource,
    Record,
)
from tmjkit.packet.pas.elements import Resource, filled, pointer, said, uid
from tmjkit.packet.pas.facts import Facts, PasError

_CLINICAL: Final = frozenset(
    {
        DocumentKind.CLINICAL_NOTE,
        DocumentKind.THERAPY_RECORD,
        DocumentKind.PRESCRIPTION,
        DocumentKind.INJECTION_RECORD,
        DocumentKind.IMAGING,
        DocumentKind.QUESTIONNAIRE,
    }
)
_US_CORE: Final = "http://hl7.org/fhir/us/core"
# What US Core gives where the LOINC code of a document is not known.
_UNKNOWN: Final = {"system": "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "code": "UNK"}


def supporting(case: Case, request: AuthorizationRequest) -> tuple[Document, ...]:
    """Return the clinical documents on which the request and the care of the jaw rest.

    What nothing about the jaw is taken from stays at home: a payer gets what it needs to decide,
    and no more (45 CFR 164.502(b)).
    """
    cited = {
        source.document_id
        for record in _about_the_jaw(case, request)
        for source in record.sources
        if isinstance(source, DocumentSource)
    }
    return tuple(item for item in case.documents if item.id in cited and item.kind in _CLINICAL)


def papers_of(facts: Facts, patient: Resource, contents: Mapping[str, bytes]) -> list[Resource]:
    """Make a DocumentReference of each document, with the document itself inside.

    Parameters
    ----------
    facts
        What the request rests on.
    patient
        The patient's resource.
    contents
        The bytes of each document by its id, in the order to send them.

    Raises
    ------
    PasError
        When the case has no such document.
    """
    known = {document.id: document for document in facts.case.documents}
    unknown = [document_id for document_id in contents if document_id not in known]
    if unknown:
        raise PasError(f"this case has no document {', '.join(unknown)}")
    return [
        _paper(facts, known[document_id], content, patient)
        for document_id, content in contents.items()
    ]


def _paper(facts: Facts, document: Document, content: bytes, patient: Resource) -> Resource:
    attachment = {
        "contentType": document.media_type,
        "data": base64.b64encode(content).decode(),
        "size": len(content),
        "title": said(document.name),
        "creation": str(document.date) if document.date else None,
    }
    category = {
        "system": f"{_US_CORE}/CodeSystem/us-core-documentreference-category",
        "code": "clinical-note",
    }
    body: dict[str, Any] = {
        "resourceType": "DocumentReference",
        "id": uid(facts.case.id, facts.request.id, document.id),
        "meta": {"profile": [f"{_US_CORE}/StructureDefinition/us-core-documentreference"]},
        "status": "current",
        "type": {"coding": [_UNKNOWN], "text": document.kind.label},
        "category": [{"coding": [category]}],
        "subject": pointer(patient),
        "content": [{"attachment": filled(attachment)}],
    }
    return body


def _about_the_jaw(case: Case, request: AuthorizationRequest) -> Iterator[Record]:
    yield request
    yield from case.jaw_diagnoses
    yield from case.jaw_symptoms
    yield from case.jaw_measurements
    yield from case.jaw_questionnaires
    yield from case.jaw_treatments
    yield from case.jaw_sessions
    yield from case.statements
