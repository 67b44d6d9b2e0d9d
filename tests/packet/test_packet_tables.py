"""The packet's own tables: the log of calls, what was tried, the sources, the cover, the index."""

from dataclasses import replace
from datetime import date

import pytest
from packet_files import TODAY as DAY
from packet_files import packet_input, pdf, read, text_of

from tmjkit import examples
from tmjkit.case import Case, Contact, Coverage, Provider, Treatment
from tmjkit.letters import Address, Exhibit, Letter, Paragraph, Run, compose
from tmjkit.packet import Options, PartKind, assemble
from tmjkit.packet.calls import calls_data, calls_of, kept
from tmjkit.packet.citing import citing, numbers_words
from tmjkit.packet.cover import cover_data
from tmjkit.packet.sources import sources_data
from tmjkit.packet.steps import steps_data

TODAY = date(2026, 11, 23)
ERISA, CALIFORNIA = "self-funded-erisa-denial", "california-not-medically-necessary"


@pytest.fixture(scope="module", params=[ERISA, CALIFORNIA])
def example(request):
    found = examples.load(request.param)
    letter = compose("appeal", found.case, today=TODAY)
    packet = assemble(letter, found.case, found.documents.__getitem__, today=TODAY)
    return found, letter, packet


def words(cell):
    return " ".join("".join(piece["text"] for piece in line) for line in cell)


def page_of(packet, kind):
    """Return the text of a part of the packet."""
    [part] = [item for item in packet.manifest.parts if item.kind == kind.value]
    pages = range(part.first, part.last + 1)
    return " ".join(" ".join(text_of(packet, page).split()) for page in pages)


@pytest.mark.parametrize(
    ("fields", "word", "says"),
    [
        ({"kept": True, "promised_by": "2026-10-16"}, "Kept", "Promised by October 16, 2026."),
        ({"kept": False, "promised_by": "2026-12-16"}, "Not kept", "by December 16, 2026."),
        ({"promised_by": "2026-12-01"}, "Open", "Promised by December 1, 2026."),
        ({"promised_by": "2026-11-23"}, "Open", "Promised by November 23, 2026."),
        ({"promised_by": "2026-11-22"}, "Nothing recorded", "The day has passed."),
        ({}, "Open", "No day was named."),
    ],
)
def test_a_promise_is_told_as_far_as_it_is_recorded(fields, word, says):
    contact = Contact(promised="A supervisor calls back", **fields)
    found = kept(contact, TODAY)
    assert found.word == word
    assert says in found.says


def test_no_promise_is_made_up():
    assert kept(Contact(kept=True), TODAY).word == ""


def log_of(*contacts, coverage=None, **letter):
    coverage = coverage or Coverage(id="coverage-one", payer="Example Health Plan")
    case = Case(coverages=[coverage], contacts=contacts)
    blank = Letter(kind="appeal", title="A", date=TODAY, blocks=(), exhibits=())
    return [item.id for item in calls_of(replace(blank, **letter), case, TODAY)]


def test_only_what_was_said_to_the_payer_is_in_the_log():
    found = log_of(
        Contact(id="c-payer", date="2026-10-02", organization="EXAMPLE HEALTH PLAN, Inc."),
        Contact(id="c-therapist", date="2026-10-01", organization="Sample Therapy"),
        Contact(id="c-unnamed", date="2026-10-03"),
        Contact(id="c-topic", date="2026-10-04", topic="appeal"),
        Contact(id="c-cited", date="2026-10-05", organization="Example Employer"),
        Contact(id="c-later", date="2026-12-05", organization="Example Health Plan"),
        records=("c-cited",),
    )
    assert found == ["c-payer", "c-topic", "c-cited"]


def test_another_payer_of_the_patient_is_nobody_s_business():
    coverage = Coverage(id="coverage-one", payer="Example Health Plan")
    other = Coverage(id="coverage-two", payer="Sample Dental", rank=2)
    case = Case(
        coverages=[coverage, other],
        contacts=[Contact(id="c-dental", organization="Sample Dental")],
    )
    letter = Letter(kind="appeal", title="A", date=TODAY, blocks=(), exhibits=())
    assert calls_of(replace(letter, coverage_id="coverage-one"), case, TODAY) == ()
    assert len(calls_of(replace(letter, coverage_id="coverage-two"), case, TODAY)) == 1


def test_the_log_is_in_the_order_of_time_and_an_undated_call_comes_last():
    payer = {"organization": "Example Health Plan"}
    found = log_of(
        Contact(id="c-undated", **payer),
        Contact(id="c-late", date="2026-10-05", time="14:00", **payer),
        Contact(id="c-early", date="2026-10-05", time="09:00", **payer),
        Contact(id="c-month", date="2026-09", **payer),
    )
    assert found == ["c-month", "c-early", "c-late", "c-undated"]


