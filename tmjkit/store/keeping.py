"""What a workspace keeps beside the cases: documents, notes, and the passphrases that open it."""

import hashlib

from sqlalchemy.exc import IntegrityError

from tmjkit.store import documents, notes, opening
from tmjkit.store.core import Core
from tmjkit.store.keys import Argon2, Slot
from tmjkit.store.passphrase import checked_passphrase
from tmjkit.store.revisions import checked_author, write_time


class Keeping(Core):
    """The documents, notes and passphrases of a workspace."""

    def put_document(self, data: bytes) -> str:
        """Store the bytes once and return their SHA-256 digest (64 hex digits)."""
        sha256 = hashlib.sha256(data).hexdigest()
        document_id = self._seals.document_id(sha256)
        try:
            with self._database.writing() as connection:
                if not documents.has(connection, document_id):
                    stored_at = write_time(self._clock())
                    documents.put(connection, document_id, data, stored_at, self._seals)
        except IntegrityError:
            pass  # another process has just stored the same bytes
        return sha256

    def get_document(self, sha256: str) -> bytes:
        """Return the bytes with this digest (64 hex digits).

        Raises
        ------
        NoSuchDocument
            When they aren't stored here.
        DamagedRecord
            When they were changed.
        """
        document_id = self._seals.document_id(documents.checked_digest(sha256))
        with self._database.reading() as connection:
            return documents.get(connection, document_id, self._seals)

    def has_document(self, sha256: str) -> bool:
        """Tell whether the bytes with this digest (64 hex digits) are stored."""
        document_id = self._seals.document_id(documents.checked_digest(sha256))
        with self._database.reading() as connection:
            return documents.has(connection, document_id)

    def put_note(self, author: str, name: str, data: bytes) -> None:
        """Keep something small for this author under this name, in the place of an older one.

        Of two processes that write the same note at once, the last one wins.

        Raises
        ------
        StoreError
            When it is more than 1 MB, or the author or the name can't be one.
        """
        author, name = checked_author(author), notes.checked_name(name)
        data, saved_at = notes.checked_data(data), write_time(self._clock())
        with self._database.writing() as connection:
            notes.put(connection, author, name, data, saved_at=saved_at, seals=self._seals)

    def get_note(self, author: str, name: str) -> bytes | None:
        """Return what this author keeps under this name; None when there is nothing.

        Raises
        ------
        DamagedRecord
            When it was changed in the database.
        """
        author, name = checked_author(author), notes.checked_name(name)
        with self._database.reading() as connection:
            return notes.get(connection, author, name, self._seals)

    def delete_note(self, author: str, name: str) -> None:
        """Forget what this author keeps under this name; nothing happens when there is nothing."""
        author, name = checked_author(author), notes.checked_name(name)
        with self._database.writing() as connection:
            notes.remove(connection, author, name, self._seals)

    def notes(self, author: str, prefix: str = "") -> tuple[str, ...]:
        """Return the names of this author's notes that begin so, sorted.

        Raises
        ------
        DamagedRecord
            When one was changed in the database.
        """
        author = checked_author(author)
        with self._database.reading() as connection:
            return notes.names(connection, author, prefix, self._seals)

    def add_passphrase(self, passphrase: str, *, kdf: Argon2 | None = None) -> None:
        """Let one more passphrase open the workspace."""
        passphrase = checked_passphrase(passphrase)
        slot = Slot.make(self.key, passphrase, self.id, kdf or Argon2(), self._random)
        with self._database.writing() as connection:
            opening.add_slot(connection, slot, write_time(self._clock()), self._random)

    def remove_passphrase(self, passphrase: str) -> None:
        """Don't let this passphrase open the workspace any more.

        Old copies of the database still open with it, and who has the data key keeps it.

        Raises
        ------
        WrongPassphrase
            When it opens no slot.
        StoreError
            When it is the last one.
        """
        with self._database.writing() as connection:
            opening.remove_slot(connection, passphrase, self.id)
