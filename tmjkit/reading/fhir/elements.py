"""FHIR's data types as the case writes them: dates, concepts, names, addresses, money.

Each function gives the value and the elements that it used, to hand to `Draft.put`.
"""

import re
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from tmjkit.case import PartialDate
from tmjkit.reading.fhir.resource import NO_FIELD, Element

# FHIR names each code system by its address: https://hl7.org/fhir/R4/terminologies-systems.html
ICD_10_CM: Final = ("http://hl7.org/fhir/sid/icd-10-cm", "urn:oid:2.16.840.1.113883.6.90")
LOINC: Final = ("http://loinc.org", "urn:oid:2.16.840.1.113883.6.1")
SNOMED: Final = ("http://snomed.info/sct",)
CPT: Final = ("http://www.ama-assn.org/go/cpt", "urn:oid:2.16.840.1.113883.6.12")
HCPCS_LEVEL_2: Final = (
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "urn:oid:2.16.840.1.113883.6.285",
)
CDT: Final = (
    "http://www.ada.org/cdt",
    "http://ada.org/cdt",
    "http://terminology.hl7.org/CodeSystem/CD2",
)
PROCEDURES: Final = CPT + HCPCS_LEVEL_2 + CDT
NPI: Final = ("http://hl7.org/fhir/sid/us-npi", "urn:oid:2.16.840.1.113883.4.6")
EIN: Final = ("urn:oid:2.16.840.1.113883.4.4", "http://hl7.org/fhir/sid/us-ein")

_DATE = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(T\d{2}:\d{2}.*)?")
_CENT = Decimal("0.01")
_NOISE = Decimal("0.00001")

Used = tuple[Element, ...]


class Found(NamedTuple):
    """A text with the elements that it came from."""

    text: str
    used: Used


NOTHING: Final = Found("", ())


def day(element: Element) -> PartialDate | None:
    """Read a date, dateTime or instant as the calendar date that is written there.

    The zone is left aside: the sender wrote the day as it was where the patient was seen, and
    moving it to another zone can move it to another day
    (https://hl7.org/fhir/R4/datatypes.html#dateTime).
    """
    text = element.text
    if not text:
        return None
    match = _DATE.fullmatch(text)
    try:
        return PartialDate.parse(match[1] if match else text)
    except ValueError:
        element.explain("should be a date or dateTime as FHIR writes it, from 1880 to 2199")
        return None


def one_day(period: Element) -> tuple[PartialDate | None, Used]:
    """Read a Period that lies within one day; a longer one is not a day."""
    start, end = day(period.get("start")), day(period.get("end"))
    if start is None or (end is not None and end != start):
        if period:
            period.explain("a period of several days, where the case file has one date")
        return None, ()
    return start, (period.get("start"), period.get("end"))


def words(concept: Element) -> Found:
    """Return what a CodeableConcept says in words; displays that repeat them are used too."""
    displays = [coding.get("display") for coding in concept.each("coding")]
    said = concept.get("text")
    text = said.text or next((display.text for display in displays if display.text), "")
    repeats = [d for d in displays if d and d.text.casefold() == text.casefold()]
    used = ([said] if said.text else []) + repeats
    return Found(text, tuple(used)) if text else NOTHING


def coding(concept: Element, systems: Collection[str]) -> Element:
    """Return the first Coding of one of the systems; an empty element when there is none."""
    for item in concept.each("coding"):
        if item.get("system").text in systems and item.get("code").text:
            return item
    return concept.get("coding").get("none")


def code_of(item: Element) -> Used:
    """Return the elements of a Coding that say which code it is."""
    return (item.get("system"), item.get("code"), item.get("version"), item.get("userSelected"))


def has_code(concept: Element, codes: Collection[str]) -> bool:
    """Tell whether any Coding has one of the codes, whatever its system."""
    return any(item.get("code").text in codes for item in concept.each("coding"))


def icd10(concept: Element) -> Found:
    """Return the ICD-10-CM code with its dot, which many senders leave out."""
    item = coding(concept, ICD_10_CM)
    code = item.get("code").text.upper()
    if len(code) > 3 and "." not in code:  # noqa: PLR2004 -- the category has three characters
        code = f"{code[:3]}.{code[3:]}"
    return Found(code, code_of(item)) if code else NOTHING


