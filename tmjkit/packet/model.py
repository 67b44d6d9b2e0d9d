"""A packet and what is in it, as frozen data."""

from dataclasses import dataclass, field

from tmjkit.packet.manifest import Manifest


class PacketError(Exception):
    """A packet can't be made; the text names exhibit and document id, and says what to do.

    It never holds the name or the words of a document, so it is fit to be shown and logged.
    """


@dataclass(frozen=True, slots=True)
class PacketExhibit:
    """An exhibit and where it is in the packet.

    Parameters
    ----------
    label
        A, B, … as the letter cites it.
    document_id
        Id of the document in the case.
    title
        The document's name.
    kind
        What it is, in words; empty where only its name tells.
    date
        Date on the document, in words; empty where it isn't recorded.
    cited
        Pages of the document that the letter cites.
    pages
        Number of its pages in the packet, without a slip sheet.
    start
        Number of its first page in the packet, counted from 1.
    reason
        Why it is sent separately; empty when it is in the packet. A slip sheet stands for it.
    """

    label: str
    document_id: str
    title: str = field(repr=False)
    kind: str
    date: str
    cited: tuple[int, ...]
    pages: int
    start: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet that is ready to be sent.

    Parameters
    ----------
    pdf
        The file.
    pages
        Number of its pages.
    exhibits
        All exhibits, in the letter's order; those that are sent separately too.
    manifest
        The list of its parts, with pages, Bates numbers and digests.
    """

    pdf: bytes = field(repr=False)
    pages: int
    exhibits: tuple[PacketExhibit, ...]
    manifest: Manifest

    @property
    def left_out(self) -> tuple[PacketExhibit, ...]:
        """The exhibits that are sent separately."""
        return tuple(exhibit for exhibit in self.exhibits if exhibit.reason)
