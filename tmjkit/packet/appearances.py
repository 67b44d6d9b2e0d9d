"""What annotations look like on paper: filled fields, stamps, signatures, comments."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from tmjkit.packet.geometry import Box, Matrix, onto

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter
    from pypdf.generic import IndirectObject, StreamObject

_HIDDEN: Final = 0b100010  # flags Hidden and NoView (ISO 32000-1, table 165)
_TEXT_FIELD: Final = "/Tx"


def appearances(page: "PageObject") -> Iterator[tuple["StreamObject", Matrix]]:
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


def cloned(writer: "PdfWriter", look: "StreamObject") -> "IndirectObject":
    """Copy an appearance into the packet, as a form."""
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
