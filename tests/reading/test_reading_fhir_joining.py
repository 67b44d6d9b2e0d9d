"""Files join a case: whose they are, what is filled, what is left alone."""

import json

import pytest

from tmjkit.case import Case, CaseError, Patient, PatientSource, Treatment, TreatmentKind
from tmjkit.reading import OtherPatient, SeveralPatients, read_fhir


def patient(resource_id="p1", **changes):
    return {
        "resourceType": "Patient",
        "id": resource_id,
        "name": [{"family": "Example", "given": ["Ada"]}],
        "birthDate": "1980-02-03",
    } | changes


def condition(resource_id="c1", subject="Patient/p1", **elements):
    return {
        "resourceType": "Condition",
        "id": resource_id,
        "subject": {"reference": subject},
        "code": {"text": "Jaw pain"},
    } | elements


def test_a_new_case_is_made_when_none_is_named(read):
    one, two = read(condition()), read(condition())
    assert one.case.id != two.case.id
    assert one.case.patient.family == "Example"
    (first,), (second,) = one.case.diagnoses, two.case.diagnoses
    assert first.id != second.id, "no id tells across cases that it is the same resource"


def test_empty_fields_are_filled_and_filled_ones_left_alone(read):
    case = Case(
        patient=Patient(
            family="Example", given="Ada", birth_date="1980-02-03", phone="202-555-0199",
            sources=[PatientSource()],
        )
    )  # fmt: skip
    newer = patient(gender="female", telecom=[{"system": "phone", "value": "202-555-0100"}])
    result = read(patient=newer, into=case)
    found = result.case.patient
    assert (found.gender, found.phone) == ("female", "202-555-0199")
    assert [(c.record, c.field, c.resource) for c in result.conflicts] == [
        (case.patient.id, "phone", "Patient/p1")
    ]
    (item,) = [i for i in result.not_imported if i.path == "Patient.telecom[0].value"]
    assert "kept" in item.why
    assert "202-555-0100" not in repr(result)
    assert PatientSource() in found.sources
    assert result.joined == (case.patient.id,)


def test_a_newer_file_adds_what_is_new_and_both_files_are_sources(read):
    first = read(condition())
    second = read(condition(onsetDateTime="2023"), condition("c2"), into=first.case)
    one, two = second.case.diagnoses
    assert str(one.onset) == "2023"
    assert len(one.sources) == 2
    assert two.id in second.added
    assert one.id in second.joined
    assert len(second.case.documents) == 2


def test_what_a_person_corrected_stays_corrected(read):
    text = {"text": "Jaw program"}
    procedure = {
        "resourceType": "Procedure",
        "id": "r1",
        "status": "completed",
        "subject": {"reference": "Patient/p1"},
        "code": text,
    }
    first = read(procedure)
    (treatment,) = first.case.treatments
    changed = treatment.model_copy(update={"kind": TreatmentKind.JAW_EXERCISE})
    again = read(procedure, into=first.case.with_record(changed))
    assert again.case.treatments[0].kind is TreatmentKind.JAW_EXERCISE
    assert again.conflicts == ()


def test_records_of_the_case_are_not_touched(read):
    own = Treatment(kind="splint", name="Night splint")
    case = read(patient=patient()).case.with_record(own)
    result = read(condition(), into=case)
    assert result.case.record(own.id) == own


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"birthDate": "1980-02-04"}, {"birth_date"}),
        ({"name": [{"family": "Sample", "given": ["Ada"]}]}, {"family"}),
        ({"name": [{"family": "Example", "given": ["Bo"]}]}, {"given"}),
    ],
)
def test_another_patient_is_refused_without_a_word_about_either(read, change, fields):
    case = read().case
    other = patient("p9", **change)
    for chosen in (None, "Patient/p9"):
        with pytest.raises(OtherPatient) as caught:
            read(patient=other, into=case, chosen=chosen)
        assert set(caught.value.fields) == fields
        for word in ("Ada", "Bo", "Example", "Sample", "1980"):
            assert word not in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        {"name": [{"family": "EXAMPLE", "given": ["Ada", "Byron"]}]},
        {"name": [{"use": "maiden", "family": "Example"}, {"family": "New", "given": ["Ada"]}]},
        {"name": [{"family": "Éxample", "given": ["ada"]}]},
    ],
)
def test_the_same_person_written_a_little_differently_is_accepted(read, change):
    case = read().case
    result = read(condition(subject="Patient/p9"), patient=patient("p9", **change), into=case)
    assert len(result.case.diagnoses) == 1


def test_a_patient_who_cannot_be_compared_has_to_be_named(read):
    case = read().case
    unknown = {"resourceType": "Patient", "id": "p9", "name": [{"family": "Example"}]}
    with pytest.raises(OtherPatient) as caught:
        read(patient=unknown, into=case)
    assert set(caught.value.fields) == {"birth_date", "given"}
    assert read(patient=unknown, into=case, chosen="Patient/p9").case.patient.given == "Ada"


