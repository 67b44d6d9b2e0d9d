"""What our own reader gets back from a bundle, and text that means harm."""

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tmjkit.case import Address, CaseError, check
from tmjkit.examples import load
from tmjkit.letters.value import clean
from tmjkit.packet.pas import pas_bundle
from tmjkit.reading import read_fhir

WHEN = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"}],"resourceType":"Bundle',
    "a\u202eb\u0000c\u2028d\ue000e",
    "{{ 7 * 7 }} {% raw %}",
    "x" * 290,
    "Ñandú 漢字 🦷",
)


def back(bundle):
    return read_fhir(json.dumps(bundle).encode(), name="request.json")


@pytest.mark.parametrize("name", ["self-funded-erisa-denial", "california-not-medically-necessary"])
def test_patient_coverage_and_request_come_back_as_they_were(name, written):
    case = load(name).case
    request = case.requests[0]
    result = back(written(case, request))
    same = ("family", "given", "birth_date", "gender", "address", "phone", "email", "language")
    assert all(
        getattr(result.case.patient, field) == getattr(case.patient, field) for field in same
    )
    (read,) = result.case.coverages
    (coverage,) = case.coverages
    for field in (
        "payer", "payer_id", "plan_name", "product", "member_id", "group_id", "relationship",
        "subscriber", "start", "end", "phone", "fax",
    ):  # fmt: skip
        assert getattr(read, field) == getattr(coverage, field), field
    assert read.note == ""
    (asked,) = result.case.requests
    assert asked.lines == request.lines
    assert asked.diagnosis_codes == request.diagnosis_codes
    assert asked.urgency == request.urgency
    assert not result.conflicts


def test_the_clinician_comes_back_with_npi_specialty_and_clinic(erisa, written):
    provider = erisa.record(erisa.requests[0].provider_id)
    read = next(item for item in back(written(erisa)).case.providers if item.npi == provider.npi)
    for field in ("name", "qualification", "specialty", "organization", "phone", "fax", "address"):
        assert getattr(read, field) == getattr(provider, field), field


def test_a_drug_that_is_only_asked_for_does_not_become_a_treatment(erisa, written):
    request = erisa.requests[0]
    line = request.lines[0].model_copy(update={"ndc": "0023-1145-01"})
    case = erisa.with_record(request.model_copy(update={"lines": (line,)}))
    result = back(written(case))
    assert result.case.treatments == ()
    assert any("asks for it" in group.why for group in result.groups())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(erisa, written, text):
    from fhir.resources.R4B.bundle import Bundle

    request, provider = erisa.requests[0], erisa.record(erisa.requests[0].provider_id)
    line = request.lines[0].model_copy(update={"description": text})
    case = erisa.with_record(
        erisa.patient.model_copy(update={"given": text, "address": Address(line=text)})
    )
    case = case.with_record(provider.model_copy(update={"name": text, "organization": text}))
    case = case.with_record(erisa.coverages[0].model_copy(update={"plan_name": text}))
    case = case.with_record(request.model_copy(update={"lines": (line,), "service": text}))
    bundle = written(case)
    raw = json.dumps(bundle)
    Bundle.model_validate_json(raw)
    plain = written(erisa)
    assert len(bundle["entry"]) == len(plain["entry"]) - 1  # one order less, as one line is left
    assert not any(mark in raw for mark in ("\\u202e", "\\u0000", "\\u2028", "\\ue000"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(family=st.text(max_size=60), plan=st.text(max_size=60), member=st.text(max_size=30))
def test_any_text_of_a_case_gives_valid_fhir_or_a_clear_refusal(family, plan, member):
    from fhir.resources.R4B.bundle import Bundle

    from tmjkit.packet.pas import PasError

    case = load("self-funded-erisa-denial").case
    try:
        person = check(type(case.patient), {**dict(case.patient), "family": family})
        fields = {"plan_name": plan, "member_id": member}
        coverage = check(type(case.coverages[0]), {**dict(case.coverages[0]), **fields})
    except CaseError:
        return
    case = case.with_record(person).with_record(coverage)
    if not clean(coverage.member_id):
        with pytest.raises(PasError, match="Member ID"):
            pas_bundle(case, case.requests[0], timestamp=WHEN)
        return
    Bundle.model_validate_json(json.dumps(pas_bundle(case, case.requests[0], timestamp=WHEN)))
