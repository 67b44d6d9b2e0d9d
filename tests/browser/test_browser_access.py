"""Every page is usable by everybody: by keyboard, enlarged, on a telephone, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import OpenPage, opened, ready
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

CASE = "/voila/render/case.ipynb?case=case-example-"
NOTEBOOKS = ("worklist", "intake", "outcomes", "reports")
PAGES = {
    **{name: f"/voila/render/{name}.ipynb" for name in NOTEBOOKS},
    "a case with a denial": f"{CASE}erisa",
    "a case with injections": f"{CASE}california",
    "a case that is weak": f"{CASE}medicaid",
}
WIDE, TELEPHONE = (1280, 900), (390, 800)
# At twice the size a window of 1280 points has room for 640.
ENLARGED = (640, 450)


def complaints(page: Page) -> list[str]:
    """Return what axe calls serious or critical, with where it is."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def sideways(page: Page) -> int:
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(script))


def open_all(page: Page) -> None:
    for key in page.locator(".tmj-contents a").evaluate_all(
        "all => all.map(one => one.hash.slice(1))"
    ):
        opened(page, key)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(open_page: OpenPage, name: str) -> None:
    page = open_page(PAGES[name])
    ready(page)
    open_all(page)
    add = page.get_by_role("button", name="Add treatment")
    if add.count():
        add.click()
        expect(page.locator(".tmj-section-treatments .tmj-form")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        assert complaints(page) == [], scheme
        for width, height in (ENLARGED, TELEPHONE):
            page.set_viewport_size({"width": width, "height": height})
            assert sideways(page) <= 0, f"{scheme}, {width} wide"
    assert complaints(page) == [], "on a telephone"


def unnamed(page: Page) -> list[str]:
    """Return the inputs and buttons of the page that have no name for who cannot see them."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('main :is(input, select, textarea, button)')]
          .filter(one => one.offsetParent && one.type !== 'hidden')
          .filter(one => !one.labels?.length && !one.ariaLabel && !one.title
                         && !one.getAttribute('aria-labelledby') && !one.textContent.trim())
          .map(one => one.outerHTML.slice(0, 120))"""
    )
    return found


def test_every_input_is_named_and_the_focus_is_seen(open_page: OpenPage) -> None:
    page = open_page(PAGES["a case with a denial"])
    ready(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    open_all(page)
    assert unnamed(page) == []
    page.locator(".tmj-toggle").first.focus()
    seen = 0
    for _ in range(25):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            """() => {
              const style = getComputedStyle(document.activeElement);
              return document.activeElement === document.body ? null
                : style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            }"""
        )
        if outline is not None:
            assert outline, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
            seen += 1
    assert seen > 20
