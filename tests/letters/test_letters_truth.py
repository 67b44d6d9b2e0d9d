"""A letter asserts nothing that the case does not hold."""

import hashlib

import pytest
from letter_cases import CALIFORNIA, ERISA, TODAY, changed, example, words

from tmjkit.case import (
    AuthorizationRequest,
    Case,
    Claim,
    Diagnosis,
    Document,
    DocumentSource,
    Measurement,
    Reason,
    ReasonKind,
    ServiceLine,
    Symptom,
    Treatment,
)
from tmjkit.examples import load
from tmjkit.letters import Blank, Letter, MissingFacts, compose
from tmjkit.packet import Packet, assemble


def denied_for(name: str, kind: ReasonKind, **fields: object) -> Case:
    reasons = (Reason(kind=kind, text="No."),)
    return changed(example(name), "determination-denial", reasons=reasons, **fields)


def answer(case: Case) -> str:
    text = words(compose("appeal", case, today=TODAY, draft=True))
    return text.split("Answer: ")[1].split("What was tried")[0]


def with_paper(case: Case, media_type: str, data: bytes, **fields: object) -> Case:
    paper = Document(
        id="document-odd",
        name="The odd paper",
        media_type=media_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        **fields,
    )
    case = case.with_record(paper)
    return changed(
        case, "determination-denial", sources=(DocumentSource(document_id="document-odd"),)
    )


# Papers


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "text/html",
        "application/json",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ],
)
def test_every_document_that_is_cited_is_an_exhibit(media_type: str) -> None:
    letter = compose("appeal", with_paper(example(ERISA), media_type, b"x"), today=TODAY)
    assert letter.exhibits[0].document_id == "document-odd"
    assert "Exhibit A: The odd paper" in words(letter)


@pytest.mark.parametrize(
    ("media_type", "fields", "told"),
    [
        ("application/fhir+json", {}, "from the file The odd paper"),
        ("application/fhir+xml", {}, "from the file The odd paper"),
        ("application/json", {"kind": "health-record"}, "from the electronic health record"),
    ],
)
def test_a_health_record_file_is_told_in_words(
    media_type: str, fields: dict[str, object], told: str
) -> None:
    case = with_paper(example(ERISA), media_type, b"{}", **fields)
    letter = compose("appeal", case, today=TODAY)
    assert "document-odd" not in [item.document_id for item in letter.exhibits]
    assert told in words(letter)


def packet_of(media_type: str, data: bytes) -> Packet:
    given = load(ERISA)
    case = with_paper(given.case, media_type, data)
    digest = hashlib.sha256(data).hexdigest()
    letter = compose("appeal", case, today=TODAY)
    return assemble(
        letter,
        case,
        lambda key: data if key == digest else given.documents[key],
        today=TODAY,
    )


def test_a_denial_in_plain_text_lies_in_the_packet() -> None:
    packet = packet_of("text/plain", b"We deny the request.")
    [found] = [item for item in packet.exhibits if item.document_id == "document-odd"]
    assert (found.label, found.pages) == ("A", 1)
    assert not packet.left_out


def test_a_denial_in_a_form_that_cannot_be_printed_is_told_as_sent_separately() -> None:
    packet = packet_of("application/vnd.oasis.opendocument.text", b"PK")
    assert [item.document_id for item in packet.left_out] == ["document-odd"]


# The answers


def test_step_therapy_claims_no_record_and_no_date() -> None:
    text = answer(denied_for(CALIFORNIA, ReasonKind.STEP_THERAPY))
    assert "with the record that shows it" not in text
    assert "were tried before" not in text
    assert "as far as" in text


def test_earlier_injections_without_a_response_are_not_told_as_measured() -> None:
    case = denied_for(CALIFORNIA, ReasonKind.NOT_MEDICALLY_NECESSARY)
    for item in case.sessions:
        case = changed(
            case, item.id, response=None, response_text="", relief_percent=None, duration_weeks=None
        )
    text = answer(case)
    assert "What it did is on record" not in text
    assert "before and after each session" not in text
    assert "as far as it is recorded" in text


def test_without_measurements_the_answer_leads_to_no_table() -> None:
    case = denied_for(CALIFORNIA, ReasonKind.NOT_MEDICALLY_NECESSARY)
    assert "table of measurements" in answer(case)
    for item in case.measurements:
        case = case.without(item.id)
    assert "table of measurements" not in answer(case)


