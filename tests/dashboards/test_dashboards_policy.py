"""A payer's policy is entered in a form, kept as a file, and chosen for a coverage."""

import re
import stat
import subprocess
import sys
from pathlib import Path

import ipywidgets as w
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.policy_fields import (
    Ask,
    head_questions,
    kinds,
    model_of,
)
from tmjkit.dashboards.policy_fields import (
    test_questions as questions,
)
from tmjkit.dashboards.policy_file import (
    PolicyFileError,
    is_ours,
    opened,
    text_of,
    write,
)
from tmjkit.dashboards.policy_form import WHOLE, PolicyForm
from tmjkit.dashboards.policy_model import PolicyModel
from tmjkit.dashboards.policy_texts import new_row, rows_of
from tmjkit.dashboards.policy_view import PolicyView
from tmjkit.knowledge import KnowledgeError, Policy, library
from tmjkit.knowledge.loader import contents
from tmjkit.knowledge.place import VARIABLE, folder_of
from tmjkit.knowledge.policy import TESTS, AtLeast

HEAD = {
    "title": "Botulinum toxins",
    "payer": "Example Health",
    "number": "EX-7",
    "effective": "2026-01-01",
    "retrieved": "2026-11-20",
}
ROWS = {
    "treatment-failed": {"kinds": "nsaid, splint", "duration": "6 weeks", "together": "yes"},
    "treatment-tried": {"kinds": "cbt", "sessions": "4", "supervised": "yes"},
    "diagnosis": {"codes": "M79.1, M26.62", "dc_tmd": "myalgia"},
    "specialist": {"words": "orofacial pain, neurology"},
    "measurement": {"instrument": "gcps-grade", "version": "2.0", "within_days": "90"},
    "dose": {"products": "onabotulinumtoxinA", "max_units": "100.5"},
    "interval": {"weeks": "12"},
    "sessions-limit": {"at_most": "4", "within_months": "12"},
    "response": {"relief_percent": "30", "which": "each"},
    "stop-rule": {"failures": "2", "relief_percent": "30"},
    "document": {"kinds": "imaging, clinical-note"},
    "duration-of-symptoms": {"duration": "3 months"},
    "age": {"at_least": "18"},
    "attestation": {"name": "no-infection", "what": "There is no infection."},
}


def form(*rows, **head):
    made = PolicyForm(())
    made.texts = {**made.texts, **HEAD, **head}
    made.rows = [new_row(test) | fields for test, fields in rows]
    return made


def row(test, group="", **more):
    return test, ROWS[test] | {"group": group} | more


# The questions


def test_the_form_asks_every_field_of_every_test():
    assert {code for _, code in kinds()} == set(ROWS)
    for code in ROWS:
        asked = [one.name for one in questions(code)]
        assert len(asked) == len(set(asked))
        assert set(asked) == set(model_of(code).model_fields) - {"test"}
        assert all(one.label and one.help for one in questions(code))
    assert len(kinds()) == len(TESTS)


def test_the_form_asks_what_a_payers_policy_needs():
    needed = {one.name for one in head_questions() if one.required}
    assert needed == {"title", "payer", "number", "effective", "retrieved"}
    asked = {one.name for one in head_questions()}
    assert set(Policy.model_fields) - asked == {"id", "example", "origin", "facts", "criteria"}


def test_choices_are_those_of_the_case_in_words():
    options = {one.name: one for one in questions("treatment-failed")}
    assert ("Oral splint", "splint") in options["kinds"].options
    assert options["kinds"].ask is Ask.CHOICES
    assert ("It did not help enough", "ineffective") in options["failed_when"].options
    assert options["duration"].ask is Ask.DURATION


# The form without widgets


@pytest.mark.parametrize("test", ROWS)
def test_each_kind_of_criterion_can_be_entered_and_opened_again(test):
    made = form(row(test))
    policy = made.policy()
    assert made.errors == {}
    assert policy is not None
    assert [one.test for one in policy.tests] == [test]
    assert contents("x.yaml", text_of(policy)).policies == (policy,)
    again = PolicyForm((), policy)
    assert not again.changed
    assert again.policy() == policy
    for name, text in ROWS[test].items():
        assert again.rows[0][name] == text


