"""A case with its documents travels from one workspace to another, byte for byte."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmjkit.case import Case, CaseError, Document, Measurement, Patient, Treatment
from tmjkit.reading import EXCHANGE_FORMAT, from_exchange, sniff, to_exchange

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)
dates = st.sampled_from([None, "2019", "2024-02", "2024-02-29"])


@st.composite
def packed(draw):
    contents = draw(st.lists(st.binary(max_size=200), unique=True, max_size=3))
    records = [
        Document(
            id=f"document-{number}",
            name=f"Paper {number}",
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for number, content in enumerate(contents)
    ]
    case = Case(
        id="case-1",
        patient=Patient(id="patient-1", given=draw(words), family=draw(words)),
        documents=records,
        treatments=draw(
            st.lists(
                st.builds(Treatment, kind=st.just("nsaid"), name=words, start=dates), max_size=3
            )
        ),
        measurements=draw(
            st.lists(
                st.builds(
                    Measurement,
                    instrument=st.just("other"),
                    name=st.just("Opening"),
                    value=st.floats(0, 1000),
                ),
                max_size=3,
            )
        ),
    )
    documents = {hashlib.sha256(content).hexdigest(): content for content in contents}
    return case, documents


@given(packed())
def test_out_in_and_out_again_gives_the_same_bytes(given_case):
    case, documents = given_case
    data = to_exchange(case, documents)
    back = from_exchange(data)
    assert back.case == case
    assert dict(back.documents) == documents
    assert to_exchange(back.case, back.documents) == data
    assert sniff(data) == "exchange"


@pytest.fixture
def parts():
    content = b"%PDF-1.7 fictional"
    digest = hashlib.sha256(content).hexdigest()
    document = Document(id="document-1", name="Letter", size=len(content), sha256=digest)
    return Case(id="case-1", documents=[document]), {digest: content}


def test_the_order_of_documents_does_not_matter():
    contents = [b"one", b"two", b"three"]
    digests = [hashlib.sha256(content).hexdigest() for content in contents]
    records = [Document(name="D", size=3, sha256=digest) for digest in digests]
    case = Case(documents=records)
    pairs = list(zip(digests, contents, strict=True))
    assert to_exchange(case, dict(pairs)) == to_exchange(case, dict(reversed(pairs)))


def test_bytes_that_were_changed_on_the_way_are_refused(parts):
    case, documents = parts
    data = json.loads(to_exchange(case, documents))
    (digest,) = documents
    data["documents"][digest] = "AAAA"
    with pytest.raises(CaseError, match=r"document-1: .*changed"):
        from_exchange(json.dumps(data).encode())


def test_bytes_without_a_document_are_refused_both_ways(parts):
    case, documents = parts
    empty = Case(id="case-1")
    with pytest.raises(CaseError, match="belong to a document"):
        to_exchange(empty, documents)
    data = json.loads(to_exchange(case, documents))
    del data["case"]["documents"]
    with pytest.raises(CaseError, match="belong to a document"):
        from_exchange(json.dumps(data).encode())
    with pytest.raises(CaseError, match="SHA-256"):
        to_exchange(case, dict.fromkeys(documents, b"other"))


def test_a_document_can_travel_without_its_bytes(parts):
    case, _ = parts
    back = from_exchange(to_exchange(case, {}))
    assert (back.case, dict(back.documents)) == (case, {})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"format": "tmjkit.exchange/2", "case": {}, "documents": {}}',
        b'{"format": "tmjkit.exchange/1", "case": {}}',
        b'{"format": "tmjkit.exchange/1", "case": {}, "documents": {}, "more": 1}',
        b'{"format": "tmjkit.exchange/1", "case": [], "documents": {}}',
        b'{"format": "tmjkit.exchange/1", "case": {"format": "tmjkit.case/1"}, "documents": []}',
    ],
)
def test_what_is_no_such_file_is_refused(data):
    with pytest.raises(CaseError):
        from_exchange(data)


@pytest.mark.parametrize("text", [7, None, "not base64!", "ÄÖ"])
def test_what_is_no_base64_is_refused(parts, text):
    case, documents = parts
    data = json.loads(to_exchange(case, documents))
    data["documents"] = dict.fromkeys(documents, text)
    with pytest.raises(CaseError, match="Base64"):
        from_exchange(json.dumps(data).encode())


def test_no_text_of_a_case_stands_in_an_error(parts):
    case, documents = parts
    data = json.loads(to_exchange(case, documents))
    data["case"]["patient"] = {"given": "Ada", "birth_date": "Secret"}
    with pytest.raises(CaseError) as caught:
        from_exchange(json.dumps(data).encode())
    assert "Ada" not in str(caught.value)
    assert "Secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (Case(id="case-1").to_json(), "case"),
        (b'{"resourceType": "Bundle"}', "fhir"),
        (b'\xef\xbb\xbf{"resourceType": "Patient"}', "fhir"),
        (json.dumps({"format": EXCHANGE_FORMAT}).encode(), "exchange"),
    ],
)
def test_a_file_says_what_it_is(data, kind):
    assert sniff(data) == kind


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"[]", b"{}", b'{"resourceType": 1}', b"<a/>"])
def test_what_nobody_can_read_is_said_to_be_so(data):
    with pytest.raises(CaseError, match="FHIR R4"):
        sniff(data)
