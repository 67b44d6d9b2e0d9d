"""Prints the values of a claim form, and nothing else, for the red form in the printer.

The form itself is not shipped. Its print standard, as published, is type of 10 characters to the
inch on 6 lines to the inch, the first printed column 0.3 inches from the left edge of the paper,
and the first rule of the form 1.33 inches from the upper one (Medicare's printing rules for the
form). Line 7 begins below that rule. Printers move paper, so a test page is printed first and the
rest is done with a shift in inches.
"""

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from tmjkit.packet.claim.model import ClaimError, Cms1500
from tmjkit.packet.claim.slots import BY_KEY, SLOTS, Slot, printed

if TYPE_CHECKING:
    from pypdf import PdfWriter

WIDE, HIGH = 612.0, 792.0
PITCH: Final = 7.2
"""Width of a column in points: ten to the inch."""
LINE: Final = 12.0
"""Height of a line in points: six to the inch."""
LEFT: Final = 0.3 * 72
"""From the left edge to column 1."""
TOP: Final = 1.33 * 72 - 6 * LINE
"""From the upper edge to the top of line 1; line 7 begins at the form's first rule."""
_RISE: Final = 3.0  # from the foot of a line to the feet of its letters
_SIZE: Final = 10.0
_MOST_SHIFT: Final = 2.0

Shift = tuple[float, float]


def place(slot: Slot, shift: Shift = (0.0, 0.0)) -> tuple[float, float]:
    """Return where the feet of a place's first letter stand, in points from lower left.

    Parameters
    ----------
    slot
        The place.
    shift
        Inches to the right and down by which everything is moved.
    """
    x = LEFT + (slot.column - 1) * PITCH + shift[0] * 72
    y = HIGH - (TOP + slot.row * LINE - _RISE) - shift[1] * 72
    return x, y


def overlay(form: Cms1500, *, shift: Shift = (0.0, 0.0)) -> bytes:
    """Return a PDF with the values of each form on a page of its own, at their places.

    Parameters
    ----------
    form
        The form.
    shift
        Inches to the right and down by which everything is moved; negative for left and up.

    Raises
    ------
    ClaimError
        When the shift is more than two inches.
    """
    return _pdf([_words(sheet.values, shift) for sheet in form.sheets], "Claim form, values only")


def trial_page(*, shift: Shift = (0.0, 0.0)) -> bytes:
    """Return a page that fills each place with X, to be held against an empty form."""
    filled = {slot.key: "X" * slot.length for slot in SLOTS}
    note = Slot("note", "", "", 1, 1, 60)
    words = [(note, "TEST PAGE: HOLD IT AGAINST THE FORM, THEN SET THE SHIFT")]
    words += [(BY_KEY[key], text) for key, text in filled.items()]
    return _pdf([_placed(words, shift)], "Claim form, test page")


def _words(values: Mapping[str, str], shift: Shift) -> bytes:
    return _placed([(BY_KEY[key], text) for key, text in printed(values).items()], shift)


def _placed(words: list[tuple[Slot, str]], shift: Shift) -> bytes:
    if any(abs(inches) > _MOST_SHIFT for inches in shift):
        raise ClaimError(f"the shift should be at most {_MOST_SHIFT:g} inches each way")
    return b"\n".join(_drawing(words, shift))


def _drawing(words: list[tuple[Slot, str]], shift: Shift) -> Iterator[bytes]:
    # The blanks between letters widen 10-point type to ten characters an inch.
    yield f"BT /F1 {_SIZE:g} Tf {PITCH - _SIZE * 0.6:g} Tc".encode()
    for slot, text in words:
        shown = text.rjust(slot.length) if slot.right else text
        x, y = place(slot, shift)
        escaped = shown.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        yield f"1 0 0 1 {x:.2f} {y:.2f} Tm ({escaped}) Tj".encode("ascii", "replace")
    yield b"ET"


def _pdf(pages: list[bytes], title: str) -> bytes:
    from pypdf import PdfWriter  # noqa: PLC0415 -- heavy

    writer = PdfWriter()
    for content in pages:
        _page(writer, content)
    writer.metadata = {"/Title": title, "/Producer": "tmjkit"}
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _page(writer: "PdfWriter", content: bytes) -> None:
    from pypdf.generic import (  # noqa: PLC0415 -- heavy
        DecodedStreamObject,
        DictionaryObject,
        NameObject,
    )

    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Courier"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    page = writer.add_blank_page(WIDE, HIGH)
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
