"""Puts pages onto the packet's sheets, each with its stamp.

A foreign page becomes a form on a new sheet: what it shows stays as it is, as vectors and text,
and whatever else its file holds (scripts, attachments, edits in progress, links, metadata)
stays behind. Filled form fields, stamps, signatures and comments that show on paper become part
of the picture.
"""

import zlib
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from tmjkit.packet.appearances import appearances, cloned
from tmjkit.packet.contents import packed
from tmjkit.packet.geometry import BAND, Box, Placement, covered, place, written
from tmjkit.packet.hidden import Hidden
from tmjkit.packet.stamping import Mark, Stamps

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

# Of what a page draws with (ISO 32000-1, table 33); anything else there stays behind.
_KINDS: Final = (
    "/ExtGState",
    "/ColorSpace",
    "/Pattern",
    "/Shading",
    "/XObject",
    "/Font",
    "/ProcSet",
    "/Properties",
)


class Sheets:
    """Adds sheets to a packet.

    Parameters
    ----------
    writer
        The packet.
    most
        How many bytes one document's pages may draw.
    """

    def __init__(self, writer: "PdfWriter", most: int) -> None:
        from pypdf.generic import DecodedStreamObject  # noqa: PLC0415 -- heavy

        self._writer = writer
        self._most = most
        self._stamps = Stamps(writer)
        self._hidden = Hidden(writer)
        self._fonts = writer._add_object(_entries(self._stamps.fonts))
        self._shared: dict[tuple[Any, int], Any] = {}
        save = DecodedStreamObject()
        save.set_data(b"q\n")
        self._save = writer._add_object(save)

    def foreign(
        self,
        page: "PageObject",
        mark: Mark,
        *,
        strip: "PageObject | None" = None,
        text: str = "",
    ) -> "PageObject":
        """Add a foreign page, fitted to US letter, as one piece of marked content numbered 0.

        Parameters
        ----------
        page
            The page.
        mark
            Its stamp.
        strip
            A line that stands above the stamp; the page gets smaller to make room for it.
        text
            Its words, where it is only a picture; they lie unseen beneath it.
        """
        box = seen(page)
        room = BAND + (float(strip.mediabox.height) if strip is not None else 0.0)
        placed = place(box, page.rotation, float(page.get("/UserUnit", 1)), room)
        forms = {"/Page": self._form(page, box)}
        drawn = ["/Page Do"]
        for number, (appearance, matrix) in enumerate(appearances(page)):
            forms[f"/Note{number}"] = cloned(self._writer, appearance)
            drawn.append(f"q {written(matrix)} cm /Note{number} Do Q")
        clip = f"{box.left:.3f} {box.bottom:.3f} {box.wide:.3f} {box.high:.3f} re W n"
        words = self._hidden.code(text, covered(box, placed.matrix)) if text else b""
        inside = f"q {written(placed.matrix)} cm {clip}\n" + "\n".join(drawn)
        code = (
            b"/P <</MCID 0>> BDC\n",
            words,
            inside.encode("ascii"),
            b"\nQ EMC\n",
            self._footer(placed.wide, mark, strip, forms),
        )
        fonts = {**self._stamps.fonts, **self._hidden.fonts} if words else self._fonts
        resources = _entries({"/Font": fonts, "/XObject": forms})
        return self._blank(placed, resources, _stream(b"".join(code)))

    def _blank(
        self, placed: Placement, resources: "DictionaryObject", drawn: "StreamObject"
    ) -> "PageObject":
        """Add a sheet; pypdf's own way would copy it, which takes longer than all else."""
        from pypdf import PageObject  # noqa: PLC0415 -- heavy
        from pypdf.generic import ArrayObject, NumberObject  # noqa: PLC0415 -- heavy

        tree: Any = self._writer.root_object["/Pages"]
        sheet = PageObject(self._writer)
        sheet.update(
            _entries(
                {
                    "/Type": _name("/Page"),
                    "/Parent": tree.indirect_reference,
                    "/MediaBox": ArrayObject(
                        NumberObject(int(side)) for side in (0, 0, placed.wide, placed.high)
                    ),
                    "/Resources": resources,
                    "/Contents": self._writer._add_object(drawn),
                }
            )
        )
        tree["/Kids"].append(self._writer._add_object(sheet))
        tree[_name("/Count")] = NumberObject(tree["/Count"] + 1)
        # What pypdf counts pages by.
        self._writer.flattened_pages.append(sheet)  # type: ignore[union-attr]
        return sheet

    def own(
        self, page: "PageObject", mark: Mark, *, strip: "PageObject | None" = None
    ) -> "PageObject":
        """Add a page that tmjkit set itself: right in size, with room for the stamp."""
        from pypdf.generic import ArrayObject  # noqa: PLC0415 -- heavy

        sheet = self._writer.add_page(page)
        contents = sheet.raw_get("/Contents")
        found = contents.get_object()
        streams = list(found) if isinstance(found, ArrayObject) else [contents]
        forms: dict[str, IndirectObject] = {}
        footer = self._footer(float(sheet.mediabox.width), mark, strip, forms)
        after = self._writer._add_object(_stream(b"\nQ\n" + footer))
        sheet[_name("/Contents")] = ArrayObject([self._save, *streams, after])
        resources = sheet.get("/Resources")
        self._finish(sheet, resources.get_object() if resources else {}, self._stamps.fonts, forms)
        return sheet

    def finish(self) -> None:
        """Complete what the sheets share; call it when all are added."""
        self._hidden.finish()

    def _footer(
        self,
        wide: float,
        mark: Mark,
        strip: "PageObject | None",
        forms: "dict[str, IndirectObject]",
    ) -> bytes:
        code = self._stamps.drawn(mark, wide)
        if strip is None:
            return code
        box = Box(0.0, 0.0, float(strip.mediabox.width), float(strip.mediabox.height))
        forms["/Strip"] = self._form(strip, box)
        left = (wide - box.wide) / 2
        put = f"/Artifact <</Type /Pagination>> BDC q 1 0 0 1 {left:g} {BAND:g} cm /Strip Do Q EMC"
        return put.encode("ascii") + b"\n" + code

    def _finish(
        self,
        sheet: "PageObject",
        resources: "DictionaryObject | dict[str, Any]",
        fonts: "DictionaryObject | dict[str, Any]",
        forms: "dict[str, IndirectObject]",
    ) -> None:
        """Give a sheet what it draws with; a copy, as pages often share one dictionary."""
        from pypdf.generic import DictionaryObject  # noqa: PLC0415 -- heavy

        whole = DictionaryObject(resources)
        for kind, more in (("/Font", fonts), ("/XObject", forms)):
            if more:
                known = whole.get(kind)
                put = DictionaryObject(known.get_object() if known else {})
                put.update({_name(name): item for name, item in more.items()})
                whole[_name(kind)] = put
        sheet[_name("/Resources")] = whole

    def _form(self, page: "PageObject", box: Box) -> "IndirectObject":
        """Make a form of what a page draws; a form keeps its graphics state to itself."""
        from pypdf.generic import ArrayObject, FloatObject  # noqa: PLC0415 -- heavy

        form = _packed(packed(page, self._most))
        form[_name("/Subtype")] = _name("/Form")
        form[_name("/BBox")] = ArrayObject(FloatObject(round(value, 4)) for value in box)
        form[_name("/Resources")] = self._resources(page)
        if "/Group" in page:
            form[_name("/Group")] = page["/Group"].clone(self._writer)
        return self._writer._add_object(form)

    def _resources(self, page: "PageObject") -> Any:
        """Copy what a page draws with; pages that share it share the copy."""
        from pypdf.generic import DictionaryObject, NullObject  # noqa: PLC0415 -- heavy

        given: Any = page.get("/Resources")
        found = given.get_object() if given is not None else None
        if found is None or isinstance(found, NullObject):
            return DictionaryObject()
        reference = getattr(found, "indirect_reference", None)
        key = (reference.pdf, reference.idnum) if reference is not None else None
        if key is not None and key in self._shared:
            return self._shared[key]
        copy: Any = DictionaryObject(
            {
                _name(kind): found.raw_get(kind).clone(self._writer)
                for kind in _KINDS
                if kind in found
            }
        )
        if key is not None:
            copy = self._shared[key] = self._writer._add_object(copy)
        return copy


