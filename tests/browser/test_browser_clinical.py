"""A person fills in a questionnaire, a session and a coverage in the browser."""

import pytest
from browsing import Dashboards, OpenPage, opened, ready
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

CASE = "/voila/render/case.ipynb?case=case-example-"


def focused(page: Page) -> str:
    """Return the label of the input that has the focus."""
    return str(
        page.evaluate(
            "document.activeElement.closest('.jupyter-widgets')?.querySelector('label')?.innerText"
        )
    )


def test_a_questionnaire_is_scored_while_the_keyboard_fills_it(
    open_page: OpenPage, dashboards: Dashboards
) -> None:
    page = open_page(f"{CASE}medicaid")
    ready(page)
    clinical = opened(page, "clinical")
    clinical.get_by_role("button", name="Add questionnaire").focus()
    page.keyboard.press("Enter")
    form = clinical.locator(".tmj-form")
    form.get_by_label("Form (needed)").select_option("Jaw Functional Limitation Scale, 8 items")
    form.get_by_label("Date", exact=True).fill("2026-11-23")
    first = form.get_by_label("Item 1, 0 to 10", exact=True)
    first.focus()
    card = form.locator(".tmj-score-card")
    expect(card).to_contain_text("No answers yet")
    for number in range(1, 7):
        assert focused(page) == f"Item {number}, 0 to 10"
        page.keyboard.type("4")
        page.keyboard.press("Tab")
    expect(card.locator(".tmj-score-value")).to_have_text("4 of 10")
    expect(card).to_contain_text("6 of 8 items answered")
    expect(card).to_contain_text("Not answered: items 7, 8")
    page.keyboard.type("11")
    expect(form.get_by_role("alert")).to_contain_text("a whole number from 0 to 10")
    expect(card).to_contain_text("To correct, and not counted: item 7")
    page.keyboard.press("Backspace")
    expect(card.locator(".tmj-score-value")).to_have_text("3.57 of 10")
    form.get_by_role("button", name="Save").press("Enter")
    expect(form).to_have_count(0)
    expect(clinical.locator(".tmj-scores")).to_contain_text("3.57 of 10")
    saved = dashboards.workspace.load("case-example-medicaid").case.questionnaires
    assert [one.answers for one in saved] == [("4",) * 6 + ("1", "-")]


def test_the_items_of_a_questionnaire_outlive_their_kernel(
    open_page: OpenPage, dashboards: Dashboards
) -> None:
    others = dashboards.kernels()
    page = open_page(f"{CASE}erisa", expected="404")
    ready(page)
    clinical = opened(page, "clinical")
    clinical.get_by_role("button", name="Add questionnaire").click()
    form = clinical.locator(".tmj-section-questionnaires .tmj-form")
    form.get_by_label("Form (needed)").select_option("Jaw Functional Limitation Scale, 8 items")
    form.get_by_label("Item 1, 0 to 10", exact=True).fill("7")
    expect(form.locator(".tmj-state")).to_contain_text("kept")
    for kernel in dashboards.kernels():
        if kernel not in others:
            kernel.kill()
    with page.expect_navigation():
        for number, answer in ((2, "5"), (3, "10")):
            form.get_by_label(f"Item {number}, 0 to 10", exact=True).fill(answer)
    ready(page)
    for number, answer in ((1, "7"), (2, "5"), (3, "10")):
        expect(form.get_by_label(f"Item {number}, 0 to 10", exact=True)).to_have_value(answer)
    expect(page.locator("#tmj-connection")).to_contain_text("What you typed is back")
    # The kernel has them too: the score counts them.
    expect(form.locator(".tmj-score-card")).to_contain_text("3 of 8 items answered")


def test_the_diagram_and_the_sums_follow_what_is_typed(open_page: OpenPage) -> None:
    page = open_page(f"{CASE}california", width=390)
    ready(page)
    panel = opened(page, "sessions")
    shown = panel.locator(".tmj-session-shown")
    expect(shown.get_by_role("img", name="Units by muscle and side")).to_be_visible()
    expect(shown.locator("desc")).to_contain_text("Masseter, right: 25 units")
    panel.get_by_role("button", name="Add injection session").click()
    form, typed = panel.locator(".tmj-form"), panel.locator(".tmj-muscles-typed")
    form.get_by_label("Product (needed)").select_option("OnabotulinumtoxinA (Botox)")
    form.get_by_role("button", name="Add dose").click()
    form.get_by_label("Muscle (needed)").select_option("Masseter")
    form.get_by_label("Units (needed)").fill("30")
    expect(typed).to_contain_text("Dose 1 is not counted yet: look at side")
    form.get_by_label("Side (needed)").select_option("Left")
    expect(typed.locator(".tmj-muscle-units")).to_have_text("30")
    expect(typed.locator("tbody tr").last).to_contain_text("30")
    for label, value in (("Vials", "1"), ("Vial units", "50"), ("Units wasted", "10")):
        form.get_by_label(label, exact=True).fill(value)
    expect(typed.locator(".tmj-sums")).to_contain_text("are 10 units less")
    expect(typed).to_contain_text("do not add up")
    form.get_by_label("Units wasted").fill("20")
    expect(typed.locator(".tmj-sums")).to_contain_text("add up")
    expect(typed.locator(".tmj-finding")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    form.get_by_role("button", name="Cancel").click()
    expect(typed).to_have_count(0)


def test_a_question_and_a_row_open_the_form_at_the_right_place(open_page: OpenPage) -> None:
    page = open_page(f"{CASE}erisa")
    ready(page)
    coverage = opened(page, "coverage")
    expect(coverage).to_contain_text("Self-funded employer plan (ERISA)")
    coverage.get_by_role("button", name="Enter: Internal levels").click()
    field = coverage.locator(".tmj-form").get_by_label("Internal levels")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    coverage.locator(".tmj-form").get_by_role("button", name="Cancel").click()
    treatments = opened(page, "treatments")
    ledger = treatments.locator(".tmj-ledger")
    expect(ledger.locator("tbody tr").nth(2)).to_contain_text("43 days")
    ledger.get_by_role("button", name="Change Naproxen").click()
    expect(treatments.locator(".tmj-form").get_by_label("Kind (needed)")).to_be_focused()
    expect(treatments.locator(".tmj-form h4")).to_have_text("Change Naproxen")
