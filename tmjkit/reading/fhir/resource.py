"""One FHIR resource as it is read, and a cursor that remembers what was read.

A mapping reads through an `Element` and tells the resource which elements ended in a field of
the case (`take`) and why one could not (`explain`). Every leaf that nobody took is listed at
the end, so that nothing can be dropped silently, not even by a mapping that forgot it.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

MODIFIER: Final = "a modifier that is not known here can turn its meaning round, so it is not read"
NO_FIELD: Final = "the case file has no field for it"
NOT_HERE: Final = "points to something that is neither in this file nor in the case"

_ID = re.compile(r"[A-Za-z0-9.\-]{1,64}")  # https://hl7.org/fhir/R4/datatypes.html#id
_STRUCTURE = {"resourceType", "id", "implicitRules", "language"}
_DERIVED_NARRATIVE = {"generated", "extensions", "empty"}
_SUBJECTS = ("subject", "patient", "beneficiary")


def leaves(value: object, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every value that has no further value inside it."""
    if isinstance(value, dict) and value:
        for key, inside in value.items():
            yield from leaves(inside, (*path, key))
    elif isinstance(value, list) and value:
        for place, inside in enumerate(value):
            yield from leaves(inside, (*path, place))
    else:
        yield path


def written(path: Path) -> str:
    """Write a path as FHIRPath does: `name[0].family`."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(parts).removeprefix(".")


class Resource:
    """A resource of the file, with the account of its leaves.

    Parameters
    ----------
    data
        The resource as JSON gave it.
    place
        Where it stands in the file; the label of a resource without an id.
    full_url
        `Bundle.entry.fullUrl`, or an empty text.
    container
        The resource in which it is contained, if it is.
    """

    def __init__(
        self, data: dict[str, Any], place: str, full_url: str, container: "Resource | None"
    ) -> None:
        self.data = data
        self.full_url = full_url
        self.container = container
        self.type = str(data.get("resourceType", ""))
        found = data.get("id")
        self.id = found if isinstance(found, str) and _ID.fullmatch(found) else ""
        self.label: str
        if container is not None:
            self.label = f"{container.label}#{self.id or place}"
        else:
            self.label = f"{self.type}/{self.id}" if self.id else f"{self.type} at {place}"
        self._taken: set[Path] = set()
        self._why: dict[Path, str] = {}
        self.refused = ""
        self.remarks: list[tuple[Path, str]] = []

    @property
    def root(self) -> "Element":
        """The resource itself, to read from."""
        return Element(self, (), self.data)

    @property
    def base(self) -> str:
        """Address of the server it came from, or an empty text."""
        ending = f"/{self.type}/{self.id}"
        known = self.full_url.startswith(("http://", "https://")) and self.full_url.endswith(ending)
        return self.full_url.removesuffix(ending) if known else ""

    @cached_property
    def identity(self) -> str:
        """What makes it the same resource when it comes again.

        A contained resource has no life of its own, and senders repeat the same one in every
        claim: its content is its identity.
        """
        if self.container is not None or not (self.id or self.full_url):
            content = {key: value for key, value in self.data.items() if key not in ("id", "meta")}
            text = json.dumps(content, sort_keys=True, default=str)
            return f"{self.type}={hashlib.sha256(text.encode()).hexdigest()}"
        return f"{self.base}|{self.type}/{self.id}" if self.id else self.full_url

    @property
    def subject(self) -> "Element":
        """The reference to the person it is about; empty where it is about nobody."""
        found = (self.root.get(key) for key in _SUBJECTS)
        return next((element for element in found if element), self.root.get(_SUBJECTS[0]))

    def take(self, elements: "Iterable[Element]") -> None:
        """Note that these elements, with all inside them, are held by the case now."""
        for element in elements:
            element.resource._taken.update(element.leaves())

    def explain(self, element: "Element", why: str) -> None:
        """Note why an element could not be held; what is taken elsewhere stays taken."""
        for path in element.leaves():
            self._why.setdefault(path, why)

    def refuse(self, why: str) -> None:
        """Note that nothing of this resource is read."""
        self.refused = self.refused or why
        self._taken.clear()

    def remark(self, element: "Element", why: str) -> None:
        """Say something about an element that is held, but not as a reader may expect."""
        self.remarks.append((element.path, why))

    def inner(self) -> list[tuple[int, dict[str, Any]]]:
        """Return the resources contained in this one, with their places."""
        own = self.data.get("contained")
        if self.container is not None or not isinstance(own, list):
            return []
        return [(place, item) for place, item in enumerate(own) if _is_resource(item)]

    @cached_property
    def _leaves(self) -> tuple[Path, ...]:
        apart = {("contained", place) for place, _ in self.inner()}
        return tuple(path for path in leaves(self.data) if path[:2] not in apart)

    def structural(self) -> tuple[Path, ...]:
        """Return the leaves that only hold the resource together: ids, meta, narrative."""
        return tuple(path for path in self._leaves if self._is_structural(path))

    def taken(self) -> tuple[Path, ...]:
        """Return the leaves that the case holds now."""
        return tuple(
            path for path in self._leaves if path in self._taken and not self._is_structural(path)
        )

    def listed(self) -> Iterator[tuple[Path, str]]:
        """Yield every other leaf, with why it isn't held."""
        for path in self._leaves:
            if path not in self._taken and not self._is_structural(path):
                yield path, self._why.get(path) or _default_reason(path)

    def _is_structural(self, path: Path) -> bool:
        if path[:2] == ("meta", "security"):
            return False
        if path[:1] == ("text",):
            text = self.data.get("text")
            return isinstance(text, dict) and text.get("status") in _DERIVED_NARRATIVE
        return path[:1] == ("meta",) or (len(path) == 1 and path[0] in _STRUCTURE)


