"""Files that were made to do harm: a clear error that names the exhibit, or a packet; no crash."""

import hashlib
import io
import zlib

import pypdfium2
import pytest
from packet_files import PLAIN, TODAY, changed, packet_input, pdf, read
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tmjkit.packet import Limits, Options, PacketError, assemble

WHERE = r"Exhibit A \(document-one\): "


def made(data, limits=None, **fields):
    options = Options(cover=False, limits=limits or Limits())
    return assemble(*packet_input({"one": (data, fields)}), today=TODAY, options=options)


def told(data, pages):
    """Return the number of the exhibit's pages, or so many where an error names it."""
    try:
        return made(data).exhibits[0].pages
    except PacketError as error:
        return pages if str(error).startswith("Exhibit A (document-one): ") else None


def contents(data, packed):
    """Return a PDF whose first page draws these packed bytes."""

    def change(writer):
        stream = EncodedStreamObject()
        stream._data = packed
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    return changed(data, change)


def test_a_bomb_is_refused_by_what_it_unpacks_to():
    bomb = contents(pdf("alpha"), zlib.compress(b" " * 60_000_000, 9))
    assert len(bomb) < 200_000
    with pytest.raises(PacketError, match=WHERE + "the document is too large.*draw more than 5 MB"):
        made(bomb, Limits(drawn_bytes=5_000_000), title="Note about Ada")


def test_many_pages_that_share_a_bomb_are_counted_together():
    def share(writer):
        first = writer.pages[0].raw_get("/Contents")
        for page in writer.pages:
            page[NameObject("/Contents")] = first

    data = contents(pdf(*"abcdef"), zlib.compress(b" " * 1_000_000, 9))
    shared = changed(data, share)
    with pytest.raises(PacketError, match="too large"):
        made(shared, Limits(drawn_bytes=3_000_000))
    assert made(shared, Limits(drawn_bytes=7_000_000)).exhibits[0].pages == 6


def test_a_bomb_in_a_bomb_is_refused():
    def change(writer):
        stream = EncodedStreamObject()
        stream._data = zlib.compress(zlib.compress(b" " * 100_000_000, 9), 9)
        stream[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode")] * 2)
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    with pytest.raises(PacketError, match=WHERE + ".*too large"):
        made(changed(pdf("alpha"), change))


def test_too_many_pages_are_refused_by_their_number():
    with pytest.raises(PacketError, match=WHERE + r".*has 6 pages, and 5 are the most"):
        made(pdf(*"abcdef"), Limits(document_pages=5))


def test_too_large_a_file_is_refused_by_its_size():
    data = pdf("alpha")
    with pytest.raises(PacketError, match=WHERE + r".*and 1,000 bytes are the most"):
        made(data, Limits(document_bytes=1000))


def test_documents_that_are_too_much_together_are_told_where_it_ends():
    files = {"one": pdf("alpha"), "two": pdf("gamma")}
    options = Options(limits=Limits(packet_bytes=len(files["one"]) + 100))
    with pytest.raises(PacketError, match=r"Exhibit B \(document-two\): with it the documents"):
        assemble(*packet_input(files), today=TODAY, options=options)


def test_a_tree_of_pages_that_bites_its_tail_ends():
    def bite(writer):
        pages = writer.root_object["/Pages"]
        pages["/Kids"].append(pages.indirect_reference)
        pages[NameObject("/Count")] = NumberObject(9)

    assert told(changed(pdf("alpha"), bite), pages=1) == 1


def test_a_page_that_is_its_own_parent_ends():
    def bite(writer):
        page = writer.pages[0]
        page[NameObject("/Parent")] = page.indirect_reference
        del page["/Resources"]

    assert told(changed(pdf("alpha"), bite), pages=1) == 1


def test_resources_that_contain_themselves_end():
    def loop(writer):
        found = writer.pages[0]["/Resources"].get_object()
        reference = writer._add_object(found)
        found[NameObject("/XObject")] = DictionaryObject({NameObject("/Again"): reference})
        writer.pages[0][NameObject("/Resources")] = reference

    packet = made(changed(pdf("alpha"), loop))
    assert len(pypdfium2.PdfDocument(packet.pdf)) == packet.pages


def test_a_form_that_draws_itself_ends():
    def loop(writer):
        form = DecodedStreamObject()
        form.set_data(b"/Again Do")
        form[NameObject("/Subtype")] = NameObject("/Form")
        reference = writer._add_object(form)
        again = DictionaryObject({NameObject("/Again"): reference})
        form[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): again})
        writer.pages[0][NameObject("/Resources")] = form["/Resources"]
        writer.pages[0][NameObject("/Contents")] = reference

    data = changed(pdf("alpha"), loop)
    digest = packet_input({"one": data})[1].documents[0].sha256
    given = packet_input({"one": data})
    packet = assemble(*given, today=TODAY, options=PLAIN, get_text={digest: ["words"]}.get)
    assert packet.exhibits[0].pages == 1


