"""Which element ends in which field, resource by resource."""

from decimal import Decimal

import pytest

from tmjkit.case import (
    Decision,
    Funding,
    Instrument,
    PatientSource,
    Purpose,
    ReasonKind,
    Side,
    ToxinProduct,
    TreatmentKind,
    Urgency,
)

ICD = "http://hl7.org/fhir/sid/icd-10-cm"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
CPT = "http://www.ama-assn.org/go/cpt"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
DISCRIMINATOR = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudicationDiscriminator"
CARC = "https://x12.org/codes/claim-adjustment-reason-codes"


def concept(system, code, display=None, text=None):
    found = {"coding": [{"system": system, "code": code}]}
    if display:
        found["coding"][0]["display"] = display
    return found | ({"text": text} if text else {})


def listed(result, path):
    return [item for item in result.not_imported if item.path.startswith(path)]


def test_a_condition_becomes_a_diagnosis(read, about):
    condition = about(
        "Condition",
        "c1",
        code=concept(ICD, "M7911", text="Myalgia of the chewing muscles"),
        bodySite=[concept(SNOMED, "7771000")],
        onsetDateTime="2023-11",
        recordedDate="2024-03-31T23:30:00-10:00",
        recorder={"reference": "Practitioner/d1"},
        severity={"text": "Severe"},
        note=[{"text": "Worse on waking."}],
    )
    dentist = {
        "resourceType": "Practitioner",
        "id": "d1",
        "name": [{"family": "Sample", "given": ["Lin"], "suffix": ["DDS"]}],
        "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}],
    }
    result = read(condition, dentist)
    (found,) = result.case.diagnoses
    assert (found.code, found.text, found.side) == (
        "M79.11",
        "Myalgia of the chewing muscles",
        Side.LEFT,
    )
    assert str(found.onset) == "2023-11", "a month stays a month"
    assert str(found.recorded_date) == "2024-03-31", "the day as written, whatever the zone"
    assert found.note == "Severity: Severe\nNote: Worse on waking."
    provider = result.case.record(found.asserter_id)
    assert (provider.name, provider.qualification, provider.npi) == (
        "Lin Sample",
        "DDS",
        "1234567893",
    )
    assert found.sources[0].quote == "Myalgia of the chewing muscles"
    assert found.sources[0].locator == "Condition/c1"


def test_a_snomed_code_is_listed_and_its_words_are_kept(read, about):
    result = read(about("Condition", "c1", code=concept(SNOMED, "41888000", "Jaw disorder")))
    (found,) = result.case.diagnoses
    assert (found.code, found.text) == (None, "Jaw disorder")
    places = [item.path for item in listed(result, "Condition.code")]
    assert places == ["Condition.code.coding[0].system", "Condition.code.coding[0].code"]


@pytest.mark.parametrize("status", ["refuted", "entered-in-error"])
def test_what_was_refuted_is_no_diagnosis(read, about, status):
    condition = about(
        "Condition", "c1", code={"text": "Bruxism"}, verificationStatus=concept("x", status)
    )
    result = read(condition)
    assert result.case.diagnoses == ()
    assert [item.path for item in listed(result, "Condition")] == ["Condition"]


def test_doubt_about_a_diagnosis_is_kept_with_it(read, about):
    condition = about(
        "Condition",
        "c1",
        code={"text": "Bruxism"},
        verificationStatus=concept("x", "provisional"),
        clinicalStatus=concept("x", "resolved"),
    )
    (found,) = read(condition).case.diagnoses
    assert found.note == "Verification: provisional\nClinical status: resolved"


def test_a_diagnosis_that_the_patient_asserts_says_so(read, about):
    condition = about(
        "Condition", "c1", code={"text": "Clicking"}, asserter={"reference": "Patient/p1"}
    )
    (found,) = read(condition).case.diagnoses
    assert PatientSource() in found.sources


@pytest.mark.parametrize(
    ("code", "value", "unit", "instrument"),
    [
        ("72514-3", 7, "{score}", Instrument.NRS_PAIN),
        ("44261-6", 14, "{score}", Instrument.PHQ_9),
        ("70274-6", 9, None, Instrument.GAD_7),
        ("72514-3", 7, "mm", Instrument.OTHER),
        ("8302-2", 170.5, "cm", Instrument.OTHER),
    ],
)
def test_an_observation_becomes_a_measurement(read, about, code, value, unit, instrument):  # noqa: PLR0917
    quantity = {"value": value} | ({"unit": unit} if unit else {})
    observation = about(
        "Observation",
        "o1",
        status="final",
        code=concept(LOINC, code, text="What was measured"),
        effectiveDateTime="2024-05-06T08:00:00Z",
        valueQuantity=quantity,
    )
    (found,) = read(observation).case.measurements
    assert (found.instrument, found.value, str(found.date)) == (instrument, value, "2024-05-06")
    if instrument is Instrument.OTHER:
        assert (found.name, found.unit) == ("What was measured", unit)


