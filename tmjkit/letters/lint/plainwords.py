"""Text made comparable: one kind of quote and dash, no accents, no capitals, single blanks."""

import re
import unicodedata
from typing import Final

PLACE: Final = "\x1a"
"""Stands in a template's own words where a value of the case or a fact was printed.

No text of a letter can hold it: control characters are taken out of every value.
"""

_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    }
)
# Accents that NFKD has split off, and characters that only steer or hide other text.
_UNSEEN: Final = re.compile(
    "[\u0300-\u036f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_WORD: Final = re.compile(r"[^\W_]+")


def flat(text: str) -> str:
    """Return a text for comparing: ligatures resolved, accents and capitals gone."""
    if not text.isascii():
        text = text.translate(_SAME)
    if text.isascii():
        return " ".join(text.lower().split())
    parts = _UNSEEN.sub("", unicodedata.normalize("NFKD", text).translate(_SAME))
    return " ".join(parts.casefold().split())


def word_count(text: str) -> int:
    """Count the words and numbers of a text."""
    return len(_WORD.findall(text))


def squeezed(text: str) -> str:
    """Return a text for finding a quote in a page: without blanks and hyphens too.

    A text layer breaks lines, divides words at their ends and puts blanks where letters stand
    apart; none of that makes a quote another one.
    """
    return flat(text).replace(" ", "").replace("-", "")
