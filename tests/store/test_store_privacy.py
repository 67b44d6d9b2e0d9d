"""No word about a patient is in the database, a log line or the text of an error."""

import logging
import traceback
from datetime import date
from unittest import mock

import pytest
from store_cases import CHEAP, PASSPHRASE, execute, make_case, raw_bytes, renamed, sqlite_dump

from tmjkit.case import Case, Coverage, Handling, Patient, Task, Treatment, new_id
from tmjkit.store import StoreError, WorklistQuery, Workspace, search

TODAY = date(2025, 6, 1)

PLANTED = (
    "Zebulon-Quixwood",
    "Crystalline",
    "1971-11-23",
    "Wobblestone Health",
    "XYZ-774-411",
    "call about the jaw",
    "she cried when chewing",
    "O'Hostile'); DROP TABLE revision;--",
    "Querulous Keeper",
    "draft of the quiet form",
    "withdrawn",
)


def planted_case():
    """Return a case with a planted text in every kind of field."""
    family, given, birth, payer, member, task, note, hostile, owner, _, closed = PLANTED
    return Case(
        patient=Patient(family=family, given=given, birth_date=birth, note=hostile),
        coverages=(Coverage(payer=payer, member_id=member),),
        treatments=(Treatment(id=new_id("treatment"), kind="splint", note=note),),
        tasks=(Task(id=new_id("task"), title=task, due="2025-05-05"),),
        handling=(
            Handling(date="2025-05-01", owner=owner),
            Handling(date="2025-05-02", closed=closed),
            Handling(date="2025-05-03", reopened=True),
        ),
    )


def assert_silent(text):
    for word in PLANTED:
        for seen in (word, word.encode().hex(), word.encode("utf-16-le").decode("latin-1")):
            assert seen not in text


def use_everything(workspace, case):
    """Do all that a workspace can do, with some of it refused; return the errors."""
    workspace.save(case, None, "ann")
    workspace.save(renamed(case, PLANTED[0] + " II"), 1, "ann")
    workspace.save_new([planted_case() for _ in range(5)], "ann")
    digest = workspace.put_document(" ".join(PLANTED).encode() * 50)
    assert workspace.get_document(digest).startswith(PLANTED[0].encode())
    assert workspace.summaries()[0].payer == PLANTED[3]
    assert workspace.load(case.id, 1).case == case
    assert workspace.verify().ok
    workspace.rebuild_summaries()
    use_the_worklist(workspace, case)
    refused = [
        lambda: workspace.save(renamed(case, "Other"), 1, "bo"),
        lambda: workspace.save(case, 9, "bo"),
        lambda: workspace.save_new([case], "bo"),
        lambda: workspace.find_case(PLANTED[0]),
        lambda: workspace.find_case(PLANTED[-1]),
        lambda: workspace.load(PLANTED[0]),
        lambda: workspace.history(PLANTED[0]),
        lambda: workspace.verify(PLANTED[0]),
        lambda: workspace.get_document(PLANTED[0]),
        lambda: workspace.head(PLANTED[0]),
        lambda: workspace.worklist(WorklistQuery(PLANTED[0]), TODAY, after=PLANTED[0]),
        lambda: workspace.put_note("ann", PLANTED[0] + "\n", PLANTED[1].encode()),
        lambda: workspace.put_note("ann", PLANTED[0], PLANTED[1].encode() * 2**20),
        lambda: workspace.save(planted_case().model_copy(update={"id": "zebulon"}), None, "bo"),
    ]
    errors = []
    for attempt in refused:
        with pytest.raises(StoreError) as error:
            attempt()
        errors.append(error.value)
    return errors


def use_the_worklist(workspace, case):
    """Ask in every way, with the planted texts as what is asked for."""
    for words in PLANTED[:9]:
        for few in (0, 1000):
            with mock.patch.object(search, "FEW", few):
                workspace.worklist(WorklistQuery(words), TODAY)
                query = WorklistQuery(words, payers=(PLANTED[3],), owners=(PLANTED[8], ""))
                workspace.worklist(query, TODAY)
    for sort in ("due", "saved", "name", "payer"):
        page = workspace.worklist(WorklistQuery(sort=sort), TODAY, limit=2)
        assert workspace.worklist(WorklistQuery(sort=sort), TODAY, after=page.after).rows
    assert workspace.worklist_choices().owners == (PLANTED[8],)
    assert workspace.worklist_counts(TODAY).cases
    workspace.refresh_due(TODAY)
    workspace.put_note(PLANTED[8], PLANTED[9], " ".join(PLANTED).encode())
    assert workspace.notes(PLANTED[8], "draft") == (PLANTED[9],)
    assert workspace.get_note(PLANTED[8], PLANTED[9])
    workspace.put_note(PLANTED[8], "another", PLANTED[6].encode())
    workspace.delete_note(PLANTED[8], "another")
    assert workspace.head(case.id).number == 2


