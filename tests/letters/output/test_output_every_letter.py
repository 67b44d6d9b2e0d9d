"""Every letter of every example in every form: the same words, and pages that look as they should.

Kinds are taken from the registry, so that a new one is tested as soon as it is there. A letter that
does not apply to an example is skipped with its reason.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

import docx
import pypdf
import pypdfium2
import pytest
from output_cases import ERISA, EXAMPLES, PAIRS, TODAY, case_of, letter_or_why
from output_words import pages_of_pdf, tokens, words_of_docx, words_of_html, words_of_markdown

from tmjkit.letters import (
    Heading,
    Letter,
    LetterError,
    MissingFacts,
    Signature,
    Table,
    Voice,
    compose,
    kinds,
    plain,
    render,
    to_html,
    to_markdown,
)
from tmjkit.letters.layout import is_tall, kept_together, labels
from tmjkit.letters.trace import render_trace, trace_letter, trace_of

_INCH = 72
_PAGE = (8.5 * _INCH, 11 * _INCH)
_FOOT = 0.95 * _INCH
_LEAST_LETTERS = 6

every_pair = pytest.mark.parametrize(("name", "kind"), PAIRS)


def made(name: str, kind: str) -> Letter:
    found = letter_or_why(name, kind)
    if isinstance(found, str):
        pytest.skip(found)
    return found


@cache
def pdf_of(name: str, kind: str) -> bytes:
    return render(made(name, kind), "pdf")


def test_most_kinds_apply_to_some_example_and_each_refusal_has_a_reason() -> None:
    found = {pair: letter_or_why(*pair) for pair in PAIRS}
    assert sum(isinstance(one, Letter) for one in found.values()) >= _LEAST_LETTERS
    assert [pair for pair, one in found.items() if isinstance(one, str) and len(one) < 20] == []
    for example in EXAMPLES:
        assert any(isinstance(one, Letter) for (name, _), one in found.items() if name == example)


@every_pair
def test_the_four_forms_say_the_same_words(name: str, kind: str) -> None:
    letter = made(name, kind)
    expected = words_of_markdown(to_markdown(letter))
    assert words_of_html(to_html(letter)) == expected
    assert words_of_docx(render(letter, "docx")) == expected
    # Lines of a PDF can break inside a word, so its letters are compared and not its words.
    heads = {_joined(" ".join(plain(cell) for cell in table.head)) for table in _tables(letter)}
    wanted = "".join(words_of_markdown(to_markdown(letter), numbers=True))
    found = _joined("\n".join(pages_of_pdf(pdf_of(name, kind), letter)))
    for head in heads:
        # A table that runs on to the next page repeats its head there.
        assert found.count(head) >= wanted.count(head)
        found, wanted = found.replace(head, ""), wanted.replace(head, "")
    assert found == wanted


@every_pair
def test_the_pdf_is_tagged_and_says_title_and_language(name: str, kind: str) -> None:
    letter = made(name, kind)
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(name, kind)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith(letter.language)  # type: ignore[index]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()  # type: ignore[index]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (letter.title, None)


@dataclass(frozen=True)
class Line:
    """A piece of text on a page, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: "Line") -> float:
        """Return how much of the smaller piece the two share, from 0 to 1."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        if wide <= 0 or high <= 0:
            return 0.0
        return wide * high / min(self.area, other.area)

    @property
    def area(self) -> float:
        return max((self.right - self.left) * (self.top - self.bottom), 0.01)


@cache
def pages_drawn(name: str, kind: str) -> tuple[tuple[Line, ...], ...]:
    """Return the text of each page as a viewer draws it, without the watermark."""
    data = render(replace(made(name, kind), draft=False), "pdf")
    document = pypdfium2.PdfDocument(data)
    try:
        return tuple(tuple(_lines(document[number])) for number in range(len(document)))
    finally:
        document.close()


def _lines(page: pypdfium2.PdfPage) -> Iterator[Line]:
    assert page.get_size() == _PAGE
    text = page.get_textpage()
    for place in range(text.count_rects()):
        box = text.get_rect(place)
        words = text.get_text_bounded(*box).strip()
        if words:
            yield Line(words, *box)


def body(page: tuple[Line, ...]) -> list[Line]:
    """Return the lines above the footer, from top to bottom."""
    return sorted((one for one in page if one.bottom > _FOOT - 3), key=lambda one: -one.top)


@every_pair
def test_no_text_stands_outside_of_the_margins(name: str, kind: str) -> None:
    for page in pages_drawn(name, kind):
        for line in page:
            # A comma or a full stop may hang in the margin.
            assert line.left >= _INCH - 2, line
            assert line.right <= _PAGE[0] - _INCH + 5, line
            assert line.bottom >= 0.3 * _INCH, line
            assert line.top <= _PAGE[1] - 0.5 * _INCH, line


@every_pair
def test_no_text_lies_on_other_text(name: str, kind: str) -> None:
    for page in pages_drawn(name, kind):
        for one, other in combinations(page, 2):
            assert one.overlap(other) < 0.35, (one, other)


@every_pair
def test_no_page_ends_with_a_heading(name: str, kind: str) -> None:
    letter = made(name, kind)
    headings = {_joined(plain(block.runs)) for block in letter.blocks if isinstance(block, Heading)}
    for page in pages_drawn(name, kind):
        last = body(page)[-1]
        assert _joined(last.text) not in headings, last


@every_pair
def test_no_page_is_nearly_empty_and_no_signature_stands_alone(name: str, kind: str) -> None:
    letter, pages = made(name, kind), pages_drawn(name, kind)
    assert all(len(body(page)) >= 3 for page in pages)
    if not any(isinstance(block, Signature) for block in letter.blocks):
        return
    label = labels(letter.language).signature
    (page,) = [page for page in pages if any(line.text.startswith(label) for line in page)]
    above = [line for line in body(page) if not line.text.startswith(label)]
    place = next(line.top for line in body(page) if line.text.startswith(label))
    assert [line for line in above if line.bottom > place], "nothing stands above the signature"


@every_pair
def test_a_table_repeats_its_head_on_each_of_its_pages(name: str, kind: str) -> None:
    letter = made(name, kind)
    pages = [_joined(page) for page in pages_of_pdf(pdf_of(name, kind), letter)]
    for table in _tables(letter):
        head = _joined(" ".join(plain(cell) for cell in table.head))
        for row in table.rows:
            words = _joined(" ".join(plain(cell) for cell in row))
            if is_tall(row) or len(words) < 12:
                continue
            there = [page for page in pages if words in page]
            assert there, f"a row is broken across pages: {words[:40]}"
            assert all(head in page for page in there), f"no head over {words[:40]}"


@every_pair
def test_the_docx_keeps_together_what_belongs_together(name: str, kind: str) -> None:
    letter = made(name, kind)
    document = docx.Document(io.BytesIO(render(letter, "docx")))
    for table in document.tables:
        assert table.style is not None
        rows = table.rows
        if table.style.name == "Letter Table":
            assert "w:tblHeader" in rows[0]._tr.xml
            assert all(
                paragraph.paragraph_format.keep_with_next
                for cell in rows[0].cells
                for paragraph in cell.paragraphs
            )
        if table.style.name in ("Letter Blank", "Letter Signature"):
            assert "w:cantSplit" in rows[0]._tr.xml
    for paragraph in document.paragraphs:
        if paragraph.style is not None and str(paragraph.style.name).startswith("Heading"):
            assert paragraph.style.paragraph_format.keep_with_next
    normal = document.styles["Normal"]
    assert normal.paragraph_format.widow_control
    assert f'w:val="{letter.language}' in normal.element.xml


@every_pair
def test_the_words_before_a_signature_stay_with_it(name: str, kind: str) -> None:
    letter = made(name, kind)
    for place, block in enumerate(letter.blocks):
        if isinstance(block, Signature):
            assert kept_together(letter.blocks)[place - 1]


@pytest.mark.parametrize("kind", [kind.kind for kind in kinds() if Voice.PATIENT in kind.voices])
def test_a_spanish_copy_speaks_spanish_around_the_letter_too(kind: str) -> None:
    try:
        letter = compose(kind, case_of(ERISA), today=TODAY, language="es", voice="patient")
    except MissingFacts:
        letter = compose(
            kind, case_of(ERISA), today=TODAY, language="es", voice="patient", draft=True
        )
    except LetterError as refused:
        pytest.skip(str(refused))
    pages = pages_of_pdf(render(letter, "pdf"), letter)
    reader = pypdf.PdfReader(io.BytesIO(render(letter, "pdf")))
    assert str(reader.trailer["/Root"]["/Lang"]).startswith("es")  # type: ignore[index]
    assert f"Página 1 de {len(pages)}" in reader.pages[0].extract_text()
    document = docx.Document(io.BytesIO(render(letter, "docx")))
    footer = document.sections[0].footer.paragraphs[-1]
    assert footer.text.startswith(letter.footer)
    assert "Página" in footer.text
    assert 'w:val="es-US"' in document.styles["Normal"].element.xml
    page = to_html(letter)
    assert '<html lang="es">' in page
    assert 'content: "Página " counter(page) " de " counter(pages) ""' in page
    if any(isinstance(block, Signature) for block in letter.blocks):
        assert "\nFirma: \\_" in to_markdown(letter)
        assert '<div class="rule">Firma</div><div class="rule">Fecha</div>' in page
        assert "\nFirma" in "\n".join(pages)
    trace = trace_letter(letter, case_of(ERISA))
    assert trace.title == "En qué se apoya cada frase"


@every_pair
def test_the_trace_of_every_letter_can_be_printed(name: str, kind: str) -> None:
    letter = made(name, kind)
    rows = trace_of(letter, case_of(name))
    pages = pypdf.PdfReader(io.BytesIO(render_trace(rows, letter, "pdf"))).pages
    text = _joined("\n".join(page.extract_text() for page in pages))
    assert _joined(rows[-1].sentence) in text


def _tables(letter: Letter) -> list[Table]:
    return [block for block in letter.blocks if isinstance(block, Table)]


def _joined(text: str) -> str:
    return "".join(tokens(text))
