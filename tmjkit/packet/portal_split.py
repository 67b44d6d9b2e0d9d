"""Cuts a packet into files that a portal takes, with exhibits kept whole where they can be.

Each file but an only one begins with a page that says which part it is and what it holds. Names of
files and pages hold no word of a document. The same packet and portal give the same files.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tmjkit.packet.model import Packet
from tmjkit.packet.portals import Portal, PortalError
from tmjkit.reading.paper import quiet

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter

_COVER = 1  # pages that each part has of its own
_LINE = 60  # of the cover's list


@dataclass(frozen=True, slots=True)
class PartFile:
    """One file of a packet that was cut.

    Parameters
    ----------
    name
        Its name: opaque, so that it tells nothing in a portal's list or an e-mail.
    data
        The file.
    first, last
        First and last page of the packet that it holds, counted from 1.
    holds
        What is in it, as the stamps call it, such as 'Exhibit B'; with its pages where it is cut.
    sha256
        Digest of the file.
    """

    name: str
    data: bytes = field(repr=False)
    first: int
    last: int
    holds: tuple[str, ...]
    sha256: str

    @property
    def pages(self) -> int:
        """Number of the packet's pages in it, without its own first page."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class _Piece:
    """Pages of one part that stay together; `size` as a file of their own."""

    name: str
    first: int
    last: int
    size: int = 0

    @property
    def pages(self) -> int:
        return self.last - self.first + 1


def split(packet: Packet, portal: Portal) -> tuple[PartFile, ...]:
    """Cut a packet to a portal's limits of bytes and pages.

    A packet within the limits stays one file, byte for byte. An exhibit is cut only where it alone
    is too large. How many files a portal takes is for `check` to say.

    Raises
    ------
    PortalError
        When a single page is larger than the portal takes; the text names the page.
    """
    most_bytes, most_pages = portal.most_bytes, portal.most_pages
    short = f"packet-{hashlib.sha256(packet.pdf).hexdigest()[:10]}"
    if _fits(len(packet.pdf), packet.pages, portal):
        holds = tuple(piece.name for piece in _pieces(packet))
        return (_file(f"{short}.pdf", packet.pdf, 1, packet.pages, holds),)
    from pypdf import PdfReader  # noqa: PLC0415 -- heavy

    if most_pages is not None and most_pages <= _COVER:
        raise PortalError("a part needs room for its own first page: the limit is too small")
    with quiet():
        reader = PdfReader(io.BytesIO(packet.pdf))
        whole = [_measured(reader, piece) for piece in _pieces(packet)]
        pieces = [part for piece in whole for part in _cut(reader, piece, portal)]
        groups = _grouped(pieces, portal)
        files = [
            _made(reader, group, number, len(groups), short)
            for number, group in enumerate(groups, 1)
        ]
    for file in files:
        if most_bytes is not None and len(file.data) > most_bytes:
            raise PortalError(
                f"packet pages {file.first} to {file.last} stay larger than the portal takes: "
                "scan them again in black and white or at 200 dots per inch"
            )
    return tuple(files)


def _fits(size: int, pages: int, portal: Portal) -> bool:
    return (portal.most_bytes is None or size <= portal.most_bytes) and (
        portal.most_pages is None or pages <= portal.most_pages
    )


def _pieces(packet: Packet) -> list[_Piece]:
    """Return the packet's parts with their pages; each page belongs to one."""
    return [
        _Piece(part.name, part.first, part.last)
        for part in packet.manifest.parts
        if part.last >= part.first
    ]


def _measured(reader: "PdfReader", piece: _Piece) -> _Piece:
    return replace(piece, size=len(_written(_taken(reader, piece.first, piece.last))))


def _room(portal: Portal) -> tuple[float, float]:
    """Return the bytes and pages that a file has for the packet, beside its own first page."""
    most_bytes = float("inf") if portal.most_bytes is None else portal.most_bytes * 0.98 - 5000
    most_pages = float("inf") if portal.most_pages is None else portal.most_pages - _COVER
    return most_bytes, most_pages


