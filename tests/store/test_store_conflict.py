"""Two people change one case: nothing is overwritten, and each sees what the other did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_cases import make_case, renamed

from tmjkit.case import Patient, Task, Treatment, new_id
from tmjkit.store import StaleRevision, StoreError
from tmjkit.store.conflict import differences


def treatment(case, **changes):
    """Return the case with its treatment changed."""
    return case.with_record(case.treatments[0].model_copy(update=changes))


def found(original, mine, theirs):
    return {one.path: one for one in differences(original, mine, theirs)}


@pytest.fixture
def stale(workspace):
    """Return the error of one who saved too late, and the three cases."""
    original = make_case("Original")
    theirs = renamed(treatment(original, note="their words"), "Theirname")
    mine = renamed(treatment(original, name="my splint"), "Myname")
    workspace.save(original, None, "ann")
    workspace.save(theirs, 1, "Dr. Example")
    with pytest.raises(StaleRevision) as error:
        workspace.save(mine, 1, "bo")
    return error.value, original, mine, theirs


def test_a_stale_save_changes_nothing_and_holds_both_sides(workspace, stale):
    error, original, mine, theirs = stale
    assert (error.base, error.current) == (1, 2)
    assert (error.original, error.mine, error.theirs) == (original, mine, theirs)
    assert workspace.load(original.id).case == theirs
    assert len(workspace.history(original.id)) == 2


def test_the_error_names_fields_and_never_values(stale):
    error, original, _, _ = stale
    record = original.treatments[0].id
    text = str(error)
    assert "Dr. Example has saved revision 2" in text
    assert "Changed by both: patient.family." in text
    assert f"Changed by only you: treatments[{record}].name." in text
    assert f"Changed by only they: treatments[{record}].note." in text
    for shown in (text, repr(error), repr(error.diff()), str(error.args), error.describe()):
        for value in ("Original", "Myname", "Theirname", "their words", "my splint"):
            assert value not in shown


def test_both_sides_values_are_there_for_the_person(stale):
    error, _, _, _ = stale
    family = next(one for one in error.diff() if one.path == "patient.family")
    assert (family.original, family.mine, family.theirs) == ("Original", "Myname", "Theirname")
    for value in ("Original", "Myname", "Theirname", "their words", "my splint"):
        assert value in error.explain()


def test_the_loser_can_save_after_looking(workspace, stale):
    error, original, mine, _ = stale
    assert workspace.save(mine, error.current, "bo").number == 3
    assert workspace.load(original.id).case == mine


def test_a_new_case_with_the_id_of_another_is_a_conflict(workspace):
    case = make_case("Theirname")
    workspace.save(case, None, "ann")
    with pytest.raises(StaleRevision, match="a new case") as error:
        workspace.save(renamed(case, "Myname"), None, "bo")
    assert error.value.base == 0
    assert error.value.original is None
    assert [one.path for one in error.value.diff()] == ["patient.family"]


def test_two_added_records_are_no_conflict():
    original = make_case()
    mine = original.with_record(Treatment(id=new_id("treatment"), kind="nsaid"))
    theirs = original.with_record(Treatment(id=new_id("treatment"), kind="cbt"))
    changed = found(original, mine, theirs)
    assert {one.changed_by for one in changed.values()} == {"mine", "theirs"}
    assert set(changed) == {
        f"treatments[{mine.treatments[1].id}]",
        f"treatments[{theirs.treatments[1].id}]",
    }
    [added] = [one for one in changed.values() if one.changed_by == "mine"]
    assert (added.original, added.theirs) == (None, None)
    assert added.mine["kind"] == "nsaid"


def test_a_record_that_one_changed_and_the_other_removed_is_a_conflict():
    original = make_case()
    name = original.treatments[0].id
    changed = found(original, treatment(original, note="mine"), original.without(name))
    assert {one.changed_by for one in changed.values()} == {"both"}
    assert set(changed) == {f"treatments[{name}]", f"treatments[{name}].note"}


def test_the_same_change_on_both_sides_is_nothing_to_decide():
    original = make_case()
    assert found(original, renamed(original, "Same"), renamed(original, "Same")) == {}
    assert found(original, original, original) == {}


def test_another_order_of_records_is_one_change():
    case = make_case(tasks=tuple(Task(id=new_id("task"), title=f"Task {n}") for n in range(3)))
    turned = case.model_copy(update={"tasks": case.tasks[::-1]})
    changed = found(case, turned, case)
    assert list(changed) == ["tasks.(order)"]
    assert changed["tasks.(order)"].mine == [task.id for task in turned.tasks]


def test_an_id_that_people_can_read_is_shown_as_a_place():
    case = make_case(
        patient=Patient(id="pat-secretname"),
        treatments=(
            Treatment(id="aa", kind="cbt"),
            Treatment(id="secretname-splint", kind="splint"),
        ),
    )
    changed = case.with_record(case.treatments[1].model_copy(update={"note": "x"}))
    assert list(found(case, changed, case)) == ["treatments[#2].note"]


fields = st.fixed_dictionaries(
    {}, optional={"note": st.sampled_from(["a", "b"]), "name": st.sampled_from(["a", "b"])}
)


@given(fields, fields)
def test_every_difference_between_the_sides_is_found(my_fields, their_fields):
    original = make_case()
    mine, theirs = treatment(original, **my_fields), treatment(original, **their_fields)
    changed = found(original, mine, theirs)
    name = original.treatments[0].id
    expected = {
        f"treatments[{name}].{field}"
        for field in ("note", "name")
        if my_fields.get(field) != their_fields.get(field)
    }
    assert set(changed) == expected
    for path, one in changed.items():
        field = path.rpartition(".")[2]
        assert (one.mine, one.theirs) == (my_fields.get(field), their_fields.get(field))
        both = field in my_fields and field in their_fields
        side = "mine" if field in my_fields else "theirs"
        assert one.changed_by == ("both" if both else side)


def test_a_stale_save_is_one_of_the_errors_of_the_store():
    assert issubclass(StaleRevision, StoreError)
