"""Writes a letter as a tagged PDF (PDF/UA-1), set with typst.

The letter goes to `templates/typst/letter.typ` as data; the same letter is always the same bytes.
"""

from functools import singledispatch
from typing import Any

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
from tmjkit.letters.typeset import typeset


def to_pdf(letter: Letter) -> bytes:
    """Return the letter as a PDF; the same letter is always the same bytes."""
    links = exhibits_listed(letter)
    keep = kept_together(letter.blocks)
    levels = heading_levels(letter.blocks)
    words = labels(letter.language)
    content = {
        "title": letter.title,
        "language": letter.language,
        "date": (letter.date.year, letter.date.month, letter.date.day),
        "draft": letter.draft,
        "watermark": words.watermark,
        "labels": (words.signature, words.signed_on),
        "page": words.page,
        "footer": letter.footer,
        "blocks": [
            {**_block(block, links), "sticky": sticky}
            | ({"level": next(levels)} if isinstance(block, Heading) else {})
            for block, sticky in zip(letter.blocks, keep, strict=True)
        ],
    }
    return typeset("letter", content, accessible=True)


def _run(run: Run, links: frozenset[str]) -> dict[str, object]:
    """Return a run; what it is not is left out, which is most of it."""
    made: dict[str, object] = {"text": glued(run.text)}
    if run.bold:
        made["bold"] = True
    if run.italic:
        made["italic"] = True
    if run.gap:
        made["gap"] = True
    if run.exhibit in links:
        made["link"] = f"exhibit-{run.exhibit}"
    return made


def _runs(runs: Runs, links: frozenset[str]) -> list[dict[str, object]]:
    return [_run(run, links) for run in runs]


@singledispatch
def _block(block: Block, links: frozenset[str]) -> dict[str, Any]:  # noqa: ARG001
    raise TypeError(type(block).__name__)


@_block.register
def _(block: Heading, links: frozenset[str]) -> dict[str, Any]:
    return {"kind": "heading", "runs": _runs(block.runs, links)}


@_block.register
def _(block: Paragraph, links: frozenset[str]) -> dict[str, Any]:
    return {"kind": "paragraph", "runs": _runs(block.runs, links)}


@_block.register
def _(block: Quote, links: frozenset[str]) -> dict[str, Any]:
    paragraphs = [_runs(runs, links) for runs in block.paragraphs]
    return {"kind": "quote", "paragraphs": paragraphs, "short": is_short(block)}


@_block.register
def _(block: BulletList, links: frozenset[str]) -> dict[str, Any]:
    items = [_runs(runs, links) for runs in block.items]
    return {"kind": "list", "items": items, "ordered": block.ordered}


@_block.register
def _(block: Table, links: frozenset[str]) -> dict[str, Any]:
    return {
        "kind": "table",
        "small": is_small(block),
        "widths": column_widths(block),
        "head": [_runs(cell, links) for cell in block.head],
        "rows": [
            {"cells": [_runs(cell, links) for cell in row], "tall": is_tall(row)}
            for row in block.rows
        ],
    }


@_block.register
def _(block: Address, links: frozenset[str]) -> dict[str, Any]:
    lines = [_runs(runs, links) for runs in block.lines]
    return {"kind": "address", "role": block.role, "lines": lines}


@_block.register
def _(block: Reference, links: frozenset[str]) -> dict[str, Any]:
    rows = [{"term": term, "value": _runs(runs, links)} for term, runs in block.rows]
    return {"kind": "reference", "rows": rows}


@_block.register
def _(block: Blank, links: frozenset[str]) -> dict[str, Any]:
    return {
        "kind": "blank",
        "label": _runs(block.label, links),
        "prompt": _runs(block.prompt, links),
        "lines": block.lines,
    }


@_block.register
def _(block: Signature, links: frozenset[str]) -> dict[str, Any]:
    lines = [_runs(runs, links) for runs in block.lines]
    return {"kind": "signature", "lines": lines}


@_block.register
def _(block: Enclosures, links: frozenset[str]) -> dict[str, Any]:
    items = [
        {"label": f"exhibit-{label}", "runs": _runs(runs, links)} for label, runs in block.items
    ]
    return {"kind": "enclosures", "items": items}
