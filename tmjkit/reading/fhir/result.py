"""What an import brought: the case with it, what was added, and what could not be held."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tmjkit.case import Case, Document

_OWN_PLACE = re.compile(r"\[\d+\]")
# Of a code, an amount or a reference, the parts make one thing to read.
_PARTS = re.compile(
    r"(?<=coding)(\[\d+\])\.(system|code|display|version|userSelected)$"
    r"|(?<=\w)(\[\d+\])?\.(system|value|currency|unit|reference|display|start|end)$"
)


@dataclass(frozen=True, slots=True)
class NotImported:
    """Something in the file that the case doesn't hold.

    Parameters
    ----------
    resource
        The resource, such as `Condition/12`.
    path
        Place in it, such as `Condition.code.coding[0].code`; the type alone when nothing of
        the resource was read.
    why
        Why it isn't held, in words.
    values
        How many single values that are.
    """

    resource: str
    path: str
    why: str
    values: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind that the case doesn't hold, counted.

    `resources` is the number of resources, `values` the number of single values.
    """

    path: str
    why: str
    resources: int
    values: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of the case that says something else than the file; the case's value was kept.

    Parameters
    ----------
    record
        Id of the record in the case.
    field
        Name of the field.
    resource
        The resource that says otherwise, such as `Patient/12`.
    """

    record: str
    field: str
    resource: str


@dataclass(frozen=True, slots=True)
class Values:
    """Where the single values of the file went; the three together are all of them."""

    total: int
    held: int
    structural: int
    listed: int


@dataclass(frozen=True, slots=True)
class Import:
    """What reading a FHIR file brought.

    Parameters
    ----------
    case
        The case with everything in it.
    document
        The file as a document of the case; whoever saves the case puts the bytes in the store.
    added, joined, unchanged
        Ids of the records that are new, that got a value or a source, and that stay as they
        were.
    conflicts
        Fields that were filled already, with something else. They were left alone.
    not_imported
        Everything in the file that the case doesn't hold.
    values
        The count of the file's single values.
    """

    case: Case
    document: Document = field(repr=False)
    added: tuple[str, ...]
    joined: tuple[str, ...]
    unchanged: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    not_imported: tuple[NotImported, ...] = field(repr=False)
    values: Values

    def groups(self) -> tuple[Group, ...]:
        """Count what is not imported by place and reason, largest number first."""
        return grouped(self.not_imported)


def grouped(items: Iterable[NotImported]) -> tuple[Group, ...]:
    """Count what is not imported by place and reason, largest number first."""
    found: dict[tuple[str, str], tuple[set[str], int]] = {}
    for item in items:
        key = (_OWN_PLACE.sub("", _PARTS.sub("", item.path)), item.why)
        resources, values = found.get(key, (set(), 0))
        found[key] = (resources | {item.resource}, values + item.values)
    rows = [
        Group(path, why, len(resources), values)
        for (path, why), (resources, values) in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.values, row.path, row.why)))
