"""Patient, Practitioner, PractitionerRole and Organization."""

from tmjkit.case import Address, CaseError, Patient, Provider, ProviderRole, check
from tmjkit.reading.fhir import elements as fhir
from tmjkit.reading.fhir.book import Draft
from tmjkit.reading.fhir.reading import Reading
from tmjkit.reading.fhir.resource import Element, Resource, leaves

_PAYER_LINKS = {"payor", "insurer"}
_OTHER_LINKS = {"assigner", "partOf", "custodian", "managingOrganization"}
_PAYER_TYPES = {"pay", "ins", "PR"}  # HL7 organization-type; X12 98
_PROVIDER_TYPES = {"prov"}


def read_patient(reading: Reading, resource: Resource) -> None:
    """Map the Patient to the case's patient."""
    root, draft = resource.root, Draft(Patient)
    name = fhir.best_name(root.each("name"))
    if name is not None:
        given, family = fhir.person_name(name)
        use = name.get("use")
        draft.put("given", given.text, *given.used, use)
        draft.put("family", family.text, *family.used, use)
        if not (given.text or family.text):
            draft.text("family", name.get("text"))
        elif fhir.same_text(name.get("text"), f"{given.text} {family.text}".strip()):
            name.get("text").understood()
    draft.put("birth_date", fhir.day(root.get("birthDate")), root.get("birthDate"))
    draft.text("gender", root.get("gender"))
    _put_contact(draft, root, "phone", "email")
    _put_address(draft, root)
    spoken = root.each("communication")
    preferred = [item for item in spoken if item.get("preferred").is_true] or list(spoken)
    if len(preferred) == 1:
        language = fhir.words(preferred[0].get("language"))
        code = fhir.coding(preferred[0].get("language"), ("urn:ietf:bcp:47",))
        said = language.text or code.get("code").text
        draft.put(
            "language", said, *language.used, *fhir.code_of(code), preferred[0].get("preferred")
        )
    root.get("active").understood()
    reading.book.add(draft, reading.case.patient.id, resource)


def read_providers(reading: Reading) -> None:
    """Map clinicians and clinics to providers, and list who is neither."""
    for resource in reading.of_type("Practitioner"):
        _read_practitioner(reading, resource)
    links = _links(reading)
    for resource in reading.of_type("Organization"):
        _read_organization(reading, resource, links.get(resource.identity, set()))
    for resource in reading.of_type("PractitionerRole"):
        _read_role(reading, resource)


def _read_practitioner(reading: Reading, resource: Resource) -> None:
    root, draft = resource.root, Draft(Provider)
    name = fhir.best_name(root.each("name"))
    if name is not None:
        given, family = fhir.person_name(name)
        prefix = [item for item in name.each("prefix") if item.text]
        parts = (*(item.text for item in prefix), given.text, family.text)
        full = " ".join(part for part in parts if part)
        used = (*prefix, *given.used, *family.used, name.get("use"))
        if given.text or family.text:
            draft.put("name", full, *used)
        else:
            draft.text("name", name.get("text"))
    degrees = _degrees(root, name)
    draft.put(
        "qualification", ", ".join(text for text, _ in degrees), *(e for _, u in degrees for e in u)
    )
    draft.put("role", ProviderRole.OTHER)
    _put_identifiers(draft, root)
    _put_contact(draft, root, "phone", "fax", "email")
    _put_address(draft, root)
    root.get("active").understood()
    reading.book.add(draft, reading.id_of("provider", resource), resource)


def _degrees(root: Element, name: Element | None) -> list[tuple[str, fhir.Used]]:
    suffixes = name.each("suffix") if name is not None else ()
    found: list[tuple[str, fhir.Used]] = [(s.text, (s,)) for s in suffixes if s.text]
    for item in root.each("qualification"):
        said = fhir.words(item.get("code"))
        if said.text and said.text not in [text for text, _ in found]:
            found.append((said.text, said.used))
    return found


