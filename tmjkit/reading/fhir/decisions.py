"""ExplanationOfBenefit that denies, and ClaimResponse, to determinations."""

import re
from typing import Final

from tmjkit.case import Decision, Determination, Reason, ReasonKind
from tmjkit.reading.fhir import elements as fhir
from tmjkit.reading.fhir.book import Draft
from tmjkit.reading.fhir.claims import paid_amount, read_explanation
from tmjkit.reading.fhir.reading import Reading
from tmjkit.reading.fhir.resource import Element, Resource

# Claim adjustment reason codes whose kind is sure. Others (96: "see the remark code") keep code
# and text, and whoever reads the notice says which kind it is. Source: X12's public list of
# claim adjustment reason codes, https://x12.org/codes/claim-adjustment-reason-codes
_KIND_OF_CARC: Final = {
    "11": ReasonKind.CODING,
    "16": ReasonKind.MISSING_INFORMATION,
    "29": ReasonKind.TIMELINESS,
    "50": ReasonKind.NOT_MEDICALLY_NECESSARY,
    "55": ReasonKind.EXPERIMENTAL,
    "56": ReasonKind.EXPERIMENTAL,
    "197": ReasonKind.NO_PRIOR_AUTHORIZATION,
    "204": ReasonKind.EXCLUDED,
    "242": ReasonKind.NETWORK,
}
_CARC_SYSTEM = re.compile(r"claim-adjustment-reason-codes|CARC|X12ClaimAdjustmentReason", re.I)
_RARC_SYSTEM = re.compile(r"remittance-advice-remark-codes|RARC|X12RemittanceAdvice", re.I)

# Da Vinci PAS (http://hl7.org/fhir/us/davinci-pas) gives the outcome of a review as X12 306.
_PAS: Final = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-"
_REVIEW: Final = {
    "A1": Decision.APPROVAL,
    "A2": Decision.PARTIAL,
    "A3": Decision.DENIAL,
    "A6": Decision.PARTIAL,
}


def read_explanations(reading: Reading) -> None:
    """Map each ExplanationOfBenefit to its claim and, when it denies, to a determination."""
    for resource in reading.of_type("ExplanationOfBenefit"):
        if resource.root.get("use").text != "claim":
            resource.refuse("only the explanation of a claim is read")
            continue
        claim_id = read_explanation(reading, resource)
        _read_denial(reading, resource, claim_id)


def _read_denial(reading: Reading, resource: Resource, claim_id: str | None) -> None:
    """Make a determination when the payer gives a denial reason.

    CARIN's `denialreason` is the one place that says so in so many words. A reason on another
    adjudication row can be a contractual write-off, and a payment of nothing can be a
    deductible: neither is a denial.
    """
    root = resource.root
    items = root.each("item")
    rows = [[row for row in _adjudications(item) if _denies(row)] for item in items]
    header = [row for row in _adjudications(root) if _denies(row)]
    if not header and not any(rows):
        return
    draft = Draft(Determination)
    paid, _ = paid_amount(root)
    whole = bool(header) or all(rows)
    nothing_paid = paid is None or paid == 0
    draft.put("decision", Decision.DENIAL if whole and nothing_paid else Decision.PARTIAL)
    draft.put("about_id", claim_id)
    reasons: dict[Reason, None] = {}
    used: list[Element] = []
    for row in [*header, *(row for found in rows for row in found)]:
        reason, elements = _reason(row)
        reasons[reason] = None
        used.extend(elements)
    draft.put("reasons", tuple(reasons), *used)
    draft.put("notice_date", fhir.day(root.get("created")), root.get("created"))
    _put_coverage(reading, draft, root)
    for key in ("disposition",):
        draft.note("Disposition", root.get(key).text, root.get(key))
    for item in root.each("processNote"):
        draft.note("Payer's note", item.get("text").text, item)
    quote = next((reason.text for reason in reasons if reason.text), "")
    record_id = reading.id_of("determination", resource)
    reading.book.add(draft, record_id, resource, quote=quote)


def _adjudications(holder: Element) -> tuple[Element, ...]:
    return holder.each("adjudication")


def _denies(row: Element) -> bool:
    return fhir.has_code(row.get("category"), {"denialreason"}) and bool(row.get("reason"))


