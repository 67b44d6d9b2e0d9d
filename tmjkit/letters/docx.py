"""Writes a letter as a Word document that a person can finish: real styles, real tables."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from functools import singledispatchmethod
from pathlib import Path
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Pt
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph

from tmjkit.letters.docx_letterhead import forget_machine, open_letterhead
from tmjkit.letters.docx_numbering import Numbering, set_number
from tmjkit.letters.docx_parts import (
    bookmark,
    border,
    field,
    has_field,
    keep_row,
    link,
    repeat_head,
    shade,
    watermark,
)
from tmjkit.letters.docx_styles import Styles, add_styles, set_styles, text_width
from tmjkit.letters.html import right_to_left
from tmjkit.letters.layout import (
    column_widths,
    exhibits_listed,
    glued,
    heading_levels,
    is_short,
    is_small,
    is_tall,
    kept_together,
    labels,
)
from tmjkit.letters.letter import (
    Address,
    Blank,
    Block,
    BulletList,
    Enclosures,
    Heading,
    Letter,
    Paragraph,
    Quote,
    Reference,
    Run,
    Runs,
    Signature,
    Table,
)

_ABOUT_SOMEBODY: Final = (
    "author",
    "category",
    "comments",
    "content_status",
    "identifier",
    "keywords",
    "last_modified_by",
    "subject",
    "version",
)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP file can hold
_TINT: Final = "F3F4F6"

Kept = Sequence[DocxParagraph]


def to_docx(letter: Letter, letterhead: bytes | Path | None = None) -> bytes:
    """Return the letter as a DOCX; the same letter is always the same bytes.

    Parameters
    ----------
    letter
        The letter.
    letterhead
        A .docx that it is written on; see `open_letterhead`. Its headers, footers, margins and
        styles stay, and the letter's text takes over its font.

    Raises
    ------
    LetterError
        When the letterhead can't be used.
    """
    if letterhead is None:
        document = docx.Document()
        forget_machine(document)
        numbering = Numbering(document)
        styles = set_styles(document, letter.language, numbering)
    else:
        document = open_letterhead(letterhead)
        numbering = Numbering(document)
        styles = add_styles(document, letter.language, numbering)
    _set_properties(document, letter)
    _set_edges(document, letter, styles)
    _Writer(document, letter, styles, numbering).write()
    stream = io.BytesIO()
    document.save(stream)
    return _without_times(stream.getvalue())


def _set_properties(document: Document, letter: Letter) -> None:
    """Set title, language and the letter's own date; nothing about patient, author, machine."""
    noon = dt.datetime.combine(letter.date, dt.time(12), tzinfo=dt.UTC)
    properties = document.core_properties
    properties.title = letter.title
    properties.language = letter.language
    for name in _ABOUT_SOMEBODY:
        setattr(properties, name, "")
    properties.created = properties.modified = noon
    properties.revision = 1


def _set_edges(document: Document, letter: Letter, styles: Styles) -> None:
    """Put name and page number at the foot of every page, and the watermark behind a draft."""
    section, words = document.sections[0], labels(letter.language)
    headers, footers = [section.header], [section.footer]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
        footers.append(section.first_page_footer)
    if document.settings.odd_and_even_pages_header_footer:
        headers.append(section.even_page_header)
        footers.append(section.even_page_footer)
    for footer in footers:
        numbered = has_field(footer._element, "PAGE")
        last = footer.paragraphs[-1] if footer.paragraphs else None
        paragraph = footer.add_paragraph() if last is None or last.text or numbered else last
        paragraph._p.style = styles["Footer"]
        paragraph.add_run(letter.footer)
        if not numbered:
            before, between, after = words.page
            paragraph.add_run(f"\t{before}")
            field(paragraph, "PAGE")
            paragraph.add_run(between)
            field(paragraph, "NUMPAGES")
            if after:
                paragraph.add_run(after)
    if letter.draft:
        for header in headers:
            first = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
            watermark(first, words.watermark)


