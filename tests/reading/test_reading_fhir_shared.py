"""Real files: what is imported is counted against the raw JSON, and nothing gets lost."""

import json
from collections import Counter
from decimal import Decimal

import pytest

from tmjkit.case import Case, Instrument, TreatmentKind
from tmjkit.reading import OtherPatient, read_fhir

pytestmark = pytest.mark.shared

SYNTHEA = ("Carroll471", "Gabriele201")
CARIN = (
    "Patient-Patient1",
    "Coverage-Coverage1",
    "Organization-Payer1",
    "Organization-ProviderOrganization1",
    "Practitioner-Practitioner1",
    "ExplanationOfBenefit-EOBOral1",
    "ExplanationOfBenefit-EOBOutpatient1",
    "ExplanationOfBenefit-EOBPharmacy1",
    "ExplanationOfBenefit-EOBProfessional1",
)


def count_leaves(value):
    if isinstance(value, dict) and value:
        return sum(count_leaves(inside) for inside in value.values())
    if isinstance(value, list) and value:
        return sum(count_leaves(inside) for inside in value)
    return 1


def everything_is_accounted_for(data, result):
    values = result.values
    assert values.total == count_leaves(json.loads(data))
    assert values.held + values.structural + values.listed == values.total
    assert sum(item.values for item in result.not_imported) == values.listed
    assert sum(group.values for group in result.groups()) == values.listed
    assert all(item.resource and item.path and item.why for item in result.not_imported)


def synthea(shared, who):
    (file,) = (shared / "fhir_synthea").glob(f"{who}*.json")
    data = file.read_bytes()
    resources = [entry["resource"] for entry in json.loads(data)["entry"]]
    by_type = {}
    for resource in resources:
        by_type.setdefault(resource["resourceType"], []).append(resource)
    return data, by_type


@pytest.mark.parametrize("who", SYNTHEA)
def test_every_synthea_record_that_a_case_can_hold_is_in_it(shared, who):
    data, raw = synthea(shared, who)
    result = read_fhir(data, name="synthea.json")
    case = result.case
    assert len(case.diagnoses) == len(raw["Condition"])
    assert len(case.claims) == len(raw["Claim"])
    assert len(case.treatments) == len(raw["Procedure"]) + len(raw["MedicationRequest"])
    assert len(case.providers) == len(raw["Practitioner"]) + len(raw["Organization"])
    numbers = sum(
        ("valueQuantity" in item) + sum("valueQuantity" in c for c in item.get("component", []))
        for item in raw["Observation"]
    )
    assert len(case.measurements) == numbers
    payers = {eob["contained"][1]["payor"][0]["display"] for eob in raw["ExplanationOfBenefit"]}
    assert sorted(c.payer for c in case.coverages) == sorted(payers)
    assert case.sessions == ()
    everything_is_accounted_for(data, result)


@pytest.mark.parametrize("who", SYNTHEA)
def test_synthea_values_arrive_as_they_were_written(shared, who):
    data, raw = synthea(shared, who)
    case = read_fhir(data, name="synthea.json").case
    patient = raw["Patient"][0]
    assert case.patient.family == patient["name"][0]["family"]
    assert str(case.patient.birth_date) == patient["birthDate"]
    assert case.patient.address.state == "MA"
    assert [d.text for d in case.diagnoses] == [c["code"]["text"] for c in raw["Condition"]]
    assert [str(d.onset) for d in case.diagnoses] == [
        c["onsetDateTime"][:10] for c in raw["Condition"]
    ]
    ended = [str(d.abatement) for d in case.diagnoses if d.abatement]
    assert ended == [
        c["abatementDateTime"][:10] for c in raw["Condition"] if "abatementDateTime" in c
    ]
    pain = [m.value for m in case.measurements if m.instrument is Instrument.NRS_PAIN]
    assert pain == [
        float(o["valueQuantity"]["value"])
        for o in raw["Observation"]
        if o["code"]["coding"][0]["code"] == "72514-3"
    ]
    paid = {}
    for eob in raw["ExplanationOfBenefit"]:
        amount = Decimal(str(eob["payment"]["amount"]["value"]))
        if amount == amount.quantize(Decimal("0.01")):
            paid[eob["claim"]["reference"].removeprefix("urn:uuid:")] = amount
    place = {c.sources[0].locator.removeprefix("Claim/"): c.paid for c in case.claims}
    assert {key: place[key] for key in paid} == paid


def test_synthea_medications_get_their_kind(shared):
    kinds = Counter()
    for who in SYNTHEA:
        data, _ = synthea(shared, who)
        treatments = read_fhir(data, name="synthea.json").case.treatments
        kinds.update(t.kind for t in treatments if "Oral Tablet" in t.name)
    assert kinds[TreatmentKind.ACETAMINOPHEN] >= 1
    assert kinds[TreatmentKind.NSAID] >= 1
    assert kinds[TreatmentKind.OTHER_MEDICATION] >= 2


