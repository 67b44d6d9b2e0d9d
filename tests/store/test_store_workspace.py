"""Cases are saved, loaded, listed and found; the same on SQLite and PostgreSQL."""

import pickle
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_cases import CHEAP, PASSPHRASE, execute, make_case, renamed, rows

from tmjkit.case import Case
from tmjkit.store import (
    AmbiguousCase,
    DamagedRecord,
    NoSuchCase,
    NoSuchRevision,
    NoSuchWorkspace,
    ReadableId,
    StaleRevision,
    StoreError,
    StoreUnavailable,
    Workspace,
    WorkspaceExists,
)


def test_every_revision_comes_back_as_it_was_saved(workspace):
    first = make_case("First")
    second = renamed(first, "Second")
    assert workspace.save(first, None, "front desk").number == 1
    assert workspace.save(second, 1, "Dr. Example").number == 2
    assert workspace.load(first.id).case == second
    assert workspace.load(first.id).revision.number == 2
    assert workspace.load(first.id, 1).case == first
    assert workspace.load(first.id, 2).case.to_json() == second.to_json()


def test_the_history_says_who_and_when(workspace):
    case = make_case()
    saved = [workspace.save(case, base, who) for base, who in enumerate(["ann", "bo", "ann"])]
    history = workspace.history(case.id)
    assert history == saved
    assert [one.author for one in history] == ["ann", "bo", "ann"]
    assert [one.number for one in history] == [1, 2, 3]
    assert history[0].saved_at.tzinfo is not None
    assert history[0].saved_at < history[1].saved_at < datetime(2025, 3, 5, tzinfo=UTC)
    assert len({one.hash for one in history}) == 3


def test_another_process_sees_what_was_saved(workspace, place):
    case = make_case()
    workspace.save(case, 0, "ann")
    assert Workspace.open(place, PASSPHRASE).load(case.id).case == case
    assert Workspace.open(place, key=workspace.key).load(case.id).case == case


def test_a_list_shows_the_newest_revision_of_every_case(workspace):
    one, two = make_case("One"), make_case("Two")
    workspace.save(one, None, "ann")
    workspace.save(two, None, "bo")
    workspace.save(renamed(one, "Won"), 1, "cy")
    listed = {row.case_id: row for row in workspace.summaries()}
    assert [row.case_id for row in workspace.summaries()] == sorted([one.id, two.id])
    row = listed[one.id]
    assert (row.name, row.payer, row.revision, row.author) == ("Pat Won", "Example Mutual", 2, "cy")
    assert (row.next_duty, row.next_due) == ("Call the plan", "2025-04-01")
    assert row.saved_at == workspace.load(one.id).revision.saved_at
    assert listed[two.id].name == "Pat Two"


def test_many_new_cases_are_saved_together_or_not_at_all(workspace):
    many = [make_case(f"Number {n}") for n in range(30)]
    assert [one.case_id for one in workspace.save_new(many, "import")] == [c.id for c in many]
    assert len(workspace.summaries()) == 30
    assert workspace.save(many[3], 1, "ann").number == 2
    with pytest.raises(StoreError, match="None of them"):
        workspace.save_new([make_case(), many[0]], "import")
    assert len(workspace.summaries()) == 30
    assert workspace.save_new([], "import") == []
    assert workspace.verify().ok


def test_what_is_not_there_is_said_clearly(workspace):
    case = make_case()
    with pytest.raises(NoSuchCase):
        workspace.load(case.id)
    with pytest.raises(NoSuchCase):
        workspace.history(case.id)
    with pytest.raises(NoSuchCase):
        workspace.verify(case.id)
    with pytest.raises(NoSuchCase):
        workspace.save(case, 3, "ann")
    workspace.save(case, None, "ann")
    with pytest.raises(NoSuchRevision, match=r"no revision 2: the newest is 1"):
        workspace.load(case.id, 2)
    with pytest.raises(NoSuchRevision, match=r"no revision 7: the newest is 1"):
        workspace.save(case, 7, "ann")
    assert len(workspace.history(case.id)) == 1


def test_a_case_is_found_by_the_start_of_its_id(workspace):
    ids = ["case-00a0000000000001", "case-00a0000000000002", "case-0b00000000000000"]
    for name in ids:
        workspace.save(make_case(id=name), None, "ann")
    assert workspace.find_case("case-0b") == ids[2]
    assert workspace.find_case(" 0B ") == ids[2]
    assert workspace.find_case(ids[0]) == ids[0]
    workspace.save(make_case(id="case-example-erisa"), None, "demo")
    assert workspace.find_case("example") == "case-example-erisa"
    with pytest.raises(AmbiguousCase, match="case-00a0000000000001, case-00a0000000000002") as two:
        workspace.find_case("00")
    assert two.value.candidates == tuple(ids[:2])
    with pytest.raises(NoSuchCase, match="begins with case-ff"):
        workspace.find_case("ff")


