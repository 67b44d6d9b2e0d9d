"""Finds the passage that is nearest to a quote, and tells how they differ."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

_LEAST: Final = 45.0
"""Likeness, of 100, below which a passage is another one."""
_SHOWN: Final = 4
"""Differences that are told at most."""
_LONGEST: Final = 200_000
"""Characters of one page that are searched."""


def nearest(words: str, places: Sequence[tuple[str, str]], *, ours: str = "the letter") -> str:
    """Say where the nearest passage stands and how it differs, as the end of a sentence.

    Parameters
    ----------
    words
        The quote.
    places
        Name and text of each page that was searched.
    ours
        What the quote stands in.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415 -- only where a quote is wrong

    quote = " ".join(words.split())
    best = (_LEAST, "", "")
    for name, text in places:
        page = " ".join(text.split())[:_LONGEST]
        if not page:
            continue
        found = fuzz.partial_ratio_alignment(quote.lower(), page.lower(), score_cutoff=best[0])
        if found is not None and found.score > best[0]:
            start, end = (
                (found.dest_start, found.dest_end) if len(quote) <= len(page) else (0, len(page))
            )
            best = (found.score, name, _whole_words(page, start, end))
    _, name, passage = best
    if not passage:
        return ", and nothing there is like it"
    differences = "; ".join(_differences(quote, passage, ours))
    return f". The nearest passage, {name}: “{passage}”. Difference: {differences or 'none'}"


def _whole_words(page: str, start: int, end: int) -> str:
    while start > 0 and page[start - 1] != " ":
        start -= 1
    while end < len(page) and page[end] != " ":
        end += 1
    return page[start:end].strip()


def _differences(quote: str, passage: str, where: str) -> Iterator[str]:
    """Yield what the quote has and what the document has instead."""
    ours, theirs = quote.split(), passage.split()
    matcher = SequenceMatcher(
        None, [word.lower() for word in ours], [word.lower() for word in theirs], autojunk=False
    )
    steps = matcher.get_opcodes()
    # What the passage has more at its ends belongs to the page around it.
    inner = [
        item for at, item in enumerate(steps) if item[0] != "insert" or 0 < at < len(steps) - 1
    ]
    changes = [item for item in inner if item[0] != "equal"]
    for _, a, b, c, d in changes[:_SHOWN]:
        mine, other = " ".join(ours[a:b]), " ".join(theirs[c:d])
        if not other:
            yield f"{where} adds “{mine}”"
        elif not mine:
            yield f"{where} lacks “{other}”"
        else:
            yield f"{where} has “{mine}”, the document “{other}”"
    if len(changes) > _SHOWN:
        yield f"and {len(changes) - _SHOWN} more"
