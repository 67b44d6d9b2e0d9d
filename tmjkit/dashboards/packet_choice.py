"""What somebody chose for the packet of a letter; kept sealed in the workspace, for its author."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from tmjkit.store import Workspace

_LISTS: Final = ("order", "separately", "without")


@dataclass(frozen=True, slots=True)
class PacketChoice:
    """How a packet is to be made.

    Parameters
    ----------
    order
        Ids of documents in the order of their labels; empty for that of the letter.
    separately
        Ids of documents that are left out.
    without
        Kinds of our own parts that are left out, as `PartKind` names them.
    provenance, slip_sheets
        Whether the table of sources comes, and a sheet before each exhibit.
    portal
        Where it goes; empty where nobody said.
    """

    order: tuple[str, ...] = ()
    separately: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    provenance: bool = False
    slip_sheets: bool = False
    portal: str = ""

    def moved(self, name: str, place: int) -> "PacketChoice":
        """Return it with a document at another place of the order, counted from 0."""
        rest = [one for one in self.order if one != name]
        place = max(0, min(place, len(rest)))
        return replace(self, order=(*rest[:place], name, *rest[place:]))


def choice_of(workspace: Workspace, author: str, case_id: str, kind: str) -> PacketChoice:
    """Return what was chosen for the packet of a letter; the usual where nothing was."""
    data = workspace.get_note(author, _name(case_id, kind))
    return PacketChoice(**_read(data)) if data else PacketChoice()


def keep_choice(
    workspace: Workspace, author: str, case_id: str, kind: str, choice: PacketChoice
) -> None:
    """Keep what was chosen."""
    data = json.dumps(asdict(choice)).encode()
    workspace.put_note(author, _name(case_id, kind), data)


def _name(case_id: str, kind: str) -> str:
    return f"packet {case_id} {kind}"


def _read(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data)
    return {name: tuple(value) if name in _LISTS else value for name, value in found.items()}
