"""Makes one file of the parts: sheets, stamps, links, bookmarks, structure, metadata."""

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tmjkit.letters.typeset import typeset
from tmjkit.packet.appearances import with_appearances
from tmjkit.packet.geometry import LETTER
from tmjkit.packet.hidden import silent
from tmjkit.packet.layers import carry_layers
from tmjkit.packet.links import lead
from tmjkit.packet.metadata import written
from tmjkit.packet.model import PacketError
from tmjkit.packet.opening import damaged
from tmjkit.packet.options import Options
from tmjkit.packet.parts import Part
from tmjkit.packet.placing import Sheets
from tmjkit.packet.stamping import Mark
from tmjkit.packet.tags import Structure
from tmjkit.reading.paper import quiet

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import IndirectObject

    from tmjkit.packet.documents import Pages

LINE: Final = 25.0  # height in points of the line on an exhibit's first page
_OURS: Final = "en"  # what tmjkit sets itself is in English, whatever the letter is in


@dataclass(frozen=True, slots=True)
class Form:
    """What the whole file is made with.

    Parameters
    ----------
    title
        Title of the file; nothing about the patient.
    language
        Language of the letter (BCP 47).
    draft
        Whether every stamp says that it is a draft.
    options
        Bates numbers and limits.
    """

    title: str
    language: str
    draft: bool
    options: Options


def merged(
    parts: Sequence[Part],
    places: dict[str, tuple[int, int]],
    form: Form,
    done: Callable[[], None],
) -> bytes:
    """Return the packet as a file.

    Parameters
    ----------
    parts
        The parts in order.
    places
        For each part's key its first page in the packet and how many it has.
    form
        What the file is made with.
    done
        Called after each part.

    Raises
    ------
    PacketError
        When a page can't be put into the packet.
    """
    from pypdf import PdfWriter  # noqa: PLC0415 -- heavy

    writer = PdfWriter()
    press = _Press(writer, form, sum(part.sheets for part in parts), _lines(parts))
    with quiet():
        for part in parts:
            start = len(press.pages)
            press.put(part)
            writer.add_outline_item(title=part.bookmark, page_number=start)
            done()
        for page in press.own:
            lead(page, press.pages, places)
        press.finish(form.language)
        return written(writer, form.title, form.language, _identity(parts, form))


def _identity(parts: Sequence[Part], form: Form) -> bytes:
    """Return sixteen bytes that the same packet always has, and another hardly ever."""
    told = [(part.name, part.bookmark, part.sha256, part.about, part.texts) for part in parts]
    return hashlib.sha256(repr((form, told)).encode("utf-8", "replace")).digest()[:16]


def _lines(parts: Sequence[Part]) -> "dict[str, PageObject]":
    """Set the lines that say what each exhibit is, by the keys of their parts."""
    from pypdf import PdfReader  # noqa: PLC0415 -- heavy

    told = [part for part in parts if part.about]
    if not told:
        return {}
    data = {
        "wide": LETTER[0],
        "high": LINE,
        "lines": [{"name": part.name, "says": part.about} for part in told],
    }
    pages = PdfReader(io.BytesIO(typeset("packet-line", data, tagged=False))).pages
    return {part.key: page for part, page in zip(told, pages, strict=True)}


class _Press:
    """Puts parts down, page by page."""

    def __init__(
        self, writer: "PdfWriter", form: Form, total: int, lines: "dict[str, PageObject]"
    ) -> None:
        self._writer = writer
        self._form = form
        self._total = total
        self._lines = lines
        self._sheets = Sheets(writer, form.options.limits.drawn_bytes)
        self.structure = Structure(writer)
        self.pages: list[PageObject] = []
        self.own: list[PageObject] = []

    def finish(self, language: str) -> None:
        """Complete what the pages share."""
        self._sheets.finish()
        self.structure.finish(language)

    def put(self, part: Part) -> None:
        """Put down a part."""
        language = _OURS if part.kind.value not in ("letter", "exhibit") else ""
        element = self.structure.part(
            part.bookmark, "" if language == self._form.language else language
        )
        if part.slip:
            told = "slip sheet" if part.pages else "sent separately"
            self._set(element, part, part.slip, iter([told] * part.slips))
        numbers = (f"page {number} of {part.count}" for number in range(1, part.count + 1))
        texts = iter(part.texts)
        for pages in part.pages:
            if pages.own:
                self._set(element, part, pages, numbers)
                continue
            try:
                reader = with_appearances(pages.reader)
                for page in reader.pages:
                    text = next(texts, "")
                    words = text if text and (pages.picture or silent(page)) else ""
                    mark, strip = self._mark(part, next(numbers))
                    sheet = self._sheets.foreign(page, mark, strip=strip, text=words)
                    self.structure.leaf(element, sheet)
                    self.pages.append(sheet)
                carry_layers(self._writer, reader)
            except Exception:
                # Not chained: the cause could quote the document.
                raise PacketError(damaged(part.where)) from None

    def _set(
        self, element: "IndirectObject", part: Part, pages: "Pages", words: Iterator[str]
    ) -> None:
        """Add pages that we set ourselves: right in size, tagged, with room for the stamp."""
        added = []
        for page in pages.reader.pages:
            mark, strip = self._mark(part, next(words))
            added.append(self._sheets.own(page, mark, strip=strip))
            self.pages.append(added[-1])
        self.own += added
        self.structure.adopt(element, pages.reader, added)

    def _mark(self, part: Part, words: str) -> "tuple[Mark, PageObject | None]":
        """Return a page's stamp, and the line above it where it is an exhibit's first page."""
        number = len(self.pages) + 1
        bates = self._form.options.bates
        exhibit = part.exhibit is not None
        about = words if exhibit else f"{part.name}, {words}"  # its label is in the box
        mark = Mark(
            f"{about} · packet page {number} of {self._total}",
            part.name if exhibit else "",
            bates.number(number) if bates else "",
            draft=self._form.draft,
        )
        first = words.startswith("page 1 of ")
        return mark, self._lines.get(part.key) if first else None