class Element:
    """A place in a resource; false where nothing is there."""

    __slots__ = ("path", "resource", "value")

    def __init__(self, resource: Resource, path: Path, value: object) -> None:
        self.resource = resource
        self.path = path
        self.value = value

    def __bool__(self) -> bool:
        return self.value is not None

    def __repr__(self) -> str:
        return f"Element({self.resource.type}.{written(self.path)})"

    def leaves(self) -> Iterator[Path]:
        """Yield the paths of the leaves at and below this place."""
        if self.value is not None:
            yield from leaves(self.value, self.path)

    def get(self, *keys: str) -> "Element":
        """Step down; an element that carries a modifier extension reads as nothing."""
        here = self
        for key in keys:
            inside = here.value.get(key) if isinstance(here.value, dict) else None
            here = Element(self.resource, (*here.path, key), inside)._unmodified()
        return here

    def each(self, key: str) -> "tuple[Element, ...]":
        """Step down to every item of a list."""
        found = self.get(key)
        if not isinstance(found.value, list):
            if found:
                self.resource.explain(found, "should be a list in FHIR R4")
            return ()
        items = (
            Element(self.resource, (*found.path, place), item)
            for place, item in enumerate(found.value)
        )
        return tuple(item for item in items if item._unmodified())

    @property
    def text(self) -> str:
        """The text here, without space around it; empty where there is none."""
        if isinstance(self.value, str):
            return self.value.strip()
        if self:
            self.resource.explain(self, "should be text in FHIR R4")
        return ""

    @property
    def number(self) -> Decimal | None:
        """The number here."""
        if isinstance(self.value, int | Decimal) and not isinstance(self.value, bool):
            return Decimal(self.value)
        if self:
            self.resource.explain(self, "should be a number in FHIR R4")
        return None

    @property
    def is_true(self) -> bool:
        """Whether `true` stands here."""
        return self.value is True

    def explain(self, why: str) -> None:
        """Note why what is here could not be held."""
        self.resource.explain(self, why)

    def understood(self) -> None:
        """Note that what is here says no more than that the record is in the case."""
        self.resource.take([self])

    def _unmodified(self) -> "Element":
        if isinstance(self.value, dict) and self.value.get("modifierExtension"):
            self.resource.explain(self, MODIFIER)
            return Element(self.resource, self.path, None)
        return self


def _is_resource(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("resourceType"), str)


_REASONS = {
    "encounter": "visits are not records of a case",
    "identifier": "the sender's own identifiers are not kept",
    "coding": "a code of a system that the case file has no field for",
}


def _default_reason(path: Path) -> str:
    for step in path:
        if isinstance(step, str):
            if step in ("extension", "modifierExtension") or step.startswith("_"):
                return "an extension of the sender that the case file has no field for"
            if step in _REASONS:
                return _REASONS[step]
    return NO_FIELD
