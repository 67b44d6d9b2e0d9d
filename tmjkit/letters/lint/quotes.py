"""Words in quotation marks are the words of the paper that they are cited from.

Source: practice of the office. A quote that is not word for word in the document is the first thing
that the other side will say. Blanks, line breaks, divided words, ligatures, capitals and the form
of quotation marks make no difference; any other letter does.

Where a document has no text that can be read, such as a scan, the quote that the case records of
it counts; where there is none, the rule says that nobody has compared it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tmjkit.case import Document, DocumentSource, Record
from tmjkit.letters.letter import Quote, Run, Runs
from tmjkit.letters.lint.matter import Matter, Said, owned, texts_of
from tmjkit.letters.lint.model import LintRule, Objection
from tmjkit.letters.lint.nearest import nearest
from tmjkit.letters.lint.pagetexts import Pages
from tmjkit.letters.lint.pieces import Held, held, inserted, pieces_of
from tmjkit.letters.lint.plainwords import word_count

RULE: Final = LintRule(
    "quote-not-found",
    "A quote that is not in the document",
    "Words in quotation marks are not word for word in the document or the record that they are "
    "cited from.",
    "practice of the office: a quote is the paper's own words",
)

_OPEN, _CLOSE = '\u201c"', '\u201d"'
_WITHIN: Final = re.compile(r"\u201c([^\u201c\u201d]+)\u201d|\"([^\"]+)\"")
_CITATION: Final = re.compile(r"^\(|^; |^\)$")
_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that stand as a quote, with the records that they are printed from."""

    words: str
    records: tuple[str, ...]


def check(matter: Matter) -> Iterator[Objection]:
    """Object to quotes that are not in the paper or record that they are cited from."""
    pages = Pages(matter)
    for said in matter.said:
        for quote in quoted(said):
            records = [matter.records[name] for name in quote.records if name in matter.records]
            documents = _documents(matter, said, records)
            if not records and not documents:
                continue
            why = _wrong(quote.words, records, documents, pages)
            if why:
                yield said.refused(
                    RULE,
                    why,
                    "Copy the words from the document exactly, into the record or the template.",
                )


def quoted(said: Said) -> Iterator[Quoted]:
    """Yield what a sentence quotes: printed between quotation marks, or in a block of quotes."""
    runs = said.sentence.runs
    printed = list(_printed(runs))
    if said.kind is Quote and not printed:
        printed = [
            Quoted(run.text, run.records)
            for run in runs
            if run.records
            and not run.exhibit
            and not _CITATION.search(run.text)
            and word_count(run.text) >= _WORDS
        ]
    yield from printed
    for run in runs:
        if owned(run):
            for found in _WITHIN.finditer(run.text):
                yield Quoted(found[1] or found[2], ())


def _printed(runs: Runs) -> Iterator[Quoted]:
    """Yield what stands between an opening mark at the end of a run and a closing one."""
    inside: list[Run] | None = None
    for run in runs:
        if not owned(run):
            if inside is not None:
                inside.append(run)
            continue
        text = run.text
        if inside is not None:
            closing = next((at for at, char in enumerate(text) if char in _CLOSE), None)
            if closing is None:
                inside.append(run)
                continue
            words = "".join(item.text for item in inside) + text[:closing]
            names = dict.fromkeys(name for item in inside for name in item.records)
            if not any(item.facts or item.gap for item in inside):
                yield Quoted(words, tuple(names))
            inside, text = None, text[closing + 1 :]
        if text.rstrip().endswith(tuple(_OPEN)):
            inside = []


def _documents(matter: Matter, said: Said, records: list[Record]) -> list[Document]:
    """Return the documents that a quote is cited from."""
    named = {
        source.document_id
        for record in records
        for source in record.sources
        if isinstance(source, DocumentSource)
    }
    labels = said.sentence.exhibits
    named |= {item.document_id for item in matter.letter.exhibits if item.label in labels}
    return [item for item in matter.case.documents if item.id in named]


def _wrong(words: str, records: list[Record], documents: list[Document], pages: Pages) -> str:
    """Say what is wrong with a quote; empty where it is found."""
    if not pieces_of(words):
        return ""
    if documents and pages.at_hand:
        return _not_in_documents(words, records, documents, pages)
    texts = [text for record in records for text in texts_of(record)]
    if not texts:
        return ""
    found = max((held(words, (text,)) for text in texts), default=Held.NOWHERE)
    if found is Held.WHOLE:
        return ""
    if found is Held.TURNED:
        return _turned(words)
    shown = _added(words) or nearest(words, [("the record", text) for text in texts])
    return f"“{words}” is not what the case records{shown}"


def _not_in_documents(
    words: str, records: list[Record], documents: list[Document], pages: Pages
) -> str:
    blank = {item.id for item in documents if pages.has_blank(item)}
    noted = [
        source.quote
        for record in records
        for source in record.sources
        if isinstance(source, DocumentSource) and source.document_id in blank
    ]
    papers: list[Sequence[str]] = [pages.of(item) for item in documents]
    papers += [(text,) for text in noted]
    found = max((held(words, texts) for texts in papers), default=Held.NOWHERE)
    if found is Held.WHOLE:
        return ""
    if found is Held.TURNED:
        return _turned(words)
    places = [
        (f"“{item.name}”, page {number}", text)
        for item in documents
        for number, text in enumerate(pages.of(item), 1)
    ]
    if places:
        shown = _added(words) or nearest(words, places)
        return f"“{words}” is not in the document word for word{shown}"
    names = ", ".join(f"“{item.name}”" for item in documents)
    return (
        f"“{words}” could not be compared: {names} has no text that can be read, and the case "
        "records no such quote from it. Compare it by eye, and enter the quote with its page"
    )


def _turned(words: str) -> str:
    return (
        f"“{words}” leaves out a word such as 'not', 'no' or 'without' that stands in the paper, "
        "and so may say the opposite of it"
    )


def _added(words: str) -> str:
    """Name what a quote has in brackets, which is nobody's word in the paper."""
    added = inserted(words)
    return f": “{added}” was put into it" if added else ""
