"""Opens a PDF and makes sure that every page of it can be put into a packet, within limits."""

import io
from typing import TYPE_CHECKING, Final

from tmjkit.packet.contents import TooLarge, measured
from tmjkit.packet.model import PacketError
from tmjkit.packet.options import Limits
from tmjkit.reading.paper import quiet

if TYPE_CHECKING:
    from pypdf import PdfReader

_MEGABYTE: Final = 1_000_000


def damaged(where: str) -> str:
    """Say that a PDF is damaged and what to do about it."""
    return (
        f"{where}: the PDF is damaged and can't be read. Open it in a PDF viewer, print it to a "
        "new PDF, and add that in its place; or ask the sender for it again."
    )


def too_large(where: str, what: str) -> str:
    """Say that a document is too large for a packet and what to do about it."""
    return (
        f"{where}: the document is too large for a packet: {what}. Print the pages that matter to "
        "a new PDF and add that in its place, or raise the limit."
    )


def read_pdf(data: bytes, where: str, limits: Limits) -> "PdfReader":
    """Open a PDF and read what every page draws.

    Parameters
    ----------
    data
        The file.
    where
        What an error calls it: label and id.
    limits
        What is refused as too large.

    Raises
    ------
    PacketError
        When it is damaged, empty, locked, too large, or a form that only Adobe Reader can show.
    """
    from pypdf import PdfReader  # noqa: PLC0415 -- heavy

    with quiet():
        try:
            reader = PdfReader(io.BytesIO(data))
            # Many a PDF is locked against changes only and opens without a password.
            locked = reader.is_encrypted and not reader.decrypt("")
            count = 0 if locked else len(reader.pages)
            if count <= limits.document_pages and not locked:
                _read_through(reader, limits)
            dynamic = not locked and bool(reader.root_object.get("/NeedsRendering"))
        except TooLarge:
            most = f"its pages draw more than {megabytes(limits.drawn_bytes)}, once unpacked"
            raise PacketError(too_large(where, most)) from None
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
    if count > limits.document_pages:
        many = f"it has {count:,} pages, and {limits.document_pages:,} are the most"
        raise PacketError(too_large(where, many))
    if dynamic:
        raise PacketError(
            f"{where}: it is a form that only Adobe Reader can show. Open it there, print it to "
            "a new PDF, and add that in its place."
        )
    return reader


def megabytes(size: int) -> str:
    """Write a size for people, such as '100 MB'."""
    return f"{size / _MEGABYTE:,.0f} MB" if size >= _MEGABYTE else f"{size:,} bytes"


def _read_through(reader: "PdfReader", limits: Limits) -> None:
    left = limits.drawn_bytes
    for page in reader.pages:
        left -= measured(page, left)
