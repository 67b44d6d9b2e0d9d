"""Puts pages onto the packet's sheets and stamps them.

A foreign page becomes a form on a new sheet: what it shows stays as it is, as vectors and text,
and whatever else its file holds (scripts, attachments, edits in progress, links, metadata)
stays behind. Filled form fields, stamps, signatures and comments that show on paper become part
of the picture.
"""

import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from tmjkit.packet.geometry import Box, Matrix, onto, place, written

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter
    from pypdf.generic import IndirectObject, StreamObject

_HIDDEN: Final = 0b100010  # flags Hidden and NoView (ISO 32000-1, table 165)
_TEXT_FIELD: Final = "/Tx"


def add_foreign(writer: "PdfWriter", page: "PageObject", leaf: str = "P") -> "PageObject":
    """Add a foreign page, fitted to US letter, as one piece of marked content numbered 0."""
    box = _seen(page)
    placed = place(box, page.rotation, float(page.get("/UserUnit", 1)))
    sheet = writer.add_blank_page(placed.wide, placed.high)
    forms = {"/Page": _form(writer, page, box)}
    drawn = ["/Page Do"]
    for number, (appearance, matrix) in enumerate(_appearances(page)):
        forms[f"/Note{number}"] = _cloned(writer, appearance)
        drawn.append(f"q {written(matrix)} cm /Note{number} Do Q")
    clip = f"{box.left:.3f} {box.bottom:.3f} {box.wide:.3f} {box.high:.3f} re W n"
    inside = "\n".join(drawn)
    _draw(
        writer,
        sheet,
        f"/{leaf} <</MCID 0>> BDC q {written(placed.matrix)} cm {clip}\n{inside}\nQ EMC",
        forms,
    )
    return sheet


def stamp(writer: "PdfWriter", sheet: "PageObject", stamp_page: "PageObject") -> None:
    """Put a stamp onto the band at the bottom of a sheet; it is no part of the text."""
    box = Box(0.0, 0.0, float(stamp_page.mediabox.width), float(stamp_page.mediabox.height))
    _draw(
        writer,
        sheet,
        "/Artifact <</Type /Pagination>> BDC q /Stamp Do Q EMC",
        {"/Stamp": _form(writer, stamp_page, box)},
    )


def _seen(page: "PageObject") -> Box:
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


def _form(writer: "PdfWriter", page: "PageObject", box: Box) -> "IndirectObject":
    """Make a form of what a page draws; a form keeps its graphics state to itself."""
    from pypdf.generic import DictionaryObject, NameObject  # noqa: PLC0415 -- heavy

    contents = page.get_contents()
    form = _stream(b"" if contents is None else contents.get_data())
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = _numbers(box)
    resources = page.get("/Resources")
    form[NameObject("/Resources")] = (
        DictionaryObject() if resources is None else resources.get_object().clone(writer)
    )
    if "/Group" in page:
        form[NameObject("/Group")] = page["/Group"].clone(writer)
    return writer._add_object(form)


def _appearances(page: "PageObject") -> Iterator[tuple["StreamObject", Matrix]]:
    """Yield what annotations look like on paper, with where they stand on the page."""
    from pypdf.generic import StreamObject  # noqa: PLC0415 -- heavy

    annotations = page.get("/Annots")
    for reference in annotations.get_object() if annotations else ():
        note = reference.get_object()
        if not hasattr(note, "get") or int(note.get("/F", 0)) & _HIDDEN:
            continue
        if note.get("/Subtype") in ("/Popup", "/Link"):
            continue
        looks = note.get("/AP", {}).get("/N")
        look = looks.get_object() if looks is not None else None
        if look is not None and not isinstance(look, StreamObject):
            # A button has one appearance for each state.
            look = look.get(note.get("/AS", "/Off"))
            look = look.get_object() if look is not None else None
        if not isinstance(look, StreamObject) or "/Rect" not in note or "/BBox" not in look:
            continue
        own = tuple(float(value) for value in look.get("/Matrix", (1, 0, 0, 1, 0, 0)))
        target, shape = _ordered(note["/Rect"]), _ordered(look["/BBox"])
        if len(own) == 6 and target.wide > 0 and target.high > 0:  # noqa: PLR2004 -- a matrix
            yield look, onto(shape, own, target)


