"""Words of a page that become the source of a record: checked as the linter checks them."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from tmjkit.case import LISTS, Case, DocumentSource, Record
from tmjkit.dashboards.fields import editable
from tmjkit.dashboards.markup import Markup, html, join
from tmjkit.dashboards.pages_model import Pages
from tmjkit.dashboards.record_sources import distinct
from tmjkit.dashboards.words import SECTIONS, title_of
from tmjkit.letters.lint.nearest import nearest
from tmjkit.letters.lint.pieces import Held, held

NEW: Final = "new "
"""Before the name of a list, in the choices: a record that is still to be made."""

_SEARCHED: Final = 60
"""Pages of a document that are searched for a quote at most."""
_OWN: Final = frozenset({"documents", "letters", "overrides", "tasks", "handling"})
_DATED: Final = ("date", "start", "decided", "sent", "notice_date")
_DOTS: Final = re.compile(r"\s*[\[(]?(?:\u2026|\.{3})[\])]?\s*")
_DOUBLE, _SINGLE = '["\u201c\u201d]', "['\u2018\u2019]"
_TO_LIKE: Final = {'"': _DOUBLE, "\u201c": _DOUBLE, "\u201d": _DOUBLE} | dict.fromkeys(
    ("'", "\u2018", "\u2019"), _SINGLE
)


class Standing(Enum):
    """Whether the words stand on the page."""

    FOUND = "found"
    NOT_FOUND = "not found"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Checked:
    """What the page says to a quote.

    Parameters
    ----------
    standing
        Whether the words stand there.
    told
        The same for people, with what differs.
    """

    standing: Standing
    told: str


def check_quote(words: str, pages: Pages, page: int) -> Checked:
    """Compare words with the text of a page, letter by letter as the linter does.

    Parameters
    ----------
    words
        The quote; an ellipsis stands for what was left out.
    pages, page
        The document, and the page, counted from 1.
    """
    text = pages.text(page)
    if not text.strip():
        return Checked(
            Standing.UNCHECKED,
            "This page has no text that can be read, so nobody but you has compared the words "
            "with it. Look at the picture once more.",
        )
    found = held(words, (text,))
    following = pages.text(page + 1) if page < pages.count else ""
    if found is not Held.WHOLE and following and held(words, (following,)) is not Held.WHOLE:
        # Words that begin here and end on the next page stand here; those of the next do not.
        found = max(found, held(words, (text, following)))
    if found is Held.WHOLE:
        return Checked(Standing.FOUND, "These words stand on the page.")
    if found is Held.TURNED:
        return Checked(
            Standing.NOT_FOUND,
            "Words such as “not”, “no” or “without” were left out, which may say the opposite.",
        )
    elsewhere = _elsewhere(words, pages, page)
    if elsewhere:
        return Checked(Standing.NOT_FOUND, f"These words stand on page {elsewhere}: turn there.")
    near = nearest(words, [("on this page", text)], ours="the quote")
    return Checked(Standing.NOT_FOUND, f"These words do not stand on this page{near}.")


def _elsewhere(words: str, pages: Pages, page: int) -> int:
    others = (one for one in range(1, min(pages.count, _SEARCHED) + 1) if one != page)
    return next((one for one in others if held(words, (pages.text(one),)) is Held.WHOLE), 0)


def source_for(words: str, pages: Pages, page: int) -> DocumentSource:
    """Return the source that a quote makes."""
    return DocumentSource(
        document_id=pages.document.id, page=pages.number(page), quote=words.strip()
    )


def with_source(record: Record, source: DocumentSource) -> Record:
    """Return the record with one more source; the same record where it is there already."""
    if source in record.sources:
        return record
    return record.model_copy(update={"sources": (*record.sources, source)})


def without_source(record: Record, source: DocumentSource) -> Record:
    """Return the record without a source."""
    kept = tuple(one for one in record.sources if one != source)
    return record.model_copy(update={"sources": kept})


def targets(case: Case) -> tuple[tuple[str, str], ...]:
    """Return what a quote can prove: words and id of each record, then kinds of new ones."""
    known = [
        (f"{SECTIONS[name][1].capitalize()}: {_named(record)}", record.id)
        for name, record in case.records()
        if name not in _OWN
    ]
    new = [
        (f"A new {SECTIONS[name][1]} …", f"{NEW}{name}")
        for name, kind in LISTS.items()
        if name not in _OWN and editable(kind)
    ]
    return tuple(distinct([*known, *new]))


def marked(text: str, quotes: tuple[str, ...]) -> Markup:
    """Return the text of a page with the quotes in it marked."""
    places = sorted(place for quote in quotes for place in _places(text, quote))
    parts, at = [], 0
    for start, end in places:
        if end <= at:
            continue
        start = max(start, at)  # noqa: PLW2901 -- what was marked already is not marked twice
        parts.append(html("{}<mark>{}</mark>", text[at:start], text[start:end]))
        at = end
    return join([*parts, html("{}", text[at:])])


def _places(text: str, quote: str) -> list[tuple[int, int]]:
    found = []
    for piece in _DOTS.split(quote):
        words = piece.split()
        if not words:
            continue
        # Line ends and blanks make no difference, nor does the form of quotation marks.
        pattern = r"\s+".join(
            "".join(_TO_LIKE.get(char, re.escape(char)) for char in word) for word in words
        )
        match = re.search(pattern, text, re.IGNORECASE)
        if match:
            found.append(match.span())
    return found


def _named(record: Record) -> str:
    day = next((str(value) for name in _DATED if (value := getattr(record, name, None))), "")
    title = title_of(record)
    return f"{title} ({day})" if day and day not in title else title
