"""Two people sign in at a real Hub, each works in their own server, and each name is kept."""

import pytest
from browsing import ready
from hub_running import CASE, COORDINATOR, DESK, PASSWORD, Hub
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.postgres]


def sign_in(chromium: Browser, hub: Hub, user: str) -> Page:
    page = chromium.new_context().new_page()
    page.set_default_timeout(60_000)
    page.goto(hub.address)
    page.get_by_label("Username").fill(user)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{hub.address}/user/{user}/voila/render/*")
    ready(page)
    return page


def add_treatment(page: Page, hub: Hub, user: str, name: str) -> None:
    page.goto(f"{hub.address}/user/{user}/voila/render/case.ipynb?case={CASE}")
    ready(page)
    page.get_by_role("button", name="Treatments", exact=False).first.click()
    page.get_by_role("button", name="Add treatment").click()
    form = page.locator(".tmj-section-treatments .tmj-form")
    form.get_by_label("Kind (needed)").select_option("NSAID")
    form.get_by_label("Name").fill(name)
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".tmj-notice")).to_contain_text(f"Added: {name}")


def test_each_person_saves_under_their_own_name(chromium: Browser, hub: Hub) -> None:
    desk = sign_in(chromium, hub, DESK)
    coordinator = sign_in(chromium, hub, COORDINATOR)
    add_treatment(desk, hub, DESK, "Meloxicam of the desk")
    add_treatment(coordinator, hub, COORDINATOR, "Naproxen of the coordinator")

    authors = [one.author for one in hub.workspace.history(CASE)]
    assert authors == ["demo", DESK, COORDINATOR]
