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
    page.goto(lab.link)
    cards = page.locator(".jp-LauncherCard")
    expect(cards.filter(has_text="Report")).to_be_visible()
    cards.filter(has_text="Cases").click()
    output = page.locator(".jp-OutputArea-output")
    expect(output.get_by_role("link", name="Avery Example")).to_be_visible()
    expect(page.locator(".jp-CodeCell").first).to_contain_text("tmjkit.dashboards.page")
    assert outside == []
    copy = lab.folder / "tmjkit" / "case.ipynb"
    assert copy.exists()


def test_every_page_and_report_has_a_card() -> None:
    folder = path("templates") / "lab" / "tmjkit" / "static"
    cards = {card["file"] for card in json.loads((folder / "cards.json").read_text())}
    source = path("notebooks")
    assert cards == {str(Path(one).relative_to(source)) for one in source.rglob("*.ipynb")}
