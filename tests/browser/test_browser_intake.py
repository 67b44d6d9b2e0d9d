"""A new patient is interviewed in the browser, in Spanish, by keyboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Dashboards, OpenPage, ready
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

INTAKE = "/voila/render/intake.ipynb"
# What is typed to each question; empty goes on with nothing.
ANSWERS = (
    "1988-03-15",
    "español",
    "Example Health Plan",
    "X-0001",
    "",
    "tx",
    "dolor al masticar",
)


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def asked(page: Page, key: str) -> None:
    """Wait until a question is shown and the cursor stands in it."""
    expect(page.locator(f".tmj-asking--{key} .tmj-form :is(input, select)").first).to_be_focused()


def test_a_spanish_interview_by_keyboard(  # noqa: PLR0915 -- one interview, step by step
    open_page: OpenPage, dashboards: Dashboards
) -> None:
    page = open_page(INTAKE)
    ready(page)
    assert serious(page) == []
    page.get_by_role("button", name="Español").focus()
    page.keyboard.press("Enter")
    begin = page.get_by_role("button", name="Empezar una entrevista")
    begin.focus()
    page.keyboard.press("Enter")
    asked(page, "name")
    expect(page.locator(".tmj-intake")).to_have_attribute("lang", "es")
    expect(page.get_by_role("heading", level=2)).to_have_text("¿Cómo se llama usted?")
    # A case begins with a name: nothing typed does not go on.
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Un caso empieza")).to_be_visible()
    page.keyboard.type("Ana")
    page.keyboard.press("Tab")
    page.keyboard.type("Ejemplo")
    page.keyboard.press("Enter")
    asked(page, "birth-date")
    expect(page.locator(".tmj-progress-at")).to_have_text("2 de 12")
    page.keyboard.type("15 de marzo")
    page.keyboard.press("Enter")
    wrong = page.get_by_role("alert").filter(has_text="debe ser una fecha")
    expect(wrong).to_be_visible()
    assert serious(page) == []

    # In the middle of it the page is loaded anew: the same question, with what was typed.
    page.reload()
    ready(page)
    expect(page.locator(".tmj-progress-at")).to_have_text("2 de 12")
    birth = page.locator(".tmj-asking input")
    expect(birth).to_have_value("15 de marzo")
    expect(birth).to_be_focused()
    birth.fill("")
    keys = ("language", "payer", "member-id", "funding", "state", "complaint", "pain")
    for words, following in zip(ANSWERS, keys, strict=True):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        asked(page, following)
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    asked(page, "tried")
    splint = page.get_by_role("checkbox", name="Férula", exact=False).first
    splint.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    asked(page, "toxin")
    page.get_by_role("button", name="No se sabe o nunca").focus()
    page.keyboard.press("Enter")
    asked(page, "denied")
    page.keyboard.press("Enter")
    found = page.locator(".tmj-first-finding")
    expect(found.get_by_role("heading", name="El primer resultado")).to_be_focused()
    expect(found).to_contain_text("nadie puede prometer")
    expect(found).to_contain_text("Todavía no se sabe: depende de quién financia el plan.")
    assert serious(page) == []
    assert "Ana" not in page.url

    match = re.search(r"case-[0-9a-f]{16}", page.url)
    assert match
    case = dashboards.workspace.load(match[0]).case
    assert case.patient.name == "Ana Ejemplo"
    assert str(case.patient.birth_date) == "1988-03-15"
    assert [one.payer for one in case.coverages] == ["Example Health Plan"]
    assert case.coverages[0].state == "TX"
    assert case.coverages[0].funding is None
    assert [one.value for one in case.measurements] == [7]
    assert [one.kind.value for one in case.treatments] == ["splint"]
    assert not case.sessions
    assert not case.determinations
    assert all(record.documented for _, record in case.records())

    page.get_by_role("button", name="English").click()
    expect(found).to_contain_text("nobody can promise")
    expect(page.locator(".tmj-intake")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Go on with the longer part").click()
    done = page.get_by_role("checkbox", name="Done: Treatments")
    done.check()
    assert serious(page) == []
    page.goto(page.url.partition("?")[0])
    ready(page)
    page.locator(".tmj-row", has_text="Ana Ejemplo").get_by_role("button").click()
    expect(page.get_by_role("checkbox", name="Done: Treatments")).to_be_checked()
    page.get_by_role("button", name="Finish the interview").click()
    expect(page.get_by_role("heading", name="The interview is finished")).to_be_visible()
