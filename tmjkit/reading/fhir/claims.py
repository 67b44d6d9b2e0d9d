"""Claim and ExplanationOfBenefit to claims and requests for prior authorization."""

from decimal import Decimal
from typing import Final

from tmjkit.case import AuthorizationRequest, Claim, ServiceLine, Urgency
from tmjkit.reading.fhir import elements as fhir
from tmjkit.reading.fhir.book import Draft, Settled
from tmjkit.reading.fhir.reading import Reading
from tmjkit.reading.fhir.resource import NOT_HERE, Element, Resource

PLACE_OF_SERVICE: Final = (
    "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set",
)
_URGENCY: Final = {"normal": Urgency.STANDARD, "stat": Urgency.EXPEDITED}
# Systems under which Blue Button and CARIN give the payer's own claim number.
_CLAIM_NUMBER: Final = ("https://bluebutton.cms.gov/resources/variables/clm_id",)
_NO_CODE: Final = "a line of the case file needs a CPT, HCPCS or CDT code"
_PRE: Final = ("preauthorization",)

AnyClaim = Draft[Claim] | Draft[AuthorizationRequest]


def read_claims(reading: Reading) -> None:
    """Map each Claim to a claim, or to a request when it asks for authorization."""
    for resource in reading.of_type("Claim"):
        use = resource.root.get("use")
        if use.text in _PRE:
            _read_request(reading, resource)
        elif use.text == "claim":
            _read_claim(reading, resource)
        else:
            resource.refuse("it only asks what would be paid; the case file has no record for it")


def _read_claim(reading: Reading, resource: Resource) -> None:
    root, draft = resource.root, Draft(Claim)
    _put_period(draft, root)
    _put_provider(reading, draft, root)
    _put_common(reading, draft, root)
    _put_lines(draft, root)
    _put_place(draft, root)
    reading.book.add(draft, reading.id_of("claim", resource), resource)


def _read_request(reading: Reading, resource: Resource) -> None:
    root, draft = resource.root, Draft(AuthorizationRequest)
    _put_provider(reading, draft, root)
    _put_common(reading, draft, root)
    _put_lines(draft, root)
    for item in root.each("item"):
        said = fhir.words(item.get("productOrService"))
        draft.put("service", said.text, *said.used)
    priority = root.get("priority")
    for coding in priority.each("coding"):
        draft.put("urgency", _URGENCY.get(coding.get("code").text), priority)
    reading.book.add(draft, reading.id_of("request", resource), resource)


def read_explanation(reading: Reading, resource: Resource) -> str | None:
    """Map what an EOB says about the claim; return the id of the claim's record.

    An EOB repeats the claim that it explains. When that claim is known, the EOB joins it and
    gives what only the payer knows; otherwise the EOB is the claim's record.
    """
    root, draft = resource.root, Draft(Claim)
    claim = root.get("claim")
    claim_id = reading.known("claim", claim) if claim else None
    if claim_id is not None:
        claim.understood()
    elif claim:
        claim.explain(NOT_HERE)
    for item in root.each("identifier"):
        kind, system = item.get("type"), item.get("system").text
        if fhir.has_code(kind, {"uc"}) or system in _CLAIM_NUMBER:
            draft.put("reference", item.get("value").text, item)
    _put_common(reading, draft, root)
    if claim_id is None:
        _put_period(draft, root)
        _put_provider(reading, draft, root)
    else:
        # The payer's view of when and who: often its own processing period, and the clinician
        # where the claim names the billing clinic.
        for key in ("billablePeriod", "provider"):
            root.get(key).explain("the claim itself says it, and that was taken")
    _put_lines(draft, root)
    _put_place(draft, root)
    paid, used = paid_amount(root)
    draft.put("paid", paid, *used)
    outcome = root.get("outcome")
    if outcome.text == "complete":
        outcome.understood()
    else:
        draft.note("Outcome of processing", outcome.text, outcome)
    record_id = claim_id or reading.id_of("claim", resource)
    record = reading.book.add(draft, record_id, resource)
    return record.id if record is not None else None


def paid_amount(root: Element) -> tuple[Decimal | None, fhir.Used]:
    """Return what the payer paid: the payment, or the total paid to the provider.

    Codes: http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication. The `benefit` total of
    http://terminology.hl7.org/CodeSystem/adjudication is what is payable, so it is not taken.
    """
    amount, used = fhir.money(root.get("payment", "amount"))
    if amount is not None:
        return amount, used
    for key in ("total", "adjudication"):
        for item in root.each(key):
            if fhir.has_code(item.get("category"), {"paidtoprovider"}):
                amount, used = fhir.money(item.get("amount"))
                if amount is not None:
                    return amount, (*used, item.get("category"))
    return None, ()