def test_groups_stand_for_each_other():
    made = form(
        row("age"),
        row("interval", "A"),
        row("document", "A"),
        row("dose", "B"),
        row("diagnosis", "B"),
    )
    made.update("needed.B", "2")
    policy = made.policy()
    assert policy is not None
    alone, one_of, both = policy.criteria.children
    assert alone.test == "age"
    assert [child.test for child in one_of.children] == ["interval", "document"]
    assert one_of.needed == 1
    assert isinstance(both, AtLeast)
    assert both.needed == 2
    again = PolicyForm((), policy)
    assert again.groups() == ("A", "B")
    assert (again.texts["needed.A"], again.texts["needed.B"]) == ("1", "2")
    assert again.policy() == policy


@pytest.mark.parametrize("needed", ["", "0", "3", "two", "²"])
def test_a_group_says_how_many_of_it_are_enough(needed):
    made = form(row("interval", "A"), row("document", "A"))
    made.update("needed.A", needed)
    assert made.policy() is None
    assert made.errors == {"needed.A": "should be a whole number from 1 to 2"}


def test_everything_that_is_wrong_is_told_at_its_field():
    made = form(
        row("treatment-failed", kinds=""),
        row("interval", weeks="many"),
        row("dose", products=""),
        number="",
        effective="soon",
    )
    assert made.policy() is None
    assert made.errors["rows.0.kinds"] == "is missing and is needed"
    assert "whole number" in made.errors["rows.1.weeks"]
    assert "units differ" in made.errors["rows.2"]
    assert made.errors["effective"] == "should be a day, such as 2026-11-23"
    made.update("rows.0.kinds", "nsaid")
    assert "rows.0.kinds" not in made.errors
    assert made.blockers()


def test_what_a_payers_policy_lacks_as_a_whole_is_told():
    made = form(row("age"), number="", retrieved="")
    assert made.policy() is None
    needed = "is missing and is needed"
    assert made.errors == {"number": needed, "retrieved": needed}
    wrong = form(row("age"), expires="2025-12-31")
    assert wrong.policy() is None
    assert "expires should not lie before effective" in wrong.errors[WHOLE]
    empty = form()
    assert empty.policy() is None
    assert empty.errors == {WHOLE: "A policy needs at least one criterion."}


def test_rows_are_added_and_taken_out():
    made = form(row("age"))
    made.add_row("interval")
    made.update("rows.1.weeks", "12")
    made.remove_row(0)
    assert [one["test"] for one in made.rows] == ["interval"]
    assert made.changed
    made.reset()
    assert not made.changed


@pytest.mark.parametrize(
    ("payer", "number", "taken", "made"),
    [
        ("Example Health", "EX-7", (), "example-health-ex-7"),
        ("Example Health", "EX-7", ("example-health-ex-7",), "example-health-ex-7-2"),
        ("Salud Ñandú", "none", (), "salud-nandu-botulinum-toxins"),
        ("مثال", "\u0667", (), "policy"),
        ("../../etc", "passwd", (), "etc-passwd"),
    ],
)
def test_a_new_policy_gets_an_id_that_is_free_and_a_safe_file_name(payer, number, taken, made):
    filled = form(row("age"), payer=payer, number=number)
    filled.taken = frozenset(taken)
    policy = filled.policy()
    assert policy is not None
    assert policy.id == made


def test_a_policy_that_is_nested_deeper_is_left_to_its_file():
    inner = {"all_of": [{"any_of": [{"all_of": [{"test": "age", "at_least": 1}]}]}]}
    deep = Policy.model_validate({"id": "d", "title": "D", "example": True, "criteria": inner})
    assert rows_of(deep.criteria) is None
    with pytest.raises(ValueError, match="nested deeper"):
        PolicyForm((), deep)
    titled = {"title": "Proof", "all_of": [{"test": "age", "at_least": 1}]}
    named = Policy.model_validate({"id": "d", "title": "D", "example": True, "criteria": titled})
    assert rows_of(named.criteria) is None  # the title would be lost


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.sampled_from([one.name for one in head_questions()]), st.text(max_size=30)),
    st.sampled_from(sorted(ROWS)),
    st.data(),
)
def test_whatever_is_typed_is_refused_in_words_or_kept_as_it_is(head, test, data):
    names = [one.name for one in questions(test)]
    typed = data.draw(st.dictionaries(st.sampled_from(names), st.text(max_size=30)))
    made = form(row(test, **typed), **head)
    policy = made.policy()
    assert (policy is None) == bool(made.errors)
    if policy is not None:
        text = text_of(policy)
        (read,) = contents("x.yaml", text).policies
        assert read == policy
        assert text_of(read) == text  # or its file would count as changed by hand


