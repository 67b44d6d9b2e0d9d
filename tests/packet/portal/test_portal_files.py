"""A packet is cut to what a portal takes, and what does not pass is told."""

import hashlib
import io
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tmjkit import examples
from tmjkit.letters import compose
from tmjkit.packet import Packet, PacketExhibit, assemble
from tmjkit.packet.portal_check import check
from tmjkit.packet.portal_split import split
from tmjkit.packet.portals import Portal, PortalError, portal, portals

TODAY = date(2026, 11, 23)
ERISA = "self-funded-erisa-denial"


@pytest.fixture(scope="module")
def example():
    return examples.load(ERISA)


@pytest.fixture(scope="module")
def letter(example):
    return compose("appeal", example.case, today=TODAY)


@pytest.fixture(scope="module")
def packet(example, letter) -> Packet:
    return assemble(letter, example.case, example.documents.__getitem__, today=TODAY)


def limits(**fields):
    return Portal(name="own", title="Own", **fields)


def numbers(data):
    """Return the packet pages that the stamps of a file name."""
    found = []
    for page in PdfReader(io.BytesIO(data)).pages:
        found += [int(n) for n in re.findall(r"packet page (\d+) of", page.extract_text())]
    return found


def told(packet, where, **options):
    return " ".join(item.what for item in check(packet, where, **options))


def test_a_packet_within_the_limits_stays_the_same_file(packet):
    [file] = split(packet, portal("availity-appeals"))
    assert file.data == packet.pdf
    assert (file.first, file.last) == (1, packet.pages)


@pytest.mark.parametrize("most", [6, 9, 20])
def test_parts_hold_every_page_once_and_in_order(packet, most):
    files = split(packet, limits(most_pages=most))
    assert [n for file in files for n in numbers(file.data)] == list(range(1, packet.pages + 1))
    assert all(len(PdfReader(io.BytesIO(file.data)).pages) <= most for file in files)


def test_parts_stay_below_the_limit_of_bytes(packet):
    files = split(packet, limits(most_bytes=300_000))
    assert len(files) > 1
    assert all(len(file.data) <= 300_000 for file in files)
    assert [n for file in files for n in numbers(file.data)] == list(range(1, packet.pages + 1))


def test_exhibits_stay_whole_where_they_can(packet):
    files = split(packet, limits(most_pages=9))
    firsts = {file.first for file in files}
    for part in packet.manifest.parts:
        if part.pages <= 8:
            assert not any(part.first < first <= part.last for first in firsts), part.name


def test_an_exhibit_that_is_too_long_is_cut_and_says_so(packet):
    files = split(packet, limits(most_pages=2))
    assert all(file.pages == 1 for file in files)
    assert "Exhibit A: packet page" in " ".join(name for file in files for name in file.holds)


def test_each_part_begins_with_what_it_is(packet):
    files = split(packet, limits(most_pages=9))
    for number, file in enumerate(files, 1):
        first = PdfReader(io.BytesIO(file.data)).pages[0].extract_text()
        assert f"Part {number} of {len(files)}" in first
        assert f"Packet pages {file.first} to {file.last} of {packet.pages}" in first
        assert all(name in first for name in file.holds)


def test_names_of_files_tell_nothing(packet, example):
    for file in split(packet, limits(most_pages=9)):
        assert re.fullmatch(r"packet-[0-9a-f]{10}-\d+-of-\d+\.pdf", file.name)
        assert file.sha256 == hashlib.sha256(file.data).hexdigest()
        assert example.case.patient.family not in (PdfReader(io.BytesIO(file.data)).metadata.title)


def test_the_same_packet_gives_the_same_files(packet):
    assert split(packet, limits(most_pages=9)) == split(packet, limits(most_pages=9))


def test_no_part_carries_the_pages_of_another(packet):
    for file in split(packet, limits(most_pages=9)):
        reader = PdfReader(io.BytesIO(file.data))
        held = [o for o in (reader.get_object(n) for n in range(1, len(reader.xref[0]) + 1))
                if isinstance(o, dict) and o.get("/Type") == "/Page"]  # fmt: skip
        assert len(held) == len(reader.pages)


