"""The sentences of a letter, each with what it rests on.

A sentence is what a reader takes as one statement: a sentence of a paragraph, a row of a table, an
item's sentence, a line of an address. Its records, facts and exhibits are those of its runs, which
were collected while the values were put in. Only the template's own words are looked at for the
end of a sentence, so that 'Dr. A. Example' or a quoted note is never cut.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

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
    plain,
)

_END: Final = re.compile(
    r"(?:(?<=[\w)\]%\N{RIGHT DOUBLE QUOTATION MARK}])|\A)(?<!\bp)(?<!\bpp)(?<!\bno)"
    r"[.!?][)\N{RIGHT DOUBLE QUOTATION MARK}]?\s+"
)
_BETWEEN_CELLS: Final = " | "


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement of a letter.

    Parameters
    ----------
    number
        Its number in the letter, from 1.
    block
        Place of its block in the letter, from 0.
    kind
        Type of its block, such as `Paragraph` or `Table`.
    runs
        Its words.
    """

    number: int
    block: int
    kind: type
    runs: Runs

    @property
    def text(self) -> str:
        """Its words."""
        return plain(self.runs).strip()

    @property
    def records(self) -> tuple[str, ...]:
        """Ids of the records that it rests on, each once."""
        return tuple(dict.fromkeys(name for run in self.runs for name in run.records))

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts that it rests on, each once."""
        return tuple(dict.fromkeys(name for run in self.runs for name in run.facts))

    @property
    def exhibits(self) -> tuple[str, ...]:
        """Labels of the exhibits that it cites, each once."""
        return tuple(dict.fromkeys(run.exhibit for run in self.runs if run.exhibit))


def sentences(letter: Letter) -> tuple[Sentence, ...]:
    """Return the sentences of a letter, from top to bottom, in the order of `statements`."""
    found = (
        (place, type(block), runs)
        for place, block in enumerate(letter.blocks)
        for runs in statements(block)
    )
    return tuple(Sentence(number, *parts) for number, parts in enumerate(found, 1))


def statements(block: Block) -> Iterator[Runs]:  # noqa: PLR0912 -- one branch a type
    """Yield the statements of a block in the order in which renderers write them."""
    match block:
        case Heading(runs=runs):
            yield runs
        case Paragraph(runs):
            yield from split(runs)
        case Quote(paragraphs):
            yield from paragraphs
        case BulletList(items):
            for item in items:
                yield from split(item)
        case Table(head, rows):
            for row in (head, *rows):
                yield _row(row)
        case Address(lines=lines) | Signature(lines=lines):
            yield from lines
        case Reference(rows):
            for term, runs in rows:
                yield (Run(f"{term}: "), *runs)
        case Blank(label=label, prompt=prompt):
            yield label
            if prompt:
                yield prompt
        case Enclosures(items):
            for _, runs in items:
                yield runs


def _row(cells: tuple[Runs, ...]) -> Runs:
    parts: list[Run] = []
    for cell in cells:
        parts += [Run(_BETWEEN_CELLS), *cell] if parts else cell
    return tuple(parts)


def split(runs: Runs) -> tuple[Runs, ...]:
    """Split the runs of a paragraph at the ends of its sentences; no word is lost."""
    found: list[list[Run]] = [[]]
    for run in runs:
        if run.records or run.facts or run.gap:
            found[-1].append(run)
            continue
        start = 0
        for end in _END.finditer(run.text):
            found[-1].append(replace(run, text=run.text[start : end.end()]))
            found.append([])
            start = end.end()
        if run.text[start:]:
            found[-1].append(replace(run, text=run.text[start:]))
    return tuple(tuple(part) for part in found if plain(tuple(part)).strip())
