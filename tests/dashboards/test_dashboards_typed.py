"""What a form tells of what has come of it: typed.js lets no click through before it fits."""

import re

import ipywidgets as w
from hypothesis import given
from hypothesis import strategies as st

from tmjkit.case import BotulinumSession, Case, Questionnaire, Treatment
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.form_view import FormView
from tmjkit.dashboards.instrument_form import InstrumentForm
from tmjkit.dashboards.instrument_view import InstrumentView
from tmjkit.dashboards.markup import Markup
from tmjkit.dashboards.record_form import RecordForm
from tmjkit.dashboards.typed import Typed, as_shown, digest

_ANY = st.text(st.characters(codec=None, exclude_categories=()))


def widgets(root: w.Widget) -> list[w.Widget]:
    return [root, *(one for child in getattr(root, "children", ()) for one in widgets(child))]


def told(typed: Typed) -> int:
    found = re.fullmatch(r'<span data-tmj-typed="(\d+)"></span>', typed.widget.value)
    assert found
    return int(found[1])


def on_the_page(root: w.Widget) -> int:
    """Add up what the script reads: every input that can be kept, by its class."""
    total = 0
    for one in widgets(root):
        names = [name for name in one._dom_classes if name.startswith("tmj-kept--")]
        assert len(names) == (1 if hasattr(one, "value") and not isinstance(one, w.HTML) else 0)
        total += sum(digest(f"{name}={as_shown(one)}") for name in names)
    return total


def nothing() -> None:
    """Stand for a button that is not pressed."""


def opened(form: RecordForm, **options: tuple[str, ...]) -> FormView:
    return FormView(form, Desk(), nothing, nothing, **options)


@given(_ANY, st.characters(codec=None, exclude_categories=()))
def test_a_letter_that_is_held_back_shows(typed: str, last: str) -> None:
    assert digest(typed + last) != digest(typed)


@given(st.text(alphabet="ab\r\n"))
def test_breaks_read_as_a_page_shows_them(words: str) -> None:
    assert "\r" not in as_shown(w.Textarea(value=words))
    assert not {"\r", "\n"} & set(as_shown(w.Text(value=words)))


def test_the_number_is_that_of_the_inputs_at_every_moment() -> None:
    view = opened(RecordForm(Treatment, Case()))
    before = told(view.typed)
    assert before == on_the_page(view.widget)
    for one in widgets(view.widget):
        if isinstance(one, w.Text | w.Textarea):
            one.value = "typed"
        elif isinstance(one, w.Dropdown):
            one.index = len(one.options) - 1
        elif isinstance(one, w.Checkbox):
            one.value = not one.value
        assert told(view.typed) == on_the_page(view.widget)
    assert told(view.typed) != before
    view.form.reset()
    view.form.resume({"name": "from a draft"})
    assert told(view.typed) == on_the_page(view.widget)


def test_parts_that_come_and_go_are_counted() -> None:
    view = opened(RecordForm(BotulinumSession, Case()))
    add = next(
        one
        for one in widgets(view.widget)
        if isinstance(one, w.Button) and one.description == "Add dose"
    )
    add.click()
    add.click()
    assert told(view.typed) == on_the_page(view.widget)
    remove = next(
        one
        for one in widgets(view.widget)
        if isinstance(one, w.Button) and one.tooltip == "Take out: Dose 1"
    )
    remove.click()
    assert told(view.typed) == on_the_page(view.widget)


def test_the_items_of_a_questionnaire_are_kept_and_counted() -> None:
    form = RecordForm(Questionnaire, Case())
    view = opened(form, only=("form", "date"))
    items = InstrumentView(InstrumentForm(form), Desk(), lambda _: Markup(), view.typed)
    view.widget.children = (*view.widget.children, items.widget)
    chosen = view._inputs["form"][0]
    for code, count in (("phq-4", 4), ("gad-7", 7)):
        chosen.value = code
        fields = [one for one in widgets(items.widget) if isinstance(one, w.Text)]
        assert len(fields) == count
        assert "tmj-kept--questionnaires-new--answers.2" in fields[1]._dom_classes
        fields[1].value = "3"
        assert told(view.typed) == on_the_page(view.widget)
