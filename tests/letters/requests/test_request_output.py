"""Every request in every form: the words arrive, the PDF is tagged and short enough to be read."""

import io

import docx
import pypdf
import pytest
from request_letters import KINDS, READY, TODAY

from tmjkit.letters import compose, render

PAGES = {
    "plan-documents": 2,
    "records-request": 2,
    "claim-file": 2,
    "denial-reason": 2,
    "plan-exception": 2,
    "network-exception": 2,
    "continuity-of-care": 3,
    "late-authorization": 4,
    "other-benefit": 4,
    "prior-authorization": 5,
}
"""The most pages of those that argue nothing."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_request_is_a_tagged_pdf_with_its_words(kind: str) -> None:
    found = compose(kind, READY[kind](), today=TODAY)
    pdf = pypdf.PdfReader(io.BytesIO(render(found, "pdf")))
    text = " ".join("".join(page.extract_text() for page in pdf.pages).split())
    assert found.title in text
    assert READY[kind]().patient.name in text
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert len(pdf.pages) <= PAGES.get(kind, 8)


@pytest.mark.parametrize("kind", KINDS)
def test_a_request_is_a_word_file_and_a_page(kind: str) -> None:
    found = compose(kind, READY[kind](), today=TODAY)
    document = docx.Document(io.BytesIO(render(found, "docx")))
    assert found.title in "\n".join(item.text for item in document.paragraphs)
    assert f"<h1>{found.title}" in render(found, "html").decode()
