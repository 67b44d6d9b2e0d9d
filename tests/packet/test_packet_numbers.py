"""Bates numbers, links, and the manifest: every number in the packet is true."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packet_files import PLAIN, TODAY, packet_input, pdf, read, text_of

from tmjkit import examples
from tmjkit.letters import compose
from tmjkit.packet import Bates, Limits, Options, PacketError, assemble

THREE = {"one": pdf("alpha", "beta"), "two": pdf("gamma"), "three": pdf("delta", "epsilon", "zeta")}
LONG = {f"n{number}": pdf(f"paper number {number}") for number in range(45)}


@pytest.fixture(scope="module")
def packet():
    return assemble(*packet_input(THREE | LONG, cited=(1,), treatments=True), today=TODAY)


def numbers(packet):
    """Return the Bates number of each page."""
    found = []
    for page in read(packet).pages:
        [number] = re.findall(r"[A-Z]+-\d{6}", page.extract_text())
        found.append(number)
    return found


def test_every_page_has_its_number_and_none_twice(packet):
    assert numbers(packet) == [f"TMJ-{number:06d}" for number in range(1, packet.pages + 1)]


def test_every_page_says_its_own_place_also_where_a_part_has_several(packet):
    for number in range(1, packet.pages + 1):
        assert f"packet page {number} of {packet.pages}" in text_of(packet, number)


def test_a_second_packet_goes_on_where_the_first_ended(packet):
    options = Options(bates=Bates("EX ", packet.pages + 1, 4))
    second = assemble(*packet_input(THREE), today=TODAY, options=options)
    assert f"EX {packet.pages + 1:04d}" in text_of(second, 1)
    assert second.manifest.parts[0].bates_first == f"EX {packet.pages + 1:04d}"


def test_a_packet_can_have_no_numbers():
    packet = assemble(*packet_input(THREE), today=TODAY, options=Options(bates=None))
    assert "TMJ-" not in "".join(text_of(packet, page + 1) for page in range(packet.pages))
    assert {part.bates_first for part in packet.manifest.parts} == {""}


def test_too_few_digits_are_told_before_anything_is_sent():
    with pytest.raises(PacketError, match="more digits"):
        assemble(*packet_input(THREE), today=TODAY, options=Options(bates=Bates(start=8, digits=1)))


@pytest.mark.parametrize("given_", [{"prefix": "é"}, {"prefix": "x" * 17}, {"digits": 0}])
def test_a_number_that_can_not_be_printed_is_refused(given_):
    with pytest.raises(ValueError, match="Bates"):
        Bates(**given_)


@given(st.integers(1, 12), st.data())
def test_numbers_have_one_width_and_go_up_by_one(digits, data):
    start = data.draw(st.integers(0, 10**digits - 1))
    page = data.draw(st.integers(1, 10**digits))
    bates = Bates("A", start, digits)
    if start + page - 1 >= 10**digits:
        with pytest.raises(ValueError, match="digits"):
            bates.number(page)
        return
    number = bates.number(page)
    assert len(number) == digits + 1
    assert int(number[1:]) == start + page - 1
    assert page == 1 or bates.number(page - 1) < number


def test_the_manifest_covers_every_page_once(packet):
    ends = [0]
    for part in packet.manifest.parts:
        assert part.first == ends[-1] + 1
        assert part.pages >= 1
        ends.append(part.last)
    assert ends[-1] == packet.pages == packet.manifest.pages
    shown = numbers(packet)
    for part in packet.manifest.parts:
        assert part.bates_first == shown[part.first - 1]
        assert part.bates_last == shown[part.last - 1]


def test_the_manifest_holds_the_digest_of_each_file_and_of_the_whole(packet):
    letter, case, get = packet_input(THREE | LONG, cited=(1,), treatments=True)
    digests = {document.id: document.sha256 for document in case.documents}
    exhibits = [part for part in packet.manifest.parts if part.kind == "exhibit"]
    assert [part.document_id for part in exhibits] == [item.document_id for item in letter.exhibits]
    for part in exhibits:
        assert part.sha256 == digests[part.document_id]
        assert hashlib.sha256(get(part.sha256)).hexdigest() == part.sha256
    assert all(re.fullmatch(r"[0-9a-f]{64}", part.sha256) for part in packet.manifest.parts)
    assert packet.manifest.sha256 == hashlib.sha256(packet.pdf).hexdigest()
    assert packet.manifest.size == len(packet.pdf)


def test_the_manifest_is_plain_data(packet):
    told = json.loads(json.dumps(packet.manifest.as_json()))
    assert told["format"] == "tmjkit-packet-manifest/1"
    assert [part["name"] for part in told["parts"]][:3] == [
        "Cover sheet",
        "Letter",
        "Index of exhibits",
    ]
    assert told["parts"][-1]["last_page"] == told["pages"] == packet.pages
    assert "Paper" not in repr(packet.manifest)


def test_what_is_sent_separately_is_in_the_manifest_with_its_reason():
    files = {"word": (b"PK\x03\x04 a Word file", {"media_type": "application/msword"})}
    packet = assemble(*packet_input(files), today=TODAY)
    part = packet.manifest.parts[-1]
    assert part.left_out == packet.left_out[0].reason
    assert part.pages == 1


def test_every_link_of_our_pages_leads_to_the_page_that_it_names():
    found = examples.load("self-funded-erisa-denial")
    letter = compose("appeal", found.case, today=TODAY.replace(year=2026, month=11, day=23))
    packet = assemble(letter, found.case, found.documents.__getitem__, today=letter.date)
    reader = read(packet)
    places = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages, 1)}
    checked = 0
    for part in packet.manifest.parts:
        if part.kind in ("letter", "exhibit", "timeline"):
            continue
        for number in range(part.first, part.last + 1):
            for note in reader.pages[number - 1].get("/Annots", ()):
                link = note.get_object()
                if "/Dest" not in link:
                    assert link["/A"]["/URI"].startswith("https://")
                    continue
                led = places[link["/Dest"][0].idnum]
                assert link["/Contents"] == f"Packet page {led}"
                checked += 1
    assert checked > 60
    assert b"tmjkit:" not in packet.pdf


def test_the_numbers_of_the_table_of_what_was_tried_are_links_to_those_pages():
    found = examples.load("self-funded-erisa-denial")
    letter = compose("appeal", found.case, today=TODAY.replace(year=2026, month=11, day=23))
    packet = assemble(letter, found.case, found.documents.__getitem__, today=letter.date)
    [steps] = [part for part in packet.manifest.parts if part.kind == "steps"]
    starts = {exhibit.start: exhibit for exhibit in packet.exhibits}
    led = {
        int(note.get_object()["/Contents"].removeprefix("Packet page "))
        for note in read(packet).pages[steps.first - 1]["/Annots"]
    }
    inside = {
        page for start, exhibit in starts.items() for page in range(start, start + exhibit.pages)
    }
    assert led <= inside
    assert len(led) > 4


def test_a_page_that_the_letter_cites_beyond_the_document_s_end_leads_to_its_beginning():
    packet = assemble(*packet_input({"one": pdf("alpha")}, cited=(1, 9)), today=TODAY)
    assert packet.exhibits[0].pages == 1


SCRIPT = """
import hashlib, sys
from datetime import date
from tmjkit import examples
from tmjkit.letters import compose
from tmjkit.packet import Options, assemble
found = examples.load("california-not-medically-necessary")
day = date(2026, 11, 23)
letter = compose("appeal", found.case, today=day)
packet = assemble(
    letter, found.case, found.documents.__getitem__, today=day, options=Options(provenance=True)
)
sys.stdout.write(packet.manifest.sha256)
"""


def test_two_processes_make_the_same_file(tmp_path):
    found = set()
    for seed in ("1", "2"):
        script = tmp_path / f"make{seed}.py"
        script.write_text(SCRIPT)
        env = {"PYTHONHASHSEED": seed, "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
        env["PYTHONPATH"] = str(Path(__file__).parents[2])
        made = subprocess.run(
            [sys.executable, script], capture_output=True, text=True, check=True, env=env
        )
        found.add(made.stdout)
    assert len(found) == 1
    assert len(found.pop()) == 64


def test_the_file_does_not_tell_whose_machine_made_it():
    found = examples.load("california-not-medically-necessary")
    day = TODAY.replace(year=2026, month=11, day=23)
    letter = compose("appeal", found.case, today=day)
    packet = assemble(letter, found.case, found.documents.__getitem__, today=day)
    head = packet.pdf[-20_000:] + packet.pdf[:20_000]
    for told in (b"/Author", b"/Creator", b"/CreationDate", b"/ModDate", b"xmp:CreatorTool"):
        assert told not in packet.pdf
    for told in (str(Path.home()).encode(), found.case.patient.family.encode()):
        assert told not in head
    assert read(packet).xmp_metadata.pdf_producer == "tmjkit"


def test_a_packet_with_too_many_pages_is_refused_with_what_to_do():
    options = Options(limits=Limits(packet_pages=8))
    with pytest.raises(PacketError, match=r"has 9 pages, and 8 are the most.*second packet"):
        assemble(*packet_input(THREE), today=TODAY, options=options)
    assert assemble(*packet_input({}), today=TODAY, options=PLAIN).pages == 1
