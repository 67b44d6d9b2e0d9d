"""How soon a page is painted and what it costs in memory, beside stock Voila on the same notebook.

`--quick` runs three rounds and leaves the table as it is. Ends with 1 where a goal is missed.
"""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import psutil
from _painting import MIB, ROUNDS, Server, misses, report
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tmjkit import examples
from tmjkit.resources import path
from tmjkit.store import Argon2, Workspace

AT_ONCE = 25
TOKEN = "only-for-measuring"  # noqa: S105 -- of a server that ends with this run
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    # Stock pages ask a public host for a style sheet. Here it never answers, which would count
    # against them; so they are told at once that it is not there.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PLAIN = """import pandas as pd
import matplotlib.pyplot as plt
import ipywidgets as w

opening = pd.DataFrame({"week": range(0, 24, 2), "mm": [28 + n for n in range(12)]})
_ = plt.plot(opening.week, opening.mm)
plt.show()
display(opening.describe())
w.Text(description="Painted")"""
SERVE = """import sys
from pathlib import Path
from tmjkit.serve import serve
class Key:
    def text(self):
        return sys.stdin.readline().strip()
serve(sys.argv[1], Key(), token=sys.argv[2], notebooks_dir=Path(sys.argv[3]))
"""


def workspace_in(folder: Path) -> tuple[Workspace, str]:
    """Make a workspace with the examples; return it and the id of the measured case."""
    cheap = Argon2(memory_kib=32, iterations=1, lanes=1)
    made = Workspace.create(folder / "bench.tmjkit", "only for measuring", kdf=cheap)
    for name in examples.names():
        example = examples.load(name)
        for data in example.documents.values():
            made.put_document(data)
        made.save(example.case, None, "benchmark")
    return made, examples.load(examples.names()[0]).case.id


def pages_in(folder: Path) -> Path:
    """Lay out the notebooks: a page of the package, and one that only needs the big libraries."""
    pages = folder / "pages"
    pages.mkdir()
    shutil.copy(path("notebooks") / "case.ipynb", pages)
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(PLAIN)],
        metadata={"kernelspec": {"name": "python3", "display_name": "x", "language": "python"}},
    )
    nbformat.write(book, pages / "plain.ipynb")
    return pages


@contextmanager
def stock(folder: Path, pages: Path, workspace: Workspace) -> Iterator[Server]:
    """Run Voila as it comes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"TMJKIT_WORKSPACE": workspace.place, "TMJKIT_WORKSPACE_KEY": workspace.key.text()}
    command = [sys.executable, "-m", "voila", str(pages), "--no-browser", f"--port={port}"]
    with (folder / "stock.log").open("w") as log:
        process = subprocess.Popen(command, env=os.environ | given, stderr=log, text=True)
    try:
        address = f"http://127.0.0.1:{port}/voila/render/{{}}.ipynb?{{query}}"
        until_answered(port)
        yield Server("stock Voila, stock kernel", process, address)
    finally:
        end(process)


@contextmanager
def ours(folder: Path, pages: Path, workspace: Workspace) -> Iterator[Server]:
    """Run `tmjkit serve`."""
    with (folder / "ours.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", SERVE, str(workspace.place), TOKEN, str(pages)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("no pipes to the server")
    process.stdin.write(workspace.key.text() + "\n")
    process.stdin.flush()
    try:
        link = re.findall(r"http\S+", process.stdout.readline())[0]
        base = link.partition("?")[0]
        address = f"{base}voila/render/{{}}.ipynb?{{query}}&token={TOKEN}"
        yield Server("`tmjkit serve`", process, address)
    finally:
        end(process)


def until_answered(port: int) -> None:
    """Wait until something listens on the port."""
    for _ in range(600):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("stock Voila did not start")


def end(process: subprocess.Popen[str]) -> None:
    """End a server with what it started."""
    below = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    process.wait(timeout=60)
    for one in psutil.wait_procs(below, timeout=10)[1]:
        one.kill()


def painted(page: Page, notebook: str) -> None:
    """Wait until what a person came for stands on the page."""
    if notebook == "plain":
        page.get_by_label("Painted").wait_for(timeout=120_000)
        page.locator("img").first.wait_for(timeout=120_000)
    else:
        page.get_by_text("What to do").first.wait_for(timeout=120_000)


def watch(page: Page) -> list[str]:
    """Return a list that fills with the page's complaints."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def one_round(server: Server, browser: Browser, notebook: str, query: str) -> None:
    """Open a page in a new browser, and measure."""
    context = browser.new_context()
    page = context.new_page()
    address = server.address.format(notebook, query=query)
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    painted(page, notebook)
    server.seconds.setdefault(notebook, []).append(time.perf_counter() - begun)
    kernels = [one for one in server.kernels() if one not in server.left]
    server.bytes.setdefault(notebook, []).append(sum(one.memory_full_info().uss for one in kernels))
    context.close()
    # Stock Voila leaves its kernels running, and starts them again when they are killed.
    server.left += psutil.wait_procs(kernels, timeout=3)[1]


def many(server: Server, browser: Browser, query: str) -> str:
    """Open pages at once; return what was found, or stop with what went wrong."""
    context = browser.new_context()
    pages = [context.new_page() for _ in range(AT_ONCE)]
    complaints = [watch(page) for page in pages]
    address = server.address.format("case", query=query)
    pages[0].goto(address, wait_until="commit")  # the login
    begun = time.perf_counter()
    for page in pages[1:]:
        page.goto(address.partition("&token")[0], wait_until="commit")
    for page in pages:
        painted(page, "case")
    seconds = time.perf_counter() - begun
    kernels = server.kernels()
    whole = sum(
        one.memory_full_info().pss
        for one in psutil.Process(server.process.pid).children(recursive=True)
    )
    own = statistics.median(one.memory_full_info().uss for one in kernels)
    wrong = [text for texts in complaints for text in texts]
    if wrong or len(kernels) != AT_ONCE:
        sys.exit(f"{len(kernels)} kernels of {AT_ONCE} pages; complaints: {wrong}")
    for page in pages:
        page.close()
    left = psutil.wait_procs(kernels, timeout=60)[1]
    context.close()
    if left:
        sys.exit(f"{len(left)} kernels were left after their pages were closed")
    return (
        f"{AT_ONCE} case pages opened at once in one browser were all painted after "
        f"{seconds:.1f} s, without an error in their consoles; their kernels all lived, and had "
        f"all ended after the pages were closed. Each kernel had {own / MIB:.0f} MiB of its own, "
        "and all kernels with "
        f"the warm parent {whole / MIB:.0f} MiB, {whole / MIB / AT_ONCE:.0f} MiB for each page."
    )


def main() -> None:
    """Measure both in turn, so that a noisy minute touches both."""
    quick = "--quick" in sys.argv
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        workspace, case = workspace_in(folder)
        pages = pages_in(folder)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=FLAGS
        )
        query = f"case={case}"
        with stock(folder, pages, workspace) as slow, ours(folder, pages, workspace) as fast:
            for notebook in ("case", "plain"):
                for number in range(1 + (3 if quick else ROUNDS)):
                    for server in (slow, fast):
                        one_round(server, browser, notebook, query)
                        if number == 0:  # caches of the system and of the servers
                            server.seconds[notebook].clear()
                            server.bytes[notebook].clear()
            report(slow, fast, "", quick=True)  # in case that the next step stops
            if not quick:
                report(slow, fast, many(fast, browser, query), quick=False)
        browser.close()
    if missed := misses(slow, fast):
        sys.exit("Missed: " + "; ".join(missed) + ".")


if __name__ == "__main__":
    main()
