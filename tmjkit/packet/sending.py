"""What a packet is looked through for before it leaves: third persons, and where it goes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tmjkit.case import Case
from tmjkit.packet.model import Packet
from tmjkit.packet.portal_check import PortalProblem, check
from tmjkit.packet.portal_split import PartFile, split
from tmjkit.packet.portals import Portal, PortalError
from tmjkit.packet.redaction import Identity, Stranger, Unread, review
from tmjkit.packet.redaction_known import bare, words_of


class Patient(Protocol):
    """What is read of another case: who its patient is."""

    @property
    def case_id(self) -> str:
        """Id of the case."""

    @property
    def name(self) -> str:
        """The patient's name."""

    @property
    def member_ids(self) -> str:
        """The patient's numbers, one on a line."""


def portal_folder(workspace: str) -> Path | None:
    """Return the folder of the office's own portals: where the workspace's file is."""
    path = Path(workspace)
    return path.resolve().parent if "://" not in workspace and path.is_file() else None


def others_of(patients: Iterable[Patient], case_id: str) -> Iterator[Identity]:
    """Yield who the patients of the other cases are, whose papers must not be in this packet."""
    for row in patients:
        if row.case_id != case_id:
            ids = frozenset(filter(None, map(bare, row.member_ids.splitlines())))
            yield Identity(names=tuple(filter(None, (words_of(row.name),))), ids=ids)


def people_in(
    packet: Packet,
    case: Case,
    get_document: Callable[[str], bytes],
    others: Iterable[Identity],
) -> tuple[tuple[Stranger, ...], tuple[Unread, ...]]:
    """Return where the packet's documents seem to name a third person, and what can't be read."""
    sent = [item.document_id for item in packet.exhibits if not item.reason]
    return review(case, get_document, only=sent, others=others)


@dataclass(frozen=True, slots=True)
class Sending:
    """A packet as a portal or a fax takes it.

    Parameters
    ----------
    portal
        Where it goes.
    problems
        What does not pass, and what to look at.
    files
        The files it is cut into; none where it can't be cut to the limits.
    """

    portal: Portal
    problems: tuple[PortalProblem, ...]
    files: tuple[PartFile, ...]

    @property
    def stops(self) -> int:
        """Number of problems for which it is refused."""
        return sum(item.stops for item in self.problems)


def sending(packet: Packet, portal: Portal, case: Case, about: str) -> Sending:
    """Check a packet against a portal and cut it to its limits.

    Parameters
    ----------
    packet, portal
        What is sent, and where.
    case, about
        The case, and the id of what the letter is about (`Letter.about_id`).
    """
    problems = check(packet, portal, case=case, about=about)
    try:
        files = split(packet, portal)
    except PortalError:  # `check` has said it
        files = ()
    return Sending(portal, problems, files)
