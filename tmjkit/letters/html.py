"""Writes a letter as one HTML file that needs nothing else and asks nobody for anything.

What each sentence rests on can be shown with it, for the office: pointed at, or reached with the
keyboard, a sentence opens its note. That takes no script, and none of it is printed.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import singledispatchmethod
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from tmjkit.language import speaking, translated
from tmjkit.letters.html_style import style
from tmjkit.letters.layout import (
    column_widths,
    exhibits_listed,
    glued,
    heading_levels,
    is_small,
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
from tmjkit.letters.sentence import split

if TYPE_CHECKING:
    from tmjkit.letters.trace_rows import TraceRow


def to_html(letter: Letter, trace: "Iterable[TraceRow] | None" = None) -> str:
    """Return the letter as a complete HTML page with its style inside.

    Parameters
    ----------
    letter
        The letter.
    trace
        What its sentences rest on, from `trace_of`; the page then shows it, and is for the office.
        Without it the page is the letter alone, as it is sent.
    """
    words = labels(letter.language)
    with speaking(letter.language):
        hint = "" if trace is None else _hint()
        body = "\n".join(_Writer(letter, _notes(trace or ())).blocks())
    draft = ' class="draft"' if letter.draft else ""
    css = style(words, traced=trace is not None)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(letter.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(letter.title)}</title>\n<style>{css}</style>\n</head>\n"
        f"<body{draft}>\n<main>\n{hint}{body}\n</main>\n</body>\n</html>\n"
    )


def blocks_html(
    letter: Letter,
    trace: "Iterable[TraceRow]",
    *,
    marked: Collection[int] = (),
    ids: str = "letter-",
) -> tuple[str, ...]:
    """Return each block of a letter as HTML, for a page that shows the letter among other things.

    Parameters
    ----------
    letter
        The letter.
    trace
        What its sentences rest on, from `trace_of`.
    marked
        Numbers of sentences that are to be seen at once, such as those that a rule objects to.
    ids
        What the ids of the notes and exhibits begin with, so that they are not those of the page.
    """
    with speaking(letter.language):
        return tuple(_Writer(letter, _notes(trace), marked, ids).blocks())


def right_to_left(text: str) -> bool:
    """Tell whether text holds letters of a script that runs from right to left."""
    return not text.isascii() and any(
        unicodedata.bidirectional(char) in ("R", "AL") for char in text
    )


def _hint() -> str:
    words = translated(
        "For the office, not for sending: point at a sentence, or move to it with the Tab key, to "
        "see what it rests on."
    )
    return f'<p class="hint">{escape(words)}</p>\n'


def _notes(rows: "Iterable[TraceRow]") -> dict[int, str]:
    """Return what stands in the note of each sentence that rests on something, by its number."""
    from tmjkit.letters.trace import Basis, basis_words  # noqa: PLC0415 -- it needs this module

    found = {}
    for number, of in groupby(rows, key=lambda row: row.number):
        places = [words for words, row in basis_words(of) if row.basis is not Basis.OWN]
        if places:
            found[number] = "".join(f'<span class="place">{escape(one)}</span>' for one in places)
    return found


class _Writer:
    """Writes the blocks of one letter; counts its sentences as `sentences` does."""

    def __init__(
        self,
        letter: Letter,
        notes: Mapping[int, str],
        marked: Collection[int] = (),
        ids: str = "",
    ) -> None:
        self._letter = letter
        self._notes = notes
        self._marked = marked
        self._ids = ids
        self._number = 0
        self._listed = exhibits_listed(letter)
        self._words = labels(letter.language)
        self._levels = heading_levels(letter.blocks)

    def blocks(self) -> Iterable[str]:
        """Yield each block."""
        keep = kept_together(self._letter.blocks)
        for block, sticky in zip(self._letter.blocks, keep, strict=True):
            html = self._block(block)
            yield f'<div class="keep">{html}</div>' if sticky else html

    def _note(self) -> tuple[str, str, str]:
        """Count a sentence; return its attributes, its label for a group, and its note."""
        self._number += 1
        content = self._notes.get(self._number)
        marked = self._number in self._marked
        if content is None:
            return (' class="marked"', "", "") if marked else ("", "", "")
        name = translated("Sentence {number}").format(number=self._number)
        note = f"{self._ids}note-{self._number}"
        css = "said marked" if marked else "said"
        return (
            f' class="{css}" tabindex="0" aria-describedby="{note}"',
            f' role="group" aria-label="{escape(name)}"',
            f'<span class="note" role="note" id="{note}"><strong>{escape(name)}</strong>'
            f"{content}</span>",
        )

    def _said(self, runs: Runs) -> str:
        """Write one sentence within a block."""
        html = self._inline(runs)
        attributes, group, note = self._note()
        return f"<span{attributes}{group}>{html}</span>{note}" if attributes else html

    def _text(self, runs: Runs) -> str:
        """Write the sentences of a paragraph or an item."""
        if not (self._notes or self._marked):
            return self._inline(runs)
        return "".join(self._said(part) for part in split(runs))

    def _row(self, tag: str, cells: tuple[Runs, ...]) -> str:
        attributes, _, note = self._note()
        scope = ' scope="col"' if tag == "th" else ""
        written = [f"<{tag}{scope}>{self._inline(cell)}" for cell in cells]
        closing = f"</{tag}>"
        return f"<tr{attributes}>{closing.join(written)}{note}{closing}</tr>"

    def _inline(self, runs: Runs) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        html = escape(glued(run.text))
        if right_to_left(run.text):
            html = f"<bdi>{html}</bdi>"
        if run.exhibit in self._listed:
            html = f'<a href="#{self._ids}exhibit-{run.exhibit}">{html}</a>'
        if run.italic:
            html = f"<em>{html}</em>"
        if run.bold:
            html = f"<strong>{html}</strong>"
        return f"<mark>{html}</mark>" if run.gap else html

    @singledispatchmethod
    def _block(self, block: Block) -> str:
        raise TypeError(type(block).__name__)

    @_block.register
    def _(self, block: Heading) -> str:
        html, level = self._inline(block.runs), next(self._levels)
        attributes, _, note = self._note()
        return f"<h{level}{attributes}>{html}</h{level}>{note}"

    @_block.register
    def _(self, block: Paragraph) -> str:
        return f"<p>{self._text(block.runs)}</p>"

    @_block.register
    def _(self, block: Quote) -> str:
        inside = "".join(f"<p>{self._said(runs)}</p>" for runs in block.paragraphs)
        return f"<blockquote>{inside}</blockquote>"

    @_block.register
    def _(self, block: BulletList) -> str:
        tag = "ol" if block.ordered else "ul"
        items = "\n".join(f"<li>{self._text(runs)}</li>" for runs in block.items)
        return f"<{tag}>\n{items}\n</{tag}>"

    @_block.register
    def _(self, block: Table) -> str:
        shares = column_widths(block)
        columns = "".join(f'<col style="width: {share * 100:.1f}%">' for share in shares)
        head = self._row("th", block.head)
        rows = "\n".join(self._row("td", row) for row in block.rows)
        small = " small" if is_small(block) else ""
        # A table wider than a telephone scrolls, and can be scrolled with the keyboard.
        return (
            f'<div class="scroll{small}" tabindex="0" role="group" '
            f'aria-label="{escape(self._words.table)}"><table>'
            f"<colgroup>{columns}</colgroup>\n"
            f"<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody></table></div>"
        )

    @_block.register
    def _(self, block: Address) -> str:
        lines = "".join(f"<span>{self._said(runs)}</span>" for runs in block.lines)
        return f'<p class="address {block.role}">{lines}</p>'

    @_block.register
    def _(self, block: Reference) -> str:
        rows = "\n".join(
            f"<dt>{escape(term)}</dt><dd>{self._said(runs)}</dd>" for term, runs in block.rows
        )
        return f'<dl class="reference">\n{rows}\n</dl>'

    @_block.register
    def _(self, block: Blank) -> str:
        label = self._said(block.label)
        prompt = f'<p class="prompt">{self._said(block.prompt)}</p>' if block.prompt else ""
        room = '<div class="line"></div>' * block.lines
        return f'<div class="blank"><p class="label">{label}</p>{prompt}{room}</div>'

    @_block.register
    def _(self, block: Signature) -> str:
        lines = "".join(f'<span class="entry">{self._said(runs)}</span>' for runs in block.lines)
        rules = "".join(
            f'<div class="rule">{escape(words)}</div>'
            for words in (self._words.signature, self._words.signed_on)
        )
        return f'<div class="signature"><div class="rules">{rules}</div><p>{lines}</p></div>'

    @_block.register
    def _(self, block: Enclosures) -> str:
        items = "\n".join(
            f'<li id="{self._ids}exhibit-{label}">{self._said(runs)}</li>'
            for label, runs in block.items
        )
        return f"<ul>\n{items}\n</ul>"
