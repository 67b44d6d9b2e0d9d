"""Documents: bytes stored once, under a keyed digest, sealed in pieces.

The id is HMAC-SHA256 of the SHA-256 digest: the same bytes get the same id, and nobody without
the key can tell that a known public file is here. Pieces keep a 100 MB scan from becoming one
300 MB statement on its way to a server; each is bound to its document, its position and the
number of pieces, so none can be moved, repeated or cut off.
"""

import hashlib
import re

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection, insert, select

from tmjkit.store.errors import DamagedRecord, NoSuchDocument, StoreError
from tmjkit.store.keys import Seals, bound
from tmjkit.store.schema import document, document_piece

PIECE_BYTES = 4 * 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


def checked_digest(sha256: str) -> str:
    """Return the digest when it is one.

    Raises
    ------
    StoreError
        When it isn't 64 hex digits.
    """
    if not _SHA256.fullmatch(sha256):
        raise StoreError("The digest of a document is 64 hex digits (SHA-256).")
    return sha256


def has(connection: Connection, document_id: str) -> bool:
    """Tell whether the document is stored."""
    query = select(document.c.id).where(document.c.id == document_id)
    return connection.execute(query).first() is not None


def put(
    connection: Connection, document_id: str, data: bytes, stored_at: str, seals: Seals
) -> None:
    """Store the bytes under this id.

    Raises
    ------
    sqlalchemy.exc.IntegrityError
        When another process stored them in the meantime.
    """
    pieces = max(1, -(-len(data) // PIECE_BYTES))
    connection.execute(insert(document).values(id=document_id, stored_at=stored_at, pieces=pieces))
    view = memoryview(data)
    for position in range(pieces):
        piece = bytes(view[position * PIECE_BYTES : (position + 1) * PIECE_BYTES])
        sealed = seals.documents.seal(piece, _place(document_id, position, pieces))
        connection.execute(
            insert(document_piece).values(document_id=document_id, position=position, sealed=sealed)
        )


def get(connection: Connection, document_id: str, seals: Seals) -> bytes:
    """Return the bytes stored under this id.

    Raises
    ------
    NoSuchDocument
        When it isn't there.
    DamagedRecord
        When a piece is missing or changed, or the whole has another digest.
    """
    query = select(document.c.pieces).where(document.c.id == document_id)
    pieces = connection.execute(query).scalar_one_or_none()
    if pieces is None:
        raise NoSuchDocument(
            "The workspace doesn't hold the bytes of this document: add the file again."
        )
    rows = connection.execute(
        select(document_piece.c.position, document_piece.c.sealed)
        .where(document_piece.c.document_id == document_id)
        .order_by(document_piece.c.position),
        execution_options={"yield_per": 1},
    )
    data = bytearray()
    opened = 0
    try:
        for row in rows:
            data += seals.documents.open(row.sealed, _place(document_id, opened, pieces))
            opened += 1
    except InvalidTag:
        opened = -1
    if opened != pieces:
        raise DamagedRecord(
            "A document was changed or cut in the database and doesn't open: "
            "add the file again, or restore a backup."
        )
    found = bytes(data)
    if seals.document_id(hashlib.sha256(found).hexdigest()) != document_id:
        raise DamagedRecord("A document in the database isn't the one it should be.")
    return found


def _place(document_id: str, position: int, pieces: int) -> bytes:
    return bound("document", document_id, position, pieces)
