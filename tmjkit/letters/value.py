"""What a template can print: a value that remembers where it comes from.

A printed value never meets the Markdown parser. It is put on a `Sheet`, and only a token of
private-use characters with its number goes into the text; the words take the token's place
after the text has been parsed. So nothing in a patient's note can become a heading, a link, a
table or HTML, and each word in the letter leads back to its record.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from markupsafe import Markup

from tmjkit.case import DocumentSource, Record, Source
from tmjkit.letters.gap import Gap

_OPEN, _CLOSE = "\ue000", "\ue001"
TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")

# Joiners inside words and emoji are kept; every other format character could turn text around
# or hide it, and the rest is nothing that a font shows or XML can hold.
_KEPT = {"\u200c", "\u200d"}
_DROPPED = {"Cc", "Cf", "Co", "Cs"}
_NONCHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """Return text as one line, without characters that hide, reorder or break other text."""
    if text.isascii() and text.isprintable():  # nearly every text, and much faster
        return " ".join(text.split())
    spaced = re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", _NONCHARACTER.sub("", text))
    kept = (char for char in spaced if char in _KEPT or unicodedata.category(char) not in _DROPPED)
    return " ".join("".join(kept).split())


@dataclass(frozen=True, slots=True, repr=False)
class Value:
    """Words for the page.

    Parameters
    ----------
    text
        The words, already clean.
    records, facts
        Ids of what they come from.
    code
        The code of a closed list, which templates compare.
    number
        The number, which templates compare.
    """

    text: str
    records: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    code: str = ""
    number: float | None = None

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> Markup:
        return put(self)


@dataclass(frozen=True, slots=True, repr=False)
class Citation:
    """How something is known: the sources of one record, or of several that belong together."""

    records: tuple[Record, ...]
    parentheses: bool

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources, without repeats."""
        found = (source for record in self.records for source in record.sources)
        kept: dict[tuple[object, ...], Source] = {}
        for source in found:
            key: tuple[object, ...] = (
                (source.document_id, source.page)
                if isinstance(source, DocumentSource)
                else (source,)
            )
            kept.setdefault(key, source)
        return tuple(kept.values())

    def __html__(self) -> Markup:
        return put(self)


@dataclass(frozen=True, slots=True, repr=False)
class Missing:
    """A gap on its way to the page."""

    gap: Gap

    def __html__(self) -> Markup:
        return put(self)


Entry = Value | Citation | Missing


class Sheet:
    """The values that one composition has printed, each under its number."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def put(self, entry: Entry) -> Markup:
        """Keep an entry and return the token that stands for it."""
        self.entries.append(entry)
        return Markup(f"{_OPEN}{len(self.entries) - 1}{_CLOSE}")  # noqa: S704 -- our own token


_sheet: ContextVar[Sheet] = ContextVar("tmjkit_letter_sheet")


@contextmanager
def sheet() -> Iterator[Sheet]:
    """Collect what is printed inside the block."""
    new = Sheet()
    before = _sheet.set(new)
    try:
        yield new
    finally:
        _sheet.reset(before)


def put(entry: Entry) -> Markup:
    """Put an entry on the sheet of the composition that runs now."""
    return _sheet.get().put(entry)
