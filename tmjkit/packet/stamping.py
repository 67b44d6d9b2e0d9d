"""The stamp at the bottom of every page: what it is, where it is, and its number.

All stamps share two fonts that typst embeds once, so that a page's stamp is one short line of PDF
and the words of the page stay untouched.
"""

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from tmjkit.letters.typeset import typeset

if TYPE_CHECKING:
    from pypdf import PdfWriter
    from pypdf.generic import IndirectObject

_SIDE: Final = 36.0  # points from the left and right edge
_BASE: Final = 15.0  # points from the lower edge; printers and faxes lose what stands lower
_SIZE: Final = 8.0
_BOX: Final = 14.0  # height of the box around an exhibit's label
_PAD: Final = 5.0
_PAIR: Final = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]{4})>")
REGULAR: Final = "/StampRegular"
BOLD: Final = "/StampBold"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is stamped on one page.

    Parameters
    ----------
    text
        What it is and where, such as 'page 2 of 3 · packet page 14 of 31'.
    label
        The exhibit's label, such as 'Exhibit B', in its box; empty where it is no exhibit.
    bates
        The page's number; empty for none.
    draft
        Whether it begins with DRAFT.
    """

    text: str
    label: str = ""
    bates: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class _Face:
    """A font: for each letter's code point its glyph as PDF writes it, and its width in points."""

    codes: dict[int, str]
    widths: dict[str, float]

    def code(self, text: str) -> str:
        return text.translate(self.codes)

    def wide(self, text: str) -> float:
        return sum(map(self.widths.__getitem__, text))


class Stamps:
    """Writes stamps; the fonts are put into the packet once."""

    def __init__(self, writer: "PdfWriter") -> None:
        from pypdf import PdfReader  # noqa: PLC0415 -- heavy

        # A reader of its own for each packet: what it holds is cloned into the writer.
        found = _fonts(PdfReader(io.BytesIO(_sheet())))
        self.fonts: dict[str, IndirectObject] = {
            name: font.clone(writer) for name, (font, _) in found.items()
        }
        self._regular, self._bold = found[REGULAR][1], found[BOLD][1]

    def drawn(self, mark: Mark, wide: float) -> bytes:
        """Return what draws a stamp on a sheet so wide (in points); it is no part of the text."""
        pen, parts = _SIDE, ["/Artifact <</Type /Pagination>> BDC q 0.07 g 0.07 G 0.75 w"]
        if mark.label:
            label = mark.label.upper()
            box = self._bold.wide(label) + 2 * _PAD
            parts.append(f"{pen:g} {_BASE - 4:g} {box:.2f} {_BOX:g} re S")
            parts.append(_written(self._bold, BOLD, pen + _PAD, label))
            pen += box + 2 * _PAD
        if mark.draft:
            parts.append(_written(self._bold, BOLD, pen, "DRAFT ·"))
            pen += self._bold.wide("DRAFT · ")
        parts.append(_written(self._regular, REGULAR, pen, mark.text))
        if mark.bates:
            start = wide - _SIDE - self._bold.wide(mark.bates)
            parts.append(_written(self._bold, BOLD, start, mark.bates))
        return "\n".join((*parts, "Q EMC")).encode("ascii")


def _written(face: _Face, name: str, x: float, text: str) -> str:
    return f"BT {name} {_SIZE:g} Tf {x:.2f} {_BASE:g} Td <{face.code(text)}> Tj ET"


@lru_cache(maxsize=1)
def _sheet() -> bytes:
    return typeset("packet-stamp", {}, tagged=False)


def _fonts(reader: Any) -> dict[str, tuple[Any, _Face]]:
    """Return the fonts of the sheet of letters, with the glyph of each letter and its width."""
    found = {}
    for font in reader.pages[0]["/Resources"]["/Font"].values():
        face = font.get_object()
        name = BOLD if "Bold" in face["/BaseFont"] else REGULAR
        pairs = _PAIR.findall(face["/ToUnicode"].get_data().decode("latin-1"))
        widths = _widths(face["/DescendantFonts"][0].get_object()["/W"])
        found[name] = (
            font,
            _Face(
                {int(letter, 16): glyph for glyph, letter in pairs},
                {
                    chr(int(letter, 16)): widths[int(glyph, 16)] * _SIZE / 1000
                    for glyph, letter in pairs
                },
            ),
        )
    return found


def _widths(told: Any) -> dict[int, float]:
    """Read the widths of a font's glyphs (ISO 32000-1, 9.7.4.3), in thousandths of its size."""
    widths: dict[int, float] = {}
    items = list(told.get_object())
    while items:
        first, second = int(items[0]), items[1].get_object()
        if isinstance(second, list):
            widths.update({first + place: float(wide) for place, wide in enumerate(second)})
            items = items[2:]
        else:
            widths.update(dict.fromkeys(range(first, int(second) + 1), float(items[2])))
            items = items[3:]
    return widths