def _read_organization(reading: Reading, resource: Resource, links: set[str]) -> None:
    root = resource.root
    kinds = root.each("type")
    numbers = root.each("identifier")
    pays = bool(links & _PAYER_LINKS) or any(fhir.has_code(k, _PAYER_TYPES) for k in kinds)
    pays = pays or any(fhir.has_code(n.get("type"), {"payerid"}) for n in numbers)
    treats = bool(links - _PAYER_LINKS - _OTHER_LINKS)
    treats = treats or any(fhir.has_code(k, _PROVIDER_TYPES) for k in kinds)
    treats = treats or (not pays and any(n.get("system").text in fhir.NPI for n in numbers))
    if not treats:
        resource.refuse(
            "a payer is held in its coverage, with name, payer id and phone"
            if pays
            else "whether it is a provider or a payer does not show in the file"
        )
        return
    draft = Draft(Provider)
    draft.text("name", root.get("name"))
    draft.put(
        "role", ProviderRole.FACILITY, *(k for k in kinds if fhir.has_code(k, _PROVIDER_TYPES))
    )
    _put_identifiers(draft, root)
    _put_contact(draft, root, "phone", "fax", "email")
    _put_address(draft, root)
    root.get("active").understood()
    reading.book.add(draft, reading.id_of("provider", resource), resource)


def _read_role(reading: Reading, resource: Resource) -> None:
    root = resource.root
    person = root.get("practitioner")
    provider_id = reading.provider(person) if person else None
    if provider_id is None:
        resource.refuse("the practitioner it is about is neither in this file nor in the case")
        return
    draft = Draft(Provider)
    fields = [fhir.words(item) for item in root.each("specialty")]
    said = [field for field in fields if field.text]
    draft.put("specialty", ", ".join(f.text for f in said), *(e for f in said for e in f.used))
    clinic = root.get("organization")
    target = reading.file.resolve(clinic)
    if target is not None:
        draft.put("organization", target.root.get("name").text, clinic)
    else:
        draft.text("organization", clinic.get("display"))
    _put_identifiers(draft, root)
    _put_contact(draft, root, "phone", "fax", "email")
    person.understood()
    root.get("active").understood()
    reading.book.add(draft, provider_id, resource)


def _links(reading: Reading) -> dict[str, set[str]]:
    """Return for every Organization under which names other resources point to it."""
    found: dict[str, set[str]] = {}
    for resource in reading.file.resources:
        for path in leaves(resource.data):
            if path[-1] != "reference" or path[0] == "contained":
                continue
            element = resource.root
            for step in path[:-1]:
                element = _step(element, step)
            target = reading.file.resolve(element)
            if target is not None and target.type == "Organization":
                names = [step for step in path[:-1] if isinstance(step, str)]
                found.setdefault(target.identity, set()).add(names[-1])
    return found


def _step(element: Element, step: str | int) -> Element:
    if isinstance(step, str):
        return element.get(step)
    items = element.value if isinstance(element.value, list) else []
    return Element(element.resource, (*element.path, step), items[step])


def _put_identifiers(draft: Draft[Provider], root: Element) -> None:
    for item in root.each("identifier"):
        system, kind = item.get("system").text, item.get("type")
        used = (item.get("system"), item.get("value"), item.get("use"), kind)
        if system in fhir.NPI:
            draft.put("npi", item.get("value").text, *used)
        elif system in fhir.EIN or fhir.has_code(kind, {"TAX", "EN"}):
            number = item.get("value").text
            plain = len(number) == 9 and number.isdecimal()  # noqa: PLR2004 -- an EIN has nine digits
            draft.put("tax_id", f"{number[:2]}-{number[2:]}" if plain else number, *used)


def _put_contact(draft: Draft[Patient] | Draft[Provider], root: Element, *systems: str) -> None:
    for system in systems:
        found = fhir.telecom(root.each("telecom"), system)
        draft.put(system, found.text, *found.used)


def _put_address(draft: Draft[Patient] | Draft[Provider], root: Element) -> None:
    fields, used = fhir.address(root.each("address"))
    if not fields:
        return
    try:
        place = check(Address, fields)
    except CaseError as error:
        wrong = {problem.field for problem in error.problems}
        for element in used:
            if element.path[-1] == "state" or "state" not in wrong:
                element.explain(error.problems[0].accepted)
        fields = {key: value for key, value in fields.items() if key not in wrong}
        used = tuple(element for element in used if element.path[-1] not in wrong)
        place = check(Address, fields)
    draft.put("address", place, *used)