@pytest.mark.parametrize("typed", ["", "Pat Example", "pat", "%", "_", "0%", "case-0'--"])
def test_a_search_for_anything_else_does_not_repeat_it(workspace, typed):
    workspace.save(make_case(), None, "ann")
    with pytest.raises(NoSuchCase) as error:
        workspace.find_case(typed)
    assert "pat" not in str(error.value).lower()
    assert "%" not in str(error.value)


@pytest.mark.parametrize(
    "name", ["pat-example", "case-pat-example", "case-1980", "1", "case-example-pat-1980"]
)
def test_an_id_that_could_name_the_patient_is_refused(workspace, place, name):
    before = rows(place)
    with pytest.raises(ReadableId) as error:
        workspace.save(make_case(id=name), None, "ann")
    with pytest.raises(ReadableId):
        workspace.save_new([make_case(id=name)], "ann")
    assert name not in str(error.value) or name == "1"
    assert rows(place) == before


@pytest.mark.parametrize("author", ["", "   ", "two\nlines", "nul\0", "x" * 201])
def test_an_author_is_one_short_line(workspace, author):
    with pytest.raises(StoreError, match="author"):
        workspace.save(make_case(), None, author)
    assert workspace.summaries() == []


def test_a_summary_survives_any_text_in_a_case(workspace):
    name = "O'Example\x1f; DROP TABLE revision;\u2028\U0001f9b7 " + "x" * 200
    case = make_case(name)
    workspace.save(case, None, "ann")
    [row] = workspace.summaries()
    assert row.name == f"Pat {case.patient.family}".replace("\x1f", " ")
    assert workspace.load(case.id).case == case


def test_an_empty_case_can_be_saved_and_listed(workspace):
    case = Case()
    workspace.save(case, None, "ann")
    [row] = workspace.summaries()
    assert (row.name, row.payer, row.next_duty, row.next_due) == ("", "", "", "")


def test_summaries_are_made_anew_from_the_cases(workspace, place):
    cases = [make_case(f"Number {n}") for n in range(5)]
    workspace.save_new(cases, "import")
    workspace.save(renamed(cases[0], "Changed"), 1, "ann")
    before = workspace.summaries()
    execute(place, "DELETE FROM case_summary WHERE case_id = :id", id=cases[1].id)
    execute(
        place, "UPDATE case_summary SET sealed = :x WHERE case_id = :id", x=b"x", id=cases[0].id
    )
    with pytest.raises(DamagedRecord, match=cases[0].id):
        workspace.summaries()
    workspace.rebuild_summaries()
    assert workspace.summaries() == before
    assert workspace.verify().ok


def test_summaries_of_another_version_are_made_anew_when_it_opens(workspace, place):
    case = make_case()
    workspace.save(case, None, "ann")
    before = workspace.summaries()
    execute(place, "UPDATE workspace SET summary_fields = 'name'")
    execute(place, "UPDATE case_summary SET sealed = :x", x=b"of another version")
    assert Workspace.open(place, PASSPHRASE).summaries() == before


def test_a_second_workspace_is_not_made_over_the_first(workspace, place):
    case = make_case()
    workspace.save(case, None, "ann")
    before = rows(place)
    with pytest.raises(WorkspaceExists):
        Workspace.create(place, "another passphrase", kdf=CHEAP)
    assert rows(place) == before
    assert Workspace.open(place, PASSPHRASE).load(case.id).case == case


def test_a_workspace_can_neither_be_pickled_nor_read_in_a_log(workspace, place):
    assert repr(workspace) == f"Workspace({workspace.place!r})"
    with pytest.raises(TypeError):
        pickle.dumps(workspace)


def test_the_file_is_for_its_owner_only(tmp_path, clock):
    path = tmp_path / "new" / "folder" / "clinic.tmjkit"
    workspace = Workspace.create(path, PASSPHRASE, clock=clock, kdf=CHEAP)
    workspace.save(make_case(), None, "ann")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700


