"""A page of any kind gets onto a sheet whole, upright, and clear of the stamp."""

import io
import itertools

import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from packet_files import PLAIN, TODAY, changed, packet_input, pdf, read, text_of
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

from tmjkit.packet import Limits, PacketError, assemble
from tmjkit.packet.geometry import BAND, Box, onto, place
from tmjkit.packet.merge import LINE

ROOM = BAND + LINE  # what the stamp and the line above it take of an exhibit's first page
SHEETS = {(612.0, 792.0), (792.0, 612.0)}


def first_page(data):
    """Return the exhibit's only page in a packet, with what is seen of it in pixels."""
    packet = assemble(*packet_input({"one": data}), today=TODAY, options=PLAIN)
    start = packet.exhibits[0].start
    page = read(packet).pages[start - 1]
    image = pypdfium2.PdfDocument(packet.pdf)[start - 1].render(scale=1).to_numpy()
    return packet, page, image


def ink(image):
    """Return top, bottom, left and right of what isn't white above the band, in points."""
    dark = (image[: -int(ROOM), :, :3] < 128).any(axis=2)
    rows, columns = np.where(dark.any(axis=1))[0], np.where(dark.any(axis=0))[0]
    return rows[0], rows[-1], columns[0], columns[-1]


@pytest.mark.parametrize(
    ("wide", "high"),
    [
        (612, 792),
        (792, 612),
        (595, 842),
        (842, 595),
        (300, 200),
        (144, 700),
        (2384, 3370),
        (1000, 200),
        (14400, 14400),
    ],
)
def test_any_size_is_shown_whole_on_us_letter(wide, high):
    packet, page, image = first_page(pdf("alpha", wide=wide, high=high, margin=10))
    assert (float(page.mediabox.width), float(page.mediabox.height)) in SHEETS
    text = page.extract_text()
    assert "alpha" in text
    assert "corner1" in text
    if max(wide, high) < 1500:  # smaller text has no ink at one dot per point
        top, bottom, left, right = ink(image)
        assert bottom < image.shape[0] - ROOM
        assert left > 0
        assert right < image.shape[1] - 1
        assert top > 0
    assert packet.pages == 3


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_shown_as_a_viewer_shows_it(turn):
    data = changed(pdf("alpha"), lambda writer: writer.pages[0].rotate(turn))
    _, page, image = first_page(data)
    assert page.rotation == 0
    seen = pypdfium2.PdfDocument(data)[0].render(scale=1).to_numpy()
    assert image.shape[:2] == seen.shape[:2]
    top, bottom, left, right = ink(
        np.pad(seen, ((0, int(ROOM)), (0, 0), (0, 0)), constant_values=255)
    )
    high = seen.shape[0]
    scale = (high - ROOM) / high
    across = (seen.shape[1] - seen.shape[1] * scale) / 2
    expected = (top * scale, bottom * scale, across + left * scale, across + right * scale)
    assert ink(image) == pytest.approx(expected, abs=3)


def test_what_is_cropped_stays_hidden():
    def crop(writer):
        writer.pages[0].cropbox = RectangleObject((0, 396, 612, 792))

    data = changed(pdf("alpha"), crop)
    _, _, image = first_page(data)
    top, bottom, _, _ = ink(image)
    assert bottom < 396  # the corner's text at the bottom of the page isn't shown
    assert top < 120


@pytest.mark.parametrize(
    "box", [(0, 0, 0, 0), (700, 900, 800, 1000), (612, 792, 0, 0), (-50, -50, 5000, 5000)]
)
def test_a_crop_box_that_makes_no_sense_hides_nothing(box):
    def crop(writer):
        writer.pages[0][NameObject("/CropBox")] = ArrayObject(map(FloatObject, box))

    _, page, image = first_page(changed(pdf("alpha"), crop))
    assert "alpha" in page.extract_text()
    assert ink(image)[1] > 600


def test_a_page_with_an_origin_elsewhere_is_shown_whole():
    def move(writer):
        page = writer.pages[0]
        page.add_transformation((1, 0, 0, 1, 1000, -2000))
        for name in ("mediabox", "cropbox"):
            setattr(page, name, RectangleObject((1000, -2000, 1612, -1208)))

    _, _, image = first_page(changed(pdf("alpha"), move))
    straight = first_page(pdf("alpha"))[2]
    assert (image == straight).mean() > 0.999


def test_an_unbalanced_page_does_not_move_its_stamp():
    def spoil(writer):
        broken = DecodedStreamObject()
        broken.set_data(b"q 3 0 0 3 50 50 cm 0.5 g q q")
        writer.pages[0][NameObject("/Contents")] = writer._add_object(broken)

    _, _, image = first_page(changed(pdf("alpha"), spoil))
    straight = first_page(pdf("alpha"))[2]
    assert (image[-int(BAND) :] == straight[-int(BAND) :]).all()


