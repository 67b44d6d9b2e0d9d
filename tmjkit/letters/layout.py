"""What every renderer needs to know about the look of a letter."""

from itertools import pairwise
from typing import Final

from tmjkit.letters.letter import Blank, Block, Heading, Paragraph, Runs, Signature, Table, plain

WATERMARK: Final = "DRAFT"
SIGNATURE: Final = "Signature"
SIGNED_ON: Final = "Date"

_LINE = 24  # characters after which more text in a cell makes it higher rather than wider
_PADDING = 2


def column_widths(table: Table) -> tuple[float, ...]:
    """Return the share of each column in the width of a table; the shares add up to 1.

    A column is never narrower than its longest word, as far as that goes, and what is left
    goes to the columns with much to say.
    """
    columns = list(zip(table.head, *table.rows, strict=True))
    least = [max(_longest_word(cell) for cell in column) + _PADDING for column in columns]
    wanted = [max(len(plain(cell)) for cell in column) for column in columns]
    extra = [
        max(0.0, min(want, _LINE) + max(0, want - _LINE) * 0.35 - low)
        for want, low in zip(wanted, least, strict=True)
    ]
    total = sum(least) + sum(extra)
    return tuple((low + more) / total for low, more in zip(least, extra, strict=True))


def _longest_word(runs: Runs) -> int:
    # A word without end in somebody's note must not take the whole table; it will be broken.
    return min(max((len(word) for word in plain(runs).split()), default=1), 16)


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