def test_the_companions_of_the_file_are_for_its_owner_only(tmp_path):
    path = tmp_path / "clinic.tmjkit"
    workspace = Workspace.create(path, PASSPHRASE, kdf=CHEAP)
    with workspace._database.writing() as connection:
        connection.exec_driver_sql("UPDATE workspace SET author = 'x'")
        companions = sorted(tmp_path.glob("clinic.tmjkit-*"))
        assert [c.name for c in companions] == ["clinic.tmjkit-shm", "clinic.tmjkit-wal"]
        assert {stat.S_IMODE(c.stat().st_mode) for c in companions} == {0o600}


def test_opening_what_is_not_there_makes_nothing(tmp_path):
    with pytest.raises(NoSuchWorkspace, match=r"none\.tmjkit"):
        Workspace.open(tmp_path / "none.tmjkit", PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"just some text that is long enough" * 100])
def test_another_file_is_neither_opened_nor_changed(tmp_path, content):
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(NoSuchWorkspace, match=r"letter\.txt"):
        Workspace.open(path, PASSPHRASE)
    with pytest.raises(WorkspaceExists):
        Workspace.create(path, PASSPHRASE, kdf=CHEAP)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_can_not_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="can't be made"):
        Workspace.create(tmp_path / "file" / "clinic.tmjkit", PASSPHRASE, kdf=CHEAP)


def test_a_failure_while_it_is_made_leaves_nothing(tmp_path, monkeypatch):
    def broken(_):
        assert (tmp_path / "clinic.tmjkit").exists()
        raise RuntimeError("no power")

    monkeypatch.setattr("tmjkit.store.migrations.upgrade", broken)
    with pytest.raises(RuntimeError, match="no power"):
        Workspace.create(tmp_path / "clinic.tmjkit", PASSPHRASE, kdf=CHEAP)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://user:secret@host/clinic", "not 'mysql'"),
        ("sqlite://", "not 'sqlite'"),
        ("sqlite:///:memory:", "needs a file"),
        ("postgresql://user:secret@host:port/clinic", "can't be read"),
    ],
)
def test_a_place_that_can_not_hold_a_workspace_is_refused(url, words):
    with pytest.raises(StoreError, match=words) as error:
        Workspace.open(url, PASSPHRASE)
    assert "secret" not in str(error.value)


def test_a_server_that_is_not_there_is_said_without_its_password(tmp_path):
    url = f"postgresql://user:secret@/clinic?host={tmp_path}"
    with pytest.raises(StoreUnavailable, match="can't be used at the moment") as error:
        Workspace.open(url, PASSPHRASE)
    assert "secret" not in str(error.value)


@pytest.mark.postgres
def test_an_empty_database_holds_no_workspace(postgres_url):
    with pytest.raises(NoSuchWorkspace):
        Workspace.open(postgres_url, PASSPHRASE)
    with pytest.raises(NoSuchWorkspace):
        Workspace.open(postgres_url.replace("postgresql:", "postgresql+psycopg:"), PASSPHRASE)


def test_a_clock_without_a_time_zone_is_refused(tmp_path):
    with pytest.raises(ValueError, match="time zone"):
        Workspace.create(
            tmp_path / "c.tmjkit",
            PASSPHRASE,
            clock=lambda: datetime(2025, 1, 1),  # noqa: DTZ001
            kdf=CHEAP,
        )


def test_the_store_imports_neither_alembic_nor_keyring_nor_pandas():
    import subprocess
    import sys

    code = (
        "import sys, tmjkit.store; "
        "print([m for m in ('alembic', 'keyring', 'pandas', 'psycopg') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert done.stdout.strip() == b"[]"


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(["save", "stale"]), max_size=6), st.data())
def test_any_order_of_good_and_stale_saves_keeps_a_whole_history(tmp_path_factory, steps, data):
    path = tmp_path_factory.mktemp("any") / "clinic.tmjkit"
    workspace = Workspace.create(path, PASSPHRASE, kdf=CHEAP)
    case = make_case()
    saved = [case]
    workspace.save(case, 0, "ann")
    for step in steps:
        changed = renamed(case, data.draw(st.sampled_from(["A", "B", "C"])))
        if step == "save":
            workspace.save(changed, len(saved), "ann")
            saved.append(changed)
        else:
            base = data.draw(st.integers(0, len(saved) - 1))
            with pytest.raises(StaleRevision):
                workspace.save(changed, base, "bo")
    assert [workspace.load(case.id, n + 1).case for n in range(len(saved))] == saved
    assert workspace.verify().ok
    assert Path(path).stat().st_size < 1_000_000