def test_each_component_is_a_measurement(read, about):
    observation = about(
        "Observation",
        "o1",
        status="final",
        code={"text": "Jaw opening"},
        component=[
            {"code": {"text": "Unassisted"}, "valueQuantity": {"value": 31, "unit": "mm"}},
            {"code": {"text": "Assisted"}, "valueQuantity": {"value": 36, "unit": "mm"}},
            {"code": {"text": "End feel"}, "valueString": "soft"},
        ],
    )
    result = read(observation)
    assert [(m.name, m.value) for m in result.case.measurements] == [
        ("Unassisted", 31),
        ("Assisted", 36),
    ]
    assert result.case.measurements[0].note == "Part of: Jaw opening"
    assert listed(result, "Observation.component[2].valueString")


@pytest.mark.parametrize(
    "value",
    [
        {"valueString": "never smoked"},
        {"valueCodeableConcept": {"text": "negative"}},
        {"valueQuantity": {"value": 5, "comparator": "<"}},
        {"dataAbsentReason": {"text": "refused"}},
    ],
)
def test_a_value_that_is_no_number_is_listed(read, about, value):
    result = read(about("Observation", "o1", status="final", code={"text": "X"}, **value))
    assert result.case.measurements == ()
    assert [item.path for item in listed(result, "Observation")] == ["Observation"]


def test_a_score_beyond_its_scale_is_listed_with_the_scale(read, about):
    observation = about(
        "Observation",
        "o1",
        status="final",
        code=concept(LOINC, "72514-3"),
        valueQuantity={"value": 42, "unit": "{score}"},
    )
    result = read(observation)
    assert result.case.measurements == ()
    (item,) = listed(result, "Observation.valueQuantity.value")
    assert "from 0 to 10" in item.why


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Naproxen sodium 220 MG Oral Tablet", TreatmentKind.NSAID),
        ("Acetaminophen 325 MG / Hydrocodone Bitartrate 5 MG", TreatmentKind.OPIOID),
        ("cyclobenzaprine 10 mg", TreatmentKind.MUSCLE_RELAXANT),
        ("amitriptyline 25 mg", TreatmentKind.ANTIDEPRESSANT),
        ("Fluoxetine 20 MG", TreatmentKind.OTHER_MEDICATION),
        ("Gabapentin 300 MG", TreatmentKind.GABAPENTINOID),
        ("Aspirin 81 MG Oral Tablet", TreatmentKind.OTHER_MEDICATION),
        ("Aspirin 325 MG Oral Tablet", TreatmentKind.NSAID),
        ("OnabotulinumtoxinA 100 UNT Injection", TreatmentKind.OTHER_MEDICATION),
        ("Penicillin V Potassium 250 MG", TreatmentKind.OTHER_MEDICATION),
    ],
)
def test_a_prescription_becomes_a_treatment(read, about, name, kind):
    order = about(
        "MedicationRequest",
        "m1",
        status="active",
        intent="order",
        medicationCodeableConcept={"text": name},
        authoredOn="2024-01-09",
        dosageInstruction=[
            {
                "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}],
                "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
                "asNeededBoolean": True,
            }
        ],
        reasonReference=[{"reference": "Condition/c1"}],
    )
    condition = about("Condition", "c1", code={"text": "Sprained ankle"})
    (found,) = read(order, condition).case.treatments
    assert (found.kind, found.name, found.ongoing) == (kind, name, True)
    assert str(found.start) == "2024-01-09"
    assert found.dose == "1 tablet, 2 times every day, as needed"
    assert found.note == "For: Sprained ankle"


@pytest.mark.parametrize(
    "change",
    [{"status": "cancelled"}, {"status": "entered-in-error"}, {"intent": "plan"}],
)
def test_a_medication_that_was_never_meant_to_be_taken_is_listed(read, about, change):
    order = about(
        "MedicationRequest",
        "m1",
        **({"status": "active", "intent": "order"} | change),
        medicationCodeableConcept={"text": "Naproxen"},
    )
    result = read(order)
    assert result.case.treatments == ()
    assert listed(result, "MedicationRequest")


