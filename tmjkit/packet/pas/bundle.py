"""Puts the resources of a request together."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tmjkit.case import AuthorizationRequest, Case
from tmjkit.packet.pas.claim import claim_of
from tmjkit.packet.pas.elements import PAS, URI, Resource, full_url, uid
from tmjkit.packet.pas.facts import PasError, facts_of
from tmjkit.packet.pas.orders import orders_of
from tmjkit.packet.pas.papers import papers_of
from tmjkit.packet.pas.people import (
    coverage_of,
    insurer_of,
    patient_of,
    practitioner_of,
    requestor_of,
    role_of,
)

_NO_DOCUMENTS: Final[Mapping[str, bytes]] = MappingProxyType({})


def pas_bundle(
    case: Case,
    request: AuthorizationRequest,
    *,
    timestamp: dt.datetime,
    documents: Mapping[str, bytes] = _NO_DOCUMENTS,
) -> Resource:
    """Write a request for prior authorization as a Da Vinci PAS request Bundle (FHIR R4).

    Nothing is said that the case does not record; what the guide requires and the case lacks is
    named in the error. The same case, request, time and documents always give the same Bundle.

    Parameters
    ----------
    case
        The case.
    request
        A request of the case.
    timestamp
        When the Bundle is written, with its time zone.
    documents
        Bytes of the documents to send, by the document's id; `supporting` chooses them.

    Returns
    -------
    dict
        The Bundle, ready for `json.dumps`: the Claim first, then all that it points to.

    Raises
    ------
    PasError
        When the request is not in the case, facts are missing, or it is one that this
        transaction does not carry.
    ValueError
        When the time has no time zone.
    """
    if timestamp.tzinfo is None:
        raise ValueError("the time of a bundle needs its time zone")
    if request not in case.requests:
        raise PasError(f"this case has no request {request.id}")
    facts = facts_of(case, request, timestamp.date())
    patient, insurer = patient_of(facts), insurer_of(facts)
    coverage = coverage_of(facts, patient, insurer)
    clinic, person = requestor_of(facts), practitioner_of(facts)
    role = role_of(facts, person, clinic)
    requester, performer = clinic or role, role or clinic
    assert requester is not None and performer is not None  # noqa: PT018, S101 -- it has a name
    orders = orders_of(facts, patient, performer)
    papers = papers_of(facts, patient, documents)
    claim = claim_of(
        facts,
        timestamp,
        patient=patient,
        insurer=insurer,
        coverage=coverage,
        requester=requester,
        performer=performer,
        orders=orders,
        papers=papers,
    )
    distinct = {order["id"]: order for order in orders}.values()
    rest = (clinic, insurer, coverage, patient, *distinct, role, person, *papers)
    return _bundle(facts.case, request, timestamp, [claim, *(item for item in rest if item)])


def _bundle(
    case: Case, request: AuthorizationRequest, timestamp: dt.datetime, resources: list[Resource]
) -> Resource:
    when = timestamp.isoformat(timespec="seconds")
    transaction = uid(case.id, request.id, "transaction", when)
    return {
        "resourceType": "Bundle",
        "id": transaction,
        "meta": {"profile": [f"{PAS}/profile-pas-request-bundle"]},
        "identifier": {"system": URI, "value": f"urn:uuid:{transaction}"},
        "type": "collection",
        "timestamp": when,
        "entry": [{"fullUrl": full_url(item), "resource": item} for item in resources],
    }
