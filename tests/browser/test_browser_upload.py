"""A file goes from the browser to the kernel, with a bar, and in clear words when it can't."""

import json
import os
import struct
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Dashboards, OpenPage, Serve
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

MEGABYTE = 1024 * 1024
_SERVE = """
import os, sys
from pathlib import Path
from tmjkit.serve import serve
from tmjkit.store import Workspace
place = os.environ["TMJKIT_WORKSPACE"]
key = Workspace.open(place, os.environ["TMJKIT_PASSPHRASE"]).key
serve(place, key, notebooks_dir=Path(sys.argv[1]))
"""
_PAGE = """
import hashlib
import ipywidgets as w
from IPython.display import display
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.markup import html
from tmjkit.dashboards.upload import Upload
seen = w.HTML()
def take(file):
    digest = hashlib.sha256(file.data).hexdigest()
    seen.value += html("<p class='seen'>{} {} {} {}</p>",
                       file.name, len(file.data), file.media_type, digest)
upload = Upload(Desk(), "Denial letter", take, limit_bytes=150 * 1024 * 1024)
display(w.VBox([w.HTML("<h1>Files</h1>"), upload.widget, seen]))
"""


@pytest.fixture(scope="module")
def files(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Dashboards:
    """Start a server with one page that takes files."""
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "id": "page",
        "metadata": {},
        "outputs": [],
        "source": _PAGE,
    }
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "title": "Files"}
    whole = {"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    pages = tmp_path_factory.mktemp("pages")
    (pages / "case.ipynb").write_text(json.dumps(whole))
    return serve("-c", _SERVE, str(pages))


def large_tiff(path: Path, megabytes: int) -> Path:
    """Write an uncompressed grey TIFF of random pixels (TIFF 6.0, section 2)."""
    width = height = int((megabytes * MEGABYTE) ** 0.5) + 1
    pixels = width * height
    entries = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 8),
        (277, 3, 1),
        (278, 4, height),
        (279, 4, pixels),
    ]
    directory = struct.pack("<H", len(entries))
    for tag, kind, value in entries:
        directory += struct.pack("<HHII", tag, kind, 1, value)
    with path.open("wb") as file:
        file.write(struct.pack("<2sHI", b"II", 42, 8 + pixels))
        for _ in range(megabytes):
            file.write(os.urandom(MEGABYTE))
        file.write(os.urandom(pixels - megabytes * MEGABYTE))
        file.write(directory + struct.pack("<I", 0))
    return path


def opened(open_page: OpenPage, files: Dashboards, expected: str = "") -> Page:
    page = open_page("/", server=files, expected=expected)
    page.wait_for_selector("body:not(.tmj-loading) main h1")
    expect(page.get_by_label("Denial letter", exact=True)).to_be_visible()
    return page


WATCH = """
window.shares = [];
new MutationObserver(() => window.shares.push(
  Number(document.querySelector('.tmj-bar').getAttribute('aria-valuenow'))
)).observe(document.querySelector('.tmj-bar'), { attributeFilter: ['aria-valuenow'] });
"""


def test_a_hundred_megabytes_arrive_with_a_bar_that_moves(
    open_page: OpenPage, files: Dashboards, tmp_path: Path
) -> None:
    scan = large_tiff(tmp_path / "scan of a letter.tif", 100)
    page = opened(open_page, files)
    page.evaluate(WATCH)
    page.get_by_label("Denial letter", exact=True).set_input_files(scan)
    bar = page.get_by_role("progressbar", name="Denial letter: sending")
    expect(bar).to_be_visible()
    seen = page.locator(".seen")
    expect(seen).to_contain_text(f"scan of a letter.tif {scan.stat().st_size} image/tiff")
    expect(page.locator(".tmj-upload-news")).to_have_text("scan of a letter.tif: taken.")
    expect(bar).to_be_hidden()
    shares = page.evaluate("window.shares")
    assert shares[-1] == 100
    # How often it is told on the way depends on how busy the machine is.
    assert [share for share in shares if 0 < share < 100]
    assert shares == sorted(shares)


