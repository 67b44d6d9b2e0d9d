"""Every page is usable by everybody: by keyboard, enlarged, on a telephone, light and dark."""

import re
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Dashboards, OpenPage, opened, ready
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tmjkit.resources import path
from tmjkit.store import Workspace

pytestmark = pytest.mark.browser

CASE = "/voila/render/case.ipynb?case=case-example-"
NOTEBOOKS = ("worklist", "intake", "outcomes", "reports")
PAGES = {
    **{name: f"/voila/render/{name}.ipynb" for name in NOTEBOOKS},
    "a case with a denial": f"{CASE}erisa",
    "a case with injections": f"{CASE}california",
    "a case that is weak": f"{CASE}medicaid",
}
WIDE, TELEPHONE = (1280, 900), (390, 800)
# At twice the size a window of 1280 points has room for 640.
ENLARGED = (640, 450)
QUESTION_WITH_BOXES = 10


def complaints(page: Page, place: str = "html", rules: list[str] | None = None) -> list[str]:
    """Return what axe calls serious or critical, with where it is."""
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = rules
    found = Axe().run(page, context=place, options=options).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def sideways(page: Page) -> int:
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(script))


def open_all(page: Page) -> None:
    for key in page.locator(".tmj-contents a").evaluate_all(
        "all => all.map(one => one.hash.slice(1))"
    ):
        opened(page, key)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(open_page: OpenPage, name: str) -> None:
    page = open_page(PAGES[name])
    ready(page)
    open_all(page)
    add = page.get_by_role("button", name="Add treatment")
    if add.count():
        add.click()
        expect(page.locator(".tmj-section-treatments .tmj-form")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        assert complaints(page) == [], scheme
        for width, height in (ENLARGED, TELEPHONE):
            page.set_viewport_size({"width": width, "height": height})
            assert sideways(page) <= 0, f"{scheme}, {width} wide"
    assert complaints(page) == [], "on a telephone"


def unnamed(page: Page) -> list[str]:
    """Return the inputs and buttons of the page that have no name for who cannot see them."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('main :is(input, select, textarea, button)')]
          .filter(one => one.offsetParent && one.type !== 'hidden')
          .filter(one => !one.labels?.length && !one.ariaLabel && !one.title
                         && !one.getAttribute('aria-labelledby') && !one.textContent.trim())
          .map(one => one.outerHTML.slice(0, 120))"""
    )
    return found


