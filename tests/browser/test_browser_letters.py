"""Letters and packets in the browser: read, corrected, put in order, exported."""

import pytest
from browsing import Dashboards, OpenPage, opened, ready
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tmjkit.case import Case
from tmjkit.dashboards.drafts import Drafts
from tmjkit.examples import load

pytestmark = pytest.mark.browser

PAGE = "/voila/render/case.ipynb?case="
_MOST_TABS = 90
_MOST_LOOKS = 200


def _case(dashboards: Dashboards, case_id: str) -> Case:
    """Save a copy of the example that no other test changes."""
    case = load("self-funded-erisa-denial").case.model_copy(update={"id": case_id})
    dashboards.workspace.save(case, None, "demo")
    return case


def _tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there."""
    expect(wanted).to_be_visible()
    for _ in range(_MOST_TABS):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("the keyboard does not reach it")


def test_by_keyboard_alone_from_the_worklist_to_an_exported_letter(
    open_page: OpenPage, dashboards: Dashboards
) -> None:
    case = _case(dashboards, "case-1e77e50000000001")
    page = open_page("/voila/render/worklist.ipynb")
    ready(page)
    _tab_to(page, page.get_by_label("Search"))
    page.keyboard.type(case.id)
    expect(page.locator(".tmj-cases tbody tr")).to_have_count(1)
    _tab_to(page, page.get_by_role("link", name="Avery Example"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/case.ipynb?case={case.id}")
    ready(page)
    letters = page.locator(".tmj-panel--letters")
    _tab_to(page, letters.locator(".tmj-toggle"))
    page.keyboard.press("Enter")
    region = letters.get_by_role("region", name="The letter as it will be printed")
    expect(region).to_contain_text("Avery Example")
    with page.expect_download() as download:
        _tab_to(page, letters.get_by_role("button", name="PDF", exact=True))
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == f"appeal-{case.id}.pdf"
    words = PdfReader(download.value.path()).pages[0].extract_text()
    assert "Avery Example" in words
    expect(page.locator("#tmj-live")).to_contain_text("is ready")
    [kept] = dashboards.workspace.load(case.id).case.letters
    assert (kept.kind, kept.form) == ("appeal", "pdf")
    _tab_to(page, region)
    page.keyboard.press("Tab")
    expect(page.locator(".tmj-paper-text .note").first).to_be_visible()


def test_what_a_rule_objects_to_stands_beside_its_sentence_until_it_is_corrected(
    open_page: OpenPage, dashboards: Dashboards
) -> None:
    case = _case(dashboards, "case-1e77e50000000002")
    treatment = case.treatments[0]
    wrong = treatment.model_copy(update={"name": "A drug that is FDA-approved for TMD"})
    dashboards.workspace.save(case.with_record(wrong), 1, "demo")
    page = open_page(f"{PAGE}{case.id}", width=390)
    ready(page)
    letters = opened(page, "letters")
    note = letters.locator(".tmj-note").first
    expect(note).to_contain_text("off-label")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    note.get_by_role("button", name="Correct: Treatment").first.click()
    treatments = page.locator(".tmj-panel--treatments")
    form = treatments.locator(".tmj-form")
    expect(form.get_by_label("Name", exact=True)).to_have_value(wrong.name)
    form.get_by_label("Name", exact=True).fill(treatment.name)
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    expect(letters.locator(".tmj-note")).to_have_count(0)


def test_a_reason_that_is_being_typed_outlives_the_kernel_and_is_kept_whole(
    open_page: OpenPage, dashboards: Dashboards
) -> None:
    case = _case(dashboards, "case-1e77e50000000004")
    wrong = case.treatments[0].model_copy(update={"name": "A drug that is FDA-approved for TMD"})
    dashboards.workspace.save(case.with_record(wrong), 1, "demo")
    others = dashboards.kernels()
    page = open_page(f"{PAGE}{case.id}", expected="404")
    ready(page)
    letters = opened(page, "letters")
    letters.get_by_role("button", name="Set aside").first.click()
    why = letters.get_by_label("Why the letter is right all the same")
    why.fill("It is the name")
    drafts = Drafts(dashboards.workspace, "front desk", case.id)
    for _ in range(_MOST_LOOKS):
        if drafts.of("aside"):
            break
        page.wait_for_timeout(50)
    with page.expect_navigation():
        for kernel in dashboards.kernels():
            if kernel not in others:
                kernel.kill()
    ready(page)
    opened(page, "letters")
    expect(why).to_have_value("It is the name")
    why.press("End")
    why.press_sequentially(" of the drug on its label")
    letters.get_by_role("button", name="Keep the reason").click()
    expect(why).to_have_count(0)
    [kept] = dashboards.workspace.load(case.id).case.overrides
    assert kept.why == "It is the name of the drug on its label"
    assert drafts.of("aside") == ()


def test_exhibits_are_put_in_order_by_keys_and_by_dragging(
    open_page: OpenPage, dashboards: Dashboards
) -> None:
    case = _case(dashboards, "case-1e77e50000000003")
    page = open_page(f"{PAGE}{case.id}")
    ready(page)
    packet = opened(page, "packet")
    rows = packet.locator(".tmj-exhibit")
    expect(rows).to_have_count(7)
    expect(rows.nth(0)).to_contain_text("Denial notice")
    down = packet.get_by_role("button", name="Move A down")
    down.focus()
    page.keyboard.press("Enter")
    expect(rows.nth(1)).to_contain_text("Exhibit B: Denial notice")
    expect(page.locator("#tmj-live")).to_contain_text("is now exhibit B, 2 of 7")
    expect(packet.get_by_role("button", name="Move B down")).to_be_focused()
    handle, first = rows.nth(3).locator(".tmj-drag"), rows.nth(0)
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), first.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 5, end["y"] + 40, steps=4)
    page.mouse.move(start["x"] + 5, end["y"] + 4)
    page.mouse.up()
    expect(rows.nth(0)).to_contain_text("Exhibit A: Clinical notes")
    expect(rows.nth(2)).to_contain_text("Exhibit C: Denial notice")
    packet.get_by_role("button", name="Make and check the packet").click()
    expect(packet).to_contain_text("The packet has", timeout=90_000)
    with page.expect_download() as download:
        packet.get_by_role("button", name="Download the packet").click()
    pages = [one.extract_text() for one in PdfReader(download.value.path()).pages]
    index = next(text for text in pages if "Index of exhibits" in text and "Dated" in text)
    assert index.index("Clinical notes") < index.index("Denial notice")
    assert dashboards.workspace.load(case.id).case.letters[0].exhibits[2] == "document-denial"