# The file


def saved(folder: Path, **head) -> Policy:
    policy = form(row("age"), **head).policy()
    assert policy is not None
    return write(folder, policy).policies[policy.id]


def test_the_file_is_for_this_account_only_and_reads_as_people_write(tmp_path):
    policy = saved(tmp_path / "knowledge")
    path = tmp_path / "knowledge" / "example-health-ex-7.yaml"
    assert policy.origin == path.name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "\n    effective: 2026-01-01\n" in path.read_text().replace(
        "  effective", "    effective"
    )
    assert library(tmp_path / "knowledge").policies[policy.id] == policy
    assert is_ours(tmp_path / "knowledge", policy)


def test_two_equal_days_make_no_alias(tmp_path):
    policy = saved(tmp_path, effective="2026-11-20", expires="2026-11-20")
    assert policy.effective == policy.retrieved == policy.expires


def test_a_change_is_written_over_the_same_file_only(tmp_path):
    policy = saved(tmp_path)
    changed = policy.model_copy(update={"title": "Another title"})
    found = write(tmp_path, changed, replaces=opened(tmp_path, policy.origin))
    assert found.policies[policy.id].title == "Another title"
    assert [path.name for path in tmp_path.iterdir()] == [policy.origin]


def test_another_file_is_never_written_over(tmp_path):
    (tmp_path / "example-health-ex-7.yaml").write_text("facts: []\n")
    with pytest.raises(PolicyFileError, match="rename that first"):
        saved(tmp_path)
    assert (tmp_path / "example-health-ex-7.yaml").read_text() == "facts: []\n"
    (tmp_path / "example-health-ex-7.yaml").unlink()
    (tmp_path / "example-health-ex-7.yaml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PolicyFileError):
        saved(tmp_path)


def test_what_can_not_be_read_afterwards_is_taken_back(tmp_path):
    (tmp_path / "broken.yaml").write_text("facts: 3\n")
    with pytest.raises(KnowledgeError, match=r"broken\.yaml"):
        saved(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["broken.yaml"]
    (tmp_path / "broken.yaml").unlink()
    policy = saved(tmp_path)
    before = (tmp_path / policy.origin).read_bytes()
    (tmp_path / "broken.yaml").write_text("facts: 3\n")
    changed, file = policy.model_copy(update={"title": "T"}), opened(tmp_path, policy.origin)
    with pytest.raises(KnowledgeError):
        write(tmp_path, changed, replaces=file)
    assert (tmp_path / policy.origin).read_bytes() == before


def test_what_people_wrote_or_took_over_stays_theirs(tmp_path):
    policy = saved(tmp_path)
    path = tmp_path / policy.origin
    path.write_text(path.read_text().split("\n", 1)[1])
    assert not is_ours(tmp_path, library(tmp_path).policies[policy.id])
    assert not is_ours(tmp_path, library().policies["example-reauthorization"])


ADDED = """- id: second
  title: Another
  payer: Example Second
  number: ES-1
  effective: 2026-01-01
  retrieved: 2026-11-20
  criteria: {test: age, at_least: 18}
"""


@pytest.mark.parametrize(
    "by_hand",
    [
        lambda text: text + ADDED,
        lambda text: text.replace("policies:", "policies:  # asked on the phone"),
        lambda text: text.replace("  title: Botulinum", "  title:  Botulinum"),
        lambda text: text + "\n",
    ],
    ids=["policy", "comment", "space", "line"],
)
def test_what_people_changed_below_the_mark_stays_theirs(by_hand, policies):
    folder = policies.folder
    saved = policies.save(fill(policies.form(), row("interval")))
    assert is_ours(folder, saved)
    path = folder / saved.origin
    text = by_hand(path.read_text())
    assert text != path.read_text()
    path.write_text(text)
    policies.reload()
    assert policies.trouble == ""
    assert not any(policies.changeable(one) for one in policies.policies())
    view = PolicyView(policies, Desk())
    view.refresh()
    assert "changed by hand" in shown(view.widget)
    assert not [one for one in widgets(view.widget) if getattr(one, "description", "") == "Change"]
    with pytest.raises(PolicyFileError, match="by hand"):
        policies.form(policies.library.policies[saved.id])
    assert path.read_text() == text


def test_what_another_page_saved_a_moment_ago_is_still_the_forms(policies, model):
    saved = policies.save(fill(policies.form(), row("interval")))
    other = PolicyModel(model)
    change = other.form(saved)
    change.update("number", "EX-8")
    other.save(change)
    assert policies.changeable(saved)
    assert policies.form(saved).texts["number"] == "EX-8"


def test_a_folder_that_can_not_be_used_is_told_without_its_path(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PolicyFileError) as caught:
        saved(tmp_path / "file")
    assert str(tmp_path) not in str(caught.value)


def test_the_folder_stands_beside_the_workspace_or_is_named(monkeypatch, tmp_path):
    monkeypatch.delenv(VARIABLE, raising=False)
    assert folder_of("/office/cases.tmjkit") == Path("/office/knowledge")
    assert folder_of("postgresql://office/cases") is None
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert folder_of("postgresql://office/cases") == tmp_path


# On the page


@pytest.fixture
def policies(model: CaseModel, monkeypatch) -> PolicyModel:
    monkeypatch.delenv(VARIABLE, raising=False)
    return PolicyModel(model)


def fill(made: PolicyForm, *rows, **head) -> PolicyForm:
    wanted = form(*rows, **head)
    made.texts, made.rows = {**made.texts, **wanted.texts}, wanted.rows
    return made


def test_a_policy_is_saved_chosen_and_held_against_the_case(policies, model, workspace):
    policy = policies.save(fill(policies.form(), row("interval")))
    assert policy is not None
    assert policies.policies()[0] == policy
    assert policies.changeable(policy)
    (coverage,) = model.case.coverages
    assert policies.choose(coverage.id, policy.id)
    assert not policies.choose(coverage.id, policy.id)
    assert workspace.load(model.case.id).case.coverages[0].policy == "example-health-ex-7"
    words = {code: label for label, code in policies.options(model.case.coverages[0])}
    assert words[policy.id].endswith("[example-health-ex-7]")
    assert "no payer's policy" in words["example-reauthorization"]


def test_an_unknown_policy_stays_until_another_is_chosen(policies, model):
    (coverage,) = model.case.coverages
    policies.choose(coverage.id, "gone")
    options = policies.options(model.case.coverages[0])
    assert options[1] == ("A policy that is not entered", "gone")


def test_a_broken_file_is_told_and_nothing_can_be_entered_before_it_is_right(policies, model):
    assert policies.folder is not None
    policies.folder.mkdir()
    (policies.folder / "ours.yaml").write_text("policies: 3\n")
    policies.reload()
    assert "ours.yaml: policies: should be a list" in policies.trouble
    assert policies.blockers()
    assert "example-reauthorization" in policies.library.policies
    view = PolicyView(PolicyModel(model), Desk())
    view.refresh()
    assert "ours.yaml" in shown(view.widget)
    assert find(view.widget, "Enter a policy").disabled


def widgets(root: w.Widget) -> list[w.Widget]:
    found = [root]
    for child in getattr(root, "children", ()):
        found += widgets(child)
    return found


def shown(root: w.Widget) -> str:
    return "\n".join(one.value for one in widgets(root) if isinstance(one, w.HTML))


def find(root: w.Widget, description: str) -> w.Widget:
    return next(one for one in widgets(root) if getattr(one, "description", "") == description)


@pytest.fixture
def view(model: CaseModel, monkeypatch) -> PolicyView:
    monkeypatch.delenv(VARIABLE, raising=False)
    made = PolicyView(PolicyModel(model), Desk())
    made.refresh()
    return made


def test_a_policy_is_entered_by_clicking(view, model):
    find(view.widget, "Enter a policy").click()
    find(view.widget, "Title (needed)").value = "<b>Toxins</b>"
    find(view.widget, "Payer (needed)").value = "Example Health"
    find(view.widget, "Number of the policy (needed)").value = "EX-7"
    find(view.widget, "Holds from (needed)").value = "2026-01-01"
    find(view.widget, "Text retrieved on (needed)").value = "2026-11-20"
    find(view.widget, "Oral splint").value = True
    find(view.widget, "NSAID").value = True
    find(view.widget, "Duration").value = "6"
    find(view.widget, "Duration in").value = "months"
    find(view.widget, "Kind").value = "interval"
    find(view.widget, "Add criterion").click()
    find(view.widget, "Save").click()
    assert "is missing and is needed" in shown(view.widget)
    assert view.unsaved
    find(view.widget, "Least number of weeks (needed)").value = "12"
    groups = [one for one in widgets(view.widget) if getattr(one, "description", "") == "Group"]
    for group in groups:
        group.value = "A"
    assert "Of the 2 criteria in the group." in shown(view.widget)
    find(view.widget, "How many of group A are enough (needed)").value = "1"
    find(view.widget, "Save").click()
    assert "&lt;b&gt;Toxins" in shown(view.widget)
    assert "<b>Toxins" not in shown(view.widget)
    (policy,) = [one for one in view.model.policies() if one.origin]
    (group,) = policy.criteria.children
    failed, interval = group.children
    assert failed.kinds == ("splint", "nsaid")
    assert failed.duration.months == 6
    assert interval.weeks == 12
    find(view.widget, f"Policy for {model.case.coverages[0].payer}").value = policy.id
    find(view.widget, "Use this policy").click()
    assert model.case.coverages[0].policy == policy.id


def test_changing_a_policy_keeps_its_id_and_canceling_changes_nothing(view):
    view.model.save(fill(view.model.form(), row("interval")))
    view.refresh()
    find(view.widget, "Change").click()
    find(view.widget, "Title (needed)").value = "Given up"
    find(view.widget, "Cancel").click()
    assert [one.title for one in view.model.policies() if one.origin] == ["Botulinum toxins"]
    find(view.widget, "Change").click()
    find(view.widget, "Number of the policy (needed)").value = "EX-8"
    find(view.widget, "Save").click()
    (policy,) = [one for one in view.model.policies() if one.origin]
    assert (policy.id, policy.number) == ("example-health-ex-7", "EX-8")


def test_an_open_form_is_not_lost_to_another(view):
    find(view.widget, "Enter a policy").click()
    find(view.widget, "Title (needed)").value = "Half"
    view.refresh()
    view.edit(None)
    assert find(view.widget, "Title (needed)").value == "Half"


def test_the_models_know_nothing_of_widgets():
    modules = "policy_fields, policy_file, policy_form, policy_model"
    code = (
        f"import sys\nfrom tmjkit.dashboards import {modules}\nprint('ipywidgets' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


# Drafts


def begin(view, payer):
    find(view.widget, "Enter a policy").click()
    find(view.widget, "Payer (needed)").value = payer


def page(model, desk=None):
    made = PolicyView(PolicyModel(model), desk or Desk())
    made.refresh()
    return made


def go_on(view):
    """Return the buttons that go on with what was begun, by what they say."""
    start = "Go on with the policy: "
    tips = {getattr(one, "tooltip", None) or "": one for one in widgets(view.widget)}
    return {tip.removeprefix(start): one for tip, one in tips.items() if tip.startswith(start)}


def test_a_policy_that_was_left_half_typed_is_named_and_gone_on_with(model):
    begin(page(model), "Example <b>Health</b>, half typed")
    again = page(model)
    assert not again.unsaved
    assert "Example &lt;b&gt;Health&lt;/b&gt;, half typed" in shown(again.widget)
    go_on(again)["New policy of a payer: Example <b>Health</b>, half typed"].click()
    assert find(again.widget, "Payer (needed)").value == "Example <b>Health</b>, half typed"
    assert go_on(again) == {}
    find(again.widget, "Cancel").click()
    assert go_on(again) == {}
    assert page(model).model.begun() == ()


def test_policies_that_are_written_on_two_pages_do_not_overwrite_each_other(model):
    one, two = page(model), page(model)
    begin(one, "Example First")
    begin(two, "Example Second")
    left = page(model)
    names = ["New policy of a payer: Example First", "New policy of a payer: Example Second"]
    assert sorted(go_on(left)) == names
    find(two.widget, "Cancel").click()
    assert list(go_on(page(model))) == names[:1]
    # What is open elsewhere and was given up there is not brought back by an old row.
    go_on(left)[names[1]].click()
    assert not left.unsaved
    assert list(go_on(left)) == names[:1]
    go_on(left)[names[0]].click()
    assert find(left.widget, "Payer (needed)").value == "Example First"


def test_two_that_say_the_same_have_different_names(model):
    for _ in range(2):
        begin(page(model), "Example Health")
    name = "New policy of a payer: Example Health"
    assert sorted(go_on(page(model))) == [name, f"{name} (2)"]


def test_a_change_that_was_begun_is_gone_on_with_by_its_own_button(view, model):
    view.model.save(fill(view.model.form(), row("interval")))
    view.refresh()
    find(view.widget, "Change").click()
    find(view.widget, "Number of the policy (needed)").value = "EX-8"
    begin(page(model), "Example Second")
    desk = Desk()
    again = page(model, desk)
    assert "Change Botulinum toxins: Example Health, EX-8, Botulinum toxins" in go_on(again)
    find(again.widget, "Change").click()
    assert find(again.widget, "Number of the policy (needed)").value == "EX-8"
    assert "what you had begun" in desk.notice.value
    find(again.widget, "Save").click()
    assert list(go_on(page(model))) == ["New policy of a payer: Example Second"]


def test_a_change_of_a_policy_that_people_took_over_becomes_a_new_one(view, model):
    view.model.save(fill(view.model.form(), row("interval")))
    view.refresh()
    find(view.widget, "Change").click()
    find(view.widget, "Number of the policy (needed)").value = "EX-8"
    path = view.model.folder / "example-health-ex-7.yaml"
    path.write_text(path.read_text().split("\n", 1)[1])
    again = page(model)
    (button,) = go_on(again).values()
    button.click()
    assert "New policy of a payer" in shown(again.widget)
    find(again.widget, "Save").click()
    numbers = {one.id: one.number for one in again.model.policies() if one.origin}
    assert numbers == {"example-health-ex-7": "EX-7", "example-health-ex-8": "EX-8"}
    assert page(model).model.begun() == ()


class Waiting(Desk):
    """A desk whose clock is turned by hand."""

    def __init__(self):
        super().__init__()
        self.waits = []

    def later(self, seconds, do):
        assert seconds == 0.5
        self.waits.append(do)
        return lambda: self.waits.remove(do)


def test_a_draft_is_written_at_once_and_steady_typing_does_not_put_it_off(model):
    desk = Waiting()
    view = page(model, desk)
    begin(view, "E")

    def kept():
        (one,) = view.model.drafts.all().values()
        return one["state"]["texts"]["payer"]

    assert kept() == "E"
    for words in ("Ex", "Exa"):
        find(view.widget, "Payer (needed)").value = words
    assert kept() == "E"
    assert len(desk.waits) == 1  # no key pushes it back
    desk.waits.pop()()
    assert kept() == "Exa"
    find(view.widget, "Payer (needed)").value = "Exam"
    assert kept() == "Exa"
    find(view.widget, "Cancel").click()
    assert view.model.drafts.all() == {}
    assert desk.waits == []


@pytest.mark.parametrize("test", ROWS)
def test_scripts_find_every_field_by_a_name_of_its_own(test, view):
    view._open(fill(view.model.form(), row(test, "A"), row(test, "D")))
    inputs = [
        one
        for one in widgets(view._form.widget)
        if isinstance(one, w.Text | w.Textarea | w.Dropdown | w.Checkbox)
        and one.description != "Kind"
    ]
    names = [name for one in inputs for name in one._dom_classes if name.startswith("tmj-kept--")]
    assert len(names) == len(set(names)) == len(inputs)
    # The pattern of connection.js, which passes over any other.
    assert [name for name in names if not re.fullmatch(r"[a-z0-9._-]+", name)] == []
