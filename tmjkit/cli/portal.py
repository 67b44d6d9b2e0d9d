"""What a packet is told before it leaves: third persons in it, and the limits of where it goes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmjkit.cli.files import write_private
from tmjkit.cli.say import fail, say

if TYPE_CHECKING:
    from tmjkit.case import Case
    from tmjkit.packet import Packet
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


def warn_of_strangers(store: "Workspace", case: "Case", packet: "Packet") -> None:
    """Say where the packet's documents seem to name a third person, without naming anybody."""
    from tmjkit.packet.sending import others_of, people_in

    others = others_of(store.summaries(), case.id)
    found, unread = people_in(packet, case, store.get_document, others)
    for stranger in found:
        say(f"look at: {stranger.text}")
    if found:
        say("look at these places before it is sent: tmjkit blacks out nothing")
    pages: dict[str, list[str]] = {}
    for page in unread:
        pages.setdefault(page.document_id, []).append(str(page.page))
    for document_id, numbers in pages.items():
        say(f"not looked through: {document_id}, page {', '.join(numbers)}: it has no text")


def send_to(
    name: str, folder: Path | None, packet: "Packet", case: "Case", about: str, to: Path
) -> None:
    """Check a packet against a portal, write its parts beside it, and say what does not pass.

    The parts are written in any case; where the portal refuses something the command fails, so
    that nobody takes it for sent.
    """
    from tmjkit.packet.portals import portal
    from tmjkit.packet.sending import sending

    made = sending(packet, portal(name, folder), case, about)
    for file in made.files if len(made.files) > 1 else ():
        path = to.with_name(file.name)
        write_private(path, file.data)
        say(f"{path}: {'; '.join(file.holds)}")
    for item in made.problems:
        say(f"{'refused' if item.stops else 'note'}: {item.what}")
        if item.instead:
            say(f"    {item.instead}")
    if made.stops:
        count = "1 problem" if made.stops == 1 else f"{made.stops} problems"
        fail(f"{made.portal.title} does not take the packet as it is: {count}")
