"""What is sent: the letter with its exhibits as one PDF, and the calendar of deadlines."""

from tmjkit.packet.assemble import assemble
from tmjkit.packet.manifest import Manifest, ManifestPart
from tmjkit.packet.model import Packet, PacketError, PacketExhibit
from tmjkit.packet.options import Bates, Limits, Options
from tmjkit.packet.plan import PartKind, PlannedPart, plan

__all__ = [
    "Bates",
    "Limits",
    "Manifest",
    "ManifestPart",
    "Options",
    "Packet",
    "PacketError",
    "PacketExhibit",
    "PartKind",
    "PlannedPart",
    "assemble",
    "plan",
]
