"""Cases and small helpers that the tests of letters share."""

import re
from datetime import date

from tmjkit.case import Case, Funding
from tmjkit.examples import load
from tmjkit.letters import (
    Address,
    Blank,
    BulletList,
    Enclosures,
    Heading,
    Letter,
    Paragraph,
    Quote,
    Reference,
    Signature,
    Table,
    plain,
)

TODAY = date(2026, 11, 23)
ERISA, CALIFORNIA, MEDICAID = (
    "self-funded-erisa-denial",
    "california-not-medically-necessary",
    "medicaid-premature",
)


def example(name: str) -> Case:
    return load(name).case


def changed(case: Case, record_id: str, **fields: object) -> Case:
    """Return the case with some fields of one record changed."""
    data = case.record(record_id).model_dump() | fields
    return case.with_record(type(case.record(record_id)).model_validate(data))


def with_funding(case: Case, funding: Funding | None) -> Case:
    return changed(case, case.coverages[0].id, funding=funding)


def words(letter: Letter) -> str:
    """Return every word of a letter, block by block."""
    return "\n".join(_words(block) for block in letter.blocks)


def _words(block: object) -> str:
    return "\n".join(_lines(block))


def _lines(block: object) -> list[str]:
    match block:
        case Table(head, rows):
            lines = [" ".join(plain(cell) for cell in row) for row in (head, *rows)]
        case Reference(rows):
            lines = [f"{term}: {plain(runs)}" for term, runs in rows]
        case BulletList(items):
            lines = [plain(runs) for runs in items]
        case Enclosures(items):
            lines = [plain(runs) for _, runs in items]
        case Quote(paragraphs):
            lines = [plain(runs) for runs in paragraphs]
        case Blank(label=label, prompt=prompt):
            lines = [plain(label), plain(prompt)]
        case Address(lines=entries) | Signature(lines=entries):
            lines = [plain(runs) for runs in entries]
        case Paragraph(runs) | Heading(runs=runs):
            lines = [plain(runs)]
        case _:
            raise TypeError(type(block).__name__)
    return lines


def tokens(text: str) -> list[str]:
    """Return the words and numbers of a text, without the marks around them."""
    return re.findall(r"[^\W_]+", text)