def test_lists_in_lists_without_end_are_refused_and_not_crashed_on():
    deep = b"[" * 30_000 + b"]" * 30_000
    data = pdf("alpha").replace(b"/Type/Page/", b"/X " + deep + b"/Type/Page/", 1)
    assert told(data, pages=1) == 1


def test_nothing_but_what_is_drawn_comes_along_with_the_resources():
    def hide(writer):
        secret = DecodedStreamObject()
        secret.set_data(b"hidden words")
        found = writer.pages[0]["/Resources"].get_object()
        found[NameObject("/PieceInfo")] = writer._add_object(secret)
        found[NameObject("/Note")] = TextStringObject("also hidden")

    packet = made(changed(pdf("alpha"), hide))
    assert b"hidden" not in packet.pdf


@pytest.mark.parametrize("bad", [NumberObject(7), TextStringObject("no"), DictionaryObject()])
def test_contents_that_are_no_stream_are_damage(bad):
    def spoil(writer):
        writer.pages[0][NameObject("/Contents")] = ArrayObject([bad])

    with pytest.raises(PacketError, match=WHERE + "the PDF is damaged"):
        made(changed(pdf("alpha"), spoil))


def test_a_stream_that_is_cut_is_mended_or_told():
    data = contents(pdf("alpha"), zlib.compress(b"0 0 0 rg 0 0 99 99 re f " * 50)[:-8])
    packet = made(data)
    assert packet.exhibits[0].pages == 1
    form = read(packet).pages[packet.exhibits[0].start - 1]["/Resources"]["/XObject"]["/Page"]
    assert zlib.decompress(form._data)  # what is sent on is whole, also for a stricter program


def test_a_sound_stream_stays_as_it_is_packed():
    drawn = zlib.compress(b"0 0 0 rg 0 0 99 99 re f " * 50, 1)
    packet = made(contents(pdf("alpha"), drawn))
    form = read(packet).pages[packet.exhibits[0].start - 1]["/Resources"]["/XObject"]["/Page"]
    assert form._data == drawn


def test_what_can_not_be_read_is_named_by_label_and_id_and_never_by_its_words():
    def spoil(writer):
        writer.pages[0][NameObject("/Contents")] = ArrayObject([TextStringObject("Ada")])

    data = changed(pdf("alpha"), spoil)
    with pytest.raises(PacketError) as found:
        made(data, title="Note about Ada")
    assert "Ada" not in str(found.value)
    assert found.value.__cause__ is None
    assert hashlib.sha256(data).hexdigest() not in str(found.value)


def test_an_image_in_a_huge_frame_is_refused():
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(buffer, "PNG")
    with pytest.raises(PacketError, match=WHERE + "the picture is damaged or far too large"):
        made(buffer.getvalue(), media_type="image/png", pages=None)
