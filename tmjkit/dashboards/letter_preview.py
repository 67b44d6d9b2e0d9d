"""A letter as the page shows it: its blocks, and what is to be said beside which of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tmjkit.case import Case
from tmjkit.dashboards.letter_places import Place, place_of
from tmjkit.dashboards.markup import Markup, join
from tmjkit.knowledge import Library
from tmjkit.letters import Letter
from tmjkit.letters.gap import Gap
from tmjkit.letters.html import blocks_html
from tmjkit.letters.lint import RULES, Objection
from tmjkit.letters.sentence import Sentence, sentences
from tmjkit.letters.trace_rows import trace_of

_MOST_PLACES = 3
_TITLES = {rule.id: rule.title for rule in RULES}


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a sentence: a fact that is missing, or what a rule objects to.

    Parameters
    ----------
    sentence
        Number of the sentence; 0 for the whole letter.
    title
        Name of the rule, or of the missing fact.
    words
        The sentence; empty for a missing fact.
    why, instead
        What is wrong, and what to do.
    rule
        Id of the rule; empty for a missing fact.
    places
        Where it can be entered or corrected.
    """

    sentence: int
    title: str
    words: str
    why: str
    instead: str
    rule: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Blocks of the letter, and what stands beside the last of them."""

    markup: Markup
    beside: tuple[Beside, ...] = ()


def pieces_of(
    letter: Letter, case: Case, objections: Sequence[Objection], known: Library
) -> tuple[Piece, ...]:
    """Cut a letter where something is to be said; what is about the whole letter comes first.

    Parameters
    ----------
    letter
        The letter; as a draft where facts are missing.
    case
        The case that it was composed from.
    objections
        What the linter says of it.
    known
        Facts and policies, for what the sentences rest on.
    """
    told = sentences(letter)
    beside = [*_gaps(letter.gaps, told, case), *_objections(objections, told, case)]
    by_block: dict[int, list[Beside]] = {}
    for one in sorted(beside, key=lambda found: found.sentence):
        place = told[one.sentence - 1].block if one.sentence else -1
        by_block.setdefault(place, []).append(one)
    marked = {item.sentence for item in objections}
    # The letter's own writer has escaped every word of it.
    blocks = [
        Markup(block) for block in blocks_html(letter, trace_of(letter, case, known), marked=marked)
    ]
    return tuple(_cut(blocks, by_block))


def _cut(blocks: Sequence[Markup], by_block: dict[int, list[Beside]]) -> Iterator[Piece]:
    if -1 in by_block:
        yield Piece(Markup(), tuple(by_block[-1]))
    start = 0
    for place in sorted(place for place in by_block if place >= 0):
        yield Piece(join(blocks[start : place + 1], "\n"), tuple(by_block[place]))
        start = place + 1
    if start < len(blocks):
        yield Piece(join(blocks[start:], "\n"))


def _gaps(gaps: Sequence[Gap], told: Sequence[Sentence], case: Case) -> Iterator[Beside]:
    for gap in gaps:
        # Where it stands first; the fact is entered once.
        number = next(
            (
                one.number
                for one in told
                if any(run.gap and gap.shown in run.text for run in one.runs)
            ),
            0,
        )
        place = place_of(case, gap.record)
        yield Beside(
            number,
            f"Missing: {gap.what}",
            "",
            "",
            f"Enter it in: {gap.where}.",
            "",
            (place,) if place else (),
        )


def _objections(
    objections: Sequence[Objection], told: Sequence[Sentence], case: Case
) -> Iterator[Beside]:
    for item in objections:
        sentence = told[item.sentence - 1] if item.sentence else None
        # What a gap's own words object to is said by the gap.
        if sentence and any(run.gap for run in sentence.runs):
            continue
        found = [place_of(case, name) for name in (sentence.records if sentence else ())]
        places = tuple(dict.fromkeys(place for place in found if place))[:_MOST_PLACES]
        yield Beside(
            item.sentence,
            _TITLES.get(item.rule, item.rule),
            item.text,
            item.why,
            item.instead,
            item.rule,
            places,
        )
