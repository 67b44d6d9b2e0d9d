"""Finds phrases in the words of a text, and tells where one is denied or only supposed.

'It is not considered experimental' does not say that it is; 'not covered, because experimental'
does. 'If your denial says experimental, you may appeal' says nothing of this denial.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tmjkit.knowledge.phrase import Element, elements
from tmjkit.rules.triage.reading import Word

_NEGATORS: Final = frozenset({"not", "no", "never", "neither", "nor", "without"})
# Words that carry a 'not' of their own, so that a phrase with them is not looked at again.
_DENYING: Final = frozenset(
    {
        *_NEGATORS,
        *("lack", "lacks", "lacking", "missing", "absent", "absence", "insufficient"),
        *("inadequate", "fail", "fails", "failed", "failure", "unable", "non"),
    }
)
# A 'not' before one of these belongs to it: 'not covered', 'not approved', 'not payable'.
_TAKES_NOT: Final = (
    *("cover", "approv", "authoriz", "certif", "pay", "paid", "allow", "reimburs", "eligible"),
    *("benefit", "medically", "clinically", "necessary", "provide", "includ", "support"),
    *("demonstrat", "show", "establish", "prove", "appropriate", "indicated", "able", "grant"),
    *("meet", "met", "satisf", "process", "receiv", "obtain", "submit", "available"),
)
_SKIPPED: Final = frozenset(
    {
        *("be", "been", "being", "a", "an", "the", "yet", "also", "to", "as"),
        *("considered", "deemed", "found", "regarded", "determined", "judged", "viewed", "seen"),
    }
)
# Behind one of these a 'not' reaches no further: 'not payable because it is experimental'.
_BREAKERS: Final = frozenset(
    {"because", "since", "due", "but", "however", "therefore", "so", "reason", "given", "when"}
)
_INSTEAD: Final = (("rather", "than"), ("instead", "of"), ("opposed", "to"), ("no", "longer"))
_IF: Final = frozenset({"if", "whether", "unless"})
_OF_RIGHTS: Final = (
    *("appeal", "review", "right", "hearing", "request", "may", "ask", "contact", "grievance"),
)
_BEFORE: Final = 7
_AFTER: Final = 5


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase stands: first and last word, both counted."""

    first: int
    last: int


def vocabulary(words: Sequence[Word]) -> dict[str, list[int]]:
    """Return where each word of a text stands, so that a phrase looks only where it can begin."""
    found: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        found.setdefault(word.text, []).append(place)
    return found


def matches(
    phrase: str, words: Sequence[Word], known: Mapping[str, Sequence[int]]
) -> Iterator[Match]:
    """Yield where a phrase stands in a text, the shortest from each beginning.

    No phrase runs over the end of a sentence.

    Parameters
    ----------
    phrase
        The phrase.
    words
        The text.
    known
        Its `vocabulary`.
    """
    pattern = elements(phrase)
    for text, places in known.items():
        if pattern[0].fits(text):
            for first in places:
                last = _end(pattern, words, first)
                if last is not None:
                    yield Match(first, last)


def _end(pattern: Sequence[Element], words: Sequence[Word], first: int) -> int | None:
    """Return the last word of the match that begins at a word; None where there is none."""
    sentence = words[first].sentence
    # All places that the elements so far can have led to; small, as gaps are short.
    at = {first}
    for element in pattern[1:]:
        if element.gap:
            at = {place + skip for place in at for skip in range(element.gap + 1)}
            continue
        nexts = {
            place + 1
            for place in at
            if place + 1 < len(words)
            and words[place + 1].sentence == sentence
            and element.fits(words[place + 1].text)
        }
        at = nexts | at if element.optional else nexts
        if not at:
            return None
    return min(at)


def is_denied(match: Match, words: Sequence[Word]) -> bool:
    """Tell whether the text denies what a phrase says, or says only what would be if."""
    inside = {word.text for word in words[match.first : match.last + 1]}
    if not inside & _DENYING and (_negated_before(match, words) or _negated_after(match, words)):
        return True
    return _supposed(match, words)


def _negated_before(match: Match, words: Sequence[Word]) -> bool:
    clause = words[match.first].clause
    for place in range(match.first - 1, max(-1, match.first - 1 - _BEFORE), -1):
        word = words[place]
        if word.clause != clause:
            return False
        before = words[place - 1].text if place else ""
        if word.text in _BREAKERS and before != "not":
            return False
        if (word.text, words[place + 1].text) in _INSTEAD:
            return True
        if word.text in _NEGATORS and not _taken(place, words, match.first):
            return True
    return False


def _taken(place: int, words: Sequence[Word], until: int) -> bool:
    """Tell whether a 'not' belongs to another word, such as 'covered', before the phrase."""
    for word in words[place + 1 : until]:
        if word.text in _SKIPPED:
            continue
        return word.text.startswith(_TAKES_NOT)
    return False


def _negated_after(match: Match, words: Sequence[Word]) -> bool:
    """Tell whether it goes on as 'does not apply', 'is not at issue' or 'was withdrawn'."""
    clause = words[match.last].clause
    behind = [
        word.text
        for word in words[match.last + 1 : match.last + 1 + _AFTER]
        if word.clause == clause
    ]
    pairs = set(pairwise(behind))
    return bool(
        pairs & {("not", "apply"), ("not", "relevant"), ("not", "at"), ("no", "longer")}
    ) or (bool(behind) and behind[:1] in (["no"], ["withdrawn"], ["overturned"]))


def _supposed(match: Match, words: Sequence[Word]) -> bool:
    """Tell whether it stands behind an 'if' in a sentence on what one may do."""
    sentence = [word for word in words if word.sentence == words[match.first].sentence]
    condition = any(word.text in _IF and word.start < words[match.first].start for word in sentence)
    return condition and any(word.text.startswith(_OF_RIGHTS) for word in sentence)
