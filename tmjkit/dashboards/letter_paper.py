"""Files that leave a case's page, and the picture of a page of them."""

import io
from dataclasses import dataclass, field
from typing import Final

from tmjkit.letters.lint import Objection

MEDIA_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
    "md": "text/markdown",
    "csv": "text/csv",
}
_SCALE: Final = 1.5  # 108 dots to the inch: letters of 11 points are easy to read


@dataclass(frozen=True, slots=True)
class Paper:
    """A file for download.

    Parameters
    ----------
    name
        File name; opaque, as names end up in logs and in e-mails.
    media_type, data
        Media type and bytes.
    """

    name: str
    media_type: str
    data: bytes = field(repr=False)


class Objected(Exception):  # noqa: N818 -- it says what happened
    """A letter that breaks rules; `objections` says which."""

    def __init__(self, objections: tuple[Objection, ...]) -> None:
        self.objections = objections
        super().__init__(f"the letter breaks {len(objections)} rules")


def page_picture(pdf: bytes, page: int = 1) -> bytes:
    """Return the picture (PNG) of a page of a PDF that tmjkit made, counted from 1."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 -- heavy

    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = io.BytesIO()
        document[page - 1].render(scale=_SCALE).to_pil().save(picture, "PNG")
    finally:
        document.close()
    return picture.getvalue()
