"""The list of what is in a packet: each part with its pages, its numbers and its digest."""

from dataclasses import dataclass, field
from typing import Any

MANIFEST_FORMAT = "tmjkit-packet-manifest/1"


@dataclass(frozen=True, slots=True)
class ManifestPart:
    """One part of a packet.

    Parameters
    ----------
    kind
        What it is, as `tmjkit.packet.PartKind` names it.
    name
        What its stamps call it, such as 'Exhibit B'.
    title
        What it is in words; for an exhibit the document's name.
    document_id
        Id of the document in the case; empty for what tmjkit set itself.
    first, last
        Its first and last page in the packet, counted from 1; with its slip sheet.
    bates_first, bates_last
        The numbers on them; empty where the packet has none.
    sha256
        Digest of its source: of the document's file as it was received, or of the pages that
        tmjkit set.
    left_out
        Why it is sent separately; empty when it is in the packet.
    """

    kind: str
    name: str
    title: str = field(repr=False)
    document_id: str
    first: int
    last: int
    bates_first: str
    bates_last: str
    sha256: str
    left_out: str = ""

    @property
    def pages(self) -> int:
        """Number of its pages in the packet."""
        return self.last - self.first + 1

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "kind": self.kind,
            "name": self.name,
            "title": self.title,
            "document": self.document_id or None,
            "first_page": self.first,
            "last_page": self.last,
            "pages": self.pages,
            "bates_first": self.bates_first or None,
            "bates_last": self.bates_last or None,
            "sha256": self.sha256,
            "sent_separately": self.left_out or None,
        }


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a packet.

    It names documents, so it is as private as the packet and is kept beside it.

    Parameters
    ----------
    title
        Title of the packet; nothing about the patient.
    parts
        The parts in order; the packet's pages belong to one of them each.
    pages
        Number of pages.
    size
        Size of the file in bytes.
    sha256
        Digest of the file.
    """

    title: str
    parts: tuple[ManifestPart, ...]
    pages: int
    size: int
    sha256: str

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "format": MANIFEST_FORMAT,
            "title": self.title,
            "pages": self.pages,
            "bytes": self.size,
            "sha256": self.sha256,
            "parts": [part.as_json() for part in self.parts],
        }