def _cut(reader: "PdfReader", piece: _Piece, portal: Portal) -> list[_Piece]:
    """Cut a piece in halves until each fits; a page can't be cut."""
    most_bytes, most_pages = _room(portal)
    if piece.size <= most_bytes and piece.pages <= most_pages:
        return [piece]
    if piece.pages == 1:
        raise PortalError(
            f"page {piece.first} of the packet ({piece.name}) alone has {piece.size / 1e6:.1f} MB, "
            "which is more than the portal takes: scan it again in black and white or at 200 dots "
            "per inch, and add that in its place"
        )
    middle = piece.first + (piece.pages - 1) // 2
    halves = (replace(piece, last=middle), replace(piece, first=middle + 1))
    return [part for half in halves for part in _cut(reader, _measured(reader, half), portal)]


def _grouped(pieces: Sequence[_Piece], portal: Portal) -> list[list[_Piece]]:
    """Put pieces into files in their order, a new file where the next does not fit."""
    most_bytes, most_pages = _room(portal)
    groups: list[list[_Piece]] = [[]]
    for piece in pieces:
        size = sum(part.size for part in groups[-1]) + piece.size
        pages = sum(part.pages for part in groups[-1]) + piece.pages
        if groups[-1] and (size > most_bytes or pages > most_pages):
            groups.append([])
        groups[-1].append(piece)
    return groups


def _made(
    reader: "PdfReader", group: Sequence[_Piece], number: int, count: int, short: str
) -> PartFile:
    first, last = group[0].first, group[-1].last
    holds = _holds(group)
    writer = _taken(reader, first, last)
    total = len(reader.pages)
    lines = [
        f"Part {number} of {count}",
        f"Packet pages {first} to {last} of {total}",
        "",
        *(f"{name}" for name in holds),
    ]
    _add_cover(writer, lines)
    return _file(f"{short}-{number}-of-{count}.pdf", _written(writer), first, last, holds)


def _holds(group: Sequence[_Piece]) -> tuple[str, ...]:
    joined: list[_Piece] = []
    for piece in group:
        if joined and joined[-1].name == piece.name:
            joined[-1] = replace(joined[-1], last=piece.last)
        else:
            joined.append(piece)
    return tuple(
        f"{piece.name}: packet page {piece.first}"
        if piece.pages == 1
        else f"{piece.name}: packet pages {piece.first} to {piece.last}"
        for piece in joined
    )


def _taken(reader: "PdfReader", first: int, last: int) -> "PdfWriter":
    """Return a writer with those pages; links to pages that are elsewhere are left out."""
    from pypdf import PdfWriter  # noqa: PLC0415 -- heavy

    writer = PdfWriter()
    writer.append(reader, pages=(first - 1, last), import_outline=False)
    return writer


def _add_cover(writer: "PdfWriter", lines: Sequence[str]) -> None:
    from pypdf.generic import (  # noqa: PLC0415 -- heavy
        DecodedStreamObject,
        DictionaryObject,
        NameObject,
    )

    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    writer.insert_blank_page(612, 792, 0)
    page = writer.pages[0]
    drawn = ["BT /F1 14 Tf 18 TL 72 700 Td"]
    for place, line in enumerate(lines[: _LINE // 2]):
        text = line.encode("ascii", "replace").decode()
        text = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn.append(f"/F1 {14 if place < 2 else 11} Tf ({text}) Tj T*")  # noqa: PLR2004 -- heads
    if len(lines) > _LINE // 2:
        drawn.append("(and more: see the index of exhibits in part 1) Tj")
    drawn.append("ET")
    stream = DecodedStreamObject()
    stream.set_data("\n".join(drawn).encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )


def _written(writer: "PdfWriter") -> bytes:
    from pypdf.generic import ArrayObject, ByteStringObject  # noqa: PLC0415 -- heavy

    writer.metadata = {"/Title": "Part of a packet", "/Producer": "tmjkit"}
    draft = io.BytesIO()
    writer.write(draft)
    # Of the content and not of the clock, so that the same part is the same file.
    name = ByteStringObject(hashlib.sha256(draft.getvalue()).digest()[:16])
    writer._ID = ArrayObject([name, name])
    final = io.BytesIO()
    writer.write(final)
    return final.getvalue()


def _file(name: str, data: bytes, first: int, last: int, holds: tuple[str, ...]) -> PartFile:
    return PartFile(name, data, first, last, holds, hashlib.sha256(data).hexdigest())
