"""The launcher of JupyterLab has our pages, and a click opens one that works."""

import json
from pathlib import Path

import pytest
from lab_running import Lab
from playwright.sync_api import Browser, Route, expect

from tmjkit.resources import path


@pytest.mark.browser
def test_a_card_opens_the_page_with_its_widgets_and_code(chromium: Browser, lab: Lab) -> None:
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(60_000)
    outside: list[str] = []

    def only_here(route: Route) -> None:
        if route.request.url.startswith((lab.address, "data:", "blob:")):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    page.route("**/*", only_here)
    page.goto(lab.fresh_link)
    cards = page.locator(".jp-LauncherCard")
    expect(cards.filter(has_text="Report of a case")).to_be_visible()
    cards.filter(has_text="Worklist").click()
    output = page.locator(".jp-OutputArea-output")
    expect(output.get_by_role("link", name="Avery Example")).to_be_visible()
    expect(page.locator(".jp-CodeCell").first).to_contain_text("from tmjkit.dashboards")
    assert outside == []


@pytest.mark.browser
def test_a_copy_that_was_changed_is_opened_and_neither_run_nor_overwritten(
    chromium: Browser, lab: Lab
) -> None:
    copy = lab.folder / "tmjkit" / "reports" / "case.ipynb"
    copy.parent.mkdir(parents=True)
    changed = json.loads((path("notebooks") / "reports" / "case.ipynb").read_text())
    changed["cells"] = changed["cells"][:1]
    changed["cells"][0]["source"] = "print('ran' + ' anyway')"
    copy.write_text(json.dumps(changed))
    page = chromium.new_context().new_page()
    page.set_default_timeout(60_000)
    page.goto(lab.fresh_link)
    page.locator(".jp-LauncherCard").filter(has_text="Report of a case").click()
    expect(page.locator(".jp-CodeCell")).to_contain_text("' anyway'")
    # The kernel is there and idle, so what was to be run would have been.
    expect(page.locator(".jp-NotebookPanel [data-status=idle]").first).to_be_visible()
    expect(page.get_by_text("ran anyway", exact=True)).to_have_count(0)
    assert json.loads(copy.read_text())["cells"][0]["source"] == "print('ran' + ' anyway')"


def test_every_page_and_report_has_a_card() -> None:
    folder = path("templates") / "lab" / "tmjkit" / "static"
    cards = {card["file"] for card in json.loads((folder / "cards.json").read_text())}
    source = path("notebooks")
    assert cards == {str(Path(one).relative_to(source)) for one in source.rglob("*.ipynb")}
