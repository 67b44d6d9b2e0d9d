"""The views show the model, escape every value, and let no exception out."""

import subprocess
import sys
from html.parser import HTMLParser

import ipywidgets as w
import pytest

from tmjkit.case import Case, CaseError, Contact, Coverage, Patient, Problem, Task, Treatment
from tmjkit.dashboards.case_model import CaseModel, editable_sections
from tmjkit.dashboards.case_view import CaseView, case_widget
from tmjkit.dashboards.desk import Desk, box, put
from tmjkit.dashboards.markup import details, html, join, listing, table
from tmjkit.dashboards.section_view import SectionView
from tmjkit.store import NoSuchCase, Workspace

HOSTILE = "<script>x()</script><img src=x onerror=x()>\"'&{}</p><iframe>"
ALLOWED = {
    *("a", "caption", "dd", "details", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "li"),
    *("nav", "p", "small", "span", "strong", "summary", "table", "tbody", "td", "th", "thead"),
    *("tr", "ul"),
}
SVG = {"svg", "g", "path", "use", "defs", "text", "tspan", "title", "desc", "clippath", "rect"}


def widgets(root: w.Widget) -> list[w.Widget]:
    found = [root]
    for child in getattr(root, "children", ()):
        found += widgets(child)
    return found


def shown(root: w.Widget) -> str:
    return "\n".join(one.value for one in widgets(root) if isinstance(one, w.HTML))


def opened(model: CaseModel, desk: Desk) -> CaseView:
    """Return the page with every panel open."""
    view = CaseView(model, desk)
    view.refresh()
    for key in view.panels:
        view.open(key)
    return view


def find(root: w.Widget, description: str) -> w.Widget:
    return next(one for one in widgets(root) if getattr(one, "description", "") == description)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def test_models_know_nothing_of_widgets() -> None:
    modules = "case_model, fields, merge, model, record_form, trouble, words"
    code = (
        f"import sys\nfrom tmjkit.dashboards import {modules}\nprint('ipywidgets' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


# Markup


def test_every_value_is_escaped_and_markup_is_not_escaped_twice() -> None:
    inner = html("<b>{}</b>", HOSTILE)
    assert "<script" not in inner
    assert html("<p>{}</p>", inner) == f"<p>{inner}</p>"
    assert html("<p>{x}</p>", x="<") == "<p>&lt;</p>"
    assert join([inner, inner]) == inner + inner
    for made in (
        listing([HOSTILE]),
        table(HOSTILE, [HOSTILE], [[HOSTILE]]),
        details(HOSTILE, inner),
    ):
        parser = Tags()
        parser.feed(made)
        assert parser.tags <= ALLOWED | {"b"}
        assert parser.handlers == []


def tags_of_a_case_that_says(words: str, workspace: Workspace, model: CaseModel) -> Tags:
    case = Case(
        patient=Patient(family=words, language=words),
        coverages=(Coverage(payer=words, member_id=words),),
        treatments=(Treatment(kind="other", name=words, start="2024", dose=words, note=words),),
        contacts=(Contact(organization=words, said=words, promised=words),),
        tasks=(Task(title=words, due="2026-01-01"),),
    )
    workspace.save(case, None, "x <b>")
    model.load(case.id)
    page = opened(model, Desk()).widget
    find(page, "Add task").click()
    parser = Tags()
    parser.feed(shown(page))
    parser.close()
    return parser


def test_a_hostile_case_adds_no_tag_and_no_handler(workspace: Workspace, model: CaseModel) -> None:
    plain = tags_of_a_case_that_says("Plain words", workspace, model)
    hostile = tags_of_a_case_that_says(HOSTILE, workspace, model)
    assert hostile.tags <= plain.tags
    assert not {"script", "img", "iframe"} & hostile.tags
    assert hostile.handlers == []


# The desk


class UnforeseenError(Exception):
    pass


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NoSuchCase("There is no such case."), "There is no such case."),
        (CaseError([Problem("x", "y", "should be a date", "secret")]), "should be a date"),
        (UnforeseenError("Avery Example"), "report it with the number"),
    ],
)
def test_what_goes_wrong_is_told_without_its_text(error: Exception, words: str) -> None:
    desk = Desk()

    def fail() -> None:
        raise error

    desk.safely(fail)()
    assert words in desk.notice.value
    assert "Avery" not in desk.notice.value
    assert "secret" not in desk.notice.value


def test_what_is_taken_from_a_page_is_closed() -> None:
    place, old = box(()), w.Text()
    nested = box((old,))
    put(place, [nested])
    put(place, [w.Text()])
    assert old.comm is None
    assert nested.comm is None


# The page of a case


def test_the_page_shows_the_whole_case(model: CaseModel, erisa: Case) -> None:
    page = opened(model, Desk()).widget
    text = shown(page)
    assert '<h1 dir="auto">Avery Example</h1>' in text
    assert 'data-tmj-case="case-example-erisa"' in text
    assert "<svg" in text
    assert "Undocumented" in text
    for heading in ("Diagnoses (3)", "Determinations (1)"):
        assert heading in text
    titles = [one.description for one in widgets(page) if isinstance(one, w.Button)]
    assert {"Coverage and law (1)", "Treatments (11)", "Documents (7)"} <= set(titles)
    assert "a75d2baa" not in text, "a digest tells nobody anything"


