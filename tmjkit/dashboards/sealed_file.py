"""A file that is sealed while it is written, piece by piece, with a key of its own.

Format: pieces of at most `PIECE_BYTES` of clear text, each sealed with AES-256-GCM (NIST SP
800-38D). The nonce of a piece is its number, which is safe as each file has a key of its own; the
associated data say whether it is the last one, so that pieces can be neither swapped nor cut off.
"""

import os
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE_BYTES: Final = 1024 * 1024
_TAG_BYTES: Final = 16
_MORE, _LAST = b"more", b"last"


class SealError(Exception):
    """The file is not whole, or was not sealed with this key."""


class SealedWriter:
    """Writes a sealed file.

    Parameters
    ----------
    path
        Where; must not be there yet. Only this user can read it.
    key
        32 random bytes, for this file only.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._cipher = AESGCM(key)
        self._number = 0
        self._rest = bytearray()
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)

    def write(self, data: bytes) -> None:
        """Take some bytes of the file; nothing reaches the disk in clear."""
        self._rest += data
        # One piece stays here: whether it is the last is known only at the end.
        while len(self._rest) > PIECE_BYTES:
            self._seal(bytes(self._rest[:PIECE_BYTES]), _MORE)
            del self._rest[:PIECE_BYTES]

    def close(self, *, whole: bool) -> None:
        """Finish the file; one that did not come whole stays without an end, and opens never."""
        if self._fd < 0:
            return
        try:
            if whole:
                self._seal(bytes(self._rest), _LAST)
        finally:
            self._rest.clear()
            os.close(self._fd)
            self._fd = -1

    def _seal(self, piece: bytes, state: bytes) -> None:
        sealed = memoryview(self._cipher.encrypt(_nonce(self._number), piece, state))
        self._number += 1
        while sealed:
            sealed = sealed[os.write(self._fd, sealed) :]


def read_sealed(path: Path, key: bytes) -> bytes:
    """Open a sealed file.

    Raises
    ------
    SealError
        When it is not there, not whole, or was sealed with another key.
    """
    try:
        cipher = AESGCM(key)
        with path.open("rb") as file:
            pieces: list[bytes] = []
            size = path.stat().st_size
            while file.tell() < size:
                sealed = file.read(PIECE_BYTES + _TAG_BYTES)
                state = _LAST if file.tell() == size else _MORE
                pieces.append(cipher.decrypt(_nonce(len(pieces)), sealed, state))
    except (OSError, ValueError, InvalidTag):
        raise SealError from None
    if not pieces:
        raise SealError
    return b"".join(pieces)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")
