"""Reads a text into words with their places: as it was typed, scanned or pasted.

Casing, ligatures, smart quotes, line breaks, soft and hard hyphens at a line's end, non-breaking
blanks and marks that nobody sees make no difference. What is quoted is the text as it stands.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

_INVISIBLE: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_APOSTROPHES: Final = frozenset("'`\u2018\u2019\u201a\u201b\u2032\u02bc\uff07")
_HYPHENS: Final = "-\u2010\u2011\u2012\u2013\u2014\u2212"
# A hyphen that ends a line between two letters: the word may go on, or be a compound.
_LINE_END = re.compile(rf"(?<=[^\W\d_])[{_HYPHENS}][ \t\u00a0]*\r?\n[ \t\u00a0]*(?=[^\W\d_])")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
# A stop ends a sentence where a blank follows; so do an empty line, a bullet and a semicolon.
_STOP = re.compile(r"[.!?](?=[\s\"')\]]|$)|;|[\u2022\u25aa\u25cf\u00b7]|\n[ \t\r]*\n|\n[ \t]*[-*] ")
# Where a clause of its own begins, so that a 'not' before it says nothing of what follows.
_CLAUSE = re.compile(
    r",\s*(?:and|but|so|while|yet|which|therefore|however)\b|[():\u2013\u2014]|\s-\s"
)
_NOT: Final = {"cannot": "can", "can't": "can", "won't": "will", "shan't": "shall"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word in lower case, where it stands in the text, in which sentence and clause."""

    text: str
    start: int
    end: int
    sentence: int
    clause: int


def readings(text: str) -> tuple[tuple[Word, ...], ...]:
    """Return the words of a text, once or twice.

    Twice where a line ends in a hyphen: 'investi-' and 'gational' are one word, 'out-of-' and
    'network' are not, and which holds only the matching can tell.
    """
    split = _words(text, joined=False)
    if not _LINE_END.search(text):
        return (split,)
    return (split, _words(text, joined=True))


def _words(text: str, *, joined: bool) -> tuple[Word, ...]:
    plain, places = _plain(text, joined=joined)
    stops = [stop.start() for stop in _STOP.finditer(plain)]
    clauses = sorted([*stops, *(clause.start() for clause in _CLAUSE.finditer(plain))])
    found: list[Word] = []
    for match in _WORD.finditer(plain):
        start, end = places[match.start()], places[match.end() - 1] + 1
        sentence = bisect_left(stops, match.start())
        clause = bisect_left(clauses, match.start())
        found += (Word(part, start, end, sentence, clause) for part in _parts(match[0]))
    return tuple(found)


def _parts(word: str) -> tuple[str, ...]:
    """Take "doesn't" as 'does not', and "plan's" as 'plan'."""
    if word in _NOT:
        return _NOT[word], "not"
    if word.endswith("n't"):
        return word[:-3], "not"
    return (word.partition("'")[0],)


def _plain(text: str, *, joined: bool) -> tuple[str, list[int]]:
    """Return the text in plain lower-case letters, with the place that each letter came from."""
    dropped = (
        {place for match in _LINE_END.finditer(text) for place in range(*match.span())}
        if joined
        else frozenset()
    )
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if place in dropped or character in _INVISIBLE:
            continue
        for letter in _letters(character):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


def _letters(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    if character < "\x80":
        return character.lower()
    decomposed = unicodedata.normalize("NFKD", character.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