def test_what_the_patient_says_they_take_is_a_treatment_on_their_word(read, about):
    statement = about(
        "MedicationStatement",
        "s1",
        status="active",
        medicationReference={"reference": "#drug"},
        contained=[{"resourceType": "Medication", "id": "drug", "code": {"text": "ibuprofen"}}],
        effectivePeriod={"start": "2022"},
        informationSource={"reference": "Patient/p1"},
    )
    result = read(statement)
    (found,) = result.case.treatments
    assert (found.kind, str(found.start)) == (TreatmentKind.NSAID, "2022")
    assert PatientSource() in found.sources
    assert not listed(result, "Medication.")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (concept(CPT, "97140"), TreatmentKind.MANUAL_THERAPY),
        (concept("http://www.ada.org/cdt", "D7880"), TreatmentKind.SPLINT),
        ({"text": "Physical therapy of the jaw"}, TreatmentKind.PHYSICAL_THERAPY),
        ({"text": "Cognitive behavioral therapy"}, TreatmentKind.CBT),
        ({"text": "Arthrocentesis of knee"}, TreatmentKind.OTHER),
        ({"text": "Arthrocentesis of temporomandibular joint"}, TreatmentKind.ARTHROCENTESIS),
        (concept(CPT, "20605"), TreatmentKind.OTHER),
        (concept(CPT, "64612"), TreatmentKind.OTHER),
        ({"text": "Suture open wound"}, TreatmentKind.OTHER),
    ],
)
def test_a_procedure_gets_a_kind_only_where_that_is_sure(read, about, code, kind):
    procedure = about(
        "Procedure", "r1", status="completed", code=code, performedDateTime="2024-02-01"
    )
    result = read(procedure)
    (found,) = result.case.treatments
    assert found.kind is kind
    assert str(found.start) == str(found.end) == "2024-02-01"
    assert result.case.sessions == ()
    if "coding" in code:
        assert found.note == f"Code: {code['coding'][0]['code']}"


@pytest.mark.parametrize(
    ("code", "product"),
    [
        (concept(HCPCS, "J0585"), ToxinProduct.ONABOTULINUM),
        (concept(HCPCS, "J0588"), ToxinProduct.INCOBOTULINUM),
        ({"text": "Injection of abobotulinumtoxinA into masseter"}, ToxinProduct.ABOBOTULINUM),
    ],
)
def test_an_injection_of_a_named_product_is_a_session(read, about, code, product):
    procedure = about(
        "Procedure", "r1", status="completed", code=code, performedDateTime="2024-02-01"
    )
    result = read(procedure)
    (found,) = result.case.sessions
    assert (found.product, str(found.date)) == (product, "2024-02-01")
    assert result.case.treatments == ()
    assert found.doses == (), "units and muscles are never made up"


@pytest.mark.parametrize(
    "text", ["Botulinum toxin injection", "OnabotulinumtoxinA or incobotulinumtoxinA injection"]
)
def test_botulinum_without_one_product_is_a_treatment_and_said(read, about, text):
    result = read(about("Procedure", "r1", status="completed", code={"text": text}))
    assert result.case.sessions == ()
    assert [t.name for t in result.case.treatments] == [text]
    (remark,) = [item for item in result.not_imported if "by hand" in item.why]
    assert (remark.path, remark.values) == ("Procedure.code", 0)


def test_a_procedure_not_done_is_no_treatment(read, about):
    result = read(about("Procedure", "r1", status="not-done", code={"text": "Splint"}))
    assert result.case.treatments == ()
    assert "not-done" in listed(result, "Procedure")[0].why


def test_an_end_before_the_start_loses_only_the_end(read, about):
    procedure = about(
        "Procedure",
        "r1",
        status="completed",
        code={"text": "Biofeedback"},
        performedPeriod={"start": "2024-05-01", "end": "2023-05-01"},
    )
    result = read(procedure)
    (found,) = result.case.treatments
    assert (str(found.start), found.end) == ("2024-05-01", None)
    (item,) = listed(result, "Procedure.performedPeriod.end")
    assert item.why == "the end should not lie before the start"


