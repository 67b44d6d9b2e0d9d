"""Case 3: a clinic wants to ask a Medicaid plan before first-line care was tried."""

from example_cases.papers import BY_PATIENT, Papers, page, recorded_by, said_in
from tmjkit.case import (
    Address,
    Adherence,
    AuthorizationRequest,
    Case,
    Channel,
    Contact,
    Coverage,
    Diagnosis,
    DocumentKind,
    Funding,
    Gender,
    Instrument,
    Measurement,
    Patient,
    Provider,
    ProviderRole,
    Response,
    Side,
    Symptom,
    Task,
    Treatment,
    TreatmentKind,
)

NAME = "medicaid-premature"
PAPERS = "medicaid"

_VISIT = "document-visit"
_INTAKE = "document-intake"
_DENTIST = "provider-dentist"
_DAY = "2026-11-03"

_PATIENT = Patient(
    id="patient-robin",
    family="Specimen",
    given="Robin",
    birth_date="1999-06-17",
    gender=Gender.UNKNOWN,
    phone="313-555-0119",
    sources=(page(_INTAKE, 1, "Robin Specimen"), BY_PATIENT),
)

# No member id: the patient forgot the card. No group id: this kind of plan has none.
_COVERAGE = Coverage(
    id="coverage-medicaid",
    payer="Example Community Care",
    plan_name="Medicaid health plan",
    funding=Funding.MEDICAID_MANAGED_CARE,
    state="MI",
    phone="313-555-0180",
    sources=(page(_INTAKE, 1, "Example Community Care (Medicaid)"), BY_PATIENT),
)

_PROVIDERS = (
    # The NPI was not on any paper.
    Provider(
        id=_DENTIST,
        name="Skyler Example",
        qualification="DDS",
        specialty="General dentistry",
        role=ProviderRole.TREATING,
        organization="Example Neighborhood Dental",
        address=Address(
            line="3 Mockup Plaza", city="Specimen Falls", state="MI", postal_code="48000"
        ),
        phone="313-555-0110",
        fax="313-555-0111",
        email="desk@neighborhood-dental.example.org",
        sources=(page(_VISIT, 1, "Skyler Example, DDS"),),
    ),
    Provider(
        id="provider-physical-therapist",
        name="Sample Falls Physical Therapy",
        role=ProviderRole.FACILITY,
        npi="1000000087",
        phone="313-555-0114",
        sources=(said_in("contact-therapy"),),
    ),
)

_DIAGNOSES = (
    Diagnosis(
        id="diagnosis-tmd",
        code="M26.609",
        text="TMD, unspecified",
        recorded_date=_DAY,
        asserter_id=_DENTIST,
        sources=(page(_VISIT, 1, "TMD, unspecified. M26.609."),),
    ),
)

_SYMPTOMS = (
    Symptom(
        id="symptom-jaw-pain",
        text="Jaw pain, worse in the morning",
        side=Side.BOTH,
        onset="2026-08",
        days_per_month=15,
        sources=(
            page(_VISIT, 1, "Jaw pain on both sides since August, worse in the morning."),
            page(_INTAKE, 1, "about 15"),
            BY_PATIENT,
        ),
    ),
    Symptom(
        id="symptom-click",
        text="Left jaw clicks",
        side=Side.LEFT,
        onset="2021",
        sources=(page(_VISIT, 1, "Left jaw has clicked for years."), BY_PATIENT),
    ),
)

_MEASUREMENTS = (
    Measurement(
        id="measurement-nrs-undocumented",
        instrument=Instrument.NRS_PAIN,
        date="2026-10",
        value=9,
    ),
    Measurement(
        id="measurement-nrs",
        instrument=Instrument.NRS_PAIN,
        date=_DAY,
        value=6,
        sources=(
            page(_INTAKE, 1, "Average jaw pain in the past month, 0 = none, 10 = worst 6"),
            BY_PATIENT,
        ),
    ),
    Measurement(
        id="measurement-phq-4",
        instrument=Instrument.PHQ_4,
        date=_DAY,
        value=4,
        sources=(page(_INTAKE, 1, "Total (office) 4"), BY_PATIENT),
    ),
)

