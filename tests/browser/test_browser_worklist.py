"""The worklist in a real browser: search, filters, pages, the way to a case and back."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import PASSPHRASE, Dashboards, OpenPage, Serve, ready
from playwright.sync_api import Page, expect

from tmjkit.case import Case, Coverage, Patient, Task
from tmjkit.examples import load, names
from tmjkit.store import Argon2, Workspace

pytestmark = pytest.mark.browser

PAGE = "/voila/render/worklist.ipynb"


@pytest.fixture(scope="module")
def full(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Dashboards:
    """Return a server on a workspace with more cases than one page holds."""
    place = tmp_path_factory.mktemp("worklist") / "many.tmjkit"
    made = Workspace.create(place, PASSPHRASE, kdf=Argon2(8 * 1024, 1, 1))
    for name in names():
        made.save(load(name).case, None, "demo")
    made.save_new(
        [
            Case(
                patient=Patient(family="Sample", given=f"Number{place:02}"),
                coverages=(Coverage(payer="Fictional Blue" if place % 2 else "Sample Health"),),
                tasks=(Task(title="Call back", due=f"2001-02-{place % 28 + 1:02}"),),
            )
            for place in range(60)
        ],
        "demo",
    )
    return serve("-m", "tmjkit.cli", "serve", "--no-browser", "--workspace", str(place))


def _serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['target']}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def test_the_worklist_from_the_search_to_a_case_and_back(
    open_page: OpenPage, full: Dashboards
) -> None:
    page = open_page(PAGE, server=full)
    ready(page)
    rows = page.locator(".tmj-cases tbody tr")
    expect(rows).to_have_count(50)
    expect(rows.first).to_contain_text("Overdue")
    # Pages
    first = rows.first.locator("a").get_attribute("href")
    page.get_by_role("button", name="Next page").click()
    expect(rows).to_have_count(13)
    page.get_by_role("button", name="Previous page").click()
    expect(rows.first.locator("a")).to_have_attribute("href", str(first))
    # The strip, and a filter
    strip = page.get_by_role("button", name="60 overdue")
    strip.click()
    expect(page.get_by_text("60 cases;")).to_be_visible()
    expect(page.get_by_label("Due")).to_have_value("Overdue")
    page.get_by_label("Payer", exact=True).select_option("Fictional Blue")
    expect(rows).to_have_count(30)
    # Kept under a name, and there after a reload
    page.get_by_role("button", name="Save these filters").click()
    page.get_by_label("Name for this filter").fill("Blue, overdue")
    page.get_by_label("Name for this filter").press("Tab")
    page.get_by_role("button", name="Save filter").click()
    expect(page.get_by_label("Saved filter")).to_have_value("Blue, overdue")
    page.reload()
    ready(page)
    expect(page.get_by_label("Payer", exact=True)).to_have_value("Fictional Blue")
    expect(rows).to_have_count(30)
    assert "Blue" not in page.url
    page.get_by_role("button", name="Clear filters").click()
    expect(rows).to_have_count(50)
    page.get_by_label("Saved filter").select_option("Blue, overdue")
    expect(rows).to_have_count(30)
    page.get_by_role("button", name="Clear filters").click()
    # A shortcut to the search, and in
    expect(rows).to_have_count(50)
    page.locator(".tmj-cases tbody a").first.focus()
    page.keyboard.press("Alt+Shift+S")
    expect(page.get_by_label("Search")).to_be_focused()
    page.keyboard.type("avery")
    expect(rows).to_have_count(1)
    page.get_by_role("link", name="Avery Example").click()
    page.wait_for_url(re.compile(r"case\.ipynb\?case=case-example-erisa"))
    ready(page)
    # The case stays in the address from page to page
    page.get_by_role("link", name="Reports").click()
    page.wait_for_url(re.compile(r"reports\.ipynb\?case=case-example-erisa"))
    ready(page)
    expect(page.get_by_text("--cases case-example-erisa")).to_be_visible()
    page.get_by_role("link", name="Case", exact=True).click()
    page.wait_for_url(re.compile(r"case\.ipynb\?case=case-example-erisa"))


def test_the_worklist_sorts_by_its_headings_and_keeps_the_place(
    open_page: OpenPage, full: Dashboards
) -> None:
    page = open_page(f"{PAGE}", server=full)
    ready(page)
    clear = page.get_by_role("button", name="Clear filters")
    if clear.is_visible():
        clear.click()
    head = page.get_by_role("button", name="Patient", exact=True)
    head.click()
    expect(page.locator("th[data-tmj-sort=name]")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator(".tmj-cases tbody a").first).to_have_text("Avery Example")
    expect(head).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("th[data-tmj-sort=name]")).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_label("Order")).to_have_value("Patient: Z to A")


def test_the_filters_fold_on_a_telephone(open_page: OpenPage, full: Dashboards) -> None:
    page = open_page(PAGE, server=full, width=390)
    page.emulate_media(color_scheme="dark")
    ready(page)
    expect(page.get_by_label("Stage")).to_be_hidden()
    page.get_by_role("button", name=re.compile("^Filters")).click()
    expect(page.get_by_label("Stage")).to_be_visible()
    page.get_by_role("button", name="Save these filters").click()
    assert _serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    head = page.locator(".tmj-top").bounding_box()
    title = page.locator("main h1").bounding_box()
    assert head is not None
    assert title is not None
    assert title["y"] >= head["y"] + head["height"]


def test_a_denial_leads_to_its_letter_and_a_task_is_done(
    open_page: OpenPage, full: Dashboards, tmp_path: Path
) -> None:
    case = "/voila/render/case.ipynb?case=case-example-california"
    page = open_page(f"{case}", server=full)
    ready(page)
    page.get_by_role("button", name="Requests, decisions, appeals").click()
    denial = page.locator(".tmj-denial")
    expect(denial).to_contain_text("Safe last day")
    assert _serious(page) == []
    page.get_by_role("button", name="Deadlines and tasks").click()
    page.get_by_role("button", name=re.compile("^Done today")).first.click()
    expect(page.locator(".tmj-notice")).to_contain_text("Saved as revision 2")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make a calendar file").click()
    download.value.save_as(tmp_path / "deadlines.ics")
    assert b"BEGIN:VEVENT" in (tmp_path / "deadlines.ics").read_bytes()
    assert _serious(page) == []
    denial.get_by_role("button", name=re.compile("^Write: ")).first.click()
    expect(page.locator(".tmj-panel--letters .tmj-open")).to_be_focused()
    page.get_by_role("button", name=re.compile("^Patient and people")).click()
    page.get_by_role("button", name="Take it over").click()
    expect(page.locator(".tmj-handling")).to_contain_text("Looked after by front desk")


def test_a_call_is_logged_from_the_worklist(open_page: OpenPage, dashboards: Dashboards) -> None:
    page = open_page("/voila/render/worklist.ipynb")
    ready(page)
    page.get_by_role("link", name="Log a call").click()
    drawer = page.get_by_role("dialog", name="Log a call")
    drawer.get_by_label("Which case?").fill("robin")
    page.keyboard.press("Enter")
    # The only one that fits is taken at once.
    expect(drawer).to_contain_text("Log a call: Robin Specimen")
    drawer.get_by_label("Who", exact=True).fill("Lee of the test")
    drawer.get_by_label("Said").fill("It is being looked at.")
    page.keyboard.press("Control+Enter")
    expect(drawer).to_contain_text("Saved as revision")
    contact = dashboards.workspace.load("case-example-medicaid").case.contacts[-1]
    assert (contact.who, contact.said) == ("Lee of the test", "It is being looked at.")
