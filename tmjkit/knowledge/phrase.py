"""Phrases by which a text says something: words with gaps, written so that people can read them.

A phrase is a row of elements with blanks between them:

- `word` is that word, `stem*` every word that begins so;
- `one|other|stem*` is any one of them;
- `word?` may be there or not;
- `~4` is a gap of at most four words, whatever they are.

There are no regular expressions: a text can't make matching slow, and a mistake has a name.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Final

from pydantic import AfterValidator, StringConstraints

_WORD: Final = re.compile(r"[a-z0-9']+\*?")
_GAP: Final = re.compile(r"~(1?[1-9]|10)")


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a phrase.

    Parameters
    ----------
    words
        Words that can stand here; empty for a gap.
    stems
        Beginnings of words that can stand here.
    optional
        Whether the place may be empty.
    gap
        For a gap: the most words that it skips.
    """

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    optional: bool = False
    gap: int = 0

    def fits(self, word: str) -> bool:
        """Tell whether a word can stand here."""
        return word in self.words or word.startswith(self.stems)


@lru_cache(maxsize=1024)
def elements(phrase: str) -> tuple[Element, ...]:
    """Return the elements of a phrase.

    Raises
    ------
    ValueError
        When it is not written as phrases are; the error names the part.
    """
    found = tuple(_element(part) for part in phrase.split())
    if not found or found[0].gap or found[-1].gap or found[0].optional:
        raise ValueError("a phrase should begin with a word and end with one, not with a gap")
    return found


def _element(part: str) -> Element:
    if gap := _GAP.fullmatch(part):
        return Element(gap=int(gap[1]))
    optional = part.endswith("?")
    alternatives = part.removesuffix("?").split("|")
    wrong = [word for word in alternatives if not _WORD.fullmatch(word)]
    if wrong:
        raise ValueError(
            f"the part '{part}' of a phrase should be lower-case words, such as 'prior|pre', "
            "'authoriz*', 'of?' or '~4'"
        )
    return Element(
        words=frozenset(word for word in alternatives if not word.endswith("*")),
        stems=tuple(word[:-1] for word in alternatives if word.endswith("*")),
        optional=optional,
    )


def _check(phrase: str) -> str:
    elements(phrase)
    return phrase


Phrase = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_check)
]
"""A phrase, checked when it is read."""
