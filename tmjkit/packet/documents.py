"""Turns the bytes of a document into pages, or says why it has to be sent separately."""

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tmjkit.case import Document
from tmjkit.charts.paper import clean
from tmjkit.letters.typeset import typeset
from tmjkit.packet.model import PacketError
from tmjkit.reading.paper import quiet

if TYPE_CHECKING:
    from pypdf import PdfReader

_TEXT_TYPES: Final = {"text/plain", "text/csv", "text/markdown", "application/json"}
_MOST_TEXT = 120_000  # bytes; longer files aren't for reading on paper
_MOST_TEXT_PAGES = 20


@dataclass(frozen=True)
class Pages:
    """The pages of a part; `own` ones are set by us, tagged, with room for the stamp."""

    reader: "PdfReader"
    own: bool = False


def pages_of(label: str, document: Document, get_document: Callable[[str], bytes]) -> Pages | str:
    """Return a document's pages, or the reason why it is sent separately.

    Raises
    ------
    PacketError
        When the bytes are missing, damaged or locked with a password.
    """
    data = _bytes_of(label, document, get_document)
    if b"%PDF-" in data[:1024]:
        return Pages(read_pdf(data, f"Exhibit {label} ({document.id})"))
    kind = document.media_type
    if kind.startswith("image/"):
        return _image_pages(label, document, data)
    if kind in _TEXT_TYPES or kind.endswith("+json"):
        return _text_pages(document, data)
    if kind == "application/pdf":
        raise PacketError(damaged(f"Exhibit {label} ({document.id})"))
    return "This kind of file can't be printed into the packet."


def _bytes_of(label: str, document: Document, get_document: Callable[[str], bytes]) -> bytes:
    where = f"Exhibit {label} ({document.id})"
    try:
        data = get_document(document.sha256)
    except Exception as error:  # whatever a store raises, the reader is told which exhibit
        raise PacketError(
            f"{where}: the store doesn't have its file. Add the document to the case again."
        ) from error
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise PacketError(
            f"{where}: the stored file isn't the one that was added. "
            "Add the document to the case again, or restore a backup."
        )
    return data


def damaged(where: str) -> str:
    """Say that a PDF is damaged and what to do about it."""
    return (
        f"{where}: the PDF is damaged and can't be read. Open it in a PDF viewer, print it to a "
        "new PDF, and add that in its place; or ask the sender for it again."
    )


def read_pdf(data: bytes, where: str) -> "PdfReader":
    """Open a PDF and make sure that every page of it can be read.

    Raises
    ------
    PacketError
        When it is damaged, empty, locked, or a form that only Adobe Reader can show.
    """
    from pypdf import PdfReader  # noqa: PLC0415 -- heavy

    with quiet():
        try:
            reader = PdfReader(io.BytesIO(data))
            # Many a PDF is locked against changes only and opens without a password.
            locked = reader.is_encrypted and not reader.decrypt("")
            count = 0 if locked else _read_through(reader)
            dynamic = not locked and bool(reader.root_object.get("/NeedsRendering"))
        except Exception:  # pypdf raises anything on bytes that aren't a PDF
            # Not chained: the cause could quote the document.
            raise PacketError(damaged(where)) from None
    if locked:
        raise PacketError(
            f"{where}: the PDF is locked with a password. Open it with the password, print "
            "it to a new PDF, and add that in its place."
        )
    if not count:
        raise PacketError(damaged(where))
    if dynamic:
        raise PacketError(
            f"{where}: it is a form that only Adobe Reader can show. Open it there, print it to "
            "a new PDF, and add that in its place."
        )
    return reader


def _read_through(reader: "PdfReader") -> int:
    """Read what every page draws, and return the number of pages."""
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None:
            contents.get_data()
    return len(reader.pages)


def _image_pages(label: str, document: Document, data: bytes) -> Pages | str:
    from tmjkit.packet.images import ImageError, image_pdf  # noqa: PLC0415 -- Pillow is heavy

    try:
        made = image_pdf(data)
    except ImageError:
        raise PacketError(
            f"Exhibit {label} ({document.id}): the picture is damaged or far too large. Open it "
            "in a viewer, save it as PNG or JPEG, and add that in its place."
        ) from None
    if made is None:
        return "This kind of picture can't be printed into the packet."
    return Pages(read_pdf(made, f"Exhibit {label} ({document.id})"))


def _text_pages(document: Document, data: bytes) -> Pages | str:
    too_long = "It is a long data file, which can't be read on paper."
    if len(data) > _MOST_TEXT:
        return too_long
    text = _laid_out(data)
    lines = [clean_line(line) for line in text.splitlines()]
    pdf = typeset("packet-text", {"title": clean(document.name), "lines": lines})
    reader = read_pdf(pdf, document.id)
    return too_long if len(reader.pages) > _MOST_TEXT_PAGES else Pages(reader, own=True)


def _laid_out(data: bytes) -> str:
    """Decode a text; JSON gets line breaks, as it often comes as one endless line."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text


def clean_line(line: str) -> str:
    """Return a line without control characters, with its indentation kept."""
    line = line.expandtabs(4)
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + clean(line)
