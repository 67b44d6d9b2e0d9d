"""What each sentence of a letter rests on: record or fact, then document, page and quote."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tmjkit.case import (
    Case,
    Choice,
    ClinicianSource,
    Contact,
    ContactSource,
    Document,
    DocumentSource,
    PatientSource,
    Provider,
    Record,
    Source,
)
from tmjkit.knowledge import Fact, Library, library
from tmjkit.language import speaking, translated
from tmjkit.letters.letter import Letter
from tmjkit.letters.naming import called
from tmjkit.letters.resolve import UNDOCUMENTED
from tmjkit.letters.sentence import Sentence, sentences
from tmjkit.letters.value import clean
from tmjkit.letters.view import date_words


class Basis(Choice):
    """What a sentence rests on."""

    RECORD = "record", "Record of the case"
    FACT = "fact", "Published fact"
    OWN = "own-words", "The letter's own words"
    MISSING = "missing", "A fact is missing"


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One sentence and one thing that it rests on.

    Parameters
    ----------
    number
        Number of the sentence in the letter, from 1.
    sentence
        Its words.
    basis
        What kind of thing it rests on.
    id
        Id of the record or fact; empty where it rests on neither.
    what
        What that is called.
    document, exhibit, page, quote
        The page that shows it: name of the document, label of the exhibit, number of the page and
        the words there; empty, or None, where no document does.
    said
        Who said or recorded it, and how, where that is not a document.
    citation, url, confidence
        Of a fact: rule or paper, where to look it up, and how it was confirmed.
    """

    number: int
    sentence: str
    basis: Basis
    id: str = ""
    what: str = ""
    document: str = ""
    exhibit: str = ""
    page: int | None = None
    quote: str = ""
    said: str = ""
    citation: str = ""
    url: str = ""
    confidence: str = ""


def trace_of(letter: Letter, case: Case, known: Library | None = None) -> tuple[TraceRow, ...]:
    """Return what each sentence of a letter rests on, from top to bottom.

    There is a row for each sentence and each place where one of its records stands, one for each
    sentence and each of its facts, and one for each sentence that rests on neither.

    Parameters
    ----------
    letter
        The letter.
    case
        The case that it was composed from; what was removed since is named by its id.
    known
        The knowledge that it was composed with; that of tmjkit when left out.
    """
    with speaking(letter.language):
        tracer = _Tracer(letter, case, (known or library()).facts)
        return tuple(row for sentence in sentences(letter) for row in tracer.rows(sentence))


class _Place(NamedTuple):
    """Where a record stands: the fields of a row from `document` to `said`."""

    document: str = ""
    exhibit: str = ""
    page: int | None = None
    quote: str = ""
    said: str = ""


class _Tracer:
    def __init__(self, letter: Letter, case: Case, facts: Mapping[str, Fact]) -> None:
        self._exhibits = {item.document_id: item.label for item in letter.exhibits}
        self._records = {record.id: (name, record) for name, record in case.records()}
        self._facts = facts

    def rows(self, sentence: Sentence) -> Iterator[TraceRow]:
        """Yield the rows of one sentence."""
        number, words = sentence.number, sentence.text
        for record_id in sentence.records:
            what, record = self._called(record_id)
            for place in self._places(record):
                yield TraceRow(number, words, Basis.RECORD, record_id, what, *place)
        for fact_id in sentence.facts:
            yield self._fact(number, words, fact_id)
        if any(run.gap for run in sentence.runs):
            yield TraceRow(number, words, Basis.MISSING)
        elif not (sentence.records or sentence.facts):
            yield TraceRow(number, words, Basis.OWN)

    def _called(self, record_id: str) -> tuple[str, Record | None]:
        found = self._records.get(record_id)
        if found is None:
            return translated("a record that is no longer in the case"), None
        return called(*found), found[1]

    def _fact(self, number: int, words: str, fact_id: str) -> TraceRow:
        found = self._facts.get(fact_id)
        if found is None:
            what = translated("a fact that is no longer in the knowledge base")
            return TraceRow(number, words, Basis.FACT, fact_id, what)
        return TraceRow(
            number,
            words,
            Basis.FACT,
            fact_id,
            clean(translated(found.title)) or clean(found.citation),
            citation=clean(found.citation),
            url=found.url,
            confidence=translated(found.confidence.label),
        )

    def _places(self, record: Record | None) -> Iterator[_Place]:
        """Yield where a record stands, as fields of a row."""
        if record is None:
            yield _Place()
            return
        if isinstance(record, Document):  # a document is known by itself
            yield self._page(record.id, None, "")
        for source in record.sources:
            yield self._place(source)
        if not (record.sources or isinstance(record, Document)):
            yield _Place(said=translated(UNDOCUMENTED))

    def _place(self, source: Source) -> _Place:
        match source:
            case DocumentSource():
                return self._page(
                    source.document_id, source.page, source.quote, clean(source.locator)
                )
            case ContactSource():
                return _Place(said=self._contact(source.contact_id))
            case PatientSource():
                return _Place(said=translated("reported by the patient"))
            case ClinicianSource():
                by = self._records.get(source.provider_id or "", ("", None))[1]
                words = translated("recorded by the clinician")
                name = clean(by.title) if isinstance(by, Provider) else ""
                return _Place(said=f"{words}: {name}" if name else words)

    def _page(self, document_id: str, page: int | None, quote: str, locator: str = "") -> _Place:
        found = self._records.get(document_id, ("", None))[1]
        return _Place(
            clean(found.name) if isinstance(found, Document) else document_id,
            self._exhibits.get(document_id, ""),
            page,
            clean(quote),
            locator,
        )

    def _contact(self, contact_id: str) -> str:
        found = self._records.get(contact_id, ("", None))[1]
        if not isinstance(found, Contact):
            return contact_id
        parts = [
            translated(found.channel.label),
            date_words(found.date) if found.date else "",
            clean(found.who),
            clean(found.organization),
            clean(found.reference),
        ]
        return ", ".join(part for part in parts if part)
