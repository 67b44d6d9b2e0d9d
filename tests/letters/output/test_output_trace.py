"""The table that says of each sentence what it rests on."""

import io

import pandas as pd
import pytest
from output_cases import CALIFORNIA, ERISA, MEDICAID, case_of, letter

from tmjkit.case import Case, DocumentSource, Patient, Treatment
from tmjkit.letters import LetterError, Table, compose, plain
from tmjkit.letters.sentence import sentences
from tmjkit.letters.trace import (
    TRACE_FORMATS,
    Basis,
    render_trace,
    trace_frame,
    trace_letter,
    trace_of,
)

every_example = pytest.mark.parametrize(
    ("name", "kind"),
    [(ERISA, "medical-necessity"), (CALIFORNIA, "appeal"), (MEDICAID, "medical-necessity")],
)


@every_example
def test_each_sentence_is_in_the_trace_once_for_each_thing_it_rests_on(
    name: str, kind: str
) -> None:
    made = letter(name, kind)
    rows = trace_of(made, case_of(name))
    for sentence in sentences(made):
        found = [row for row in rows if row.number == sentence.number]
        assert {row.sentence for row in found} == {sentence.text}
        assert {row.id for row in found if row.id} == {*sentence.records, *sentence.facts}
        if not (sentence.records or sentence.facts or any(run.gap for run in sentence.runs)):
            assert [row.basis for row in found] == [Basis.OWN]
    assert [row.number for row in rows] == sorted(row.number for row in rows)


@every_example
def test_a_row_leads_to_the_page_and_the_words_there(name: str, kind: str) -> None:
    case, made = case_of(name), letter(name, kind)
    documents = {item.id: item for item in case.documents}
    labels = {item.document_id: item.label for item in made.exhibits}
    pages = 0
    for row in trace_of(made, case):
        if row.basis is not Basis.RECORD or not row.page:
            continue
        sources = [one for one in case.record(row.id).sources if isinstance(one, DocumentSource)]
        assert any(
            (documents[one.document_id].name, one.page, one.quote, labels.get(one.document_id, ""))
            == (row.document, row.page, row.quote, row.exhibit)
            for one in sources
        )
        pages += 1
    assert pages > 20


def test_a_fact_stands_with_citation_link_and_how_it_was_confirmed() -> None:
    made = letter(ERISA, "medical-necessity")
    found = [row for row in trace_of(made, case_of(ERISA)) if row.basis is Basis.FACT]
    assert {row.id for row in found} == set(made.facts)
    for row in found:
        assert row.citation
        assert row.url.startswith("http")
        assert row.confidence
        assert "not confirmed" not in row.confidence


def test_a_missing_fact_is_said_to_be_missing() -> None:
    made = letter(MEDICAID, "medical-necessity")
    assert made.gaps
    rows = trace_of(made, case_of(MEDICAID))
    assert [row for row in rows if row.basis is Basis.MISSING]


def test_a_record_that_is_gone_is_said_to_be_gone() -> None:
    case, made = case_of(ERISA), letter(ERISA, "medical-necessity")
    rows = trace_of(made, case.without("treatment-naproxen"))
    gone = {row.what for row in rows if row.id == "treatment-naproxen"}
    assert gone == {"a record that is no longer in the case"}


def test_the_table_of_a_trace_has_a_row_for_each_sentence() -> None:
    made = letter(ERISA, "medical-necessity")
    table = trace_letter(made, case_of(ERISA)).blocks[-1]
    assert isinstance(table, Table)
    assert [(plain(row[0]), plain(row[1])) for row in table.rows] == [
        (str(sentence.number), sentence.text) for sentence in sentences(made)
    ]
    naproxen = next(row for row in table.rows if plain(row[1]).startswith("Naproxen |"))
    assert "Treatment “Naproxen”" in plain(naproxen[2])
    assert ", p. " in plain(naproxen[2])


@pytest.mark.parametrize("form", TRACE_FORMATS)
def test_a_trace_is_written_in_every_form_the_same_each_time(form: str) -> None:
    made = letter(CALIFORNIA, "appeal")
    rows = trace_of(made, case_of(CALIFORNIA))
    once, again = (render_trace(rows, made, form) for _ in range(2))
    assert once == again
    assert len(once) > 2000


def test_an_unknown_form_is_refused_with_those_there_are() -> None:
    made = letter(CALIFORNIA, "appeal")
    with pytest.raises(LetterError, match="csv, docx, pdf, html, md"):
        render_trace((), made, "xlsx")


def test_a_spreadsheet_gets_the_trace_as_it_is() -> None:
    made = letter(ERISA, "medical-necessity")
    rows = trace_of(made, case_of(ERISA))
    read = pd.read_csv(
        io.BytesIO(render_trace(rows, made, "csv")), encoding="utf-8-sig", dtype={"page": "Int64"}
    ).fillna({"quote": "", "sentence": ""})
    frame = trace_frame(rows)
    assert list(read.columns) == list(frame.columns)
    assert list(read["sentence"]) == list(frame["sentence"])
    assert list(read["page"].dropna()) == list(frame["page"].dropna())


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t=", "\uff1d"])
def test_a_spreadsheet_never_takes_a_note_for_a_formula(opening: str) -> None:
    attack = f"{opening}HYPERLINK(0)"
    case = Case(
        patient=Patient(family=attack, given=""),
        treatments=(Treatment(kind="nsaid", name=attack, start="2024-01", response="none"),),
    )
    made = compose(
        "medical-necessity", case, today=letter(ERISA, "medical-necessity").date, draft=True
    )
    data = render_trace(trace_of(made, case), made, "csv")
    cells = pd.read_csv(io.BytesIO(data), encoding="utf-8-sig", dtype=str).fillna("").to_numpy()
    assert any(str(cell).startswith(f"'{attack.strip()[0]}") for cell in cells.flat)
    assert not [
        cell for cell in cells.flat if str(cell).startswith(("=", "+", "-", "@", "\t", "\uff1d"))
    ]


def test_a_hostile_name_stays_text_in_a_trace() -> None:
    case = case_of(ERISA)
    hostile = case.with_record(
        Treatment(
            kind="nsaid", name="<script>alert(1)</script>| # x", start="2024", response="none"
        )
    )
    made = compose("medical-necessity", hostile, today=letter(ERISA, "medical-necessity").date)
    page = render_trace(trace_of(made, hostile), made, "html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_in_html_the_trace_is_the_letter_with_its_notes() -> None:
    made = letter(ERISA, "medical-necessity")
    page = render_trace(trace_of(made, case_of(ERISA)), made, "html").decode()
    assert f"<title>{made.title}</title>" in page
    noted = [item for item in sentences(made) if item.records or item.facts]
    assert page.count('role="note"') == len(noted)
