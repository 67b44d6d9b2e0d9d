"""A person works on a case in the browser."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from browsing import HOSTILE, RTL, Dashboards, OpenPage, Serve, opened, ready
from playwright.sync_api import Dialog, Page, expect

from tmjkit.case import Task

pytestmark = pytest.mark.browser

CASE = "/voila/render/case.ipynb?case="
ERISA, CALIFORNIA, MEDICAID = (
    f"{CASE}case-example-{name}" for name in ("erisa", "california", "medicaid")
)


def test_a_treatment_is_added_and_stays(open_page: OpenPage, dashboards: Dashboards) -> None:
    page = open_page(ERISA)
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Avery Example")
    assert "Avery" not in page.title()
    assert "Avery" not in page.url
    assert "token" not in page.url
    treatments = opened(page, "treatments")
    treatments.get_by_role("button", name="Add treatment").click()
    form = treatments.locator(".tmj-form")
    form.get_by_label("Kind (needed)").select_option("NSAID")
    form.get_by_label("Name").fill("Meloxicam of the test")
    form.get_by_label("Start", exact=True).fill("2024-11")
    form.get_by_label("Dose", exact=True).fill("15 mg once a day")
    form.get_by_label("Source", exact=True).select_option("Recorded by the clinician")
    form.get_by_role("button", name="Save").click()
    expect(page.locator("#tmj-live")).to_contain_text("Saved as revision")
    expect(opened(page, "timeline").locator("svg")).to_contain_text("Meloxicam of the test")
    page.goto(page.url.partition("#")[0] + "#treatments")
    page.reload()
    ready(page)
    expect(treatments.locator(".tmj-toggle")).to_be_focused()
    count = len(dashboards.workspace.load("case-example-erisa").case.treatments)
    expect(treatments).to_contain_text(f"Treatments ({count})")
    saved = dashboards.workspace.load("case-example-erisa")
    assert saved.revision.author == "front desk"
    added = next(one for one in saved.case.treatments if one.name == "Meloxicam of the test")
    assert added.dose == "15 mg once a day"
    assert added.documented


def test_a_slip_is_told_beside_the_field_and_nothing_is_saved(
    open_page: OpenPage, dashboards: Dashboards
) -> None:
    before = dashboards.workspace.head("case-example-california").number
    page = open_page(CALIFORNIA)
    ready(page)
    clinical = opened(page, "clinical")
    clinical.get_by_role("button", name="Add measurement").click()
    form = clinical.locator(".tmj-section-measurements .tmj-form")
    form.get_by_label("Instrument (needed)").select_option("Pain, numeric rating scale")
    form.get_by_label("Value (needed)").fill("eleven")
    form.get_by_label("Date").fill("March 2025")
    form.get_by_role("button", name="Save").click()
    field = form.locator(".tmj-field", has=page.get_by_label("Date"))
    expect(field.get_by_role("alert")).to_contain_text("YYYY-MM-DD")
    expect(form.locator(".tmj-field", has_text="Value").get_by_role("alert")).to_be_visible()
    form.get_by_label("Value (needed)").fill("11")
    form.get_by_label("Date").fill("2025-03")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("from 0 to 10")
    assert dashboards.workspace.head("case-example-california").number == before
    form.get_by_label("Value (needed)").fill("7")
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    saved = dashboards.workspace.load("case-example-california").case
    assert str(saved.measurements[-1].date) == "2025-03"
    assert not saved.measurements[-1].documented


def test_a_day_that_is_half_retyped_is_told_and_the_day_that_was_saved_stays(
    open_page: OpenPage, dashboards: Dashboards
) -> None:
    task = Task(title="Call of the test", due="2026-12-05")
    loaded = dashboards.workspace.load("case-example-medicaid")
    case = loaded.case.model_copy(update={"tasks": (*loaded.case.tasks, task)})
    before = dashboards.workspace.save(case, loaded.revision.number, "setup").number
    page = open_page(MEDICAID)
    ready(page)
    tasks = opened(page, "deadlines").locator(".tmj-section-tasks")
    row = tasks.locator(".tmj-row", has_text="Call of the test")
    row.get_by_role("button", name="Change").click()
    form = tasks.locator(".tmj-form")
    due = form.get_by_label("Due", exact=True)
    expect(due).to_have_value("2026-12-05")
    due.press("End")
    due.press("Backspace")
    form.get_by_role("button", name="Save").click()
    field = form.locator(".tmj-field", has=page.get_by_label("Due", exact=True))
    expect(field.get_by_role("alert")).to_contain_text("finish it or clear it")
    # Left as it is: the form that saves itself does not save it either.
    form.get_by_label("Note").fill("A note that makes it try.")
    expect(tasks.locator(".tmj-state")).to_contain_text("see what is marked")
    expect(due).to_have_value("2026-12-0")
    assert dashboards.workspace.head("case-example-medicaid").number == before
    due.fill("12/8/2026")
    expect(field.get_by_role("alert")).to_have_count(0)
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    kept = dashboards.workspace.load("case-example-medicaid").case.record(task.id)
    assert isinstance(kept, Task)
    assert str(kept.due) == "2026-12-08"


def test_what_is_removed_can_be_brought_back(open_page: OpenPage, dashboards: Dashboards) -> None:
    page = open_page(CALIFORNIA)
    ready(page)
    section = opened(page, "people").locator(".tmj-section-providers")
    count = section.locator(".tmj-row").count()
    last = section.locator(".tmj-row").last
    title = last.locator(".tmj-record-title").inner_text()
    remove = last.get_by_role("button", name="Remove", exact=True)
    remove.click()
    last.get_by_role("button", name="Keep").click()
    remove.click()
    last.get_by_role("button", name="Yes, remove").click()
    refused = page.locator(".tmj-wrong")
    removed = page.locator(".tmj-notice", has_text=f"Removed: {title}")
    expect(refused.or_(removed)).to_be_visible()
    if refused.count():
        # Another record rests on it: nothing was changed, and it says which.
        expect(section.locator(".tmj-row")).to_have_count(count)
        return
    page.get_by_role("button", name="Undo").click()
    expect(section.locator(".tmj-row")).to_have_count(count)
    assert len(dashboards.workspace.load("case-example-california").case.providers) == count


def patient_form(page: Page) -> None:
    opened(page, "people").get_by_role("button", name="Change").first.click()


def test_two_people_in_one_case(open_page: OpenPage, dashboards: Dashboards, serve: Serve) -> None:
    office = serve(author="back office")
    first, second = open_page(MEDICAID), open_page(MEDICAID, server=office)
    for page in (first, second):
        ready(page)
        patient_form(page)
    first.get_by_label("Phone").fill("555-555-0111")
    second.get_by_label("Language").fill("Spanish")
    # Nobody presses Save: each form saves itself, and the other page takes it over and says so.
    expect(second.locator(".tmj-notice")).to_contain_text("front desk saved")
    expect(second.get_by_label("Phone")).to_have_value("555-555-0111")
    expect(first.get_by_label("Language")).to_have_value("Spanish")
    patient = dashboards.workspace.load("case-example-medicaid").case.patient
    assert (patient.phone, patient.language) == ("555-555-0111", "Spanish")

    # One field, changed by both: whether by the look at what others saved or by the save that
    # comes too late, somebody chooses.
    phone = second.get_by_role("textbox", name="Phone")
    phone.fill("555-555-0122")
    first.get_by_label("Phone").fill("555-555-0133")
    first.locator(".tmj-section-patient").get_by_role("button", name="Save").click()
    theirs = second.locator(".tmj-theirs", has_text="555-555-0133")
    conflict = second.locator(".tmj-conflict")
    expect(theirs.or_(conflict).first).to_be_visible()
    if conflict.count():
        conflict.get_by_role("combobox").select_option("front desk: 555-555-0133")
        conflict.get_by_role("button", name="Save as chosen above").click()
        expect(conflict).to_have_count(0)
    else:
        theirs.get_by_role("button", name="Take theirs").click()
    expect(phone).to_have_value("555-555-0133")
    patient = dashboards.workspace.load("case-example-medicaid").case.patient
    assert (patient.phone, patient.language) == ("555-555-0133", "Spanish")
    history = dashboards.workspace.history("case-example-medicaid")
    assert {"front desk", "back office"} <= {one.author for one in history}


def test_what_is_typed_survives_a_reload(open_page: OpenPage, dashboards: Dashboards) -> None:
    before = dashboards.workspace.head("case-example-erisa").number
    page = open_page(ERISA)
    ready(page)
    treatments = opened(page, "treatments")
    treatments.get_by_role("button", name="Add treatment").click()
    treatments.get_by_label("Name").fill("Half typed of the test")
    expect(treatments.locator(".tmj-state")).to_contain_text("kept")
    page.reload()
    ready(page)
    expect(page.locator(".tmj-notice")).to_contain_text("is here again: Treatments")
    form = treatments.locator(".tmj-form")
    expect(form.get_by_label("Name")).to_have_value("Half typed of the test")
    assert dashboards.workspace.head("case-example-erisa").number == before
    form.get_by_role("button", name="Cancel").click()
    page.reload()
    ready(page)
    expect(page.locator(".tmj-notice")).to_have_count(0)


def test_a_kernel_that_is_killed_in_the_middle_of_typing_loses_nothing(
    open_page: OpenPage, dashboards: Dashboards
) -> None:
    before = dashboards.workspace.head("case-example-erisa").number
    others = dashboards.kernels()
    page = open_page(ERISA, expected="404")
    ready(page)
    treatments = opened(page, "treatments")
    treatments.get_by_role("button", name="Add treatment").click()
    name = treatments.get_by_label("Name", exact=True)
    name.press_sequentially("Typed before ")
    expect(treatments.locator(".tmj-state")).to_contain_text("kept")
    for kernel in dashboards.kernels():
        if kernel not in others:
            kernel.kill()
    with page.expect_navigation():
        name.fill("Typed before and after the kernel died")
    ready(page)
    expect(name).to_have_value("Typed before and after the kernel died")
    assert dashboards.workspace.head("case-example-erisa").number == before
    treatments.get_by_label("Kind (needed)").select_option("NSAID")
    treatments.get_by_role("button", name="Save").click()
    expect(page.locator(".tmj-notice")).to_contain_text("Saved as revision")
    saved = dashboards.workspace.load("case-example-erisa").case.treatments[-1]
    assert saved.name == "Typed before and after the kernel died"


@pytest.fixture
def standstill(dashboards: Dashboards) -> Callable[[], AbstractContextManager[None]]:
    """Hold the kernels that were started since: keys and clicks pile up before them."""
    others = dashboards.kernels()

    @contextmanager
    def hold() -> Iterator[None]:
        held = [kernel for kernel in dashboards.kernels() if kernel not in others]
        assert held
        for kernel in held:
            kernel.suspend()
        try:
            yield
        finally:
            for kernel in held:
                kernel.resume()

    return hold


def test_no_click_overtakes_what_was_typed(
    open_page: OpenPage,
    dashboards: Dashboards,
    standstill: Callable[[], AbstractContextManager[None]],
) -> None:
    page = open_page(ERISA)
    ready(page)
    treatments = opened(page, "treatments")
    treatments.get_by_role("button", name="Add treatment").click()
    form = treatments.locator(".tmj-form")
    form.get_by_label("Kind (needed)").select_option("NSAID")
    expect(treatments.locator(".tmj-state")).to_contain_text("Not saved yet")
    # What ipywidgets sends while the kernel works is held back: only the first letter leaves.
    with standstill():
        form.get_by_label("Name", exact=True).press_sequentially("Celecoxib, ñandú 😀")
        form.get_by_label("Note").press_sequentially("Two\nlines of it")
        for key in ("ArrowDown", "ArrowDown"):
            form.get_by_label("Response", exact=True).press(key)
        chosen = form.get_by_label("Response", exact=True).locator("option:checked").inner_text()
        form.get_by_role("button", name="Save").click()
        expect(page.locator(".tmj-connection.tmj-away")).to_contain_text("still on its way")
        expect(form.get_by_role("button", name="Save")).to_be_visible()
    expect(form).to_have_count(0)
    expect(page.locator("#tmj-live")).to_contain_text("Saved as revision")
    expect(page.locator(".tmj-connection.tmj-away")).to_have_count(0)
    saved = dashboards.workspace.load("case-example-erisa").case.treatments[-1]
    assert (saved.name, saved.note) == ("Celecoxib, ñandú 😀", "Two\nlines of it")
    assert saved.response is not None
    assert saved.response.label.split() == chosen.split()


def test_a_link_to_a_part_opens_it_at_once_and_for_good(open_page: OpenPage) -> None:
    page = open_page(CALIFORNIA)
    ready(page)
    for key, name in (("coverage", "Coverage and law"), ("deadlines", "Deadlines and tasks")):
        page.locator(".tmj-contents").get_by_role("link", name=name).click()
        toggle = page.locator(f".tmj-panel--{key} .tmj-toggle")
        expect(toggle).to_have_attribute("aria-expanded", "true")
        expect(page.locator(f".tmj-panel--{key} h3").first).to_be_visible()
        # The answer of whatever was asked after it has come, so a second click would have, too.
        opened(page, "timeline" if key == "coverage" else "history")
        expect(toggle).to_have_attribute("aria-expanded", "true")


def test_every_form_of_a_page_tells_what_of_it_has_come(open_page: OpenPage) -> None:
    # A form whose number never fits would hold its own Save for good.
    page = open_page(CALIFORNIA)
    ready(page)
    for key in ("people", "coverage", "clinical", "treatments", "sessions", "calls"):
        sections = opened(page, key).locator(".tmj-list-of")
        for place in range(sections.count()):
            change = sections.nth(place).get_by_role("button", name=re.compile("^(Change|Add)"))
            if change.count():
                change.first.click()
                expect(sections.nth(place).locator(".tmj-form")).to_have_count(1)
    assert page.locator(".tmj-form").count() > 6
    toggle = page.locator(".tmj-panel--calls .tmj-toggle")
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "false", timeout=5_000)


def test_a_new_case_gets_an_address_of_its_own(open_page: OpenPage, dashboards: Dashboards) -> None:
    page = open_page(f"{CASE}new")
    ready(page)
    page.wait_for_url(re.compile(r"\?case=case-[0-9a-f]{16}"))
    section = page.locator(".tmj-section-patient")
    section.get_by_label("Given").fill("Nell")
    page.reload()
    ready(page)
    expect(section.get_by_label("Given")).to_have_value("Nell")
    section.get_by_label("Family").fill("Newcomer")
    section.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nell Newcomer")
    found = re.search(r"case-[0-9a-f]{16}", page.url)
    assert found
    assert dashboards.workspace.load(found[0]).case.patient.family == "Newcomer"


@pytest.mark.parametrize("width", [1280, 390])
def test_hostile_values_are_shown_as_text(open_page: OpenPage, width: int) -> None:
    page = open_page(f"{CASE}{HOSTILE}", width=width)
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x onerror=")
    expect(page.get_by_role("heading", level=1)).to_contain_text(RTL[1:-1])
    keys = page.locator(".tmj-contents a").evaluate_all("all => all.map(one => one.hash.slice(1))")
    for key in keys:
        opened(page, key)
    treatments = page.locator(".tmj-panel--treatments")
    expect(treatments).to_contain_text("<script>window.pwned=1")
    names = []
    for place in range(2):
        treatments.get_by_role("button", name=re.compile("^Change")).nth(place).click()
        form = treatments.locator(".tmj-form")
        names.append(form.get_by_label("Name", exact=True).input_value())
        form.get_by_role("button", name="Cancel").click()
        expect(form).to_have_count(0)
    assert any("<script>" in name for name in names)
    assert page.evaluate("window.pwned") is None
    assert page.locator("main script[src], main img[src='x'], main iframe").count() == 0
    assert dialogs == []
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) == 0, "the page must not scroll sideways"


def test_an_unknown_case_is_told_without_a_trace(open_page: OpenPage) -> None:
    page = open_page(f"{CASE}case-0000000000000000")
    page.wait_for_selector("body:not(.tmj-loading) .tmj-wrong")
    expect(page.locator("main")).to_contain_text("There is no case with this id")
