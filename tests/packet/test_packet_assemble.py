"""One PDF: letter, index, timeline, exhibits; every number in it is true."""

import io
import re
import time

import pypdfium2
import pytest
from packet_files import PLAIN, TODAY, document, packet_input, pdf, read, text_of
from pypdf import PdfReader

from tmjkit import examples
from tmjkit.case import Case
from tmjkit.letters import compose, default_kind, render
from tmjkit.packet import Options, PacketError, assemble

THREE = {"one": pdf("alpha", "beta"), "two": pdf("gamma"), "three": pdf("delta", "epsilon", "zeta")}


@pytest.fixture(scope="module")
def packet():
    return assemble(*packet_input(THREE, cited=(1, 2), treatments=True), today=TODAY, options=PLAIN)


def stamps(packet):
    """Return the stamp of each page on one line, without its Bates number."""
    found = []
    for page in read(packet).pages:
        words = " ".join(page.extract_text().split())
        [stamp] = re.findall(
            r"(?:DRAFT · )?(?:(?:EXHIBIT \w+ )(?:DRAFT · )?)?"
            r"(?:[A-Z][a-z ]+, )?(?:page \d+ of \d+|slip sheet|sent separately)"
            r" · packet page \d+ of \d+ TMJ-\d{6}",
            words,
        )
        found.append(stamp.rsplit(" ", 1)[0])
    return found


def test_every_page_says_what_it_is_and_where(packet):
    names = [
        "Letter, page 1 of 1",
        "Index of exhibits, page 1 of 1",
        "Treatments tried before, page 1 of 1",
        "Treatment timeline, page 1 of 1",
        "EXHIBIT A page 1 of 2",
        "EXHIBIT A page 2 of 2",
        "EXHIBIT B page 1 of 1",
        "EXHIBIT C page 1 of 3",
        "EXHIBIT C page 2 of 3",
        "EXHIBIT C page 3 of 3",
    ]
    expected = [f"{name} · packet page {place} of 10" for place, name in enumerate(names, 1)]
    assert stamps(packet) == expected
    assert packet.pages == 10


def test_the_exhibits_follow_in_the_letters_order(packet):
    shown = [text_of(packet, number) for number in range(5, 11)]
    for words, text in zip(
        ("alpha", "beta", "gamma", "delta", "epsilon", "zeta"), shown, strict=True
    ):
        assert words in text
    assert [exhibit.start for exhibit in packet.exhibits] == [5, 7, 8]
    assert [exhibit.pages for exhibit in packet.exhibits] == [2, 1, 3]


def test_bookmarks_lead_to_the_pages_they_name(packet):
    reader = read(packet)
    found = {item.title: reader.get_destination_page_number(item) + 1 for item in reader.outline}
    assert found == {
        "Letter: Appeal of a denial": 1,
        "Index of exhibits": 2,
        "Treatments tried before": 3,
        "Treatment timeline": 4,
        "Exhibit A: Paper one": 5,
        "Exhibit B: Paper two": 7,
        "Exhibit C: Paper three": 8,
    }


def test_the_index_agrees_with_the_pages(packet):
    index = text_of(packet, 2)
    assert re.search(r"A\s+Paper one.*?2\s+5\s", index, re.DOTALL)
    assert re.search(r"C\s+Paper three.*?3\s+8\s", index, re.DOTALL)
    assert "page 1 (packet page 8), 2 (packet page 9)" in index.replace("\n", " ")
    # Exhibit B has one page, so a second one that is cited leads nowhere and isn't told.
    assert "(packet page 7), 2" not in index


def test_the_links_of_the_index_lead_to_the_pages_they_name(packet):
    reader = read(packet)
    pages = {page.indirect_reference.idnum: place for place, page in enumerate(reader.pages, 1)}
    links = [note.get_object() for note in reader.pages[1]["/Annots"]]
    led = [pages[link["/Dest"][0].idnum] for link in links]
    assert led == [int(link["/Contents"].removeprefix("Packet page ")) for link in links]
    assert {1, 3, 4, 5, 6, 7, 8, 9} <= set(led)
    assert all("/A" not in link for link in links)


def test_every_page_is_us_letter(packet):
    sizes = {
        (float(page.mediabox.width), float(page.mediabox.height)) for page in read(packet).pages
    }
    assert sizes == {(612.0, 792.0)}


def test_the_letter_is_as_it_was_and_the_stamp_stands_free(packet):
    letter = packet_input(THREE, cited=(1, 2), treatments=True)[0]
    alone = pypdfium2.PdfDocument(render(letter, "pdf"))[0].render(scale=1).to_numpy()
    within = pypdfium2.PdfDocument(packet.pdf)[0].render(scale=1).to_numpy()
    assert (alone[:-32] == within[:-32]).all()
    assert (alone[-32:] == 255).all()


