"""Procedure, MedicationRequest and MedicationStatement to treatments and botulinum sessions."""

from typing import TypeVar

from tmjkit.case import HCPCS, BotulinumSession, ToxinProduct, Treatment
from tmjkit.reading.fhir import elements as fhir
from tmjkit.reading.fhir.book import Draft
from tmjkit.reading.fhir.medications import medication_kind
from tmjkit.reading.fhir.procedures import (
    procedure_kind,
    purpose_of,
    says_botulinum,
    toxin_product,
)
from tmjkit.reading.fhir.reading import Reading, notes
from tmjkit.reading.fhir.resource import Element, Resource

D = TypeVar("D", Treatment, BotulinumSession)

_UNITS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month"}


def read_procedures(reading: Reading) -> None:
    """Map each Procedure that was done to a treatment, or to a botulinum session."""
    for resource in reading.of_type("Procedure"):
        _read_procedure(reading, resource)


def _read_procedure(reading: Reading, resource: Resource) -> None:
    root = resource.root
    concepts = (root.get("code"), *root.each("usedCode"))
    coded = [
        item
        for concept in concepts
        for item in concept.each("coding")
        if item.get("system").text in fhir.PROCEDURES and item.get("code").text
    ]
    names = [element.text for concept in concepts for element in _all_words(concept)]
    product = toxin_product([item.get("code").text for item in coded], names)
    if product is not None and root.get("status").text != "in-progress":
        session = _session(root, product, concepts, coded)
        _finish(reading, session, "session", resource)
        return
    treatment = _course(root, coded)
    if says_botulinum(names):
        resource.remark(
            root.get("code"),
            "botulinum toxin whose product is not named is entered as a treatment: "
            "enter the session by hand",
        )
    _finish(reading, treatment, "treatment", resource)


def _session(
    root: Element, product: ToxinProduct, concepts: tuple[Element, ...], coded: list[Element]
) -> Draft[BotulinumSession]:
    draft = Draft(BotulinumSession)
    draft.put("product", product)
    for item in coded:
        if item.get("code").text == HCPCS.get(product):
            draft.put("hcpcs", item.get("code").text, *fhir.code_of(item))
        else:
            draft.note("Code", item.get("code").text, *fhir.code_of(item))
    for concept in concepts:
        named = fhir.words(concept)
        draft.note("Procedure", named.text, *named.used)
    when = root.get("performedDateTime")
    draft.put("date", fhir.day(when), when)
    date, used = fhir.one_day(root.get("performedPeriod"))
    draft.put("date", date, *used)
    return draft


def _course(root: Element, coded: list[Element]) -> Draft[Treatment]:
    draft = Draft(Treatment, "name")
    said = fhir.words(root.get("code"))
    codes = [item.get("code").text for item in coded]
    draft.put("kind", procedure_kind(codes, said.text))
    draft.put("name", said.text or next(iter(codes), ""), *said.used)
    for item in coded:
        draft.note("Code", item.get("code").text, *fhir.code_of(item))
    _put_span(draft, root)
    return draft


def _finish(reading: Reading, draft: Draft[D], kind: str, resource: Resource) -> None:
    _put_circumstances(reading, draft, resource.root)
    for text, note in notes(resource.root):
        draft.note("Note", text, note)
    quote = fhir.words(resource.root.get("code")).text
    draft.put("purpose", purpose_of([quote, *draft.noted()]))
    reading.book.add(draft, reading.id_of(kind, resource), resource, quote=quote)


def _all_words(concept: Element) -> list[Element]:
    return [concept.get("text"), *(item.get("display") for item in concept.each("coding"))]


def _put_span(draft: Draft[Treatment], root: Element) -> None:
    when = root.get("performedDateTime")
    going_on = root.get("status").text == "in-progress"
    draft.put("start", fhir.day(when), when)
    if not going_on:
        draft.put("end", fhir.day(when), when)
    period = root.get("performedPeriod")
    draft.put("start", fhir.day(period.get("start")), period.get("start"))
    draft.put("end", fhir.day(period.get("end")), period.get("end"))
    draft.put("ongoing", (going_on and not draft.has("end")) or None)


def _put_circumstances(reading: Reading, draft: Draft[D], root: Element) -> None:
    status = root.get("status")
    if status.text in ("completed", "in-progress"):
        status.understood()
    else:
        draft.note("Status", status.text, status)
    for place in root.each("bodySite"):
        said = fhir.words(place)
        draft.note("Site", said.text, *said.used)
    _note_reasons(reading, draft, root)
    for label, key in (("Outcome", "outcome"), ("Status reason", "statusReason")):
        said = fhir.words(root.get(key))
        draft.note(label, said.text, *said.used)
    for concept in root.each("complication"):
        said = fhir.words(concept)
        draft.put("adverse_effects", said.text, *said.used)
    for item in root.each("performer"):
        actor = item.get("actor")
        if not draft.has("provider_id"):
            draft.link("provider_id", actor, reading.provider(actor))


def _note_reasons(reading: Reading, draft: Draft[D], root: Element) -> None:
    """Keep what it was for."""
    for concept in root.each("reasonCode"):
        said = fhir.words(concept)
        draft.note("For", said.text, *said.used)
    for reference in root.each("reasonReference"):
        target = reading.file.resolve(reference)
        text = reference.get("display").text
        if target is not None and target.type == "Condition":
            text = fhir.words(target.root.get("code")).text or text
        if text:
            draft.note("For", text, reference)


