"""The orders behind the lines of a request: one for each service, with its course and doses."""

from collections.abc import Sequence
from typing import Any, Final

from tmjkit.case import HCPCS, AuthorizationRequest, MuscleDose, ServiceLine
from tmjkit.packet.pas.elements import (
    NDC,
    Resource,
    concept,
    filled,
    number,
    pointer,
    procedure,
    resource,
    said,
    uid,
)
from tmjkit.packet.pas.facts import Facts

# Medicare Claims Processing Manual, chapter 17, section 40: the drug that was discarded.
_WASTE: Final = "JW"
_TOXINS: Final = frozenset(HCPCS.values())


def orders_of(facts: Facts, patient: Resource, requester: Resource) -> tuple[Resource, ...]:
    """Make the order of every line, in the lines' order.

    A line for what is discarded of a drug belongs to the order of the drug: nobody orders waste.

    Returns
    -------
    tuple of resources
        One for each line; lines that belong together have the same one.
    """
    found: list[Resource] = []
    lines = facts.request.lines
    for place, line in enumerate(lines):
        drug = _drug_of(place, lines) if _WASTE in line.modifiers else None
        if drug is not None and drug < place:
            found.append(found[drug])
            continue
        source = lines[drug] if drug is not None else line
        found.append(_order(facts, source, drug if drug is not None else place, patient, requester))
    return tuple(found)


def _drug_of(place: int, lines: Sequence[ServiceLine]) -> int | None:
    """Return the place of the line with the drug of which this line is the waste."""
    for other, line in enumerate(lines):
        if line.code == lines[place].code and _WASTE not in line.modifiers:
            return other
    return None


def _order(
    facts: Facts, line: ServiceLine, place: int, patient: Resource, requester: Resource
) -> Resource:
    request = facts.request
    order_id = uid(facts.case.id, request.id, "order", str(place))
    words = _words(request, line)
    common: dict[str, Any] = {"status": "active", "intent": "order"}
    if line.ndc:
        dosage = filled({"text": words, "timing": _timing(request)})
        return resource(
            "MedicationRequest",
            order_id,
            "profile-medicationrequest",
            **common,
            medicationCodeableConcept=concept(NDC, line.ndc, line.description),
            subject=pointer(patient),
            requester=pointer(requester),
            dosageInstruction=[dosage] if dosage else [],
        )
    return resource(
        "ServiceRequest",
        order_id,
        "profile-servicerequest",
        **common,
        code=procedure(line.code, line.description),
        quantityQuantity={"value": number(line.units)},
        subject=pointer(patient),
        occurrenceTiming=_timing(request),
        requester=pointer(requester),
        note=[{"text": words}] if words else [],
    )


def _timing(request: AuthorizationRequest) -> dict[str, Any]:
    """Return how often: the number of sessions and the weeks between them."""
    repeat: dict[str, Any] = {}
    if request.sessions is not None:
        repeat["count"] = request.sessions
    if request.interval_weeks is not None:
        repeat |= {"frequency": 1, "period": request.interval_weeks, "periodUnit": "wk"}
    return {"repeat": repeat} if repeat else {}


def _words(request: AuthorizationRequest, line: ServiceLine) -> str:
    """Return the doses by muscle in words, for the line of the drug."""
    if line.code not in _TOXINS:
        return ""
    return "; ".join(_dose(dose) for dose in request.doses)


def _dose(dose: MuscleDose) -> str:
    amount = f"{number(dose.units)} units"
    sites = "" if dose.sites is None else f" in {dose.sites} site{'s' if dose.sites > 1 else ''}"
    return f"{said(dose.label)}: {amount}{sites}"
