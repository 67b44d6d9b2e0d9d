"""Puts pictures onto PDF pages without loss: photos of letters, scans, faxes."""

import io
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from tmjkit.packet.geometry import LETTER

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS: Final = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")
_BEGINNINGS: Final = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8")
_PAPER = 200.0  # dots per inch of a picture that doesn't say; a photo then fills its page
_MARGIN = 36.0
# EXIF 2.32, 4.6.4 A: the orientation tag, and the values that only turn the picture.
_ORIENTATION: Final = 0x0112
_START_OF_SCAN: Final = 0xDA
_NOTES: Final = {*range(0xE1, 0xF0), 0xFE} - {0xEE}
_TURNS: Final = {1: 0, 3: 180, 6: 90, 8: 270}


class ImageError(Exception):
    """A picture that can't be read."""


def image_pdf(data: bytes) -> bytes | None:
    """Return a PDF with a page for each picture in the file, or None for another format.

    A JPEG keeps its own picture data and loses what the camera noted in it, such as the place;
    everything else is packed without loss.

    Raises
    ------
    ImageError
        When the picture is damaged, or has more pixels than any page could show.
    """
    from PIL import Image, ImageSequence, UnidentifiedImageError  # noqa: PLC0415 -- heavy

    try:
        opened = Image.open(io.BytesIO(data), formats=_FORMATS)
    except UnidentifiedImageError:
        if data.startswith(_BEGINNINGS):
            raise ImageError from None
        return None
    except Exception:
        raise ImageError from None
    try:
        with opened:
            if opened.format == "JPEG" and opened.mode in ("RGB", "L"):
                opened.load()
                turn = _TURNS.get(opened.getexif().get(_ORIENTATION, 1))
                if turn is not None:
                    return _pdf([(opened, _without_notes(data), turn)])
            # One picture of an animation says as much as all of them.
            frames = ImageSequence.Iterator(opened) if opened.format == "TIFF" else [opened]
            return _pdf((frame, None, 0) for frame in map(_upright, frames))
    except Exception:
        raise ImageError from None


def _upright(frame: "Image") -> "Image":
    """Return the picture as it is meant to be seen: turned, on white, in grey or RGB."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- heavy

    seen = ImageOps.exif_transpose(frame)
    if seen.mode in ("1", "L", "RGB"):
        return seen
    if seen.mode.startswith("I"):  # sixteen bits a pixel
        return seen.convert("I").point(lambda value: value / 257).convert("L")
    if seen.mode in ("RGBA", "LA", "PA") or "transparency" in seen.info:
        colored = seen.convert("RGBA")
        white = Image.new("RGBA", colored.size, "white")
        return Image.alpha_composite(white, colored).convert("RGB")
    return seen.convert("RGB")


def _pdf(frames: "Iterable[tuple[Image, bytes | None, int]]") -> bytes:
    from pypdf import PdfWriter  # noqa: PLC0415 -- heavy
    from pypdf.generic import (  # noqa: PLC0415
        DecodedStreamObject,
        DictionaryObject,
        NameObject,
        NumberObject,
    )

    writer = PdfWriter()
    for frame, jpeg, turn in frames:
        picture = DecodedStreamObject()
        gray, bits = frame.mode in ("1", "L"), 1 if frame.mode == "1" else 8
        picture.set_data(jpeg or zlib.compress(frame.tobytes(), 6))
        picture.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Image"),
                NameObject("/Width"): NumberObject(frame.width),
                NameObject("/Height"): NumberObject(frame.height),
                NameObject("/ColorSpace"): NameObject("/DeviceGray" if gray else "/DeviceRGB"),
                NameObject("/BitsPerComponent"): NumberObject(bits),
                NameObject("/Filter"): NameObject("/DCTDecode" if jpeg else "/FlateDecode"),
            }
        )
        wide, high = _size(frame)
        page = writer.add_blank_page(wide, high)
        drawn = DecodedStreamObject()
        drawn.set_data(f"q {wide:.3f} 0 0 {high:.3f} 0 0 cm /Picture Do Q".encode())
        page[NameObject("/Contents")] = writer._add_object(drawn)
        page[NameObject("/Resources")] = DictionaryObject(
            {
                NameObject("/XObject"): DictionaryObject(
                    {NameObject("/Picture"): writer._add_object(picture)}
                )
            }
        )
        if turn:
            page.rotate(turn)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _size(frame: "Image") -> tuple[float, float]:
    """Return the size of the page: the picture's own, or what fits a sheet with margins."""
    dots = frame.info.get("dpi", (_PAPER, _PAPER))
    across, up = (float(value) if float(value) > 1 else _PAPER for value in dots)
    wide, high = frame.width / across * 72, frame.height / up * 72
    short, long = (side - 2 * _MARGIN for side in LETTER)
    scale = min(1.0, short / min(wide, high), long / max(wide, high))
    return wide * scale, high * scale


def _without_notes(jpeg: bytes) -> bytes:
    """Return a JPEG without what cameras write into it: place, time, device, thumbnail.

    Kept are the segments that the picture needs (ITU-T T.81, B.1.1.3); of the application's
    ones that is Adobe's, which tells how the colours are coded.
    """
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:  # noqa: PLR2004 -- a marker
        marker = jpeg[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 -- a fill byte
            at += 1
            continue
        if marker == _START_OF_SCAN:
            break
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker not in _NOTES:
            kept.append(jpeg[at:end])
        at = end
    return b"".join((*kept, jpeg[at:]))
