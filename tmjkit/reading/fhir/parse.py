"""From bytes to the resources of a FHIR R4 file, and from a reference to its resource."""

import json
import re
from decimal import Decimal
from typing import Any, Final

from tmjkit.case import CaseError, Problem
from tmjkit.reading.fhir.resource import Element, Resource, leaves

# FHIR's own resources nest less than twenty levels; far more is an accident or an attack.
MAX_DEPTH: Final = 64
_MAX_DIGITS: Final = 400

_TYPE = re.compile(r"[A-Z][A-Za-z]{1,63}")
_RESTFUL = re.compile(
    r"(?:(?P<base>https?://.+)/)?(?P<type>[A-Z][A-Za-z]+)/(?P<id>[A-Za-z0-9.\-]{1,64})"
)
_BUNDLE_STRUCTURE = {
    "resourceType", "id", "meta", "language", "implicitRules", "type", "timestamp", "total",
    "link", "identifier",
}  # fmt: skip
_ENTRY_STRUCTURE = {"fullUrl", "search", "request", "link"}

# How other versions write what R4 writes otherwise: resource, element, kind of value, version.
# Sources: the "R3 Diff" tabs of https://hl7.org/fhir/R4 and "R4 Diff" of https://hl7.org/fhir/R5.
_OTHER_VERSIONS: Final[tuple[tuple[str, str, type, str], ...]] = (
    ("Condition", "clinicalStatus", str, "STU3"),
    ("Condition", "assertedDate", str, "STU3"),
    ("Claim", "information", list, "STU3"),
    ("ExplanationOfBenefit", "information", list, "STU3"),
    ("Coverage", "grouping", dict, "STU3"),
    ("Coverage", "sequence", str, "STU3"),
    ("Procedure", "notDone", bool, "STU3"),
    ("Procedure", "context", dict, "STU3"),
    ("Observation", "context", dict, "STU3"),
    ("MedicationRequest", "context", dict, "STU3"),
    ("MedicationStatement", "taken", str, "STU3"),
    ("MedicationRequest", "medication", dict, "R5"),
    ("MedicationStatement", "medication", dict, "R5"),
    ("Procedure", "occurrenceDateTime", str, "R5"),
    ("Procedure", "occurrencePeriod", dict, "R5"),
    ("Coverage", "insurer", dict, "R5"),
    ("Coverage", "kind", str, "R5"),
)


