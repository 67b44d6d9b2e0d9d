"""Pictures and texts become pages; what can't be printed is said to be sent separately."""

import io
import json

import pypdfium2
import pytest
from packet_files import PLAIN, TODAY, packet_input, read, text_of
from PIL import Image, ImageChops

from tmjkit.packet import PacketError, assemble
from tmjkit.packet.images import image_pdf


def saved(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def halves(size=(300, 400), mode="RGB"):
    """Return a picture that is red above and blue below."""
    image = Image.new("RGB", size, (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, size[0], size[1] // 2))
    return image.convert(mode)


def exhibit(data, media_type, **fields):
    given = packet_input({"one": (data, {"media_type": media_type, "pages": None, **fields})})
    packet = assemble(*given, today=TODAY, options=PLAIN)
    [found] = packet.exhibits
    return packet, found


def seen(packet, number):
    return pypdfium2.PdfDocument(packet.pdf)[number - 1].render(scale=1).to_pil().convert("RGB")


def above_and_below(page):
    """Return a colour of the upper and one of the lower half of the picture on a page."""
    sheet = page.crop((0, 0, page.width, page.height - 58))  # above stamp and line
    left, top, right, bottom = ImageChops.invert(sheet).getbbox()
    middle, quarter = (left + right) // 2, (bottom - top) // 4
    return sheet.getpixel((middle, top + quarter)), sheet.getpixel((middle, bottom - quarter))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("TIFF", "RGB"),
        ("GIF", "P"),
        ("BMP", "RGB"),
        ("WEBP", "RGB"),
    ],
)
def test_a_picture_becomes_a_page(kind, mode):
    packet, found = exhibit(saved(halves(mode=mode), kind), f"image/{kind.lower()}")
    assert (found.pages, found.reason) == (1, "")
    above, below = above_and_below(seen(packet, found.start))
    assert above[0] > 200
    assert above[2] < 60
    assert below[2] > 200
    assert below[0] < 60


@pytest.mark.parametrize("orientation", [1, 2, 3, 6, 8])
def test_a_photo_is_upright(orientation):
    upright = halves((200, 200))
    turns = {1: 0, 2: 0, 3: 180, 6: 90, 8: 270}
    held = upright.rotate(turns[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    packet, found = exhibit(saved(held, "JPEG", exif=exif), "image/jpeg")
    above, below = above_and_below(seen(packet, found.start))
    assert above[0] > 200
    assert below[2] > 200


def test_what_the_camera_noted_stays_behind():
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    data = saved(halves(), "JPEG", exif=exif, comment=b"at home")
    assert b"CameraMaker" in data
    made = image_pdf(data)
    assert b"CameraMaker" not in made
    assert b"at home" not in made
    kept = pypdfium2.PdfDocument(made)[0].render(scale=1).to_pil()
    assert kept.convert("RGB").getpixel((20, 20))[0] > 200


def test_a_transparent_picture_stands_on_white():
    packet, found = exhibit(saved(Image.new("RGBA", (200, 200), (0, 0, 0, 0)), "PNG"), "image/png")
    assert seen(packet, found.start).getpixel((306, 60)) == (255, 255, 255)


def test_a_fax_of_several_pages_keeps_them_all():
    frames = [Image.new("1", (1728, 2200), number % 2) for number in range(3)]
    data = saved(frames[0], "TIFF", save_all=True, append_images=frames[1:], dpi=(204, 196))
    packet, found = exhibit(data, "image/tiff")
    assert found.pages == 3
    middles = [seen(packet, found.start + n).getpixel((306, 400))[0] for n in range(3)]
    assert middles == [0, 255, 0]


def test_sixteen_bits_are_shown_as_they_look():
    image = Image.new("I;16", (100, 100), 32768)
    packet, found = exhibit(saved(image, "PNG"), "image/png")
    assert seen(packet, found.start).getpixel((306, 50))[0] == pytest.approx(127, abs=2)


def test_a_large_photo_fits_its_sheet_and_keeps_its_data():
    photo = saved(halves((4000, 3000)), "JPEG")
    packet, found = exhibit(photo, "image/jpeg")
    page = read(packet).pages[found.start - 1]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == (792, 612)
    assert len(packet.pdf) < len(photo) + 400_000


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n broken", saved(halves(), "PNG")[:200], saved(halves(), "JPEG")[:300]],
)
def test_a_damaged_picture_is_named_with_what_to_do(data):
    with pytest.raises(PacketError, match=r"Exhibit A \(document-one\): the picture is damaged"):
        exhibit(data, "image/png", title="Photo of Ada")


def test_an_unknown_picture_is_sent_separately():
    packet, found = exhibit(b"\x00\x00\x00 ftypheic", "image/heic")
    assert "picture" in found.reason
    assert packet.left_out == (found,)


def test_a_text_is_set_line_by_line():
    text = "First line\n\n    indented #panic() *not bold* $x$\nlast\ttab"
    packet, found = exhibit(text.encode(), "text/plain", title="Call notes")
    shown = text_of(packet, found.start)
    for expected in ("First line", "indented #panic() *not bold* $x$", "last", "Call notes"):
        assert expected in shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_in_any_usual_encoding_is_read(encoding):
    packet, found = exhibit("naïve café".encode(encoding), "text/plain")
    assert "naïve café" in text_of(packet, found.start)


def test_json_on_one_line_gets_lines():
    data = json.dumps({"resourceType": "Observation", "value": [1, 2, {"a": "ü"}]}).encode()
    packet, found = exhibit(data, "application/fhir+json")
    assert '"resourceType": "Observation",' in text_of(packet, found.start)
    assert "ü" in text_of(packet, found.start)


def test_a_long_text_flows_over_pages_and_an_endless_one_is_sent_separately():
    lines = "\n".join(f"line {number}" for number in range(300))
    packet, found = exhibit(lines.encode(), "text/plain")
    assert 2 < found.pages < 8
    assert "line 299" in text_of(packet, found.start + found.pages - 1)
    for endless in ("x\n" * 30_000, "y" * 200_000):
        assert "long data file" in exhibit(endless.encode(), "text/plain")[1].reason


def test_an_endless_word_stays_on_the_sheet():
    packet, found = exhibit(b"w" * 3000, "text/plain")
    page = seen(packet, found.start)
    edge = page.crop((590, 0, 612, 760))
    assert edge.getextrema() == ((255, 255),) * 3


def test_a_pdf_is_known_by_its_bytes_and_not_by_its_type():
    from packet_files import pdf

    packet, found = exhibit(pdf("alpha"), "application/octet-stream")
    assert "alpha" in text_of(packet, found.start)
    with pytest.raises(PacketError, match="damaged"):
        exhibit(b"<html>Not found</html>", "application/pdf")
