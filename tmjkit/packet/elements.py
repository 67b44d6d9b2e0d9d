"""Copies the structure elements of a file that typst wrote, as they are written.

A page of tables has hundreds of elements. pypdf reads, copies and writes each value of each of them
as an object of its own, which took longer than all the rest of a packet; here an element stays the
bytes that it is, and only the numbers in it that name other objects change, and its id.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import IndirectObject, PdfObject

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter

_OBJECT: Final = re.compile(rb"\n(\d+) 0 obj\n(<</Type/StructElem/.*?>>)\nendobj", re.DOTALL)
_NAME: Final = re.compile(rb"\b(\d+) 0 R\b")
_OPEN, _CLOSE, _ESCAPE = b"()\\"


class Written(PdfObject):
    """An object of a PDF as the bytes that stand for it."""

    def __init__(self) -> None:
        self.code = b""

    def write_to_stream(self, stream: Any, encryption_key: object = None) -> None:  # noqa: ARG002
        """Write it."""
        stream.write(self.code)


def copied(
    writer: "PdfWriter", reader: "PdfReader", known: Mapping[int, int], prefix: str
) -> tuple[dict[int, IndirectObject], dict[str, IndirectObject]]:
    """Copy all elements of a file into the packet.

    Parameters
    ----------
    writer
        The packet.
    reader
        A file that typst wrote.
    known
        For the number of each page, link and root of the structure in the file, its number in the
        packet.
    prefix
        What the ids of elements begin with: typst counts from one in each file.

    Returns
    -------
    elements, ids
        The elements by their numbers in the file, and by their ids.

    Raises
    ------
    KeyError
        When an element names an object that is neither known nor an element.
    """
    reader.stream.seek(0)
    data = reader.stream.read()
    offsets = reader.xref[0]
    # What only looks like an object, inside of a stream, doesn't stand where the file says.
    found = {
        int(match[1]): match[2]
        for match in _OBJECT.finditer(data)
        if offsets.get(int(match[1])) == match.start(1)
    }
    made = {number: Written() for number in found}
    elements = {number: writer._add_object(item) for number, item in made.items()}
    numbers = {**known, **{number: item.idnum for number, item in elements.items()}}
    ids: dict[str, IndirectObject] = {}
    for number, code in found.items():
        made[number].code, name = _renamed(code, numbers, prefix.encode("ascii"))
        if name:
            ids[name.decode("latin-1")] = elements[number]
    return elements, ids


def _renamed(code: bytes, numbers: Mapping[int, int], prefix: bytes) -> tuple[bytes, bytes]:
    """Return an element with the numbers and ids of the packet, and its own id."""

    def new(match: "re.Match[bytes]") -> bytes:
        return b"%d 0 R" % numbers[int(match[1])]

    parts: list[bytes] = []
    name = b""
    for text, part in _split(code):
        if not text:
            parts.append(_NAME.sub(new, part))
            continue
        before = b"".join(parts[-2:])
        is_id = before.endswith(b"/ID")
        is_header = _heads(parts)
        parts.append(b"(" + prefix + part[1:] if is_id or is_header else part)
        if is_id:
            name = prefix + part[1:-1]
    return b"".join(parts), name


def _heads(parts: list[bytes]) -> bool:
    """Tell whether what was read last is inside of the list of a cell's headers."""
    for part in reversed(parts):
        if part.startswith(b"("):
            continue
        start, end = part.rfind(b"/Headers["), part.rfind(b"]")
        if start >= 0 or end >= 0:
            return start > end
    return False


def _split(code: bytes) -> Iterator[tuple[bool, bytes]]:
    """Split what stands in strings from the rest (ISO 32000-1, 7.3.4.2)."""
    at = 0
    while (start := code.find(b"(", at)) >= 0:
        yield False, code[at:start]
        depth, at = 0, start
        while True:
            if code[at] == _ESCAPE:
                at += 1
            elif code[at] == _OPEN:
                depth += 1
            elif code[at] == _CLOSE:
                depth -= 1
            at += 1
            if not depth:
                break
        yield True, code[start:at]
    yield False, code[at:]
