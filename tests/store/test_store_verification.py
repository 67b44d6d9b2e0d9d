"""A verification finds every change behind the workspace's back and names the revision."""

import pytest
from store_cases import execute, make_case, renamed

from tmjkit.store import DamagedRecord


@pytest.fixture
def case(workspace):
    """Return a case with five revisions, beside another one."""
    case = make_case("First")
    workspace.save(case, None, "ann")
    for base in range(1, 5):
        workspace.save(renamed(case, f"Revised {base}"), base, "ann")
    workspace.save(make_case("Other"), None, "bo")
    workspace.put_document(b"%PDF")
    return case


def broken(workspace, case_id=None):
    return [(one.revision, one.what) for one in workspace.verify(case_id).faults]


def test_all_is_well(workspace, case):
    found = workspace.verify()
    assert found.ok
    assert (found.cases, found.revisions, found.documents) == (2, 6, 1)
    alone = workspace.verify(case.id)
    assert alone.ok
    assert (alone.cases, alone.revisions, alone.documents) == (1, 5, 0)


def test_an_empty_workspace_is_well(workspace):
    found = workspace.verify()
    assert found.ok
    assert (found.cases, found.revisions, found.documents) == (0, 0, 0)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("UPDATE revision SET author = 'eve' WHERE revision = 3", (3, "was changed")),
        ("UPDATE revision SET sealed = :x WHERE revision = 3", (3, "was changed")),
        ("UPDATE revision SET saved_at = 'yesterday' WHERE revision = 2", (2, "was changed")),
        ("UPDATE revision SET hash = 'abc' WHERE revision = 5", (5, "was changed")),
        ("DELETE FROM revision WHERE revision = 2", (2, "is missing")),
        ("DELETE FROM revision WHERE revision = 5", (5, "is missing at the end")),
    ],
)
def test_the_broken_revision_is_named(workspace, place, case, change, expected):
    number, words = expected
    values = {"x": b"x" * 60} if ":x" in change else {}
    execute(place, f"{change} AND case_id = :id", id=case.id, **values)
    found = broken(workspace)
    assert (found[0][0], found[0][1][: len(words)]) == (number, words)
    assert broken(workspace, case.id) == found
    assert all(fault.case_id == case.id for fault in workspace.verify().faults)
    assert str(workspace.verify().faults[0]).startswith(f"{case.id} revision {number}: {words}")
    assert {one for one, _ in found} <= {number, number + 1}


def test_a_forged_chain_is_found_even_where_the_next_one_fits(workspace, place, case):
    execute(
        place,
        "UPDATE revision SET hash = 'abc' WHERE revision = 2 AND case_id = :id",
        id=case.id,
    )
    execute(
        place,
        "UPDATE revision SET previous_hash = 'abc' WHERE revision = 3 AND case_id = :id",
        id=case.id,
    )
    assert [number for number, _ in broken(workspace)] == [2, 3]


def test_a_removed_first_revision_is_found(workspace, place, case):
    execute(place, "DELETE FROM revision WHERE revision = 1 AND case_id = :id", id=case.id)
    assert broken(workspace) == [(1, "is missing")]


def test_a_removed_case_is_found(workspace, place, case):
    execute(place, "DELETE FROM revision WHERE case_id = :id", id=case.id)
    assert broken(workspace) == [(1, "the whole history is missing")]
    assert broken(workspace, case.id) == [(1, "the whole history is missing")]


def test_a_summary_that_does_not_belong_is_found(workspace, place, case):
    execute(place, "UPDATE case_summary SET revision = 2 WHERE case_id = :id", id=case.id)
    assert broken(workspace) == [(5, "its summary is of an earlier revision")]
    execute(place, "UPDATE case_summary SET revision = 5 WHERE case_id = :id", id=case.id)
    assert broken(workspace) == []
    execute(place, "UPDATE case_summary SET sealed = :x WHERE case_id = :id", id=case.id, x=b"x")
    assert broken(workspace) == [(5, "its summary was changed or damaged")]
    execute(place, "DELETE FROM case_summary WHERE case_id = :id", id=case.id)
    assert broken(workspace) == [(5, "its summary is missing")]
    workspace.rebuild_summaries()
    assert broken(workspace) == []


def test_an_earlier_revision_opens_when_the_newest_is_damaged(workspace, place, case):
    execute(
        place,
        "UPDATE revision SET sealed = :x WHERE revision = 5 AND case_id = :id",
        x=b"",
        id=case.id,
    )
    with pytest.raises(DamagedRecord, match="Revision 5"):
        workspace.load(case.id)
    assert workspace.load(case.id, 4).case == renamed(case, "Revised 3")


def test_the_head_tells_one_state_of_the_workspace_from_another(workspace, case):
    before = workspace.verify().head
    assert workspace.verify().head == before
    workspace.save(renamed(case, "Later"), 5, "ann")
    assert workspace.verify().head != before
    assert len(before) == 64


def test_a_value_of_another_type_is_a_fault_and_not_a_crash(tmp_path, clock):
    from store_cases import CHEAP, PASSPHRASE

    from tmjkit.store import Workspace

    path = tmp_path / "clinic.tmjkit"
    workspace = Workspace.create(path, PASSPHRASE, clock=clock, kdf=CHEAP)
    case = make_case()
    workspace.save(case, None, "ann")
    execute(path, "UPDATE revision SET sealed = 'a text', saved_at = 5")
    execute(path, "UPDATE case_summary SET sealed = 'a text'")
    assert [fault.revision for fault in workspace.verify().faults] == [1, 1]
    with pytest.raises(DamagedRecord):
        workspace.load(case.id)
    with pytest.raises(DamagedRecord):
        workspace.summaries()
