"""The four forms of a letter: the same words, the same bytes each time, and what each has to be."""

import html
import io
import os
import re
import shutil
import subprocess
import zipfile
from datetime import date
from itertools import pairwise
from pathlib import Path

import docx
import pypdf
import pytest
from letter_cases import CALIFORNIA, ERISA, MEDICAID, TODAY, example, tokens, words
from syrupy.assertion import SnapshotAssertion

from tmjkit.letters import (
    Letter,
    LetterError,
    Table,
    compose,
    plain,
    render,
    to_html,
    to_markdown,
)
from tmjkit.letters.layout import column_widths

LETTERS = [
    (ERISA, "medical-necessity", False),
    (ERISA, "appeal", False),
    (CALIFORNIA, "medical-necessity", False),
    (CALIFORNIA, "appeal", False),
    (MEDICAID, "medical-necessity", True),
    (MEDICAID, "medicaid-appeal", True),
]
every_letter = pytest.mark.parametrize(("name", "kind", "draft"), LETTERS)


def letter_of(name: str, kind: str, draft: bool) -> Letter:
    return compose(kind, example(name), today=TODAY, draft=draft)


def words_of_markdown(text: str, *, numbers: bool = False) -> list[str]:
    """Return the words; the numbers of a list are text in some forms and not in others."""
    if not numbers:
        text = re.sub(r"(?m)^\d+\. ", "", text)
    return tokens(re.sub(r"\\(.)", r"\1", text))


def words_of_html(page: str) -> list[str]:
    body = page.split("<body", 1)[1].split(">", 1)[1]
    return tokens(html.unescape(re.sub(r"<[^>]+>", " ", body)))


def words_of_docx(data: bytes) -> list[str]:
    body = docx.Document(io.BytesIO(data)).element.body
    parts = []
    for element in body.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "t":
            parts.append(element.text or "")
        elif tag in ("p", "br", "tab"):
            parts.append("\n")
    return tokens("".join(parts))


def words_of_pdf(data: bytes, letter: Letter) -> list[str]:
    """Return the words of the pages without footers and without table heads that are repeated."""
    footer = re.compile(re.escape(letter.footer) + r"\s*Page \d+ of \d+")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    assert all(footer.search(page) for page in pages)
    text = "\n".join(footer.sub("", page) for page in pages)
    return tokens(text.replace("DRAFT\n", "", len(pages)) if letter.draft else text)


@every_letter
def test_the_words_are_those_of_the_snapshot(
    name: str, kind: str, draft: bool, snapshot: SnapshotAssertion
) -> None:
    assert to_markdown(letter_of(name, kind, draft)) == snapshot


@every_letter
def test_html_docx_and_markdown_say_the_same_words(name: str, kind: str, draft: bool) -> None:
    letter = letter_of(name, kind, draft)
    expected = words_of_markdown(to_markdown(letter))
    assert words_of_html(to_html(letter)) == expected
    assert words_of_docx(render(letter, "docx")) == expected


@every_letter
def test_the_pdf_says_the_same_words(name: str, kind: str, draft: bool) -> None:
    """Lines of a PDF can break inside a word, so its letters are compared and not its words."""
    letter = letter_of(name, kind, draft)
    heads = {
        "".join(tokens(" ".join(_text(cell) for cell in block.head)))
        for block in letter.blocks
        if isinstance(block, Table)
    }
    expected = "".join(words_of_markdown(to_markdown(letter), numbers=True))
    found = "".join(words_of_pdf(render(letter, "pdf"), letter))
    for head in heads:
        # A table that runs on to the next page repeats its head there.
        assert found.count(head) >= expected.count(head)
        found, expected = found.replace(head, ""), expected.replace(head, "")
    assert found == expected


def _text(cell: object) -> str:
    return "".join(run.text for run in cell)  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "md"])
def test_the_same_letter_is_the_same_bytes(form: str) -> None:
    one, two = (render(letter_of(ERISA, "appeal", False), form) for _ in range(2))
    assert one == two


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(LetterError, match="docx, pdf, html, md"):
        render(letter_of(ERISA, "appeal", False), "odt")


@every_letter
def test_the_pdf_is_tagged_and_has_title_language_and_pages(
    name: str, kind: str, draft: bool
) -> None:
    letter = letter_of(name, kind, draft)
    reader = pypdf.PdfReader(io.BytesIO(render(letter, "pdf")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("en")  # type: ignore[index]
    assert reader.metadata is not None
    assert reader.metadata.title == letter.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()  # type: ignore[index]
    for number, page in enumerate(reader.pages, 1):
        assert (float(page.mediabox.width), float(page.mediabox.height)) == (612, 792)
        assert f"Page {number} of {len(reader.pages)}" in page.extract_text()


def test_the_pdf_links_a_citation_to_the_list_of_enclosures() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(letter_of(ERISA, "appeal", False), "pdf")))
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", ())]
    assert len(notes) > 20
    # Inside the document only: a link to a web page would have an action /URI.
    assert all("/Dest" in note or note["/A"]["/S"] == "/GoTo" for note in notes)