def _ordered(numbers: Any) -> Box:
    x1, y1, x2, y2 = (float(value) for value in numbers.get_object())
    return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _cloned(writer: "PdfWriter", look: "StreamObject") -> "IndirectObject":
    from pypdf.generic import NameObject  # noqa: PLC0415 -- heavy

    copied = look.clone(writer)
    # Viewers forgive an annotation whose appearance isn't named a form; a page doesn't.
    copied[NameObject("/Subtype")] = NameObject("/Form")
    return writer._add_object(copied)


def with_appearances(reader: "PdfReader") -> "PdfReader":
    """Return the file with an appearance for each filled text field that has none.

    Some programs fill a form and leave drawing to the viewer.
    """
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 -- heavy

    if not any(_bare_fields(page) for page in reader.pages):
        return reader
    writer = PdfWriter(clone_from=reader)
    for page in writer.pages:
        values = _bare_fields(page)
        if values:
            writer.update_page_form_field_values(page, values, auto_regenerate=False)
    buffer = io.BytesIO()
    writer.write(buffer)
    return PdfReader(buffer)


def _bare_fields(page: "PageObject") -> dict[str, Any]:
    """Return the text fields on a page that hold a value and have no appearance."""
    found: dict[str, Any] = {}
    annotations = page.get("/Annots")
    for reference in annotations.get_object() if annotations else ():
        field = reference.get_object()
        if not hasattr(field, "get") or field.get("/Subtype") != "/Widget" or "/AP" in field:
            continue
        owner = field if "/T" in field else field.get("/Parent", field).get_object()
        if field.get("/FT", owner.get("/FT")) != _TEXT_FIELD or "/T" not in owner:
            continue
        value = field.get("/V", owner.get("/V"))
        if isinstance(value, str) and value:
            found[str(owner["/T"])] = value
    return found


def _draw(
    writer: "PdfWriter", sheet: "PageObject", drawing: str, forms: "dict[str, IndirectObject]"
) -> None:
    """Draw forms over what a sheet has."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject  # noqa: PLC0415 -- heavy

    contents = sheet.get("/Contents")
    before = [] if contents is None else _parts(writer, sheet)
    after = writer._add_object(_stream(drawing.encode("ascii")))
    sheet[NameObject("/Contents")] = ArrayObject([*before, after])
    found = sheet.get("/Resources")
    # A copy: pages often share one dictionary of resources.
    resources = DictionaryObject(found.get_object() if found else {})
    known = resources.get("/XObject")
    objects = DictionaryObject(known.get_object() if known else {})
    objects.update({NameObject(name): form for name, form in forms.items()})
    resources[NameObject("/XObject")] = objects
    sheet[NameObject("/Resources")] = resources


def _parts(writer: "PdfWriter", sheet: "PageObject") -> "list[IndirectObject]":
    """Return the streams of a sheet, with whatever graphics state they leave behind undone."""
    from pypdf.generic import ArrayObject  # noqa: PLC0415 -- heavy

    contents = sheet["/Contents"].get_object()
    raw = sheet.raw_get("/Contents")
    streams = list(contents) if isinstance(contents, ArrayObject) else [raw]
    save, restore = (writer._add_object(_stream(code)) for code in (b"q\n", b"\nQ\n"))
    return [save, *streams, restore]


def _stream(data: bytes) -> "StreamObject":
    from pypdf.generic import DecodedStreamObject, NameObject  # noqa: PLC0415 -- heavy

    stream = DecodedStreamObject()
    stream.set_data(zlib.compress(data, 6))
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    return stream


def _numbers(values: Box) -> Any:
    from pypdf.generic import ArrayObject, FloatObject  # noqa: PLC0415 -- heavy

    return ArrayObject(FloatObject(round(value, 4)) for value in values)