def test_the_log_shows_who_reference_words_and_promises(example):
    found, letter, packet = example
    shown = page_of(packet, PartKind.CALLS)
    said = {"Not kept", "Kept"} & {kept(item, TODAY).word for item in found.case.contacts}
    assert said
    for contact in calls_of(letter, found.case, TODAY):
        for text in (contact.reference, contact.promised, kept(contact, TODAY).word):
            assert text in shown


def test_the_counts_over_the_log_are_those_of_its_rows():
    contacts = tuple(
        Contact(date="2026-10-01", promised="To call back", kept=state)
        for state in (True, False, False, None)
    )
    data = calls_data(contacts, TODAY)
    assert "4 promises: 1 kept, 2 not kept, 1 open." in data["intro"]
    assert len(data["rows"]) == 4


def test_what_was_tried_leads_to_the_page_that_shows_it(example):
    found, letter, _ = example
    data = steps_data(letter, found.case, TODAY)
    exhibits = {item.document_id: item.label for item in letter.exhibits}
    for treatment in found.case.jaw_treatments:
        [row] = [row for row in data["rows"] if treatment.label == words(row[0][:1])]
        pages = {
            (exhibits[source.document_id], source.page)
            for source in treatment.sources
            if source.type == "document"
        }
        led = {piece["to"] for line in row[3] for piece in line if piece["to"]}
        for label, page in pages:
            assert f"exhibit-{label.lower()}:{page}" in led
        assert bool(pages) == bool(led)


def test_what_has_not_begun_was_not_tried():
    case = Case(
        treatments=[
            Treatment(id="t-past", kind="splint", start="2026-01-05", end="2026-06-01"),
            Treatment(id="t-planned", kind="cbt", start="2026-12-08"),
        ]
    )
    letter = Letter(kind="appeal", title="A", date=TODAY, blocks=(), exhibits=())
    rows = steps_data(letter, case, TODAY)["rows"]
    assert len(rows) == 1
    assert "No result recorded" in words(rows[0][2])
    assert "No record attached" in words(rows[0][3])


def test_the_literature_is_listed_whichever_way_it_points(example):
    from tmjkit.knowledge import library

    found, letter, packet = example
    facts = library().facts
    cited = [facts[name] for name in letter.facts if facts[name].kind.value == "evidence"]
    assert {fact.direction.value for fact in cited} >= {"for", "against"}
    rows = sources_data(letter, found.case, facts)[-1]["rows"]
    for fact in cited:
        [row] = [row for row in rows if fact.citation in words(row[0])]
        assert words(row[1]).startswith(fact.direction.label)
        assert words(row[2]) == fact.statement
        assert fact.url in {piece["url"] for line in row[0] for piece in line}
    assert "Against" in page_of(packet, PartKind.SOURCES)


def test_the_pages_of_policies_stand_with_the_words_that_the_letter_rests_on():
    found = examples.load(ERISA)
    letter = compose("appeal", found.case, today=TODAY)
    section = sources_data(letter, found.case, {})[0]
    shown = [words(cell) for row in section["rows"] for cell in row]
    assert any("The Plan is self-funded." in text for text in shown)
    assert any(text == "Exhibit B, p. 1" for text in shown)


def cover(case, *lines, role="recipient", records=()):
    blocks = (Address(role, tuple((Run(line, records=records),) for line in lines)),)
    letter = Letter(kind="appeal", title="Appeal", date=TODAY, blocks=blocks, exhibits=())
    data = cover_data(letter, case, 12, [("Letter", 4, 2)])
    return data["to" if role == "recipient" else "from"]


BLANK = [{"term": "Fax:", "value": ""}]


@pytest.mark.parametrize("records", [("coverage-one",), ("provider-one",), ()])
def test_a_fax_number_that_the_address_does_not_tell_is_left_for_a_person(records):
    payer = Coverage(id="coverage-one", payer="Example Health Plan", fax="614-555-0101")
    clinic = Provider(id="provider-one", name="Sample Clinic", fax="614-555-0102")
    told = cover(Case(coverages=[payer], providers=[clinic]), "Somebody", records=records)
    assert told["rows"] == BLANK


@pytest.mark.parametrize("kind", ["plan-exception", "plan-documents"])
def test_what_goes_to_the_employer_bears_no_number_of_the_insurer(kind):
    case = examples.load(ERISA).case
    letter = compose(kind, case, today=TODAY, draft=True)
    assert case.coverages[0].fax
    told = cover_data(letter, case, 3, [("Letter", 2, 2)])["to"]
    assert case.coverages[0].plan_name in told["lines"]
    assert not any(case.coverages[0].fax in line for line in told["lines"])
    assert told["rows"] == BLANK