def test_the_same_input_gives_the_same_bytes(packet):
    assert (
        assemble(
            *packet_input(THREE, cited=(1, 2), treatments=True), today=TODAY, options=PLAIN
        ).pdf
        == packet.pdf
    )
    other = assemble(*packet_input(THREE), today=TODAY, options=PLAIN)
    assert read(other).trailer["/ID"] != read(packet).trailer["/ID"]


def test_the_file_says_nothing_about_the_patient_outside_its_pages(packet):
    reader = read(packet)
    assert dict(reader.metadata) == {
        "/Title": "Appeal of a denial: packet",
        "/Producer": "tmjkit",
    }
    told = reader.xmp_metadata
    assert told.dc_title == {"x-default": "Appeal of a denial: packet"}
    assert told.dc_language == ["en"]
    assert told.dc_creator == []
    assert told.xmp_create_date is None
    assert "/Names" not in reader.root_object
    assert b"Exampleton" not in packet.pdf
    assert "Paper" not in repr(packet)


def test_it_is_tagged_in_reading_order(packet):
    reader = read(packet)
    root = reader.root_object["/StructTreeRoot"]
    parts = root["/K"][0]["/K"]
    assert [part.get_object()["/T"] for part in parts] == [item.title for item in reader.outline]
    kinds = set()
    seen_pages = set()
    waiting = list(parts)
    while waiting:
        here = waiting.pop().get_object()
        if isinstance(here, list):
            waiting.extend(here)
        elif isinstance(here, dict) and "/S" in here:
            kinds.add(here["/S"])
            if "/Pg" in here:
                seen_pages.add(here.raw_get("/Pg").idnum)
            waiting.append(here.get("/K", here["/S"]))
    assert {"/H1", "/Table", "/TH", "/Figure", "/P", "/Link"} <= kinds
    assert seen_pages == {page.indirect_reference.idnum for page in reader.pages}
    assert reader.root_object["/Lang"] == "en"


def test_the_parent_tree_knows_every_page_and_link_once(packet):
    reader = read(packet)
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    keys = [int(key) for key in numbers[::2]]
    assert keys == sorted(set(keys))
    asked = [int(page["/StructParents"]) for page in reader.pages]
    asked += [
        int(note.get_object()["/StructParent"])
        for page in reader.pages
        for note in page.get("/Annots", ())
    ]
    assert sorted(asked) == keys


def test_a_letter_without_exhibits_has_no_index():
    packet = assemble(*packet_input({}, treatments=True), today=TODAY, options=PLAIN)
    assert [stamp.split(",")[0] for stamp in stamps(packet)] == [
        "Letter",
        "Treatments tried before",
        "Treatment timeline",
    ]
    assert packet.exhibits == ()


def test_a_case_without_anything_dated_has_no_timeline():
    packet = assemble(*packet_input({"one": pdf("alpha")}), today=TODAY, options=PLAIN)
    assert all("Treatment timeline" not in text_of(packet, n) for n in range(1, packet.pages + 1))


def test_slip_sheets_stand_before_their_exhibits():
    packet = assemble(
        *packet_input(THREE), today=TODAY, options=Options(cover=False, slip_sheets=True)
    )
    assert stamps(packet)[2] == "EXHIBIT A slip sheet · packet page 3 of 11"
    assert [exhibit.start for exhibit in packet.exhibits] == [4, 7, 9]
    for exhibit in packet.exhibits:
        slip = text_of(packet, exhibit.start - 1)
        assert f"Exhibit {exhibit.label}" in slip
        assert exhibit.title in slip
        assert f"EXHIBIT {exhibit.label} page 1 of" in stamps(packet)[exhibit.start - 1]


def test_a_draft_is_marked_on_every_page():
    packet = assemble(*packet_input(THREE, draft=True), today=TODAY, options=PLAIN)
    assert all("DRAFT · " in stamp for stamp in stamps(packet))
    plain = assemble(*packet_input(THREE), today=TODAY, options=PLAIN)
    assert "DRAFT" not in "".join(text_of(plain, n) for n in range(1, plain.pages + 1))


def test_a_file_that_can_not_be_printed_is_sent_separately_and_said_so():
    files = {
        "one": pdf("alpha"),
        "word": (b"PK\x03\x04 a Word file", {"media_type": "application/msword", "pages": None}),
        "two": pdf("gamma"),
    }
    packet = assemble(*packet_input(files), today=TODAY, options=PLAIN)
    [left] = packet.left_out
    assert (left.label, left.document_id, left.pages) == ("B", "document-word", 0)
    assert "Sent separately" in text_of(packet, 2)
    assert stamps(packet)[left.start - 1] == "EXHIBIT B sent separately · packet page 4 of 5"
    assert left.reason in text_of(packet, left.start).replace("\n", " ")
    assert "EXHIBIT C page 1 of 1" in stamps(packet)[packet.exhibits[2].start - 1]


