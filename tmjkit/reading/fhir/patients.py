"""Which patient a file is about, and whether it is the case's."""

import unicodedata
from typing import Final

from tmjkit.case import Case, DocumentSource, Patient, Problem
from tmjkit.reading.fhir import elements as fhir
from tmjkit.reading.fhir.parse import FhirError, FhirFile
from tmjkit.reading.fhir.resource import Element, Resource

_WORDS: Final = {"birth_date": "birth date", "family": "family name", "given": "given name"}


class OtherPatient(FhirError):  # noqa: N818 -- says what is the matter
    """A file about somebody else than the case, or about somebody who can't be compared.

    Attributes
    ----------
    fields
        The fields of the patient that differ, or that one side lacks. Never their values.
    """

    def __init__(self, name: str, fields: tuple[str, ...], accepted: str) -> None:
        super().__init__(name, [Problem("Patient", ", ".join(fields), accepted)])
        self.fields = fields


class SeveralPatients(FhirError):  # noqa: N818 -- says what is the matter
    """A file about more than one patient.

    Attributes
    ----------
    count
        How many.
    """

    def __init__(self, name: str, count: int) -> None:
        accepted = (
            f"should be about one patient, and it is about {count}: "
            "name the one that is meant, such as Patient/12"
        )
        super().__init__(name, [Problem("file", "Patient", accepted)])
        self.count = count


def choose_patient(file: FhirFile, chosen: str | None) -> str | None:
    """Return the identity of the patient that the file is about.

    Parameters
    ----------
    chosen
        A reference, where the person who imports named one.

    Returns
    -------
    str or None
        None when the file is about nobody, such as a lone Organization.

    Raises
    ------
    SeveralPatients
        When there is more than one and none was chosen.
    FhirError
        When the chosen one is not in the file.
    """
    people = _people(file)
    if chosen is not None:
        probe = Element(Resource({}, "", "", None), (), {"reference": chosen})
        wanted = file.identity(probe)
        plain = [found for found in people if found == wanted or found.endswith(f"|{chosen}")]
        if len(plain) != 1:
            accepted = f"should be one of the {len(people)} patients that the file is about"
            raise file.error("file", "Patient", accepted)
        return plain[0]
    if len(people) > 1:
        raise SeveralPatients(file.name, len(people))
    return people[0] if people else None


def _people(file: FhirFile) -> list[str]:
    """Return the identities of everyone the file is about.

    A Patient resource that is only named as somebody's subscriber is no patient here.
    """
    subjects: dict[str, None] = {}
    subscribers: set[str] = set()
    for resource in file.resources:
        if resource.refused:
            continue
        if _is_person(file, resource.subject):
            subjects[file.identity(resource.subject)] = None
        if resource.type == "Coverage":
            for key in ("subscriber", "policyHolder"):
                subscribers.add(file.identity(resource.root.get(key)))
    for resource in file.resources:
        own = resource.type == "Patient" and not resource.refused
        if own and resource.identity not in subscribers:
            subjects[resource.identity] = None
    return list(subjects)


def _is_person(file: FhirFile, subject: Element) -> bool:
    target = file.resolve(subject)
    if target is not None:
        return target.type == "Patient"
    text = subject.get("reference").text
    return bool(text) and ("Patient/" in text or text.startswith("urn:"))


def check_same(
    file: FhirFile, case: Case, identity: str | None, *, document_id: str, chosen: bool
) -> None:
    """Make sure that the file is about the case's patient.

    Birth date, family name and first given name have to be there on both sides and agree. What
    disagrees is always refused. What can't be compared is accepted when the case's patient was
    read from this very file or from the same Patient resource before, or when the person who
    imports named the patient.

    Raises
    ------
    OtherPatient
        When it isn't, or that can't be told.
    """
    if identity is None or _is_blank(case.patient):
        return
    found = next((r for r in file.resources if r.identity == identity), None)
    own = _by_field(case.patient)
    theirs = _names(found) if found is not None else {}
    differ = tuple(
        f for f in _WORDS if own.get(f) and theirs.get(f) and own[f].isdisjoint(theirs[f])
    )
    if differ:
        fields = ", ".join(_WORDS[field] for field in differ)
        accepted = f"should be this case's patient, and another {fields} stands in the file"
        raise OtherPatient(file.name, differ, accepted)
    if chosen or _seen_before(case.patient, identity, document_id):
        return
    lacking = tuple(f for f in _WORDS if not (own.get(f) and theirs.get(f)))
    if lacking:
        fields = ", ".join(_WORDS[field] for field in lacking)
        accepted = (
            f"should be this case's patient, and {fields} can't be compared: "
            "make sure, then name the patient, such as Patient/12"
        )
        raise OtherPatient(file.name, lacking, accepted)


def _is_blank(patient: Patient) -> bool:
    return not (patient.name or patient.birth_date)


def _seen_before(patient: Patient, identity: str, document_id: str) -> bool:
    label = identity.rpartition("|")[2]
    sources = [s for s in patient.sources if isinstance(s, DocumentSource)]
    return any(s.locator == label or s.document_id == document_id for s in sources)


def _by_field(patient: Patient) -> dict[str, set[str]]:
    fields = {"family": {_plain(patient.family)}, "given": {_first(patient.given)}}
    if patient.birth_date:
        fields["birth_date"] = {str(patient.birth_date)}
    return {key: values - {""} for key, values in fields.items()}


def _names(resource: Resource) -> dict[str, set[str]]:
    fields: dict[str, set[str]] = {"family": set(), "given": set(), "birth_date": set()}
    for name in resource.root.each("name"):
        given, family = fhir.person_name(name)
        fields["family"].add(_plain(family.text))
        fields["given"].add(_first(given.text))
    fields["birth_date"].add(resource.root.get("birthDate").text)
    return {key: values - {""} for key, values in fields.items()}


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _first(text: str) -> str:
    words = text.split()
    return _plain(words[0]) if words else ""