@pytest.mark.parametrize("who", SYNTHEA)
def test_every_imported_record_points_into_the_file(shared, who):
    data, raw = synthea(shared, who)
    result = read_fhir(data, name="synthea.json")
    known = {f"{kind}/{item['id']}" for kind, items in raw.items() for item in items}
    for name, record in result.case.records():
        if name != "documents":
            (source,) = record.sources
            assert source.document_id == result.document.id
            assert source.locator.partition("#")[0] in known


@pytest.mark.parametrize("who", SYNTHEA)
def test_the_same_file_a_second_time_changes_nothing(shared, who):
    data, _ = synthea(shared, who)
    first = read_fhir(data, name="synthea.json")
    again = read_fhir(data, name="synthea.json", into=first.case)
    assert again.case.to_json() == first.case.to_json()
    assert again.added == again.joined == again.conflicts == ()
    assert set(again.unchanged) >= set(first.added)
    assert again.values == first.values


def test_two_synthea_patients_do_not_meet_in_one_case(shared):
    first, _ = synthea(shared, SYNTHEA[0])
    second, _ = synthea(shared, SYNTHEA[1])
    case = read_fhir(first, name="one.json").case
    with pytest.raises(OtherPatient) as caught:
        read_fhir(second, name="two.json", into=case)
    assert set(caught.value.fields) == {"birth_date", "family", "given"}
    for secret in ("Carroll", "Gabriele", "Rohan", "1954", "2009"):
        assert secret not in str(caught.value)


@pytest.mark.parametrize("name", CARIN)
def test_every_carin_file_is_read_alone(shared, name):
    data = (shared / "fhir_carin_eob" / f"{name}.json").read_bytes()
    result = read_fhir(data, name=f"{name}.json")
    everything_is_accounted_for(data, result)
    raw = json.loads(data)
    assert len(result.case.coverages) == (raw["resourceType"] == "Coverage")
    assert len(result.case.claims) == (raw["resourceType"] == "ExplanationOfBenefit")


def test_the_carin_files_join_into_one_case(shared):
    case = Case()
    raws = []
    for name in CARIN:
        data = (shared / "fhir_carin_eob" / f"{name}.json").read_bytes()
        raws.append(json.loads(data))
        # The examples' explanations of benefits name a patient that is in none of the files.
        chosen = "Patient/Patient2" if name.startswith("Explanation") else None
        if chosen:
            with pytest.raises(OtherPatient):
                read_fhir(data, name=f"{name}.json", into=case)
        result = read_fhir(data, name=f"{name}.json", into=case, patient=chosen)
        everything_is_accounted_for(data, result)
        case = result.case
    eobs = [raw for raw in raws if raw["resourceType"] == "ExplanationOfBenefit"]
    assert len(case.documents) == len(CARIN)
    assert len(case.claims) == len(eobs)
    assert [claim.reference for claim in case.claims] == [
        eob["identifier"][0]["value"] for eob in eobs
    ]
    coverage = case.coverages[0]
    assert coverage.member_id == "88800933501"
    assert coverage.funding is None, "a group named 'Medicare HMO' settles nothing"
    linked = [eob["insurance"][0]["coverage"]["reference"] == "Coverage/Coverage1" for eob in eobs]
    assert [claim.coverage_id == coverage.id for claim in case.claims] == linked
    oral = case.claims[0]
    assert [(line.code, line.charge) for line in oral.lines] == [
        ("D1110", Decimal(190)),
        ("D0120", Decimal(220)),
    ]
    assert case.determinations == (), "none of them denies"
    professional = case.claims[-1]
    assert professional.paid == Decimal(620)
    assert professional.place_of_service == "11"
    assert professional.diagnosis_codes == ("S06.0X1A",)


def test_every_pas_file_is_read_with_nothing_lost(shared):
    files = sorted((shared / "fhir_pas").glob("*.json"))
    assert files
    for file in files:
        data = file.read_bytes()
        result = read_fhir(data, name=file.name)
        everything_is_accounted_for(data, result)
        raw = json.loads(data)
        resources = [entry["resource"] for entry in raw.get("entry", [])] or [raw]
        asked = [r for r in resources if r["resourceType"] == "Claim"]
        assert len(result.case.requests) == len(asked)
        answers = [r for r in resources if r["resourceType"] == "ClaimResponse"]
        certified = '"A1"' in json.dumps(answers)
        assert len(result.case.determinations) == certified
        assert all(d.decision == "approval" for d in result.case.determinations)


def test_a_pas_request_and_its_answer_join(shared):
    folder = shared / "fhir_pas"
    asked = read_fhir((folder / "Bundle-ReferralAuthorizationBundleExample.json").read_bytes(),
                      name="request.json")  # fmt: skip
    answer = folder / "Bundle-ReferralAuthorizationResponseBundleExample.json"
    result = read_fhir(answer.read_bytes(), name="answer.json", into=asked.case)
    (request,), (decision,) = result.case.requests, result.case.determinations
    assert request.diagnosis_codes == ("G89.4",)
    assert decision.reference == "AUTH0001"
    assert str(decision.approved_until) == "2005-06-02"
    assert len(result.case.documents) == 2
