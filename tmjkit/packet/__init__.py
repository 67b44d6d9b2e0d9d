"""What is sent: the letter with its exhibits as one PDF, and the calendar of deadlines."""

from tmjkit.packet.assemble import assemble
from tmjkit.packet.model import Packet, PacketError, PacketExhibit

__all__ = ["Packet", "PacketError", "PacketExhibit", "assemble"]
