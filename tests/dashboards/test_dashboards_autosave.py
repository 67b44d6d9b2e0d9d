"""A form saves itself, keeps what doesn't hold yet, and goes on on top of what others saved."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmjkit.case import BotulinumSession, Case, Treatment
from tmjkit.dashboards.autosave import DRAFT_SECONDS, SAVE_SECONDS, Autosave
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.drafts import Drafts, cases_with_drafts
from tmjkit.dashboards.form_merge import rebased, touched
from tmjkit.dashboards.merge import Side
from tmjkit.dashboards.record_form import RecordForm
from tmjkit.store import StoreUnavailable


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0
        self._waiting: list[tuple[float, Callable[[], None]]] = []

    def later(self, seconds: float, do: Callable[[], None]) -> Callable[[], None]:
        entry = (self.now + seconds, do)
        self._waiting.append(entry)
        return lambda: self._waiting.remove(entry) if entry in self._waiting else None

    def passes(self, seconds: float) -> None:
        end = self.now + seconds
        while due := [one for one in self._waiting if one[0] <= end]:
            first = min(due, key=lambda one: one[0])
            self._waiting.remove(first)
            self.now = first[0]
            first[1]()
        self.now = end


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def drafts(model: CaseModel) -> Drafts:
    return Drafts(model.workspace, model.author, model.open_case().id)


@pytest.fixture
def form(model: CaseModel) -> RecordForm:
    return RecordForm(Treatment, model.open_case())


@pytest.fixture
def saver(form: RecordForm, model: CaseModel, drafts: Drafts, clock: Clock) -> Autosave:
    return Autosave(form, model, drafts, clock.later)


def number(model: CaseModel) -> int:
    return model.workspace.head(model.open_case().id).number


def change(model: CaseModel, place: int, **fields: object) -> Treatment:
    record = model.open_case().treatments[place].model_copy(update=fields)
    model.update(record)
    return record


def test_the_first_letter_is_kept_at_once(
    form: RecordForm, saver: Autosave, drafts: Drafts
) -> None:
    form.update("name", "N")
    assert [draft.typed for draft in drafts.all()] == [{"name": "N"}]
    assert saver.said.startswith("Not saved yet")


def test_what_follows_is_kept_within_half_a_second(
    form: RecordForm, saver: Autosave, drafts: Drafts, clock: Clock
) -> None:
    for typed in ("N", "Na", "Nap"):
        form.update("name", typed)
    assert drafts.all()[0].typed == {"name": "N"}
    clock.passes(DRAFT_SECONDS)
    assert drafts.all()[0].typed == {"name": "Nap"}
    saver.close()


def test_what_holds_becomes_one_revision_once_nobody_types(
    form: RecordForm, saver: Autosave, model: CaseModel, drafts: Drafts, clock: Clock
) -> None:
    before = number(model)
    for typed in ("M", "Me", "Meloxicam"):
        form.update("name", typed)
        clock.passes(1)
    form.update("kind", "nsaid")
    assert number(model) == before
    clock.passes(SAVE_SECONDS)
    assert number(model) == before + 1
    assert model.open_case().treatments[-1].name == "Meloxicam"
    assert "revision" in saver.said
    assert drafts.all() == ()
    form.update("dose", "15 mg")
    clock.passes(SAVE_SECONDS)
    added = [one for one in model.open_case().treatments if one.name == "Meloxicam"]
    assert [one.dose for one in added] == ["15 mg"], "it is the same record, not one more"


def test_what_does_not_hold_is_kept_and_told_only_where_somebody_typed(
    form: RecordForm, saver: Autosave, model: CaseModel, drafts: Drafts, clock: Clock
) -> None:
    before = number(model)
    form.update("start", "some time in spring")
    clock.passes(SAVE_SECONDS)
    assert number(model) == before
    assert set(form.errors) == {"start"}, "the kind is missing too, but nobody came to it yet"
    assert "Kind" in saver.said
    assert drafts.all()[0].typed == {"start": "some time in spring"}


def test_a_form_that_was_left_comes_back_as_it_was_typed(
    form: RecordForm, saver: Autosave, model: CaseModel, drafts: Drafts
) -> None:
    form.update("name", "Half typed")
    saver.close()
    assert cases_with_drafts(model.workspace, "me") == (model.open_case().id,)
    assert cases_with_drafts(model.workspace, "somebody else") == ()
    again = RecordForm(Treatment, model.open_case())
    again.resume(drafts.all()[0].typed)
    assert again.texts["name"] == "Half typed"
    assert again.changed


def test_giving_up_puts_back_what_was_saved_by_itself(
    model: CaseModel, drafts: Drafts, clock: Clock
) -> None:
    before = model.open_case().treatments[0]
    form = RecordForm(Treatment, model.open_case(), before)
    saver = Autosave(form, model, drafts, clock.later)
    form.update("dose", "another dose")
    clock.passes(SAVE_SECONDS)
    assert model.open_case().treatments[0].dose == "another dose"
    saver.give_up()
    assert model.open_case().treatments[0] == before
    assert drafts.all() == ()


def test_giving_up_a_new_record_takes_it_out_again(
    form: RecordForm, saver: Autosave, model: CaseModel, clock: Clock
) -> None:
    count = len(model.open_case().treatments)
    form.update("kind", "nsaid")
    clock.passes(SAVE_SECONDS)
    assert len(model.open_case().treatments) == count + 1
    saver.give_up()
    assert len(model.open_case().treatments) == count


def test_the_page_takes_over_and_tells_what_somebody_else_saved(
    model: CaseModel, other: CaseModel
) -> None:
    model.look()
    assert model.said == ""
    record = change(other, 0, dose="theirs")
    model.look()
    assert model.open_case().treatments[0].dose == "theirs"
    assert "somebody else saved revision 2 meanwhile" in model.said
    assert f"{record.name}: Dose" in model.said
    assert "theirs" not in model.said, "a value is not read out loud"


def test_two_people_in_different_fields_keep_both(model: CaseModel, other: CaseModel) -> None:
    change(other, 0, dose="theirs")
    change(model, 0, note="mine")
    kept = model.open_case().treatments[0]
    assert (kept.dose, kept.note) == ("theirs", "mine")
    assert model.conflict is None
    assert "and kept what somebody else saved" in model.said


def test_two_people_in_one_field_have_to_choose(model: CaseModel, other: CaseModel) -> None:
    change(other, 0, dose="theirs")
    change(model, 0, dose="mine")
    assert model.conflict is not None
    assert model.workspace.load(model.open_case().id).case.treatments[0].dose == "theirs"


def test_an_open_form_goes_on_on_top_of_theirs(
    model: CaseModel, other: CaseModel, drafts: Drafts, clock: Clock
) -> None:
    form = RecordForm(Treatment, model.open_case(), model.open_case().treatments[0])
    saver = Autosave(form, model, drafts, clock.later)
    form.update("dose", "mine")
    change(other, 0, dose="theirs", note="theirs too")
    model.look()
    form.rebase(model.open_case().treatments[0], model.open_case())
    assert form.texts["dose"] == "mine"
    assert form.texts["note"] == "theirs too"
    assert form.theirs == {"dose": "theirs"}
    clock.passes(SAVE_SECONDS)
    assert model.open_case().treatments[0].dose == "theirs", "nobody has chosen yet"
    form.take_theirs("dose")
    assert form.texts["dose"] == "theirs"
    assert form.theirs == {}
    saver.close()


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_after_a_choice_the_form_goes_on_with_what_was_chosen(
    model: CaseModel, other: CaseModel, drafts: Drafts, clock: Clock, side: Side
) -> None:
    form = RecordForm(Treatment, model.open_case(), model.open_case().treatments[0])
    saver = Autosave(form, model, drafts, clock.later)
    form.update("dose", "mine")
    change(other, 0, dose="theirs")
    clock.passes(SAVE_SECONDS)
    assert model.conflict is not None, "nobody looked before the form saved itself"
    form.update("note", "typed meanwhile")
    model.resolve({model.conflict.merge.open[0].key: side})
    saver.settled()
    assert form.texts["dose"] == side
    assert form.texts["note"] == "typed meanwhile"
    clock.passes(SAVE_SECONDS)
    kept = model.open_case().treatments[0]
    assert (kept.dose, kept.note) == (side, "typed meanwhile")


def test_a_record_that_somebody_removed_is_added_again_by_saving(
    model: CaseModel, other: CaseModel, drafts: Drafts, clock: Clock
) -> None:
    record = model.open_case().treatments[-1]
    form = RecordForm(Treatment, model.open_case(), record)
    saver = Autosave(form, model, drafts, clock.later)
    form.update("note", "mine")
    other.remove(record.id)
    model.look()
    form.rebase(None, model.open_case())
    assert saver.save()
    assert model.open_case().treatments[-1].note == "mine"


TEXTS = st.dictionaries(
    st.sampled_from(["a", "b", "list", "list.0.x", "list.1.x"]), st.sampled_from(["", "1", "2"])
)


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_typed_is_lost_and_nothing_untouched_is_kept(
    texts: dict[str, str], before: dict[str, str], after: dict[str, str]
) -> None:
    found, theirs = rebased(texts, before, after, {"list"})
    mine = touched(texts, before)
    for path, text in mine.items():
        if path in texts:
            assert found[path] == text
    if not mine:
        assert found == after
    for path in theirs:
        assert any(one == path or one.startswith(f"{path}.") for one in mine)


def test_a_note_of_another_case_is_not_taken(model: CaseModel, drafts: Drafts) -> None:
    drafts.keep("treatments", "", {"name": "Half typed"})
    assert Drafts(model.workspace, "me", Case().id).all() == ()


def test_a_draft_is_laid_over_what_others_saved_since_and_not_over_other_parts(
    model: CaseModel, other: CaseModel, drafts: Drafts, clock: Clock
) -> None:
    session = BotulinumSession(
        date="2026-03-01",
        product="onabotulinumtoxinA",
        doses=(
            {"muscle": "temporalis", "side": "right", "units": 15},
            {"muscle": "masseter", "side": "left", "units": 25},
        ),
    )
    model.update(session)
    other.look()
    form = RecordForm(BotulinumSession, model.open_case(), session)
    saver = Autosave(form, model, drafts, clock.later)
    form.update("doses.1.units", "77")
    form.update("note", "mine")
    clock.passes(DRAFT_SECONDS)
    saver.close()
    other.update(session.model_copy(update={"doses": session.doses[1:], "note": "theirs"}))
    model.look()
    left = drafts.all()[0]
    now = model.open_case().record(left.record_id)
    again = RecordForm(BotulinumSession, model.open_case(), now, left.record_id)
    again.resume(left.typed, left.start)
    assert again.texts["doses.1.units"] == "77"
    assert again.texts["doses.1.muscle"] == "masseter"
    assert set(again.theirs) == {"doses", "note"}, "somebody has to choose"
    assert again.texts["note"] == "mine"


def test_cancel_in_an_untouched_form_keeps_what_somebody_else_saved(
    model: CaseModel, other: CaseModel, drafts: Drafts, clock: Clock
) -> None:
    form = RecordForm(Treatment, model.open_case(), model.open_case().treatments[0])
    saver = Autosave(form, model, drafts, clock.later)
    change(other, 0, note="theirs")
    model.look()
    form.rebase(model.open_case().treatments[0], model.open_case())
    saver.give_up()
    assert model.open_case().treatments[0].note == "theirs"
    assert number(model) == 2


def test_a_choice_stays_open_whatever_else_is_saved(
    model: CaseModel, other: CaseModel, drafts: Drafts, clock: Clock
) -> None:
    form = RecordForm(Treatment, model.open_case(), model.open_case().treatments[0])
    saver = Autosave(form, model, drafts, clock.later)
    form.update("note", "mine")
    change(other, 0, note="theirs")
    model.look()
    form.rebase(model.open_case().treatments[0], model.open_case())
    model.update(Treatment(kind="nsaid", name="Something else"))
    form.rebase(model.open_case().treatments[0], model.open_case())
    assert form.theirs == {"note": "theirs"}
    clock.passes(2 * SAVE_SECONDS)
    assert model.open_case().treatments[0].note == "theirs"
    saver.close()


def test_while_somebody_has_to_choose_other_forms_keep_what_is_typed(
    model: CaseModel, other: CaseModel, drafts: Drafts, clock: Clock
) -> None:
    change(other, 0, dose="theirs")
    change(other, 1, note="theirs too")
    change(model, 0, dose="mine")
    first = model.conflict
    assert first is not None
    form = RecordForm(Treatment, model.open_case(), model.open_case().treatments[1])
    saver = Autosave(form, model, drafts, clock.later)
    form.update("note", "mine too")
    clock.passes(SAVE_SECONDS)
    assert model.conflict is first
    assert "first choose" in saver.said
    assert drafts.all()[0].typed == {"note": "mine too"}
    assert model.resolve({})
    assert form.texts["note"] == "mine too"
    assert model.open_case().treatments[0].dose == "mine"
    saver.close()


def test_a_conflict_ends_with_the_save_and_not_before(
    model: CaseModel, other: CaseModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(other, 0, dose="theirs")
    change(model, 0, dose="mine")
    conflict = model.conflict

    def fail(*_: object) -> None:
        raise StoreUnavailable("the disk is full")

    monkeypatch.setattr(model.workspace, "save", fail)
    with pytest.raises(StoreUnavailable):
        model.resolve({})
    assert model.conflict is conflict
    monkeypatch.undo()
    assert model.resolve({})
    assert model.open_case().treatments[0].dose == "mine"


def test_one_person_in_two_tabs_adds_one_record(model: CaseModel, drafts: Drafts) -> None:
    clock = Clock()
    first = RecordForm(Treatment, model.open_case())
    saver = Autosave(first, model, drafts, clock.later)
    first.update("name", "Half typed")
    second = RecordForm(Treatment, model.open_case())
    beside = Autosave(second, model, drafts, clock.later)
    second.update("name", "Another one")
    assert {one.typed["name"] for one in drafts.all()} == {"Half typed", "Another one"}
    left = next(one for one in drafts.all() if one.typed["name"] == "Half typed")
    again = RecordForm(Treatment, model.open_case(), None, left.record_id)
    again.resume(left.typed, left.start)
    assert again.id == first.id, "the tab that resumes it goes on with the same record"
    saver.close()
    beside.close()