def test_a_form_saves_and_the_page_follows(model: CaseModel) -> None:
    desk = Desk()
    page = opened(model, desk).widget
    before = shown(page)
    find(page, "Add treatment").click()
    find(page, "Name").value = "Meloxicam of the test"
    find(page, "Save").click()
    assert "look at what is marked" in desk.notice.value
    assert "is missing and is needed" in shown(page)
    find(page, "Kind (needed)").value = "nsaid"
    assert "tmj-unsaved" in shown(page)
    find(page, "Save").click()
    assert "Saved as revision 2" in desk.notice.value
    after = shown(page)
    assert find(page, "Treatments (12)")
    assert "tmj-unsaved" not in after
    assert after.count("Meloxicam of the test") > before.count("Meloxicam of the test")


def test_an_open_form_is_not_lost_by_opening_another(model: CaseModel) -> None:
    desk = Desk()
    section = SectionView("treatments", CaseView(model, desk).context)
    section.edit(None)
    form = section.unsaved
    assert form is not None
    form.update("name", "Half typed")
    assert model.case is not None
    section.edit(model.case.treatments[0])
    assert section.unsaved is form
    assert "form that is open" in desk.notice.value
    model.update(Treatment(kind="nsaid", name="Something else"))
    assert section.unsaved is form
    assert form.texts["name"] == "Half typed"


@pytest.mark.parametrize("new", [True, False])
def test_a_form_that_is_open_is_not_drawn_anew(model: CaseModel, *, new: bool) -> None:
    section = SectionView("treatments", CaseView(model, Desk()).context)
    record = None if new else model.open_case().treatments[0]
    section.edit(record)
    form = section.unsaved
    section.edit(record)
    assert section.unsaved is form, "what is typed between two clicks would be lost"
    section.edit(model.open_case().treatments[1])
    assert section.unsaved is not form


def test_both_sides_of_a_late_save_are_shown(model: CaseModel, other: CaseModel) -> None:
    page = case_widget(model, Desk())
    assert model.case is not None
    assert other.case is not None
    record = model.case.treatments[2]
    other.update(record.model_copy(update={"dose": "theirs of the test"}))
    model.update(record.model_copy(update={"dose": "mine of the test"}))
    text = shown(page)
    assert "somebody else saved this case while you worked on it" in text
    assert "choose which of the two is kept" in text
    assert "Save both" not in {
        one.description for one in widgets(page) if isinstance(one, w.Button)
    }
    choice = next(
        one
        for one in widgets(page)
        if isinstance(one, w.Dropdown) and one.description.endswith(": Dose")
    )
    assert [label for label, _ in choice.options] == [
        "Mine: mine of the test",
        "somebody else: theirs of the test",
    ]
    choice.value = "theirs"
    find(page, "Save as chosen above").click()
    assert model.conflict is None
    assert model.case.treatments[2].dose == "theirs of the test"
    assert "while you worked on it" not in shown(page)


def test_a_new_case_begins_with_the_patient(model: CaseModel) -> None:
    model.new()
    page = case_widget(model, Desk())
    assert find(page, "Family")
    assert f'data-tmj-case="{model.open_case().id}"' in shown(page), "to find it again"


def test_a_panel_is_made_when_it_is_opened_and_keeps_what_is_typed(model: CaseModel) -> None:
    view = CaseView(model, Desk())
    view.refresh()
    treatments = view.panels["treatments"]
    assert treatments.content is None
    find(view.widget, "Treatments (11)").click()
    find(view.widget, "Add treatment").click()
    find(view.widget, "Name").value = "Half typed"
    find(view.widget, "Treatments (11)").click()
    assert not treatments.is_open
    model.update(Treatment(kind="nsaid", name="Something else"))
    find(view.widget, "Treatments (12)").click()
    assert find(view.widget, "Name").value == "Half typed"
    assert "Something else" in shown(view.widget)


def test_another_panel_can_open_the_form_of_a_record(model: CaseModel) -> None:
    view = CaseView(model, Desk())
    view.refresh()
    record = model.open_case().treatments[1]
    view.context.edit("treatments", record.id)
    assert view.panels["treatments"].is_open
    assert find(view.widget, "Name").value == record.name
    view.context.edit("tasks", "")
    assert find(view.widget, "Title (needed)").value == ""
    assert any("--form" in name for name in view.context.desk.notice._dom_classes)


def test_every_list_that_a_form_can_ask_stands_in_one_panel(model: CaseModel) -> None:
    view = opened(model, Desk())
    places: dict[str, list[str]] = {name: [] for name in editable_sections()}
    for key, panel in view.panels.items():
        for name in getattr(panel.content, "sections", ()):
            places.setdefault(name, []).append(key)
    for name, keys in places.items():
        assert len(keys) == 1, (name, keys)
        assert name in view.panels[keys[0]].spec.holds, "else its draft is not found again"
