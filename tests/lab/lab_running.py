"""A real JupyterLab with our extension, laid out as the wheel lays it out."""

import os
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from browsing import PASSPHRASE

from tmjkit.store import Workspace

_ROOT = Path(__file__).parents[2]
_TOKEN = "token-of-the-lab-test"
_PATIENCE = 60


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab."""

    address: str
    folder: Path

    @property
    def fresh_link(self) -> str:
        """What opens JupyterLab as at the first time, with nothing but the launcher."""
        return f"{self.address}/lab?reset&token={_TOKEN}"


def install(share: Path) -> None:
    """Lay out what the wheel brings for every Jupyter."""
    settings = tomllib.loads((_ROOT / "pyproject.toml").read_text())
    wheel = settings["tool"]["hatch"]["build"]["targets"]["wheel"]
    for source, target in wheel["shared-data"].items():
        place = share.parent / target
        if (_ROOT / source).is_dir():
            shutil.copytree(_ROOT / source, place, dirs_exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(_ROOT / source, place)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, workspace: Workspace) -> Iterator[Lab]:
    """Start JupyterLab and wait until it answers."""
    place = tmp_path_factory.mktemp("lab")
    folder = place / "work"
    folder.mkdir()
    install(place / "share")
    # It would ask whether it may fetch news, with a message that lies over the cards.
    settings = place / "config" / "labconfig" / "page_config.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        '{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}'
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log_file = place / "lab.log"
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
        f"--ServerApp.root_dir={folder}",
    ]
    environment = {
        **os.environ,
        "JUPYTER_PATH": str(place / "share" / "jupyter"),
        "JUPYTER_CONFIG_DIR": str(place / "config"),
        "JUPYTER_TOKEN": _TOKEN,
        "TMJKIT_WORKSPACE": workspace.place,
        "TMJKIT_PASSPHRASE": PASSPHRASE,
        "TMJKIT_AUTHOR": "advocate",
    }
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=subprocess.STDOUT, cwd=folder, env=environment
        )
    running = Lab(f"http://127.0.0.1:{port}", folder)
    try:
        _wait_until_it_answers(running, process, log_file)
        yield running
    finally:
        process.terminate()
        try:
            process.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:  # it waits for kernels, which is not what is tried here
            process.kill()
            process.wait()


def _wait_until_it_answers(lab: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            if httpx.get(f"{lab.address}/api").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())
