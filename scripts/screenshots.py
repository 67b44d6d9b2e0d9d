"""Make pictures of every page from the example cases, and keep those that the docs show.

Run by `make screenshots`. The pictures of the README and the docs are written to docs/pictures, all
others to build/pictures, to be looked at. Look at them before committing any.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tmjkit.charts import timeline_chart
from tmjkit.examples import load, names
from tmjkit.letters import compose, render
from tmjkit.packet import assemble
from tmjkit.rules import summarize
from tmjkit.store import Workspace

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
TO_LOOK_AT = ROOT / "build" / "pictures"
IN_THE_DOCS = {
    "worklist",
    "worklist-narrow-dark",
    "case",
    "letter",
    "packet",
    "timeline",
    "part-letters",
    "part-documents",
    "part-injections",
}
SHOWN = "self-funded-erisa-denial"
PASSPHRASE = "passphrase of the pictures"  # noqa: S105 -- guards examples, for a minute
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WIDE, NARROW = (1280, 1000), (390, 900)
CASE = "case.ipynb?case=case-example-"
PAGES = {
    "worklist": "worklist.ipynb",
    "case": f"{CASE}erisa",
    "intake": "intake.ipynb",
    "outcomes": "outcomes.ipynb",
    "reports": "reports.ipynb",
}
PARTS = {
    "clinical": ("erisa", "clinical"),
    "treatments": ("erisa", "treatments"),
    "injections": ("california", "sessions"),
    "coverage": ("erisa", "coverage"),
    "documents": ("erisa", "documents"),
    "decisions": ("erisa", "decisions"),
    "deadlines": ("erisa", "deadlines"),
    "letters": ("erisa", "letters"),
    "packet": ("erisa", "packet"),
    "calls": ("erisa", "calls"),
    "history": ("erisa", "history"),
}


def keep(name: str, data: bytes | Image.Image, width: int | None = None) -> None:
    """Write a picture with a palette of its own: a third of the size, to the eye the same."""
    image = data if isinstance(data, Image.Image) else Image.open(io.BytesIO(data))
    image = image.convert("RGB")
    if width and image.width > width:
        image = image.resize((width, round(image.height * width / image.width)), Image.LANCZOS)
    folder = PICTURES if name in IN_THE_DOCS else TO_LOOK_AT
    folder.mkdir(parents=True, exist_ok=True)
    # The usual palette has no room for a color that few points have, such as that of "overdue".
    small = image.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    small.save(folder / f"{name}.png", optimize=True)
    print(folder / f"{name}.png")


def papers(workspace: Workspace) -> None:
    """Take the letter's first page, the packet's index and the timeline."""
    case, today = load(SHOWN).case, date.today()  # noqa: DTZ011 -- as the pages do
    letter = compose("appeal", case, today=today)
    keep("letter", page_of(render(letter, "pdf"), 0))
    packet = assemble(letter, case, workspace.get_document, today=today).pdf
    keep("packet", page_of(packet, page_with(packet, "exhibits")))
    keep("timeline", timeline_chart(case, today=today).png(dpi=120))


def page_of(pdf: bytes, number: int) -> Image.Image:
    """Draw a page."""
    image: Image.Image = pypdfium2.PdfDocument(pdf)[number].render(scale=1.5).to_pil()
    return image


def page_with(pdf: bytes, word: str) -> int:
    """Return the number of the first page whose heading has the word."""
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        if word in page.get_textpage().get_text_range()[:200].lower():
            return number
    raise SystemExit(f"no page of the packet begins with '{word}'")


@contextmanager
def server(place: Path) -> Iterator[str]:
    """Serve a workspace and give the link."""
    environment = {**os.environ, "TMJKIT_PASSPHRASE": PASSPHRASE, "TMJKIT_AUTHOR": "front desk"}
    command = [sys.executable, "-m", "tmjkit.cli", "serve", "-w", str(place), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None  # noqa: S101
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def ready(page: Page) -> None:
    """Wait until the page is painted and nothing more is on its way."""
    page.wait_for_selector("body:not(.tmj-loading) main h1", timeout=60_000)
    page.wait_for_load_state("networkidle")


def each_look(browser: Browser, link: str) -> None:
    """Take every page, wide and narrow, light and dark."""
    base, token = link.split("/?")
    for width, height, narrow in ((*WIDE, ""), (*NARROW, "-narrow")):
        for scheme, dark in (("light", ""), ("dark", "-dark")):
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            for name, address in PAGES.items():
                page.goto(f"{base}/voila/render/{address}{'&' if '?' in address else '?'}{token}")
                ready(page)
                keep(f"{name}{narrow}{dark}", page.screenshot(), width=1000)
            page.close()


def each_part(browser: Browser, link: str) -> None:
    """Take the parts of a case's page, open."""
    base, token = link.split("/?")
    width = WIDE[0]
    page = browser.new_page(viewport={"width": width, "height": 1200}, reduced_motion="reduce")
    for name, (case, key) in PARTS.items():
        page.goto(f"{base}/voila/render/case.ipynb?case=case-example-{case}&{token}#{key}")
        # The fragment is lost where the login redirects, and a page is not loaded for another one.
        page.evaluate(f"location.hash = '{key}'")
        page.reload()
        ready(page)
        panel = page.locator(f".tmj-panel--{key}")
        panel.locator(".tmj-toggle.tmj-open").wait_for()
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelector('.tmj-toggle:focus')?.blur()")
        panel.evaluate("panel => panel.scrollIntoView()")
        box = panel.bounding_box()
        tall = min(1130, box["height"] + 10)
        clip = {"x": box["x"] - 5, "y": box["y"] - 5, "width": box["width"] + 10, "height": tall}
        keep(f"part-{name}", page.screenshot(clip=clip), width=1000)
    page.close()


def pages(link: str) -> None:
    """Take all pictures that need a browser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("the pictures of the dashboards need Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        each_look(browser, link)
        each_part(browser, link)
        browser.close()


def main() -> None:
    """Make all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "demo.tmjkit"
        workspace = Workspace.create(
            place,
            PASSPHRASE,
            summarize=lambda case: summarize(case, date.today()),  # noqa: DTZ011
        )
        for name in names():
            example = load(name)
            for data in example.documents.values():
                workspace.put_document(data)
            workspace.save(example.case, None, "front desk")
        papers(workspace)
        with server(place) as link:
            pages(link)


if __name__ == "__main__":
    main()
