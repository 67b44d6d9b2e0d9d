"""What a packet is told before it leaves: third persons in it, and the limits of where it goes."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmjkit.cli.files import write_private
from tmjkit.cli.say import fail, say

if TYPE_CHECKING:
    from tmjkit.case import Case
    from tmjkit.packet import Packet
    from tmjkit.packet.redaction import Identity
    from tmjkit.store import Workspace

PortalOption = Annotated[
    str,
    typer.Option(
        "--for",
        metavar="PORTAL",
        help="Check it against a portal's limits and cut it: availity-appeals, fax, or one of the "
        "office's own 'portals.yaml' beside the workspace.",
    ),
]


def portal_folder(workspace: str) -> Path | None:
    """Return the folder of the office's own portals: where the workspace's file is."""
    path = Path(workspace)
    return path.resolve().parent if "://" not in workspace and path.is_file() else None


def warn_of_strangers(store: "Workspace", case: "Case", packet: "Packet") -> None:
    """Say where the packet's documents seem to name a third person, without naming anybody."""
    from tmjkit.packet.redaction import review

    sent = [item.document_id for item in packet.exhibits if not item.reason]
    found, unread = review(case, store.get_document, only=sent, others=_others(store, case.id))
    for stranger in found:
        say(f"look at: {stranger.text}")
    if found:
        say("look at these places before it is sent: tmjkit blacks out nothing")
    pages: dict[str, list[str]] = {}
    for page in unread:
        pages.setdefault(page.document_id, []).append(str(page.page))
    for document_id, numbers in pages.items():
        say(f"not looked through: {document_id}, page {', '.join(numbers)}: it has no text")


def _others(store: "Workspace", case_id: str) -> "Iterator[Identity]":
    from tmjkit.packet.redaction import Identity
    from tmjkit.packet.redaction_known import bare, words_of

    for row in store.summaries():
        if row.case_id != case_id:
            ids = frozenset(filter(None, map(bare, row.member_ids.splitlines())))
            yield Identity(names=tuple(filter(None, (words_of(row.name),))), ids=ids)


def send_to(
    name: str, folder: Path | None, packet: "Packet", case: "Case", about: str, to: Path
) -> None:
    """Check a packet against a portal, write its parts beside it, and say what does not pass.

    The parts are written in any case; where the portal refuses something the command fails, so
    that nobody takes it for sent.
    """
    from tmjkit.packet.portal_check import check
    from tmjkit.packet.portal_split import split
    from tmjkit.packet.portals import PortalError, portal

    chosen = portal(name, folder)
    found = check(packet, chosen, case=case, about=about)
    try:
        files = split(packet, chosen)
    except PortalError:  # `check` has said it
        files = ()
    for file in files if len(files) > 1 else ():
        path = to.with_name(file.name)
        write_private(path, file.data)
        say(f"{path}: {'; '.join(file.holds)}")
    for item in found:
        say(f"{'refused' if item.stops else 'note'}: {item.what}")
        if item.instead:
            say(f"    {item.instead}")
    stops = sum(item.stops for item in found)
    if stops:
        count = "1 problem" if stops == 1 else f"{stops} problems"
        fail(f"{chosen.title} does not take the packet as it is: {count}")
