"""Condition to diagnosis, Observation to measurement."""

from typing import Final

from tmjkit.case import SCALES, Diagnosis, Instrument, Measurement, Purpose, Side
from tmjkit.reading.fhir import elements as fhir
from tmjkit.reading.fhir.book import Draft
from tmjkit.reading.fhir.procedures import purpose_of
from tmjkit.reading.fhir.reading import Reading, notes
from tmjkit.reading.fhir.resource import Element, Resource

# LOINC codes of total scores. 72514-3 is in the Synthea and US Core examples; 44261-6 and
# 70274-6 are the HL7 Personal Health Record guide's scored assessments (build.fhir.org/ig/HL7/
# personal-health-record-format-ig). 69737-5 is the GAD-7 panel, not its score, and no code for
# the total of the PHQ-4 could be confirmed, so neither is here.
_INSTRUMENTS: Final = {
    "72514-3": Instrument.NRS_PAIN,
    "44261-6": Instrument.PHQ_9,
    "70274-6": Instrument.GAD_7,
}
_SCORE_UNITS = {"", "1", "{score}", "score", "points", "/10"}
# SNOMED CT laterality qualifiers.
_SIDES: Final = {"7771000": Side.LEFT, "24028007": Side.RIGHT, "51440002": Side.BOTH}
# ICD-10-CM: disorders of the temporomandibular joint, and myalgia of mastication muscle.
_JAW_CODES: Final = ("M26.6", "M79.11")
_ENDED = {"resolved", "inactive", "remission"}
_GOING_ON = {"active", "recurrence", "relapse"}


def read_conditions(reading: Reading) -> None:
    """Map each Condition to a diagnosis."""
    for resource in reading.of_type("Condition"):
        doubt = resource.root.get("verificationStatus")
        if fhir.has_code(doubt, {"entered-in-error", "refuted"}):
            resource.refuse("it was refuted or entered in error, so it is no diagnosis")
        else:
            _read_condition(reading, resource)


def _read_condition(reading: Reading, resource: Resource) -> None:
    root, draft = resource.root, Draft(Diagnosis, "code", "text")
    concept = root.get("code")
    code, said = fhir.icd10(concept), fhir.words(concept)
    draft.put("code", code.text, *code.used)
    draft.put("text", said.text, *said.used)
    names_joint = (code.text or "").startswith(_JAW_CODES)
    draft.put("purpose", Purpose.JAW if names_joint else purpose_of([said.text]))
    draft.put("recorded_date", fhir.day(root.get("recordedDate")), root.get("recordedDate"))
    for name in ("onset", "abatement"):
        _put_time(draft, root, name)
    _put_side(draft, root)
    _put_doubt(draft, root)
    severity = fhir.words(root.get("severity"))
    draft.note("Severity", severity.text, *severity.used)
    for text, note in notes(root):
        draft.note("Note", text, note)
    by_patient = False
    for key in ("asserter", "recorder"):
        person = root.get(key)
        target = reading.file.resolve(person)
        if target is not None and target.type == "Patient":
            by_patient = key == "asserter"
            person.understood()
        elif person and not draft.has("asserter_id"):
            draft.link("asserter_id", person, reading.provider(person))
    record_id = reading.id_of("diagnosis", resource)
    reading.book.add(draft, record_id, resource, quote=said.text, by_patient=by_patient)


def _put_time(draft: Draft[Diagnosis], root: Element, name: str) -> None:
    when = root.get(f"{name}DateTime")
    draft.put(name, fhir.day(when), when)
    period = root.get(f"{name}Period")
    edge = period.get("start" if name == "onset" else "end")
    draft.put(name, fhir.day(edge), edge)
    text = root.get(f"{name}String")
    draft.note(name.capitalize(), text.text, text)
    age = root.get(f"{name}Age")
    if age.get("value").number is not None:
        unit = age.get("unit").text or age.get("code").text
        draft.note(f"{name.capitalize()} at age", f"{age.get('value').number} {unit}".strip(), age)


def _put_side(draft: Draft[Diagnosis], root: Element) -> None:
    for place in root.each("bodySite"):
        for item in place.each("coding"):
            side = _SIDES.get(item.get("code").text)
            if side and item.get("system").text in fhir.SNOMED:
                draft.put("side", side, item)
        said = fhir.words(place)
        if said.text.casefold() in ("left", "right"):
            draft.put("side", said.text.casefold(), *said.used)
        else:
            draft.note("Site", said.text, *said.used)


