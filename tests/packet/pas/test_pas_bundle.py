"""A request becomes a bundle that says what the case says, and nothing else."""

import datetime as dt
import json
import re
from decimal import Decimal

import pytest

from tmjkit.case import (
    Benefit,
    Decision,
    Determination,
    PartialDate,
    ProviderRole,
    Relationship,
    ServiceLine,
    Urgency,
)
from tmjkit.examples import TITLES, load
from tmjkit.packet.pas import PasError, supporting

READY = [
    (name, request.id) for name in TITLES for request in load(name).case.requests if request.lines
]
UUID = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def references(value):
    if isinstance(value, dict):
        if "reference" in value:
            yield value["reference"]
        for inside in value.values():
            yield from references(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from references(inside)


def empty_places(value, path="Bundle"):
    if value in (None, "", [], {}):
        yield path
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from empty_places(inside, f"{path}.{key}")
    elif isinstance(value, list):
        for inside in value:
            yield from empty_places(inside, path)


def changed(case, record, **fields):
    return case.with_record(record.model_copy(update=fields))


def asked(case, **fields):
    return changed(case, case.requests[0], **fields)


@pytest.mark.parametrize(("name", "request_id"), READY)
def test_each_request_of_the_examples_is_valid_fhir(name, request_id, written):
    from fhir.resources.R4B.bundle import Bundle

    example = load(name)
    request = example.case.record(request_id)
    documents = {
        paper.id: example.documents[paper.sha256] for paper in supporting(example.case, request)
    }
    bundle = written(example.case, request, documents=documents)
    read = Bundle.model_validate_json(json.dumps(bundle))
    assert [entry.resource.get_resource_type() for entry in read.entry] == [
        entry["resource"]["resourceType"] for entry in bundle["entry"]
    ]
    again = json.loads(read.model_dump_json(exclude_none=True))
    assert json.loads(json.dumps(again, default=str))["entry"] == bundle["entry"]
    assert list(empty_places(bundle)) == []


@pytest.mark.parametrize(("name", "request_id"), READY)
def test_every_reference_leads_to_a_resource_of_the_bundle(name, request_id, written):
    case = load(name).case
    bundle = written(case, case.record(request_id))
    addresses = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(addresses)) == len(addresses)
    assert all(UUID.fullmatch(address) for address in addresses)
    pointed = set(references(bundle))
    assert pointed <= set(addresses)
    # The Claim is the head; everything else is there because something points to it.
    assert pointed == set(addresses[1:])


