"""FHIR R4: a Bundle or a single resource becomes a case, or joins one.

The way through: `parse` turns bytes into resources, `patients` makes sure whose they are, the
mappings (`people`, `coverage`, `clinical`, `treatment`, `claims`, `decisions`) read each through
a cursor that remembers what it read, `book` lets the records join the case, and what nobody
read is listed. Written against https://hl7.org/fhir/R4.
"""

import hashlib
from collections.abc import Callable
from typing import Final

from tmjkit.case import Case, Document, DocumentKind, check
from tmjkit.reading.fhir.book import Book
from tmjkit.reading.fhir.claims import read_claims
from tmjkit.reading.fhir.clinical import read_conditions, read_observations
from tmjkit.reading.fhir.coverage import read_coverages
from tmjkit.reading.fhir.decisions import read_explanations, read_responses
from tmjkit.reading.fhir.parse import FhirError, FhirFile
from tmjkit.reading.fhir.patients import (
    OtherPatient,
    SeveralPatients,
    check_same,
    choose_patient,
)
from tmjkit.reading.fhir.people import read_patient, read_providers
from tmjkit.reading.fhir.reading import Reading, derived_id, in_force
from tmjkit.reading.fhir.resource import MODIFIER, written
from tmjkit.reading.fhir.result import Conflict, Group, Import, NotImported, Values, grouped
from tmjkit.reading.fhir.treatment import read_medications, read_procedures

__all__ = [
    "Conflict",
    "FhirError",
    "Group",
    "Import",
    "NotImported",
    "OtherPatient",
    "SeveralPatients",
    "Values",
    "grouped",
    "read_fhir",
]

MEDIA_TYPE: Final = "application/fhir+json"

# Whom others point to comes first.
_STEPS: Final[tuple[Callable[[Reading], None], ...]] = (
    read_providers,
    read_coverages,
    read_conditions,
    read_procedures,
    read_medications,
    read_observations,
    read_claims,
    read_explanations,
    read_responses,
)
_ABOUT_NOBODY: Final = {
    "Patient", "Practitioner", "PractitionerRole", "Organization", "Medication",
}  # fmt: skip
_READ: Final = _ABOUT_NOBODY | {
    "Coverage", "Condition", "Procedure", "MedicationRequest", "MedicationStatement",
    "Observation", "Claim", "ExplanationOfBenefit", "ClaimResponse",
}  # fmt: skip


def read_fhir(
    data: bytes, *, name: str, into: Case | None = None, patient: str | None = None
) -> Import:
    """Read a FHIR R4 Bundle or resource into a case.

    Parameters
    ----------
    data
        The file: JSON in UTF-8.
    name
        Name of the file, as an index of exhibits can show it.
    into
        The case that it joins; a new case when left out.
    patient
        Reference of the patient that is meant, such as `Patient/12`. Needed when the file is
        about several, or when it holds too little to compare with the case's patient.

    Returns
    -------
    Import
        The case, what was added, and everything that could not be held. The file is a document
        of the case; the caller keeps the bytes.

    Raises
    ------
    FhirError
        When it is not FHIR R4 as JSON.
    SeveralPatients
        When it is about several patients and none is named.
    OtherPatient
        When it is about somebody else than the case.
    """
    case = into if into is not None else Case()
    file = FhirFile(data, name)
    chosen = choose_patient(file, patient)
    document = _document(data, name, case)
    check_same(file, case, chosen, document_id=document.id, chosen=patient is not None)
    book = Book(case, document)
    reading = Reading(file, case, book)
    _refuse(reading, chosen)
    for resource in reading.of_type("Patient"):
        read_patient(reading, resource)
    for step in _STEPS:
        step(reading)
    _account_for_medications(reading)
    added, joined, unchanged = book.told_apart()
    not_imported, values = _account(file)
    return Import(
        case=book.case(),
        document=book.document,
        added=added,
        joined=joined,
        unchanged=unchanged,
        conflicts=tuple(book.conflicts),
        not_imported=not_imported,
        values=values,
    )


def _document(data: bytes, name: str, case: Case) -> Document:
    """Return the file as a document; the one that the case has, if it has these very bytes."""
    digest = hashlib.sha256(data).hexdigest()
    for document in case.documents:
        if document.sha256 == digest:
            return document
    content = {
        "id": derived_id("document", case.id, digest),
        "name": name,
        "kind": DocumentKind.HEALTH_RECORD,
        "media_type": MEDIA_TYPE,
        "size": len(data),
        "sha256": digest,
    }
    return check(Document, content)


def _refuse(reading: Reading, chosen: str | None) -> None:
    """Set aside what is not read at all, and settle the links to the patient."""
    in_file = any(r.identity == chosen for r in reading.file.resources)
    for resource in reading.file.resources:
        if resource.root.get("modifierExtension"):
            resource.refuse(MODIFIER)
        elif resource.type not in _READ:
            resource.refuse(f"{resource.type} is not a kind of resource that is read")
        if resource.type == "Patient" and resource.identity != chosen:
            resource.refuse("another person than the patient")
        if resource.container is not None and resource.container.refused:
            resource.refuse("it is contained in a resource that is not read")
        if resource.refused or not in_force(resource) or resource.type in _ABOUT_NOBODY:
            continue
        subject = resource.subject
        if not subject.get("reference").text:
            resource.refuse("it does not point to its patient")
        elif reading.file.identity(subject) != chosen:
            resource.refuse("it is about somebody else than the patient")
        elif in_file:
            subject.understood()
        else:
            subject.explain(
                "the file does not hold this patient, so compare member id and name yourself"
            )


def _account_for_medications(reading: Reading) -> None:
    """Say of a Medication that nothing points to why it is not in the case."""
    for resource in reading.of_type("Medication"):
        if not resource.taken():
            resource.refuse("a medication that no prescription in this file names")


def _account(file: FhirFile) -> tuple[tuple[NotImported, ...], Values]:
    """List every leaf that nobody took, and count them all."""
    structural, rest = file.bundle_leaves()
    rows = [NotImported("Bundle", f"Bundle.{path}", "it belongs to no resource") for path in rest]
    held, listed = 0, len(rest)
    for resource in file.resources:
        own = list(resource.listed())
        for path, why in resource.remarks:
            place = f"{resource.type}.{written(path)}"
            rows.append(NotImported(resource.label, place, why, values=0))
        structural += len(resource.structural())
        held += len(resource.taken())
        listed += len(own)
        if resource.refused and own:
            rows.append(NotImported(resource.label, resource.type, resource.refused, len(own)))
        else:
            rows += [
                NotImported(resource.label, f"{resource.type}.{written(path)}", why)
                for path, why in own
            ]
    total = file.total()
    return tuple(rows), Values(total=total, held=held, structural=structural, listed=listed)