def policy(case: Case, name: str) -> Case:
    return case.with_record(
        Document(id=f"document-{name}", name=name, kind="policy", size=1, sha256="0" * 64)
    )


def test_the_policy_that_was_applied_is_the_one_that_the_denial_rests_on() -> None:
    case = denied_for(ERISA, ReasonKind.EXPERIMENTAL)
    for item in case.documents:
        if item.kind.value == "policy":
            case = changed(case, item.id, kind="other")
    case = policy(policy(case, "policy-applied"), "policy-found")
    text = answer(case)
    assert "policy that was applied" not in text
    assert "Policies are enclosed" in text
    denial = case.record("determination-denial")
    applied = DocumentSource(document_id="document-policy-applied")
    case = changed(case, denial.id, sources=(*denial.sources, applied))
    letter = compose("appeal", case, today=TODAY)
    text = words(letter).split("Answer: ")[1].split("What was tried")[0]
    label = next(
        item.label for item in letter.exhibits if item.document_id == "document-policy-applied"
    )
    assert f"The policy that was applied is enclosed (Exhibit {label})." in text
    found = next(
        item.label for item in letter.exhibits if item.document_id == "document-policy-found"
    )
    assert f"Another policy is enclosed (Exhibit {found})." in text


def test_missing_information_claims_no_enclosure() -> None:
    text = answer(denied_for(ERISA, ReasonKind.MISSING_INFORMATION))
    assert "are enclosed" not in text
    assert "as far as" in text


def test_the_request_claims_no_attached_record() -> None:
    case = example(ERISA)
    assert "records attached" not in words(compose("medical-necessity", case, today=TODAY))


@pytest.mark.parametrize(
    ("sent", "told"),
    [("2026-09-01", True), ("2026-10", False), ("2026-10-14", False), ("2026-11-02", False)],
)
def test_a_request_is_called_earlier_only_where_the_dates_say_so(sent: str, told: bool) -> None:
    case = denied_for(ERISA, ReasonKind.NO_PRIOR_AUTHORIZATION, notice_date="2026-10-14")
    about = case.determinations[0].about_id
    assert about is not None
    text = answer(changed(case, about, sent=sent))
    assert "Authorization was asked for on" in text
    assert ("before you decided" in text) is told


def test_a_product_that_is_not_recorded_is_given_no_label() -> None:
    case = example(ERISA)
    for item in case.requests:
        case = changed(case, item.id, lines=())
    text = words(compose("medical-necessity", case, today=TODAY, draft=True))
    assert "not a labeled indication" not in text


def test_care_that_is_planned_is_not_listed_as_tried() -> None:
    planned = Treatment(kind="splint", name="Planned splint", start="2026-12-14")
    named = Treatment(kind="splint", name="Named splint")
    today = Treatment(kind="splint", name="New splint", start="2026-11-23")
    case = example(ERISA).with_record(planned).with_record(named).with_record(today)
    for kind in ("appeal", "medical-necessity"):
        text = words(compose(kind, case, today=TODAY))
        assert "Planned splint" not in text
        assert "Named splint" not in text
        assert "New splint" in text


def test_what_is_not_about_the_jaw_is_not_told() -> None:
    case = example(ERISA)
    for record in (
        Diagnosis(code="B20", text="Another illness", purpose="other"),
        Diagnosis(code="B20", text="Unclear illness", purpose="unknown"),
        Symptom(text="Another complaint", purpose="other"),
        Measurement(instrument="other", name="Weight", value=4, unit="kg", purpose="other"),
    ):
        case = case.with_record(record)
    for kind in ("appeal", "medical-necessity"):
        letter = compose(kind, case, today=TODAY)
        text = words(letter)
        for wrong in ("B20", "nother illness", "nclear illness", "nother complaint", "Weight"):
            assert wrong not in text


def test_a_code_of_another_illness_does_not_stand_in_for_the_missing_one() -> None:
    case = example(ERISA)
    for item in case.diagnoses:
        case = changed(case, item.id, code=None)
    case = case.with_record(Diagnosis(code="B20", purpose="other"))
    with pytest.raises(MissingFacts) as stopped:
        compose("appeal", case, today=TODAY)
    assert {gap.field for gap in stopped.value.gaps} == {"code"}


