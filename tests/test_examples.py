"""The example cases: complete, fictional, true to their own papers, and made by the script."""

import hashlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from tmjkit import examples, resources
from tmjkit.case import Case, DocumentSource, Patient, Provider, npi_is_valid
from tmjkit.examples import Example

ROOT = Path(__file__).resolve().parent.parent
FOLDER = resources.path("examples")
MAXIMUM_SIZE = 60_000
FICTIONAL = re.compile(
    r"\b(Example|Sample|Specimen|Placeholder|Mockup|Fictional|Demonstration)\b", re.IGNORECASE
)
FOOTER = "Fictional example made for tmjkit"

# What each example has to show, whatever else is changed in it.
STAGES = {
    "self-funded-erisa-denial": "denied",
    "california-not-medically-necessary": "denied",
    "medicaid-premature": "collecting",
}


@pytest.fixture(params=examples.names())
def example(request: pytest.FixtureRequest) -> Example:
    return examples.load(request.param)


def words(text: str) -> str:
    return " ".join(text.split())


def page_texts(pdf: bytes) -> list[str]:
    return [words(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def cited(case: Case) -> list[DocumentSource]:
    return [
        source
        for _, record in case.records()
        for source in record.sources
        if isinstance(source, DocumentSource)
    ]


def test_every_folder_is_an_example_and_the_other_way_round() -> None:
    folders = {path.parent.name for path in FOLDER.glob("*/case.json")}
    assert folders == set(examples.names()) == set(STAGES)


def test_an_unknown_name_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(KeyError, match="self-funded-erisa-denial"):
        examples.load("../../etc")


def test_the_case_round_trips_byte_for_byte(example: Example) -> None:
    data = (FOLDER / example.name / "case.json").read_bytes()
    assert Case.from_json(data).to_json() == data


def test_documents_are_what_their_records_say(example: Example) -> None:
    files = {path.stem for path in (FOLDER / example.name / "documents").iterdir()}
    assert files == {document.id for document in example.case.documents}
    for document in example.case.documents:
        pdf = example.documents[document.sha256]
        assert hashlib.sha256(pdf).hexdigest() == document.sha256
        assert len(pdf) == document.size < MAXIMUM_SIZE
        pages = page_texts(pdf)
        assert len(pages) == document.pages <= 3
        assert all(FOOTER in page for page in pages)


def test_documents_carry_no_time_of_making(example: Example) -> None:
    for pdf in example.documents.values():
        found = PdfReader(io.BytesIO(pdf)).metadata
        assert found is not None
        assert found.title
        assert "/CreationDate" not in found
        assert "/ModDate" not in found


def test_every_quote_stands_on_its_page(example: Example) -> None:
    digests = {document.id: document.sha256 for document in example.case.documents}
    pages = {name: page_texts(example.documents[digest]) for name, digest in digests.items()}
    sources = cited(example.case)
    assert len(sources) > 10
    for source in sources:
        assert source.page is not None
        assert source.quote
        assert words(source.quote) in pages[source.document_id][source.page - 1]


def test_reasons_are_quoted_from_the_notice(example: Example) -> None:
    for decision in example.case.determinations:
        quotes = [words(s.quote) for s in decision.sources if isinstance(s, DocumentSource)]
        for reason in decision.reasons:
            assert any(words(reason.text) in quote for quote in quotes)


def test_every_document_is_cited(example: Example) -> None:
    assert {source.document_id for source in cited(example.case)} == {
        document.id for document in example.case.documents
    }


def test_each_case_knows_its_facts_in_more_than_one_way(example: Example) -> None:
    kinds = {source.type for _, record in example.case.records() for source in record.sources}
    assert kinds == {"document", "contact", "patient", "clinician"}
    table = example.case.timeline()
    clinical = table[~table["kind"].isin(["contact"])]
    assert (clinical["source"] == "undocumented").any()


def test_each_case_has_partial_dates(example: Example) -> None:
    table = example.case.timeline()
    assert table["dated"].str.contains(r"(?:^|\s)\d{4}(?:-\d{2})?(?:\s|$)", regex=True).any()


def test_the_timeline_has_rows_in_order(example: Example) -> None:
    table = example.case.timeline()
    assert len(table) > 10
    assert table["start"].dropna().is_monotonic_increasing
    assert {"treatment", "measurement", "diagnosis", "contact"} <= set(table["kind"])


def test_the_stage_is_the_one_the_example_is_for(example: Example) -> None:
    assert example.case.summary().stage == STAGES[example.name]


def test_everybody_is_fictional(example: Example) -> None:
    for _, record in example.case.records():
        if isinstance(record, Patient | Provider):
            assert FICTIONAL.search(record.name)
        if isinstance(record, Provider) and record.npi:
            assert npi_is_valid(record.npi)
            # Made up: far below the numbers that are given out.
            assert record.npi.startswith("1000000")
    assert all("Example" in coverage.payer for coverage in example.case.coverages)


def test_numbers_and_addresses_are_fictional(example: Example) -> None:
    texts = [example.case.to_json().decode()]
    texts += [page for pdf in example.documents.values() for page in page_texts(pdf)]
    everything = "\n".join(texts)
    phones = re.findall(r"\b\d{3}[-. ]\d{3}[-. ]\d{4}\b", everything)
    assert phones
    assert all(re.fullmatch(r"\d{3}-555-01\d\d", phone) for phone in phones)
    mails = re.findall(r"[\w.+-]+@([\w.-]+)", everything)
    assert mails
    assert all(re.fullmatch(r"(.+\.)?example\.(org|com)", host) for host in mails)
    assert not re.search(r"https?://|www\.", everything)
    assert not re.search(r"\b\d{3}-\d{2}-\d{4}\b", everything)
    members = {coverage.member_id for coverage in example.case.coverages} - {""}
    assert all(re.fullmatch(r"EX-\d{4}", member) for member in members)
    zips = set(re.findall(r"\b[A-Z]{2} (\d{5})\b", everything))
    assert zips <= {"43000", "90000", "48000"}  # made up


def _without_bytes(data: bytes) -> object:
    content = json.loads(data)
    for document in content["documents"]:
        document.update(sha256="", size=0)
    return content


def test_the_script_makes_the_committed_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = ROOT / "scripts" / "make_examples.py"
    if not script.is_file():
        pytest.skip("the script stands in the repository only")
    subprocess.run([sys.executable, script, "--to", tmp_path], check=True, capture_output=True)
    monkeypatch.syspath_prepend(script.parent)
    from example_cases.papers import TYPST

    for name in examples.names():
        made, committed = tmp_path / name, FOLDER / name
        files = sorted(path.relative_to(committed) for path in committed.rglob("*.*"))
        assert files == sorted(path.relative_to(made) for path in made.rglob("*.*"))
        for path in files:
            new, old = (made / path).read_bytes(), (committed / path).read_bytes()
            if typst.__version__ == TYPST:
                assert new == old, path
            elif path.suffix == ".pdf":
                assert page_texts(new) == page_texts(old), path
            else:
                assert _without_bytes(new) == _without_bytes(old), path