def test_several_files_go_one_after_the_other_and_each_gets_its_words(
    open_page: OpenPage, files: Dashboards, tmp_path: Path
) -> None:
    page = opened(open_page, files)
    good = tmp_path / "call <b>notes.txt"
    good.write_text("Called on Monday.")
    also = tmp_path / "more.txt"
    also.write_text("Called again.")
    empty, wrong, broken = tmp_path / "empty.txt", tmp_path / "song.mp3", tmp_path / "scan.pdf"
    empty.touch()
    wrong.write_bytes(b"ID3")
    broken.write_bytes(b"%PDF-1.7 broken")
    field = page.get_by_label("Denial letter", exact=True)
    field.focus()
    expect(field).to_be_focused()
    field.set_input_files([good, empty, wrong, broken, also])
    news = page.locator(".tmj-upload-news p")
    expect(news).to_have_count(5)
    told = news.all_inner_texts()
    assert told[0] == "call <b>notes.txt: taken."
    assert "empty.txt was not taken: the file is empty" in told[1]
    assert "song.mp3 was not taken: files of this kind" in told[2]
    assert "scan.pdf was not taken: it should be a PDF that opens: this one is damaged" in told[3]
    assert told[4] == "more.txt: taken."
    expect(page.locator(".seen")).to_have_count(2)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_a_lost_connection_keeps_the_file_for_another_try(
    open_page: OpenPage, files: Dashboards, tmp_path: Path
) -> None:
    page = opened(open_page, files, expected="Failed to load")
    note = tmp_path / "note.txt"
    note.write_text("Called on Monday.")
    cut: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not cut:
            cut.append(route.request.method)
            route.abort("connectionreset")
        else:
            route.fallback()

    page.route("**/uploads", lose)
    page.get_by_label("Denial letter", exact=True).set_input_files(note)
    news = page.locator(".tmj-upload-news")
    expect(news).to_contain_text("the connection was lost. It is still chosen")
    again = page.get_by_role("button", name="Try again: Denial letter")
    expect(again).to_be_focused()
    page.keyboard.press("Enter")
    expect(news).to_have_text("note.txt: taken.")
    expect(again).to_be_hidden()
    expect(page.locator(".seen")).to_contain_text("note.txt 17 text/plain")


def answer(status: int, route: Route) -> None:
    route.fulfill(status=status)


def test_what_the_server_refuses_is_told(
    open_page: OpenPage, files: Dashboards, tmp_path: Path
) -> None:
    page = opened(open_page, files, expected="Failed to load")
    note = tmp_path / "note.txt"
    note.write_text("Called on Monday.")
    for status, words in ((413, "larger than 150 MB"), (507, "disk"), (503, "too many files")):
        page.route("**/uploads?*", partial(answer, status))
        page.get_by_label("Denial letter", exact=True).set_input_files(note)
        expect(page.locator(".tmj-upload-news")).to_contain_text(words)
        page.unroute("**/uploads?*")
    expect(page.locator(".seen")).to_have_count(0)


def test_sending_is_cancelled_and_files_can_be_dropped(
    open_page: OpenPage, files: Dashboards, tmp_path: Path
) -> None:
    page = opened(open_page, files)
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/uploads", hold)
    note = tmp_path / "note.txt"
    note.write_text("Called on Monday.")
    page.get_by_label("Denial letter", exact=True).set_input_files([note, note])
    page.get_by_role("button", name="Cancel: Denial letter").click()
    expect(page.locator(".tmj-upload-news")).to_have_text("note.txt: cancelled.")
    expect(page.get_by_role("progressbar")).to_be_hidden()
    page.unroute("**/uploads")
    data = page.evaluate_handle(
        "() => { const data = new DataTransfer();"
        "data.items.add(new File(['dropped words'], 'dropped.txt')); return data; }"
    )
    page.dispatch_event(".tmj-drop", "drop", {"dataTransfer": data})
    expect(page.locator(".seen")).to_contain_text("dropped.txt 13 text/plain")
