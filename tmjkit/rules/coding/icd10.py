"""Which ICD-10-CM codes there are, which can be billed, and which exclude each other.

The table is one release of the code set (public domain, National Center for Health Statistics),
written by `scripts/icd10.py` from the package simple-icd-10-cm. Reading it takes milliseconds,
where building the package's own tree takes seconds: too long for what runs on every look at a case.
"""

import gzip
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

_CATEGORY: Final = 3  # characters of the shortest code


class Release(NamedTuple):
    """One release of the code list: the first and last day of service that it was made for."""

    first: date
    last: date

    def words(self) -> str:
        """Name it as a person would."""
        return f"the ICD-10-CM list of {self.first:%B} {self.first.day}, {self.first.year}"


@dataclass(frozen=True, slots=True)
class Icd10:
    """One code of the list.

    Parameters
    ----------
    code
        The code with its dot.
    billable
        Whether it is a code of its own, and not the heading of longer ones.
    parent
        The heading right above it; empty for a category of three characters.
    excludes
        What the Excludes1 notes of the code and of its headings name; a code that ends in '-'
        stands for all that begin so.
    """

    code: str
    billable: bool
    parent: str
    excludes: tuple[str, ...]

    def excludes_code(self, other: str) -> bool:
        """Tell whether a note excludes the other code; its longer codes are excluded with it."""
        return any(other.startswith(name.removesuffix("-")) for name in self.excludes)


@cache
def _table() -> str:
    file = resources.files("tmjkit.rules.coding") / "icd10cm.txt.gz"
    return gzip.decompress(file.read_bytes()).decode("ascii")


@cache
def release() -> Release:
    """Return the days of the release that the table holds."""
    first, last, *_ = _table().split(maxsplit=2)
    return Release(date.fromisoformat(first), date.fromisoformat(last))


def _line(code: str) -> str | None:
    """Return the line of a code, or None. Every code stands at the start of a line."""
    text, start = _table(), 0
    while (start := text.find(f"\n{code}", start)) >= 0:
        start += 1
        if text[start + len(code)] in "+ \n":
            return text[start : text.index("\n", start)]
    return None


@cache
def lookup(code: str) -> Icd10 | None:
    """Return what the list says of a code written with its dot; None where it has no such code."""
    if len(code) < _CATEGORY or not code.replace(".", "").isalnum():
        return None
    line = _line(code)
    if line is None:
        return None
    headings = [
        found for end in range(_CATEGORY, len(code)) if (found := _line(code[:end])) is not None
    ]
    name = line.split()[0]
    notes = [note for entry in (*headings, line) for note in entry.split()[1:]]
    parent = headings[-1].split()[0].rstrip("+") if headings else ""
    return Icd10(code, not name.endswith("+"), parent, tuple(dict.fromkeys(notes)))


def missing_characters(code: str) -> tuple[int, int] | None:
    """Return how many characters the billable codes below a heading add, fewest and most.

    None where the code is no heading.
    """
    found = lookup(code)
    if found is None or found.billable:
        return None
    text = _table()
    lengths = []
    start = text.index(f"\n{code}+") + 1
    while text.startswith(code, start):
        end = text.index("\n", start)
        name = text[start:end].split()[0]
        if not name.endswith("+"):
            lengths.append(len(name.replace(".", "")))
        start = end + 1
    own = len(code.replace(".", ""))
    return min(lengths) - own, max(lengths) - own


def mutual(one: str, other: str) -> bool:
    """Tell whether an Excludes1 note at one of the codes, or above it, names the other."""
    first, second = lookup(one), lookup(other)
    return (
        first is not None
        and second is not None
        and (first.excludes_code(other) or second.excludes_code(one))
    )