def test_a_filled_form_shows_its_values():
    data = changed(pdf("alpha"), with_field("Masseter 25 units"))
    packet, page, _ = first_page(data)
    assert "Masseter 25 units" in page.extract_text()
    assert "/AcroForm" not in read(packet).root_object
    assert "/Annots" not in page


def with_field(value, *, appearance=False):
    def change(writer):
        field = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/T"): TextStringObject("muscle"),
                NameObject("/V"): TextStringObject(value),
                NameObject("/F"): NumberObject(4),
                NameObject("/DA"): TextStringObject("/Helv 12 Tf 0 g"),
                NameObject("/Rect"): RectangleObject((100, 400, 400, 430)),
            }
        )
        reference = writer._add_object(field)
        writer.pages[0][NameObject("/Annots")] = ArrayObject([reference])
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/Helv"): writer._add_object(font)})
        writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
            {
                NameObject("/Fields"): ArrayObject([reference]),
                NameObject("/DR"): DictionaryObject({NameObject("/Font"): fonts}),
            }
        )
        if appearance:
            writer.update_page_form_field_values(writer.pages[0], {"muscle": value})

    return change


def test_a_field_with_its_own_appearance_is_shown_as_it_is():
    _, page, _ = first_page(
        changed(pdf("alpha"), with_field("drawn by its program", appearance=True))
    )
    assert "drawn by its program" in page.extract_text()


def note(flags=4):
    def change(writer):
        writer.add_annotation(page_number=0, annotation=appearing(writer, flags))

    return change


def appearing(writer, flags):
    look = DecodedStreamObject()
    look.set_data(b"1 0 0 rg 0 0 10 10 re f")
    look[NameObject("/BBox")] = RectangleObject((0, 0, 10, 10))
    found = FreeText(text="stamp", rect=(300, 300, 400, 350))
    found[NameObject("/F")] = NumberObject(flags)
    found[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(look)})
    return found


def test_a_stamp_on_the_page_is_seen_and_a_hidden_one_is_not():
    def red(image):
        bgr = image[:, :, :3].astype(int)
        return int(((bgr[:, :, 2] > 200) & (bgr[:, :, 0] < 60)).sum())

    scale = (792 - ROOM) / 792
    shown = red(first_page(changed(pdf("alpha"), note()))[2])
    assert shown == pytest.approx(100 * 50 * scale * scale, rel=0.1)
    assert red(first_page(changed(pdf("alpha"), note(flags=2)))[2]) == 0


def test_links_scripts_and_attachments_stay_behind():
    def load(writer):
        writer.add_annotation(
            page_number=0, annotation=Link(rect=(0, 0, 9, 9), url="https://tracker.example.org")
        )
        writer.add_attachment("hidden.txt", b"hidden words")
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {
                NameObject("/S"): NameObject("/JavaScript"),
                NameObject("/JS"): TextStringObject("app.alert(1)"),
            }
        )

    packet, page, _ = first_page(changed(pdf("alpha"), load))
    reader = read(packet)
    assert not reader.attachments
    assert "/OpenAction" not in reader.root_object
    assert "/Annots" not in page
    assert b"tracker.example.org" not in packet.pdf


def test_a_hidden_layer_stays_hidden():
    def layer(writer):
        group = writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/OCG"),
                    NameObject("/Name"): TextStringObject("x"),
                }
            )
        )
        page = writer.pages[0]
        page[NameObject("/Resources")][NameObject("/Properties")] = DictionaryObject(
            {NameObject("/Layer"): group}
        )
        drawn = DecodedStreamObject()
        drawn.set_data(b"/OC /Layer BDC 0 0 0 rg 0 400 600 300 re f EMC")
        page[NameObject("/Contents")] = writer._add_object(drawn)
        writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
            {
                NameObject("/OCGs"): ArrayObject([group]),
                NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([group])}),
            }
        )

    data = changed(pdf("alpha"), layer)
    packet, _, image = first_page(data)
    hidden = read(packet).root_object["/OCProperties"]["/D"]["/OFF"]
    assert len(hidden) == 1
    assert (image[100:300, 100:500, :3] > 128).all()


def test_a_file_locked_against_changes_only_is_taken():
    def lock(writer):
        writer.encrypt(user_password="", owner_password="owner", algorithm="AES-256")

    packet, page, _ = first_page(changed(pdf("alpha"), lock))
    assert "alpha" in page.extract_text()
    assert not read(packet).is_encrypted


