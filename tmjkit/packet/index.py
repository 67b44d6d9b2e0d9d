"""The index: where each part and exhibit begins, and what the letter cites it for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tmjkit.case import PartialDate
from tmjkit.charts.paper import clean
from tmjkit.packet.cells import Cell, Line, line, lines, piece, soft, spot
from tmjkit.packet.citing import Citing, pages_line
from tmjkit.packet.model import PacketExhibit

if TYPE_CHECKING:
    from tmjkit.letters import Letter


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the index.

    Parameters
    ----------
    key
        What links call the part.
    name
        What it is.
    pages, start
        Number of its pages, and its first page in the packet.
    exhibit
        The exhibit, where it is one.
    """

    key: str
    name: str
    pages: int
    start: int
    exhibit: PacketExhibit | None = None


def index_data(
    letter: "Letter", entries: Sequence[Entry], cited: Sequence[Citing]
) -> list[dict[str, Any]]:
    """Return what the index shows: its lines, and the sentences that cite the exhibits."""
    day = PartialDate.of(letter.date).words()
    found = [
        {
            "heading": "Index of exhibits",
            "intro": f"{letter.title}, {day}. The number of the packet page is at the bottom of "
            "every page.",
            "columns": [
                {"head": "Exhibit", "width": 0},
                {"head": "Document", "width": 1},
                {"head": "Dated", "width": 0},
                {"head": "Pages", "width": 0, "right": True},
                {"head": "Packet page", "width": 0, "right": True},
            ],
            "rows": [_row(entry) for entry in entries],
        }
    ]
    if cited:
        found.append(
            {
                "heading": "What the letter cites the exhibits for",
                "intro": "The sentences of the letter, counted from its top.",
                "columns": [
                    {"head": "No.", "width": 0, "right": True},
                    {"head": "Sentence", "width": 3.2},
                    {"head": "Where", "width": 1},
                ],
                "rows": [
                    [
                        lines(line(str(item.number))),
                        lines(line(item.text)),
                        [pages_line(label, pages) for label, pages in item.where],
                    ]
                    for item in cited
                ],
            }
        )
    return found


def _row(entry: Entry) -> list[Cell]:
    start = [piece(str(entry.start), to=spot(entry.key))]
    item = entry.exhibit
    if item is None:
        return [[], lines(line(entry.name)), [], lines(line(str(entry.pages))), [start]]
    about: list[Line] = [line(clean(item.title)), soft(item.kind), _cited(entry, item)]
    if item.reason:
        about.append([piece(f"Sent separately. {item.reason}", bold=True, soft=True)])
    return [
        lines(line(item.label, bold=True)),
        lines(*about),
        lines(line(item.date)),
        lines(line("none" if item.reason else str(item.pages))),
        [start],
    ]


def _cited(entry: Entry, item: PacketExhibit) -> Line:
    """Return the pages that the letter cites, each with its place in the packet."""
    pages = [page for page in item.cited if page <= item.pages]
    found: Line = [piece("Cited: page ", soft=True)] if pages else []
    for place, page in enumerate(pages):
        found += [piece(", ", soft=True)] if place else []
        at = piece(str(item.start + page - 1), soft=True, to=spot(entry.key, page))
        found += [piece(f"{page} (packet page ", soft=True), at, piece(")", soft=True)]
    return found