# Letters that could not be finished


def claim_denied(**fields: object) -> Case:
    case = denied_for(ERISA, ReasonKind.NO_PRIOR_AUTHORIZATION)
    for item in case.requests:
        case = case.without(item.id) if item.id != case.determinations[0].about_id else case
    old = case.determinations[0].about_id
    claim = Claim(
        id="claim-injection",
        coverage_id=case.coverages[0].id,
        start="2026-09-20",
        sent="2026-09-25",
        lines=(ServiceLine(code="J0585", units=100, description="OnabotulinumtoxinA"),),
    )
    case = changed(case.with_record(claim), "determination-denial", about_id=claim.id)
    assert old is not None
    return case.without(old)


def blanks(letter: Letter) -> set[str]:
    return {block.name for block in letter.blocks if isinstance(block, Blank)}


def test_a_claim_denied_for_no_authorization_leaves_room_where_there_was_no_request() -> None:
    letter = compose("appeal", claim_denied(), today=TODAY)
    assert not letter.gaps
    assert "authorization" in blanks(letter)
    assert "Authorization was asked for" not in words(letter)


def test_a_claim_denied_for_no_authorization_is_answered_with_the_request() -> None:
    case = claim_denied()
    asked = AuthorizationRequest(
        coverage_id=case.coverages[0].id,
        lines=(ServiceLine(code="J0585", units=100),),
        sent="2026-09-01",
        reference="PA-7",
    )
    letter = compose("appeal", case.with_record(asked), today=TODAY)
    text = words(letter)
    assert "Authorization was asked for on September 1, 2026, reference PA-7" in text
    assert "authorization" not in blanks(letter)
    assert "pay the claim" in text


@pytest.mark.parametrize(
    "fields",
    [
        {"lines": (ServiceLine(code="97110"),)},
        {"sent": "2026-12-24"},
        {"sent": None},
        {"coverage_id": "coverage-other"},
    ],
)
def test_a_request_for_something_else_is_not_taken(fields: dict[str, object]) -> None:
    case = claim_denied()
    coverage = case.coverages[0].model_dump() | {"id": "coverage-other", "rank": 2}
    case = case.with_record(type(case.coverages[0]).model_validate(coverage))
    given = {
        "coverage_id": case.coverages[0].id,
        "lines": (ServiceLine(code="J0585"),),
        "sent": "2026-09-01",
    }
    asked = AuthorizationRequest.model_validate(given | fields)
    assert "authorization" in blanks(compose("appeal", case.with_record(asked), today=TODAY))


def one_request(**fields: object) -> Case:
    case = example(ERISA)
    for item in case.requests:
        case = changed(case, item.id, **fields)
    return case


def test_one_session_needs_no_interval() -> None:
    case = one_request(sessions=1, interval_weeks=None)
    text = words(compose("medical-necessity", case, today=TODAY))
    assert "Interval" not in text
    assert "1 session" in words(compose("appeal", case, today=TODAY))
    with pytest.raises(MissingFacts):
        compose("medical-necessity", one_request(sessions=2, interval_weeks=None), today=TODAY)


def test_the_interval_is_told_as_it_was_asked_for() -> None:
    case = one_request(sessions=2, interval_weeks=12)
    asked = words(compose("medical-necessity", case, today=TODAY))
    assert "Interval between sessions: 12 weeks" in asked
    appeal = words(compose("appeal", case, today=TODAY))
    assert "2 sessions, 12 weeks apart" in appeal
    assert "at least" not in asked.split("Interval")[1].split("Units")[0]
    assert "at least 12" not in appeal


def test_one_is_told_in_the_singular() -> None:
    case = one_request(sessions=1, interval_weeks=None)
    for item in case.treatments:
        if item.sessions:
            case = changed(case, item.id, sessions=1)
    for item in case.symptoms:
        case = changed(case, item.id, days_per_month=1)
    for kind in ("appeal", "medical-necessity"):
        text = words(compose(kind, case, today=TODAY))
        for wrong in ("1 sessions", "1 weeks", "1 days", "1 units"):
            assert f" {wrong}" not in text
        assert "1 session" in text