def test_the_claim_comes_first_and_asks_for_the_lines_as_recorded(erisa, written, part):
    bundle = written(erisa)
    claim = bundle["entry"][0]["resource"]
    assert claim["resourceType"] == "Claim"
    assert claim["use"] == "preauthorization"
    assert [item["productOrService"]["coding"][0] for item in claim["item"]] == [
        {"system": "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "code": "J0585"},
        {"system": "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "code": "J0585"},
        {"system": "http://www.ama-assn.org/go/cpt", "code": "64999"},
    ]
    assert [item["quantity"]["value"] for item in claim["item"]] == [80, 20, 1]
    assert claim["item"][1]["modifier"][0]["coding"][0]["code"] == "JW"
    assert claim["diagnosis"][0]["diagnosisCodeableConcept"]["coding"] == [
        {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M79.11"}
    ]
    assert part(bundle, "Patient")["identifier"][0]["value"] == "EX-0001"


def test_no_code_has_a_display(erisa, written):
    assert '"display"' not in json.dumps(written(erisa))


def test_the_order_of_the_drug_has_doses_and_course_and_the_waste_has_no_order(
    erisa, written, part
):
    bundle = written(erisa)
    drug, injection = part(bundle, "ServiceRequest", all_of_them=True)
    assert drug["quantityQuantity"] == {"value": 80}
    assert drug["occurrenceTiming"]["repeat"] == {
        "count": 2,
        "frequency": 1,
        "period": 12,
        "periodUnit": "wk",
    }
    assert "Masseter, right: 30 units in 3 sites" in drug["note"][0]["text"]
    assert "note" not in injection
    pointed = [
        extension["valueReference"]["reference"]
        for item in part(bundle, "Claim")["item"]
        for extension in item["extension"]
        if extension["url"].endswith("requestedService")
    ]
    assert pointed[0] == pointed[1] == f"urn:uuid:{drug['id']}"
    assert pointed[2] == f"urn:uuid:{injection['id']}"


def test_waste_before_its_drug_points_to_the_order_of_the_drug(erisa, written, part):
    first, waste, injection = erisa.requests[0].lines
    bundle = written(asked(erisa, lines=(waste, first, injection)))
    drug = part(bundle, "ServiceRequest", all_of_them=True)[0]
    assert drug["quantityQuantity"] == {"value": 80}


def test_a_line_with_an_ndc_is_ordered_as_a_medication(erisa, written, part):
    first, *rest = erisa.requests[0].lines
    case = asked(erisa, lines=(first.model_copy(update={"ndc": "0023-1145-01"}), *rest))
    order = part(written(case), "MedicationRequest")
    assert order["medicationCodeableConcept"]["coding"] == [
        {"system": "http://hl7.org/fhir/sid/ndc", "code": "0023-1145-01"}
    ]
    assert "Temporalis, left: 10 units" in order["dosageInstruction"][0]["text"]


@pytest.mark.parametrize(
    ("code", "system"),
    [
        ("64615", "http://www.ama-assn.org/go/cpt"),
        ("0232T", "http://www.ama-assn.org/go/cpt"),
        ("J0588", "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"),
        ("D7899", "http://www.ada.org/cdt"),
    ],
)
def test_each_code_is_of_the_system_that_owns_it(erisa, written, part, code, system):
    line = ServiceLine(code=code, units=Decimal("2.5"))
    item = part(written(asked(erisa, lines=(line,))), "Claim")["item"][0]
    assert item["productOrService"]["coding"] == [{"system": system, "code": code}]
    assert item["quantity"] == {"value": 2.5}


def test_a_line_points_to_its_own_diagnoses(erisa, written, part):
    codes = ("M79.11", "G47.63")
    line = ServiceLine(code="64999", diagnosis_codes=("G47.63", "M26.609"))
    claim = part(written(asked(erisa, diagnosis_codes=codes, lines=(line,))), "Claim")
    told = [row["diagnosisCodeableConcept"]["coding"][0]["code"] for row in claim["diagnosis"]]
    assert told == ["M79.11", "G47.63", "M26.609"]
    assert claim["item"][0]["diagnosisSequence"] == [2, 3]


def test_a_diagnosis_tells_its_day_only_where_the_day_is_known(erisa, written, part):
    diagnosis = next(item for item in erisa.diagnoses if item.code == "M79.11")
    month = changed(erisa, diagnosis, recorded_date=PartialDate(2025, 3))
    whole = changed(erisa, diagnosis, recorded_date=PartialDate(2025, 3, 4))
    assert "extension" not in part(written(month), "Claim")["diagnosis"][0]
    told = part(written(whole), "Claim")["diagnosis"][0]["extension"][0]
    assert told["valueDate"] == "2025-03-04"


def test_an_urgent_request_says_so_and_a_standard_one_does_not(erisa, written, part):
    standard = part(written(erisa), "Claim")
    urgent = part(written(asked(erisa, urgency=Urgency.EXPEDITED)), "Claim")
    assert "extension" not in standard
    assert standard["priority"]["coding"][0]["code"] == "normal"
    assert urgent["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] == "U"
    assert urgent["priority"]["coding"][0]["code"] == "stat"


def test_a_course_that_goes_on_is_a_renewal_with_the_number_of_its_approval(written, part):
    case = load("california-not-medically-necessary").case
    request = case.record("request-2026")
    going_on = changed(case, request, continues=True)
    approval = Determination(
        id="determination-approved",
        decision=Decision.APPROVAL,
        coverage_id="coverage-hmo",
        about_id="request-2025",
        notice_date=PartialDate(2025, 9, 30),
        reference="AP-12",
    )
    bundle = written(going_on.with_record(approval), going_on.record("request-2026"))
    extensions = {
        extension["url"].rpartition("-")[2]: extension
        for extension in part(bundle, "Claim")["item"][0]["extension"]
    }
    kind = extensions["certificationType"]["valueCodeableConcept"]["coding"][0]["code"]
    assert kind == "R"
    assert extensions["authorizationNumber"]["valueString"] == "AP-12"


def test_a_dependent_is_the_beneficiary_and_the_subscriber_is_named(erisa, written, part):
    coverage = erisa.coverages[0]
    case = changed(erisa, coverage, relationship=Relationship.CHILD, subscriber="Sample Example")
    bundle = written(case)
    assert part(bundle, "Patient")["meta"]["profile"][0].endswith("profile-beneficiary")
    assert part(bundle, "Coverage")["subscriber"] == {"display": "Sample Example"}


def test_a_clinic_can_ask_without_a_clinician(erisa, written, part):
    provider = erisa.record(erisa.requests[0].provider_id)
    bundle = written(changed(erisa, provider, role=ProviderRole.FACILITY))
    clinic = next(
        item
        for item in part(bundle, "Organization", all_of_them=True)
        if item["meta"]["profile"][0].endswith("profile-requestor")
    )
    assert clinic["identifier"][0]["value"] == provider.npi
    assert part(bundle, "Practitioner", all_of_them=True) == []
    assert part(bundle, "Claim")["provider"]["reference"] == f"urn:uuid:{clinic['id']}"


def test_a_clinician_without_a_clinic_asks_in_person(erisa, written, part):
    provider = erisa.record(erisa.requests[0].provider_id)
    bundle = written(changed(erisa, provider, organization=""))
    role = part(bundle, "PractitionerRole")
    assert part(bundle, "Claim")["provider"]["reference"] == f"urn:uuid:{role['id']}"
    assert "organization" not in role


def test_the_same_request_at_the_same_time_is_the_same_bundle(erisa, written):
    assert json.dumps(written(erisa)) == json.dumps(written(erisa))


def test_another_time_is_another_transaction_of_the_same_claim(erisa, written):
    later = written(erisa, timestamp=dt.datetime(2026, 11, 25, tzinfo=dt.UTC))
    first = written(erisa)
    assert first["identifier"] != later["identifier"]
    assert [entry["fullUrl"] for entry in first["entry"]] == [
        entry["fullUrl"] for entry in later["entry"]
    ]


def test_another_case_with_the_same_record_ids_has_other_addresses(erisa, written):
    other = erisa.model_copy(update={"id": "case-other"})
    mine = {entry["fullUrl"] for entry in written(erisa)["entry"]}
    assert mine.isdisjoint(entry["fullUrl"] for entry in written(other)["entry"])


def test_nothing_of_a_record_id_can_be_read_in_the_bundle(erisa, written):
    text = json.dumps(written(erisa))
    assert not [record.id for _, record in erisa.records() if record.id in text]
    assert erisa.id not in text


def test_only_clinical_documents_that_the_jaw_rests_on_are_sent(erisa):
    chosen = {paper.id for paper in supporting(erisa, erisa.requests[0])}
    assert chosen == {
        "document-clinic-notes",
        "document-therapy",
        "document-splint",
        "document-pharmacy",
    }


def test_a_document_goes_whole_into_the_bundle(erisa, written, part):
    import base64

    bundle = written(erisa, documents={"document-therapy": b"%PDF-1.7 made up"})
    paper = part(bundle, "DocumentReference")
    attachment = paper["content"][0]["attachment"]
    assert base64.b64decode(attachment["data"]) == b"%PDF-1.7 made up"
    assert attachment["contentType"] == "application/pdf"
    info = part(bundle, "Claim")["supportingInfo"]
    assert [row["valueReference"]["reference"] for row in info] == [f"urn:uuid:{paper['id']}"]


def test_a_document_that_is_not_in_the_case_is_refused(erisa, written):
    with pytest.raises(PasError, match="no document document-other"):
        written(erisa, documents={"document-other": b""})


def test_what_is_missing_is_named_with_its_place_and_nothing_of_the_patient(written):
    case = load("medicaid-premature").case
    with pytest.raises(PasError) as caught:
        written(case)
    text = str(caught.value)
    assert [(gap.record, gap.field) for gap in caught.value.gaps] == [
        ("coverage-medicaid", "member_id"),
        ("coverage-medicaid", "benefit"),
        ("provider-dentist", "npi"),
        ("request-draft", "lines"),
    ]
    assert all(gap.what in text and gap.where in text for gap in caught.value.gaps)
    assert case.patient.family not in text


@pytest.mark.parametrize(
    ("field", "value"),
    [("gender", None), ("birth_date", None), ("birth_date", PartialDate(1988, 4))],
)
def test_the_patient_needs_what_a_payer_finds_a_member_by(erisa, written, field, value):
    with pytest.raises(PasError) as caught:
        written(changed(erisa, erisa.patient, **{field: value}))
    assert [gap.field for gap in caught.value.gaps] == [field]


@pytest.mark.parametrize("field", ["coverage_id", "provider_id", "lines", "diagnosis_codes"])
def test_the_request_needs_whom_by_whom_what_and_why(erisa, written, field):
    empty = () if field in ("lines", "diagnosis_codes") else None
    with pytest.raises(PasError) as caught:
        written(asked(erisa, **{field: empty}))
    assert field in [gap.field for gap in caught.value.gaps]


def test_a_request_to_the_pharmacy_benefit_goes_another_way(erisa, written):
    case = changed(erisa, erisa.coverages[0], benefit=Benefit.PHARMACY)
    with pytest.raises(PasError, match=r"45 CFR 162\.1302"):
        written(case)


def test_a_coverage_that_has_ended_is_not_asked(erisa, written):
    ended = changed(erisa, erisa.coverages[0], end=PartialDate(2026, 11, 23))
    with pytest.raises(PasError, match="coverage-employer ended"):
        written(ended)
    written(changed(erisa, erisa.coverages[0], end=PartialDate(2026, 11)))


def test_a_request_of_another_case_is_refused(erisa, written):
    other = load("california-not-medically-necessary").case.requests[0]
    with pytest.raises(PasError, match="no request"):
        written(erisa, other)


def test_a_time_without_its_zone_is_refused(erisa, written):
    with pytest.raises(ValueError, match="time zone"):
        written(erisa, timestamp=dt.datetime(2026, 11, 24))  # noqa: DTZ001 -- that is the point
