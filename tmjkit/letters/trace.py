"""The table sentence → record or fact → document, page and quote, in every form.

It is itself made as a `Letter`, so that each renderer writes it and a packet can carry it as an
exhibit; as CSV it goes to a spreadsheet, with one row for each place.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Final

from tmjkit.case import Case
from tmjkit.knowledge import Library
from tmjkit.language import day_words, speaking, translated
from tmjkit.letters.gap import LetterError
from tmjkit.letters.letter import Heading, Letter, Paragraph, Run, Runs, Table
from tmjkit.letters.render import FORMATS, render
from tmjkit.letters.trace_rows import Basis, TraceRow, trace_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "TRACE_FORMATS",
    "Basis",
    "TraceRow",
    "basis_words",
    "render_trace",
    "trace_as_letter",
    "trace_frame",
    "trace_letter",
    "trace_of",
]

TRACE_FORMATS: Final = ("csv", *FORMATS)
"""The forms that a trace can be written in."""

# A spreadsheet takes a cell that begins so for a formula and would work it out.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\uff0b", "\uff0d", "\uff1d", "\uff20")


def render_trace(rows: Sequence[TraceRow], letter: Letter, form: str) -> bytes:
    """Return the trace of a letter as the bytes of a file.

    In HTML that is the letter itself, whose sentences show what they rest on; in the other forms
    it is a table.

    Parameters
    ----------
    rows
        The trace, from `trace_of`.
    letter
        The letter that it is of.
    form
        One of `TRACE_FORMATS`.

    Raises
    ------
    LetterError
        When there is no such form.
    """
    if form == "csv":
        # With its mark at the beginning, without which Excel misreads every letter with an accent.
        guarded = trace_frame(rows).map(_harmless)
        return bytes(guarded.to_csv(index=False).encode("utf-8-sig"))
    if form not in FORMATS:
        raise LetterError(f"a trace can be written as: {', '.join(TRACE_FORMATS)}")
    if form == "html":
        return render(letter, form, trace=rows)
    return render(trace_as_letter(rows, letter), form)


def trace_letter(letter: Letter, case: Case, known: Library | None = None) -> Letter:
    """Return the trace of a letter as blocks that every renderer and the packet can show."""
    return trace_as_letter(trace_of(letter, case, known), letter)


def trace_as_letter(rows: Iterable[TraceRow], letter: Letter) -> Letter:
    """Return a trace as blocks: a heading, what it is, and a table with a row for each sentence."""
    with speaking(letter.language):
        title = translated("What each sentence rests on")
        intro = translated(
            "The sentences of \N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK},"
            " {day}, each with the record of the case or the published fact that it rests on, and "
            "where that can be looked up."
        ).format(title=letter.title, day=day_words(letter.date))
        head = tuple((Run(translated(words)),) for words in ("No.", "Sentence", "Rests on"))
        table = Table(head, tuple(_table_rows(rows)))
    name = letter.footer.removeprefix(letter.title)
    return Letter(
        kind="trace",
        title=title,
        date=letter.date,
        blocks=(Heading(1, (Run(title),)), Paragraph((Run(intro),)), table),
        exhibits=letter.exhibits,
        facts=letter.facts,
        records=letter.records,
        draft=letter.draft,
        language=letter.language,
        footer=f"{title}{name}",
        voice=letter.voice,
        coverage_id=letter.coverage_id,
        about_id=letter.about_id,
    )


def _table_rows(rows: Iterable[TraceRow]) -> Iterator[tuple[Runs, ...]]:
    """Yield a row for each sentence; where a record stands is told once and then referred to."""
    told: dict[str, int] = {}
    for number, of in groupby(rows, key=lambda row: row.number):
        found = tuple(of)
        yield (Run(str(number)),), (Run(found[0].sentence),), tuple(_cell(found, told))
        for row in found:
            if row.id:
                told.setdefault(row.id, number)


def _cell(rows: Sequence[TraceRow], told: Mapping[str, int]) -> Iterator[Run]:
    """Yield the words for all that one sentence rests on."""
    between = ""
    for name, group in groupby(rows, key=lambda row: row.id):
        of = tuple(group)
        if name in told:
            again = translated("{what}: see no. {number}")
            pairs = [(again.format(what=of[0].what, number=told[name]), of[0])]
        else:
            pairs = list(basis_words(of))
        for words, row in pairs:
            records = (row.id,) if row.basis is Basis.RECORD else ()
            facts = (row.id,) if row.basis is Basis.FACT else ()
            exhibit = "" if name in told else row.exhibit
            yield Run(between + words, records=records, facts=facts, exhibit=exhibit)
            between = "; "


def basis_words(rows: Iterable[TraceRow]) -> Iterator[tuple[str, TraceRow]]:
    """Yield the words for each thing that a sentence rests on, in the language spoken now.

    What is named by the words before is not named again: `Treatment "Naproxen": Exhibit D, p. 2`,
    then `Exhibit E, p. 1`.
    """
    before = ""
    for row in rows:
        if row.basis in (Basis.OWN, Basis.MISSING):
            yield translated(row.basis.label).lower(), row
            continue
        where = _where(row)
        named = row.what if row.id != before else ""
        yield ": ".join(part for part in (named, where) if part), row
        before = row.id


def _where(row: TraceRow) -> str:
    if row.basis is Basis.FACT:
        citation = row.citation if row.citation != row.what else ""
        parts = (citation, row.url, row.confidence)
        return "; ".join(part for part in parts if part)
    exhibit = translated("Exhibit {label}").format(label=row.exhibit) if row.exhibit else ""
    # An exhibit's label says which document it is; the index of the exhibits has its name.
    document = row.document if not exhibit and row.document not in row.what else ""
    page = translated("p. {page}").format(page=row.page) if row.page else ""
    opening, closing = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
    quote = f"{opening}{row.quote}{closing}" if row.quote else ""
    return ", ".join(part for part in (exhibit, document, page, quote, row.said) if part)


def trace_frame(rows: Iterable[TraceRow]) -> "pd.DataFrame":
    """Return a trace as a table, one row for each place.

    Returns
    -------
    pandas.DataFrame
        The columns are the fields of `TraceRow`; `page` is a nullable integer.
    """
    import pandas as pd  # noqa: PLC0415 -- heavy

    columns = list(TraceRow.__dataclass_fields__)
    frame = pd.DataFrame([asdict(row) for row in rows], columns=columns)
    frame["basis"] = [row_basis.value for row_basis in frame["basis"]]
    return frame.astype({"page": "Int64"})


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
