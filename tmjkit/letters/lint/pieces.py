"""Finds a shortened quote in a text: every piece, in its order, and what stands between them.

Source: practice of the office. '… is … covered' can be cut out of 'is not covered': a quote that is
shortened has to say what the paper says.
"""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Final

from tmjkit.letters.lint.plainwords import flat, squeezed

_SIC: Final = re.compile(r"\s*\[sic\.?\]", re.IGNORECASE)
_DOTS: Final = re.compile(r"\s*(?:[\[(]\s*(?:\u2026|\.{3})\s*[\])]|\u2026|\.(?:\s?\.){2,3})\s*")
_INSERTED: Final = re.compile(r"\[[^\[\]]*\]")
_LETTER: Final = re.compile(r"[^\W_]")
_NOT: Final = re.compile(
    r"\b(?:not|no|never|neither|nor|none|nobody|nothing|cannot|without|unless|except|nunca|sin|ni"
    r"|tampoco|jamas|ningun[oa]?s?|nadie|nada|excepto|salvo)\b|n't\b|\bnon-"
)
# Just before the first piece: 'not covered' must not be quoted as 'covered'.
_NOT_BEFORE: Final = re.compile(r"(?:\b(?:not|never|cannot|without|nunca|sin|no)|n't|\bnon-)$")
_TURNS: Final = re.compile(r"^(?:un|in|im|ir|il|non|dis|des)$|(?:not|never|without)$")
_SHORT: Final = 8
"""Letters below which a piece has to stand as words of its own: 'not' is no part of 'another'."""
_MOST: Final = 200
"""Places of one piece that are looked at."""


class Held(IntEnum):
    """How a text holds a quote; the higher the better."""

    NOWHERE = 0
    TURNED = 1
    WHOLE = 2


def pieces_of(words: str) -> tuple[str, ...]:
    """Return the pieces of a quote between its ellipses, ready for comparing."""
    parts = _DOTS.split(_SIC.sub("", words))
    return tuple(squeezed(part) for part in parts if _LETTER.search(part))


def inserted(words: str) -> str:
    """Return the first words in brackets that are no [sic] and no ellipsis; empty if none."""
    found = _INSERTED.search(_DOTS.sub(" ", _SIC.sub("", words)))
    return found[0] if found else ""


def held(words: str, pages: Sequence[str]) -> Held:
    """Tell whether pages hold a quote: as a whole, or its pieces in their order.

    Pieces stand on one page or on two that adjoin. A quote that leaves out a negation is `TURNED`,
    however true each piece is.
    """
    whole = _held((squeezed(words),), ("\n".join(pages),))
    if whole is Held.WHOLE:
        return whole
    pieces = pieces_of(words)
    if not pieces:
        return whole
    if len(pieces) == 1:
        return max(whole, _held(pieces, ("\n".join(pages),)))
    pairs = ("\n".join(pages[at : at + 2]) for at in range(max(1, len(pages) - 1)))
    return max(whole, _held(pieces, pairs))


def _held(pieces: tuple[str, ...], texts: Sequence[str] | Iterator[str]) -> Held:
    best = Held.NOWHERE
    for text in texts:
        bare = squeezed(text)
        if all(piece in bare for piece in pieces):
            best = max(best, _Words(text).holds(pieces))
        if best is Held.WHOLE:
            break
    return best


class _Words:
    """A text without blanks, which knows the words that its letters belong to."""

    def __init__(self, text: str) -> None:
        self.words = [flat(word) for word in text.split()]
        parts = [word.replace(" ", "").replace("-", "") for word in self.words]
        self.bare = "".join(parts)
        self.word_of = [at for at, part in enumerate(parts) for _ in part]
        self.starts: list[int] = []
        length = 0
        for part in parts:
            self.starts.append(length)
            length += len(part)

    def holds(self, pieces: tuple[str, ...]) -> Held:
        """Tell how the pieces are held, by every way in which they stand in their order."""
        ends = {end: self._fair_start(start) for start, end in self._places(pieces[0])}
        for piece in pieces[1:]:
            after: dict[int, bool] = {}
            for start, end in self._places(piece):
                reached = [(before, fair) for before, fair in ends.items() if before <= start]
                if reached:
                    fair = any(
                        fair and not self._negates(before, start)
                        for before, fair in sorted(reached, reverse=True)
                    )
                    after[end] = after.get(end, False) or fair
            ends = after
        if not ends:
            return Held.NOWHERE
        return Held.WHOLE if any(ends.values()) else Held.TURNED

    def _places(self, piece: str) -> Iterator[tuple[int, int]]:
        at, count = self.bare.find(piece), 0
        while at >= 0 and count < _MOST:
            end = at + len(piece)
            if len(piece) >= _SHORT or not (self._inside(at) or self._inside(end)):
                yield at, end
                count += 1
            at = self.bare.find(piece, at + 1)

    def _inside(self, at: int) -> bool:
        """Tell whether a place is in the middle of a word."""
        if not 0 < at < len(self.bare) or self.word_of[at - 1] != self.word_of[at]:
            return False
        return bool(_LETTER.match(self.bare[at - 1]) and _LETTER.match(self.bare[at]))

    def _fair_start(self, at: int) -> bool:
        """Tell whether no negation is cut off just before a place."""
        word = self.word_of[at]
        begun = re.sub(r"^\W+", "", self.bare[self.starts[word] : at])
        if begun:
            return not _TURNS.search(begun)
        return not (word and _NOT_BEFORE.search(self.words[word - 1]))

    def _negates(self, start: int, end: int) -> bool:
        """Tell whether what stands between two places holds a negation."""
        if start >= end:
            return False
        first, last = self.word_of[start], self.word_of[end - 1]
        out = self.words[first : last + 1]
        out[-1] = self.bare[max(start, self.starts[last]) : end]
        if first != last:
            out[0] = self.bare[start : self.starts[first + 1]]
        text = " ".join(out)
        divided = text.replace("- ", "")
        return bool(_NOT.search(text) or _NOT.search(divided)) or not self._fair_part(end)

    def _fair_part(self, at: int) -> bool:
        begun = re.sub(r"^\W+", "", self.bare[self.starts[self.word_of[at]] : at])
        return not _TURNS.search(begun)