def test_a_password_is_asked_for_by_label_and_id():
    def lock(writer):
        writer.encrypt(user_password="secret", algorithm="AES-256")

    locked = (changed(pdf("alpha"), lock), {"title": "Note about Ada"})
    given = packet_input({"first": pdf("gamma"), "locked": locked})
    with pytest.raises(PacketError, match=r"Exhibit B \(document-locked\).*password") as found:
        assemble(*given, today=TODAY, options=PLAIN)
    assert "Ada" not in str(found.value)
    assert found.value.__cause__ is None


GOOD = pdf("alpha", "beta")
DAMAGED = {
    "only the head": b"%PDF-1.7\n",
    "no PDF at all": b"hello, this is not a PDF",
    "cut in the middle": GOOD[: len(GOOD) // 2],
    "no page": changed(GOOD, lambda writer: [writer.remove_page(0) for _ in range(2)]),
    "empty": b"",
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_named_with_what_to_do(data, capfd, caplog):
    given = packet_input({"one": (data, {"title": "Note about Ada"})})
    with pytest.raises(PacketError, match=r"Exhibit A \(document-one\).*damaged.*print") as found:
        assemble(*given, today=TODAY, options=PLAIN)
    assert "Ada" not in str(found.value)
    assert capfd.readouterr() == ("", "")
    assert caplog.text == ""


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=40))
def test_any_damage_gives_a_packet_or_a_clear_error(at, junk):
    from tmjkit.packet.opening import read_pdf

    spoiled = GOOD[:at] + junk + GOOD[at + len(junk) :]
    said = "Exhibit A (document-one): "
    try:
        pages = len(read_pdf(spoiled, "Exhibit A (document-one)", Limits()).pages)
    except PacketError as error:
        pages, said = 1, str(error)
    assert pages >= 1
    assert said.startswith("Exhibit A (document-one): ")


def test_a_dynamic_form_is_refused_with_what_to_do():
    def dynamic(writer):
        writer.root_object[NameObject("/NeedsRendering")] = NumberObject(1)

    with pytest.raises(PacketError, match="only Adobe Reader can show"):
        first_page(changed(pdf("alpha"), dynamic))


def test_pages_that_share_resources_keep_their_own_stamps():
    packet = assemble(*packet_input({"one": pdf(*"abcdef")}), today=TODAY, options=PLAIN)
    start = packet.exhibits[0].start
    for place_, letter in enumerate("abcdef"):
        assert f"page {place_ + 1} of 6 · packet page {start + place_}" in text_of(
            packet, start + place_
        )
        assert letter in text_of(packet, start + place_).split()


def test_the_same_document_cited_twice_over_is_whole_both_times():
    letter, case, store = packet_input({"one": pdf("alpha"), "two": pdf("alpha")})
    packet = assemble(letter, case, store, today=TODAY, options=PLAIN)
    for exhibit in packet.exhibits:
        assert "alpha" in text_of(packet, exhibit.start)


SIDES = st.floats(1, 15000)


@given(
    st.tuples(st.floats(-9000, 9000), st.floats(-9000, 9000), SIDES, SIDES),
    st.sampled_from((0, 90, 180, 270, -90, 450)),
    st.floats(0.1, 10),
)
def test_any_box_lands_above_the_band_and_within_the_sheet(given_box, rotation, unit):
    x, y, wide, high = given_box
    box = Box(x, y, x + wide, y + high)
    placed = place(box, rotation, unit)
    assert (placed.wide, placed.high) in SHEETS
    a, b, c, d, e, f = placed.matrix
    corners = [
        (a * px + c * py + e, b * px + d * py + f)
        for px, py in itertools.product((box.left, box.right), (box.bottom, box.top))
    ]
    for px, py in corners:
        assert -0.01 <= px <= placed.wide + 0.01
        assert BAND - 0.01 <= py <= placed.high + 0.01
    scale = abs(a * d - b * c)
    assert scale <= unit * unit * 1.0001  # never larger than it is


def test_an_appearance_with_a_matrix_of_its_own_lands_on_its_place():
    turned = onto(Box(0, 0, 10, 20), (0, 1, -1, 0, 0, 0), Box(100, 100, 140, 120))
    a, _, _, d, e, f = turned
    # Turned by 90 degrees the box lies from -20 to 0 across and from 0 to 10 up.
    assert (a * -20 + e, d * 0 + f) == pytest.approx((100, 100))
    assert (a * 0 + e, d * 10 + f) == pytest.approx((140, 120))


def test_a_writer_of_another_kind_opens_the_packet():
    packet = assemble(*packet_input({"one": pdf("alpha")}), today=TODAY, options=PLAIN)
    assert len(pypdfium2.PdfDocument(packet.pdf)) == packet.pages
    again = PdfWriter(clone_from=PdfReader(io.BytesIO(packet.pdf)))
    assert len(again.pages) == packet.pages
