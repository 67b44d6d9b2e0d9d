"""Words as they are searched: without accents and capitals, whole or by their first letters."""

import re
import unicodedata
from collections.abc import Iterable

FEWEST_LETTERS = 3
MOST_LETTERS = 8
"""A word is found by its first letters from three on; eight of them are in the index."""

_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Return the text without capitals and accents, so that 'José' and 'JOSE' are the same."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def asked(text: str) -> tuple[str, ...]:
    """Return the words that somebody looks for, each once."""
    return tuple(dict.fromkeys(_WORD.findall(folded(text))))


def held(texts: Iterable[str]) -> set[str]:
    """Return the words of these texts; a name such as O'Hara also written together."""
    found: set[str] = set()
    for piece in folded(" ".join(texts)).split():
        parts = _WORD.findall(piece)
        found.update(parts)
        if len(parts) > 1:
            found.add("".join(parts))
    return found


def entries(words: Iterable[str]) -> set[str]:
    """Return under what each word stands in the index: its first three to eight letters.

    A word of one or two letters stands there whole.
    """
    return {word[:length] for word in words for length in range(FEWEST_LETTERS, MOST_LETTERS + 1)}


def entry(word: str) -> str:
    """Return the entry of the index under which every text is found in which this word fits."""
    return word[:MOST_LETTERS]


def fits(word: str, words: Iterable[str]) -> bool:
    """Tell whether the word is one of these, or begins one; one or two letters must be whole."""
    if len(word) < FEWEST_LETTERS:
        return word in words
    return any(one.startswith(word) for one in words)
