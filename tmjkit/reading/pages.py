"""The text of a document, page by page, as its own text layer or file gives it; no OCR."""

import io
from typing import Final

from tmjkit.reading.paper import quiet

_TEXT: Final = ("text/plain", "text/csv", "text/markdown", "text/html", "application/json")


def page_texts(data: bytes, media_type: str) -> tuple[str, ...] | None:
    """Return the text of each page; None where the file has none that can be read.

    Parameters
    ----------
    data
        The document's bytes.
    media_type
        Its media type.

    Returns
    -------
    tuple of str or None
        One text for each page of a PDF, empty for a page that is only a picture; one text for a
        file without pages. None for pictures, damaged files and other kinds.
    """
    if b"%PDF-" in data[:1024]:
        return _pdf_texts(data)
    if media_type in _TEXT or media_type.endswith("+json"):
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        return (data.decode("utf-16" if wide else "utf-8-sig", "replace"),)
    return None


def _pdf_texts(data: bytes) -> tuple[str, ...] | None:
    from pypdf import PdfReader  # noqa: PLC0415 -- heavy

    with quiet():
        try:
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                return None
            return tuple(page.extract_text() for page in reader.pages)
        except Exception:  # pypdf raises anything on bytes that aren't a PDF
            return None
