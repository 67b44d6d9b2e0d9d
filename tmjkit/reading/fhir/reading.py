"""What every mapping needs at hand: the file, the book, and who is known under which id."""

import hashlib

from tmjkit.case import Case
from tmjkit.reading.fhir.book import Book
from tmjkit.reading.fhir.parse import FhirFile
from tmjkit.reading.fhir.resource import Element, Resource

_PEOPLE = ("Practitioner", "Organization")
_NOT_MEANT = ("entered-in-error", "draft")
_NOT_DONE = {
    "Claim": ("cancelled",),
    "ClaimResponse": ("cancelled",),
    "ExplanationOfBenefit": ("cancelled",),
    "MedicationRequest": ("cancelled",),
    "MedicationStatement": ("intended", "not-taken"),
    "Observation": ("cancelled", "registered"),
    "Procedure": ("not-done", "preparation"),
}


def derived_id(kind: str, case_id: str, identity: str) -> str:
    """Make the id of a record that comes from outside.

    The same resource gets the same id in the same case, so that reading it again adds nothing;
    the case's id goes in, so that two cases never share one and nobody can tell from an id
    whether a resource they know is in the case.
    """
    digest = hashlib.sha256(f"{case_id}\n{kind}\n{identity}".encode()).hexdigest()
    return f"{kind}-{digest[:16]}"


class Reading:
    """One import under way."""

    def __init__(self, file: FhirFile, case: Case, book: Book) -> None:
        self.file = file
        self.case = case
        self.book = book

    def id_of(self, kind: str, resource: Resource, part: str = "") -> str:
        """Return the id of the record that a resource, or a part of it, becomes."""
        return derived_id(kind, self.case.id, resource.identity + part)

    def known(self, kind: str, reference: Element) -> str | None:
        """Return the id of the record that a Reference points to, if the case has it."""
        if not reference.get("reference").text:
            return None
        record_id = derived_id(kind, self.case.id, self.file.identity(reference))
        return record_id if record_id in self.book.records else None

    def provider(self, reference: Element) -> str | None:
        """Return the id of the provider that a Reference points to, if the case has it."""
        target = self.file.resolve(reference)
        if target is not None and target.type == "PractitionerRole":
            person = target.root.get("practitioner")
            return self.known("provider", person) if person else None
        if target is not None and target.type not in _PEOPLE:
            return None
        return self.known("provider", reference)

    def of_type(self, *types: str) -> list[Resource]:
        """Return the resources of these types that are to be read, in the file's order."""
        return [r for r in self.file.resources if r.type in types and not r.refused]


def in_force(resource: Resource) -> bool:
    """Tell whether a resource's status lets it be read; if not, refuse it."""
    status = resource.root.get("status").text
    if status in (*_NOT_MEANT, *_NOT_DONE.get(resource.type, ())):
        resource.refuse(f"its status is '{status}', so it is no fact about the patient")
    return not resource.refused


def notes(element: Element) -> list[tuple[str, Element]]:
    """Return the Annotations of a resource, with the element to use."""
    return [(note.get("text").text, note) for note in element.each("note") if note.get("text").text]
