"""Make the pictures that the README and the docs show, from the example cases.

Run by `make screenshots`; look at the pictures before committing them.
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
from playwright.sync_api import Page, sync_playwright

from tmjkit.charts import timeline_chart
from tmjkit.examples import load, names
from tmjkit.letters import compose, render
from tmjkit.packet import assemble
from tmjkit.store import Workspace

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SHOWN = "self-funded-erisa-denial"
PASSPHRASE = "passphrase of the pictures"  # noqa: S105 -- guards examples, for a minute
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WIDE, NARROW = (1280, 1640), (390, 1200)


def keep(name: str, data: bytes | Image.Image, width: int | None = None) -> None:
    """Write a picture with a palette of its own: a third of the size, to the eye the same."""
    image = data if isinstance(data, Image.Image) else Image.open(io.BytesIO(data))
    image = image.convert("RGB")
    if width and image.width > width:
        image = image.resize((width, round(image.height * width / image.width)), Image.LANCZOS)
    PICTURES.mkdir(parents=True, exist_ok=True)
    image.quantize(256, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)
    print(PICTURES / f"{name}.png")


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
    """Wait until the page is painted."""
    page.wait_for_selector("body:not(.tmj-loading) main h1", timeout=60_000)
    page.wait_for_load_state("networkidle")


def pages(link: str) -> None:
    """Take the pages, wide and narrow."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("the pictures of the dashboards need Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for suffix, (width, height) in (("", WIDE), ("-narrow", NARROW)):
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(link)
            ready(page)
            if not suffix:
                box = {"x": 0, "y": 0, "width": width, "height": 480}
                keep("dashboard-list", page.screenshot(clip=box))
            page.goto(page.url + f"?case={load(SHOWN).case.id}")
            ready(page)
            keep(f"dashboard{suffix}", page.screenshot())
            if not suffix:
                page.get_by_role("button", name="Add treatment").click()
                form = page.locator(".tmj-form")
                form.wait_for()
                page.set_viewport_size({"width": width, "height": 2200})
                form.scroll_into_view_if_needed()
                keep("dashboard-form", form.screenshot())
            page.close()
        browser.close()


def main() -> None:
    """Make all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "demo.tmjkit"
        workspace = Workspace.create(place, PASSPHRASE)
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
