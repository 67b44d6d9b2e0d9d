"""Puts a packet together: letter, index of exhibits, timeline, the documents cited."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from tmjkit.case import Case, Document
from tmjkit.packet.documents import Pages, pages_of, read_pdf
from tmjkit.packet.model import Packet, PacketError, PacketExhibit
from tmjkit.packet.parts import Part, exhibit_part, index, shown, timeline_part

if TYPE_CHECKING:
    from tmjkit.letters import Exhibit, Letter

Progress = Callable[[int, int], object]


def assemble(
    letter: "Letter",
    case: Case,
    get_document: Callable[[str], bytes],
    *,
    today: date,
    slip_sheets: bool = False,
    progress: Progress | None = None,
) -> Packet:
    """Assemble the packet that goes with a letter.

    Every page becomes US letter, upright or landscape, and carries its number and its
    exhibit's below what it shows. The same letter, case, documents and day always give the same
    bytes.

    Parameters
    ----------
    letter
        The letter; a draft gives a packet that is marked as one.
    case
        The case that the letter was composed from.
    get_document
        Gives the bytes of a document by its SHA-256 digest (64 hex digits in lower case).
    today
        The day until which the timeline is drawn.
    slip_sheets
        Put a sheet with its label before each exhibit. One always stands for an exhibit that
        is sent separately.
    progress
        Called with the number of steps done and of all steps.

    Raises
    ------
    PacketError
        When a document is missing, damaged or locked; the text names the exhibit.
    """
    from tmjkit.letters import render  # noqa: PLC0415 -- the letter's renderers are heavy
    from tmjkit.packet.merge import merged  # noqa: PLC0415 -- heavy

    steps = 2 * len(letter.exhibits) + 6
    done = _counter(progress, steps)
    pages = Pages(read_pdf(render(letter, "pdf"), "Letter"), own=True)
    others = [Part("Letter", f"Letter: {letter.title}", (pages,))]
    done()
    timeline = timeline_part(case, today)
    others += [timeline] if timeline else []
    done()
    exhibits = []
    for exhibit in letter.exhibits:
        document = _document(case, exhibit)
        found = pages_of(exhibit.label, document, get_document)
        part = exhibit_part(exhibit, document, found, slip=slip_sheets, draft=letter.draft)
        reason = found if isinstance(found, str) else ""
        exhibits.append((part, shown(exhibit, document, part, reason)))
        done()
    placed: tuple[PacketExhibit, ...] = ()
    if exhibits:
        contents, placed = index(letter, others, exhibits)
        others.insert(1, contents)
    pdf, count = merged(
        [*others, *(part for part, _ in exhibits)],
        title=f"{letter.title}: packet",
        language=letter.language,
        draft=letter.draft,
        done=done,
    )
    if progress is not None:
        progress(steps, steps)
    return Packet(pdf=pdf, pages=count, exhibits=placed)


def _counter(progress: Progress | None, steps: int) -> Callable[[], None]:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, steps)

    return step


def _document(case: Case, exhibit: "Exhibit") -> Document:
    for document in case.documents:
        if document.id == exhibit.document_id:
            return document
    raise PacketError(
        f"Exhibit {exhibit.label} ({exhibit.document_id}): the case has no such document. "
        "Compose the letter again from this case."
    )
