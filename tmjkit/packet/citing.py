"""Which sentences of the letter cite an exhibit, and where in the exhibit."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tmjkit.charts.paper import clean
from tmjkit.packet.cells import Line, piece, spot

if TYPE_CHECKING:
    from tmjkit.letters import Exhibit, Letter
    from tmjkit.letters.letter import Runs

_LONGEST: Final = 170  # characters of a sentence that are shown; enough to find it again
_MOST: Final = 12  # numbers of sentences on a line
_CITED: Final = "\N{SUBSTITUTE}"  # no text of a letter holds a control character
_CITATION: Final = re.compile(rf"\s*{_CITED}+\)?")
_NUMBERS: Final = re.compile(r"\bpp?\. ((?:\d+(?:, | and | y )?)+)")


@dataclass(frozen=True, slots=True)
class Citing:
    """A sentence that cites exhibits.

    Parameters
    ----------
    number
        Its number in the letter, as the provenance table counts too.
    text
        Its words without the citations, shortened.
    where
        The exhibits' labels with the pages that it cites; no page where it cites the whole.
    """

    number: int
    text: str
    where: tuple[tuple[str, tuple[int, ...]], ...]


def citing(letter: "Letter") -> tuple[Citing, ...]:
    """Return the sentences of a letter that cite exhibits, from top to bottom."""
    from tmjkit.letters.letter import Enclosures  # noqa: PLC0415 -- Jinja is heavy
    from tmjkit.letters.sentence import sentences  # noqa: PLC0415 -- Jinja is heavy

    known = {item.label for item in letter.exhibits}
    return tuple(
        Citing(item.number, _words(item.runs), _where(item.runs, known))
        for item in sentences(letter)
        if known.intersection(item.exhibits) and item.kind is not Enclosures
    )


def numbers_words(label: str, found: tuple[Citing, ...]) -> str:
    """Say which sentences cite an exhibit, such as 'sentences 4, 9 and 12 of the letter'."""
    numbers = [str(item.number) for item in found if any(label == name for name, _ in item.where)]
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"sentence {numbers[0]} of the letter"
    shown, rest = numbers[:_MOST], len(numbers) - _MOST
    last = f"{rest} more" if rest > 0 else shown.pop()
    return f"sentences {', '.join(shown)} and {last} of the letter"


def pages_line(label: str, pages: tuple[int, ...]) -> Line:
    """Return 'Exhibit B, p. 1, 3' with a link to each page."""
    start = piece(f"Exhibit {label}", to=spot(exhibit_key(label), pages[0] if pages else 1))
    if not pages:
        return [start]
    found = [start, piece(", p. ")]
    for place, page in enumerate(pages):
        found += [piece(", ")] if place else []
        found.append(piece(str(page), to=spot(exhibit_key(label), page)))
    return found


def exhibit_key(label: str) -> str:
    """Return what links call an exhibit."""
    return f"exhibit-{label.lower()}"


def labels(letter: "Letter") -> "dict[str, Exhibit]":
    """Return the exhibits by the ids of their documents."""
    return {item.document_id: item for item in letter.exhibits}


def _where(runs: "Runs", known: set[str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    found: dict[str, dict[int, None]] = {}
    for run in runs:
        if run.exhibit in known:
            told = _NUMBERS.search(run.text)
            pages = [int(number) for number in re.findall(r"\d+", told.group(1))] if told else []
            found.setdefault(run.exhibit, {}).update(dict.fromkeys(pages))
    return tuple((label, tuple(sorted(pages))) for label, pages in found.items())


def _words(runs: "Runs") -> str:
    """Return a sentence without its citations, which stand beside it."""
    marked = "".join(_CITED if run.exhibit else run.text for run in runs)
    words = clean(_CITATION.sub("", marked)).rstrip(" |")
    if len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
