"""Puts a packet together: cover, letter, index, our own tables and charts, the documents cited."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tmjkit.case import Case, Document
from tmjkit.knowledge import Library, library
from tmjkit.packet.citing import citing
from tmjkit.packet.documents import Pages, bytes_of, pages_of
from tmjkit.packet.laying import Laid, laid_out
from tmjkit.packet.manifest import Manifest, ManifestPart
from tmjkit.packet.model import Packet, PacketError
from tmjkit.packet.opening import megabytes
from tmjkit.packet.options import Options
from tmjkit.packet.own import made
from tmjkit.packet.parts import Part, exhibit_part
from tmjkit.packet.plan import PartKind, PlannedPart, plan
from tmjkit.packet.quoted import quoted

if TYPE_CHECKING:
    from tmjkit.letters import Exhibit, Letter

Progress = Callable[[int, int], object]
Texts = Callable[[str], Sequence[str] | None]


def assemble(
    letter: "Letter",
    case: Case,
    get_document: Callable[[str], bytes],
    *,
    today: date,
    options: Options | None = None,
    known: Library | None = None,
    get_text: Texts | None = None,
    progress: Progress | None = None,
) -> Packet:
    """Assemble the packet that goes with a letter.

    Every page becomes US letter, upright or landscape, and carries below what it shows what it is,
    where it is, and its number. The same letter, case, documents, day and options always give the
    same bytes.

    Parameters
    ----------
    letter
        The letter; a draft gives a packet that is marked as one.
    case
        The case that the letter was composed from.
    get_document
        Gives the bytes of a document by its SHA-256 digest (64 hex digits in lower case).
    today
        The day until which charts are drawn and by which promises are judged.
    options
        What is asked for; the usual when left out.
    known
        Facts and policies; those that ship with tmjkit when left out.
    get_text
        Gives the words of each page of a document that is a picture, by its digest; None where
        nobody read them. They lie unseen beneath the page, so that it can be searched and heard.
        Without it, what the case quotes from the page is laid there.
    progress
        Called with the number of steps done and of all steps.

    Raises
    ------
    PacketError
        When a document is missing, damaged, locked or too large; the text names the exhibit.
    """
    chosen = options or Options()
    facts = known or library()
    planned = plan(letter, case, today=today, known=facts, options=chosen)
    steps = 2 * len(planned) + 1
    done = _counter(progress, steps)
    exhibits = _Exhibits(letter, case, get_document, get_text or quoted(case), chosen)
    parts: list[Part | PlannedPart] = []
    for item in planned:
        if item.exhibit is not None:
            parts.append(exhibits.part(item.exhibit))
        elif item.kind in (PartKind.COVER, PartKind.INDEX):
            parts.append(item)  # they tell page numbers, so they wait
        else:
            part = made(item.kind, letter, case, today, facts)
            parts += [part] if part is not None else []
        done()
    laid = laid_out(parts, letter, case, slips=chosen.slip_sheets, provenance=chosen.provenance)
    _within(laid.pages, chosen)
    from tmjkit.packet.merge import Form, merged  # noqa: PLC0415 -- heavy

    title = f"{letter.title}: packet"
    form = Form(title, letter.language, letter.draft, chosen)
    pdf = merged(laid.parts, laid.places, form, done)
    if progress is not None:
        progress(steps, steps)
    return Packet(pdf, laid.pages, laid.exhibits, _manifest(laid, title, pdf, chosen))


def _counter(progress: Progress | None, steps: int) -> Callable[[], None]:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, steps)

    return step


class _Exhibits:
    """Reads the documents that a letter cites, and keeps count of how much they are."""

    def __init__(
        self,
        letter: "Letter",
        case: Case,
        get_document: Callable[[str], bytes],
        get_text: Texts,
        options: Options,
    ) -> None:
        self._letter = letter
        self._documents = {document.id: document for document in case.documents}
        self._get_document = get_document
        self._get_text = get_text
        self._options = options
        self._cited = citing(letter)
        self._size = 0

    def part(self, exhibit: "Exhibit") -> Part:
        """Return an exhibit as a part of the packet."""
        document, limits = self._document(exhibit), self._options.limits
        if document.id in self._options.separately:
            return self._made(exhibit, document, "The sender left it out of this packet.")
        data = bytes_of(exhibit.label, document, self._get_document, limits)
        self._size += len(data)
        if self._size > limits.packet_bytes:
            raise PacketError(
                f"Exhibit {exhibit.label} ({document.id}): with it the documents are more than "
                f"{megabytes(limits.packet_bytes)}, which is too much for one packet. Send a part "
                "of them in a second packet, or print the pages that matter to a new PDF."
            )
        return self._made(exhibit, document, pages_of(exhibit.label, document, data, limits))

    def _made(self, exhibit: "Exhibit", document: Document, pages: Pages | str) -> Part:
        return exhibit_part(
            exhibit,
            document,
            pages,
            self._cited,
            slip=self._options.slip_sheets,
            draft=self._letter.draft,
            texts=self._texts(document) if isinstance(pages, Pages) else (),
        )

    def _texts(self, document: Document) -> tuple[str, ...]:
        return tuple(self._get_text(document.sha256) or ())

    def _document(self, exhibit: "Exhibit") -> Document:
        if exhibit.document_id not in self._documents:
            raise PacketError(
                f"Exhibit {exhibit.label} ({exhibit.document_id}): the case has no such document. "
                "Compose the letter again from this case."
            )
        return self._documents[exhibit.document_id]


def _within(pages: int, options: Options) -> None:
    if pages > options.limits.packet_pages:
        raise PacketError(
            f"The packet has {pages:,} pages, and {options.limits.packet_pages:,} are the most. "
            "Send a part of the exhibits in a second packet, or print the pages that matter to new "
            "PDFs."
        )
    if options.bates is not None:
        try:
            options.bates.number(pages)
        except ValueError as error:
            raise PacketError(f"{error}."[:1].upper() + f"{error}."[1:]) from None


def _manifest(laid: Laid, title: str, pdf: bytes, options: Options) -> Manifest:
    bates, parts = options.bates, []
    for part, first in zip(laid.parts, laid.firsts, strict=True):
        last = first + part.sheets - 1
        parts.append(
            ManifestPart(
                kind=part.kind.value,
                name=part.name,
                title=part.exhibit.title if part.exhibit else part.bookmark,
                document_id=part.exhibit.document_id if part.exhibit else "",
                first=first,
                last=last,
                bates_first=bates.number(first) if bates else "",
                bates_last=bates.number(last) if bates else "",
                sha256=part.sha256,
                left_out=part.exhibit.reason if part.exhibit else "",
            )
        )
    return Manifest(title, tuple(parts), laid.pages, len(pdf), hashlib.sha256(pdf).hexdigest())