def _put_period(draft: Draft[Claim], root: Element) -> None:
    period = root.get("billablePeriod")
    for name in ("start", "end"):
        draft.put(name, fhir.day(period.get(name)), period.get(name))


def _put_common(reading: Reading, draft: AnyClaim, root: Element) -> None:
    """Map what claims, requests and EOBs share."""
    for key in ("status", "use"):
        root.get(key).understood()
    if root.resource.type == "Claim":
        draft.put("sent", fhir.day(root.get("created")), root.get("created"))
    _put_coverage(reading, draft, root)
    _put_diagnoses(reading, draft, root)


def _put_provider(reading: Reading, draft: AnyClaim, root: Element) -> None:
    provider = root.get("provider")
    if provider:
        draft.link("provider_id", provider, reading.provider(provider))


def _put_coverage(reading: Reading, draft: AnyClaim, root: Element) -> None:
    all_of_them = root.each("insurance")
    focal = [item for item in all_of_them if item.get("focal").is_true] or list(all_of_them)
    for item in focal[:1]:
        coverage = item.get("coverage")
        known = reading.known("coverage", coverage)
        if known is None:
            item.explain("no coverage in this file or in the case is the one it names")
        else:
            draft.put("coverage_id", known, coverage, item.get("focal"), item.get("sequence"))


def _put_diagnoses(reading: Reading, draft: AnyClaim, root: Element) -> None:
    rows = sorted(
        root.each("diagnosis"), key=lambda row: row.get("sequence").number or Decimal(9999)
    )
    codes: list[str] = []
    used: list[Element] = []
    for row in rows:
        concept, reference = row.get("diagnosisCodeableConcept"), row.get("diagnosisReference")
        code = fhir.icd10(concept)
        source: fhir.Used = (*code.used, *(d.get("display") for d in concept.each("coding")))
        target = reading.file.resolve(reference)
        if not code.text and target is not None:
            code = fhir.icd10(target.root.get("code"))
            source = (reference,)
            if not code.text:
                reference.explain("the diagnosis it points to has no ICD-10-CM code")
        elif not code.text and concept:
            concept.explain("a claim of the case file holds ICD-10-CM codes only")
        if code.text:
            codes.append(code.text)
            used.extend((*source, row.get("sequence")))
    draft.put("diagnosis_codes", tuple(dict.fromkeys(codes)), *used)


def _put_lines(draft: AnyClaim, root: Element) -> None:
    lines: list[Settled[ServiceLine]] = []
    for item in root.each("item"):
        settled = _line(item)
        if settled is not None:
            lines.append(settled)
    held = [element for line in lines for element in line.held]
    draft.put("lines", tuple(line.record for line in lines), *held)


def _line(item: Element) -> Settled[ServiceLine] | None:
    draft, concept = Draft(ServiceLine), item.get("productOrService")
    coding = fhir.coding(concept, fhir.PROCEDURES)
    if not coding:
        item.explain(_NO_CODE)
        return None
    draft.put("code", coding.get("code").text, *fhir.code_of(coding), item.get("sequence"))
    said = fhir.words(concept)
    draft.put("description", said.text, *said.used)
    modifiers = [(m, c) for m in item.each("modifier") for c in m.each("coding")[:1]]
    texts = tuple(code.get("code").text for _, code in modifiers)
    draft.put("modifiers", texts, *(modifier for modifier, _ in modifiers))
    quantity = item.get("quantity")
    draft.put("units", quantity.get("value").number, quantity.get("value"))
    charge, used = _charge(item)
    draft.put("charge", charge, *used)
    draft.put("date", fhir.day(item.get("servicedDate")), item.get("servicedDate"))
    when, period = fhir.one_day(item.get("servicedPeriod"))
    draft.put("date", when, *period)
    return draft.settle()


def _charge(item: Element) -> tuple[Decimal | None, fhir.Used]:
    """Return what was charged: the submitted amount of an EOB, or the line's net amount."""
    for row in item.each("adjudication"):
        if fhir.has_code(row.get("category"), {"submitted"}):
            amount, used = fhir.money(row.get("amount"))
            if amount is not None:
                return amount, (*used, row.get("category"))
    return fhir.money(item.get("net"))


def _put_place(draft: Draft[Claim], root: Element) -> None:
    """Take the place of service when all lines agree; CMS's two digits only."""
    found = [
        (coding.get("code").text, item.get("locationCodeableConcept"))
        for item in root.each("item")
        for coding in [fhir.coding(item.get("locationCodeableConcept"), PLACE_OF_SERVICE)]
        if coding
    ]
    if len({code for code, _ in found}) == 1:
        draft.put("place_of_service", found[0][0], *(place for _, place in found))
