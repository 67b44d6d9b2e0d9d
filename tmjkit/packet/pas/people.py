"""Patient, coverage, insurer, and who asks."""

from typing import Any, Final

from tmjkit.case import Address, Coverage, Patient, Product, Provider, Relationship
from tmjkit.packet.pas.elements import (
    NPI,
    X12,
    Resource,
    concept,
    filled,
    pointer,
    resource,
    said,
    uid,
)
from tmjkit.packet.pas.facts import Facts, is_clinic

_HL7: Final = "http://terminology.hl7.org/CodeSystem"
_MEMBER_NUMBER: Final = concept(f"{_HL7}/v2-0203", "MB")
_PAYER_ID: Final = concept(
    "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBIdentifierType", "payerid"
)
# X12 98, as the guide's examples have it for an insurer, and the code for a provider.
_INSURER, _PROVIDER = "PR", "1P"
_RELATIONSHIP: Final = {
    Relationship.SELF: "self",
    Relationship.SPOUSE: "spouse",
    Relationship.CHILD: "child",
    Relationship.OTHER: "other",
}
_PRODUCT: Final = {Product.HMO: "HMO", Product.PPO: "PPO", Product.POS: "POS"}


def patient_of(facts: Facts) -> Resource:
    """Make the patient: the subscriber, or whom the plan covers beside the subscriber."""
    person, coverage = facts.case.patient, facts.coverage
    covered_by_other = coverage.relationship not in (None, Relationship.SELF)
    assert person.gender is not None and person.birth_date is not None  # noqa: PT018, S101 -- `facts`
    return resource(
        "Patient",
        uid(facts.case.id, person.id),
        "profile-beneficiary" if covered_by_other else "profile-subscriber",
        identifier=[_member(coverage)],
        name=[filled({"family": said(person.family), "given": said(person.given).split()})],
        telecom=_telecom(phone=person.phone, email=person.email),
        gender=person.gender.value,
        birthDate=str(person.birth_date),
        address=_address(person.address),
        communication=_languages(person),
    )


def coverage_of(facts: Facts, patient: Resource, insurer: Resource) -> Resource:
    """Make the coverage that is asked."""
    coverage = facts.coverage
    relation = _RELATIONSHIP.get(coverage.relationship) if coverage.relationship else None
    product = _PRODUCT.get(coverage.product) if coverage.product else None
    period = {"start": coverage.start and str(coverage.start), "end": _text(coverage.end)}
    return resource(
        "Coverage",
        uid(facts.case.id, coverage.id),
        "profile-coverage",
        identifier=[_member(coverage)],
        status="active",
        type=product and concept(f"{_HL7}/v3-ActCode", product),
        subscriber=_subscriber(coverage, patient),
        subscriberId=said(coverage.member_id),
        beneficiary=pointer(patient),
        relationship=relation and concept(f"{_HL7}/subscriber-relationship", relation),
        period=filled(period),
        payor=[pointer(insurer)],
        **{"class": _classes(coverage)},
    )


def insurer_of(facts: Facts) -> Resource:
    """Make the insurer."""
    coverage = facts.coverage
    number = {"type": _PAYER_ID, "value": said(coverage.payer_id)} if coverage.payer_id else None
    return resource(
        "Organization",
        uid(facts.case.id, coverage.id, "insurer"),
        "profile-insurer",
        identifier=[number] if number else [],
        active=True,
        type=[concept(f"{X12}/98", _INSURER)],
        name=said(coverage.payer),
        telecom=_telecom(phone=coverage.phone, fax=coverage.fax),
    )


def requestor_of(facts: Facts) -> Resource | None:
    """Make the clinic that asks; None where the case names a clinician and no clinic.

    A clinician's NPI is the person's, so a clinic that is known by name only has none.
    """
    provider = facts.provider
    clinic = is_clinic(provider)
    name = said(provider.name if clinic else provider.organization)
    if not name:
        return None
    return resource(
        "Organization",
        uid(facts.case.id, provider.id, "organization"),
        "profile-requestor",
        identifier=_npi(provider) if clinic else [],
        active=True,
        type=[concept(f"{X12}/98", _PROVIDER)],
        name=name,
        telecom=_telecom(phone=provider.phone, fax=provider.fax, email=provider.email),
        address=_address(provider.address),
    )


def practitioner_of(facts: Facts) -> Resource | None:
    """Make the clinician who asks; None where a clinic asks."""
    provider = facts.provider
    if is_clinic(provider):
        return None
    return resource(
        "Practitioner",
        uid(facts.case.id, provider.id),
        "profile-practitioner",
        identifier=_npi(provider),
        name=[_person_name(provider)],
        telecom=_telecom(phone=provider.phone, fax=provider.fax, email=provider.email),
        address=_address(provider.address),
    )


def role_of(facts: Facts, person: Resource | None, clinic: Resource | None) -> Resource | None:
    """Make the clinician's role at the clinic; None where a clinic asks."""
    if person is None:
        return None
    specialty = said(facts.provider.specialty)
    return resource(
        "PractitionerRole",
        uid(facts.case.id, facts.provider.id, "role"),
        "profile-practitionerrole",
        practitioner=pointer(person),
        organization=clinic and pointer(clinic),
        specialty=[{"text": specialty}] if specialty else [],
    )


def _member(coverage: Coverage) -> dict[str, Any]:
    """Return the member's number; its system stands for the payer that gave it."""
    payer = said(coverage.payer_id or coverage.payer).casefold()
    system = f"urn:uuid:{uid('member numbers', payer)}"
    return {"type": _MEMBER_NUMBER, "system": system, "value": said(coverage.member_id)}


def _subscriber(coverage: Coverage, patient: Resource) -> dict[str, Any] | None:
    """Point to the subscriber; of another person than the patient only the name is known."""
    if coverage.relationship is Relationship.SELF:
        return pointer(patient)
    return {"display": said(coverage.subscriber)} if said(coverage.subscriber) else None


def _classes(coverage: Coverage) -> list[dict[str, Any]]:
    named = (("group", said(coverage.group_id)), ("plan", said(coverage.plan_name)))
    return [
        {"type": concept(f"{_HL7}/coverage-class", kind), "value": value}
        for kind, value in named
        if value
    ]


def _npi(provider: Provider) -> list[dict[str, str]]:
    return [{"system": NPI, "value": str(provider.npi)}]


def _person_name(provider: Provider) -> dict[str, Any]:
    """Return the clinician's name: whole as recorded, and with the parts that FHIR asks for.

    A case holds the name in one line. Its last word, or what stands before a comma, is taken for
    the family name; the NPI says for sure who it is.
    """
    whole = said(provider.name)
    before, _, after = whole.partition(",")
    words = before.split()
    family, given = (before.strip(), after.split()) if after else (words[-1], words[:-1])
    suffix = [part.strip() for part in said(provider.qualification).split(",")]
    name = {"text": whole, "family": family, "given": given}
    return filled({**name, "suffix": [part for part in suffix if part]})


def _telecom(**points: str | None) -> list[dict[str, str]]:
    return [{"system": system, "value": value} for system, value in points.items() if value]


def _address(place: Address | None) -> list[dict[str, Any]]:
    if place is None or not place.lines():
        return []
    line = said(place.line)
    parts = {
        "line": [line] if line else [],
        "city": said(place.city),
        "state": place.state,
        "postalCode": said(place.postal_code),
    }
    return [{**filled(parts), "country": "US"}]


def _languages(person: Patient) -> list[dict[str, Any]]:
    language = said(person.language)
    return [{"language": {"text": language}}] if language else []


def _text(value: object) -> str | None:
    return str(value) if value is not None else None
