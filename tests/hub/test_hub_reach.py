"""What a signed-in person reaches of their own server: the pages, and nothing else of Jupyter."""

from pathlib import Path

import httpx
import pytest
from browsing import opened, ready
from hub_running import CASE, DESK, PASSWORD, Hub
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

REFUSED = [
    ("GET", "api/contents"),
    ("GET", "api/contents/etc/passwd"),
    ("PUT", "api/contents/stray.py"),
    ("POST", "api/contents"),
    ("GET", "files/case.ipynb"),
    ("GET", "api/terminals"),
    ("POST", "api/terminals"),
    ("GET", "terminals/1"),
    ("GET", "terminals/websocket/1"),
    ("GET", "api/kernels"),
    ("POST", "api/kernels"),
    ("GET", "api/sessions"),
    ("POST", "api/sessions"),
    ("GET", "api/kernelspecs"),
    ("GET", "api/config/notebook"),
    ("PUT", "api/config/notebook"),
    ("GET", "api/me"),
    ("GET", "api/status"),
    ("POST", "api/shutdown"),
    ("GET", "nbextensions/any/main.js"),
    ("GET", "lab"),
    ("GET", "lab/api/extensions"),
    ("GET", "tree"),
    ("GET", "nbconvert/html/case.ipynb"),
    ("GET", "metrics"),
    ("GET", "voila/tree"),
    ("GET", "voila/files/case.ipynb"),
    ("GET", "voila/render/../../etc/passwd"),
]
ASK = """
async ([method, address]) => {
  const xsrf = document.cookie.match(/_xsrf=([^;]+)/)?.[1] ?? "";
  const headers = { "X-XSRFToken": xsrf, "Content-Type": "application/json" };
  const body = method === "GET" ? undefined : "{}";
  return (await fetch(address, { method, headers, body })).status;
}
"""


@pytest.fixture
def page(chromium: Browser, hub: Hub) -> Page:
    made = chromium.new_context().new_page()
    made.set_default_timeout(60_000)
    made.goto(hub.address)
    made.get_by_label("Username").fill(DESK)
    made.get_by_label("Password").fill(PASSWORD)
    made.get_by_role("button", name="Sign in").click()
    made.wait_for_url(f"{hub.address}/user/{DESK}/voila/render/*")
    made.goto(f"{hub.address}/user/{DESK}/voila/render/case.ipynb?case={CASE}")
    ready(made)
    return made


def test_a_signed_in_person_reaches_the_pages_only_shares_policies_and_signs_out(
    page: Page, hub: Hub
) -> None:
    base = f"{hub.address}/user/{DESK}/"
    server = hub.server_of(DESK)
    running = len(server.children(recursive=True))
    answers = {
        (method, path): page.evaluate(ASK, [method, base + path]) for method, path in REFUSED
    }
    assert {one: status for one, status in answers.items() if status not in {403, 404, 405}} == {}
    assert len(server.children(recursive=True)) == running

    # The folder of the office's policies reaches the page, and is the group's.
    folder = Path(server.environ()["TMJKIT_KNOWLEDGE"])
    section = opened(page, "policy")
    section.get_by_role("button", name="Enter a policy").click()
    form = page.locator(".tmj-policy-form")
    form.get_by_label("Title (needed)").fill("Botulinum toxins")
    form.get_by_label("Payer (needed)").fill("Example Mutual")
    form.get_by_label("Number of the policy (needed)").fill("EM-1")
    form.get_by_label("Holds from (needed)").fill("2026-04-01")
    form.get_by_label("Text retrieved on (needed)").fill("2026-11-20")
    form.get_by_label("Oral splint").check()
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".tmj-notice")).to_contain_text("Saved: Botulinum toxins")
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o660

    nav = page.get_by_role("navigation", name="Pages")
    nav.get_by_role("link", name="Sign out").click()
    page.wait_for_url(f"{hub.address}/hub/login*")
    asked = page.context.new_page()
    asked.goto(base)
    expect(asked.get_by_role("button", name="Sign in")).to_be_visible()
    server.wait(timeout=60)
    with httpx.Client() as nobody:
        assert nobody.post(f"{base}api/kernels").status_code in {403, 404, 405, 503}
