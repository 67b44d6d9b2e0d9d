"""What every renderer needs to know about the look of a letter."""

import math
import re
from itertools import pairwise
from typing import Final

from tmjkit.letters.letter import Blank, Block, Heading, Paragraph, Runs, Signature, Table, plain

WATERMARK: Final = "DRAFT"
SIGNATURE: Final = "Signature"
SIGNED_ON: Final = "Date"

_LINE = 24  # characters after which more text in a cell makes it higher rather than wider
_PADDING = 2
_LABEL = re.compile(r"\b(Exhibit|pp?\.|no\.|CFR|USC|\d+) (?=[A-Z]{1,2}\b|\d|CFR\b|USC\b)")
_TALL = 600  # characters in one cell; a narrow column takes half a page for them


def column_widths(table: Table) -> tuple[float, ...]:
    """Return the share of each column in the width of a table; the shares add up to 1.

    A column is never narrower than its longest word, as far as that goes, and what is left
    goes to the columns with much to say.
    """
    columns = list(zip(table.head, *table.rows, strict=True))
    least = [max(_longest_word(cell) for cell in column) + _PADDING for column in columns]
    extra = [max(0.0, _wanted(column) - low) for low, column in zip(least, columns, strict=True)]
    total = sum(least) + sum(extra)
    return tuple((low + more) / total for low, more in zip(least, extra, strict=True))


def _wanted(column: tuple[Runs, ...]) -> float:
    """Return the width in characters that suits most cells; long ones count less than full."""
    lengths = [len(plain(cell)) for cell in column]
    usual = math.sqrt(sum(length**2 for length in lengths) / len(lengths))
    return min(usual, _LINE) + max(0.0, usual - _LINE) * 0.35


def _longest_word(runs: Runs) -> int:
    # A word without end in somebody's note must not take the whole table; it will be broken.
    return min(max(len(word) for word in glued(plain(runs)).split(" ")), 16)


def kept_together(blocks: tuple[Block, ...]) -> tuple[bool, ...]:
    """Tell for each block whether the next has to stand on the same page.

    A heading stays with what follows it, a line that ends in a colon with its list or table,
    and the words before a signature with the signature.
    """
    keep = [_announces(block, following) for block, following in pairwise(blocks)]
    return (*keep, False)


def _announces(block: Block, following: Block) -> bool:
    if isinstance(block, Heading):
        return True
    if not isinstance(block, Paragraph):
        return False
    return plain(block.runs).endswith(":") or isinstance(following, Signature | Blank)


def glued(text: str) -> str:
    """Return text in which a label and its number stay on one line, such as 'p. 2'."""
    return _LABEL.sub("\\1\N{NO-BREAK SPACE}", text)


def is_tall(row: tuple[Runs, ...]) -> bool:
    """Tell whether a row of a table may be too tall to stand on one page unbroken."""
    return max((len(plain(cell)) for cell in row), default=0) > _TALL
