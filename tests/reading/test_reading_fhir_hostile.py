"""Files that are broken, foreign or made to do harm: a clear error, or a full account."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tmjkit.case import CaseError
from tmjkit.reading import FhirError, read_fhir


def count_leaves(value):
    if isinstance(value, dict) and value:
        return sum(count_leaves(inside) for inside in value.values())
    if isinstance(value, list) and value:
        return sum(count_leaves(inside) for inside in value)
    return 1


def accounted(data):
    result = read_fhir(data, name="x.json")
    values = result.values
    assert values.total == count_leaves(json.loads(data))
    assert values.held + values.structural + values.listed == values.total
    assert sum(item.values for item in result.not_imported) == values.listed
    return result


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "JSON object"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"not json", "JSON object (line 1)"),
        (b'{"resourceType": "Patient"', "JSON object (line 1)"),
        (b"[]", "FHIR resource or a Bundle"),
        (b'"Patient"', "FHIR resource or a Bundle"),
        (b"{}", "'Patient' or 'Bundle'"),
        (b'{"resourceType": 7}', "'Patient' or 'Bundle'"),
        (b'{"resourceType": "patient record"}', "'Patient' or 'Bundle'"),
        (b'<Patient xmlns="http://hl7.org/fhir"/>', "not as XML"),
        (b'{"resourceType": "Patient"}\n{"resourceType": "Patient"}', "one Bundle"),
        (b'{"resourceType": "Observation", "valueQuantity": {"value": NaN}}', "NaN"),
        (b'{"resourceType": "Observation", "valueQuantity": {"value": -Infinity}}', "Infinity"),
        (b'{"resourceType": "Patient", "id": "a", "id": "b"}', "twice"),
        (b'{"resourceType": "X", "n": 1e9999}', "400 digits"),
        (b'{"resourceType": "X", "n": ' + b"9" * 5000 + b"}", "400 digits"),
        (b'{"resourceType": "Bundle", "entry": {}}', "list of entries"),
        (b'{"resourceType": "Bundle", "entry": [{"resource": {}}]}', "entry 1"),
        (b'{"resourceType":"X","a":' + b"[" * 100 + b"]" * 100 + b"}", "64 levels"),
        (b'{"resourceType":"X","a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "64 levels"),
    ],
)
def test_what_is_not_fhir_is_refused_with_what_would_be_right(data, says):
    with pytest.raises(FhirError) as caught:
        read_fhir(data, name="Ada Example.json")
    assert says in str(caught.value)
    assert "Ada" not in str(caught.value), "a file name can hold a patient's"
    assert caught.value.explain().startswith("Ada Example.json: ")


@pytest.mark.parametrize(
    ("resource", "version"),
    [
        ({"resourceType": "Condition", "id": "1", "clinicalStatus": "active"}, "STU3"),
        ({"resourceType": "Claim", "information": [{}]}, "STU3"),
        ({"resourceType": "MedicationRequest", "medication": {"concept": {}}}, "R5"),
        ({"resourceType": "Procedure", "occurrenceDateTime": "2024"}, "R5"),
        ({"resourceType": "Coverage", "insurer": {"display": "X"}}, "R5"),
    ],
)
def test_another_version_of_fhir_is_named(resource, version):
    for data in (resource, {"resourceType": "Bundle", "entry": [{"resource": resource}]}):
        with pytest.raises(FhirError) as caught:
            read_fhir(json.dumps(data).encode(), name="x.json")
        assert version in str(caught.value)
        assert resource["resourceType"] in str(caught.value)


def test_a_byte_order_mark_is_no_harm(bundle):
    assert read_fhir(b"\xef\xbb\xbf" + bundle(), name="x.json").case.patient.given == "Ada"


def test_a_text_of_many_megabytes_is_listed_not_held(read, about):
    result = read(about("Condition", "c1", code={"text": "x" * 20_000_000}))
    assert result.case.diagnoses == ()
    (item,) = result.not_imported
    assert "300" in item.why
    assert len(str(result)) < 2000


def test_an_empty_name_for_the_file_is_refused(bundle):
    with pytest.raises(CaseError, match="name"):
        read_fhir(bundle(), name="  ")


def test_the_same_resource_twice_in_a_file_counts_once(read, about):
    one = about("Condition", "c1", code={"text": "Jaw pain"})
    result = read(one, one)
    assert len(result.case.diagnoses) == 1
    assert [item.why for item in result.not_imported] == ["the same resource a second time"]


def test_an_id_with_two_contents_keeps_the_first_and_lists_the_other(read, about):
    one = about("Condition", "c1", code={"text": "Jaw pain"})
    two = about("Condition", "c1", code={"text": "Ear pain"})
    result = read(one, two)
    assert [d.text for d in result.case.diagnoses] == ["Jaw pain"]
    assert "same id" in result.not_imported[0].why


def test_circles_of_references_end(read, about):
    one = about("Condition", "c1", code={"text": "X"}, asserter={"reference": "Condition/c2"})
    two = about("Condition", "c2", code={"text": "Y"}, asserter={"reference": "Condition/c1"})
    role = {
        "resourceType": "PractitionerRole",
        "id": "x",
        "practitioner": {"reference": "PractitionerRole/x"},
    }
    own = {
        "resourceType": "Organization",
        "id": "o",
        "partOf": {"reference": "Organization/o"},
        "contained": [{"resourceType": "Organization", "id": "i", "partOf": {"reference": "#"}}],
    }
    assert len(read(one, two, role, own).case.diagnoses) == 2


def test_a_modifier_that_is_not_known_stops_the_reading(read, about):
    modifier = [{"url": "https://example.org/not", "valueBoolean": True}]
    whole = about("Condition", "c1", code={"text": "X"}, modifierExtension=modifier)
    part = about(
        "Claim",
        "b1",
        status="active",
        use="claim",
        item=[
            {
                "modifierExtension": modifier,
                "productOrService": {
                    "coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "97110"}]
                },
            }
        ],
    )
    result = read(whole, part)
    assert result.case.diagnoses == ()
    assert result.case.claims[0].lines == ()
    assert all("turn its meaning round" in item.why for item in result.not_imported)


def test_a_narrative_that_adds_to_the_data_is_listed(read, about):
    text = {"status": "additional", "div": "<div>More</div>"}
    result = read(about("Condition", "c1", code={"text": "X"}, text=text))
    assert {item.path for item in result.not_imported} == {
        "Condition.text.status",
        "Condition.text.div",
    }


def test_what_is_contained_in_something_unread_is_unread(read, about):
    inner = about("Coverage", "k", status="active", payor=[{"display": "Example Health"}])
    eob = about("ExplanationOfBenefit", "e1", status="entered-in-error", contained=[inner])
    assert read(eob).case.coverages == ()


def test_no_error_text_and_no_repr_shows_a_value(read, about):
    result = read(about("Condition", "c1", code={"text": "Secret"}, onsetDateTime="Secret"))
    assert "Secret" not in repr(result)
    assert "Secret" not in repr(result.not_imported)
    assert "Ada" not in repr(result)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**12) | st.text(max_size=8)
    | st.sampled_from(["Patient/p1", "#x", "2024-13-45", "active", "urn:uuid:1", "9" * 40])
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["value", "code", "coding", "reference", "text", "system", "start", "url"]),
        inner,
        max_size=3,
    ),
    max_leaves=6,
)  # fmt: skip


def _paths(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value)
    if isinstance(value, dict | list):
        for key, inside in items:
            if isinstance(inside, dict | list):
                yield from _paths(inside, (*path, key))
            else:
                yield (*path, key)


CODE = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M79.11"}]}
HCPCS = {
    "coding": [
        {"system": "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "code": "J0585"}
    ]
}
WHO = {"reference": "Patient/p1"}
SAMPLE = {
    "resourceType": "Bundle",
    "entry": [
        {"resource": {"resourceType": "Patient", "id": "p1", "name": [{"family": "Example"}],
                      "telecom": [{"system": "phone", "value": "202-555-0101", "rank": 1}],
                      "address": [{"line": ["1 Main St"], "state": "NY"}]}},
        {"resource": {"resourceType": "Practitioner", "id": "d1", "name": [{"family": "S"}]}},
        {"resource": {"resourceType": "Organization", "id": "o1", "name": "Payer"}},
        {"resource": {"resourceType": "Coverage", "id": "k1", "beneficiary": WHO,
                      "payor": [{"reference": "Organization/o1"}], "order": 1,
                      "class": [{"type": CODE, "value": "7"}]}},
        {"resource": {"resourceType": "Condition", "id": "c1", "subject": WHO, "code": CODE,
                      "bodySite": [{"text": "left"}], "onsetDateTime": "2020",
                      "asserter": {"reference": "Practitioner/d1"}, "note": [{"text": "n"}]}},
        {"resource": {"resourceType": "Observation", "id": "v1", "subject": WHO,
                      "status": "final", "code": {"text": "x"}, "valueQuantity": {"value": 3},
                      "component": [{"code": {"text": "y"}, "valueInteger": 4}]}},
        {"resource": {"resourceType": "Procedure", "id": "r1", "subject": WHO,
                      "status": "completed", "code": HCPCS,
                      "performedPeriod": {"start": "2020", "end": "2021"}}},
        {"resource": {"resourceType": "MedicationRequest", "id": "m1", "subject": WHO,
                      "status": "active", "intent": "order",
                      "medicationCodeableConcept": {"text": "naproxen"},
                      "dosageInstruction": [{"doseAndRate": [{"doseQuantity": {"value": 1}}]}]}},
        {"resource": {"resourceType": "Claim", "id": "b1", "patient": WHO, "status": "active",
                      "use": "claim", "diagnosis": [{"sequence": 1,
                      "diagnosisReference": {"reference": "Condition/c1"}}],
                      "insurance": [{"focal": True, "coverage": {"reference": "Coverage/k1"}}],
                      "item": [{"productOrService": HCPCS, "net": {"value": 10}}]}},
        {"resource": {"resourceType": "ExplanationOfBenefit", "id": "e1", "patient": WHO,
                      "status": "active", "use": "claim", "claim": {"reference": "Claim/b1"},
                      "contained": [{"resourceType": "Coverage", "id": "x"}],
                      "payment": {"amount": {"value": 1}}, "item": [{"adjudication": [
                      {"category": {"coding": [{"code": "denialreason"}]}, "reason": CODE}]}]}},
    ],
}  # fmt: skip
PLACES = [path for path in _paths(SAMPLE) if path]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), _JSON), min_size=1, max_size=3))
def test_whatever_stands_anywhere_is_refused_clearly_or_fully_accounted_for(changes):
    whole = copy.deepcopy(SAMPLE)
    for path, value in changes:
        place = whole
        try:
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    data = json.dumps(whole).encode()
    try:
        result = accounted(data)
    except CaseError:
        return  # refused with words; any other exception fails the test
    # What was read once reads the same again, into the same case.
    assert read_fhir(data, name="x.json", into=result.case).case == result.case
