"""The small pieces of a FHIR resource: ids, references, concepts, and text that is safe in one."""

import re
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from tmjkit.letters.value import clean

PAS: Final = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition"
X12: Final = "https://codesystem.x12.org/005010"
ICD_10_CM: Final = "http://hl7.org/fhir/sid/icd-10-cm"
NPI: Final = "http://hl7.org/fhir/sid/us-npi"
NDC: Final = "http://hl7.org/fhir/sid/ndc"
URI: Final = "urn:ietf:rfc:3986"
_CPT: Final = "http://www.ama-assn.org/go/cpt"
_CDT: Final = "http://www.ada.org/cdt"
_HCPCS: Final = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
# Modifiers of CPT are two digits, and P1 to P6 and 1P to 8P; all others are of HCPCS Level II.
_CPT_MODIFIER: Final = re.compile(r"[0-9]{2}|P[1-6]|[1-8]P")

# Fixed for good: another namespace would give every request that was sent another identifier.
_NAMESPACE: Final = uuid.UUID("6b0f6c1e-4a0a-5d0e-9d3f-0c6f5f3f1b7a")

Resource = dict[str, Any]


def uid(*parts: str) -> str:
    """Return the UUID (RFC 4122, version 5) that stands for the parts, the same each time.

    A hash, so that nothing of a record's own id can be read from it.
    """
    return str(uuid.uuid5(_NAMESPACE, "/".join(parts)))


def resource(kind: str, resource_id: str, profile: str, **content: Any) -> Resource:
    """Make a resource with its profile, without what is empty."""
    head = {"resourceType": kind, "id": resource_id, "meta": {"profile": [f"{PAS}/{profile}"]}}
    return {**head, **filled(content)}


def filled(content: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is empty: FHIR has no empty elements (https://hl7.org/fhir/R4/json.html)."""
    return {key: value for key, value in content.items() if value not in (None, "", [], {})}


def pointer(target: Resource) -> dict[str, str]:
    """Refer to another resource of the bundle."""
    return {"reference": full_url(target)}


def full_url(target: Resource) -> str:
    """Return the address of a resource inside the bundle."""
    return f"urn:uuid:{target['id']}"


def concept(system: str, code: str, text: str = "") -> dict[str, Any]:
    """Make a CodeableConcept; a code without its display, which is its owner's text."""
    return filled({"coding": [{"system": system, "code": code}], "text": said(text)})


def procedure(code: str, text: str = "") -> dict[str, Any]:
    """Make the concept of a CPT, HCPCS Level II or CDT code, with the clinic's own words.

    CDT codes are D and four digits, other HCPCS Level II codes another letter and four digits.
    """
    if code.startswith("D"):
        return concept(_CDT, code, text)
    return concept(_HCPCS if code[0].isalpha() else _CPT, code, text)


def modifier(code: str) -> dict[str, Any]:
    """Make the concept of a modifier."""
    return concept(_CPT if _CPT_MODIFIER.fullmatch(code) else _HCPCS, code)


def extension(name: str, **value: Any) -> dict[str, Any]:
    """Make one of the guide's own extensions."""
    return {"url": f"{PAS}/extension-{name}", **value}


def said(text: str) -> str:
    """Return text as one line that FHIR can hold: nothing that is invisible or turns text around.

    A FHIR string has no control characters (https://hl7.org/fhir/R4/datatypes.html#string).
    """
    return clean(text)


def number(value: Decimal) -> int | float:
    """Return a number as JSON writes it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
