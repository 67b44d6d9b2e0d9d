"""Lays the parts out: where each begins, and the pages that tell it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from tmjkit.case import Case
from tmjkit.letters.typeset import typeset
from tmjkit.packet.citing import citing
from tmjkit.packet.cover import cover_data
from tmjkit.packet.index import Entry, index_data
from tmjkit.packet.model import PacketError, PacketExhibit
from tmjkit.packet.parts import WATERMARK, Part, own_part, table_part
from tmjkit.packet.plan import PartKind, PlannedPart

if TYPE_CHECKING:
    from tmjkit.letters import Letter

_ROUNDS: Final = 10


@dataclass(frozen=True)
class Laid:
    """The parts with their places.

    Parameters
    ----------
    parts
        All parts in order.
    firsts
        The first page of each, counted from 1; of an exhibit with a slip sheet that sheet.
    """

    parts: tuple[Part, ...]
    firsts: tuple[int, ...]

    @property
    def pages(self) -> int:
        """Number of all pages."""
        return sum(part.sheets for part in self.parts)

    @property
    def places(self) -> dict[str, tuple[int, int]]:
        """For each part's key the page where to look first, and how many it has."""
        return {
            part.key: (_start(part, first), max(part.count, 1))
            for part, first in zip(self.parts, self.firsts, strict=True)
        }

    @property
    def exhibits(self) -> tuple[PacketExhibit, ...]:
        """The exhibits, each with its first page."""
        return tuple(
            replace(part.exhibit, start=_start(part, first))
            for part, first in zip(self.parts, self.firsts, strict=True)
            if part.exhibit is not None
        )


def laid_out(
    parts: Sequence[Part | PlannedPart],
    letter: "Letter",
    case: Case,
    *,
    slips: bool,
    provenance: bool,
) -> Laid:
    """Set the cover and the index, and return all parts with their places.

    Parameters
    ----------
    parts
        The parts in order; cover and index are only planned, as they tell page numbers.
    letter, case
        What they are of.
    slips, provenance
        Whether slip sheets or the provenance table tell already which sentences cite what.
    """
    cited = () if slips or provenance else citing(letter)
    lengths = {item.kind: 1 for item in parts if isinstance(item, PlannedPart)}
    for _ in range(_ROUNDS):  # until their own lengths agree with the numbers in them
        made: list[Part] = []
        sheets = [
            lengths[item.kind] if isinstance(item, PlannedPart) else item.sheets for item in parts
        ]
        firsts = tuple(accumulate(sheets, initial=1))[:-1]
        entries = _entries(parts, sheets, firsts)
        for item in parts:
            if isinstance(item, Part):
                made.append(item)
            elif item.kind is PartKind.INDEX:
                made.append(table_part(item.kind, letter, index_data(letter, entries, cited)))
            else:
                made.append(_cover(letter, case, sum(sheets), entries))
        found = {part.kind: part.sheets for part in made if part.kind in lengths}
        if found == lengths:
            return Laid(tuple(made), firsts)
        lengths = found
    # Larger numbers make them longer and never shorter, so this isn't reached.
    raise PacketError("The index of the packet can't be laid out. Please report this.")


def _entries(
    parts: Sequence[Part | PlannedPart], sheets: Sequence[int], firsts: Sequence[int]
) -> list[Entry]:
    """Return a line of the index for every part but the cover and the index itself."""
    entries = []
    for part, count, first in zip(parts, sheets, firsts, strict=True):
        if isinstance(part, PlannedPart):
            continue
        start = _start(part, first)
        exhibit = replace(part.exhibit, start=start) if part.exhibit else None
        pages = part.count if exhibit else count
        entries.append(Entry(part.key, part.name, pages, start, exhibit))
    return entries


def _cover(letter: "Letter", case: Case, pages: int, entries: Sequence[Entry]) -> Part:
    own = [(item.name, item.pages, item.start) for item in entries if item.exhibit is None]
    exhibits = [item for item in entries if item.exhibit is not None]
    if exhibits:
        first, last = (item.exhibit.label for item in (exhibits[0], exhibits[-1]) if item.exhibit)
        name = f"Exhibits {first} to {last}" if first != last else f"Exhibit {first}"
        own.append((name, sum(item.pages for item in exhibits), exhibits[0].start))
    own.sort(key=lambda row: row[2])
    data = cover_data(letter, case, pages, own)
    data["watermark"] = WATERMARK if letter.draft else None
    return own_part(PartKind.COVER, typeset("packet-cover", data))


def _start(part: Part, first: int) -> int:
    """Return the first page of what is shown; the slip sheet where that is all there is."""
    return first + part.slips if part.count else first
