"""Where a workspace is, and transactions on it.

A plain path is an SQLite file in WAL mode (readers never wait for the writer), readable by its
owner only. A `postgresql://` URL is a PostgreSQL database. Everything else in the store speaks
SQLAlchemy and doesn't know which it is.

No connection is kept between two transactions: a process may fork, a hundred idle dashboards
hold nothing on a server, and an idle SQLite file is whole without its `-wal` companion.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, Insert, Table, create_engine, event, make_url
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from tmjkit.store.errors import NoSuchWorkspace, StoreError, StoreUnavailable, WorkspaceExists

BUSY_SECONDS = 30
"""How long a writer waits for another one on SQLite."""


@dataclass(frozen=True)
class Place:
    """Where a workspace is.

    Parameters
    ----------
    url
        SQLAlchemy URL; may hold a database password, so it is not shown.
    path
        The file, for SQLite.
    """

    url: URL
    path: Path | None

    @classmethod
    def parse(cls, text: str | Path) -> "Place":
        """Read a path or a database URL.

        Raises
        ------
        StoreError
            When it is a URL of another database, or names no file.
        """
        if isinstance(text, Path) or "://" not in text:
            return cls._file(Path(text))
        try:
            url = make_url(text)
        except (ArgumentError, ValueError):
            raise StoreError(
                "The URL of the workspace can't be read: it should look like "
                "postgresql://user@host/database."
            ) from None
        if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
            return cls(url.set(drivername="postgresql+psycopg"), None)
        if url.drivername in ("sqlite", "sqlite+pysqlite") and url.database:
            return cls._file(Path(url.database))
        raise StoreError(
            "A workspace is a file (give its path) or a PostgreSQL database "
            f"(postgresql://user@host/database), not '{url.drivername}'."
        )

    @classmethod
    def _file(cls, path: Path) -> "Place":
        path = path.expanduser().resolve()
        if path.name in ("", ":memory:"):
            raise StoreError("A workspace needs a file: give its path.")
        return cls(URL.create("sqlite+pysqlite", database=str(path)), path)

    @property
    def name(self) -> str:
        """The place as people write it, without a database password."""
        if self.path is not None:
            return str(self.path)
        bare = URL.create(
            "postgresql", self.url.username, None, self.url.host, self.url.port, self.url.database
        )
        return bare.render_as_string(hide_password=True)

    def make_file(self) -> None:
        """Make the empty file (mode 0600) and its folder (0700 where it is new).

        Raises
        ------
        WorkspaceExists
            When there is such a file already.
        StoreUnavailable
            When it can't be made.
        """
        if self.path is None:
            return
        try:
            for folder in reversed(self.path.parents):
                if not folder.exists():
                    folder.mkdir(mode=0o700, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            raise WorkspaceExists(
                f"{self.name} exists already: open it, or choose another name."
            ) from None
        except OSError as error:
            raise StoreUnavailable(f"{self.name} can't be made: {error.strerror}.") from None

    def remove_file(self) -> None:
        """Remove the file that `make_file` made, and its companions."""
        if self.path is not None:
            for end in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + end).unlink(missing_ok=True)


class Database:
    """Transactions on the database at a place."""

    def __init__(self, place: Place, *, new: bool = False) -> None:
        self.place = place
        if place.path is not None and not place.path.is_file():
            raise NoSuchWorkspace(f"There is no workspace at {place.name}: make one first.")
        self._engine = _engine(place, new=new)
        self._readers = self._engine
        if place.path is None:
            # As SQLite does: all statements of a reading transaction see the same state.
            self._readers = self._engine.execution_options(isolation_level="REPEATABLE READ")
        self._writers = self._engine.execution_options(tmjkit_writes=True)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection in a transaction that sees one state of everything."""
        with self._translated(), self._readers.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction that writes: all of it or nothing.

        `IntegrityError` is passed on: the one who inserts knows what it means.
        """
        with self._translated(), self._writers.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            # Only the database's own first line: statements and parameters stay out.
            said = str(getattr(error, "orig", None) or type(error).__name__).strip()
            reason = said.splitlines()[0] if said else type(error).__name__
            raise StoreUnavailable(
                f"The workspace {self.place.name} can't be used at the moment: {reason}"
            ) from error


def _engine(place: Place, *, new: bool) -> Engine:
    try:
        engine = create_engine(place.url, poolclass=NullPool, hide_parameters=True)
    except ModuleNotFoundError:
        raise StoreUnavailable(
            "A workspace on PostgreSQL needs one more package: "
            "python -m pip install 'tmjkit[postgres]'"
        ) from None
    if place.path is not None:
        _prepare_sqlite(engine, new=new)
    return engine


def _prepare_sqlite(engine: Engine, *, new: bool) -> None:
    def connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # Transactions are begun below: the driver's own begin is too late to read safely.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        if new:
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()

    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("tmjkit_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def insert_new(connection: Connection, table: Table) -> Insert:
    """Return an insert into the table that leaves a row of the same key as it is."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 -- for those who use it only

        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def upsert(connection: Connection, table: Table, key: str, **values: object) -> Insert:
    """Return an insert of one row that takes the place of a row with the same key."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 -- for those who use it only

        made = postgresql.insert(table).values(**values)
        changed = {name: made.excluded[name] for name in values if name != key}
        return made.on_conflict_do_update(index_elements=[key], set_=changed)
    plain = sqlite.insert(table).values(**values)
    changed = {name: plain.excluded[name] for name in values if name != key}
    return plain.on_conflict_do_update(index_elements=[key], set_=changed)
