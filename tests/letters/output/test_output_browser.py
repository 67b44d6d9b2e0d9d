"""The letter's HTML in a real browser: what a sentence rests on, by mouse, keyboard and reader."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from output_cases import ERISA, MEDICAID, case_of, letter
from playwright.sync_api import Browser, Page, sync_playwright

from tmjkit.letters import render
from tmjkit.letters.sentence import sentences
from tmjkit.letters.trace import trace_of

pytestmark = pytest.mark.browser

WIDTHS = (320, 1280)
Show = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        message = "Chromium is missing: no letter was opened in it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        started = playwright.chromium.launch(executable_path=executable, args=flags)
        yield started
        started.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    """Open the page of a letter; at the end see that it asked for nothing and was at peace."""
    asked: list[str] = []
    complaints: list[str] = []

    def open_page(name: str, kind: str, *, traced: bool = True, width: int = 1280) -> Page:
        made = letter(name, kind)
        rows = trace_of(made, case_of(name)) if traced else None
        file = tmp_path / "letter.html"
        file.write_bytes(render(made, "html", trace=rows))
        page = browser.new_context(viewport={"width": width, "height": 700}).new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(file.as_uri())
        return page

    yield open_page
    assert set(asked) <= {(tmp_path / "letter.html").as_uri()}
    assert complaints == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def opened(page: Page) -> list[str]:
    """Return the ids of the notes that can be seen."""
    return page.evaluate(
        "[...document.querySelectorAll('.note')].filter(n => n.checkVisibility()).map(n => n.id)"
    )


@pytest.mark.parametrize("traced", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("name", "kind"),
    [(ERISA, "appeal"), (MEDICAID, "medical-necessity")],
)
def test_axe_finds_nothing(show: Show, name: str, kind: str, width: int, traced: bool) -> None:
    page = show(name, kind, traced=traced, width=width)
    assert violations(page) == []
    if traced:
        page.locator(".said").first.focus()
        assert len(opened(page)) == 1
        assert violations(page) == []


def test_pointing_at_a_sentence_shows_what_it_rests_on(show: Show) -> None:
    page = show(ERISA, "appeal")
    row = page.get_by_role("row", name="Naproxen")
    row.hover()
    (name,) = opened(page)
    note = page.locator(f"#{name}")
    assert "Treatment “Naproxen”" in note.inner_text()
    assert "p. " in note.inner_text()
    page.mouse.move(0, 0)
    assert opened(page) == []


def test_the_tab_key_reaches_each_sentence_in_order_with_its_number(show: Show) -> None:
    page = show(ERISA, "appeal")
    made = letter(ERISA, "appeal")
    expected = [
        f"note-{sentence.number}"
        for sentence in sentences(made)
        if sentence.records or sentence.facts
    ]
    found: list[str] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        note = page.evaluate("document.activeElement.getAttribute('aria-describedby')")
        if page.evaluate("document.activeElement === document.body"):
            break
        if note is None:  # a link to an exhibit within a sentence, or a table that scrolls
            continue
        assert note in opened(page)
        found.append(note)
    assert found == expected
    for sentence in sentences(made):
        if sentence.records or sentence.facts:
            note = page.locator(f"#note-{sentence.number}")
            assert note.locator("strong").text_content() == f"Sentence {sentence.number}"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_note_stands_within_the_window_and_leaves_its_sentence_in_sight(
    show: Show, width: int
) -> None:
    page = show(ERISA, "appeal", width=width)
    for place in range(0, page.locator(".said").count(), 7):
        said = page.locator(".said").nth(place)
        said.focus()
        (name,) = opened(page)
        note = page.locator(f"#{name}").bounding_box()
        assert note is not None
        assert note["x"] >= 0
        assert note["x"] + note["width"] <= width
        assert note["y"] + note["height"] <= 700
        top = said.evaluate("element => element.getClientRects()[0].top")
        assert 0 <= top < note["y"]


def test_the_page_is_no_wider_than_a_telephone(show: Show) -> None:
    for traced in (True, False):
        page = show(ERISA, "appeal", traced=traced, width=320)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_screen_reader_is_told_what_a_sentence_rests_on(show: Show) -> None:
    page = show(ERISA, "appeal")
    number = next(
        item.number for item in sentences(letter(ERISA, "appeal")) if item.text.startswith("Naprox")
    )
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    described = [node["description"]["value"] for node in nodes if "description" in node]
    assert [words for words in described if words.startswith(f"Sentence {number}")]
    # While it is closed, a note is not read between the sentences.
    shown = [node for node in nodes if node.get("role", {}).get("value") == "note"]
    assert [node for node in shown if not node["ignored"]] == []


def test_notes_are_not_printed(show: Show) -> None:
    page = show(ERISA, "appeal")
    page.locator(".said").first.focus()
    page.emulate_media(media="print")
    assert opened(page) == []
    assert not page.locator(".hint").is_visible()


def test_the_letter_that_is_sent_holds_no_note(show: Show) -> None:
    page = show(ERISA, "appeal", traced=False)
    assert page.locator(".note, .said, .hint, [aria-describedby]").count() == 0
