"""Says which pages a fax would make unreadable, by drawing them as a fax machine sends them.

A fax page is black and white, with 204 dots to the inch across and 196 down in the fine mode of
most machines (ITU-T T.4). What is measured on such a page: ink that vanishes because it is light
or colored, ink that fills the page, type that is too small, and pictures of few dots.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from PIL.Image import Image

    from tmjkit.packet.portal_check import PortalProblem

ACROSS: Final = 204
DOWN: Final = 196
_BLACK: Final = 128  # of 255: darker becomes black
_INK: Final = 235  # darker than paper and scanning noise
_LOST: Final = 0.05  # share of the strokes on a page that may vanish
_RULE: Final = 61  # dots; a longer straight stroke is a ruled line
_BLOCK: Final = 4  # dots
_FEW: Final = 400  # dots; less than a word
_DARK: Final = 0.4  # share of a page that is black
_SMALL: Final = 5.5  # points; 6-point type that was made a little smaller for its stamp is fine
_SMALL_SHARE: Final = 0.05
_COARSE: Final = 150.0  # dots per inch of a scan
_SCAN: Final = 0.4  # share of the page that a picture fills to count as a scan
_MOST_CHARACTERS: Final = 4000


def legibility(pdf: bytes) -> tuple["PortalProblem", ...]:
    """Return what of a file would not be read after a fax, page by page.

    Parameters
    ----------
    pdf
        The file. It is one that tmjkit made, so it can be opened.

    Returns
    -------
    tuple of PortalProblem
        Empty where every page is legible.
    """
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 -- heavy

    from tmjkit.packet.portal_check import PortalProblem  # noqa: PLC0415 -- the other imports this

    found: dict[str, list[int]] = {}
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            for what in _troubles(page):
                found.setdefault(what, []).append(number + 1)
            page.close()
    finally:
        document.close()
    return tuple(
        PortalProblem(f"{_pages(pages)}: {what}", _INSTEAD[what], stops=False)
        for what, pages in found.items()
    )


_LIGHT: Final = "light or colored print vanishes in black and white"
_FULL: Final = "the page is mostly black"
_TINY: Final = f"type smaller than {_SMALL:g} points"
_ROUGH: Final = f"a scan of fewer than {_COARSE:g} dots per inch"
_INSTEAD: Final = {
    _LIGHT: "Add a darker copy of the document, or send these pages by mail or portal.",
    _FULL: "Add a copy with a light background, or send these pages by mail or portal.",
    _TINY: "Send these pages enlarged, or by mail or portal.",
    _ROUGH: "Scan the document again at 200 dots per inch or more.",
}


def _troubles(page: Any) -> Iterator[str]:
    gray = _as_sent(page)
    lost, strokes, black = _measure(gray)
    if lost > _FEW and lost > _LOST * strokes:
        yield _LIGHT
    if black > _DARK:
        yield _FULL
    if _small_type(page):
        yield _TINY
    if _coarse_scan(page):
        yield _ROUGH


def _as_sent(page: Any) -> "Image":
    """Draw a page in gray with the dots of a fax."""
    from PIL import Image  # noqa: PLC0415 -- heavy

    drawn: Image.Image = page.render(scale=ACROSS / 72, grayscale=True).to_pil().convert("L")
    high = round(drawn.height * DOWN / ACROSS)
    return drawn.resize((drawn.width, high), Image.Resampling.BILINEAR)


def _measure(gray: "Image") -> tuple[int, int, float]:
    """Return the dots of strokes that vanish, those of all strokes, and the share of black.

    The edge of a black letter is gray too: only what has no black near it vanishes. Areas, such as
    a shaded row or a photo, and ruled lines are no strokes.
    """
    import numpy as np  # noqa: PLC0415 -- heavy

    dots = np.asarray(gray)
    ink, black = dots < _INK, dots < _BLACK
    if _nearly_none(ink, black):
        return 0, int(ink.sum()), float(black.mean())
    away = ink & ~_grown(black, 7, 7)
    areas = _grown(_full(ink, 11, 11), 15, 15)
    ruled = _grown(_full(ink, 1, _RULE), 5, _RULE + 4) | _grown(_full(ink, _RULE, 1), _RULE + 4, 5)
    strokes = ink & ~areas & ~ruled
    return int((strokes & away).sum()), int(strokes.sum()), float(black.mean())


def _nearly_none(ink: Any, black: Any) -> bool:
    """Tell by small blocks, which is quick, that hardly any ink is without black near it."""
    import numpy as np  # noqa: PLC0415 -- heavy

    high, wide = (side // _BLOCK * _BLOCK for side in ink.shape)
    shape = (high // _BLOCK, _BLOCK, wide // _BLOCK, _BLOCK)
    dots = ink[:high, :wide].reshape(shape).sum((1, 3))
    held = np.pad(black[:high, :wide].reshape(shape).any((1, 3)), 1)
    near = np.zeros_like(dots, dtype=bool)
    for down in range(3):
        for across in range(3):
            near |= held[down : down + dots.shape[0], across : across + dots.shape[1]]
    return int(dots[~near].sum()) <= _FEW


def _full(mask: Any, high: int, wide: int) -> Any:
    """Return the dots whose window is all set."""
    import numpy as np  # noqa: PLC0415 -- heavy

    return _windows(_windows(mask, high, 0, np.logical_and), wide, 1, np.logical_and)


def _grown(mask: Any, high: int, wide: int) -> Any:
    """Return the dots whose window has one that is set."""
    import numpy as np  # noqa: PLC0415 -- heavy

    return _windows(_windows(mask, high, 0, np.logical_or), wide, 1, np.logical_or)


def _windows(mask: Any, size: int, axis: int, join: Any) -> Any:
    """Join each dot with those of the window around it along one axis; outside nothing is set.

    Each step doubles what is joined, so a long window takes few steps.
    """
    found, joined = mask, 1
    while joined < size:
        step = min(joined, size - joined)
        found = join(found, _moved(found, step, axis))
        joined += step
    return _moved(found, -(size // 2), axis)


def _moved(mask: Any, by: int, axis: int) -> Any:
    """Return the mask moved back along an axis, or on where it is negative."""
    import numpy as np  # noqa: PLC0415 -- heavy

    moved = np.zeros_like(mask)
    taken, put = [slice(None)] * 2, [slice(None)] * 2
    taken[axis] = slice(by, None) if by > 0 else slice(None, by or None)
    put[axis] = slice(None, -by) if by > 0 else slice(-by, None)
    moved[tuple(put)] = mask[tuple(taken)]
    return moved


def _small_type(page: Any) -> bool:
    """Tell whether a good part of the page's text is too small."""
    from pypdfium2 import raw  # noqa: PLC0415 -- heavy

    text = page.get_textpage()
    matrix = raw.FS_MATRIX()
    sizes = []
    try:
        for place in range(min(text.count_chars(), _MOST_CHARACTERS)):
            if not chr(raw.FPDFText_GetUnicode(text, place)).isalnum():
                continue
            if raw.FPDFText_GetMatrix(text, place, matrix):
                size = raw.FPDFText_GetFontSize(text, place)
                sizes.append(size * (matrix.c**2 + matrix.d**2) ** 0.5)
    finally:
        text.close()
    small = [size for size in sizes if 0 < size < _SMALL]
    return len(small) > 20 and len(small) > _SMALL_SHARE * len(sizes)  # noqa: PLR2004 -- a line


def _coarse_scan(page: Any) -> bool:
    """Tell whether the page is a picture of too few dots."""
    from pypdfium2 import raw  # noqa: PLC0415 -- heavy

    wide, high = page.get_size()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) < _SCAN * wide * high:
            continue
        across, down = item.get_px_size()
        if min(across / (right - left), down / (top - bottom)) * 72 < _COARSE:
            return True
    return False


def _pages(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:12])
    more = f" and {len(numbers) - 12} more" if len(numbers) > 12 else ""  # noqa: PLR2004 -- a line
    return f"packet page {shown}" if len(numbers) == 1 else f"packet pages {shown}{more}"
