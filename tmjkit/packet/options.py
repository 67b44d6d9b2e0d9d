"""What a packet can be asked for: its optional parts, its numbers, its limits."""

import re
from dataclasses import dataclass, field
from typing import Final

_PREFIX: Final = re.compile(r"[A-Za-z0-9 ._-]{0,16}")
_MOST_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Bates:
    """The running number on every page, such as TMJ-000014.

    Parameters
    ----------
    prefix
        What stands before the number: up to 16 letters, digits, blanks, dots, dashes. Nothing about
        the patient belongs into it, as it is on every page and in the manifest.
    start
        Number of the first page; a second packet of the same case goes on where the first ended.
    digits
        How many digits every number has, filled with zeros.

    Raises
    ------
    ValueError
        When one of them can't be printed.
    """

    prefix: str = "TMJ-"
    start: int = 1
    digits: int = 6

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.prefix):
            raise ValueError(
                "the prefix of the Bates numbers should be up to 16 letters, digits, blanks, dots "
                "or dashes"
            )
        if not 1 <= self.digits <= _MOST_DIGITS:
            raise ValueError(f"the Bates numbers should have 1 to {_MOST_DIGITS} digits")
        if not 0 <= self.start < 10**self.digits:
            raise ValueError("the first Bates number should be 0 or more and fit its digits")

    def number(self, page: int) -> str:
        """Return the number of a page of the packet, counted from 1.

        Raises
        ------
        ValueError
            When there is no such page, or its number has more digits than all have.
        """
        value = self.start + page - 1
        if page < 1:
            raise ValueError("the pages of a packet count from 1")
        if value >= 10**self.digits:
            raise ValueError(
                f"the packet has more pages than {self.digits} digits can number from "
                f"{self.start}; take more digits"
            )
        return f"{self.prefix}{value:0{self.digits}d}"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document and the whole packet may be at most.

    The values are far above what payers take and below what a small machine can't hold: a packet
    needs about three times its own size in memory (see `benchmarks/packet.py`).

    Parameters
    ----------
    document_bytes, packet_bytes
        Size of one document's file, and of all of them together.
    document_pages, packet_pages
        Number of pages.
    drawn_bytes
        What the pages of one document may draw, once unpacked: a file of a few kilobytes can claim
        gigabytes.
    """

    document_bytes: int = 100_000_000
    document_pages: int = 2_000
    packet_bytes: int = 300_000_000
    packet_pages: int = 5_000
    drawn_bytes: int = 500_000_000


@dataclass(frozen=True, slots=True)
class Options:
    """What a packet is made with.

    Parameters
    ----------
    cover
        Whether a cover sheet comes first: to, from, fax, pages, what is enclosed.
    calls
        Whether the log of calls comes, where the letter is an appeal or a complaint.
    provenance
        Whether a table comes last that says what each sentence of the letter rests on.
    slip_sheets
        Whether a sheet with its label stands before each exhibit, in the place of the line on its
        first page. One always stands for an exhibit that is sent separately.
    without
        Kinds of our own tables, charts and index that stay out, as `PartKind` names them; the
        letter and its exhibits never do.
    separately
        Ids of documents that are sent separately: a sheet in their place says so.
    bates
        The running number on every page; None for none.
    limits
        What is refused as too large.
    """

    cover: bool = True
    calls: bool = True
    provenance: bool = False
    slip_sheets: bool = False
    without: frozenset[str] = frozenset()
    separately: frozenset[str] = frozenset()
    bates: Bates | None = field(default_factory=Bates)
    limits: Limits = field(default_factory=Limits)