def _without_times(data: bytes) -> bytes:
    """Write the ZIP file again with one fixed time, so that its bytes depend on content only."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return stream.getvalue()


class _Writer:
    """Adds the blocks of one letter to a document."""

    def __init__(
        self, document: Document, letter: Letter, styles: Styles, numbering: Numbering
    ) -> None:
        self._document = document
        self._letter = letter
        self._labels = exhibits_listed(letter)
        self._words = labels(letter.language)
        self._levels = heading_levels(letter.blocks)
        self._marks = 0
        self._styles = styles
        self._numbering = numbering
        self._width = text_width(document)

    def write(self) -> None:
        """Add every block."""
        keep = kept_together(self._letter.blocks)
        for block, sticky in zip(self._letter.blocks, keep, strict=True):
            kept = self._add(block)
            for paragraph in kept if sticky else ():
                paragraph.paragraph_format.keep_with_next = True

    @singledispatchmethod
    def _add(self, block: Block) -> Kept:
        """Add a block, and return its paragraphs that stay with the next one if it does."""
        raise TypeError(type(block).__name__)

    @_add.register
    def _(self, block: Heading) -> Kept:
        # Not the style "Title": outlines and screen readers go by heading levels.
        return (self._paragraph(block.runs, f"Heading {next(self._levels)}"),)

    @_add.register
    def _(self, block: Paragraph) -> Kept:
        return (self._paragraph(block.runs),)

    @_add.register
    def _(self, block: Quote) -> Kept:
        made = [self._paragraph(runs, "Quote") for runs in block.paragraphs]
        if is_short(block):
            for place, paragraph in enumerate(made, 1):
                paragraph.paragraph_format.keep_together = True
                paragraph.paragraph_format.keep_with_next = place < len(made) or None
        return made

    @_add.register
    def _(self, block: BulletList) -> Kept:
        style = "List Number" if block.ordered else "List Bullet"
        made = [self._paragraph(runs, style) for runs in block.items]
        if block.ordered:
            number = self._numbering.numbers()
            for paragraph in made:
                set_number(paragraph._p, number)
        return self._end_of_list(made)

    @_add.register
    def _(self, block: Enclosures) -> Kept:
        made = []
        for label, runs in block.items:
            self._marks += 1
            made.append(self._paragraph(runs, "List Bullet"))
            bookmark(made[-1], f"exhibit_{label}", self._marks)
        return self._end_of_list(made)

    @_add.register
    def _(self, block: Address) -> Kept:
        if block.role == "sender" and block.lines:
            self._paragraph(block.lines[0], "Sender")
            lines = block.lines[1:]
        else:
            lines = block.lines
        paragraph = self._new("Address")
        self._lines(paragraph, lines)
        if block.role == "sender":
            border(paragraph._p, "bottom", size=12)
        return ()

    @_add.register
    def _(self, block: Reference) -> Kept:
        table = self._grid("Letter Reference", len(block.rows), (0.24, 0.76))
        for row, (term, runs) in zip(table.rows, block.rows, strict=True):
            for cell in row.cells:
                shade(cell, _TINT)
                self._set(cell.paragraphs[0], "Cell")
            row.cells[0].paragraphs[0].add_run(f"{term}:")
            self._fill(row.cells[1].paragraphs[0], runs)
            keep_row(row)
        for row in table.rows[:-1]:
            row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        self._after_table()
        return ()

    @_add.register
    def _(self, block: Table) -> Kept:
        table = self._grid("Letter Table", 1 + len(block.rows), column_widths(block))
        repeat_head(table.rows[0])
        for cell, runs in zip(table.rows[0].cells, block.head, strict=True):
            shade(cell, _TINT)
            self._set(cell.paragraphs[0], "Cell Head")
            self._fill(cell.paragraphs[0], runs)
            # The head never stands at the foot of a page without a row.
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        for row, cells in zip(table.rows[1:], block.rows, strict=True):
            if not is_tall(cells):
                keep_row(row)
            for cell, runs in zip(row.cells, cells, strict=True):
                self._set(cell.paragraphs[0], "Cell")
                self._fill(cell.paragraphs[0], runs)
        if is_small(block):
            for row in table.rows[:-1]:
                for cell in row.cells:
                    cell.paragraphs[0].paragraph_format.keep_with_next = True
        self._after_table()
        return ()

    @_add.register
    def _(self, block: Blank) -> Kept:
        table = self._grid("Letter Blank", 1, (1.0,))
        keep_row(table.rows[0])
        cell = table.rows[0].cells[0]
        self._set(cell.paragraphs[0], "Blank Label")
        self._fill(cell.paragraphs[0], block.label)
        if block.prompt:
            self._fill(self._set(cell.add_paragraph(), "Blank Prompt"), block.prompt)
        for _ in range(block.lines):
            self._set(cell.add_paragraph(), "Blank Line")
        return (*cell.paragraphs, self._after_table())

    @_add.register
    def _(self, block: Signature) -> Kept:
        table = self._grid("Letter Signature", 1, (0.7, 0.3))
        keep_row(table.rows[0])
        signed = (self._words.signature, self._words.signed_on)
        for cell, words in zip(table.rows[0].cells, signed, strict=True):
            self._set(cell.paragraphs[0], "Signature Room")
            paragraph = self._set(cell.add_paragraph(words), "Signature Rule")
            paragraph.paragraph_format.keep_with_next = True
        paragraph = self._new("Address")
        self._lines(paragraph, block.lines)
        return ()

    def _set(self, paragraph: DocxParagraph, style: str) -> DocxParagraph:
        paragraph._p.style = self._styles[style]
        return paragraph

    def _new(self, style: str) -> DocxParagraph:
        return self._set(self._document.add_paragraph(), style)

    def _paragraph(self, runs: Runs, style: str = "Normal") -> DocxParagraph:
        paragraph = self._new(style)
        self._fill(paragraph, runs)
        return paragraph

    def _lines(self, paragraph: DocxParagraph, lines: Iterable[Runs]) -> None:
        for place, runs in enumerate(lines):
            if place:
                paragraph.add_run().add_break()
            self._fill(paragraph, runs)

    def _fill(self, paragraph: DocxParagraph, runs: Runs) -> None:
        for run in runs:
            self._run(paragraph, run)

    def _run(self, paragraph: DocxParagraph, run: Run) -> None:
        made = paragraph.add_run(glued(run.text))
        if run.bold or run.gap:
            made.bold = True
        if run.italic:
            made.italic = True
        if run.gap:
            made.font.highlight_color = WD_COLOR_INDEX.YELLOW
        if right_to_left(run.text):
            made.font.rtl = True
        if run.exhibit in self._labels:
            link(made, f"exhibit_{run.exhibit}")

    def _grid(self, style: str, rows: int, shares: Iterable[float]) -> DocxTable:
        widths = [int(self._width * share) for share in shares]
        table: Any = self._document.add_table(rows, len(widths))
        table._tbl.tblStyle_val = self._styles[style]
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
        return table  # type: ignore[no-any-return]

    def _after_table(self) -> DocxParagraph:
        return self._new("After Table")

    @staticmethod
    def _end_of_list(items: list[DocxParagraph]) -> Kept:
        for last in items[-1:]:
            last.paragraph_format.space_after = Pt(8)
        return items[-1:]