def test_a_coverage_with_its_payer(read, about):
    coverage = about(
        "Coverage",
        "k1",
        status="active",
        payor=[{"reference": "Organization/pay"}],
        subscriberId="S-1",
        subscriber={"reference": "Patient/p2"},
        relationship=concept("x", "spouse"),
        type=concept("https://nahdo.org/sopt", "211"),
        order=2,
        period={"start": "2024-01-01", "end": "2024-12-31"},
        **{
            "class": [
                {"type": concept("x", "group"), "value": "G-7", "name": "Example Co"},
                {"type": concept("x", "plan"), "value": "P-9", "name": "Gold"},
            ]
        },
    )
    payer = {
        "resourceType": "Organization",
        "id": "pay",
        "name": "Example Health",
        "identifier": [{"type": concept("x", "payerid"), "value": "00123"}],
        "telecom": [{"system": "phone", "value": "202-555-0101"}],
    }
    spouse = {
        "resourceType": "Patient",
        "id": "p2",
        "name": [{"family": "Example", "given": ["Bo"]}],
    }
    result = read(coverage, payer, spouse)
    (found,) = result.case.coverages
    assert (found.payer, found.payer_id, found.phone) == ("Example Health", "00123", "202-555-0101")
    assert (found.member_id, found.group_id, found.plan_name) == ("S-1", "G-7", "Gold")
    assert (found.relationship, found.subscriber, found.rank) == ("spouse", "Bo Example", 2)
    assert found.funding is Funding.MEDICAID_MANAGED_CARE
    assert str(found.end) == "2024-12-31"
    assert result.case.providers == (), "a payer is no provider"


@pytest.mark.parametrize("code", ["5", "51", "511", "52", "EHCPOL", "MCPOL", "PUBLICPOL"])
def test_funding_is_never_guessed(read, about, code):
    for system in ("https://nahdo.org/sopt", "http://terminology.hl7.org/CodeSystem/v3-ActCode"):
        coverage = about(
            "Coverage",
            "k1",
            status="active",
            payor=[{"display": "Example Health"}],
            type=concept(system, code),
        )
        result = read(coverage)
        assert result.case.coverages[0].funding is None
        assert listed(result, "Coverage.type")


def a_claim(about, **more):
    return about(
        "Claim",
        "b1",
        **(
            {
                "status": "active",
                "use": "claim",
                "created": "2024-03-02",
                "billablePeriod": {"start": "2024-03-01", "end": "2024-03-01"},
                "diagnosis": [
                    {"sequence": 2, "diagnosisCodeableConcept": concept(ICD, "G43.709")},
                    {"sequence": 1, "diagnosisCodeableConcept": concept(ICD, "M79.11")},
                ],
                "item": [
                    {
                        "sequence": 1,
                        "productOrService": concept(HCPCS, "J0585"),
                        "modifier": [concept("x", "JZ")],
                        "quantity": {"value": 100},
                        "net": {"value": 1234.5, "currency": "USD"},
                        "servicedDate": "2024-03-01",
                    }
                ],
            }
            | more
        ),
    )


def an_eob(about, *reasons, paid=0, **more):
    rows = [
        {
            "category": concept(DISCRIMINATOR, "denialreason"),
            "reason": concept(CARC, code, text=text),
        }
        for code, text in reasons
    ]
    return about(
        "ExplanationOfBenefit",
        "e1",
        status="active",
        use="claim",
        outcome="complete",
        created="2024-04-05",
        claim={"reference": "Claim/b1"},
        identifier=[{"type": concept("x", "uc"), "value": "CLM-77"}],
        payment={"amount": {"value": paid, "currency": "USD"}},
        item=[{"sequence": 1, "productOrService": concept(HCPCS, "J0585"), "adjudication": rows}],
        **more,
    )


def test_a_claim_with_its_lines(read, about):
    (found,) = read(a_claim(about)).case.claims
    (line,) = found.lines
    assert (line.code, line.modifiers, line.units) == ("J0585", ("JZ",), Decimal(100))
    assert (line.charge, str(line.date)) == (Decimal("1234.50"), "2024-03-01")
    assert found.diagnosis_codes == ("M79.11", "G43.709"), "in the order of their sequence"
    assert str(found.sent) == "2024-03-02"


def test_a_denial_joins_its_claim_and_becomes_a_determination(read, about):
    text = "Considered investigational for this diagnosis."
    result = read(a_claim(about), an_eob(about, ("55", text), ("96", "Not covered.")))
    (claim,), (found,) = result.case.claims, result.case.determinations
    assert (claim.reference, claim.paid) == ("CLM-77", Decimal(0))
    assert found.decision is Decision.DENIAL
    assert found.about_id == claim.id
    assert str(found.notice_date) == "2024-04-05"
    assert [(r.kind, r.carc, r.text) for r in found.reasons] == [
        (ReasonKind.EXPERIMENTAL, "55", text),
        (None, "96", "Not covered."),
    ]
    assert found.sources[0].quote == text