def test_a_lone_resource_joins_by_the_reference_that_is_known(read):
    case = read().case
    data = json.dumps(condition()).encode()
    result = read_fhir(data, name="c.json", into=case)
    assert len(result.case.diagnoses) == 1
    (item,) = [i for i in result.not_imported if i.path == "Condition.subject.reference"]
    assert "compare" in item.why
    stranger = json.dumps(condition(subject="Patient/p9")).encode()
    with pytest.raises(OtherPatient):
        read_fhir(stranger, name="c.json", into=case)
    named = read_fhir(stranger, name="c.json", into=case, patient="Patient/p9")
    assert len(named.case.diagnoses) == 1


def test_several_patients_need_one_to_be_named(read):
    other = patient("p2", birthDate="1990-01-01")
    mine, theirs = condition("c1"), condition("c2", "Patient/p2", code={"text": "Theirs"})
    with pytest.raises(SeveralPatients, match="about 2") as caught:
        read(other, mine, theirs)
    assert caught.value.count == 2
    result = read(other, mine, theirs, chosen="Patient/p1")
    assert [d.text for d in result.case.diagnoses] == ["Jaw pain"]
    whole = {item.resource: item.why for item in result.not_imported}
    assert "somebody else" in whole["Condition/c2"]
    assert "another person" in whole["Patient/p2"]
    assert b"Theirs" not in result.case.to_json()
    with pytest.raises(CaseError, match="one of the 2"):
        read(other, mine, theirs, chosen="Patient/p3")


def test_what_names_no_patient_is_not_taken(read):
    nobody = {"resourceType": "Condition", "id": "c1", "code": {"text": "Whose?"}}
    group = condition("c2", "Group/g1")
    result = read(nobody, group)
    assert result.case.diagnoses == ()
    assert {item.resource for item in result.not_imported} == {"Condition/c1", "Condition/c2"}


def test_a_file_that_the_case_has_already_stays_one_document(read):
    first = read(condition())
    renamed = first.document.model_copy(update={"name": "Records of the dentist"})
    again = read(condition(), into=first.case.with_record(renamed))
    assert [d.name for d in again.case.documents] == ["Records of the dentist"]
    assert again.unchanged
    assert again.added == ()


@pytest.mark.parametrize(
    ("full_url", "reference"),
    [
        ("urn:uuid:0d1e2f", "urn:uuid:0d1e2f"),
        ("https://example.org/fhir/Practitioner/d1", "Practitioner/d1"),
        ("https://example.org/fhir/Practitioner/d1", "https://example.org/fhir/Practitioner/d1"),
        (
            "https://example.org/fhir/Practitioner/d1",
            "https://example.org/fhir/Practitioner/d1/_history/3",
        ),
        (None, "Practitioner/d1"),
    ],
)
def test_references_of_every_form_find_their_resource(full_url, reference):
    dentist = {"resourceType": "Practitioner", "id": "d1", "name": [{"family": "Sample"}]}
    entry = {"resource": dentist} | ({"fullUrl": full_url} if full_url else {})
    base = "https://example.org/fhir/" if full_url and full_url.startswith("http") else ""
    own = condition(asserter={"reference": reference})
    other = {"resource": own} | ({"fullUrl": f"{base}Condition/c1"} if base else {})
    whole = {"resourceType": "Bundle", "entry": [{"resource": patient()}, entry, other]}
    case = read_fhir(json.dumps(whole).encode(), name="b.json").case
    assert case.record(case.diagnoses[0].asserter_id).name == "Sample"


def test_the_same_id_on_another_server_is_another_resource():
    dentist = {"resourceType": "Practitioner", "id": "d1", "name": [{"family": "Sample"}]}
    whole = {
        "resourceType": "Bundle",
        "entry": [
            {"resource": patient()},
            {"fullUrl": "https://one.example/fhir/Practitioner/d1", "resource": dentist},
            {
                "resource": condition(
                    asserter={"reference": "https://two.example/fhir/Practitioner/d1"}
                )
            },
        ],
    }
    result = read_fhir(json.dumps(whole).encode(), name="b.json")
    assert result.case.diagnoses[0].asserter_id is None
    assert any("neither in this file" in item.why for item in result.not_imported)


def test_contained_coverage_that_repeats_is_one_coverage(read, about):
    def explained(number):
        return about(
            "ExplanationOfBenefit",
            f"e{number}",
            status="active",
            use="claim",
            contained=[
                {
                    "resourceType": "Coverage",
                    "id": "k",
                    "status": "active",
                    "beneficiary": {"reference": "Patient/p1"},
                    "payor": [{"display": "Example Health"}],
                }
            ],
            insurance=[{"focal": True, "coverage": {"reference": "#k"}}],
        )

    case = read(explained(1), explained(2)).case
    (coverage,) = case.coverages
    assert [claim.coverage_id for claim in case.claims] == [coverage.id] * 2
