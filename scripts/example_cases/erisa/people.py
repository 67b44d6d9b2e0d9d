"""Who is in the case: the patient, the plan, the clinicians."""

from example_cases.papers import BY_PATIENT, page, said_in
from tmjkit.case import (
    Address,
    Benefit,
    Coverage,
    Funding,
    Gender,
    Patient,
    Product,
    Provider,
    ProviderRole,
    Relationship,
)


def _exampleton(line: str) -> Address:
    return Address(line=line, city="Exampleton", state="OH", postal_code="43000")


PATIENT = Patient(
    id="patient-avery",
    family="Example",
    given="Avery",
    birth_date="1988-04-12",
    gender=Gender.FEMALE,
    address=_exampleton("12 Sample Street"),
    phone="614-555-0142",
    email="avery@example.org",
    language="English",
    sources=(BY_PATIENT, page("document-denial", 1, "Avery Example 12 Sample Street")),
)

COVERAGES = (
    Coverage(
        id="coverage-employer",
        payer="Example Mutual Benefit Administrators",
        payer_id="EXMBA",
        plan_name="Example Widgets, Inc. Employee Health Plan",
        product=Product.PPO,
        funding=Funding.SELF_FUNDED_ERISA,
        grandfathered=False,
        state="OH",
        member_id="EX-0001",
        group_id="EXW-100",
        benefit=Benefit.MEDICAL,
        relationship=Relationship.SELF,
        start="2022-01-01",
        appeals_address=_exampleton("Appeals Unit, P.O. Box 180"),
        phone="614-555-0170",
        fax="614-555-0178",
        sources=(
            page("document-denial", 1, "Member ID EX-0001"),
            page("document-denial", 2, "P.O. Box 180, Exampleton, OH 43000"),
            page("document-plan", 1, "The Plan is self-funded."),
            page("document-plan", 1, "The Plan is not a grandfathered health plan."),
            said_in("contact-employer"),
        ),
    ),
)

PROVIDERS = (
    Provider(
        id="provider-orofacial",
        name="Jordan Sample",
        qualification="DDS, MS",
        specialty="Orofacial pain",
        role=ProviderRole.PRESCRIBING,
        npi="1000000004",
        tax_id="00-0000001",
        license_number="EX-30001",
        license_state="OH",
        organization="Example Orofacial Pain Center",
        address=_exampleton("200 Placeholder Avenue"),
        phone="614-555-0130",
        fax="614-555-0131",
        email="office@orofacial.example.org",
        sources=(page("document-clinic-notes", 1, "Jordan Sample, DDS, MS · NPI 1000000004"),),
    ),
    Provider(
        id="provider-primary-care",
        name="Morgan Placeholder",
        qualification="MD",
        specialty="Family medicine",
        role=ProviderRole.PRIMARY_CARE,
        npi="1000000046",
        organization="Example Family Medicine",
        address=_exampleton("5 Specimen Road"),
        phone="614-555-0145",
        sources=(page("document-therapy", 1, "Referred by Morgan Placeholder, MD"),),
    ),
    Provider(
        id="provider-physical-therapist",
        name="Riley Specimen",
        qualification="PT, DPT",
        specialty="Physical therapy",
        role=ProviderRole.THERAPIST,
        npi="1000000012",
        organization="Example Rehabilitation Center",
        address=_exampleton("31 Specimen Road"),
        phone="614-555-0140",
        fax="614-555-0141",
        sources=(page("document-therapy", 1, "Riley Specimen, PT, DPT · NPI 1000000012"),),
    ),
    Provider(
        id="provider-psychologist",
        name="Casey Mockup",
        qualification="PhD",
        specialty="Pain psychology",
        role=ProviderRole.THERAPIST,
        npi="1000000020",
        organization="Example Rehabilitation Center",
        address=_exampleton("31 Specimen Road"),
        phone="614-555-0140",
        fax="614-555-0141",
        sources=(page("document-therapy", 3, "Casey Mockup, PhD · NPI 1000000020"),),
    ),
    Provider(
        id="provider-dentist",
        name="Taylor Fictional",
        qualification="DDS",
        specialty="General dentistry",
        role=ProviderRole.REFERRING,
        npi="1000000038",
        organization="Sample Family Dentistry",
        address=_exampleton("8 Demonstration Lane"),
        phone="614-555-0150",
        sources=(page("document-splint", 1, "Taylor Fictional, DDS · NPI 1000000038"),),
    ),
)
