"""Two people sign in at a real Hub, each works in their own server, and each name is kept."""

import httpx
import pytest
from browsing import ready
from hub_running import CASE, COORDINATOR, DESK, PASSPHRASE, PASSWORD, Hub
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

# What a person could type into the browser's console to save under another name.
TAKE_ANOTHER_NAME = """
async ([base, name]) => {
  const id = document.documentElement.outerHTML.match(/"kernelId": *"([0-9a-f-]+)"/)[1];
  const place = `${location.origin.replace(/^http/, "ws")}${base}api/kernels/${id}/channels`;
  const socket = new WebSocket(`${place}?session_id=other`);
  const message = (type, content) => JSON.stringify({
    channel: "shell", content, metadata: {}, parent_header: {}, buffers: [],
    header: { msg_id: type, msg_type: type, session: "other", username: "", version: "5.3",
      date: "2026-11-24T00:00:00Z" },
  });
  const code = `import os; os.environ["TMJKIT_AUTHOR"] = page.author = "${name}"`;
  const seen = [];
  await new Promise((done, failed) => {
    socket.onerror = () => failed(new Error("the socket failed"));
    socket.onopen = () => {
      socket.send(message("execute_request", { code, silent: false, store_history: false,
        user_expressions: {}, allow_stdin: false, stop_on_error: true }));
      socket.send(message("kernel_info_request", {}));
    };
    socket.onmessage = (event) => {
      seen.push(JSON.parse(event.data).header.msg_type);
      if (seen.at(-1) === "kernel_info_reply") done();
    };
  });
  socket.close();
  return seen;
}
"""


def sign_in(chromium: Browser, hub: Hub, user: str) -> Page:
    page = chromium.new_context().new_page()
    page.set_default_timeout(60_000)
    page.goto(hub.address)
    page.get_by_label("Username").fill(user)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return page


def add_treatment(signed_in: Page, hub: Hub, user: str, name: str) -> Page:
    page = signed_in.context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{hub.address}/user/{user}/voila/render/case.ipynb?case={CASE}")
    ready(page)
    page.get_by_role("button", name="Treatments", exact=False).first.click()
    page.get_by_role("button", name="Add treatment").click()
    form = page.locator(".tmj-section-treatments .tmj-form")
    form.get_by_label("Kind (needed)").select_option("NSAID")
    form.get_by_label("Name").fill(name)
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".tmj-notice")).to_contain_text(f"Added: {name}")
    return page


def test_each_person_saves_under_their_own_name(chromium: Browser, hub: Hub) -> None:
    desk = sign_in(chromium, hub, DESK)
    coordinator = sign_in(chromium, hub, COORDINATOR)
    desk.wait_for_url(f"{hub.address}/user/{DESK}/voila/render/*")
    coordinator.wait_for_url(f"{hub.address}/user/{COORDINATOR}/voila/render/*")
    add_treatment(desk, hub, DESK, "Meloxicam of the desk")
    case = add_treatment(coordinator, hub, COORDINATOR, "Naproxen of the coordinator")

    def authors() -> list[str]:
        return [one.author for one in hub.workspace.history(CASE)]

    assert authors() == ["demo", DESK, COORDINATOR]
    saved = [one.name for one in hub.workspace.load(CASE).case.treatments]
    assert {"Meloxicam of the desk", "Naproxen of the coordinator"} <= set(saved)

    answered = case.evaluate(TAKE_ANOTHER_NAME, [f"/user/{COORDINATOR}/", DESK])
    assert "kernel_info_reply" in answered
    assert "execute_reply" not in answered
    add_treatment(coordinator, hub, COORDINATOR, "Ibuprofen of the coordinator")
    assert authors()[-1] == COORDINATOR

    # Not even an administrator of the Hub opens another person's pages.
    refused = coordinator.context.new_page().goto(
        f"{hub.address}/user/{DESK}/voila/render/case.ipynb?case={CASE}"
    )
    assert refused is not None
    assert refused.status == httpx.codes.FORBIDDEN
    address = f"{hub.address}/user/{DESK}/voila/render/case.ipynb"
    for cookies in ({}, {one["name"]: one["value"] for one in coordinator.context.cookies()}):
        with httpx.Client(cookies=cookies) as other:
            assert other.get(address).status_code == httpx.codes.FORBIDDEN
            asked = other.get(f"{hub.address}/user/{DESK}/oauth_callback?code=x&state=forged")
            assert asked.status_code == httpx.codes.FORBIDDEN

    for user in (DESK, COORDINATOR):
        command = " ".join(hub.server_of(user).cmdline())
        assert command.endswith("tmjkit serve-hub")
    for secret in (PASSPHRASE, "Meloxicam", "Naproxen"):
        assert secret not in hub.log
