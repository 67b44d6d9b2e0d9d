"""Making and unlocking a workspace: tables, key slots, versions.

Unlocking reads the key slots first and changes nothing before a key has opened; only then are
older tables brought up to date.
"""

import os

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection, delete, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from tmjkit.store import migrations
from tmjkit.store.database import Database, Place
from tmjkit.store.errors import (
    DamagedRecord,
    NewerWorkspace,
    NoSuchWorkspace,
    StoreError,
    StoreUnavailable,
    WorkspaceExists,
    WrongPassphrase,
)
from tmjkit.store.keys import KEY_BYTES, Argon2, Random, Seals, Slot, WorkspaceKey, bound
from tmjkit.store.schema import SEALING, VERSIONS, alembic_version, key_slot, workspace
from tmjkit.store.summaries import FIELDS

_KDF = "argon2id"
_CHECK = b"tmjkit"


def exists(connection: Connection) -> bool:
    """Tell whether the database holds a workspace."""
    tables = inspect(connection)
    return tables.has_table(alembic_version.name) and tables.has_table(workspace.name)


def make(
    place: Place, passphrase: str, kdf: Argon2, *, created_at: str, author: str, random: Random
) -> tuple[Database, str, WorkspaceKey]:
    """Make a workspace; return its database, its id and its data key.

    Raises
    ------
    WorkspaceExists
        When there is one already.
    StoreUnavailable
        When the place can't be written. Nothing is left behind.
    """
    key, workspace_id = WorkspaceKey(random(KEY_BYTES)), f"workspace-{random(8).hex()}"
    slot = Slot.make(key, passphrase, workspace_id, kdf, random)
    place.make_file()
    try:
        database = Database(place, new=True)
        _fill(
            database, workspace_id, slot, key, created_at=created_at, author=author, random=random
        )
    except BaseException:
        place.remove_file()
        raise
    return database, workspace_id, key


def _fill(
    database: Database,
    workspace_id: str,
    slot: Slot,
    key: WorkspaceKey,
    *,
    created_at: str,
    author: str,
    random: Random,
) -> None:
    """Make the tables and the rows that every workspace has: all of them or none."""
    try:
        with database.writing() as connection:
            if exists(connection):
                raise _exists(database)
            migrations.upgrade(connection)
            check = Seals(key, random).checks.seal(_CHECK, bound("check", workspace_id))
            connection.execute(
                insert(workspace).values(
                    one=1,
                    id=workspace_id,
                    created_at=created_at,
                    author=author,
                    sealing=SEALING,
                    key_check=check,
                    summary_fields=FIELDS,
                )
            )
            add_slot(connection, slot, created_at, random)
    except IntegrityError:
        # Another process makes one in the same database, and was a moment faster.
        raise _exists(database) from None


def _exists(database: Database) -> WorkspaceExists:
    return WorkspaceExists(f"{database.place.name} holds a workspace already: open it.")


def add_slot(connection: Connection, slot: Slot, created_at: str, random: Random) -> str:
    """Store one more key slot and return its id."""
    slot_id = f"slot-{random(8).hex()}"
    connection.execute(
        insert(key_slot).values(
            id=slot_id,
            created_at=created_at,
            kdf=_KDF,
            memory_kib=slot.cost.memory_kib,
            iterations=slot.cost.iterations,
            lanes=slot.cost.lanes,
            salt=slot.salt,
            sealed_key=slot.sealed_key,
        )
    )
    return slot_id


def slots(connection: Connection) -> dict[str, Slot]:
    """Return the key slots by their ids."""
    return {
        row.id: Slot(Argon2(row.memory_kib, row.iterations, row.lanes), row.salt, row.sealed_key)
        for row in connection.execute(select(key_slot).order_by(key_slot.c.created_at))
        if row.kdf == _KDF
    }


def remove_slot(connection: Connection, passphrase: str, workspace_id: str) -> None:
    """Remove the slot that this passphrase opens.

    Raises
    ------
    WrongPassphrase
        When it opens none.
    StoreError
        When it is the last one.
    """
    known = slots(connection)
    opened = [name for name, slot in known.items() if slot.open(passphrase, workspace_id)]
    if not opened:
        raise WrongPassphrase("This isn't a passphrase of the workspace. Nothing was changed.")
    if len(opened) == len(known):
        raise StoreError(
            "This is the last passphrase: without it nobody could open the workspace. "
            "Add another one first."
        )
    connection.execute(delete(key_slot).where(key_slot.c.id.in_(opened)))


def unlock(
    database: Database, passphrase: str | None, key: WorkspaceKey | None
) -> tuple[str, WorkspaceKey, str]:
    """Return the id of the workspace, its data key and the fields of its summaries.

    Raises
    ------
    NoSuchWorkspace, NewerWorkspace, WrongPassphrase, DamagedRecord
        When there is none, or it can't be opened.
    """
    name = database.place.name
    try:
        with database.reading() as connection:
            if not exists(connection):
                raise NoSuchWorkspace(
                    f"{name} holds no tmjkit workspace. Is it the right place? If making one was "
                    "interrupted there, remove what is left of it and make it again."
                )
            _check_version(connection, name)
            row = connection.execute(
                select(workspace.c.id, workspace.c.key_check, workspace.c.sealing)
            ).one_or_none()
            known = slots(connection) if key is None else {}
    except StoreUnavailable as error:
        if "not a database" in str(error):
            raise NoSuchWorkspace(f"{name} isn't a tmjkit workspace.") from None
        raise
    if row is None:
        raise DamagedRecord(f"The workspace {name} is damaged: restore a backup.")
    if row.sealing != SEALING:
        raise _newer(name)
    if key is None:
        opened = (slot.open(passphrase or "", row.id) for slot in known.values())
        key = next((found for found in opened if found is not None), None)
    if key is None or not _fits(key, row.key_check, row.id):
        raise WrongPassphrase(
            f"This passphrase or key doesn't open {name}. Nothing was changed. Mind capital "
            "letters and the keyboard's language; look at TMJKIT_PASSPHRASE if it is set."
        )
    with database.reading() as connection:
        older = _version(connection) != VERSIONS[-1]
    if older:
        with database.writing() as connection:
            # The row lock lets a second process wait and then find the work done.
            if _version(connection, lock=True) != VERSIONS[-1]:
                migrations.upgrade(connection)
    with database.reading() as connection:
        fields = connection.execute(select(workspace.c.summary_fields)).scalar_one()
    return row.id, key, fields


def _fits(key: WorkspaceKey, check: bytes, workspace_id: str) -> bool:
    try:
        return Seals(key, os.urandom).checks.open(check, bound("check", workspace_id)) == _CHECK
    except InvalidTag:
        return False


def _version(connection: Connection, *, lock: bool = False) -> str:
    query = select(alembic_version.c.version_num)
    found = connection.execute(query.with_for_update() if lock else query).scalar_one_or_none()
    return str(found)


def _check_version(connection: Connection, name: str) -> None:
    if _version(connection) not in VERSIONS:
        raise _newer(name)


def _newer(name: str) -> NewerWorkspace:
    return NewerWorkspace(
        f"The workspace {name} was written by a newer version of tmjkit. Update tmjkit to open "
        "it: python -m pip install --upgrade tmjkit"
    )
