"""A letter as frozen data, before it becomes a file.

Composing makes one `Letter`; each renderer reads it and nothing else, so the DOCX, the PDF,
the HTML and the Markdown say the same words. Text is held in runs, and a run that came from
the case knows the records, the facts and the exhibit it rests on.
"""

import datetime as dt
from dataclasses import dataclass, field

from tmjkit.letters.gap import Gap


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style that rests on the same records and facts.

    Parameters
    ----------
    text
        The words, without any markup.
    bold, italic
        Emphasis.
    records
        Ids of the case's records that the words come from; empty for the template's own words.
    facts
        Ids of the facts of the knowledge base that the words rest on.
    exhibit
        Label of the exhibit that the words cite, such as 'B'.
    gap
        Whether the words stand where a fact is missing.
    """

    text: str
    bold: bool = False
    italic: bool = False
    records: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    exhibit: str = ""
    gap: bool = False


Runs = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """Return the words of some runs."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the letter's title."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else, exactly as they wrote them."""

    paragraphs: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list, with bullets or numbers."""

    items: tuple[Runs, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of column heads."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Address:
    """Lines that stand under each other: `role` is sender, recipient or date."""

    role: str
    lines: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """What the letter is about, as pairs of a term and its value."""

    rows: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """Room that a person fills with their own words; tmjkit never writes in it.

    Parameters
    ----------
    name
        What it is for, such as opinion.
    label
        The words over it.
    prompt
        What to write, for the person who fills it.
    lines
        How many lines of room.
    """

    name: str
    label: Runs
    prompt: Runs
    lines: int = 4


@dataclass(frozen=True, slots=True)
class Signature:
    """Room for a signature and its date, with the lines that stand under it."""

    lines: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Enclosures:
    """The exhibits that go with the letter, each with its label."""

    items: tuple[tuple[str, Runs], ...]


Block = (
    Heading
    | Paragraph
    | Quote
    | BulletList
    | Table
    | Address
    | Reference
    | Blank
    | Signature
    | Enclosures
)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A document that the letter cites.

    Parameters
    ----------
    label
        A, B, … Z, AA, in the order of first citation.
    document_id
        Id of the document in the case.
    title
        The document's name.
    pages
        The pages cited, in order; empty where the document as a whole is cited.
    """

    label: str
    document_id: str
    title: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A composed letter.

    Parameters
    ----------
    kind
        Name of its kind, such as 'appeal'.
    title
        What it is, without a word about the patient.
    date
        Date on the letter.
    blocks
        The letter from top to bottom.
    exhibits
        Documents cited, in order of first citation.
    facts, records
        Ids of what the letter used from the knowledge base and the case, in order of use.
    gaps
        Facts that are missing; empty unless it is a draft.
    draft
        Whether it is marked DRAFT.
    language
        Language of the text (BCP 47).
    voice
        Who speaks and signs: patient, clinician or advocate.
    coverage_id, about_id
        Ids of the coverage it concerns, and of the denial, request, claim or other record that it
        is about; empty where the case leaves that open.
    argues
        Whether it argues that the treatment works.
    template
        SHA-256 digest of the templates that it was written from.
    footer
        Words that stand on every page beside the page number.
    """

    kind: str
    title: str
    date: dt.date
    blocks: tuple[Block, ...] = field(repr=False)
    exhibits: tuple[Exhibit, ...] = field(default=(), repr=False)
    facts: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    draft: bool = False
    language: str = "en"
    footer: str = field(default="", repr=False)
    voice: str = "patient"
    coverage_id: str = ""
    about_id: str = ""
    argues: bool = False
    template: str = ""
