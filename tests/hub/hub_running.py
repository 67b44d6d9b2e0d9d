"""A real JupyterHub on the clinic's configuration, with a workspace in a real PostgreSQL."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from store_postgres import Server, binaries

from tmjkit.examples import load
from tmjkit.store import Argon2, Workspace

PASSPHRASE = "passphrase of the hub's test"
PASSWORD = "password of the hub's test"
DESK, COORDINATOR = "frontdesk", "coordinator"
CASE = "case-example-erisa"
_HERE = Path(__file__).parent
_PATIENCE = 60


@dataclass
class Hub:
    """A running Hub with its workspace."""

    address: str
    process: subprocess.Popen[bytes]
    workspace: Workspace
    log_file: Path

    @property
    def log(self) -> str:
        return self.log_file.read_text()

    def server_of(self, user: str) -> psutil.Process:
        """Return the process that serves one person's pages."""
        for child in psutil.Process(self.process.pid).children(recursive=True):
            if "serve-hub" in child.cmdline() and child.environ()["JUPYTERHUB_USER"] == user:
                return child
        raise AssertionError(f"{user} has no server")


def _missing(words: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


def _free_ports(number: int) -> list[int]:
    held = [socket.socket() for _ in range(number)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    ports: list[int] = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def _program(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        _missing(f"{name} is missing: pip install 'tmjkit[test]'")
    return str(found)


@pytest.fixture(scope="session")
def database() -> Iterator[Any]:
    """Start a PostgreSQL server."""
    found = binaries()
    if found is None:
        _missing("PostgreSQL's server programs are missing: apt-get install postgresql")
    server = Server(found)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def hub(database: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """Start the Hub and wait until it answers."""
    place = tmp_path_factory.mktemp("hub")
    proxy, jupyterhub = _program("configurable-http-proxy"), _program("jupyterhub")
    url = database.new_database()
    workspace = Workspace.create(url, PASSPHRASE, kdf=Argon2(8 * 1024, 1, 1))
    workspace.save(load("self-funded-erisa-denial").case, None, "demo")
    port, hub_port, api_port = _free_ports(3)
    address = f"http://127.0.0.1:{port}"
    secret, password = place / "passphrase", place / "database-password"
    secret.write_text(PASSPHRASE + "\n")
    password.write_text("not asked for on a socket\n")
    for file in (secret, password):
        file.chmod(0o600)
    knowledge = place / "knowledge"
    knowledge.mkdir()
    knowledge.chmod(0o2770)
    (place / "hub.toml").write_text(
        f"public_url = '{address}'\nworkspace = '{url}'\npassphrase_file = '{secret}'\n"
        f"database_password_file = '{password}'\nstate = '{place}'\nport = {port}\n"
        f"knowledge = '{knowledge}'\nadministrators = ['{COORDINATOR}']\n"
    )
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TMJKIT_")},
        "TMJKIT_HUB_SETTINGS": str(place / "hub.toml"),
        "HUB_TEST_PASSWORD": PASSWORD,
        "HUB_TEST_HOMES": str(place / "homes"),
        "HUB_TEST_HUB_PORT": str(hub_port),
        "HUB_TEST_PROXY": proxy,
        "HUB_TEST_PROXY_API": f"http://127.0.0.1:{api_port}",
    }
    log_file = place / "hub.log"
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [jupyterhub, "-f", _HERE / "hub_config.py"],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=place,
            env=environment,
        )
    running = Hub(address, process, workspace, log_file)
    try:
        _wait_until_it_answers(running)
        yield running
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)


def _wait_until_it_answers(hub: Hub) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert hub.process.poll() is None, hub.log
        try:
            if httpx.get(f"{hub.address}/hub/login").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(hub.log)