def test_a_denial_of_some_with_a_payment_is_partial(read, about):
    result = read(a_claim(about), an_eob(about, ("50", "Not needed."), paid=12.34))
    (found,) = result.case.determinations
    assert found.decision is Decision.PARTIAL
    assert found.reasons[0].kind is ReasonKind.NOT_MEDICALLY_NECESSARY


def test_a_write_off_or_a_payment_of_nothing_is_no_denial(read, about):
    eob = an_eob(about)
    eob["item"][0]["adjudication"] = [
        {"category": concept("x", "contractual"), "reason": concept(CARC, "45")}
    ]
    result = read(a_claim(about), eob)
    assert result.case.determinations == ()
    assert result.case.claims[0].paid == 0
    assert listed(result, "ExplanationOfBenefit.item[0].adjudication[0].reason")


@pytest.mark.parametrize(
    ("value", "currency", "paid"),
    [
        (620, "USD", Decimal(620)),
        (620.30, "USD", Decimal("620.30")),
        (611.8999999999999, "USD", Decimal("611.90")),
        (611.896, "USD", None),
        (620, "CAD", None),
    ],
)
def test_money_is_dollars_and_cents_or_listed(read, about, value, currency, paid):
    eob = an_eob(about)
    eob["payment"]["amount"] = {"value": value, "currency": currency}
    result = read(eob)
    assert result.case.claims[0].paid == paid
    assert bool(listed(result, "ExplanationOfBenefit.payment")) == (paid is None)


def test_a_line_without_a_procedure_code_is_listed_whole(read, about):
    claim = a_claim(about)
    claim["item"][0]["productOrService"] = concept(SNOMED, "430193006", "Medication check")
    result = read(claim)
    assert result.case.claims[0].lines == ()
    assert len(listed(result, "Claim.item[0]")) == 10


def test_a_request_for_authorization(read, about):
    claim = a_claim(about, use="preauthorization", priority=concept("x", "stat"))
    result = read(claim)
    (found,) = result.case.requests
    assert result.case.claims == ()
    assert (found.urgency, found.lines[0].code) == (Urgency.EXPEDITED, "J0585")


def review(code):
    pas = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-"
    return {
        "adjudication": [
            {
                "extension": [
                    {
                        "url": f"{pas}reviewAction",
                        "extension": [
                            {"url": "number", "valueString": "AUTH-1"},
                            {
                                "url": f"{pas}reviewActionCode",
                                "valueCodeableConcept": concept(
                                    "https://codesystem.x12.org/005010/306", code
                                ),
                            },
                        ],
                    }
                ],
                "category": concept("x", "submitted"),
            }
        ]
    }


@pytest.mark.parametrize(
    ("codes", "decision"),
    [
        (["A1"], Decision.APPROVAL),
        (["A3", "A3"], Decision.DENIAL),
        (["A1", "A3"], Decision.PARTIAL),
        (["A6"], Decision.PARTIAL),
        (["A4"], None),
        (["A1", "A4"], None),
        ([], None),
    ],
)
def test_the_answer_to_a_request(read, about, codes, decision):
    request = a_claim(about, use="preauthorization")
    answer = about(
        "ClaimResponse",
        "a1",
        status="active",
        use="preauthorization",
        outcome="complete",
        created="2024-05-01",
        request={"reference": "Claim/b1"},
        item=[review(code) for code in codes],
    )
    result = read(request, answer)
    if decision is None:
        assert result.case.determinations == ()
        assert [item.path for item in listed(result, "ClaimResponse")] == ["ClaimResponse"]
    else:
        (found,) = result.case.determinations
        assert (found.decision, found.reference) == (decision, "AUTH-1")
        assert found.about_id == result.case.requests[0].id


def test_a_role_adds_to_its_practitioner(read):
    person = {
        "resourceType": "Practitioner",
        "id": "d1",
        "name": [{"text": "Lin Sample"}],
    }
    role = {
        "resourceType": "PractitionerRole",
        "id": "x1",
        "practitioner": {"reference": "Practitioner/d1"},
        "organization": {"display": "Sample Jaw Clinic"},
        "specialty": [{"text": "Orofacial pain"}],
        "telecom": [{"system": "fax", "value": "202-555-0102"}],
    }
    (found,) = read(person, role).case.providers
    assert (found.name, found.organization) == ("Lin Sample", "Sample Jaw Clinic")
    assert (found.specialty, found.fax) == ("Orofacial pain", "202-555-0102")