class FhirError(CaseError):
    """A file that can't be read as FHIR R4.

    `str()` names resource and element, `explain()` the file's name and the values too: a file
    name can hold a patient's.

    Attributes
    ----------
    name
        Name of the file. Never log it.
    """

    def __init__(self, name: str, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.name = name

    def explain(self) -> str:
        """Say what is wrong, with the file's name and the values."""
        return f"{self.name}: {super().explain()}"


class FhirFile:
    """The resources of one file.

    Parameters
    ----------
    data
        The bytes: one resource or one Bundle as JSON in UTF-8.
    name
        Name of the file, for messages.

    Raises
    ------
    FhirError
        When it is not FHIR R4 as JSON.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._whole = self._load(data)
        self.resources: list[Resource] = []
        self.bundle = Resource({}, "", "", None)
        if self._type_of(self._whole, "file") == "Bundle":
            self.bundle = Resource(self._whole, "file", "", None)
            self._read_bundle()
        else:
            self._add(self._whole, "file", "", None)
        self._by_url: dict[str, Resource] = {}
        self._by_name: dict[str, list[Resource]] = {}
        self._by_identity: dict[str, Resource] = {}
        self._inside: dict[tuple[int, str], Resource] = {}
        for resource in self.resources:
            self._index(resource)

    def total(self) -> int:
        """Return how many single values the file holds."""
        return sum(1 for _ in leaves(self._whole))

    def resolve(self, reference: Element) -> Resource | None:
        """Return the resource of this file that a Reference points to.

        Rules: https://hl7.org/fhir/R4/references.html and bundle.html#references. A chain of
        references is never followed here, so circles do no harm.
        """
        text = reference.get("reference").text
        return self.find(text, reference.resource) if text else None

    def find(self, text: str, home: Resource | None = None) -> Resource | None:
        """Return the resource of this file that the text of a reference names."""
        if text.startswith("#"):
            return self._contained(text[1:], home)
        text = text.partition("/_history/")[0]
        if text.casefold() in self._by_url:
            return self._by_url[text.casefold()]
        parts = _RESTFUL.fullmatch(text)
        if parts is None:
            return None
        named = self._by_name.get(f"{parts['type']}/{parts['id']}", [])
        base = parts["base"] or (home.base if home else "")
        for resource in named:
            if resource.base == base:
                return resource
        # Without a base on one of the two sides, type and id have to do, when they are unique.
        loose = [r for r in named if not (parts["base"] and r.base)]
        return loose[0] if len(loose) == 1 else None

    def identity(self, reference: Element) -> str:
        """Return the identity of what a Reference points to, be it in this file or not."""
        target = self.resolve(reference)
        if target is not None:
            return target.identity
        text = reference.get("reference").text.partition("/_history/")[0]
        parts = _RESTFUL.fullmatch(text)
        if parts is None:
            return text
        base = parts["base"] or reference.resource.base
        return f"{base}|{parts['type']}/{parts['id']}"

    def error(self, resource: str, element: str, accepted: str, value: object = None) -> FhirError:
        """Make the error for one element."""
        return FhirError(self.name, [Problem(resource, element, accepted, value)])

    def bundle_leaves(self) -> tuple[int, list[str]]:
        """Return how many leaves of the Bundle itself are structural, and the other paths."""
        structural, rest = 0, []
        inside = set(self._entries_read)
        for path in leaves(self.bundle.data) if self.bundle.data else ():
            if path[0] == "entry" and len(path) > 2 and path[1] in inside and path[2] == "resource":  # noqa: PLR2004 -- entry[n].resource
                continue
            own = path[0] in _BUNDLE_STRUCTURE or path == ("entry",)
            entry = len(path) > 2 and path[0] == "entry" and path[2] in _ENTRY_STRUCTURE  # noqa: PLR2004 -- entry[n].fullUrl
            if own or entry:
                structural += 1
            else:
                rest.append(".".join(str(step) for step in path if isinstance(step, str)))
        return structural, rest

    def _load(self, data: bytes) -> dict[str, Any]:
        def refuse(accepted: str) -> FhirError:
            return self.error("file", "", accepted)

        if data.lstrip()[:1] == b"<":
            raise refuse("should be FHIR as JSON, not as XML: ask the sender for JSON")
        try:
            whole = json.loads(
                data.decode("utf-8-sig"),
                parse_float=_decimal,
                parse_int=_integer,
                parse_constant=_no_constant,
                object_pairs_hook=_no_doubles,
            )
        except json.JSONDecodeError as error:
            lines = error.msg.startswith("Extra data")
            hint = "; it holds several: send them as one Bundle" if lines else ""
            raise refuse(f"should be one JSON object (line {error.lineno}){hint}") from None
        except UnicodeDecodeError:
            raise refuse("should be JSON in UTF-8") from None
        except _RefusedError as error:
            raise refuse(str(error)) from None
        except RecursionError:
            raise refuse(f"should not be nested deeper than {MAX_DEPTH} levels") from None
        if not isinstance(whole, dict):
            raise refuse("should be one JSON object: a FHIR resource or a Bundle")
        if _deeper_than(whole, MAX_DEPTH):
            raise refuse(f"should not be nested deeper than {MAX_DEPTH} levels")
        return whole

    def _type_of(self, data: dict[str, Any], place: str) -> str:
        found = data.get("resourceType")
        if not isinstance(found, str) or not _TYPE.fullmatch(found):
            accepted = "should name a FHIR R4 resource, such as 'Patient' or 'Bundle'"
            raise self.error(place, "resourceType", accepted, found)
        return found

    def _read_bundle(self) -> None:
        entries = self._whole.get("entry", [])
        self._entries_read: list[int] = []
        if not isinstance(entries, list):
            raise self.error("Bundle", "entry", "should be a list of entries")
        for place, entry in enumerate(entries):
            content = entry.get("resource") if isinstance(entry, dict) else None
            if not isinstance(content, dict):
                continue  # a deletion or a bare response: its leaves are the Bundle's own
            url = entry.get("fullUrl")
            self._entries_read.append(place)
            self._add(content, f"entry {place + 1}", url if isinstance(url, str) else "", None)

    _entries_read: list[int] = []  # noqa: RUF012 -- replaced per file when it is a Bundle

    def _add(self, data: dict[str, Any], place: str, url: str, container: Resource | None) -> None:
        self._type_of(data, place)
        resource = Resource(data, place, url, container)
        for kind, element, form, version in _OTHER_VERSIONS:
            if resource.type == kind and type(data.get(element)) is form:
                accepted = f"should be written as in FHIR R4; this is how {version} writes it"
                raise self.error(resource.label, f"{kind}.{element}", accepted)
        self.resources.append(resource)
        for number, content in resource.inner():
            self._add(content, f"contained {number + 1}", "", resource)

    def _index(self, resource: Resource) -> None:
        if resource.container is not None:
            self._inside.setdefault((id(resource.container), resource.id), resource)
            return
        if resource.full_url:
            self._by_url.setdefault(resource.full_url.casefold(), resource)
        known = self._by_identity.setdefault(resource.identity, resource)
        if known is not resource:
            same = known.data == resource.data
            resource.refuse(
                "the same resource a second time"
                if same
                else "another resource with the same id came before it in this file"
            )
            return
        if resource.id:
            self._by_name.setdefault(f"{resource.type}/{resource.id}", []).append(resource)

    def _contained(self, name: str, home: Resource | None) -> Resource | None:
        owner = home.container or home if home is not None else None
        if not name:
            return owner
        return self._inside.get((id(owner), name))


class _RefusedError(ValueError):
    """JSON that is well-formed and still can't be meant."""


def _no_constant(name: str) -> object:
    raise _RefusedError(f"should be JSON: {name} is not a JSON number")


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > _MAX_DIGITS:
        raise _RefusedError("should hold no number beyond 400 digits")
    return number


def _integer(text: str) -> int:
    if len(text) > _MAX_DIGITS:
        raise _RefusedError("should hold no number beyond 400 digits")
    return int(text)


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        # Names only: the second value would silently push the first one out.
        raise _RefusedError(
            "should give each element once; an object names one of its elements twice"
        )
    return found


def _deeper_than(value: object, limit: int) -> bool:
    """Tell whether containers nest deeper, without recursion."""
    level: list[object] = [value]
    for _ in range(limit):
        inner: list[object] = []
        for item in level:
            if isinstance(item, dict):
                inner.extend(v for v in item.values() if isinstance(v, dict | list))
            elif isinstance(item, list):
                inner.extend(v for v in item if isinstance(v, dict | list))
        if not inner:
            return False
        level = inner
    return True
