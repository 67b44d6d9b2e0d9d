"""The text of a document, page by page, as its own text layer or file gives it; no OCR."""

import io
from typing import Final

from tmjkit.reading.paper import quiet

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
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
    return _word_texts(data) if media_type == _WORD else None


def _word_texts(data: bytes) -> tuple[str, ...] | None:
    """Return the text of a Word file, tables in their place; pages it has only when printed."""
    import docx  # noqa: PLC0415 -- heavy
    from docx.table import Table  # noqa: PLC0415

    try:
        blocks = list(docx.Document(io.BytesIO(data)).iter_inner_content())
        lines = [
            "\n".join("\t".join(cell.text for cell in row.cells) for row in block.rows)
            if isinstance(block, Table)
            else block.text
            for block in blocks
        ]
    except Exception:  # python-docx raises anything on bytes that aren't a Word file
        return None
    return ("\n".join(lines),)


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
