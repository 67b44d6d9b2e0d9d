"""Keys, and how content is sealed with them.

The data key
    256 random bits, made with the workspace and never changed.
A key slot
    The data key, sealed with a key that Argon2id (RFC 9106) derives from a passphrase. Salt and
    cost stand beside it, so new slots can cost more than old ones.
A seal
    AES-256-GCM (NIST SP 800-38D) under a key that HKDF-SHA256 (RFC 5869) derives from the data
    key for one purpose. Each sealing has a new random 96-bit nonce, good for 2**32 sealings per
    purpose, and binds the place of the content as associated data: bytes moved to another case,
    revision or table don't open.
"""

import base64
import hashlib
import hmac
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from tmjkit.store.errors import DamagedRecord

Random = Callable[[int], bytes]

KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16

# A slot read from a damaged file must not be able to ask for all memory of the machine.
_MOST_KIB = 4 * 1024 * 1024
_MOST_ITERATIONS = 1000
_MOST_LANES = 64


class WorkspaceKey(bytes):
    """The data key of a workspace: 32 bytes that don't show themselves and can't be pickled.

    A child process gets it through its environment, as `text()`; `from_text` reads it back.
    """

    __slots__ = ()

    def __new__(cls, value: bytes) -> Self:
        """Take exactly 32 bytes; anything else is a `ValueError`."""
        if len(value) != KEY_BYTES:
            raise ValueError(f"A workspace key has {KEY_BYTES} bytes.")
        return super().__new__(cls, value)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read the key as `text` writes it.

        Raises
        ------
        ValueError
            When it isn't one; the message doesn't repeat it.
        """
        try:
            value = base64.b64decode(text, altchars=b"-_", validate=True)
        except ValueError:
            raise ValueError("A workspace key is 44 characters of base64.") from None
        return cls(value)

    def text(self) -> str:
        """Write the key as URL-safe base64, 44 characters."""
        return base64.urlsafe_b64encode(self).decode()

    def __repr__(self) -> str:
        return "WorkspaceKey(hidden)"

    __str__ = __repr__

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("A workspace key can't be pickled or copied: hand it on as text().")


@dataclass(frozen=True)
class Argon2:
    """Cost of guessing a passphrase once.

    The defaults are the second recommended option of RFC 9106, section 4: about 0.15 s and
    64 MiB for each guess on a small computer.

    Parameters
    ----------
    memory_kib
        Memory, KiB; at least eight times `lanes`.
    iterations
        Passes over the memory.
    lanes
        Lanes that can be computed side by side.
    """

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 4

    def derive(self, passphrase: str, salt: bytes) -> bytes:
        """Derive 32 bytes from the passphrase.

        It is brought to Unicode NFC first: keyboards differ in how they write an accent.

        Raises
        ------
        DamagedRecord
            When the cost is out of any sensible range.
        """
        sane = (
            1 <= self.lanes <= _MOST_LANES
            and 8 * self.lanes <= self.memory_kib <= _MOST_KIB
            and 1 <= self.iterations <= _MOST_ITERATIONS
            and len(salt) == SALT_BYTES
        )
        if not sane:
            raise DamagedRecord("The key slot of this workspace is damaged: restore a backup.")
        function = Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=self.iterations,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        )
        return function.derive(unicodedata.normalize("NFC", passphrase).encode())


@dataclass(frozen=True)
class Slot:
    """The data key as one passphrase opens it."""

    cost: Argon2
    salt: bytes
    sealed_key: bytes

    @classmethod
    def make(
        cls, key: WorkspaceKey, passphrase: str, workspace: str, cost: Argon2, random: Random
    ) -> Self:
        """Seal the data key under the passphrase, for the workspace of this id."""
        salt = random(SALT_BYTES)
        seal = Seal(cost.derive(passphrase, salt), random)
        return cls(cost, salt, seal.seal(key, bound("key slot", workspace)))

    def open(self, passphrase: str, workspace: str) -> WorkspaceKey | None:
        """Return the data key, or None when the passphrase isn't the one of this slot."""
        seal = Seal(self.cost.derive(passphrase, self.salt))
        try:
            return WorkspaceKey(seal.open(self.sealed_key, bound("key slot", workspace)))
        except InvalidTag:
            return None


def bound(*parts: str | int) -> bytes:
    """Write the parts as associated data, so that no two lists of parts read the same."""
    return "".join(f"{len(text)}:{text}," for text in map(str, parts)).encode()


class Seal:
    """AES-256-GCM with one key. A sealed value is nonce (12 bytes), ciphertext, tag (16)."""

    def __init__(self, key: bytes, random: Random | None = None) -> None:
        aes = AESGCM(key)
        self._encrypt = aes.encrypt
        self.decrypt = aes.decrypt
        """Open nonce, ciphertext and place as they are: for many rows in a row."""
        self._random = random

    def seal(self, content: bytes, place: bytes) -> bytes:
        """Seal the content for this place."""
        if self._random is None:
            raise ValueError("This seal only opens: it was made without a source of randomness.")
        nonce = self._random(NONCE_BYTES)
        return nonce + self._encrypt(nonce, content, place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """Open what was sealed for this place.

        Raises
        ------
        cryptography.exceptions.InvalidTag
            When it was sealed with another key or for another place, or was changed.
        """
        if len(sealed) < NONCE_BYTES:
            raise InvalidTag
        return self.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)


class Seals:
    """The seals of a workspace, one for each purpose."""

    def __init__(self, key: WorkspaceKey, random: Random) -> None:
        def derive(purpose: str) -> bytes:
            info = f"tmjkit workspace {purpose}".encode()
            return HKDFExpand(SHA256(), KEY_BYTES, info).derive(key)

        self.revisions = Seal(derive("revision"), random)
        self.summaries = Seal(derive("summary"), random)
        self.documents = Seal(derive("document"), random)
        self.checks = Seal(derive("check"), random)
        self.values = Seal(derive("list value"), random)
        self.notes = Seal(derive("note"), random)
        self._document_ids = derive("document id")
        self._tokens = derive("token")
        self._digests = derive("digest")

    def document_id(self, sha256: str) -> str:
        """Return the id under which the document with this digest (hex) is stored.

        A keyed digest (HMAC-SHA256), 64 hex digits: equal documents have equal ids, and nobody
        without the key can tell whether a given public document is in the workspace.
        """
        return hmac.new(self._document_ids, bytes.fromhex(sha256), hashlib.sha256).hexdigest()

    def token(self, kind: str, text: str) -> int:
        """Return a keyed 32-bit token of a text, with a sign: what an index holds in its place.

        The first four bytes of HMAC-SHA256. Two texts can share a token, so whatever is found by
        one is opened and looked at.
        """
        made = hmac.digest(self._tokens, bound(kind, text), "sha256")
        return int.from_bytes(made[:4], signed=True)

    def digest(self, *parts: str) -> str:
        """Return a keyed digest (HMAC-SHA256, 64 hex digits) of texts: an id that says nothing."""
        return hmac.new(self._digests, bound(*parts), hashlib.sha256).hexdigest()

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("The keys of a workspace can't be pickled or copied.")
