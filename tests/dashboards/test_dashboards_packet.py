"""The packet of a case's page: order, parts, checks, and that letter and index agree."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from tmjkit.case import ExportedLetter
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.letter_preview import pieces_of
from tmjkit.dashboards.packet_choice import PacketChoice
from tmjkit.dashboards.packet_model import PacketModel
from tmjkit.dashboards.packet_order_view import OrderView
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.letters import Enclosures, Letter, LetterError
from tmjkit.letters.letter import plain
from tmjkit.letters.status import LetterState
from tmjkit.packet.plan import PartKind

CLINIC = "document-clinic-notes"


@pytest.fixture
def papers(model: CaseModel) -> PapersModel:
    made = PapersModel(model)
    made.want("appeal")
    return made


@pytest.fixture
def packet(papers: PapersModel) -> PacketModel:
    return PacketModel(papers)


def _letter(packet: PacketModel) -> Letter:
    letter = packet.letter()
    assert letter is not None
    return letter


def test_letter_index_and_what_is_kept_follow_the_order(
    packet: PacketModel, papers: PapersModel
) -> None:
    before = [row.document.id for row in packet.rows(_letter(packet))]
    assert packet.move(_letter(packet), CLINIC, 0) == 0
    letter = _letter(packet)
    assert [row.label for row in packet.rows(letter)] == list("ABCDEFG")
    assert [row.document.id for row in packet.rows(letter)] == [
        CLINIC,
        *(name for name in before if name != CLINIC),
    ]
    [enclosures] = [block for block in letter.blocks if isinstance(block, Enclosures)]
    assert "Clinical notes" in plain(enclosures.items[0][1])
    cited = {run.exhibit for block in letter.blocks for run in getattr(block, "runs", ())}
    assert cited - {""} <= set("ABCDEFG")
    made = packet.make()
    assert made.packet.exhibits[0].document_id == CLINIC
    [paper] = packet.hand_over(made)
    assert paper.name == "packet-appeal-case-example-erisa.pdf"
    index = next(part for part in made.packet.manifest.parts if part.kind == "index")
    words = PdfReader(io.BytesIO(paper.data)).pages[index.first - 1].extract_text()
    assert words.index("Clinical notes") < words.index("Denial notice")
    [one] = papers.written()
    assert one.state is LetterState.MATCHES
    again = PapersModel(papers.case_model)
    again.want("appeal")
    assert PacketModel(again).rows(again.compose("appeal"))[0].document.id == CLINIC
    packet.move(_letter(packet), CLINIC, 6)
    [one] = papers.written()
    assert one.state is LetterState.MATCHES, "another order later is no change of the case"
    assert one.letter.exhibits[0] == CLINIC


def test_what_is_left_out_keeps_its_label_and_is_said_to_be_sent_separately(
    packet: PacketModel,
) -> None:
    packet.include(CLINIC, included=False)
    packet.turn(PartKind.TIMELINE, on=False)
    packet.turn(PartKind.PROVENANCE, on=True)
    made = packet.make()
    assert [one.document_id for one in made.packet.left_out] == [CLINIC]
    kinds = [part.kind for part in made.packet.manifest.parts]
    assert "timeline" not in kinds
    assert kinds[-1] == "provenance"
    packet.include(CLINIC, included=True)
    packet.turn(PartKind.TIMELINE, on=True)
    assert packet.choice == PacketChoice(provenance=True)


def test_the_estimate_is_near_what_is_made(packet: PacketModel) -> None:
    pages, size = packet.estimate(_letter(packet))
    made = packet.make().packet
    assert abs(pages - made.pages) <= 4
    assert 0.5 < size / len(made.pdf) < 2


def test_a_packet_is_checked_for_where_it_goes(packet: PacketModel) -> None:
    from dataclasses import replace

    packet.keep(replace(packet.choice, portal="fax"))
    made = packet.make()
    assert made.sending is not None
    assert made.sending.portal.name == "fax"
    assert not made.sending.stops
    assert any("pages" in item.what for item in made.sending.problems)


@given(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1), st.data())
def test_moving_keeps_every_exhibit(names: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    place = data.draw(st.integers(-3, 9))
    moved = PacketChoice(order=tuple(names)).moved(name, place)
    assert sorted(moved.order) == sorted(names)
    assert moved.order.index(name) == max(0, min(place, len(names) - 1))


@pytest.mark.parametrize("words", ["", "x", "9>0", "0>", ">1", "0>99999", "-1>0", "<b>>0"])
def test_what_the_page_says_was_dragged_may_be_anything(packet: PacketModel, words: str) -> None:
    desk = Desk()
    letter = _letter(packet)
    view = OrderView(desk, lambda name, place: packet.move(letter, name, place), lambda *_: None)
    view.show(packet.rows(letter))
    view._dragged.value = words
    assert "tmj-wrong" not in desk.notice.value
    assert sorted(row.document.id for row in packet.rows(_letter(packet))) == sorted(
        row.document.id for row in packet.rows(letter)
    )


def test_a_note_of_a_choice_is_sealed_and_plain_json(packet: PacketModel) -> None:
    packet.move(_letter(packet), CLINIC, 0)
    model = packet.papers.case_model
    [name] = model.workspace.notes(model.author, "packet ")
    data = model.workspace.get_note(model.author, name)
    assert data is not None
    assert json.loads(data)["order"][0] == CLINIC


def test_the_preview_says_beside_the_sentence_what_is_missing_and_where(
    model: CaseModel, papers: PapersModel
) -> None:
    coverage = model.open_case().coverages[0]
    model.update(coverage.model_copy(update={"member_id": ""}))
    shown = papers.shown()
    assert shown is not None
    assert shown.letter.draft
    pieces = pieces_of(shown.letter, model.open_case(), shown.objections, papers.known)
    found = [one for piece in pieces for one in piece.beside]
    [gap] = [one for one in found if "Member ID" in one.title]
    assert (gap.places[0].panel, gap.places[0].record_id) == ("coverage", coverage.id)
    assert gap.sentence > 0
    model.update(coverage)
    after = papers.shown()
    assert after is not None
    assert not after.letter.draft
    [whole] = pieces_of(after.letter, model.open_case(), after.objections, papers.known)
    assert whole.beside == ()


def test_a_wanted_letter_is_the_chosen_one_and_about_what_was_asked(papers: PapersModel) -> None:
    seen: list[str] = []
    papers.observe(lambda change: seen.append(change["new"]), "kind")
    papers.want("call-confirmation", "contact-unknown")
    assert seen == ["call-confirmation"]
    assert papers.about_id == "contact-unknown"
    papers.choose("appeal")
    assert papers.about_id == ""
    with pytest.raises(LetterError):
        papers.want("no-such-letter")


def test_a_letter_of_before_has_no_order(model: CaseModel) -> None:
    old = ExportedLetter(kind="appeal", form="pdf")
    assert old.exhibits == ()
    model.update(old)
    assert model.open_case().letters[0].exhibits == ()