def seen(page: "PageObject") -> Box:
    """Return the part of a page that is seen; the whole sheet where its boxes make no sense."""
    media, crop = (
        Box(float(box.left), float(box.bottom), float(box.right), float(box.top))
        for box in (page.mediabox, page.cropbox)
    )
    media, crop = (
        Box(min(b.left, b.right), min(b.bottom, b.top), max(b.left, b.right), max(b.bottom, b.top))
        for b in (media, crop)
    )
    both = crop.within(media)
    return next((box for box in (both, media) if box.seen), Box(0.0, 0.0, 612.0, 792.0))


def _stream(data: bytes) -> "StreamObject":
    return _packed(zlib.compress(data, 6))


def _packed(data: bytes) -> "StreamObject":
    from pypdf.generic import DecodedStreamObject  # noqa: PLC0415 -- heavy

    stream = DecodedStreamObject()
    stream.set_data(data)
    stream[_name("/Filter")] = _name("/FlateDecode")
    return stream


def _entries(given: dict[str, Any]) -> "DictionaryObject":
    from pypdf.generic import DictionaryObject  # noqa: PLC0415 -- heavy

    return DictionaryObject(
        {_name(key): _entries(item) if type(item) is dict else item for key, item in given.items()}
    )


@cache
def _name(text: str) -> Any:
    from pypdf.generic import NameObject  # noqa: PLC0415 -- heavy

    return NameObject(text)
