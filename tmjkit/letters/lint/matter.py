"""Everything that a rule of the linter looks at, read once for all of them."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from pydantic import BaseModel

from tmjkit.case import Benefit, Case, Coverage, Determination, Record
from tmjkit.knowledge import Fact, Library
from tmjkit.letters.law import Law
from tmjkit.letters.letter import (
    Block,
    BulletList,
    Letter,
    Paragraph,
    Run,
)
from tmjkit.letters.lint.identity import Identity
from tmjkit.letters.lint.model import LintRule, Objection
from tmjkit.letters.lint.plainwords import PLACE, flat
from tmjkit.letters.sentence import Sentence, sentences


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the letter, made ready for the rules.

    Parameters
    ----------
    sentence
        The sentence.
    text
        Its words.
    flat
        The same, comparable (see `plainwords.flat`).
    own
        The template's own words, comparable; `PLACE` stands for each value of the case or fact.
    records, facts
        Ids of what it rests on.
    """

    sentence: Sentence
    text: str
    flat: str
    own: str
    records: tuple[str, ...]
    facts: tuple[str, ...]

    @property
    def number(self) -> int:
        """Its number in the letter, from 1."""
        return self.sentence.number

    @property
    def block(self) -> int:
        """Place of its block in the letter, from 0."""
        return self.sentence.block

    @property
    def kind(self) -> type:
        """Type of its block."""
        return self.sentence.kind

    def refused(self, rule: LintRule, why: str, instead: str) -> Objection:
        """Object to this sentence."""
        return Objection(rule.id, self.number, self.text, why, instead)


def owned(run: Run) -> bool:
    """Tell whether a run is the template's own words."""
    return not (run.records or run.facts or run.gap)


def _said(sentence: Sentence) -> Said:
    text = sentence.text
    own = "".join(run.text if owned(run) else PLACE for run in sentence.runs)
    return Said(sentence, text, flat(text), flat(own), sentence.records, sentence.facts)


@dataclass(frozen=True)
class Matter:
    """A letter with all that it is held against.

    Parameters
    ----------
    letter, case, today, known
        The letter, its case, the day, and what is known of law and evidence.
    others
        Who the patients of other cases are.
    get_document
        Gives the bytes of a document by its SHA-256 digest; None where nobody can.
    """

    letter: Letter
    case: Case
    today: dt.date
    known: Library
    others: tuple[Identity, ...] = ()
    get_document: Callable[[str], bytes] | None = field(default=None, repr=False)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The letter's blocks, without the banner and the list that tmjkit puts around a draft."""
        blocks = self.letter.blocks
        gaps = self.letter.gaps
        last = blocks[-1] if blocks else None
        if gaps and isinstance(last, BulletList) and len(last.items) == len(gaps):
            whats = tuple(item[0].text if item else "" for item in last.items)
            if whats == tuple(gap.what for gap in gaps):
                return blocks[:-2]
        return blocks

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every sentence of the letter but those of the frame around a draft."""
        end = len(self.blocks)
        return tuple(
            _said(sentence)
            for sentence in sentences(self.letter)
            if sentence.block < end and not self._is_banner(sentence)
        )

    def _is_banner(self, sentence: Sentence) -> bool:
        if not self.letter.draft or sentence.kind is not Paragraph or len(sentence.runs) != 1:
            return False
        run = sentence.runs[0]
        return run.gap and run.bold and run.text.startswith("DRAFT")

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """Every record of the case by its id."""
        return {record.id: record for _, record in self.case.records()}

    @cached_property
    def coverage(self) -> Coverage | None:
        """The coverage that the letter is about."""
        found = self.records.get(self.letter.coverage_id)
        return found if isinstance(found, Coverage) else None

    @cached_property
    def denial(self) -> Determination | None:
        """The decision that the letter is about."""
        found = self.records.get(self.letter.about_id)
        return found if isinstance(found, Determination) else None

    @cached_property
    def law(self) -> Law:
        """The law that governs the coverage."""
        return Law(self.coverage, self.known.facts)

    @property
    def dental(self) -> bool:
        """Whether a dental benefit is asked to pay, which may stand alone."""
        return self.coverage is not None and self.coverage.benefit is Benefit.DENTAL

    def passages(self, words: Callable[[Said], str]) -> "Iterator[Passage]":
        """Yield the words of each block as one text, so that nothing hides at a full stop.

        An abbreviation ends a sentence for `letters.sentence.split`: 'the U.S. FDA', 'C.F.R. 438'.
        """
        for _, group in groupby(self.said, key=lambda said: said.block):
            whole = tuple(group)
            starts, parts, length = [], [], 0
            for said in whole:
                starts.append(length)
                part = words(said).strip() + " "
                parts.append(part)
                length += len(part)
            yield Passage("".join(parts), whole, tuple(starts))

    def facts_of(self, said: Said) -> Iterator[Fact]:
        """Yield the facts that a sentence rests on and that there are."""
        return (self.known.facts[name] for name in said.facts if name in self.known.facts)

    def records_of(self, said: Said) -> Iterator[Record]:
        """Yield the records that a sentence rests on and that there are."""
        return (self.records[name] for name in said.records if name in self.records)

    @cached_property
    def recorded(self) -> str:
        """Every text, number and date of the case, one on each line, as it is recorded."""
        return "\n".join(texts_of(self.case))


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one block, with the sentence that stands at each place.

    Parameters
    ----------
    text
        The words.
    said
        Its sentences.
    starts
        Where each of them begins in the text.
    """

    text: str
    said: tuple[Said, ...]
    starts: tuple[int, ...]

    def at(self, place: int) -> Said:
        """Return the sentence that stands at a place of the text."""
        return self.said[bisect_right(self.starts, place) - 1]


def texts_of(part: object) -> Iterator[str]:
    """Yield every text, number and date in a record, however deep."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts_of(getattr(part, name))
    elif isinstance(part, tuple | list | frozenset):
        for item in part:
            yield from texts_of(item)
    elif part is not None and not isinstance(part, bool):
        yield str(part)