def test_a_page_that_is_larger_than_the_limit_is_named(packet):
    with pytest.raises(PortalError, match=r"page \d+ of the packet .* alone has"):
        split(packet, limits(most_bytes=12_000))
    assert "alone has" in told(packet, limits(most_bytes=12_000))


def test_too_many_files_and_too_many_bytes_are_told(packet):
    small = limits(most_pages=3, most_files=4)
    assert "the portal takes 4" in told(packet, small)
    assert "in all" in told(packet, limits(most_bytes_in_all=100_000))


def test_a_file_that_is_too_small_is_told(packet):
    assert "at least 900000" in told(packet, limits(least_bytes=900_000))


def test_exhibits_that_are_sent_separately_count_as_files(packet):
    left = PacketExhibit("Z", "document-z", "Scan.heic", "", "", (), 0, 1, "It can't be printed.")
    more = replace(packet, exhibits=(*packet.exhibits, left))
    assert "the packet needs 2 files" in told(more, limits(most_files=1))
    assert "does not take .heic" in told(more, portal("availity-appeals"))
    assert "can't be faxed" in told(more, limits(black_and_white=True))


def test_availity_says_that_it_does_not_take_this_determination(packet, example, letter):
    found = check(packet, portal("availity-appeals"), case=example.case, about=letter.about_id)
    stops = [item for item in found if item.stops]
    assert len(stops) == 1
    assert "specialty medication" in stops[0].what
    assert "fax or address" in stops[0].instead


def test_a_pharmacy_denial_and_one_of_a_vendor_are_told(packet, example, letter):
    data = example.case.model_dump(mode="json")
    data["coverages"][0]["benefit"] = "pharmacy"
    data["determinations"][0]["decided_by"] = "eviCore healthcare"
    case = type(example.case).model_validate(data)
    words = told(packet, portal("availity-appeals"), case=case, about=letter.about_id)
    assert "a pharmacy pre-authorization, and this looks like one" in words
    assert "eviCore or Carelon decided, and this looks like one" in words


def test_without_a_case_all_that_it_does_not_take_is_listed(packet):
    words = told(packet, portal("availity-appeals"))
    for part in ("pharmacy", "specialty medication", "eviCore", "price"):
        assert part in words


def test_what_is_not_confirmed_is_said(packet):
    assert "not confirmed" in told(packet, portal("availity-appeals"))


def test_every_shipped_limit_has_its_source():
    for item in portals().values():
        assert item.sources
        assert all(source.url.startswith("https://") for source in item.sources)


def test_an_office_adds_its_own_and_replaces_a_shipped_one(tmp_path):
    (tmp_path / "portals.yaml").write_text(
        "- {name: mailbox, title: E-mail, most_bytes: 20000000}\n"
        "- {name: fax, title: Our payer's fax, most_pages: 60, black_and_white: true}\n"
    )
    assert portal("mailbox", tmp_path).most_bytes == 20_000_000
    assert portal("fax", tmp_path).most_pages == 60
    assert portal("fax").most_pages is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: one", "should be a list"),
        ("- {title: no name}", "portal no. 1, name"),
        ("- {name: a, title: b, most_pages: none}", "most_pages"),
        ("- {name: a, title: b, limit: 5}", "limit"),
        ("- {name: A B, title: b}", "name"),
        ("- {name: a, title: b}\n- {name: a, title: c}", "two portals"),
        ("- [", "no YAML"),
        ("- !!python/object/apply:os.system ['true']", "no YAML"),
        ("#" + "x" * 2_000_000, "too large"),
    ],
)
def test_a_file_of_portals_that_is_wrong_is_refused(tmp_path, text, words):
    (tmp_path / "portals.yaml").write_text(text)
    with pytest.raises(PortalError, match=words):
        portals(tmp_path)


@settings(max_examples=5, deadline=None)
@given(st.integers(2, 40))
def test_any_limit_of_pages_keeps_every_page(packet, most):
    files = split(packet, limits(most_pages=most))
    spans = [(file.first, file.last) for file in files]
    assert spans[0][0] == 1
    assert spans[-1][1] == packet.pages
    assert all(end + 1 == begin for (_, end), (begin, _) in pairwise(spans))
