"""Puts the words in the place of the tokens, and keeps account of what was used.

It runs over the parsed letter from top to bottom, so exhibits get their letters in the order
in which a reader meets them, and what a template worked out but did not print leaves no trace.
"""

from collections.abc import Iterator, Sequence

from tmjkit.case import (
    Case,
    ClinicianSource,
    Contact,
    ContactSource,
    Document,
    DocumentKind,
    DocumentSource,
    PatientSource,
    Source,
)
from tmjkit.language import translated, translated_plural
from tmjkit.letters.gap import Gap
from tmjkit.letters.letter import Enclosures, Exhibit, Run
from tmjkit.letters.value import TOKEN, Citation, Missing, Sheet, Value, clean
from tmjkit.letters.view import date_words

UNDOCUMENTED = "no record attached"

_DATA = frozenset({"application/fhir+json", "application/fhir+xml"})


def label(place: int) -> str:
    """Return the letter of an exhibit by its place from 0: A to Z, then AA, AB and so on."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class Resolver:
    """Resolves the tokens of one letter.

    Parameters
    ----------
    case, sheet
        The case, and what the template printed.
    exhibits
        Documents in the order of their labels; one that is not named follows in the order of
        first citation. Only what the letter cites may be named.

    Attributes
    ----------
    gaps, records, facts
        What the letter used so far, in order, without repeats (keys of a dict).
    """

    def __init__(self, case: Case, sheet: Sheet, exhibits: Sequence[str] = ()) -> None:
        self._case = case
        self._sheet = sheet
        self._documents = {document.id: document for document in case.documents}
        self._cited: dict[str, set[int]] = {name: set() for name in exhibits}
        self.gaps: dict[Gap, None] = {}
        self.records: dict[str, None] = {}
        self.facts: dict[str, None] = {}

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """The documents cited so far."""
        return tuple(
            Exhibit(label(place), name, clean(self._documents[name].name), tuple(sorted(pages)))
            for place, (name, pages) in enumerate(self._cited.items())
        )

    def enclosures(self) -> Enclosures:
        """List the exhibits; every citation should stand above the list."""
        return Enclosures(
            tuple(
                (
                    item.label,
                    (
                        Run(
                            translated("Exhibit {label}").format(label=item.label)
                            + f": {item.title}{self._extent(item)}",
                            records=(item.document_id,),
                        ),
                    ),
                )
                for item in self.exhibits
            )
        )

    def _extent(self, item: Exhibit) -> str:
        pages = self._documents[item.document_id].pages
        if not pages:
            return ""
        form = translated_plural("{number} page", "{number} pages", pages)
        return f" ({form.format(number=pages)})"

    def runs(self, text: str, *, bold: bool = False, italic: bool = False) -> Iterator[Run]:
        """Yield the runs of a stretch of parsed text."""
        for place, part in enumerate(TOKEN.split(text)):
            if place % 2 == 0:
                if part:
                    yield Run(part, bold, italic)
                continue
            match self._sheet.entries[int(part)]:
                case Value() as found:
                    self._used(found.records, found.facts)
                    yield Run(found.text, bold, italic, found.records, found.facts)
                case Missing() as found:
                    self.gaps[found.gap] = None
                    yield Run(found.gap.shown, bold, italic, gap=True)
                case Citation() as found:
                    yield from self._citation(found, bold=bold, italic=italic)

    def _used(self, records: tuple[str, ...], facts: tuple[str, ...] = ()) -> None:
        for name in records:
            self.records[name] = None
        for name in facts:
            self.facts[name] = None

    def _citation(self, found: Citation, *, bold: bool, italic: bool) -> Iterator[Run]:
        records = tuple(record.id for record in found.records)
        self._used(records)
        opening, closing = ("(", ")") if found.parentheses else ("", "")
        before = opening
        for words, exhibit in self._sources(found.sources):
            yield Run(before + words, bold, italic, records, exhibit=exhibit)
            before = "; "
        if before == opening:
            yield Run(before + translated(UNDOCUMENTED), bold, italic, records)
        if closing:
            yield Run(closing, bold, italic, records)

    def _sources(self, sources: tuple[Source, ...]) -> Iterator[tuple[str, str]]:
        """Yield the words for each source and the label of its exhibit.

        Where a page shows it, who said it besides is left out: the page is what counts.
        """
        pages: dict[str, list[int]] = {}
        words: dict[str, None] = {}
        for source in sources:
            match source:
                case DocumentSource() if self._is_exhibit(self._documents[source.document_id]):
                    found = pages.setdefault(source.document_id, [])
                    if source.page and source.page not in found:
                        found.append(source.page)
                case DocumentSource():
                    words[self._file_words(self._documents[source.document_id])] = None
                case ContactSource():
                    words[self._contact_words(source.contact_id)] = None
                case PatientSource():
                    words[translated("reported by the patient")] = None
                case ClinicianSource():
                    words[translated("recorded by the clinician")] = None
        for document_id, found in pages.items():
            self._cited.setdefault(document_id, set()).update(found)
            exhibit = label(list(self._cited).index(document_id))
            words_for = translated("Exhibit {label}").format(label=exhibit)
            yield words_for + _page_words(sorted(found)), exhibit
        if not pages:
            yield from ((word, "") for word in words)

    @staticmethod
    def _is_exhibit(document: Document) -> bool:
        """Tell whether a document is enclosed: all are, but the data of a health record.

        Which can be printed, and which are sent separately, is for the packet to say.
        """
        return document.kind is not DocumentKind.HEALTH_RECORD and document.media_type not in _DATA

    @staticmethod
    def _file_words(document: Document) -> str:
        if document.kind is DocumentKind.HEALTH_RECORD:
            return translated("from the electronic health record")
        return translated("from the file {name}").format(name=clean(document.name))

    def _contact_words(self, contact_id: str) -> str:
        contact = self._case.record(contact_id)
        assert isinstance(contact, Contact)  # noqa: S101 -- the case checks what ids point to
        self._used((contact_id,))
        how = translated(contact.channel.label).lower()
        words = translated("{channel} contact").format(channel=how)
        if contact.date:
            day = date_words(contact.date)
            words = translated("{channel} contact of {day}").format(channel=how, day=day)
        if not contact.reference:
            return words
        return words + translated(", reference {number}").format(number=clean(contact.reference))


def _page_words(pages: list[int]) -> str:
    if not pages:
        return ""
    if len(pages) == 1:
        return translated(", p. {page}").format(page=pages[0])
    numbers = [str(page) for page in pages]
    return translated(", pp. {pages} and {last}").format(
        pages=", ".join(numbers[:-1]), last=numbers[-1]
    )
