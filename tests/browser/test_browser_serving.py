"""The page as the browser meets it: login, other hosts, idle pages, kernels, accessibility."""

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Dashboards, OpenPage, Serve, opened, ready
from playwright.sync_api import Browser, Dialog, Page, expect

pytestmark = pytest.mark.browser

ERISA = "/voila/render/case.ipynb?case=case-example-erisa"
_IDLE = """
import os
from tmjkit.serve import serve
from tmjkit.store import Workspace
place = os.environ["TMJKIT_WORKSPACE"]
serve(place, Workspace.open(place, os.environ["TMJKIT_PASSPHRASE"]).key, idle_seconds=12)
"""
_GRACE = _IDLE.replace("idle_seconds=12", "grace_seconds=1")


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def test_without_the_link_there_is_only_a_login(
    open_page: OpenPage, dashboards: Dashboards
) -> None:
    page = open_page(ERISA, token=False, expected="403")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Open this with the link")
    assert "Avery" not in page.content()
    assert violations(page) == []
    page.get_by_label("Link or token").fill(dashboards.link)
    page.get_by_role("button", name="Open").click()
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Avery Example")
    assert page.url.endswith(ERISA)


def test_the_page_can_be_used_with_the_keyboard(open_page: OpenPage) -> None:
    page = open_page(ERISA)
    ready(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    opened(page, "treatments")
    add = page.get_by_role("button", name="Add treatment")
    add.focus()
    page.keyboard.press("Enter")
    kind = page.locator(".tmj-section-treatments").get_by_label("Kind (needed)")
    expect(kind).to_be_visible()
    kind.focus()
    page.keyboard.type("Oral")
    page.keyboard.press("Tab")
    page.keyboard.type("Night guard")
    name = page.locator(".tmj-section-treatments").get_by_label("Name")
    expect(name).to_have_value("Night guard")
    page.locator(".tmj-section-treatments").get_by_role("button", name="Cancel").press("Enter")
    expect(add).to_be_visible()


def test_kernels_end_when_the_tab_closes(open_page: OpenPage, dashboards: Dashboards) -> None:
    running = dashboards.kernels()
    page = open_page(ERISA)
    ready(page)
    opened(page, "treatments")
    expect(page.get_by_role("button", name="Add treatment")).to_be_visible()
    new = [kernel for kernel in dashboards.kernels() if kernel not in running]
    assert len(new) == 1
    page.close()
    _, alive = psutil.wait_procs(new, timeout=30)
    assert alive == []


def test_kernels_end_when_the_browser_closes_with_all_its_tabs(
    chromium: Browser, serve: Serve
) -> None:
    server = serve("-c", _GRACE)
    running = server.kernels()
    context = chromium.new_context()
    # A browser that ends sends only some of the requests that its pages make at the last moment;
    # here it sends none.
    context.add_init_script("Navigator.prototype.sendBeacon = () => true")
    for number in range(4):
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(server.address(ERISA) if number == 0 else server.link.partition("/?")[0] + ERISA)
        ready(page)
    new = [kernel for kernel in server.kernels() if kernel not in running]
    assert len(new) == 4
    context.close()
    _, alive = psutil.wait_procs(new, timeout=60)
    assert alive == []


def test_who_stays_with_unsaved_work_keeps_the_kernel(open_page: OpenPage) -> None:
    page = open_page(ERISA)
    ready(page)
    opened(page, "treatments")
    page.get_by_role("button", name="Add treatment").click()
    form = page.locator(".tmj-section-treatments .tmj-form")
    form.get_by_label("Name").fill("Half typed")
    expect(form).to_contain_text("Not saved yet")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    assert asked == ["beforeunload"]
    form.get_by_label("Kind (needed)").select_option("NSAID")
    form.get_by_role("button", name="Cancel").click()
    expect(form).to_have_count(0)


def test_an_idle_page_is_blanked_and_its_kernel_ends(open_page: OpenPage, serve: Serve) -> None:
    server = serve("-c", _IDLE)
    page = open_page(ERISA, server=server)
    ready(page)
    running = server.kernels()
    assert len(running) == 1
    expect(page.get_by_role("alertdialog")).to_contain_text("closes in 1 minute")
    expect(page.get_by_role("button", name="Keep it open")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    page.wait_for_url("**/closed?back=*")
    assert "Avery" not in page.content()
    expect(page.get_by_role("heading", level=1)).to_have_text("This page was closed")
    assert violations(page) == []
    _, alive = psutil.wait_procs(running, timeout=30)
    assert alive == []
    page.get_by_role("link", name="Open it again").click()
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Avery Example")


def test_a_page_whose_kernel_is_gone_opens_again(open_page: OpenPage, serve: Serve) -> None:
    server = serve("-c", _IDLE)
    page = open_page(ERISA, server=server, expected="404")
    ready(page)
    running = server.kernels()
    with page.expect_event("load"):
        for kernel in running:
            kernel.kill()
    ready(page)
    assert page.url.endswith(ERISA)
    expect(page.get_by_role("heading", level=1)).to_have_text("Avery Example")
    assert [kernel for kernel in server.kernels() if kernel not in running]
