"""A real Chromium on a real server with a workspace made for the test."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Route,
    expect,
    sync_playwright,
)

from tmjkit.case import (
    Case,
    Contact,
    Coverage,
    Diagnosis,
    Measurement,
    Patient,
    Provider,
    Task,
    Treatment,
)
from tmjkit.examples import load, names
from tmjkit.store import Argon2, Workspace

PASSPHRASE = "passphrase of the browser tests"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
HOSTILE = "case-00000000000000bad0"
_MARK = "<script>window.pwned=1</script><img src=x onerror='window.pwned=2'>\"'&<b>"
RTL = "\u202eمريض مثال\u202c"


@dataclass
class Dashboards:
    """A running server with its workspace."""

    link: str
    process: subprocess.Popen[str]
    workspace: Workspace
    log_file: Path

    def address(self, path: str) -> str:
        """Return an address with the token, as it is pasted into a new browser."""
        base, token = self.link.split("/?")
        return f"{base}{path}{'&' if '?' in path else '?'}{token}"

    def kernels(self) -> list[psutil.Process]:
        """Return the kernels that run."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        alive = [child for child in children if child.status() != psutil.STATUS_ZOMBIE]
        return [child for child in alive if "ipykernel_launcher" in " ".join(child.cmdline())]


@dataclass
class Watched:
    """A page, and what it did that it must not do."""

    page: Page
    host: str
    expected: str = ""
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def route(self, route: Route) -> None:
        """Let requests to our server through, and note and stop all others."""
        url = route.request.url
        if re.match(rf"(https?|wss?)://{re.escape(self.host)}/|data:|blob:", url):
            route.continue_()
        else:
            self.outside.append(url)
            route.abort()

    def console(self, message: ConsoleMessage) -> None:
        """Note errors, but for the one that the test is about."""
        if message.type == "error" and not (self.expected and self.expected in message.text):
            self.complaints.append(message.text)


# A click can take seconds where two cores run everything at once.
expect.set_options(timeout=30_000)


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail("Chromium is missing, and the browser tests must run in CI")
    pytest.skip("Chromium is not installed, so the dashboards are not tried in a browser")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start the browser; for one file, since its event loop is in the way of others."""
    executable = _chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


def hostile_case() -> Case:
    """Make a case in which every text tries to be more than a text."""
    long = "Wolfeschlegelsteinhausenbergerdorff" * 6
    patient = Patient(family=f"{_MARK}{long}"[:290], given=RTL, language=_MARK)
    return Case(
        id=HOSTILE,
        patient=patient,
        coverages=(Coverage(payer=_MARK, plan_name=f"{RTL} {long}"[:290], member_id=_MARK),),
        providers=(Provider(name=_MARK, qualification=RTL),),
        diagnoses=(Diagnosis(text=_MARK, note=_MARK),),
        treatments=(
            Treatment(kind="other", name=_MARK, start="2024-03", dose=_MARK, note=f"{_MARK}\n" * 5),
            Treatment(kind="other", name=long[:290], start="2024", response="good"),
        ),
        measurements=(
            Measurement(instrument="other", name=_MARK, unit=_MARK, value=3, date="2025"),
        ),
        contacts=(Contact(organization=_MARK, said=_MARK * 20, promised=_MARK),),
        tasks=(Task(title=_MARK, owner=_MARK, due="2026-01-05"),),
    )


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Make a workspace with the three examples and a hostile case, anew for each file."""
    place = tmp_path_factory.mktemp("workspace") / "cases.tmjkit"
    made = Workspace.create(place, PASSPHRASE, kdf=Argon2(8 * 1024, 1, 1))
    for name in names():
        example = load(name)
        for data in example.documents.values():
            made.put_document(data)
        made.save(example.case, None, "demo")
    made.save(hostile_case(), None, "demo")
    return made


Serve = Callable[..., Dashboards]


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory, workspace: Workspace) -> Iterator[Serve]:
    """Start servers on the workspace; all are stopped at the end."""
    running: list[subprocess.Popen[str]] = []

    def start(*command: str, author: str = "front desk") -> Dashboards:
        log_file = tmp_path_factory.mktemp("server") / "server.log"
        environment = {
            **os.environ,
            "TMJKIT_PASSPHRASE": PASSPHRASE,
            "TMJKIT_AUTHOR": author,
            "TMJKIT_WORKSPACE": workspace.place,
        }
        default = ("-m", "tmjkit.cli", "serve", "--no-browser")
        with log_file.open("w") as log:
            process = subprocess.Popen(
                [sys.executable, *(command or default)],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=environment,
            )
        running.append(process)
        assert process.stdout is not None
        watchdog = threading.Timer(120, process.kill)
        watchdog.start()
        line = process.stdout.readline()
        watchdog.cancel()
        assert "://" in line, log_file.read_text()
        return Dashboards(line.split()[-1], process, workspace, log_file)

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture(scope="module")
def dashboards(serve: Serve) -> Dashboards:
    """One server for the tests of a file, started by the command line as people do."""
    return serve()


OpenPage = Callable[..., Page]


def forget_drafts(workspace: Workspace) -> None:
    """Delete what a test left unsaved, or it would greet the next one as begun forms."""
    for author in ("front desk", "back office"):
        for name in workspace.notes(author):
            workspace.delete_note(author, name)


@pytest.fixture
def open_page(chromium: Browser, dashboards: Dashboards) -> Iterator[OpenPage]:
    """Open pages, each in a browser of its own; at the end, see that none misbehaved."""
    watched: list[Watched] = []

    def open_one(
        path: str = "/",
        *,
        width: int = 1280,
        server: Dashboards = dashboards,
        token: bool = True,
        expected: str = "",
    ) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        page.set_default_timeout(60_000)
        watch = Watched(page, server.link.split("/")[2], expected)
        watched.append(watch)
        context.route("**/*", watch.route)
        page.on("console", watch.console)
        page.on("pageerror", lambda error: watch.complaints.append(str(error)))
        address = server.address(path) if token else server.link.partition("/?")[0] + path
        page.goto(address)
        return page

    yield open_one
    for watch in watched:
        watch.page.context.close()
    forget_drafts(dashboards.workspace)
    outside = [url for watch in watched for url in watch.outside]
    complaints = [words for watch in watched for words in watch.complaints]
    assert not outside, outside
    assert not complaints, complaints


def opened(page: Page, key: str) -> Locator:
    """Open a panel of the case's page, if it is closed, and return it."""
    panel = page.locator(f".tmj-panel--{key}")
    toggle = panel.locator(".tmj-toggle")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    return panel


def ready(page: Page) -> None:
    """Wait until the page is painted."""
    page.wait_for_selector("body:not(.tmj-loading) main h1")
