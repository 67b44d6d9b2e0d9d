"""The panels of coverages, treatments and injections."""

from datetime import date
from importlib import import_module

import ipywidgets as w
import pytest

from tmjkit.case import Case, Coverage, Treatment
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.coverage_view import CoverageView
from tmjkit.dashboards.coverage_words import law_words, questions
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.fields import fields_of
from tmjkit.dashboards.ledger_table import ledger_table, steps_asked
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.dashboards.policy_model import PolicyModel
from tmjkit.dashboards.sessions_view import SessionsView
from tmjkit.dashboards.treatments_view import TreatmentsView
from tmjkit.examples import load
from tmjkit.knowledge import library
from tmjkit.rules.assessment import assess_case
from tmjkit.rules.ledger import ledger
from tmjkit.rules.regime import asked_field, regime

TODAY = date(2026, 11, 24)
HOSTILE = "<script>x()</script>\"'&{}"


@pytest.fixture
def context(model: CaseModel) -> CaseContext:
    policy = PolicyModel(model)
    return CaseContext(model, Desk(), PapersModel(model, lambda: policy.library), policy)


def inside(root: w.Widget) -> list[w.Widget]:
    return [root, *(one for child in getattr(root, "children", ()) for one in inside(child))]


def said(root: w.Widget) -> str:
    return "\n".join(one.value for one in inside(root) if isinstance(one, w.HTML))


def button(root: w.Widget, label: str) -> w.Button:
    return next(
        one for one in inside(root) if isinstance(one, w.Button) and one.description == label
    )


# Coverage and law


def test_every_question_about_the_law_has_a_field_of_its_own_to_answer_it() -> None:
    known = {field.path for field in fields_of(Coverage)}
    rule = import_module("tmjkit.rules.regime")
    asks = [words for name, words in vars(rule).items() if name.startswith("_ASK_")]
    assert len(asks) > 10
    assert {asked_field(ask) for ask in asks} <= known
    assert asked_field(regime(Coverage(payer="Example")).asks[0]) == "funding"


def test_what_is_unknown_is_asked_and_never_guessed() -> None:
    coverage = Coverage(payer=HOSTILE)
    case = Case(coverages=(coverage,))
    found = assess_case(case, TODAY)
    law = dict(found.laws)[coverage.id]
    asked = {one.field for one in questions(coverage, law, found)}
    assert asked >= {"funding", "excludes_tmd", "member_id", "policy"}
    words = law_words(coverage, law, found, library().facts)
    assert "Which law governs is not known yet" in words
    assert "<script" not in words


def test_an_exclusion_is_shown_in_the_plans_own_words() -> None:
    coverage = Coverage(payer="Example", excludes_tmd=True, exclusion=f"No TMJ care {HOSTILE}")
    found = assess_case(Case(coverages=(coverage,)), TODAY)
    law = dict(found.laws)[coverage.id]
    words = law_words(coverage, law, found, {})
    assert "No TMJ care &lt;script" in words
    bare = coverage.model_copy(update={"exclusion": ""})
    assert "exclusion" in {one.field for one in questions(bare, law, found)}


def test_a_question_opens_the_form_at_its_field(context: CaseContext) -> None:
    view = CoverageView(context)
    view.refresh()
    assert "29 USC 1144" in said(view.widget)
    button(view.widget, "Enter: Excludes TMD").click()
    form = view.sections["coverages"].unsaved
    assert form is not None
    assert f'data-tmj-field="{form.key}--excludes_tmd"' in said(view.widget)


# Treatments


def test_the_ledger_says_when_how_long_what_it_did_and_where_it_is_written() -> None:
    case = load("self-funded-erisa-denial").case
    shown = ledger_table(case, ledger(case, TODAY), ())
    assert shown.index("Naproxen") < shown.index("Nortriptyline")
    for words in ("February 5 to March 18, 2024", "43 days", "Adverse effect", "Prescription"):
        assert words in shown
    assert shown.count("tmj-undocumented") == sum(not one.documented for one in case.treatments)
    assert "The policy&#39;s step" not in shown


def test_the_policys_steps_stand_beside_what_meets_them() -> None:
    case = load("self-funded-erisa-denial").case
    chosen = case.coverages[0].model_copy(update={"policy": "example-conservative-care"})
    case = case.with_record(chosen)
    found = assess_case(case, TODAY)
    shown = ledger_table(case, ledger(case, TODAY), found.criteria)
    row = shown.partition("Naproxen")[2].partition("</tr>")[0]
    assert "Step 4" in row
    assert "Met" in row
    asked = steps_asked(case, found)
    assert 'Decided by:</span> <span dir="auto">Naproxen' in asked
    assert "Not shown" in asked


def test_hostile_words_stay_words_in_the_ledger() -> None:
    treatment = Treatment(
        kind="other", name=HOSTILE, dose=HOSTILE, response_text=HOSTILE, adverse_effects=HOSTILE
    )
    case = Case(treatments=(treatment,))
    assert "<script" not in ledger_table(case, ledger(case, TODAY), ())


def test_a_row_of_the_ledger_opens_its_form(context: CaseContext) -> None:
    view = TreatmentsView(context)
    view.refresh()
    case = context.model.open_case()
    wish = next(one for one in inside(view.widget) if "tmj-wish" in one._dom_classes)
    wish.value = "no-such-record 1"
    assert view.sections["treatments"].unsaved is None
    wish.value = f"{case.diagnoses[0].id} 2"
    assert view.sections["treatments"].unsaved is None
    wish.value = f"{case.treatments[2].id} 3"
    form = view.sections["treatments"].unsaved
    assert form is not None
    assert form.original == case.treatments[2]


# Injections


def test_the_diagram_follows_the_form_and_the_session_that_is_chosen(context: CaseContext) -> None:
    model = context.model
    example = load("california-not-medically-necessary").case
    bare = [one.model_copy(update={"sources": (), "provider_id": None}) for one in example.sessions]
    for one in bare:
        model.update(one)
    view = SessionsView(context)
    view.refresh()
    chosen = next(one for one in inside(view.widget) if isinstance(one, w.Dropdown))
    assert chosen.value == bare[1].id
    assert "Masseter, right: 25 units" in said(view.widget)
    button(view.widget, "Draw the response").click()
    assert "<svg" in said(view.widget).partition('aria-label="Response to injections"')[2]
    button(view.widget, "Add injection session").click()
    form = view.sections["sessions"].unsaved
    assert form is not None
    form.add_part(next(one for one in form.fields if one.path == "doses"))
    for path, typed in (("muscle", "temporalis"), ("side", "left"), ("units", "12.5")):
        form.update(f"doses.0.{path}", typed)
    assert "Temporalis, left: 12.5 units" in said(view.widget)
    button(view.widget, "Cancel").click()
    assert "Temporalis, left: 12.5 units" not in said(view.widget)
