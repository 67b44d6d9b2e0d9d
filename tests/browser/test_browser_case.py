"""A person works on a case in the browser."""

import io
import re
from pathlib import Path

import pytest
from browsing import HOSTILE, RTL, Dashboards, OpenPage, ready
from docx import Document
from playwright.sync_api import Dialog, Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser

ERISA = "/voila/render/case.ipynb?case=case-example-erisa"
CALIFORNIA = "/voila/render/case.ipynb?case=case-example-california"
MEDICAID = "/voila/render/case.ipynb?case=case-example-medicaid"


def add_treatment(page: Page, name: str, **more: str) -> None:
    page.get_by_role("button", name="Add treatment").click()
    form = page.locator(".tmj-section-treatments .tmj-form")
    form.get_by_label("Kind (needed)").select_option("NSAID")
    form.get_by_label("Name").fill(name)
    for label, value in more.items():
        form.get_by_label(label, exact=True).fill(value)
    form.get_by_label("Source", exact=True).select_option("Recorded by the clinician")
    form.get_by_role("button", name="Save").click()


def test_from_the_link_to_a_treatment_that_stays_and_a_letter(
    open_page: OpenPage, dashboards: Dashboards, tmp_path: Path
) -> None:
    page = open_page("/")
    ready(page)
    assert "token" not in page.url
    expect(page.get_by_role("heading", level=1)).to_have_text("Cases")
    page.get_by_label("Search").fill("mutual")
    expect(page.locator(".tmj-cases tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Avery Example").click()
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Avery Example")
    assert "Avery" not in page.title()
    assert "Avery" not in page.url

    add_treatment(page, "Meloxicam of the test", Start="2024-11", Dose="15 mg once a day")
    expect(page.locator(".tmj-notice")).to_contain_text("Added: Meloxicam of the test")
    expect(page.locator("#tmj-live")).to_contain_text("Saved as revision")
    expect(page.locator(".tmj-chart svg")).to_contain_text("Meloxicam of the test")
    page.reload()
    ready(page)
    added = page.locator(".tmj-section-treatments .tmj-record", has_text="Meloxicam of the test")
    page.get_by_role("button", name=re.compile("^Show all")).last.click()
    expect(added).to_contain_text("15 mg once a day")
    expect(added).to_contain_text("Source: recorded by the clinician")
    saved = dashboards.workspace.load("case-example-erisa")
    assert saved.revision.author == "front desk"
    assert "Meloxicam of the test" in [one.name for one in saved.case.treatments]

    with page.expect_download() as download:
        page.get_by_role("button", name="Word").click()
    assert download.value.suggested_filename == "appeal-case-example-erisa.docx"
    file = tmp_path / "letter.docx"
    download.value.save_as(file)
    words = "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
    assert "Avery Example" in words
    with page.expect_download() as download:
        page.get_by_role("button", name="Packet (PDF)").click()
    assert download.value.suggested_filename == "packet-appeal-case-example-erisa.pdf"
    packet = PdfReader(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert len(packet.pages) > 5


def test_a_letter_that_lacks_facts_is_not_made_but_its_draft_is(open_page: OpenPage) -> None:
    page = open_page(MEDICAID)
    ready(page)
    papers = page.locator(".tmj-papers")
    expect(papers).to_contain_text("missing.")
    expect(papers).to_contain_text("Member ID")
    papers.get_by_role("button", name="PDF", exact=True).click()
    expect(page.locator(".tmj-wrong")).to_contain_text("No letter was made")
    papers.get_by_label("As a draft, with visible gaps").check()
    with page.expect_download() as download:
        papers.get_by_role("button", name="PDF", exact=True).click()
    name = "medical-necessity-case-example-medicaid-DRAFT.pdf"
    assert download.value.suggested_filename == name
    text = PdfReader(io.BytesIO(Path(download.value.path()).read_bytes())).pages[0].extract_text()
    assert "DRAFT" in text


def test_a_slip_is_told_beside_the_field_and_nothing_is_saved(
    open_page: OpenPage, dashboards: Dashboards
) -> None:
    before = dashboards.workspace.load("case-example-california").revision.number
    page = open_page(CALIFORNIA)
    ready(page)
    page.get_by_role("button", name="Add measurement").click()
    form = page.locator(".tmj-section-measurements .tmj-form")
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
    form.get_by_label("Value (needed)").fill("7")
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".tmj-notice")).to_contain_text("Saved as revision")
    saved = dashboards.workspace.load("case-example-california")
    assert saved.revision.number == before + 1
    assert str(saved.case.measurements[-1].date) == "2025-03"
    assert not saved.case.measurements[-1].documented
    page.get_by_role("button", name=re.compile("^Show all")).first.click()
    last = page.locator(".tmj-section-measurements .tmj-record").last
    expect(last).to_contain_text("Undocumented")


