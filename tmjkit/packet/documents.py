"""Turns the bytes of a document into pages, or says why it has to be sent separately."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tmjkit.case import Document
from tmjkit.charts.paper import clean
from tmjkit.letters.typeset import typeset
from tmjkit.packet.model import PacketError
from tmjkit.packet.opening import damaged, megabytes, read_pdf, too_large
from tmjkit.packet.options import Limits

if TYPE_CHECKING:
    from pypdf import PdfReader

_TEXT_TYPES: Final = {"text/plain", "text/csv", "text/markdown", "application/json"}
_MOST_TEXT = 120_000  # bytes; longer files aren't for reading on paper
_MOST_TEXT_PAGES = 20


@dataclass(frozen=True)
class Pages:
    """The pages of a part.

    Parameters
    ----------
    reader
        The file that holds them.
    own
        Whether tmjkit set them: tagged, and with room for the stamp.
    picture
        Whether they are pictures, without any text.
    """

    reader: "PdfReader"
    own: bool = False
    picture: bool = False


def pages_of(label: str, document: Document, data: bytes, limits: Limits) -> Pages | str:
    """Return a document's pages, or the reason why it is sent separately.

    Raises
    ------
    PacketError
        When the file is damaged, too large or locked with a password.
    """
    where = f"Exhibit {label} ({document.id})"
    if b"%PDF-" in data[:1024]:
        return Pages(read_pdf(data, where, limits))
    kind = document.media_type
    if kind.startswith("image/"):
        return _image_pages(where, data, limits)
    if kind in _TEXT_TYPES or kind.endswith("+json"):
        return _text_pages(document, data)
    if kind == "application/pdf":
        raise PacketError(damaged(where))
    return "This kind of file can't be printed into the packet."


def bytes_of(
    label: str, document: Document, get_document: Callable[[str], bytes], limits: Limits
) -> bytes:
    """Return a document's file, as the case knows it.

    Raises
    ------
    PacketError
        When it is missing, changed or too large.
    """
    where = f"Exhibit {label} ({document.id})"
    try:
        data = get_document(document.sha256)
    except Exception as error:  # whatever a store raises, the reader is told which exhibit
        raise PacketError(
            f"{where}: the store doesn't have its file. Add the document to the case again."
        ) from error
    if len(data) > limits.document_bytes:
        most = megabytes(limits.document_bytes)
        raise PacketError(
            too_large(where, f"it has {megabytes(len(data))}, and {most} are the most")
        )
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise PacketError(
            f"{where}: the stored file isn't the one that was added. "
            "Add the document to the case again, or restore a backup."
        )
    return data


def _image_pages(where: str, data: bytes, limits: Limits) -> Pages | str:
    from tmjkit.packet.images import ImageError, image_pdf  # noqa: PLC0415 -- Pillow is heavy

    try:
        made = image_pdf(data)
    except ImageError:
        raise PacketError(
            f"{where}: the picture is damaged or far too large. Open it "
            "in a viewer, save it as PNG or JPEG, and add that in its place."
        ) from None
    if made is None:
        return "This kind of picture can't be printed into the packet."
    return Pages(read_pdf(made, where, limits), picture=True)


def _text_pages(document: Document, data: bytes) -> Pages | str:
    too_long = "It is a long data file, which can't be read on paper."
    if len(data) > _MOST_TEXT:
        return too_long
    text = _laid_out(data)
    lines = [clean_line(line) for line in text.splitlines()]
    pdf = typeset("packet-text", {"title": clean(document.name), "lines": lines})
    reader = read_pdf(pdf, document.id, Limits())
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
