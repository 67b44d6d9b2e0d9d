"""A page that loses its kernel or its server says so, and nothing that was typed is lost."""

import json
import signal
from functools import partial

import pytest
from browsing import Dashboards, OpenPage, Serve
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

_SERVE = """
import os, sys
from pathlib import Path
from tmjkit.serve import serve
from tmjkit.store import Workspace
place = os.environ["TMJKIT_WORKSPACE"]
key = Workspace.open(place, os.environ["TMJKIT_PASSPHRASE"]).key
serve(place, key, notebooks_dir=Path(sys.argv[1]))
"""
_FORM = """
import ipywidgets as w
from IPython.display import display
def field(kind, name, **options):
    made = kind(description=name.capitalize(), **options)
    made.add_class("tmj-kept--calls.new--" + name)
    return made
name = field(w.Text, "name")
note = field(w.Textarea, "note")
choice = field(w.Dropdown, "choice", options=["One", "Two"])
tick = field(w.Checkbox, "tick", indent=False)
day = field(w.DatePicker, "day")
echo = w.HTML()
def show(_):
    echo.value = "<p class='echo'>kernel has: %s|%s|%s|%s|%s</p>" % (
        name.value, note.value, choice.value, tick.value, day.value)
for one in (name, note, choice, tick, day):
    one.observe(show, "value")
other = w.Text(description="Other")
display(w.VBox([w.HTML("<h1>Form</h1>"), name, note, choice, tick, day, other, echo]))
"""
KERNEL_HAS = "kernel has: Avery Example|She said: yes & no|Two|True|2026-11-24"