def _put_doubt(draft: Draft[Diagnosis], root: Element) -> None:
    """Keep the two status elements: as nothing where the dates say the same, else in the note."""
    certain = root.get("verificationStatus")
    if fhir.has_code(certain, {"confirmed"}):
        certain.understood()
    else:
        _note_status(draft, "Verification", certain)
    course = root.get("clinicalStatus")
    ended = draft.has("abatement")
    if fhir.has_code(course, _ENDED) if ended else fhir.has_code(course, _GOING_ON):
        course.understood()
    else:
        _note_status(draft, "Clinical status", course)


def _note_status(draft: Draft[Diagnosis], label: str, concept: Element) -> None:
    said = fhir.words(concept).text
    codes = [item.get("code").text for item in concept.each("coding")]
    draft.note(label, said or ", ".join(code for code in codes if code), concept)


def read_observations(reading: Reading) -> None:
    """Map each Observation with a number, and each of its components, to a measurement."""
    for resource in reading.of_type("Observation"):
        _read_observation(reading, resource)


def _read_observation(reading: Reading, resource: Resource) -> None:
    root = resource.root
    parts: list[tuple[Element, str]] = [(root, "")] if _numeric(root) else []
    seen: dict[str, int] = {}
    for component in root.each("component"):
        codes = [item.get("code").text for item in component.get("code").each("coding")]
        name = "|".join(codes) or fhir.words(component.get("code")).text
        seen[name] = seen.get(name, 0) + 1
        if _numeric(component):
            parts.append((component, f"#{name}#{seen[name]}"))
    if not parts:
        resource.refuse("it has no value that is a number, and a measurement holds nothing else")
    read = {part.path for part, _ in parts}
    _explain_values([h for h in (root, *root.each("component")) if h.path not in read])
    for part, key in parts:
        _read_value(reading, resource, part, key)


def _numeric(part: Element) -> bool:
    quantity = part.get("valueQuantity")
    if quantity and quantity.get("comparator").text:
        quantity.explain("a value that is only a bound can't be held as a number")
        return False
    return quantity.get("value").number is not None or part.get("valueInteger").number is not None


def _explain_values(holders: list[Element]) -> None:
    """Say of every value that is no number why it is not held."""
    for holder in holders:
        content = holder.value if isinstance(holder.value, dict) else {}
        for key in content:
            if key.startswith("value"):
                holder.get(key).explain("a measurement of the case file holds a number only")


def _read_value(reading: Reading, resource: Resource, part: Element, key: str) -> None:
    root, draft = resource.root, Draft(Measurement, "name")
    concept = part.get("code")
    said = fhir.words(concept)
    item = fhir.coding(concept, fhir.LOINC)
    quantity, whole = part.get("valueQuantity"), part.get("valueInteger")
    unit = quantity.get("unit") if quantity.get("unit").text else quantity.get("code")
    value = quantity.get("value") if quantity else whole
    instrument = _INSTRUMENTS.get(item.get("code").text, Instrument.OTHER)
    if instrument in SCALES and unit.text not in _SCORE_UNITS:
        # A score with a unit of another kind is not the score that the code promises.
        instrument = Instrument.OTHER
    if instrument is Instrument.OTHER:
        draft.put("instrument", instrument)
        draft.put("name", said.text or item.get("code").text, *(said.used or fhir.code_of(item)))
        draft.put("unit", unit.text, unit)
        if unit.text == quantity.get("code").text:
            quantity.get("code").understood()
            quantity.get("system").understood()
    else:
        draft.put("instrument", instrument, *fhir.code_of(item), *said.used, quantity.get("unit"))
        quantity.get("code").understood()
        quantity.get("system").understood()
    if part.path:
        whole_name = fhir.words(root.get("code"))
        draft.note("Part of", whole_name.text, *whole_name.used)
    draft.put("purpose", purpose_of([said.text]))
    number = value.number
    draft.put("value", float(number) if number is not None else None, value)
    _put_when(draft, root)
    for person in root.each("performer"):
        if not draft.has("performer_id"):
            draft.link("performer_id", person, reading.provider(person))
    status = root.get("status")
    if status.text in ("final", "amended", "corrected"):
        status.understood()
    else:
        draft.note("Status", status.text, status)
    for text, note in notes(root):
        draft.note("Note", text, note)
    record_id = reading.id_of("measurement", resource, key)
    reading.book.add(draft, record_id, resource, quote=said.text)


def _put_when(draft: Draft[Measurement], root: Element) -> None:
    for name in ("effectiveDateTime", "effectiveInstant"):
        draft.put("date", fhir.day(root.get(name)), root.get(name))
    when, used = fhir.one_day(root.get("effectivePeriod"))
    draft.put("date", when, *used)