@pytest.fixture
def everything_logged(caplog):
    """Log all there is, the database's own statements with it."""
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.engine", "sqlalchemy.pool", "alembic", "keyring", "psycopg"):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def test_errors_and_logs_are_silent(everything_logged, place, capfd):
    workspace = Workspace.create(place, PASSPHRASE, kdf=CHEAP)
    errors = use_everything(workspace, planted_case())
    for error in errors:
        assert_silent(str(error))
        assert_silent(repr(error))
        assert_silent("".join(traceback.format_exception(error)))
    assert "INSERT INTO revision" in everything_logged.text
    assert_silent(everything_logged.text)
    for text in capfd.readouterr():
        assert_silent(text)
    for secret in (PASSPHRASE, workspace.key.text(), workspace.key.hex()):
        assert secret not in everything_logged.text


def test_an_error_of_the_database_is_silent(everything_logged, place):
    workspace = Workspace.create(place, PASSPHRASE, kdf=CHEAP)
    workspace.save(planted_case(), None, "ann")
    execute(place, "DROP TABLE case_summary")
    asked = WorklistQuery(PLANTED[0], payers=(PLANTED[3],))
    for attempt in (
        workspace.summaries,
        lambda: workspace.worklist(asked, TODAY),
        lambda: workspace.save(planted_case(), None, "bo"),
    ):
        with pytest.raises(StoreError) as error:
            attempt()
        assert_silent("".join(traceback.format_exception(error.value)))
    assert_silent(everything_logged.text)


def test_a_damaged_revision_is_silent(everything_logged, place):
    workspace = Workspace.create(place, PASSPHRASE, kdf=CHEAP)
    case = planted_case()
    workspace.save(case, None, "ann")
    execute(place, "UPDATE revision SET author = 'eve'")
    with pytest.raises(StoreError) as error:
        workspace.load(case.id)
    assert_silent("".join(traceback.format_exception(error.value)))
    assert_silent(" ".join(map(str, workspace.verify().faults)))


def test_no_byte_of_the_file_shows_a_patient(tmp_path):
    path = tmp_path / "clinic.tmjkit"
    workspace = Workspace.create(path, PASSPHRASE, kdf=CHEAP)
    use_everything(workspace, planted_case())
    with workspace._database.writing() as connection:
        # While a transaction is open, the write-ahead log is there too.
        workspace_rows = connection.exec_driver_sql("UPDATE workspace SET author = 'x'")
        assert workspace_rows.rowcount == 1
        assert path.with_name("clinic.tmjkit-wal").exists()
        raw = raw_bytes(path)
    for word in (*PLANTED, PASSPHRASE, workspace.key.text()):
        for seen in (word.encode(), word.lower().encode(), word.encode("utf-16-le")):
            assert seen not in raw
    assert bytes(workspace.key) not in raw
    assert_silent(sqlite_dump(path))


@pytest.mark.postgres
def test_no_line_of_a_dump_shows_a_patient(postgres_url, postgres_server):
    workspace = Workspace.create(postgres_url, PASSPHRASE, kdf=CHEAP)
    use_everything(workspace, planted_case())
    dump = postgres_server.dump(postgres_url).decode()
    assert "case-" in dump
    assert_silent(dump)
    assert bytes(workspace.key).hex() not in dump
    assert PASSPHRASE not in dump


@pytest.mark.postgres
def test_the_log_of_the_server_shows_no_patient(postgres_url, postgres_server):
    workspace = Workspace.create(postgres_url, PASSPHRASE, kdf=CHEAP)
    use_everything(workspace, planted_case())
    log = postgres_server.log()
    assert "INSERT INTO revision" in log
    assert_silent(log)


def test_the_columns_are_those_that_may_be_seen(tmp_path):
    path = tmp_path / "clinic.tmjkit"
    workspace = Workspace.create(path, PASSPHRASE, kdf=CHEAP)
    case = make_case("Planted")
    workspace.save(case, None, "front desk")
    dump = sqlite_dump(path)
    for seen in (case.id, "front desk", workspace.history(case.id)[0].hash):
        assert seen in dump
    for hidden in ("Planted", "Example Mutual", "splint", "collecting", "patient"):
        assert hidden not in dump