def notebook(source: str) -> str:
    """Write a notebook with one cell."""
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "id": "form",
        "metadata": {},
        "outputs": [],
        "source": source,
    }
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "title": "Form"}
    return json.dumps({"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture(scope="module")
def forms(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Dashboards:
    """Start a server with one page that has a form."""
    pages = tmp_path_factory.mktemp("pages")
    (pages / "case.ipynb").write_text(notebook(_FORM))
    return serve("-c", _SERVE, str(pages))


def type_all(page: Page) -> None:
    """Type into every field; the last one is not left yet, so its words are the page's only."""
    page.wait_for_selector("body:not(.tmj-loading) main h1")
    page.get_by_label("Note").fill("She said: yes & no")
    page.get_by_label("Choice").select_option("Two")
    page.get_by_label("Tick").check()
    page.get_by_label("Day").fill("2026-11-24")
    page.get_by_label("Other").fill("not kept")
    page.get_by_label("Name").press_sequentially("Avery Example")


def kill_kernels(server: Dashboards) -> None:
    for kernel in server.kernels():
        kernel.kill()


def test_a_killed_kernel_costs_no_word(open_page: OpenPage, forms: Dashboards) -> None:
    page = open_page("/", server=forms, expected="404")
    type_all(page)
    status = page.locator("#tmj-connection")
    kill_kernels(forms)
    page.get_by_label("Name").press_sequentially(" the Second")
    with page.expect_event("load", timeout=15_000):
        pass
    page.wait_for_selector("body:not(.tmj-loading) main h1")
    expect(status).to_contain_text("What you typed is back")
    expect(page.get_by_label("Name")).to_have_value("Avery Example the Second")
    expect(page.get_by_label("Other")).to_have_value("")
    kernel_has = KERNEL_HAS.replace("Example|", "Example the Second|")
    expect(page.locator(".echo")).to_have_text(kernel_has)
    page.reload()
    page.wait_for_selector("body:not(.tmj-loading) main h1")
    expect(page.get_by_label("Name")).to_have_value("")
    page.wait_for_load_state("networkidle")
    expect(status).to_have_text("")


def test_words_without_a_field_are_shown(open_page: OpenPage, forms: Dashboards) -> None:
    page = open_page("/", server=forms, expected="404")
    page.clock.install()
    type_all(page)
    page.evaluate(
        "document.querySelectorAll('[class*=\"calls.new--note\"]')"
        ".forEach((one) => one.classList.replace('tmj-kept--calls.new--note', 'tmj-kept--gone'))"
    )
    kill_kernels(forms)
    with page.expect_event("load", timeout=15_000):
        page.clock.run_for(6_000)
    page.wait_for_selector("body:not(.tmj-loading) main h1")
    expect(page.get_by_label("Name")).to_have_value("Avery Example")
    page.clock.run_for(61_000)
    status = page.locator("#tmj-connection")
    expect(status.locator("li")).to_have_text(["She said: yes & no"])
    status.get_by_role("button", name="I have it").click()
    expect(status).to_have_text("")


def test_a_silent_server_costs_no_word(open_page: OpenPage, forms: Dashboards) -> None:
    page = open_page("/", server=forms, expected="Failed to load")
    type_all(page)
    status = page.locator("#tmj-connection")
    forms.process.send_signal(signal.SIGSTOP)
    try:
        expect(status).to_contain_text("does not answer", timeout=30_000)
        page.get_by_label("Name").press_sequentially(" the Third")
        expect(page.get_by_label("Name")).to_have_value("Avery Example the Third")
    finally:
        forms.process.send_signal(signal.SIGCONT)
    expect(status).to_contain_text("answers again")
    page.get_by_label("Note").focus()
    kernel_has = KERNEL_HAS.replace("Example|", "Example the Third|")
    expect(page.locator(".echo")).to_have_text(kernel_has)


def answer(status: int | None, route: Route) -> None:
    if status is None:
        route.abort()
    else:
        route.fulfill(status=status)


def answers(page: Page, **status: int | None) -> None:
    """Let the server answer these addresses so from here on; with None nothing comes back."""
    for name, code in status.items():
        page.unroute(f"**/{name}**")
        page.route(f"**/{name}**", partial(answer, code))


def ask_now(page: Page) -> None:
    """Let the page ask at once whether its kernel lives, as it does every few seconds."""
    page.evaluate("dispatchEvent(new Event('online'))")


def copied(page: Page, label: str) -> str:
    """Select a field's words as somebody does who copies them; nothing where that fails."""
    page.get_by_label(label).focus()
    page.keyboard.press("Control+A")
    return str(page.evaluate("getSelection().toString()"))


def test_what_could_not_be_handed_over_can_be_copied(
    open_page: OpenPage, forms: Dashboards
) -> None:
    page = open_page("/", server=forms, expected="Failed to load")
    type_all(page)
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML("
        "'beforeend', '<p class=\"tmj-unsaved\">Not saved yet</p>')"
    )
    status = page.locator("#tmj-connection")
    answers(page, awake=404, kept=None)
    ask_now(page)
    expect(status).to_contain_text("does not answer")
    assert copied(page, "Note") == "She said: yes & no"
    page.get_by_label("Name").press("End")
    page.keyboard.type(" the Fourth")
    expect(page.get_by_label("Name")).to_have_value("Avery Example the Fourth")
    answers(page, awake=403)
    ask_now(page)
    expect(status).to_contain_text("was started anew")
    assert copied(page, "Name") == "Avery Example the Fourth"


def test_a_page_that_stays_lost_takes_no_word_that_it_would_not_keep(
    open_page: OpenPage, forms: Dashboards
) -> None:
    page = open_page("/", server=forms, expected="404")
    type_all(page)
    page.evaluate(
        "sessionStorage.setItem('tmj-openings', JSON.stringify(Array(3).fill(Date.now())))"
    )
    answers(page, awake=404, kept=204)
    with page.expect_request("**/kept**") as handed:
        ask_now(page)
    expect(page.locator("#tmj-connection")).to_contain_text("several times")
    assert handed.value.method == "POST"
    assert "She said: yes & no" in (handed.value.post_data or "")
    assert copied(page, "Note") == "She said: yes & no"
    page.keyboard.type("lost")
    expect(page.get_by_label("Note")).to_have_value("She said: yes & no")
    for label in ("Choice", "Tick"):
        expect(page.get_by_label(label)).to_be_disabled()
    expect(page.get_by_label("Day")).not_to_be_editable()
