"""A file that someone adds to a case: what kind of file it is, and how many pages it has.

The content decides, not the file's name: a portal's download named `.pdf` can be a web page.
"""

import hashlib
import io
import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from tmjkit.case import CaseError, Document, Problem, check

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_ZIPPED = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HEAD = 1024  # where a PDF's mark may stand (ISO 32000-1, Annex H, note 13)


def read_document(
    data: bytes, *, ending: str, name: str, kind: str, date: str | None = None
) -> Document:
    """Describe a file as a document of a case.

    Parameters
    ----------
    data
        The file's bytes.
    ending
        The ending of the file's name, such as `.docx`; used only where the content is a ZIP.
    name
        What an index of exhibits calls it.
    kind
        Code of a `DocumentKind`.
    date
        Date on the document, may be partial.

    Raises
    ------
    CaseError
        When the file is empty, of a kind that a case doesn't keep, or a PDF that is damaged or
        asks for a password; and when a value can't be accepted.
    """
    media_type = _media_type(data, ending.lower())
    pages = _pages(data) if media_type == "application/pdf" else None
    described = {
        "name": name,
        "kind": kind,
        "date": date,
        "media_type": media_type,
        "pages": pages,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    return check(Document, described)


def _media_type(data: bytes, ending: str) -> str:
    if not data:
        raise _refused("should not be empty: the file has no content")
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if b"%PDF-" in data[:_HEAD]:
        return "application/pdf"
    if data.startswith(b"PK\x03\x04") and ending in _ZIPPED:
        return _ZIPPED[ending]
    if not _is_text(data):
        raise _refused("should be a PDF, PNG, JPEG, TIFF, DOCX, XLSX, JSON or text file")
    return "application/json" if ending == ".json" else "text/plain"


def _is_text(data: bytes) -> bool:
    """Tell whether the bytes are text in UTF-8, in UTF-16 with its mark, or in Windows-1252.

    These are what the packet prints: an old program's export is seldom UTF-8.
    """
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if wide else ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Noise after a mark of UTF-16 decodes too, but to characters that do not exist.
        known = all(unicodedata.category(character) != "Cn" for character in set(text))
        return known and _CONTROL.search(text) is None
    return False


def _pages(data: bytes) -> int:
    from pypdf import PdfReader  # noqa: PLC0415 -- only for PDFs

    with quiet():
        try:
            reader = PdfReader(io.BytesIO(data))
            locked = reader.is_encrypted and not reader.decrypt("")
            pages = 0 if locked else len(reader.pages)
        except Exception:  # pypdf raises anything on bytes that are not a PDF
            # Not chained: the cause could quote the document.
            raise _refused("should be a PDF that opens: this one is damaged") from None
    if locked:
        raise _refused("should open without a password: save it again without one")
    if pages == 0:
        raise _refused("should have at least one page")
    return pages


@contextmanager
def quiet() -> Iterator[None]:
    """Keep pypdf's remarks about a file out of the log: they may quote it."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _refused(accepted: str) -> CaseError:
    return CaseError([Problem("document", "file", accepted)])
