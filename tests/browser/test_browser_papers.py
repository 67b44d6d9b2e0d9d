"""Documents, calls and the history, as people use them."""

import pytest
from browsing import Dashboards, OpenPage, opened, ready
from playwright.sync_api import expect

from tmjkit.case import Case, Contact, Coverage, DocumentSource, Patient, Treatment
from tmjkit.examples import load

pytestmark = pytest.mark.browser

CASE = "/voila/render/case.ipynb?case="


@pytest.fixture
def case(dashboards: Dashboards) -> Case:
    """Save a case of this test's own."""
    made = Case(
        patient=Patient(family="Sample", given="Papers"),
        coverages=(Coverage(payer="Example Papers Plan"),),
        treatments=(Treatment(kind="splint", name="Example night guard", start="2025-03"),),
    )
    dashboards.workspace.save(made, None, "setup")
    return made


def test_words_of_an_uploaded_paper_become_a_source(
    open_page: OpenPage, dashboards: Dashboards, case: Case
) -> None:
    example = load("self-funded-erisa-denial")
    notice = next(one for one in example.case.documents if one.kind.value == "denial-letter")
    page = open_page(CASE + case.id)
    ready(page)
    panel = opened(page, "documents")
    upload = {
        "name": "Scan 17.pdf",
        "mimeType": "application/pdf",
        "buffer": example.documents[notice.sha256],
    }
    panel.locator(".tmj-file").set_input_files(upload)
    form = panel.locator(".tmj-document-form .tmj-form")
    form.get_by_label("Name (needed)").fill("Denial notice of the test")
    form.get_by_label("Kind").select_option("Denial letter")
    form.get_by_role("button", name="Save").click()
    expect(panel.locator(".tmj-documents")).to_contain_text("Denial letter · no date · 2 pages")
    panel.locator(".tmj-file").set_input_files(upload | {"name": "Again.pdf"})
    expect(panel).to_contain_text("in the case already, as “Denial notice of the test”")
    panel.get_by_role("button", name="Show pages").click()
    panel.get_by_role("button", name="Next page").click()
    expect(panel.get_by_role("img", name="Page 2: ")).to_be_visible()
    text = panel.get_by_role("region", name="Text of page 2")
    expect(text).to_contain_text("Your right to appeal")
    text.get_by_text("Your right to appeal").evaluate(
        """place => {
            const at = place.firstChild.textContent.indexOf("Your right to appeal");
            getSelection().setBaseAndExtent(place.firstChild, at, place.firstChild, at + 20);
        }"""
    )
    words = panel.get_by_label("The words on the page")
    expect(words).to_have_value("Your right to appeal")
    words.fill("Your right to repeal")
    panel.get_by_role("button", name="Compare with the page").click()
    expect(panel.get_by_role("alert")).to_contain_text(
        "the quote has “repeal”, the document “appeal”"
    )
    words.fill("Your right to appeal")
    panel.get_by_label("What they prove").select_option("Treatment: Example night guard (2025-03)")
    panel.get_by_role("button", name="Use as source").click()
    expect(text.locator("mark")).to_have_text("Your right to appeal")
    saved = dashboards.workspace.load(case.id).case
    (document,) = saved.documents
    assert document.name == "Denial notice of the test"
    assert saved.treatments[0].sources == (
        DocumentSource(document_id=document.id, page=2, quote="Your right to appeal"),
    )
    treatments = opened(page, "treatments")
    expect(treatments).to_contain_text("Denial notice of the test")