def test_an_organization_of_unknown_part_is_listed_not_guessed(read):
    result = read({"resourceType": "Organization", "id": "o1", "name": "Example Group"})
    assert result.case.providers == ()
    assert "does not show" in listed(result, "Organization")[0].why


def test_a_wrong_npi_costs_the_npi_only(read):
    result = read(
        {
            "resourceType": "Practitioner",
            "id": "d1",
            "name": [{"family": "Sample"}],
            "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567890"}],
        }
    )
    (found,) = result.case.providers
    assert (found.name, found.npi) == ("Sample", None)
    assert "check digit" in listed(result, "Practitioner.identifier[0].value")[0].why


def test_the_patient_of_the_case(read):
    patient = {
        "resourceType": "Patient",
        "id": "p1",
        "name": [
            {"use": "maiden", "family": "Before"},
            {"use": "official", "family": "Example", "given": ["Ada", "B."], "prefix": ["Ms."]},
        ],
        "birthDate": "1980-02",
        "gender": "female",
        "telecom": [
            {"system": "phone", "value": "202-555-0103", "rank": 2},
            {"system": "phone", "value": "202-555-0104", "rank": 1},
            {"system": "email", "value": "ada@example.org"},
        ],
        "address": [
            {"use": "old", "city": "Elsewhere"},
            {"line": ["1 Main St", "Apt 2"], "city": "Albany", "state": "new york",
             "postalCode": "12207", "country": "US"},
        ],
        "communication": [{"language": {"text": "Spanish"}}],
    }  # fmt: skip
    result = read(patient=patient)
    found = result.case.patient
    assert (found.given, found.family, str(found.birth_date)) == ("Ada B.", "Example", "1980-02")
    assert (found.phone, found.email) == ("202-555-0104", "ada@example.org")
    assert found.address.lines() == ("1 Main St, Apt 2", "Albany, NY 12207")
    assert found.language == "Spanish"
    rest = {item.path for item in result.not_imported}
    assert "Patient.name[0].family" in rest
    assert "Patient.name[1].prefix[0]" in rest
    assert "Patient.telecom[0].value" in rest
    assert "Patient.address[0].city" in rest


@pytest.mark.parametrize(
    ("more", "purpose"),
    [
        ({"reasonCode": [{"text": "Temporomandibular disorder"}]}, Purpose.JAW),
        ({"reasonCode": [{"text": "Pain of the left knee"}]}, Purpose.UNKNOWN),
        ({"bodySite": [{"text": "Right masseter muscle"}]}, Purpose.JAW),
        ({}, Purpose.UNKNOWN),
    ],
)
def test_only_the_mention_of_the_jaw_makes_it_care_for_the_jaw(read, about, more, purpose):
    procedure = about(
        "Procedure", "r1", status="completed", code={"text": "Physical therapy"}, **more
    )
    (found,) = read(procedure).case.treatments
    assert found.purpose is purpose


def test_what_a_person_said_about_the_purpose_stays_when_the_file_comes_again(read, about):
    procedure = about("Procedure", "r1", status="completed", code={"text": "Physical therapy"})
    case = read(procedure).case
    said = case.treatments[0].model_copy(update={"purpose": Purpose.JAW})
    again = read(procedure, into=case.with_record(said))
    assert again.case.treatments[0].purpose is Purpose.JAW
    assert again.conflicts == ()


@pytest.mark.parametrize(
    ("code", "purpose"),
    [
        (concept(ICD, "M26621", text="Arthralgia, right"), Purpose.JAW),
        (concept(ICD, "M7911", text="Myalgia"), Purpose.JAW),
        ({"text": "Temporomandibular disorder"}, Purpose.JAW),
        (concept(ICD, "B20", text="Another illness"), Purpose.UNKNOWN),
    ],
)
def test_a_diagnosis_concerns_the_jaw_only_when_it_says_so(read, about, code, purpose):
    (found,) = read(about("Condition", "c1", code=code)).case.diagnoses
    assert found.purpose is purpose


def test_a_measurement_concerns_the_jaw_only_when_it_says_so(read, about):
    weight = about("Observation", "o1", code={"text": "Weight"}, valueQuantity={"value": 3.4})
    opening = about(
        "Observation", "o2", code={"text": "Mouth opening"}, valueQuantity={"value": 38}
    )
    case = read(weight, opening).case
    assert [item.label for item in case.jaw_measurements] == ["Mouth opening"]
