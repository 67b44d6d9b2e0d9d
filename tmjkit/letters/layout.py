"""What every renderer needs to know about the look of a letter."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tmjkit.language import speaking, translated
from tmjkit.letters.letter import (
    Blank,
    Block,
    BulletList,
    Enclosures,
    Heading,
    Letter,
    Paragraph,
    Quote,
    Runs,
    Signature,
    Table,
    plain,
)

_LINE = 92  # characters on a line of a table as wide as the page, in its bold head
_EASY = 24  # characters after which more text makes a cell higher rather than wider
_LONG_WORD = 20  # characters; OnabotulinumtoxinA has 18
_PADDING = 2.5  # characters that the space at both sides of a cell takes
_SMALL = 700  # characters in a whole table; about a quarter of a page
_DEEPEST = 3  # level of the headings that have a look of their own
_LABEL = re.compile(r"\b(Exhibit|pp?\.|no\.|CFR|USC|\d+) (?=[A-Z]{1,2}\b|\d|CFR\b|USC\b)")
_PROSE = 90  # characters on a line of prose
_CLOSING = 2  # lines of text that stay with a signature
_QUARTER = 12  # lines of text in a quarter of a page
_SHORT = 6 * _PROSE
_TALL = 600  # characters in one cell; a narrow column takes half a page for them


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that a renderer adds to those of the letter, in the letter's language.

    Parameters
    ----------
    watermark
        Across each page of a draft.
    signature, signed_on
        Under the lines for a signature and its date.
    table
        What a screen reader calls a table that can be scrolled.
    page
        The words before, between and after the number of a page and that of all pages.
    """

    watermark: str
    signature: str
    signed_on: str
    table: str
    page: tuple[str, str, str]


@lru_cache(maxsize=8)
def labels(language: str) -> Labels:
    """Return the words of the renderers in a language."""
    with speaking(language):
        before, rest = translated("Page {page} of {pages}").split("{page}")
        between, after = rest.split("{pages}")
        return Labels(
            translated("DRAFT"),
            translated("Signature"),
            translated("Date"),
            translated("Table"),
            (before, between, after),
        )


def exhibits_listed(letter: Letter) -> frozenset[str]:
    """Return the labels of the exhibits that the letter lists, to which a citation can lead."""
    return frozenset(
        label
        for block in letter.blocks
        if isinstance(block, Enclosures)
        for label, _ in block.items
    )


def column_widths(table: Table) -> tuple[float, ...]:
    """Return the share of each column in the width of a table; the shares add up to 1.

    A column is never narrower than its longest word, as long as all of them fit, and what is
    left goes to the columns with much to say.
    """
    columns = list(zip(table.head, *table.rows, strict=True))
    least = [max(_longest_word(cell) for cell in column) + _PADDING for column in columns]
    more = [max(1.0, _wanted(column) - low) for low, column in zip(least, columns, strict=True)]
    free = max(0.0, _LINE - sum(least))
    widths = [low + free * part / sum(more) for low, part in zip(least, more, strict=True)]
    return tuple(width / sum(widths) for width in widths)


def _wanted(column: tuple[Runs, ...]) -> float:
    """Return the width in characters that suits most cells; long ones count less than full."""
    lengths = [len(plain(cell)) for cell in column]
    usual = math.sqrt(sum(length**2 for length in lengths) / len(lengths))
    return min(usual, _EASY) + max(0.0, usual - _EASY) * 0.35


def _longest_word(runs: Runs) -> int:
    # A word without end in somebody's note must not take the whole table; it will be broken.
    return min(max(len(word) for word in glued(plain(runs)).split(" ")), _LONG_WORD)


def is_small(table: Table) -> bool:
    """Tell whether a table can stand on one page without leaving half of another empty."""
    cells = [cell for row in table.rows for cell in row]
    return sum(len(plain(cell)) for cell in cells) < _SMALL


def kept_together(blocks: tuple[Block, ...]) -> tuple[bool, ...]:
    """Tell for each block whether the next has to stand on the same page.

    A heading stays with what follows it, a line that ends in a colon with its list or table, and
    the last words before a signature with the signature, so that none stands on a page alone.
    """
    keep = [_announces(block, following) for block, following in pairwise(blocks)]
    for place, block in enumerate(blocks):
        if isinstance(block, Signature):
            for before in _closing(blocks, place):
                keep[before] = True
    return (*keep, False)


def _announces(block: Block, following: Block) -> bool:
    if isinstance(block, Heading):
        return True
    if not isinstance(block, Paragraph):
        return False
    return plain(block.runs).endswith(":") or isinstance(following, Blank)


def _closing(blocks: tuple[Block, ...], signature: int) -> Iterator[int]:
    """Yield the places of the blocks that stay with a signature: a few lines of text.

    What is longer than a quarter of a page stays where it is: the signature would take it along.
    """
    lines = 0
    for place in range(signature - 1, -1, -1):
        more = _lines_of(blocks[place])
        if more is None or lines + more > _QUARTER:
            return
        yield place
        lines += more
        if lines >= _CLOSING:
            return


def _lines_of(block: Block) -> int | None:
    """Guess the lines that a block of text takes; None for what is no text."""
    match block:
        case Paragraph(runs):
            items: Sequence[Runs] = (runs,)
        case BulletList(items=items) | Quote(paragraphs=items):
            pass
        case Enclosures(items=pairs):
            items = [runs for _, runs in pairs]
        case Blank(lines=lines):
            return lines + 2
        case _:
            return None
    return sum(1 + len(plain(runs)) // _PROSE for runs in items)


def is_short(quote: Quote) -> bool:
    """Tell whether a quote is to stand on one page unbroken."""
    return sum(len(plain(runs)) for runs in quote.paragraphs) <= _SHORT


def heading_levels(blocks: tuple[Block, ...]) -> Iterator[int]:
    """Yield the level of each heading in an outline that begins with 1 and skips none.

    A template of an office's own can have any; PDF/UA and screen readers want them in order.
    """
    before = 0
    for block in blocks:
        if isinstance(block, Heading):
            before = min(block.level, before + 1, _DEEPEST)
            yield before


def glued(text: str) -> str:
    """Return text in which a label and its number stay on one line, such as 'p. 2'."""
    return _LABEL.sub("\\1\N{NO-BREAK SPACE}", text) if " " in text else text


def is_tall(row: tuple[Runs, ...]) -> bool:
    """Tell whether a row of a table may be too tall to stand on one page unbroken."""
    return max((len(plain(cell)) for cell in row), default=0) > _TALL