def test_a_call_is_logged_by_keyboard_alone(
    open_page: OpenPage, dashboards: Dashboards, case: Case
) -> None:
    page = open_page(CASE + case.id)
    ready(page)
    page.keyboard.press("Alt+Shift+L")
    form = page.locator(".tmj-quick-form")
    expect(form.get_by_label("Who", exact=True)).to_be_focused()
    expect(form.get_by_label("Organization")).to_have_value("Example Papers Plan")
    for words in ("Kim, agent EX-9", "", "614-555-0170", "CALL-EX-1", "Asked", "Sends the file"):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    expect(form.get_by_label("Promised by")).to_be_focused()
    page.keyboard.type("12/01/2031")
    page.keyboard.press("Control+Enter")
    drawer = page.get_by_role("dialog", name="Log a call")
    expect(drawer).to_contain_text(
        "Follow up: Sends the file (Example Papers Plan), due 2031-12-01"
    )
    expect(drawer.get_by_role("button", name="Letter that confirms the call").first).to_be_focused()
    saved = dashboards.workspace.load(case.id)
    (call,), (task,) = saved.case.contacts, saved.case.tasks
    assert saved.revision.number == 2
    assert (call.who, call.number, call.reference) == (
        "Kim, agent EX-9",
        "614-555-0170",
        "CALL-EX-1",
    )
    assert (call.said, call.promised) == ("Asked", "Sends the file")
    assert call.date is not None
    assert call.time is not None
    assert (str(task.due), task.owner, task.about_id) == ("2031-12-01", "front desk", call.id)
    page.keyboard.press("Enter")
    expect(page.locator(".tmj-panel--letters")).to_contain_text("CALL-EX-1")
    expect(opened(page, "deadlines")).to_contain_text("Follow up: Sends the file")


def test_going_back_keeps_the_call_that_was_made_since(
    open_page: OpenPage, dashboards: Dashboards, case: Case
) -> None:
    slip = case.with_record(case.treatments[0].model_copy(update={"name": "A slip"}))
    dashboards.workspace.save(slip, 1, "back office")
    called = slip.with_record(Contact(organization="Example Papers Plan", said="Asked"))
    dashboards.workspace.save(called, 2, "front desk")
    page = open_page(CASE + case.id)
    ready(page)
    panel = opened(page, "history")
    expect(panel.locator(".tmj-revision")).to_have_count(3)
    second = panel.locator(".tmj-revision").nth(1)
    expect(second).to_contain_text("back office")
    second.get_by_role("button", name="What changed").click()
    expect(second).to_contain_text("A slip")
    first = panel.locator(".tmj-revision").nth(2)
    first.get_by_role("button", name="Go back to it").click()
    expect(first).to_contain_text("1 call, document or letter that came since: kept")
    expect(first.get_by_label("Treatment: Example night guard (set back)")).to_be_checked()
    first.get_by_role("button", name="Yes, go back").click()
    expect(page.locator("#tmj-live")).to_contain_text("Restored from revision 1")
    expect(panel.locator(".tmj-revision")).to_have_count(4)
    saved = dashboards.workspace.load(case.id).case
    assert saved.treatments == case.treatments
    assert saved.contacts == called.contacts
    page.get_by_role("button", name="Undo").click()
    expect(panel.locator(".tmj-revision")).to_have_count(5)
    assert dashboards.workspace.load(case.id).case == called


def test_a_call_in_two_windows_keeps_both_and_shows_what_differs(
    open_page: OpenPage, dashboards: Dashboards, case: Case
) -> None:
    first, second = open_page(CASE + case.id), open_page(CASE + case.id)
    for page in (first, second):
        ready(page)
    first.keyboard.press("Alt+Shift+L")
    mine = first.get_by_role("dialog", name="Log a call")
    mine.get_by_label("Who", exact=True).fill("Kim")
    expect(mine).to_contain_text("Not saved yet, but kept")
    second.keyboard.press("Alt+Shift+L")
    theirs = second.get_by_role("dialog", name="Log a call")
    # The draft of the first window is open in the second.
    expect(theirs.get_by_label("Who", exact=True)).to_have_value("Kim")
    theirs.get_by_label("Reference").fill("REF-4711")
    theirs.get_by_label("Said").fill("It is being looked at")
    mine.get_by_label("Said").fill("It is approved")
    theirs.get_by_role("button", name="Save").click()
    expect(theirs).to_contain_text("The call is logged")
    expect(mine.get_by_label("Reference")).to_have_value("REF-4711")
    expect(mine.get_by_text("meanwhile: It is being looked at")).to_be_visible()
    mine.get_by_role("button", name="Save").click()
    expect(mine).to_contain_text("or save again to keep yours")
    mine.get_by_role("button", name="Save").click()
    expect(mine).to_contain_text("The call is logged")
    (call,) = dashboards.workspace.load(case.id).case.contacts
    assert (call.who, call.said, call.reference) == ("Kim", "It is approved", "REF-4711")
