"""A file is described by its content, and refused with a reason."""

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from tmjkit.case import CaseError
from tmjkit.reading.paper import read_document


def _pdf(pages=2, password=None):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(612, 792)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _read(data, ending=".pdf", **more):
    return read_document(data, ending=ending, name="Paper", kind="other", **more)


def test_a_pdf_has_its_pages_size_and_digest():
    data = _pdf(3)
    document = _read(data, date="2025-03")
    assert (document.media_type, document.pages, document.size) == ("application/pdf", 3, len(data))
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert str(document.date) == "2025-03"


@pytest.mark.parametrize(
    ("data", "ending", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n....", ".pdf", "image/png"),
        (b"\xff\xd8\xff\xe0....", ".png", "image/jpeg"),
        (b"junk before\n" + _pdf(1), ".bin", "application/pdf"),
        ("Ein Brief, ¿sí?".encode(), ".txt", "text/plain"),
        (b"{}", ".json", "application/json"),
        ("Müller · café €\r\n".encode("cp1252"), ".txt", "text/plain"),
        ("Müller · café €".encode("utf-16"), ".txt", "text/plain"),
        ("\ufeffMüller · café €".encode("utf-16-be"), ".csv", "text/plain"),
        (
            b"PK\x03\x04....",
            ".docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_the_content_decides_what_it_is(data, ending, media_type):
    assert _read(data, ending).media_type == media_type


@pytest.mark.parametrize(
    ("data", "ending", "said"),
    [
        (b"", ".pdf", "empty"),
        (b"%PDF-1.7\nnothing more", ".pdf", "damaged"),
        (_pdf(2)[:300], ".pdf", "damaged"),
        (_pdf(1, "secret"), ".pdf", "password"),
        (_pdf(0), ".pdf", "at least one page"),
        (b"PK\x03\x04....", ".zip", "PDF, PNG"),
        (b"\x7fELF\x00\x00", ".pdf", "PDF, PNG"),
        (b"\xe9\x00\x01\x02", ".txt", "PDF, PNG"),
        (b"\xe9t\xe9 \x81", ".txt", "PDF, PNG"),
        (b"\xff\xfe\x00\x01\x02", ".txt", "PDF, PNG"),
        (b"\xff\xfe\xff\xff\xfe\xff", ".txt", "PDF, PNG"),
    ],
)
def test_what_cannot_be_an_exhibit_is_refused_with_a_reason(data, ending, said):
    with pytest.raises(CaseError, match=said):
        _read(data, ending)


@given(st.binary(max_size=400))
def test_any_bytes_are_described_or_refused(data):
    for content in (data, b"%PDF-1.4\n" + data):
        try:
            assert _read(content).size == len(content)
        except CaseError:
            continue


def test_a_wrong_kind_names_the_right_ones():
    with pytest.raises(CaseError, match="denial-letter"):
        read_document(b"text", ending=".txt", name="Paper", kind="denial")


def test_nothing_of_a_pdf_reaches_a_log(caplog):
    assert _read(b"Jane Placeholder\n" + _pdf(1)).pages == 1
    with pytest.raises(CaseError) as caught:
        _read(b"Jane Placeholder\n" + _pdf(2)[:300])
    assert caught.value.__cause__ is None
    assert caplog.records == []
