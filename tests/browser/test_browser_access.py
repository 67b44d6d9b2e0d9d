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


def unseen(page: Page) -> list[str]:
    """Return what has the focus without showing it, of all that the Tab key can reach.

    The page must have been used by a key last: only then a browser shows the focus of a button.
    """
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(
            'a, button, input, select, textarea, summary, [tabindex="0"]')]
          .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
          .filter(one => {
            one.focus({preventScroll: true});
            if (document.activeElement !== one) return false;
            const style = getComputedStyle(one);
            return style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2;
          })
          .map(one => one.outerHTML.slice(0, 160))"""
    )
    return found


@pytest.mark.parametrize("name", ["a case with a denial", "worklist", "intake", "outcomes"])
def test_every_input_is_named_and_the_focus_is_seen(open_page: OpenPage, name: str) -> None:
    page = open_page(PAGES[name])
    ready(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    open_all(page)
    assert unnamed(page) == []
    page.keyboard.press("Tab")
    assert unseen(page) == []
