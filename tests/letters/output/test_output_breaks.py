"""Where a page ends: the break is moved through a letter line by line, past each kind of block."""

import io
import re
from dataclasses import replace
from datetime import date

import docx
import pypdfium2
import pytest
from output_words import pages_of_pdf, tokens

from tmjkit.letters import (
    Blank,
    BulletList,
    Enclosures,
    Heading,
    Letter,
    Paragraph,
    Quote,
    Reference,
    Run,
    Signature,
    Table,
    render,
)

LINES = range(22, 46)
_LONG = (
    "Alpha words fill this line of the letter until it ends and the next one begins with more of "
    "the same, which goes on for some time so that the paragraph has five lines of its own on the "
    "page; bravo words follow them here, and then a few others come, all of them without a meaning "
    "of their own, until in the end there is room for no more of them and the paragraph closes, "
    "as every paragraph has to, with its very last word, which is omega."
)


def text(words: str) -> tuple[Run, ...]:
    return (Run(words),)


def letter(lines: int, *blocks: object) -> Letter:
    """Return a letter in which so many short lines stand before the blocks."""
    before = tuple(Paragraph(text(f"line{number}")) for number in range(lines))
    made = (Heading(1, text("Title")), *before, *blocks)
    return Letter("test", "A test", date(2026, 11, 23), made, footer="A test")  # type: ignore[arg-type]


def pages(lines: int, *blocks: object) -> list[str]:
    made = letter(lines, *blocks)
    return [page.strip() for page in pages_of_pdf(render(made, "pdf"), made)]


def broken(lines: int, *blocks: object) -> bool:
    return len(pages(lines, *blocks)) > 1


@pytest.mark.parametrize("lines", LINES)
def test_a_heading_is_never_the_last_line_of_a_page(lines: int) -> None:
    for page in pages(lines, Heading(2, text("Chapter")), Paragraph(text(_LONG)))[:-1]:
        assert not page.endswith("Chapter")


@pytest.mark.parametrize("lines", LINES)
def test_a_heading_and_a_line_before_a_table_go_with_its_first_row(lines: int) -> None:
    table = Table(
        (text("First"), text("Second")),
        tuple((text(f"row{number}"), text("x" * 20)) for number in range(45)),
    )
    found = pages(lines, Heading(2, text("Chapter")), Paragraph(text("As follows:")), table)
    for page in found:
        assert not page.endswith(("Chapter", "As follows:", "Second"))
        assert ("row" in page) == ("First" in page)


@pytest.mark.parametrize("lines", LINES)
def test_a_paragraph_leaves_no_single_line_on_a_page(lines: int) -> None:
    found = pages(lines, Paragraph(text(_LONG)))
    if len(found) > 1:
        alone = [line for line in found[1].splitlines() if line.strip()]
        assert len(alone) != 1
        end = re.split(r"line\d+\n", found[0])[-1]
        assert end.startswith("line") or len(end.strip().splitlines()) != 1


@pytest.mark.parametrize("lines", LINES)
@pytest.mark.parametrize("closing", ["Sincerely,", _LONG])
def test_a_signature_never_stands_on_a_page_alone(lines: int, closing: str) -> None:
    found = pages(
        lines,
        Paragraph(text("Please call me when anything is open, at any time of the day.")),
        Paragraph(text(closing)),
        Signature((text("Avery Example"), text("Patient"))),
    )
    last = found[-1]
    assert "Signature" in last
    assert tokens(closing)[-1] in last
    assert "Avery Example" in last
    if closing == "Sincerely,":
        assert "Please call me" in last


@pytest.mark.parametrize("lines", LINES)
@pytest.mark.parametrize(
    "before",
    [
        BulletList((text("one thing"), text("another thing"))),
        Enclosures((("A", text("Exhibit A: a notice")), ("B", text("Exhibit B: a note")))),
        Quote((text("These are words of somebody."),)),
        Blank("other", text("In your words"), text("Write here."), 3),
    ],
    ids=lambda block: type(block).__name__,
)
def test_a_signature_takes_along_what_stands_before_it(lines: int, before: object) -> None:
    last = pages(lines, before, Signature((text("Avery Example"),)))[-1]
    assert "Signature" in last
    assert len(last.split("Signature")[0].strip()) > 5


@pytest.mark.parametrize("lines", LINES)
def test_a_blank_and_a_short_quote_stand_on_one_page(lines: int) -> None:
    blank = Blank("opinion", text("Opinion of the clinician"), text("Write here."), 6)
    after = Paragraph(text("afterwards"))
    found = pages(lines, blank, after)
    place = next(place for place, page in enumerate(found) if "Opinion" in page)
    assert "Write here." in found[place]
    quoted = pages(lines, Quote((text(_LONG),)), after)
    assert sum("Alpha" in page and "omega" in page for page in quoted) == 1


@pytest.mark.parametrize("lines", LINES)
def test_what_a_letter_is_about_stands_on_one_page(lines: int) -> None:
    rows = tuple((f"Term{number}", text("its value")) for number in range(6))
    (place,) = {
        place
        for place, page in enumerate(pages(lines, Reference(rows), Paragraph(text(_LONG))))
        if "Term" in page
    }
    assert place in (0, 1)


def test_the_break_was_moved_through_every_block() -> None:
    """The tests above say something only where the page does end within these blocks."""
    for blocks in (
        (Heading(2, text("Chapter")), Paragraph(text(_LONG))),
        (Paragraph(text("Sincerely,")), Signature((text("Avery Example"),))),
        (Blank("opinion", text("Opinion"), text("Write here."), 6),),
    ):
        assert {broken(lines, *blocks) for lines in LINES} == {True, False}


@pytest.mark.parametrize("draft", [True, False])
def test_a_long_word_and_a_wide_table_stay_within_the_page(draft: bool) -> None:
    made = letter(
        2,
        Paragraph(text("w" * 400)),
        Table((text("h" * 90),) * 6, (tuple(text("c" * 120) for _ in range(6)),)),
    )
    document = pypdfium2.PdfDocument(render(replace(made, draft=draft), "pdf"))
    for page in document:
        lines = page.get_textpage()
        for place in range(lines.count_rects()):
            left, bottom, right, top = lines.get_rect(place)
            if top - bottom < 60:  # not the watermark
                assert left >= 72 - 2
                assert right <= 612 - 72 + 5
    document.close()


@pytest.mark.parametrize("levels", [(2, 3), (3, 1), (1, 3, 2), (2, 2), (4, 6)])
def test_headings_in_any_order_make_a_readable_outline(levels: tuple[int, ...]) -> None:
    """A template of an office's own may begin with any heading."""
    headings = [Heading(level, text(f"Chapter{level}")) for level in levels]
    made = Letter("test", "A test", date(2026, 11, 23), tuple(headings), footer="A test")
    found = "".join(pages_of_pdf(render(made, "pdf"), made))
    assert [int(level) for level in re.findall(r"Chapter(\d)", found)] == list(levels)
    document = docx.Document(io.BytesIO(render(made, "docx")))
    assert len(document.paragraphs) == len(levels)
