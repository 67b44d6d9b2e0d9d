"""Makes one file of the parts: sheets, stamps, links, bookmarks, structure, metadata."""

import hashlib
import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from tmjkit.letters.typeset import typeset
from tmjkit.packet.documents import Pages, damaged
from tmjkit.packet.geometry import BAND
from tmjkit.packet.layers import carry_layers
from tmjkit.packet.model import PacketError
from tmjkit.packet.parts import WATERMARK, Part
from tmjkit.packet.placing import add_foreign, stamp, with_appearances
from tmjkit.packet.tags import Structure
from tmjkit.reading.paper import quiet

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import IndirectObject

_LINK: Final = "tmjkit-page:"  # what the index's links lead to, before they lead to pages


def merged(
    parts: Sequence[Part], *, title: str, language: str, draft: bool, done: Callable[[], None]
) -> tuple[bytes, int]:
    """Return the packet as a file, and the number of its pages.

    Parameters
    ----------
    parts
        The parts in order.
    title
        Title of the file; nothing about the patient.
    language
        Language of the text (BCP 47).
    draft
        Whether every stamp says that it is a draft.
    done
        Called after each part.

    Raises
    ------
    PacketError
        When a page can't be put into the packet.
    """
    from pypdf import PdfWriter  # noqa: PLC0415 -- heavy

    writer = PdfWriter()
    structure = Structure(writer)
    words: list[str] = []
    with quiet():
        for part in parts:
            start = len(words)
            words += _put(writer, structure, part)
            writer.add_outline_item(title=part.bookmark, page_number=start)
            done()
        _stamp(writer, words, draft=draft)
        _link(writer)
        structure.finish(language)
        return _file(writer, title), len(words)


def _put(writer: "PdfWriter", structure: Structure, part: Part) -> list[str]:
    """Put a part's pages down and return the words of their stamps."""
    element = structure.part(part.bookmark)
    words = []
    if part.slip:
        _own(writer, structure, element, part.slip)
        told = "slip sheet" if part.pages else "sent separately"
        words += [f"{part.name}, {told}"] * (part.sheets - part.count)
    alts = iter(part.alts)
    for pages in part.pages:
        if pages.own:
            _own(writer, structure, element, pages)
            continue
        try:
            reader = with_appearances(pages.reader)
            for page in reader.pages:
                alt = next(alts, "")
                kind = "Figure" if alt else "P"
                sheet = add_foreign(writer, page, kind)
                structure.leaf(element, sheet, kind, alt)
            carry_layers(writer, reader)
        except Exception:
            # Not chained: the cause could quote the document.
            raise PacketError(damaged(part.where or part.name)) from None
    words += [f"{part.name}, page {number} of {part.count}" for number in range(1, part.count + 1)]
    return words


def _own(
    writer: "PdfWriter", structure: Structure, element: "IndirectObject", pages: Pages
) -> list["PageObject"]:
    """Add pages that we set ourselves: right in size, tagged, with room for the stamp."""
    added = [writer.add_page(page) for page in pages.reader.pages]
    structure.adopt(element, pages.reader, added)
    return added


def _stamp(writer: "PdfWriter", words: Sequence[str], *, draft: bool) -> None:
    from pypdf import PdfReader  # noqa: PLC0415 -- heavy

    total = len(words)
    stamps = [
        {"wide": float(page.mediabox.width), "text": f"{text} · packet page {number} of {total}"}
        for number, (page, text) in enumerate(zip(writer.pages, words, strict=True), 1)
    ]
    data = {"stamps": stamps, "band": BAND, "draft": draft, "watermark": WATERMARK}
    strips = PdfReader(io.BytesIO(typeset("packet-stamp", data, tagged=False)))
    for page, strip in zip(writer.pages, strips.pages, strict=True):
        stamp(writer, page, strip)


def _link(writer: "PdfWriter") -> None:
    """Let the links of the index lead to the packet's pages."""
    from pypdf.generic import (  # noqa: PLC0415 -- heavy
        ArrayObject,
        NameObject,
        TextStringObject,
    )

    for page in writer.pages:
        for reference in page.get("/Annots", ()):
            note = reference.get_object()
            target = str(note.get("/A", {}).get("/URI", ""))
            if target.startswith(_LINK):
                number = target.removeprefix(_LINK)
                goal = writer.pages[int(number) - 1].indirect_reference
                del note["/A"]
                note[NameObject("/Dest")] = ArrayObject([goal, NameObject("/Fit")])
                note[NameObject("/Contents")] = TextStringObject(f"Packet page {number}")


def _file(writer: "PdfWriter", title: str) -> bytes:
    from pypdf.generic import (  # noqa: PLC0415 -- heavy
        ArrayObject,
        BooleanObject,
        ByteStringObject,
        DictionaryObject,
        NameObject,
    )

    writer.metadata = {"/Title": title, "/Producer": "tmjkit"}
    catalog = writer.root_object
    catalog[NameObject("/PageMode")] = NameObject("/UseOutlines")
    catalog[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(value=True)}
    )
    writer.pdf_header = "%PDF-1.7"
    draft = io.BytesIO()
    writer.write(draft)
    # Of the content and not of the clock, so that the same packet is the same file.
    name = ByteStringObject(hashlib.sha256(draft.getvalue()).digest()[:16])
    writer._ID = ArrayObject([name, name])
    final = io.BytesIO()
    writer.write(final)
    return final.getvalue()