def read_medications(reading: Reading) -> None:
    """Map each prescription, and each statement of what is taken, to a treatment."""
    asked_for = _asked_for(reading)
    for resource in reading.of_type("MedicationRequest"):
        intent = resource.root.get("intent").text
        if resource.identity in asked_for:
            resource.refuse("a request for authorization asks for it, so it is not given yet")
        elif intent in ("proposal", "plan", "option"):
            resource.refuse(f"a medication that was only meant as '{intent}' is no treatment")
        else:
            _read_medication(reading, resource, "authoredOn", "dosageInstruction")
    for resource in reading.of_type("MedicationStatement"):
        _read_medication(reading, resource, "effectiveDateTime", "dosage")


def _asked_for(reading: Reading) -> set[str]:
    """Return the orders that a request for authorization asks for.

    Prior Authorization Support names the order behind a line in an extension of the line
    (http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-requestedService).
    """
    return {
        reading.file.identity(extension.get("valueReference"))
        for resource in reading.of_type("Claim")
        if resource.root.get("use").text == "preauthorization"
        for item in resource.root.each("item")
        for extension in item.each("extension")
        if extension.get("url").text.endswith("/extension-requestedService")
    }


def _read_medication(reading: Reading, resource: Resource, when: str, dosage: str) -> None:
    root, draft = resource.root, Draft(Treatment, "name")
    said = _medication_name(reading, root)
    draft.put("kind", medication_kind(said.text))
    draft.put("name", said.text, *said.used)
    doses = root.each(dosage)
    bounds = next(iter(doses), root.get("effectivePeriod"))
    bounds = bounds.get("timing", "repeat", "boundsPeriod")
    for period in (bounds, root.get("effectivePeriod")):
        draft.put("start", fhir.day(period.get("start")), period.get("start"))
        draft.put("end", fhir.day(period.get("end")), period.get("end"))
    draft.put("start", fhir.day(root.get(when)), root.get(when))
    said_doses = [_dose(item) for item in doses]
    texts = [found.text for found in said_doses if found.text]
    draft.put("dose", "; ".join(texts), *(e for found in said_doses for e in found.used))
    if root.get("status").text == "active" and not draft.has("end"):
        draft.put("ongoing", value=True)
    _note_status(draft, root)
    _note_reasons(reading, draft, root)
    for text, note in notes(root):
        draft.note("Note", text, note)
    for key in ("requester", "informationSource"):
        person = root.get(key)
        target = reading.file.resolve(person)
        if target is not None and target.type == "Patient":
            person.understood()
        elif person:
            draft.link("provider_id", person, reading.provider(person))
    source = reading.file.resolve(root.get("informationSource"))
    by_patient = source is not None and source.type == "Patient"
    record_id = reading.id_of("treatment", resource)
    draft.put("purpose", purpose_of([said.text, *draft.noted()]))
    reading.book.add(draft, record_id, resource, quote=said.text, by_patient=by_patient)


def _medication_name(reading: Reading, root: Element) -> fhir.Found:
    said = fhir.words(root.get("medicationCodeableConcept"))
    reference = root.get("medicationReference")
    target = reading.file.resolve(reference)
    if said.text or not reference:
        return said
    if target is None or target.type != "Medication":
        display = reference.get("display")
        return fhir.Found(display.text, (reference,) if display.text else ())
    named = fhir.words(target.root.get("code"))
    return fhir.Found(named.text, (reference, *named.used))


def _note_status(draft: Draft[Treatment], root: Element) -> None:
    status, intent = root.get("status"), root.get("intent")
    if status.text == "active":
        status.understood()
    else:
        draft.note("Status", status.text, status)
    if intent.text.endswith("order"):
        intent.understood()
    reason = root.get("statusReason")
    for concept in root.each("statusReason") if isinstance(reason.value, list) else (reason,):
        said = fhir.words(concept)
        draft.note("Status reason", said.text, *said.used)


def _dose(item: Element) -> fhir.Found:
    """Return a Dosage in words: its own, or put together from its parts."""
    own = item.get("text")
    sequence = item.get("sequence")
    if own.text:
        return fhir.Found(own.text, (own, sequence))
    parts: list[str] = []
    used: list[Element] = []
    for rate in item.each("doseAndRate"):
        quantity = rate.get("doseQuantity")
        if quantity.get("value").number is not None:
            parts.append(f"{quantity.get('value').number:f} {quantity.get('unit').text}".strip())
            used.extend((quantity.get("value"), quantity.get("unit")))
    route = fhir.words(item.get("route"))
    timing = fhir.words(item.get("timing", "code"))
    parts += [text for text in (route.text, timing.text) if text]
    used += [*route.used, *timing.used]
    if not timing.text:
        often = _frequency(item.get("timing", "repeat"))
        parts += [often.text] if often.text else []
        used += often.used
    if item.get("asNeededBoolean").is_true:
        parts.append("as needed")
        used.append(item.get("asNeededBoolean"))
    need = fhir.words(item.get("asNeededCodeableConcept"))
    if need.text:
        parts.append(f"as needed for {need.text}")
        used += need.used
    return fhir.Found(", ".join(parts), (*used, sequence)) if parts else fhir.NOTHING


def _frequency(repeat: Element) -> fhir.Found:
    times, period, unit = (repeat.get(key) for key in ("frequency", "period", "periodUnit"))
    name = _UNITS.get(unit.text)
    if times.number is None or period.number is None or name is None:
        return fhir.NOTHING
    every = name if period.number == 1 else f"{period.number:f} {name}s"
    word = "time" if times.number == 1 else "times"
    return fhir.Found(f"{times.number:f} {word} every {every}", (times, period, unit))