def test_many_exhibits_make_a_longer_index_and_its_numbers_stay_true():
    files = {f"n{number}": pdf(f"paper number {number}") for number in range(60)}
    packet = assemble(*packet_input(files), today=TODAY, options=PLAIN)
    length = sum(stamp.startswith("Index") for stamp in stamps(packet))
    assert length > 1
    index = " ".join(text_of(packet, 2 + page) for page in range(length))
    for number, exhibit in enumerate(packet.exhibits):
        assert exhibit.start == 1 + length + number + 1
        assert f"paper number {number}" in text_of(packet, exhibit.start)
        assert re.search(rf"Paper n{number}\s.*?\b1\s+{exhibit.start}\b", index, re.DOTALL)


HOSTILE = [
    '#panic("run") $x$ *bold* \\ "quoted" <label> @ref // no /* comment */',
    "理学療法 و علاج طبيعي физиотерапия",
    "w" * 300,
    "bell\x07 null\x00 \u202eturned tab\tnew\nline",
    "(unbalanced \\) ) >> endobj",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_only_text(title):
    files = {"one": (pdf("alpha"), {"title": title})}
    packet = assemble(
        *packet_input(files), today=TODAY, options=Options(cover=False, slip_sheets=True)
    )
    shown = re.sub(r"[\s\u200b]", "", text_of(packet, 2))
    expected = re.sub(r"[\s\x00-\x1f\u202e]", "", title)
    if not re.search("[\u0600-\u06ff\u4e00-\u9fff]", title):
        assert expected in shown
    assert read(packet).outline[-1].title.startswith("Exhibit A: ")
    assert packet.pages == 4


def test_progress_goes_up_to_its_end():
    seen = []
    assemble(
        *packet_input(THREE), today=TODAY, options=PLAIN, progress=lambda *step: seen.append(step)
    )
    assert seen == sorted(set(seen))
    assert seen[-1][0] == seen[-1][1]
    seen.clear()
    assemble(
        *packet_input({}, treatments=False),
        today=TODAY,
        options=PLAIN,
        progress=lambda *step: seen.append(step),
    )
    assert seen[-1][0] == seen[-1][1]


def test_a_document_that_the_case_lacks_is_named_by_label_and_id():
    letter, case, store = packet_input({"one": pdf("alpha")})
    with pytest.raises(PacketError, match=r"Exhibit A \(document-one\): the case has no such"):
        assemble(letter, Case(id=case.id), store, today=TODAY, options=PLAIN)


def test_missing_and_changed_bytes_are_named_by_label_and_id():
    letter, case, _ = packet_input({"one": (pdf("alpha"), {"title": "Note about Ada"})})
    with pytest.raises(
        PacketError, match=r"Exhibit A \(document-one\): the store doesn't"
    ) as found:
        assemble(letter, case, {}.__getitem__, today=TODAY, options=PLAIN)
    assert "Ada" not in str(found.value)
    with pytest.raises(PacketError, match=r"Exhibit A \(document-one\): the stored file isn't"):
        assemble(letter, case, lambda _: b"%PDF-1.7 other", today=TODAY, options=PLAIN)


@pytest.mark.parametrize("name", examples.names())
def test_the_example_cases_make_whole_packets(name):
    example = examples.load(name)
    letter = compose(default_kind(example.case), example.case, today=TODAY, draft=True)
    packet = assemble(
        letter, example.case, example.documents.__getitem__, today=TODAY, options=PLAIN
    )
    assert [item.label for item in packet.exhibits] == [item.label for item in letter.exhibits]
    assert not packet.left_out
    assert len(stamps(packet)) == packet.pages
    for exhibit in packet.exhibits:
        [record] = [d for d in example.case.documents if d.id == exhibit.document_id]
        source = PdfReader(io.BytesIO(example.documents[record.sha256]))
        assert exhibit.pages == len(source.pages)
        for place, page in enumerate(source.pages):
            shown = text_of(packet, exhibit.start + place)
            assert set(page.extract_text().split()) <= set(shown.split())
    name = example.case.patient.family.encode()
    assert name not in str(dict(read(packet).metadata)).encode()


def test_two_hundred_pages_take_seconds():
    long = pdf(*(f"page {number}" for number in range(200)))
    given = packet_input({"long": long})
    begun = time.perf_counter()
    packet = assemble(*given, today=TODAY, options=PLAIN)
    assert packet.exhibits[0].pages == 200
    assert time.perf_counter() - begun < 20
    assert document("long", long).sha256
