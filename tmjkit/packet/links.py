"""Links and bookmarks that lead to the packet's pages."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pypdf import PageObject

_LINK: Final = "tmjkit:"  # what links lead to before they lead to pages


def lead(
    sheet: "PageObject",
    pages: "Sequence[PageObject]",
    places: Mapping[str, tuple[int, int]],
) -> None:
    """Let a page's links lead to pages of the packet.

    Parameters
    ----------
    sheet
        The page.
    pages
        All pages of the packet.
    places
        For each key of a part its first page, counted from 1, and how many it has.
    """
    from pypdf.generic import (  # noqa: PLC0415 -- heavy
        ArrayObject,
        NameObject,
        TextStringObject,
    )

    for reference in sheet.get("/Annots", ()):
        note: Any = reference.get_object()
        target = str(note.get("/A", {}).get("/URI", ""))
        if target.startswith(_LINK):
            number = _page(target.removeprefix(_LINK), places)
            goal = pages[number - 1].indirect_reference
            del note["/A"]
            note[NameObject("/Dest")] = ArrayObject([goal, NameObject("/Fit")])
            note[NameObject("/Contents")] = TextStringObject(f"Packet page {number}")


def _page(address: str, places: Mapping[str, tuple[int, int]]) -> int:
    """Return the page of an address such as 'exhibit-b:2'; a page that isn't there is its first."""
    key, _, page = address.rpartition(":")
    start, count = places[key]
    return start + int(page) - 1 if 1 <= int(page) <= count else start
