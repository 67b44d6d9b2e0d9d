"""Workspaces on SQLite and on a real PostgreSQL server, with a clock that ticks by itself."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from store_cases import CHEAP, PASSPHRASE
from store_postgres import Server, binaries

from tmjkit.store import Workspace


@pytest.fixture(scope="session")
def postgres_server():
    """Start a PostgreSQL server in a temporary folder, on a socket, for this run of the tests."""
    found = binaries()
    if found is None:
        words = "PostgreSQL's server programs are missing: apt-get install postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    server = Server(found)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server):
    """Return the URL of a new, empty database."""
    return postgres_server.new_database()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request, tmp_path):
    """Return a place where no workspace is yet: once a path, once a PostgreSQL URL."""
    if request.param == "sqlite":
        return str(tmp_path / "clinic" / "clinic.tmjkit")
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def clock():
    """Return a clock that starts on a known day and moves by a minute each time it is read."""
    minutes = iter(range(10**6))
    start = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)
    return lambda: start + timedelta(minutes=next(minutes))


@pytest.fixture
def workspace(place, clock):
    """Return a new workspace."""
    return Workspace.create(place, PASSPHRASE, clock=clock, kdf=CHEAP)