def unseen(page: Page) -> list[str]:
    """Return what has the focus without showing it, of all that the Tab key can reach.

    The page must have been used by a key last: only then a browser shows the focus of a button.
    """
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(
            'a, button, input, select, textarea, summary, [tabindex="0"]')]
          .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
          .filter(one => {
            one.focus({preventScroll: true});
            if (document.activeElement !== one) return false;
            const style = getComputedStyle(one);
            return style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2;
          })
          .map(one => one.outerHTML.slice(0, 160))"""
    )
    return found


@pytest.mark.parametrize("name", ["a case with a denial", "worklist", "intake", "outcomes"])
def test_every_input_is_named_and_the_focus_is_seen(open_page: OpenPage, name: str) -> None:
    page = open_page(PAGES[name])
    ready(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    open_all(page)
    assert unnamed(page) == []
    page.keyboard.press("Tab")
    assert unseen(page) == []


def sound(page: Page, place: str, state: str) -> None:
    """See that a state of a part is usable in light and dark, wide and on a telephone."""
    page.emulate_media(color_scheme="light")
    assert page.locator(place).first.is_visible(), state
    assert complaints(page, place) == [], state
    page.emulate_media(color_scheme="dark")
    assert complaints(page, place, ["color-contrast"]) == [], f"{state}, dark"
    page.set_viewport_size({"width": TELEPHONE[0], "height": TELEPHONE[1]})
    assert complaints(page, place) == [], f"{state}, dark, on a telephone"
    assert sideways(page) <= 0, f"{state}, on a telephone"
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    assert unnamed(page) == [], state


def test_forms_in_the_middle_of_work(open_page: OpenPage) -> None:
    page = open_page(PAGES["a case with a denial"])
    ready(page)
    clinical = opened(page, "clinical")
    clinical.get_by_role("button", name="Add measurement").click()
    form = clinical.locator(".tmj-section-measurements .tmj-form")
    form.get_by_label("Value (needed)").fill("eleven")
    form.get_by_label("Date").fill("March 2025")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert").first).to_be_visible()
    sound(page, ".tmj-panel--clinical", "a form with errors")
    form.get_by_role("button", name="Cancel").click()
    clinical.locator(".tmj-toggle").click()

    policy = opened(page, "policy")
    policy.get_by_role("button", name="Enter a policy").click()
    policy.get_by_label("Holds from (needed)").fill("spring")
    policy.get_by_role("button", name=re.compile("^Add criterion")).first.click()
    policy.get_by_role("button", name="Save").click()
    expect(policy.locator(".tmj-error")).not_to_have_count(0)
    sound(page, ".tmj-panel--policy", "the form of a policy, with errors")
    policy.locator(".tmj-toggle").click()

    page.get_by_role("link", name="Log a call").click()
    call = page.get_by_role("dialog", name="Log a call")
    expect(call.get_by_label("Who", exact=True)).to_be_focused()
    sound(page, ".tmj-quick", "a call that is being logged")
    call.get_by_role("button", name="Save").click()
    expect(call.get_by_role("alert").first).to_contain_text("who was spoken to")
    sound(page, ".tmj-quick", "a call of which nothing is told")
    call.get_by_label("Promised", exact=True).fill("The file comes")
    call.get_by_label("Promised by").fill("2032-12-01")
    call.get_by_role("button", name="Save").click()
    expect(call.locator(".tmj-quick-offers")).to_be_visible()
    sound(page, ".tmj-quick", "a call that was logged, with what can follow")


def test_a_packet_in_the_middle_of_work(open_page: OpenPage) -> None:
    page = open_page(PAGES["a case with a denial"])
    ready(page)
    packet = opened(page, "packet")
    packet.get_by_role("button", name="Move B up").click()
    packet.get_by_role("checkbox", name="Exhibit C is in the packet").uncheck()
    expect(packet.locator(".tmj-exhibit").nth(2)).to_contain_text("Sent separately")
    sound(page, ".tmj-panel--packet", "exhibits in another order, one left out")
    packet.get_by_role("button", name="Make and check the packet").click()
    expect(packet.get_by_role("button", name=re.compile("^Download"))).to_be_visible()
    sound(page, ".tmj-panel--packet", "a packet that was made and checked")


def test_papers_in_the_middle_of_work(open_page: OpenPage) -> None:
    page = open_page(PAGES["a case with a denial"])
    ready(page)
    panel = opened(page, "documents")
    page.route("**/uploads*", hold)
    note = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"Called on Monday."}
    panel.locator(".tmj-file").set_input_files(note)
    expect(panel.get_by_role("progressbar")).to_be_visible()
    sound(page, ".tmj-panel--documents", "a file on its way")
    panel.get_by_role("button", name=re.compile("^Cancel")).click()
    expect(panel.locator(".tmj-upload-news")).to_have_text("note.txt: cancelled.")
    page.unroute("**/uploads*")
    panel.locator(".tmj-file").set_input_files(
        {"name": "song.mp3", "mimeType": "audio/mpeg", "buffer": b"ID3"}
    )
    expect(panel.locator(".tmj-upload-refused")).to_be_visible()
    sound(page, ".tmj-panel--documents", "a file that was refused")

    panel.get_by_role("button", name="Show pages").first.click()
    words = panel.get_by_label("The words on the page")
    words.fill("Words that stand nowhere")
    panel.get_by_role("button", name="Compare with the page").click()
    expect(panel.get_by_role("alert")).to_be_visible()
    sound(page, ".tmj-panel--documents", "a page whose words are compared and not found")
    words.fill(first_words(panel))
    panel.get_by_label("What they prove").select_option("A new treatment …")
    panel.get_by_role("button", name="Use as source").click()
    expect(panel.locator(".tmj-quote-new .tmj-form")).to_be_visible()
    sound(page, ".tmj-panel--documents", "words of a page that become the source of a new record")


MEDICAID = "case-example-medicaid"


def with_phone(workspace: Workspace, phone: str) -> None:
    """Save another number for the patient, as a colleague does at another desk."""
    held = workspace.load(MEDICAID)
    patient = held.case.patient.model_copy(update={"phone": phone})
    changed = held.case.model_copy(update={"patient": patient})
    workspace.save(changed, held.revision.number, "back office")


def test_two_people_meet_in_one_case(open_page: OpenPage, dashboards: Dashboards) -> None:
    page = open_page(f"{CASE}medicaid")
    ready(page)
    people = opened(page, "people")
    people.get_by_role("button", name="Change").first.click()
    form = people.locator(".tmj-section-patient .tmj-form")
    phone = form.get_by_role("textbox", name="Phone")
    # What does not hold keeps the form from saving itself before the other does.
    form.get_by_label("Birth date").fill("spring")
    phone.fill("555-555-0122")
    expect(people.locator(".tmj-state")).to_contain_text("kept")
    with_phone(dashboards.workspace, "555-555-0133")
    expect(form.locator(".tmj-theirs", has_text="555-555-0133")).to_be_visible()
    sound(page, ".tmj-panel--people", "a field that both changed")
    form.get_by_role("button", name="Cancel").click()
    expect(form).to_have_count(0)

    # A save that comes too late; where the page took the other's over before, it is tried again.
    conflict = page.locator(".tmj-conflict")
    for number in range(10):
        people.locator(".tmj-section-patient").get_by_role("button", name="Change").click()
        phone.fill(f"555-555-01{40 + number}")
        with_phone(dashboards.workspace, f"555-555-01{60 + number}")
        form.get_by_role("button", name="Save").click()
        expect(conflict.or_(form.locator(".tmj-theirs", has_text="555")).first).to_be_visible()
        if conflict.count():
            break
        form.get_by_role("button", name="Cancel").click()
        expect(form).to_have_count(0)
    sound(page, ".tmj-conflict", "a conflict that nobody has settled")
    conflict.get_by_role("button", name="Save as chosen above").click()
    expect(conflict).to_have_count(0)

    history = opened(page, "history")
    history.get_by_role("button", name=re.compile("^What changed")).first.click()
    history.get_by_role("button", name="Go back to it").last.click()
    expect(history.get_by_role("button", name="Yes, go back")).to_be_visible()
    history.get_by_role("button", name="Compare", exact=True).click()
    expect(history.get_by_role("heading", name=re.compile("^From revision"))).to_be_visible()
    sound(page, ".tmj-panel--history", "the history, with what is brought back")


def test_an_interview_in_spanish(open_page: OpenPage) -> None:
    page = open_page(PAGES["intake"])
    ready(page)
    page.get_by_role("button", name="Español").click()
    page.get_by_role("button", name="Empezar una entrevista").click()
    asking = page.locator(".tmj-asking--name .tmj-form input")
    expect(asking.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Un caso empieza")).to_be_visible()
    sound(page, "main", "a question with a slip")
    page.keyboard.type("Ana")
    page.keyboard.press("Enter")
    found = page.locator(".tmj-first-finding")
    at = page.locator(".tmj-progress-at")
    for number in range(2, 13):
        expect(at).to_have_text(f"{number} de 12")
        if number == QUESTION_WITH_BOXES:
            sound(page, "main", "a question with boxes")
        page.get_by_role("button", name=re.compile("^Siguiente|^Seguir$")).first.click()
    expect(found.get_by_role("heading", name="El primer resultado")).to_be_visible()
    sound(page, "main", "the first finding")
    page.get_by_role("button", name=re.compile("más larga|parte larga")).click()
    expect(page.locator(".tmj-asked-part").first).to_be_visible()
    sound(page, "main", "the longer part")


def test_pages_around_the_cases(chromium: Browser) -> None:
    """Those that the server sends in place of a case: with the values that it gives them."""
    templates = Environment(
        loader=FileSystemLoader(path("templates") / "voila" / "tmjkit"), autoescape=True
    )
    given = {"base_url": "/", "back": "/", "home": "/", "place": "/stays", "xsrf": "x", "next": "/"}
    states: dict[str, dict[str, object]] = {
        "login": {"wrong": True},
        "closed": {"minutes": 15},
        "trouble": {"status": 500, "reference": "4f2a"},
        "signout": {},
        "foreign": {},
    }
    context = chromium.new_context()
    # Signing out goes on by itself; without content to come the page stays.
    context.route("**/stays", lambda route: route.fulfill(status=204))
    page = context.new_page()
    for name, values in states.items():
        made = templates.get_template(f"{name}.html").render(**given, **values)
        page.unroute("**/page")
        page.route("**/page", partial(send, made))
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        page.goto("http://tmjkit.example/page")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert complaints(page) == [], name
        page.set_viewport_size({"width": TELEPHONE[0], "height": TELEPHONE[1]})
        assert sideways(page) <= 0, name
        assert unnamed(page) == [], name
        page.keyboard.press("Tab")
        assert unseen(page) == [], name
    context.close()


def test_a_telephone_breaks_no_heading_of_a_table(open_page: OpenPage) -> None:
    page = open_page(PAGES["outcomes"], width=TELEPHONE[0])
    ready(page)
    broken = page.evaluate(
        """() => [...document.querySelectorAll('thead th')].filter(one => {
          const words = document.createRange();
          words.selectNodeContents(one);
          return !one.textContent.includes(' ') && words.getClientRects().length > 1;
        }).map(one => one.textContent)"""
    )
    assert page.locator("thead th", has_text="Collecting").is_visible()
    assert broken == []


def hold(_: Route) -> None:
    """Leave a request without an answer."""


def send(made: str, route: Route) -> None:
    route.fulfill(body=made, content_type="text/html")


def first_words(panel: Locator) -> str:
    return " ".join(panel.locator(".tmj-page-text").inner_text().split()[:4])