_TREATMENTS = (
    Treatment(
        id="treatment-ibuprofen",
        kind=TreatmentKind.NSAID,
        name="Ibuprofen",
        start="2026-10",
        end="2026-10",
        dose="400 mg now and then for about ten days",
        adherence=Adherence.PARTIAL,
        response=Response.TEMPORARY,
        response_text="helps for a few hours",
        sources=(
            page(
                _VISIT,
                1,
                "Took ibuprofen 400 mg now and then for about ten days in October, helps for a "
                "few hours.",
            ),
            page("document-pharmacy", 1, "10/18/2026 EX-7731 IBUPROFEN 200 MG TAB"),
            BY_PATIENT,
        ),
    ),
    Treatment(
        id="treatment-self-care",
        kind=TreatmentKind.SELF_CARE,
        name="Self-care sheet",
        start=_DAY,
        ongoing=True,
        sources=(
            page(_VISIT, 1, "Self-care sheet given and explained today."),
            recorded_by(_DENTIST),
        ),
    ),
    # Recommended and not begun: no start, no session.
    Treatment(
        id="treatment-physical-therapy",
        kind=TreatmentKind.PHYSICAL_THERAPY,
        name="Physical therapy, referred",
        sessions=0,
        note="Referral of November 3, 2026. First appointment offered for December 8, 2026.",
        sources=(
            page(_VISIT, 1, "Referral to physical therapy for jaw exercises. Not started."),
            said_in("contact-therapy"),
        ),
    ),
    Treatment(
        id="treatment-mouthguard",
        kind=TreatmentKind.SPLINT,
        name="Mouthguard from a drugstore",
        start="2026",
        adherence=Adherence.POOR,
    ),
)

_REQUESTS = (
    # Not sent: no product, no units, no procedure were decided.
    AuthorizationRequest(
        id="request-draft",
        coverage_id="coverage-medicaid",
        provider_id=_DENTIST,
        service="Botulinum toxin into the jaw muscles",
        diagnosis_codes=("M26.609",),
        sources=(page(_VISIT, 1, "Patient asks for botulinum toxin."),),
    ),
)

_CONTACTS = (
    Contact(
        id="contact-plan",
        date="2026-11-05",
        time="16:50",
        time_zone="America/Detroit",
        organization="Example Community Care",
        number="313-555-0180",
        said="Asked what is needed for botulinum toxin. Hung up after 40 minutes on hold.",
        sources=(recorded_by(_DENTIST),),
    ),
    Contact(
        id="contact-therapy",
        date="2026-11-06",
        channel=Channel.PHONE,
        who="Front desk",
        organization="Sample Falls Physical Therapy",
        number="313-555-0114",
        said="Takes the plan. First free appointment is December 8, 2026, and needs the member id.",
        promised="Holds the appointment of December 8",
        promised_by="2026-12-08",
        sources=(recorded_by(_DENTIST),),
    ),
)

_TASKS = (
    Task(
        id="task-member-id",
        title="Ask the patient for the member id",
        owner="Front desk",
        due="2026-12-04",
        about_id="coverage-medicaid",
    ),
    Task(
        id="task-measure",
        title="Measure the opening and examine by DC/TMD at the next visit",
        owner="Dr. Example",
        due="2026-12-15",
        about_id="diagnosis-tmd",
    ),
)


def build(papers: Papers) -> Case:
    """Build the case and make its papers."""
    kind = DocumentKind
    documents = (
        papers.document(_VISIT, "Visit note, November 3, 2026", kind.CLINICAL_NOTE, _DAY),
        papers.document(_INTAKE, "Intake sheet, November 3, 2026", kind.QUESTIONNAIRE, _DAY),
        papers.document("document-pharmacy", "Medication list", kind.PRESCRIPTION, "2026-11-05"),
    )
    return Case(
        id="case-example-medicaid",
        patient=_PATIENT,
        coverages=(_COVERAGE,),
        providers=_PROVIDERS,
        diagnoses=_DIAGNOSES,
        symptoms=_SYMPTOMS,
        measurements=_MEASUREMENTS,
        treatments=_TREATMENTS,
        documents=documents,
        requests=_REQUESTS,
        contacts=_CONTACTS,
        tasks=_TASKS,
    )
