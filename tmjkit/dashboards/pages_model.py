"""The pages of a document, as they are looked at: a picture of each, and its text.

A page is drawn and read only when somebody turns to it; what was drawn last is kept.
"""

import base64
import io
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

from tmjkit.case import Document
from tmjkit.reading.pages import page_texts
from tmjkit.reading.paper import quiet

if TYPE_CHECKING:
    from PIL.Image import Image

FIT: Final = 1000
"""Width in pixels of a picture that is fitted into the page."""
WIDTHS: Final = (FIT, 1400, 2000, 2800)

_KEPT: Final = 12
_MOST_PIXELS: Final = 16_000_000
_PNG_BYTES: Final = 400 * 1024  # a larger picture is a scan, which JPEG holds in a fifth
_QUALITY: Final = 82
_POINTS_WIDE: Final = 612.0


class PageError(Exception):
    """A page can't be shown; the text says so to people, without a word of the document."""


class Pages:
    """One document that is open.

    Parameters
    ----------
    document
        What the case says of it.
    data
        Its bytes.

    Attributes
    ----------
    count
        How many pages it has; 1 for a file without pages.
    """

    def __init__(self, document: Document, data: bytes) -> None:
        self.document = document
        self._data = data
        self._pictures: OrderedDict[tuple[int, int], str] = OrderedDict()
        self._texts: dict[int, str] = {}
        self._pdf: Any = None
        self._reader: Any = None
        self.count = self._count()

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF."""
        return self.document.media_type == "application/pdf"

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture."""
        return self.document.media_type.startswith("image/")

    @property
    def has_pictures(self) -> bool:
        """Whether its pages can be drawn; of other files there is the text only."""
        return self.is_pdf or self.is_picture

    def number(self, page: int) -> int | None:
        """Return the number by which a source names the page; None where a file has no pages."""
        return page if self.document.pages is not None or self.count > 1 else None

    def text(self, page: int) -> str:
        """Return the text of a page, counted from 1; empty where it has none."""
        if page not in self._texts:
            self._texts[page] = self._read(page)
        return self._texts[page]

    def picture(self, page: int, width: int = FIT) -> str:
        """Return the picture of a page as a data URL; empty where pages can't be drawn.

        Parameters
        ----------
        page
            Counted from 1.
        width
            Width in pixels, one of `WIDTHS`.

        Raises
        ------
        PageError
            When this page can't be drawn.
        """
        if not self.has_pictures:
            return ""
        key = (page, width)
        if key not in self._pictures:
            self._pictures[key] = _data_url(self._draw(page, width))
            if len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(key)
        return self._pictures[key]

    def close(self) -> None:
        """Let go of the document."""
        if self._pdf is not None:
            self._pdf.close()
        self._pdf = self._reader = None
        self._pictures.clear()

    # Each kind of file

    def _count(self) -> int:
        if self.is_pdf:
            return self.document.pages or 1
        if self.is_picture:
            from PIL import Image  # noqa: PLC0415 -- heavy

            try:
                with Image.open(io.BytesIO(self._data)) as opened:
                    return max(1, int(getattr(opened, "n_frames", 1)))
            except Exception:  # Pillow raises anything on bytes that are no picture
                return 1
        return 1

    def _read(self, page: int) -> str:
        if self.is_picture:
            return ""
        if not self.is_pdf:
            texts = page_texts(self._data, self.document.media_type) or ("",)
            text = texts[0]
            if self.document.media_type.endswith("json"):
                # As the linter reads it: line breaks within a value are blanks.
                text = text.replace("\\n", " ").replace('\\"', '"')
            return text
        from pypdf import PdfReader  # noqa: PLC0415 -- heavy

        with quiet():
            try:
                if self._reader is None:
                    self._reader = PdfReader(io.BytesIO(self._data))
                return str(self._reader.pages[page - 1].extract_text())
            except Exception:  # pypdf raises anything on bytes that aren't a PDF
                return ""

    def _draw(self, page: int, width: int) -> "Image":
        try:
            made = self._draw_pdf(page, width) if self.is_pdf else self._draw_picture(page, width)
        except Exception:  # both libraries raise anything on a damaged file
            # Not chained: the cause could quote the document.
            raise PageError(
                f"Page {page} can't be drawn: the file is damaged there. Download it, and try "
                "another program."
            ) from None
        return made.convert("RGB")

    def _draw_pdf(self, page: int, width: int) -> "Image":
        import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 -- heavy

        if self._pdf is None:
            self._pdf = pypdfium2.PdfDocument(self._data)
        opened = self._pdf[page - 1]
        wide, high = opened.get_size()
        scale = width / (wide or _POINTS_WIDE)
        pixels = wide * high * scale * scale
        if pixels > _MOST_PIXELS:
            scale *= (_MOST_PIXELS / pixels) ** 0.5
        picture: Image = opened.render(scale=scale).to_pil()
        return picture

    def _draw_picture(self, page: int, width: int) -> "Image":
        from PIL import Image, ImageOps  # noqa: PLC0415 -- heavy

        with Image.open(io.BytesIO(self._data)) as opened:
            if self.count > 1:
                opened.seek(page - 1)
            opened.draft("RGB", (width, width * 3))
            turned = ImageOps.exif_transpose(opened)
            turned.thumbnail((width, width * 3))
            return turned.copy()


def _data_url(picture: "Image") -> str:
    made = io.BytesIO()
    picture.save(made, "PNG")
    kind = "png"
    if made.tell() > _PNG_BYTES:
        made = io.BytesIO()
        picture.save(made, "JPEG", quality=_QUALITY)
        kind = "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(made.getvalue()).decode()}"