@pytest.mark.parametrize("draft", [True, False])
def test_only_a_draft_carries_the_watermark(draft: bool) -> None:
    letter = compose("appeal", example(ERISA), today=TODAY, draft=draft)
    pages = pypdf.PdfReader(io.BytesIO(render(letter, "pdf"))).pages
    assert all(("DRAFT" in page.extract_text()) == draft for page in pages)
    document = docx.Document(io.BytesIO(render(letter, "docx")))
    assert ('string="DRAFT"' in document.sections[0].header._element.xml) == draft
    page = to_html(letter)
    assert ('<body class="draft">' in page) == draft
    assert ("DRAFT" in to_markdown(letter)) == draft


def test_the_docx_has_real_headings_tables_and_page_numbers() -> None:
    letter = letter_of(ERISA, "appeal", False)
    document = docx.Document(io.BytesIO(render(letter, "docx")))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") >= 8
    tables = [
        table for table in document.tables if table.style and table.style.name == "Letter Table"
    ]
    assert len(tables) == sum(isinstance(block, Table) for block in letter.blocks)
    for table in tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert all("w:cantSplit" in row._tr.xml for row in table.rows)
    footer = document.sections[0].footer._element.xml
    assert "PAGE" in footer
    assert "NUMPAGES" in footer


def test_the_docx_tells_nobody_about_patient_author_or_machine() -> None:
    letter = letter_of(ERISA, "appeal", False)
    data = render(letter, "docx")
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert properties.title == letter.title
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created is not None
    assert properties.created.date() == TODAY
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for part in parts.namelist():
            if part.startswith("docProps/"):
                assert b"Avery" not in parts.read(part)
                assert b"python-docx" not in parts.read(part)


def test_the_html_asks_nobody_for_anything() -> None:
    page = to_html(letter_of(ERISA, "appeal", False))
    assert "default-src 'none'" in page
    assert not re.search(r"\bsrc\s*=|url\(|@import|<script|<link|https?://", page)
    assert {target[:9] for target in re.findall(r'href="([^"]*)"', page)} == {"#exhibit-"}
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_the_html_has_language_title_and_headings_in_order() -> None:
    letter = letter_of(MEDICAID, "medical-necessity", True)
    page = to_html(letter)
    assert '<html lang="en">' in page
    assert f"<title>{letter.title}</title>" in page
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.count("<th ") == page.count('<th scope="col">')


def test_a_letter_of_another_day_is_dated_so() -> None:
    letter = compose("appeal", example(ERISA), today=date(2026, 12, 1))
    assert "December 1, 2026" in words(letter)
    properties = docx.Document(io.BytesIO(render(letter, "docx"))).core_properties
    assert properties.created is not None
    assert properties.created.date() == date(2026, 12, 1)


@pytest.mark.office
@pytest.mark.parametrize(("name", "kind", "draft"), [LETTERS[1], LETTERS[4]])
def test_the_docx_opens_in_libreoffice_with_the_same_words(
    name: str, kind: str, draft: bool, tmp_path: Path
) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        message = "LibreOffice is not installed: no letter was opened in it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    letter = letter_of(name, kind, draft)
    (tmp_path / "letter.docx").write_bytes(render(letter, "docx"))
    subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            tmp_path / "letter.docx",
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "letter.pdf").pages]
    # LibreOffice writes bullets and numbers of lists as text, and repeats heads of tables.
    found = set(tokens(" ".join(pages)))
    missing = set(tokens(words(letter))) - found
    assert len(missing) <= 3, missing  # a word broken at the end of a line counts as missing
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))


@every_letter
def test_columns_share_the_width_and_hold_their_words(name: str, kind: str, draft: bool) -> None:
    for block in letter_of(name, kind, draft).blocks:
        if not isinstance(block, Table):
            continue
        widths = column_widths(block)
        assert sum(widths) == pytest.approx(1)
        for place, width in enumerate(widths):
            cells = [plain(row[place]) for row in (block.head, *block.rows)]
            longest = max(len(word) for cell in cells for word in cell.split())
            # 92 characters of the table's type go on a line as wide as the page's text.
            assert width * 92 >= min(longest, 20)