def test_a_number_that_the_address_tells_is_not_told_twice():
    payer = Coverage(id="coverage-one", payer="Example Health Plan", fax="614-555-0101")
    told = cover(Case(coverages=[payer]), "Fax 614-555-0101", records=("coverage-one",))
    assert told["rows"] == []


def test_the_cover_counts_all_pages_and_tells_no_more_of_the_patient_than_who_sends_it(example):
    found, letter, packet = example
    shown = page_of(packet, PartKind.COVER)
    assert f"{packet.pages}, with this sheet" in shown
    assert "Confidential health information" in shown
    assert f"Exhibits A to {letter.exhibits[-1].label}" in shown
    coverage = found.case.coverages[0]
    for private in (coverage.member_id, found.case.patient.birth_date.words(), "Botulinum", "jaw"):
        assert str(private) not in shown


def test_the_cover_tells_where_each_part_begins(example):
    _, _, packet = example
    shown = page_of(packet, PartKind.COVER)
    for part in packet.manifest.parts:
        if part.kind not in ("cover", "index", "exhibit"):
            assert f"{part.name} {part.pages} {part.first}" in shown


def test_the_index_tells_what_the_letter_cites_an_exhibit_for(example):
    _, letter, packet = example
    shown = page_of(packet, PartKind.INDEX)
    found = citing(letter)
    assert found
    for item in found:
        assert item.text.split(" …")[0].split(" | ")[0] in shown
    assert {label for item in found for label, _ in item.where} == {
        exhibit.label for exhibit in letter.exhibits
    }


def test_a_sentence_is_told_without_its_citations_and_with_their_pages():
    runs = (
        Run("Pain was 7 ", records=("m",)),
        Run("(Exhibit A, pp. 1 and 3", records=("m",), exhibit="A"),
        Run("; Exhibit B", records=("m",), exhibit="B"),
        Run(")", records=("m",)),
        Run(" in May."),
    )
    letter = Letter(
        kind="appeal",
        title="A",
        date=TODAY,
        blocks=(Paragraph(runs),),
        exhibits=(Exhibit("A", "d-a", "One"), Exhibit("B", "d-b", "Two")),
    )
    [found] = citing(letter)
    assert found.text == "Pain was 7 in May."
    assert found.where == (("A", (1, 3)), ("B", ()))
    assert numbers_words("A", (found,)) == "sentence 1 of the letter"
    assert numbers_words("C", (found,)) == ""


def test_a_label_that_the_letter_does_not_enclose_leads_nowhere():
    letter, case, store = packet_input({"one": pdf("alpha")})
    odd = replace(letter, blocks=(Paragraph((Run("See Exhibit Z, p. 1.", exhibit="Z"),)),))
    packet = assemble(odd, case, store, today=DAY)
    assert packet.exhibits[0].label == "A"
    assert "Exhibit Z" not in page_of(packet, PartKind.INDEX)


def test_the_first_page_of_an_exhibit_says_what_it_is_and_where_it_is_cited(example):
    _, letter, packet = example
    cited = citing(letter)
    for exhibit in packet.exhibits:
        shown = " ".join(text_of(packet, exhibit.start).split())
        count = "1 page" if exhibit.pages == 1 else f"{exhibit.pages} pages"
        assert f"Exhibit {exhibit.label} {exhibit.title}" in shown
        assert f"{count} · cited in {numbers_words(exhibit.label, cited)}" in shown


def test_slip_sheets_tell_the_sentences_in_the_place_of_line_and_index():
    found = examples.load(CALIFORNIA)
    letter = compose("appeal", found.case, today=TODAY)
    packet = assemble(
        letter,
        found.case,
        found.documents.__getitem__,
        today=TODAY,
        options=Options(slip_sheets=True),
    )
    assert "What the letter cites" not in page_of(packet, PartKind.INDEX)
    slip = text_of(packet, packet.exhibits[0].start - 1)
    assert "Cited in the letter" in slip
    assert "I appeal your decision" in slip
    assert "cited in" not in text_of(packet, packet.exhibits[0].start)


def test_the_provenance_table_closes_the_packet():
    found = examples.load(CALIFORNIA)
    letter = compose("appeal", found.case, today=TODAY)
    get = found.documents.__getitem__
    packet = assemble(letter, found.case, get, today=TODAY, options=Options(provenance=True))
    last = packet.manifest.parts[-1]
    assert (last.kind, last.last) == ("provenance", packet.pages)
    assert "What each sentence rests on" in text_of(packet, last.first)
    assert read(packet).outline[-1].title == "What each sentence rests on"
