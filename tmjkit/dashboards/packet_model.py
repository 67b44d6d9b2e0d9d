"""The packet of the chosen letter: its exhibits in order, its parts, its checks, its files."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from tmjkit.case import Case, Document
from tmjkit.dashboards.letter_paper import MEDIA_TYPES, Paper
from tmjkit.dashboards.packet_choice import PacketChoice
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.letters import Letter
from tmjkit.letters.sentence import sentences
from tmjkit.packet import Options, Packet
from tmjkit.packet.plan import PartKind, PlannedPart, plan
from tmjkit.packet.portals import Portal, portals
from tmjkit.packet.redaction import Stranger, Unread
from tmjkit.packet.sending import Sending, others_of, people_in, portal_folder, sending

_LETTER_PAGE: Final = 330  # words on a page of a letter, with its headings and tables
_OWN_PAGE: Final = 30_000  # bytes of a page that tmjkit sets
_AFTER: Final = 2  # steps after a packet is put together: third persons, and where it goes
_FIXED: Final = frozenset({PartKind.LETTER, PartKind.EXHIBIT})


@dataclass(frozen=True, slots=True)
class ExhibitRow:
    """An exhibit as it is put in order.

    Parameters
    ----------
    label
        A, B, … as letter and index call it.
    document
        The document.
    cited
        Pages that the letter cites.
    included
        Whether it is in the packet; else it is sent separately.
    """

    label: str
    document: Document = field(repr=False)
    cited: tuple[int, ...]
    included: bool


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part that tmjkit sets, and whether it comes."""

    kind: PartKind
    why: str
    on: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A packet that was made and looked through, before it is handed over.

    Parameters
    ----------
    letter, packet
        The letter and the packet.
    strangers, unread
        Where documents seem to name a third person, and pages that hold no text.
    sending
        How it fits where it goes; None where nobody said where.
    """

    letter: Letter = field(repr=False)
    packet: Packet
    strangers: tuple[Stranger, ...]
    unread: tuple[Unread, ...]
    sending: Sending | None


@dataclass(frozen=True, slots=True)
class Step:
    """How far the making of a packet is.

    Parameters
    ----------
    done, steps
        Steps done, and all of them.
    words
        What is being done now; holds no value of the case.
    """

    done: int
    steps: int
    words: str


class PacketModel:
    """The packet of the letter that is chosen on the page.

    Parameters
    ----------
    papers
        The letters, and which is chosen.
    """

    def __init__(self, papers: PapersModel) -> None:
        self.papers = papers

    @property
    def choice(self) -> PacketChoice:
        """What was chosen for this packet."""
        return self.papers.choice(self.papers.kind)

    def keep(self, choice: PacketChoice) -> None:
        """Keep what was chosen; letter and packet follow."""
        self.papers.keep(self.papers.kind, choice)

    def letter(self) -> Letter | None:
        """Return the chosen letter as it is looked at; None where it does not apply."""
        shown = self.papers.shown()
        return shown.letter if shown else None

    def rows(self, letter: Letter) -> tuple[ExhibitRow, ...]:
        """Return the exhibits in order."""
        documents = {one.id: one for one in self._case.documents}
        left = self.choice.separately
        return tuple(
            ExhibitRow(
                item.label,
                documents[item.document_id],
                item.pages,
                item.document_id not in left,
            )
            for item in letter.exhibits
        )

    def parts(self, letter: Letter) -> tuple[PartRow, ...]:
        """Return the parts that can be left out, in the order of the packet."""
        model, choice = self.papers.case_model, self.choice
        known = self.papers.known
        asked = replace(self._options(), provenance=True, without=frozenset())
        planned = plan(letter, self._case, today=model.today, known=known, options=asked)
        return tuple(
            PartRow(one.kind, one.why, self._on(one.kind, choice))
            for one in planned
            if one.kind not in _FIXED
        )

    @staticmethod
    def _on(kind: PartKind, choice: PacketChoice) -> bool:
        if kind is PartKind.PROVENANCE:
            return choice.provenance
        return kind.value not in choice.without

    def move(self, letter: Letter, name: str, place: int) -> int:
        """Put an exhibit at another place, counted from 0; return where it is."""
        order = tuple(item.document_id for item in letter.exhibits)
        moved = replace(self.choice, order=order).moved(name, place)
        self.keep(moved)
        return moved.order.index(name)

    def include(self, name: str, *, included: bool) -> None:
        """Put an exhibit into the packet, or leave it to be sent separately."""
        rest = tuple(one for one in self.choice.separately if one != name)
        self.keep(replace(self.choice, separately=rest if included else (*rest, name)))

    def turn(self, kind: PartKind, *, on: bool) -> None:
        """Let a part come, or leave it out."""
        if kind is PartKind.PROVENANCE:
            self.keep(replace(self.choice, provenance=on))
            return
        rest = tuple(one for one in self.choice.without if one != kind.value)
        self.keep(replace(self.choice, without=rest if on else (*rest, kind.value)))

    def portals(self) -> dict[str, Portal]:
        """Return where a packet can go, the office's own places among them."""
        return dict(portals(portal_folder(self.papers.case_model.workspace.place)))

    def estimate(self, letter: Letter) -> tuple[int, int]:
        """Return about how many pages and bytes the packet will have, without making it."""
        rows = [row for row in self.rows(letter) if row.included]
        words = sum(len(one.text.split()) for one in sentences(letter))
        own = 1 + words // _LETTER_PAGE + sum(part.on for part in self.parts(letter))
        own += len(letter.exhibits) * (1 if self.choice.slip_sheets else 0)
        own += 0 if self.choice.slip_sheets else len(letter.exhibits) - len(rows)
        pages = sum(row.document.pages or 1 for row in rows)
        size = sum(row.document.size for row in rows)
        return own + pages, own * _OWN_PAGE + size

    def make(self) -> Made:
        """Make the packet at once; as `work`."""
        return self.work()(lambda *_: None)

    def work(self) -> Callable[[Callable[[Step], object]], Made]:
        """Return what makes the packet of the letter and the choice as they are now.

        It looks through the packet for third persons, too, and checks where it goes. What is
        returned touches neither this model nor a widget, so that it can run in a thread; it is
        called with what is told each step.

        Raises
        ------
        LetterError, MissingFacts, Objected
            When the letter may not leave and is no draft.
        PacketError
            By what is returned: when a document is missing, damaged, locked or too large.
        """
        papers, model, case = self.papers, self.papers.case_model, self._case
        known, options, today, workspace = (
            papers.known,
            self._options(),
            model.today,
            model.workspace,
        )
        portal = self.portals().get(self.choice.portal)
        letter = papers.fit_to_leave(
            papers.kind, draft=papers.draft, voice=papers.voice or None, language=papers.language
        )

        def make(tell: Callable[[Step], object]) -> Made:
            from tmjkit.packet import assemble  # noqa: PLC0415 -- pypdf and typst

            planned = plan(letter, case, today=today, known=known, options=options)
            names = [_name(part) for part in planned]

            def step(done: int, steps: int) -> None:
                phase = "reading" if done < len(names) else "putting in"
                at = min(done - (done >= len(names)) * len(names), len(names) - 1)
                words = f"{phase} {names[at]}, {at + 1} of {len(names)}"
                tell(Step(done, steps + _AFTER, words))

            step(0, 2 * len(names) + 1)
            packet = assemble(
                letter,
                case,
                workspace.get_document,
                today=today,
                options=options,
                known=known,
                progress=step,
            )
            steps = 2 * len(names) + 1 + _AFTER
            tell(Step(steps - 2, steps, "looking for third persons in the documents"))
            others = others_of(workspace.summaries(), case.id)
            strangers, unread = people_in(packet, case, workspace.get_document, others)
            tell(Step(steps - 1, steps, "checking where it goes"))
            goes = sending(packet, portal, case, letter.about_id) if portal else None
            return Made(letter, packet, strangers, unread, goes)

        return make

    def hand_over(self, made: Made) -> tuple[Paper, ...]:
        """Return the files of a packet, and keep in the case that it left."""
        mark = "-DRAFT" if made.letter.draft else ""
        name = f"packet-{made.letter.kind}-{self._case.id}{mark}.pdf"
        files = made.sending.files if made.sending else ()
        pdf = MEDIA_TYPES["pdf"]
        self.papers.left(made.letter, "packet", made.packet.pdf)
        if len(files) > 1:
            return tuple(Paper(file.name, pdf, file.data) for file in files)
        return (Paper(name, pdf, made.packet.pdf),)

    def _options(self) -> Options:
        choice = self.choice
        return Options(
            provenance=choice.provenance,
            slip_sheets=choice.slip_sheets,
            without=frozenset(choice.without),
            separately=frozenset(choice.separately),
        )

    @property
    def _case(self) -> Case:
        return self.papers.case_model.open_case()


def _name(part: PlannedPart) -> str:
    if part.exhibit is not None:
        return f"exhibit {part.exhibit.label}"
    return part.kind.label[:1].lower() + part.kind.label[1:]