def person_name(name: Element) -> tuple[Found, Found]:
    """Return given names and family name of a HumanName."""
    given = [item for item in name.each("given") if item.text]
    family = name.get("family")
    return (
        Found(" ".join(item.text for item in given), tuple(given)),
        Found(family.text, (family,) if family else ()),
    )


def best_name(names: Iterable[Element]) -> Element | None:
    """Choose the name to use now: official, then usual, then any that is not an old one."""
    order = {"official": 0, "usual": 1, "": 2}
    ranked = [
        (order.get(name.get("use").text, 3), place, name)
        for place, name in enumerate(names)
        if name.get("use").text not in ("old", "maiden", "temp")
    ]
    return min(ranked, key=lambda row: row[:2])[2] if ranked else None


def telecom(points: Iterable[Element], system: str) -> Found:
    """Return the first number or address of a kind (phone, fax, email) that is still in use."""
    ranked = []
    for place, point in enumerate(points):
        if point.get("system").text == system and point.get("use").text != "old":
            rank = point.get("rank").number
            ranked.append((rank if rank is not None else Decimal(1), place, point))
    if not ranked:
        return NOTHING
    point = min(ranked, key=lambda row: row[:2])[2]
    return Found(point.get("value").text, (point,)) if point.get("value").text else NOTHING


def address(places: Iterable[Element]) -> tuple[dict[str, str], Used]:
    """Return the address to write to, as the fields of an `Address`."""
    ranked = [place for place in places if place.get("use").text not in ("old", "temp", "billing")]
    if not ranked:
        return {}, ()
    place = ranked[0]
    lines = [line for line in place.each("line") if line.text]
    used = [*lines, place.get("use"), place.get("type")]
    fields = {"line": ", ".join(line.text for line in lines)}
    for name, key in (("city", "city"), ("postal_code", "postalCode")):
        fields[name] = place.get(key).text
        used.append(place.get(key))
    state = place.get("state").text
    if state:
        fields["state"] = STATE_NAMES.get(state.casefold(), state)
        used.append(place.get("state"))
    country = place.get("country")
    if country.text.upper() in ("US", "USA", "UNITED STATES", "UNITED STATES OF AMERICA"):
        used.append(country)
    elif country:
        country.explain("the case file has addresses in the United States only")
    whole = place.get("text")
    if not lines and not fields["city"] and whole.text:
        fields["line"] = whole.text
        used.append(whole)
    return {key: value for key, value in fields.items() if value}, tuple(used)


def money(amount: Element) -> tuple[Decimal | None, Used]:
    """Return an amount in US dollars and cents.

    Noise behind the cents from a sender's binary arithmetic is rounded away; a real fraction
    of a cent is not an amount of money and is listed.
    """
    value = amount.get("value").number
    if value is None:
        return None, ()
    if amount.get("currency").text not in ("", "USD"):
        amount.explain("the case file has amounts in US dollars only")
        return None, ()
    cents = value.quantize(_CENT) if abs(value) < Decimal(10**9) else value
    if abs(cents - value) > _NOISE:
        amount.explain("should be an amount in dollars and whole cents")
        return None, ()
    return cents, (amount.get("value"), amount.get("currency"))


def same_text(element: Element, text: str) -> bool:
    """Tell whether an element says the same words."""
    return bool(text) and element.text.casefold() == text.casefold()


def unread(elements: Iterable[Element], why: str = NO_FIELD) -> None:
    """List elements of which only one can be held."""
    for element in elements:
        element.explain(why)


_NAMES = """
AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|
DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|
KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|
MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|
NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|
PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|
VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|AS American Samoa|
GU Guam|MP Northern Mariana Islands|PR Puerto Rico|VI Virgin Islands
"""
STATE_NAMES: Final = {
    entry.strip()[3:].casefold(): entry.strip()[:2] for entry in _NAMES.split("|") if entry.strip()
}
