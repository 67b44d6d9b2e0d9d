"""Coverage: who pays, under which numbers. What a card alone can't tell is never guessed."""

from typing import Final

from tmjkit.case import Benefit, Coverage, Funding, Product, Relationship
from tmjkit.reading.fhir import elements as fhir
from tmjkit.reading.fhir.book import Draft
from tmjkit.reading.fhir.reading import Reading
from tmjkit.reading.fhir.resource import Element, Resource

_SOPT = ("https://nahdo.org/sopt", "urn:oid:2.16.840.1.113883.3.221.5")
_ACT_CODE = ("http://terminology.hl7.org/CodeSystem/v3-ActCode",)

# Source of Payment Typology (https://nahdo.org/sopt): only the codes that settle who funds the
# plan. Private codes do not tell self-funded from insured, so none of them is here.
_FUNDING: Final = {
    **dict.fromkeys(("11", "111", "112", "113", "119"), Funding.MEDICARE_ADVANTAGE),
    **dict.fromkeys(("12", "121"), Funding.ORIGINAL_MEDICARE),
    "122": Funding.PART_D,
    **dict.fromkeys(("21", "211", "212", "219"), Funding.MEDICAID_MANAGED_CARE),
    "22": Funding.MEDICAID_FFS,
}
# HL7 ActCode, health insurance types (http://terminology.hl7.org/CodeSystem/v3-ActCode).
_PRODUCT: Final = {"HMO": Product.HMO, "PPO": Product.PPO, "POS": Product.POS}
_BENEFIT: Final = {"DENTAL": Benefit.DENTAL, "DRUGPOL": Benefit.PHARMACY}
# http://terminology.hl7.org/CodeSystem/subscriber-relationship
_RELATIONSHIP: Final = {
    "self": Relationship.SELF,
    "spouse": Relationship.SPOUSE,
    "child": Relationship.CHILD,
    "parent": Relationship.OTHER,
    "other": Relationship.OTHER,
}


def read_coverages(reading: Reading) -> None:
    """Map each Coverage to a coverage."""
    for resource in reading.of_type("Coverage"):
        _read_coverage(reading, resource)


def _read_coverage(reading: Reading, resource: Resource) -> None:
    root, draft = resource.root, Draft(Coverage)
    payor = next(iter(root.each("payor")), root.get("payor"))
    _put_payer(reading, draft, payor)
    if not draft.has("payer"):
        resource.refuse("the payer's name is neither in it nor in this file")
        return
    _put_member(draft, root)
    _put_classes(draft, root)
    _put_type(draft, root.get("type"))
    relation = root.get("relationship")
    for item in relation.each("coding"):
        code = _RELATIONSHIP.get(item.get("code").text)
        draft.put("relationship", code, relation)
    _put_subscriber(reading, draft, root)
    draft.put("rank", root.get("order").number, root.get("order"))
    period = root.get("period")
    draft.put("start", fhir.day(period.get("start")), period.get("start"))
    draft.put("end", fhir.day(period.get("end")), period.get("end"))
    status = root.get("status")
    if status.text == "active":
        status.understood()
    else:
        draft.note("Status", status.text, status)
    quote = str(payor.get("display").text)
    reading.book.add(draft, reading.id_of("coverage", resource), resource, quote=quote)


def _put_payer(reading: Reading, draft: Draft[Coverage], payor: Element) -> None:
    target = reading.file.resolve(payor)
    if target is None or target.type != "Organization":
        draft.put("payer", payor.get("display").text, payor.get("display"))
        if payor.get("reference") and not draft.has("payer"):
            payor.explain("the payer it points to is not in this file")
        return
    payer = target.root
    draft.put("payer", payer.get("name").text, payor, payer.get("name"), payer.get("active"))
    draft.put("payer", payor.get("display").text, payor)
    for item in payer.each("identifier"):
        if fhir.has_code(item.get("type"), {"payerid"}):
            draft.put("payer_id", item.get("value").text, item)
    phone = fhir.telecom(payer.each("telecom"), "phone")
    draft.put("phone", phone.text, *phone.used)
    fax = fhir.telecom(payer.each("telecom"), "fax")
    draft.put("fax", fax.text, *fax.used)


def _put_member(draft: Draft[Coverage], root: Element) -> None:
    for item in root.each("identifier"):
        if fhir.has_code(item.get("type"), {"MB"}):
            draft.put("member_id", item.get("value").text, item)
    subscriber = root.get("subscriberId")
    if subscriber.text and subscriber.text == draft.value("member_id"):
        subscriber.understood()
    elif subscriber and draft.has("member_id"):
        draft.note("Subscriber id", subscriber.text, subscriber)
    draft.text("member_id", subscriber)
    dependent = root.get("dependent")
    draft.note("Dependent number", dependent.text, dependent)


def _put_classes(draft: Draft[Coverage], root: Element) -> None:
    for item in root.each("class"):
        kind, name, value = item.get("type"), item.get("name"), item.get("value")
        if fhir.has_code(kind, {"group"}):
            draft.put("group_id", value.text, value, kind)
        elif fhir.has_code(kind, {"plan"}):
            draft.put("plan_name", name.text or value.text, name if name.text else value, kind)


def _put_type(draft: Draft[Coverage], kind: Element) -> None:
    typology = fhir.coding(kind, _SOPT)
    draft.put("funding", _FUNDING.get(typology.get("code").text), typology)
    act = fhir.coding(kind, _ACT_CODE)
    draft.put("product", _PRODUCT.get(act.get("code").text), act)
    draft.put("benefit", _BENEFIT.get(act.get("code").text), act)
    said = fhir.words(kind)
    if said.text and said.text == draft.value("payer"):
        kind.get("text").understood()


def _put_subscriber(reading: Reading, draft: Draft[Coverage], root: Element) -> None:
    """Name the subscriber where it is somebody else; the patient again says nothing new."""
    patient = reading.file.identity(root.get("beneficiary"))
    for key in ("subscriber", "policyHolder"):
        person = root.get(key)
        if not person:
            continue
        target = reading.file.resolve(person)
        if patient and reading.file.identity(person) == patient:
            person.understood()
        elif key == "subscriber" and target is not None:
            name = fhir.best_name(target.root.each("name"))
            if name is not None:
                given, family = fhir.person_name(name)
                whole = f"{given.text} {family.text}".strip()
                draft.put("subscriber", whole, person, *given.used, *family.used)
        elif key == "subscriber":
            draft.text("subscriber", person.get("display"))