def _reason(row: Element) -> tuple[Reason, fhir.Used]:
    concept = row.get("reason")
    said = fhir.words(concept)
    carc = rarc = ""
    used: list[Element] = [*said.used, row.get("category")]
    for item in concept.each("coding"):
        system, code = item.get("system").text, item.get("code").text
        if _CARC_SYSTEM.search(system) and not carc and re.fullmatch(r"[A-W]?\d{1,3}", code):
            carc = code
        elif _RARC_SYSTEM.search(system) and not rarc and re.fullmatch(r"(M|MA|N)\d{1,4}", code):
            rarc = code
        else:
            continue
        used.extend(fhir.code_of(item))
    text = said.text if len(said.text) <= 20000 else ""  # noqa: PLR2004 -- length of a Note
    reason = Reason(kind=_KIND_OF_CARC.get(carc), text=text, carc=carc or None, rarc=rarc or None)
    return reason, tuple(used)


def read_responses(reading: Reading) -> None:
    """Map each answer to a request for authorization to a determination."""
    for resource in reading.of_type("ClaimResponse"):
        if resource.root.get("use").text == "preauthorization":
            _read_response(reading, resource)
        else:
            resource.refuse("of a claim, the explanation of benefits is read, not the response")


def _read_response(reading: Reading, resource: Resource) -> None:
    root, draft = resource.root, Draft(Determination)
    reviews = [
        extension
        for item in root.each("item")
        for row in _adjudications(item)
        for extension in row.each("extension")
        if extension.get("url").text == f"{_PAS}reviewAction"
    ]
    outcomes = [_review_code(review) for review in reviews]
    codes = {code for code, _ in outcomes}
    if not codes or not codes <= _REVIEW.keys():
        resource.refuse("it holds no decision: nothing is certified, modified or refused in it")
        return
    decisions = {_REVIEW[code] for code in codes}
    decision = decisions.pop() if len(decisions) == 1 else Decision.PARTIAL
    draft.put("decision", decision, *(element for _, used in outcomes for element in used))
    draft.put("notice_date", fhir.day(root.get("created")), root.get("created"))
    request = root.get("request")
    if request:
        draft.link("about_id", request, reading.known("request", request))
    draft.text("reference", root.get("preAuthRef"))
    for review in reviews:
        _put_review(draft, review)
    end = root.get("preAuthPeriod", "end")
    draft.put("approved_until", fhir.day(end), end)
    if decision is not Decision.DENIAL:
        _put_period(draft, root)
    _put_coverage(reading, draft, root)
    draft.note("Disposition", root.get("disposition").text, root.get("disposition"))
    for key in ("status", "use", "outcome"):
        root.get(key).understood()
    reading.book.add(draft, reading.id_of("determination", resource), resource)


def _review_code(review: Element) -> tuple[str, fhir.Used]:
    for extension in review.each("extension"):
        if extension.get("url").text == f"{_PAS}reviewActionCode":
            for coding in extension.get("valueCodeableConcept").each("coding"):
                return coding.get("code").text, (extension, review.get("url"))
    return "", ()


def _put_review(draft: Draft[Determination], review: Element) -> None:
    for extension in review.each("extension"):
        url = extension.get("url").text
        if url == "number":
            draft.put("reference", extension.get("valueString").text, extension)
        elif url == "reasonCode":
            said = fhir.words(extension.get("valueCodeableConcept"))
            if said.text:
                draft.put(
                    "reasons", (Reason(text=said.text[:20000]),), *said.used, extension.get("url")
                )


def _put_period(draft: Draft[Determination], root: Element) -> None:
    """Take the last day of the authorization when all items have the same."""
    found = [
        extension
        for item in root.each("item")
        for extension in item.each("extension")
        if extension.get("url").text == f"{_PAS}itemPreAuthPeriod"
    ]
    ends = {fhir.day(extension.get("valuePeriod", "end")) for extension in found}
    if len(ends) == 1:
        used = (e for x in found for e in (x.get("url"), x.get("valuePeriod", "end")))
        draft.put("approved_until", ends.pop(), *used)


def _put_coverage(reading: Reading, draft: Draft[Determination], root: Element) -> None:
    for item in root.each("insurance"):
        if item.get("focal").is_true:
            draft.put(
                "coverage_id", reading.known("coverage", item.get("coverage")), item.get("coverage")
            )
