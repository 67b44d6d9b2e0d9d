"""Writes a letter as Markdown (CommonMark with tables)."""

import re
from functools import singledispatch

from tmjkit.letters.layout import Labels, labels
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
    Runs,
    Signature,
    Table,
)

# Bare addresses become links in many readers, so their ':', '.' and '@' are escaped too.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$]|:(?=//)|(?<=\bwww)\.|@", re.IGNORECASE)
_OPENING = re.compile(r"^([#+=>-]|\d+(?=[.)]))")
_RULE = r"\_" * 32


def to_markdown(letter: Letter) -> str:
    """Return the letter as Markdown; nothing that a person wrote becomes markup."""
    words = labels(letter.language)
    return "\n\n".join(_block(block, words) for block in letter.blocks) + "\n"


def escape(text: str) -> str:
    """Return text so that Markdown shows it as it is."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def _line(runs: Runs) -> str:
    """Return runs as a line that can begin a block."""
    text = _inline(runs)
    return _OPENING.sub(
        lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", text
    )


def _inline(runs: Runs) -> str:
    return "".join(_emphasized(run.text, bold=run.bold, italic=run.italic) for run in runs)


def _emphasized(text: str, *, bold: bool, italic: bool) -> str:
    mark = "**" * bold + "*" * italic
    inner = text.strip()
    if not (mark and inner):
        return escape(text)
    # Emphasis must touch its words, so the spaces stay outside.
    before, _, after = text.partition(inner)
    return f"{before}{mark}{escape(inner)}{mark}{after}"


@singledispatch
def _block(block: Block, words: Labels) -> str:  # noqa: ARG001 -- a signature needs them
    raise TypeError(type(block).__name__)


@_block.register
def _(block: Heading, _: Labels) -> str:
    return f"{'#' * block.level} {_inline(block.runs)}"


@_block.register
def _(block: Paragraph, _: Labels) -> str:
    return _line(block.runs)


@_block.register
def _(block: Quote, _: Labels) -> str:
    return "\n>\n".join(f"> {_line(runs)}" for runs in block.paragraphs)


@_block.register
def _(block: BulletList, _: Labels) -> str:
    marks = (f"{place}." if block.ordered else "-" for place in range(1, len(block.items) + 1))
    return "\n".join(f"{mark} {_line(runs)}" for mark, runs in zip(marks, block.items, strict=True))


@_block.register
def _(block: Table, _: Labels) -> str:
    rows = [block.head, *block.rows]
    lines = [f"| {' | '.join(_inline(cell) for cell in row)} |" for row in rows]
    lines.insert(1, f"|{'---|' * len(block.head)}")
    return "\n".join(lines)


@_block.register
def _(block: Address, _: Labels) -> str:
    return "\\\n".join(_line(runs) for runs in block.lines)


@_block.register
def _(block: Reference, _: Labels) -> str:
    return "\\\n".join(f"**{escape(term)}:** {_inline(runs)}" for term, runs in block.rows)


@_block.register
def _(block: Blank, _: Labels) -> str:
    room = "\\\n".join([_RULE] * block.lines)
    prompt = f"{_line(block.prompt)}\n\n" if block.prompt else ""
    return f"**{_inline(block.label)}**\n\n{prompt}{room}"


@_block.register
def _(block: Signature, words: Labels) -> str:
    rule = f"{words.signature}: {_RULE}\\\n{words.signed_on}: {_RULE}"
    return "\\\n".join([rule, *(_line(runs) for runs in block.lines)])


@_block.register
def _(block: Enclosures, _: Labels) -> str:
    return "\n".join(f"- {_line(runs)}" for _, runs in block.items)
