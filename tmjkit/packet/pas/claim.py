"""The Claim at the head of the bundle: what is asked, of whom, and why."""

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from tmjkit.case import (
    AuthorizationRequest,
    Benefit,
    Decision,
    Determination,
    PartialDate,
    ServiceLine,
    Urgency,
)
from tmjkit.packet.pas.elements import (
    ICD_10_CM,
    NPI,
    PAS,
    URI,
    X12,
    Resource,
    concept,
    extension,
    filled,
    modifier,
    number,
    pointer,
    procedure,
    resource,
    said,
    uid,
)
from tmjkit.packet.pas.facts import Facts

_HL7: Final = "http://terminology.hl7.org/CodeSystem"
_PAS_CODES: Final = f"{PAS.removesuffix('/StructureDefinition')}/CodeSystem/PASTempCodes"
# X12 1525: a review of health services, as in the guide's examples for care at home.
_REVIEW: Final = "HS"
# X12 1322: initial, and renewal of what was certified before.
_INITIAL, _RENEWAL = "I", "R"
# X12 1338, as in the guide's example of an urgent referral.
_URGENT: Final = "U"
# X12 1365: medical care, as in the guide's examples, and dental care.
_CATEGORY: Final = {Benefit.MEDICAL: "1", Benefit.DENTAL: "35"}
_CLAIM_TYPE: Final = {Benefit.MEDICAL: "professional", Benefit.DENTAL: "oral"}


def claim_of(
    facts: Facts,
    timestamp: dt.datetime,
    *,
    patient: Resource,
    insurer: Resource,
    coverage: Resource,
    requester: Resource,
    performer: Resource,
    orders: tuple[Resource, ...],
    papers: list[Resource],
) -> Resource:
    """Make the Claim.

    Parameters
    ----------
    facts
        What the request rests on.
    timestamp
        When it is written, with its time zone.
    patient, insurer, coverage, requester, performer, orders, papers
        The resources that it points to: `requester` is the clinic, or the clinician's role where
        no clinic is known; `performer` the clinician's role, or the clinic where a clinic asks.
    """
    request = facts.request
    urgent = request.urgency is Urgency.EXPEDITED
    level = extension("levelOfServiceCode", valueCodeableConcept=concept(f"{X12}/1338", _URGENT))
    whole_claim = extension("careTeamClaimScope", valueBoolean=True)
    benefit = facts.coverage.benefit or Benefit.MEDICAL
    return resource(
        "Claim",
        uid(facts.case.id, request.id),
        "profile-claim",
        extension=[level] if urgent else [],
        identifier=[_trace(facts, timestamp)],
        status="active",
        type=concept(f"{_HL7}/claim-type", _CLAIM_TYPE[benefit]),
        use="preauthorization",
        patient=pointer(patient),
        created=timestamp.isoformat(timespec="seconds"),
        insurer=pointer(insurer),
        provider=pointer(requester),
        priority=concept(f"{_HL7}/processpriority", "stat" if urgent else "normal"),
        careTeam=[{"extension": [whole_claim], "sequence": 1, "provider": pointer(performer)}],
        supportingInfo=[
            {
                "sequence": place,
                "category": concept(_PAS_CODES, "additionalInformation"),
                "valueReference": pointer(paper),
            }
            for place, paper in enumerate(papers, 1)
        ],
        diagnosis=[_diagnosis(facts, place, code) for place, code in enumerate(_codes(request), 1)],
        insurance=[{"sequence": 1, "focal": True, "coverage": pointer(coverage)}],
        item=[
            _item(facts, place, line, order)
            for place, (line, order) in enumerate(zip(request.lines, orders, strict=True), 1)
        ],
    )


def _trace(facts: Facts, timestamp: dt.datetime) -> dict[str, Any]:
    """Return the trace number of the request, given by the provider (X12 278, TRN)."""
    number_of = uid(facts.case.id, facts.request.id, "trace", timestamp.date().isoformat())
    assigner = {"identifier": {"system": NPI, "value": str(facts.provider.npi)}}
    return {"system": URI, "value": f"urn:uuid:{number_of}", "assigner": assigner}


def _diagnosis(facts: Facts, place: int, code: str) -> dict[str, Any]:
    recorded = _recorded(facts, code)
    when = extension("diagnosisRecordedDate", valueDate=str(recorded)) if recorded else None
    content = {
        "extension": [when] if when else [],
        "sequence": place,
        "diagnosisCodeableConcept": concept(ICD_10_CM, code),
    }
    return filled(content)


def _recorded(facts: Facts, code: str) -> PartialDate | None:
    """Return the day on which a diagnosis of that code was made, where the day is known."""
    days = [
        item.recorded_date
        for item in facts.case.jaw_diagnoses
        if item.code == code and item.recorded_date and item.recorded_date.exact
    ]
    return min(days, default=None)


def _codes(request: AuthorizationRequest) -> tuple[str, ...]:
    """Return the request's diagnoses, and those that only a line of it names."""
    of_lines = (code for line in request.lines for code in line.diagnosis_codes)
    return tuple(dict.fromkeys((*request.diagnosis_codes, *of_lines)))


def _item(facts: Facts, place: int, line: ServiceLine, order: Resource) -> dict[str, Any]:
    request = facts.request
    codes = _codes(request)
    trace = {
        "system": URI,
        "value": f"urn:uuid:{uid(facts.case.id, request.id, 'item', str(place))}",
    }
    approved = _approval(facts) if request.continues else ""
    benefit = facts.coverage.benefit or Benefit.MEDICAL
    kind = concept(f"{X12}/1322", _RENEWAL if request.continues else _INITIAL)
    extensions = [
        extension("itemTraceNumber", valueIdentifier=trace),
        *([extension("authorizationNumber", valueString=approved)] if approved else []),
        extension("serviceItemRequestType", valueCodeableConcept=concept(f"{X12}/1525", _REVIEW)),
        extension("certificationType", valueCodeableConcept=kind),
        extension("requestedService", valueReference=pointer(order)),
    ]
    content = {
        "extension": extensions,
        "sequence": place,
        "careTeamSequence": [1],
        "diagnosisSequence": [codes.index(code) + 1 for code in line.diagnosis_codes or codes],
        "category": concept(f"{X12}/1365", _CATEGORY[benefit]),
        "productOrService": procedure(line.code, line.description),
        "modifier": [modifier(code) for code in line.modifiers],
        "servicedDate": str(line.date) if line.date and line.date.exact else None,
        "quantity": {"value": number(line.units)},
        "net": _money(line.charge),
    }
    return filled(content)


def _money(amount: Decimal | None) -> dict[str, Any] | None:
    return None if amount is None else {"value": number(amount), "currency": "USD"}


def _approval(facts: Facts) -> str:
    """Return the payer's number of the approval that the course goes on from: the latest."""
    before = [
        item
        for item in facts.case.determinations
        if item.decision in (Decision.APPROVAL, Decision.PARTIAL)
        and item.coverage_id in (None, facts.coverage.id)
        and said(item.reference)
        and _about_a_request(facts, item)
    ]
    latest = max(before, key=lambda item: str(item.notice_date or ""), default=None)
    return said(latest.reference) if latest else ""


def _about_a_request(facts: Facts, decision: Determination) -> bool:
    others = {item.id for item in facts.case.requests} - {facts.request.id}
    return decision.about_id in others
