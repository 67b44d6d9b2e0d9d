"""Who is in the case: the patient, the plan, the clinicians."""

from example_cases.papers import BY_PATIENT, page, recorded_by
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


def _sample_bay(line: str) -> Address:
    return Address(line=line, city="Sample Bay", state="CA", postal_code="90000")


PATIENT = Patient(
    id="patient-blake",
    family="Sample",
    given="Blake",
    birth_date="1979-11-02",
    gender=Gender.MALE,
    address=_sample_bay("40 Specimen Court"),
    phone="415-555-0123",
    email="blake@example.com",
    language="English",
    sources=(BY_PATIENT, page("document-denial", 1, "Blake Sample 40 Specimen Court")),
)

COVERAGES = (
    Coverage(
        id="coverage-hmo",
        payer="Example Health Plan of California",
        payer_id="EXHPC",
        plan_name="Sample Harbor Logistics group HMO",
        product=Product.HMO,
        funding=Funding.INSURED_GROUP,
        grandfathered=False,
        state="CA",
        member_id="EX-0002",
        group_id="EXC-220",
        benefit=Benefit.MEDICAL,
        relationship=Relationship.SELF,
        start="2021",
        appeals_address=_sample_bay("Grievances and Appeals, P.O. Box 220"),
        phone="415-555-0180",
        fax="415-555-0188",
        sources=(
            page(
                "document-denial",
                1,
                "HMO, licensed by the California Department of Managed Health Care",
            ),
            page("document-denial", 1, "Group number EXC-220"),
            page("document-denial", 2, "P.O. Box 220, Sample Bay, CA 90000"),
            BY_PATIENT,
        ),
    ),
)

PROVIDERS = (
    Provider(
        id="provider-orofacial",
        name="Harper Placeholder",
        qualification="DMD",
        specialty="Orofacial pain",
        role=ProviderRole.PRESCRIBING,
        npi="1000000053",
        tax_id="00-0000002",
        license_number="EX-90002",
        license_state="CA",
        organization="Example Bay Orofacial Pain Clinic",
        address=_sample_bay("9 Fictional Wharf"),
        phone="415-555-0120",
        fax="415-555-0121",
        email="office@bay-clinic.example.org",
        sources=(page("document-injections", 1, "Harper Placeholder, DMD · NPI 1000000053"),),
    ),
    Provider(
        id="provider-primary-care",
        name="Quinn Specimen",
        qualification="MD",
        specialty="Family medicine",
        role=ProviderRole.PRIMARY_CARE,
        npi="1000000061",
        organization="Example Bay Family Practice",
        phone="415-555-0124",
        sources=(BY_PATIENT,),
    ),
    Provider(
        id="provider-physical-therapist",
        name="Devon Mockup",
        qualification="PT",
        specialty="Physical therapy",
        role=ProviderRole.THERAPIST,
        npi="1000000079",
        organization="Example Bay Physical Therapy",
        phone="415-555-0126",
        sources=(recorded_by("provider-orofacial"),),
    ),
)
