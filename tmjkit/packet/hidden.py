"""The words of a page that is only a picture, unseen beneath it, so that it can be searched.

Where on the page a word stands is not known: the lines are spread over the page from top to
bottom. Nothing is drawn, so no font is embedded; each letter gets a number in a font of the packet
that only tells which letter it is (ISO 32000-1, 9.10).
"""

import zlib
from typing import TYPE_CHECKING, Any, Final

from tmjkit.packet.contents import decoded
from tmjkit.packet.geometry import Box

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import IndirectObject

FONT: Final = "/Unseen"
_WIDE: Final = 500  # width of every letter, in thousandths of its size
_LARGEST: Final = 12.0  # points
_DEPTH: Final = 4  # forms in forms that are looked into
_MOST: Final = 20_000_000  # bytes of a page that are looked through
_SHOWS: Final = b"BT"  # begins a text (ISO 32000-1, table 107)
_LETTERS: Final = 0xFFFE
_RANGE: Final = 100  # entries that one list of a map may have


class Hidden:
    """Writes unseen text; its font is put into the packet when it is first needed."""

    def __init__(self, writer: "PdfWriter") -> None:
        self._writer = writer
        self._codes: dict[str, int] = {}
        self._map: Any = None
        self._font: IndirectObject | None = None

    @property
    def fonts(self) -> "dict[str, IndirectObject]":
        """The font by its name in a page's resources; empty while nothing was written."""
        return {FONT: self._font} if self._font is not None else {}

    def code(self, text: str, area: Box) -> bytes:
        """Return what writes a page's words, unseen, line by line over an area of a sheet."""
        lines = [" ".join(line.split()) for line in text.splitlines()]
        lines = [line for line in lines if line]
        if not lines or not area.seen:
            return b""
        if self._font is None:
            self._font = self._made()
        step = area.high / (len(lines) + 1)
        size = min(_LARGEST, step)
        parts = ["q BT 3 Tr"]  # the mode would outlast the text
        for place, line in enumerate(lines, 1):
            narrow = min(100.0, 100_000.0 * area.wide / (len(line) * size * _WIDE))
            parts.append(
                f"{FONT} {size:.3f} Tf {narrow:.3f} Tz "
                f"1 0 0 1 {area.left:.2f} {area.top - step * place:.2f} Tm <{self._coded(line)}> Tj"
            )
        return "\n".join((*parts, "ET Q\n")).encode("ascii")

    def finish(self) -> None:
        """Write which letters the numbers stand for; call it when all pages are written."""
        if self._map is None:
            return
        pairs = [
            f"<{code:04X}> <{letter.encode('utf-16-be').hex().upper()}>"
            for letter, code in self._codes.items()
        ]
        lists = [pairs[start : start + _RANGE] for start in range(0, len(pairs), _RANGE)]
        body = "\n".join(
            f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in lists
        )
        told = (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Unseen def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        )
        self._map.set_data(zlib.compress(told.encode("ascii"), 6))

    def _coded(self, line: str) -> str:
        letters = line.encode("utf-8", "replace").decode()  # a lone surrogate is no letter
        return "".join(f"{self._code(letter):04X}" for letter in letters)

    def _code(self, letter: str) -> int:
        known = self._codes.get(letter)
        if known is None:
            if len(self._codes) >= _LETTERS:
                return 0
            known = self._codes[letter] = len(self._codes) + 1
        return known

    def _made(self) -> "IndirectObject":
        from pypdf.generic import (  # noqa: PLC0415 -- heavy
            ArrayObject,
            DecodedStreamObject,
            DictionaryObject,
            NameObject,
            NumberObject,
            TextStringObject,
        )

        def entries(**given: Any) -> Any:
            return DictionaryObject({NameObject(f"/{key}"): item for key, item in given.items()})

        self._map = DecodedStreamObject()
        self._map[NameObject("/Filter")] = NameObject("/FlateDecode")
        name = NameObject("/Unseen")
        describes = entries(
            Type=NameObject("/FontDescriptor"),
            FontName=name,
            Flags=NumberObject(4),
            FontBBox=ArrayObject(NumberObject(side) for side in (0, -200, _WIDE, 800)),
            ItalicAngle=NumberObject(0),
            Ascent=NumberObject(800),
            Descent=NumberObject(-200),
            CapHeight=NumberObject(700),
            StemV=NumberObject(80),
        )
        letters = entries(
            Type=NameObject("/Font"),
            Subtype=NameObject("/CIDFontType2"),
            BaseFont=name,
            CIDSystemInfo=entries(
                Registry=TextStringObject("Adobe"),
                Ordering=TextStringObject("Identity"),
                Supplement=NumberObject(0),
            ),
            FontDescriptor=self._writer._add_object(describes),
            DW=NumberObject(_WIDE),
            CIDToGIDMap=NameObject("/Identity"),
        )
        font = entries(
            Type=NameObject("/Font"),
            Subtype=NameObject("/Type0"),
            BaseFont=name,
            Encoding=NameObject("/Identity-H"),
            DescendantFonts=ArrayObject([self._writer._add_object(letters)]),
            ToUnicode=self._writer._add_object(self._map),
        )
        return self._writer._add_object(font)


def silent(page: "PageObject") -> bool:
    """Tell whether a page shows no text of its own, so that words beneath it double nothing."""
    if _SHOWS in decoded(page, _MOST):
        return False
    return not _speaks(page.get("/Resources"), _DEPTH)


def _speaks(resources: Any, depth: int) -> bool:
    """Tell whether a form that the resources name shows text."""
    found = resources.get_object() if resources is not None else {}
    objects = found.get("/XObject") if hasattr(found, "get") else None
    for reference in (objects.get_object() if objects is not None else {}).values():
        form = reference.get_object()
        if form.get("/Subtype") != "/Form":
            continue
        # What is nested deeper than this counts as text: better no words than the same twice.
        if not depth or _SHOWS in form.get_data()[:_MOST]:
            return True
        if _speaks(form.get("/Resources"), depth - 1):
            return True
    return False