def test_what_is_removed_can_be_brought_back(open_page: OpenPage, dashboards: Dashboards) -> None:
    page = open_page(CALIFORNIA)
    ready(page)
    section = page.locator(".tmj-section-treatments")
    count = section.locator(".tmj-row").count()
    first = section.locator(".tmj-row").first
    title = first.locator(".tmj-record-title").inner_text()
    remove = first.get_by_role("button", name="Remove", exact=True)
    remove.click()
    first.get_by_role("button", name="Keep").click()
    remove.click()
    first.get_by_role("button", name="Yes, remove").click()
    expect(section.locator(".tmj-row")).to_have_count(count - 1)
    expect(page.locator(".tmj-notice")).to_contain_text(f"Removed: {title}")
    page.get_by_role("button", name="Undo").click()
    expect(section.locator(".tmj-row")).to_have_count(count)
    titles = section.locator(".tmj-record-title").all_inner_texts()
    assert title in titles
    assert len(dashboards.workspace.load("case-example-california").case.treatments) >= count


def test_two_people_in_one_case_both_keep_what_they_did(
    open_page: OpenPage, dashboards: Dashboards
) -> None:
    first, second = open_page(MEDICAID), open_page(MEDICAID)
    for page in (first, second):
        ready(page)
    for page, phone, language in ((first, "555-555-0111", ""), (second, "555-555-0122", "Spanish")):
        section = page.locator(".tmj-section-patient")
        section.get_by_role("button", name="Change").click()
        section.get_by_label("Phone").fill(phone)
        if language:
            section.get_by_label("Language").fill(language)
    first.locator(".tmj-section-patient").get_by_role("button", name="Save").click()
    expect(first.locator(".tmj-notice")).to_contain_text("Saved as revision")
    section = second.locator(".tmj-section-patient")
    section.get_by_role("button", name="Save").click()
    conflict = second.locator(".tmj-conflict")
    expect(conflict).to_contain_text("front desk saved this case while you worked on it")
    expect(conflict).to_contain_text("Spanish")
    expect(section.get_by_label("Phone")).to_have_value("555-555-0122")
    conflict.get_by_role("combobox").select_option("front desk: 555-555-0111")
    conflict.get_by_role("button", name="Save both").click()
    expect(second.locator(".tmj-notice")).to_contain_text("Merged")
    expect(conflict).to_have_count(0)
    patient = dashboards.workspace.load("case-example-medicaid").case.patient
    assert (patient.phone, patient.language) == ("555-555-0111", "Spanish")
    expect(section.locator(".tmj-form")).to_have_count(0)
    expect(section).to_contain_text("Spanish")


def test_a_new_case_gets_an_address_of_its_own(open_page: OpenPage, dashboards: Dashboards) -> None:
    page = open_page("/voila/render/case.ipynb")
    ready(page)
    page.get_by_role("button", name="New case").click()
    section = page.locator(".tmj-section-patient")
    section.get_by_label("Family").fill("Newcomer")
    section.get_by_label("Given").fill("Nell")
    section.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nell Newcomer")
    page.wait_for_url(re.compile(r"\?case=case-[0-9a-f]{16}$"))
    page.reload()
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nell Newcomer")
    case_id = page.url.partition("case=case-")[2]
    assert dashboards.workspace.load(f"case-{case_id}").case.patient.family == "Newcomer"


@pytest.mark.parametrize("width", [1280, 390])
def test_hostile_values_are_shown_as_text(open_page: OpenPage, width: int) -> None:
    page = open_page("/voila/render/case.ipynb", width=width)
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    ready(page)
    expect(page.locator(".tmj-cases")).to_contain_text("<script>window.pwned=1</script>")
    page.goto(page.url + f"?case={HOSTILE}")
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x onerror=")
    expect(page.get_by_role("heading", level=1)).to_contain_text(RTL[1:-1])
    expect(page.locator(".tmj-section-treatments")).to_contain_text("<script>window.pwned=1")
    page.locator(".tmj-section-treatments").get_by_role("button", name="Change").first.click()
    form = page.locator(".tmj-section-treatments .tmj-form")
    assert "<script>" in form.get_by_label("Name").input_value()
    assert page.evaluate("window.pwned") is None
    assert page.locator("main script[src], main img, main iframe").count() == 0
    assert dialogs == []
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) == 0, "the page must not scroll sideways"


def test_an_unknown_case_is_told_without_a_trace(open_page: OpenPage) -> None:
    page = open_page("/voila/render/case.ipynb?case=case-0000000000000000")
    page.wait_for_selector("body:not(.tmj-loading) .tmj-wrong")
    expect(page.locator("main")).to_contain_text("There is no case with this id")
