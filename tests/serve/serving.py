"""Real servers, each in a process of its own, on pages made for the test."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
import pytest

TOKEN = "token-of-the-test-7f3a"
KEY = "a" * 43 + "="
PASSPHRASE = "passphrase-of-the-test"
PATIENT = "Zebulon Quimbytest"

_SERVE = """
import json
import sys
from pathlib import Path
from urllib.parse import urlsplit
from tmjkit.serve import serve

class Key:
    def text(self):
        return sys.stdin.readline().strip()

serve(
    "cases.tmjkit",
    Key(),
    token=sys.argv[1],
    notebooks_dir=Path(sys.argv[2]),
    idle_seconds=int(sys.argv[3]),
    **{
        name: Path(value) if name.endswith("file") else value
        for name, value in json.loads(sys.argv[4]).items()
    },
)
"""

PROBE = """
import json, os, sys, ipywidgets
from IPython.display import HTML, display
facts = {
    "python": sys.executable,
    "folder": os.getcwd(),
    "workspace": os.environ.get("TMJKIT_WORKSPACE"),
    "key": os.environ.get("TMJKIT_WORKSPACE_KEY"),
    "passphrase": os.environ.get("TMJKIT_PASSPHRASE"),
    "uploads": os.environ.get("TMJKIT_UPLOADS"),
    "query": os.environ.get("QUERY_STRING"),
    "widgets": ipywidgets.__file__,
}
display(HTML("<i>facts:" + json.dumps(facts).replace("<", "&lt;") + ":facts</i>"))
"""
BOOM = f"raise ValueError('no such patient: {PATIENT}')"


def notebook(*sources: str) -> str:
    """Write a notebook with these code cells."""
    cells = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell-{number}",
            "metadata": {},
            "outputs": [],
            "source": source,
        }
        for number, source in enumerate(sources)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "title": "Probe"}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


@dataclass
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    link: str
    log_file: Path
    said: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return self.link.partition("?")[0].rstrip("/")

    @property
    def host(self) -> str:
        return urlsplit(self.link).netloc

    @property
    def log(self) -> str:
        return self.log_file.read_text()

    @contextmanager
    def client(self, *, logged_in: bool = True) -> Iterator[httpx.Client]:
        """Give a plain client; logged in by the printed link."""
        accept = {"Accept": "text/html"}
        # The encrypted servers of the tests have certificates that nobody vouches for.
        with httpx.Client(
            base_url=self.address,
            timeout=30,
            headers=accept,
            verify=False,  # noqa: S501
        ) as client:
            if logged_in:
                assert client.get(self.link).status_code == 302
            yield client

    def listening(self) -> int:
        """Return the port that the server itself listens on."""
        found = psutil.Process(self.process.pid).net_connections(kind="tcp")
        return min(one.laddr.port for one in found if one.status == psutil.CONN_LISTEN)

    @contextmanager
    def client_at(self, address: str, *, host: str) -> Iterator[httpx.Client]:
        """Give a client that comes through a proxy: to an address, under another name."""
        headers = {"Accept": "text/html", "Host": host}
        with httpx.Client(base_url=address, timeout=30, headers=headers) as client:
            yield client

    def kernels(self) -> list[psutil.Process]:
        """Return the kernels that run."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        alive = [child for child in children if child.status() != psutil.STATUS_ZOMBIE]
        return [child for child in alive if "ipykernel_launcher" in " ".join(child.cmdline())]

    def stop(self) -> None:
        """Stop it as a service manager does."""
        self.process.terminate()
        self.process.wait(timeout=30)


Start = Callable[..., Server]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start servers; all are stopped at the end."""
    running: list[Server] = []

    def run(
        *,
        idle_seconds: int = 900,
        folder: Path | None = None,
        environment: dict[str, str] | None = None,
        **options: str | float,
    ) -> Server:
        here = folder or tmp_path_factory.mktemp("server")
        pages = here / "pages"
        pages.mkdir(exist_ok=True)
        (pages / "probe.ipynb").write_text(notebook(PROBE))
        (pages / "reports").mkdir(exist_ok=True)
        (pages / "reports" / "probe.ipynb").write_text(notebook(PROBE))
        (pages / "case.ipynb").write_text(notebook("1"))
        (pages / "boom.ipynb").write_text(notebook(BOOM))
        (pages / "foreign.ipynb").write_text(notebook("1").replace("python", "fortran"))
        (pages / "private.txt").write_text(PATIENT)
        log_file = here / "server.log"
        environ = {**os.environ, "TMJKIT_PASSPHRASE": PASSPHRASE, **(environment or {})}
        with log_file.open("w") as log:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-P", "-c", _SERVE),
                    *(TOKEN, str(pages), str(idle_seconds), json.dumps(options)),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=here,
                env=environ,
            )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(KEY + "\n")
        process.stdin.flush()
        watchdog = threading.Timer(60, process.kill)
        watchdog.start()
        said = [process.stdout.readline()]
        watchdog.cancel()
        assert "://" in said[0], log_file.read_text()
        said.append(process.stdout.readline())
        link = said[0].split()[-1]
        running.append(Server(process, link, log_file, said))
        return running[-1]

    yield run
    for server in running:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture(scope="module")
def server(start: Start) -> Server:
    """One server for the tests that leave it as it was."""
    return start()


def open_page(client: httpx.Client, name: str = "probe", query: str = "") -> tuple[str, str]:
    """Open a page as a browser does; return it and its kernel's id."""
    page = client.get(f"/voila/render/{name}.ipynb{query}").text
    return page, re.findall(r'"kernelId": "([0-9a-f-]+)"', page)[0]


def end_page(client: httpx.Client, kernel: str) -> None:
    """End a page's kernel as the page does when it goes."""
    answer = client.post(f"/voila/api/shutdown/{kernel}", data={"_xsrf": client.cookies["_xsrf"]})
    assert answer.status_code == 204


def facts(page: str) -> dict[str, str]:
    """Return what the probe page found out."""
    found: dict[str, str] = json.loads(
        json.loads('"' + page.split("facts:")[1].split(":facts", maxsplit=1)[0] + '"')
    )
    return found
