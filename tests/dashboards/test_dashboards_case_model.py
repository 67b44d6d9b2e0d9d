"""A case is opened, changed and saved; two people in it lose nothing; papers have opaque names."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tmjkit.case import Case, CaseError, Patient, Treatment
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.merge import Change, Merge, Side
from tmjkit.rules.assessment import assess_case
from tmjkit.store import NoSuchCase, Workspace


def changed(case: Case, record_id: str, **fields: object) -> Treatment:
    record = case.record(record_id)
    data = {**record.model_dump(), **fields}
    return Treatment.model_validate(data)


def test_each_change_is_a_revision_by_its_author(model: CaseModel, workspace: Workspace) -> None:
    assert model.case is not None
    new = Treatment(kind="nsaid", name="Meloxicam")
    assert model.update(new)
    assert model.said == "Added: Meloxicam. Saved as revision 2."
    assert model.update(new.model_copy(update={"dose": "15 mg"}))
    assert model.said == "Changed: Meloxicam. Saved as revision 3."
    assert model.remove(new.id)
    assert model.said == "Removed: Meloxicam. Saved as revision 4."
    history = workspace.history(model.case.id)
    assert [one.author for one in history] == ["setup", "me", "me", "me"]


def test_undo_is_one_more_revision(model: CaseModel, workspace: Workspace, erisa: Case) -> None:
    model.remove(erisa.treatments[0].id)
    assert model.undoable == 2
    assert model.undo()
    assert model.case == erisa
    assert model.revision is not None
    assert model.revision.number == 3
    assert not model.undo(), "there is nothing more to undo"
    assert len(workspace.history(erisa.id)) == 3


def test_a_record_that_others_point_to_stays(model: CaseModel, erisa: Case) -> None:
    provider = next(one.asserter_id for one in erisa.diagnoses if one.asserter_id)
    with pytest.raises(CaseError):
        model.remove(provider)
    assert model.case == erisa
    assert model.revision is not None
    assert model.revision.number == 1


def test_a_new_case_is_saved_with_its_first_record(workspace: Workspace, model: CaseModel) -> None:
    model.new()
    assert model.case is not None
    assert model.revision is None
    case_id = model.case.id
    with pytest.raises(NoSuchCase):
        workspace.load(case_id)
    model.update(Patient(id=model.case.patient.id, family="Newcomer"))
    assert workspace.load(case_id).case.patient.family == "Newcomer"
    assert not model.undoable, "before it, there was no case"


def test_a_new_case_is_not_begun_without_a_name(workspace: Workspace, model: CaseModel) -> None:
    before = len(workspace.summaries())
    model.new()
    assert model.case is not None
    with pytest.raises(CaseError, match="needed to begin a case"):
        model.update(Patient(id=model.case.patient.id, birth_date="1990"))
    assert len(workspace.summaries()) == before


def test_the_state_opens_the_case_at_its_revision(model: CaseModel, workspace: Workspace) -> None:
    state = model.state()
    model.update(Treatment(kind="nsaid"))
    again = CaseModel(workspace, "me", model.today)
    assert again.state() == {}
    assert again.blockers() == ("Open a case, or begin a new one.",)
    again.load_state(state)
    assert again.state() == state
    assert again.blockers() == ()


# Two people


def test_a_save_that_comes_too_late_keeps_both(
    model: CaseModel, other: CaseModel, workspace: Workspace, erisa: Case
) -> None:
    other.update(Treatment(kind="nsaid", name="Theirs"))
    assert model.update(Treatment(kind="nsaid", name="Mine"))
    assert model.conflict is None
    names = [one.name for one in workspace.load(erisa.id).case.treatments]
    assert {"Mine", "Theirs"} <= set(names)
    assert model.said == (
        "Added: Mine, and kept what somebody else saved: Treatment Theirs. Saved as revision 3."
    )


def test_a_save_of_the_same_field_overwrites_nothing(
    model: CaseModel, other: CaseModel, workspace: Workspace, erisa: Case
) -> None:
    both_change(model, other, {"dose": "mine"}, {"dose": "theirs", "note": "their note"})
    assert model.case == erisa
    assert model.conflict is not None
    assert model.conflict.author == "somebody else"
    assert model.blockers() == ("somebody else saved this case meanwhile: choose what is kept.",)
    assert workspace.load(erisa.id).case.treatments[2].dose == "theirs"
    assert model.resolve({})
    assert model.case.treatments[2].dose == "mine"
    assert model.case.treatments[2].note == "their note"
    assert model.said == "Merged with what somebody else saved. Saved as revision 3."


def both_change(
    model: CaseModel, other: CaseModel, mine: dict[str, object], theirs: dict[str, object]
) -> tuple[Change, ...]:
    assert model.case is not None
    record_id = model.case.treatments[2].id
    other.update(changed(model.case, record_id, **theirs))
    model.update(changed(model.case, record_id, **mine))
    assert model.conflict is not None
    return model.conflict.merge.changes


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_one_field_changed_by_both_is_decided_by_a_person(
    model: CaseModel, other: CaseModel, side: Side
) -> None:
    changes = both_change(
        model, other, {"dose": "mine", "note": "my note"}, {"dose": "theirs", "sessions": 3}
    )
    first = changes[0]
    assert (first.where.rpartition(": ")[2], first.by) == ("Dose", "both")
    assert {one.by for one in changes[1:]} == {"mine", "theirs"}
    assert (first.mine, first.theirs) == ("mine", "theirs")
    assert model.resolve({first.key: side})
    assert model.case is not None
    merged = model.case.treatments[2]
    assert (merged.dose, merged.note, merged.sessions) == (side, "my note", 3)


def test_what_does_not_go_together_stays_to_be_decided(model: CaseModel, other: CaseModel) -> None:
    both_change(
        model,
        other,
        {"end": None, "ongoing": True, "stop_reason": None},
        {"end": "2024-04-01", "dose": "x"},
    )
    assert model.conflict is not None
    end = next(one for one in model.conflict.merge.open if one.field == "end")
    with pytest.raises(CaseError):
        model.resolve({end.key: "theirs"})
    assert model.conflict is not None
    assert model.resolve({end.key: "mine"})


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_removed_by_one_and_changed_by_the_other_is_decided_by_a_person(
    model: CaseModel, other: CaseModel, erisa: Case, keep: Side
) -> None:
    gone = erisa.treatments[5]
    other.remove(gone.id)
    model.update(gone.model_copy(update={"dose": "new dose"}))
    assert model.conflict is not None
    [change] = model.conflict.merge.open
    assert (change.mine, change.theirs) == ("changed", "removed")
    assert model.resolve({change.key: keep})
    assert model.case is not None
    there = [one.dose for one in model.case.treatments if one.id == gone.id]
    assert there == (["new dose"] if keep == "mine" else [])


def test_one_can_give_up_ones_own_change(model: CaseModel, other: CaseModel) -> None:
    both_change(model, other, {"dose": "mine"}, {"dose": "theirs"})
    model.reload()
    assert model.conflict is None
    assert model.case == other.case


def test_a_third_person_in_between_is_noticed_too(
    model: CaseModel, other: CaseModel, workspace: Workspace
) -> None:
    both_change(model, other, {"dose": "mine"}, {"dose": "theirs", "sessions": 3})
    other.update(Treatment(kind="nsaid", name="In between"))
    assert model.resolve({})
    assert model.case is not None
    merged = model.case.treatments[2]
    assert (merged.dose, merged.sessions) == ("mine", 3)
    assert model.case.treatments[-1].name == "In between"


doses = st.sampled_from(["", "5 mg", "10 mg"])


@settings(deadline=None, max_examples=60)
@given(before=doses, mine=doses, theirs=doses)
def test_a_merge_keeps_every_change_that_only_one_made(before: str, mine: str, theirs: str) -> None:
    record = Treatment(kind="nsaid", dose=before)
    cases = [
        Case(id="case-1", patient=Patient(id="patient-1"), treatments=(one,))
        for one in (
            record,
            record.model_copy(update={"dose": mine}),
            record.model_copy(update={"dose": theirs}),
        )
    ]
    merge = Merge(*cases)
    merged = merge.merged({}).treatments[0].dose
    assert merged == (theirs if mine == before else mine)
    decided = mine != before and theirs not in (before, mine)
    assert bool(merge.open) == decided


# Papers and findings


def test_what_the_page_tells_is_what_the_rules_say(model: CaseModel) -> None:
    assert model.case is not None
    found = model.assessment()
    assert found == assess_case(model.case, model.today)
    assert all(one.what and one.where for one in found.findings)


def test_a_look_brings_the_day_up_to_date(workspace: Workspace, erisa: Case) -> None:
    days = [date(2026, 11, 24)]
    model = CaseModel(workspace, "me", lambda: days[-1])
    model.load(erisa.id)
    told: list[date] = []
    model.observe(lambda change: told.append(change["new"]), "day")
    model.look()
    assert told == []
    days.append(date(2026, 11, 25))
    # What is done before the next look counts by the right day already.
    assert model.today == days[-1]
    model.look()
    model.look()
    assert told == days[1:]
    assert model.revision is not None
    assert model.revision.number == 1
