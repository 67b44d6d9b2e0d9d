"""The words of a picture lie beneath it: found by a search, seen by nobody."""

import io

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packet_files import PLAIN, TODAY, changed, packet_input, pdf, read, text_of
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tmjkit.case import Contact, DocumentSource
from tmjkit.packet import assemble
from tmjkit.packet.images import image_pdf


def picture(kind="PNG", size=(850, 1100), **options):
    buffer = io.BytesIO()
    Image.new("L", size, 200).save(buffer, kind, dpi=(100, 100), **options)
    return buffer.getvalue()


def packet_of(data, words, media_type="image/png"):
    given_ = packet_input({"one": (data, {"media_type": media_type, "pages": None})})
    digest = given_[1].documents[0].sha256
    texts = {digest: words}
    packet = assemble(*given_, today=TODAY, options=PLAIN, get_text=texts.get)
    return packet, packet.exhibits[0].start


def pixels(packet, number):
    return pypdfium2.PdfDocument(packet.pdf)[number - 1].render(scale=1).to_numpy()


WORDS = "Denial of October 6, 2026\nThe service is not medically necessary.\n\nnaïve 理学 🙂 end"


def test_the_words_of_a_picture_are_found():
    packet, start = packet_of(picture(), [WORDS])
    shown = text_of(packet, start)
    for line in WORDS.split("\n"):
        assert line in shown
    other = pypdfium2.PdfDocument(packet.pdf)[start - 1].get_textpage().get_text_bounded()
    assert "The service is not medically necessary." in other
    assert "naïve 理学" in other


def test_they_are_not_seen():
    plain, start = packet_of(picture(), None)
    under, _ = packet_of(picture(), [WORDS])
    assert (pixels(plain, start) == pixels(under, start)).all()
    assert "Denial of October" not in text_of(plain, start)


def test_they_are_part_of_the_page_s_paragraph():
    packet, start = packet_of(picture(), [WORDS])
    code = read(packet).pages[start - 1].get_contents().get_data()
    assert code.index(b"/P <</MCID 0>> BDC") < code.index(b"3 Tr") < code.index(b"/Page Do")


def test_each_page_of_a_scan_gets_its_own_words():
    writer = PdfWriter()
    for _ in range(3):
        writer.append(PdfReader(io.BytesIO(image_pdf(picture()))))
    buffer = io.BytesIO()
    writer.write(buffer)
    packet, start = packet_of(buffer.getvalue(), ["first", "", "third"], "application/pdf")
    assert "first" in text_of(packet, start)
    assert "third" in text_of(packet, start + 2)
    assert "first" not in text_of(packet, start + 1)


def test_a_page_that_has_words_of_its_own_is_not_given_them_twice():
    packet, start = packet_of(pdf("alpha"), ["alpha beneath"], "application/pdf")
    assert "beneath" not in text_of(packet, start)


def test_words_in_a_form_within_the_page_count_as_its_own():
    from pypdf.generic import NameObject, StreamObject

    from tmjkit.packet.placing import Sheets
    from tmjkit.packet.stamping import Mark

    writer = PdfWriter()
    [page] = PdfReader(io.BytesIO(pdf("alpha"))).pages
    Sheets(writer, 10**6).foreign(page, Mark(""))  # makes a form of the page
    sheet = writer.pages[0]
    only = StreamObject()
    only.set_data(b"/Page Do")
    sheet[NameObject("/Contents")] = writer._add_object(only)
    buffer = io.BytesIO()
    writer.write(buffer)
    packet, start = packet_of(buffer.getvalue(), ["beneath"], "application/pdf")
    assert "alpha" in text_of(packet, start)
    assert "beneath" not in text_of(packet, start)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_words_stand_upright_on_a_turned_page(turn):
    data = changed(image_pdf(picture()), lambda writer: writer.pages[0].rotate(turn))
    packet, start = packet_of(data, ["upper line\nlower line"], "application/pdf")
    page = pypdfium2.PdfDocument(packet.pdf)[start - 1].get_textpage()
    text = page.get_text_bounded()
    assert "upper line" in text
    boxes = [page.get_charbox(text.index(word)) for word in ("upper", "lower")]
    assert boxes[0][1] > boxes[1][1]


def test_a_long_line_stays_on_the_page():
    packet, start = packet_of(picture(), ["word " * 400])
    page = pypdfium2.PdfDocument(packet.pdf)[start - 1].get_textpage()
    assert page.get_charbox(page.get_text_bounded().rindex("word", 0, 1900))[2] <= 612


def test_more_or_fewer_texts_than_pages_do_no_harm():
    packet, start = packet_of(picture(), ["one", "two", "three"])
    assert "one" in text_of(packet, start)
    packet, start = packet_of(picture(), [])
    assert packet.exhibits[0].pages == 1


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cn"))), max_size=8
    )
)
def test_any_words_give_a_packet_that_opens(lines):
    packet, start = packet_of(picture(size=(60, 80)), ["\n".join(lines)])
    assert len(pypdfium2.PdfDocument(packet.pdf)) == packet.pages
    assert read(packet).pages[start - 1].extract_text() is not None


def test_what_the_case_quotes_from_a_picture_is_found_without_any_reading():
    letter, case, get = packet_input({"one": (picture(), {"media_type": "image/png"})})
    document = case.documents[0]
    source = DocumentSource(document_id=document.id, quote="The fax has three pages.")
    case = case.with_record(Contact(said="Three pages came.", sources=(source,)))
    packet = assemble(letter, case, get, today=TODAY, options=PLAIN)
    assert "The fax has three pages." in text_of(packet, packet.exhibits[0].start)
