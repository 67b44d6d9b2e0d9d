"""Several processes at once, and processes that are killed: nothing is lost or overwritten."""

import os
import signal
import subprocess
import sys
from datetime import date

import pytest
from store_cases import PASSPHRASE, make_case, rows

from tmjkit.case import Case
from tmjkit.store import StaleRevision, WorklistQuery, Workspace

# Each writer says that it is ready, waits for a line, then writes as fast as it can.
OPEN = """
import os, sys
from tmjkit.case import Case
from tmjkit.store import StaleRevision, Workspace, WorkspaceExists, WorkspaceKey

def go():
    print("ready", flush=True)
    sys.stdin.readline()

place, author = sys.argv[1:3]
if "TMJKIT_KEY" in os.environ:
    workspace = Workspace.open(place, key=WorkspaceKey.from_text(os.environ["TMJKIT_KEY"]))
"""

SAVE_ONCE = """
loaded = workspace.load(sys.argv[3])
patient = loaded.case.patient.model_copy(update={"note": author})
go()
try:
    saved = workspace.save(loaded.case.with_record(patient), loaded.revision.number, author)
    print("saved", saved.number)
except StaleRevision as error:
    print("stale", error.current, error.theirs.patient.note, error.mine.patient.note)
"""

SAVE_TWENTY = """
go()
done = 0
while done < 20:
    loaded = workspace.load(sys.argv[3])
    patient = loaded.case.patient.model_copy(update={"note": f"{author} {done}"})
    try:
        workspace.save(loaded.case.with_record(patient), loaded.revision.number, author)
        done += 1
    except StaleRevision:
        pass
print("done", done)
"""

SAVE_UNTIL_KILLED = """
go()
case = Case()
number = workspace.save(case, None, author).number
data = os.urandom(50_000)
while True:
    patient = case.patient.model_copy(update={"note": str(number) * 2000})
    number = workspace.save(case.with_record(patient), number, author).number
    workspace.put_document(data + number.to_bytes(8))
    print(case.id, number, flush=True)
"""

PUT_SAME = """
data = b"%PDF the same" * 1_000_000
go()
print(workspace.put_document(data))
"""

CREATE = """
from tmjkit.store import Argon2, StoreError
go()
try:
    Workspace.create(place, "plainly fictional words", kdf=Argon2(32, 1, 1))
    print("made")
except StoreError as error:
    print(type(error).__name__)
"""


class Writers:
    """Processes that run a script and begin when told."""

    def __init__(self, script, count, place, *arguments, key=None):
        environment = dict(os.environ)
        environment.pop("TMJKIT_KEY", None)
        if key is not None:
            environment["TMJKIT_KEY"] = key.text()
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-c", OPEN + script, str(place), f"writer {n}", *arguments],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for n in range(count)
        ]
        for process in self.processes:
            assert process.stdout.readline() == "ready\n"

    def go(self):
        for process in self.processes:
            process.stdin.write("go\n")
            process.stdin.flush()

    def results(self):
        answers = [process.stdout.read().strip() for process in self.processes]
        assert [process.wait(timeout=60) for process in self.processes] == [0] * len(answers)
        return answers


def test_of_those_who_save_at_once_one_wins(workspace, place):
    case = make_case()
    workspace.save(case, None, "ann")
    writers = Writers(SAVE_ONCE, 3, place, case.id, key=workspace.key)
    writers.go()
    results = sorted(result.split()[0] for result in writers.results())
    assert results == ["saved", "stale", "stale"]
    assert len(workspace.history(case.id)) == 2
    assert workspace.load(case.id).case.patient.note == workspace.history(case.id)[1].author
    assert workspace.verify().ok


def test_the_losers_see_both_sides(workspace, place):
    case = make_case()
    workspace.save(case, None, "ann")
    writers = Writers(SAVE_ONCE, 2, place, case.id, key=workspace.key)
    writers.go()
    [lost] = [result for result in writers.results() if result.startswith("stale")]
    assert lost in ("stale 2 writer 0 writer 1", "stale 2 writer 1 writer 0")


def test_those_who_try_again_all_come_through(workspace, place):
    case = make_case()
    workspace.save(case, None, "ann")
    writers = Writers(SAVE_TWENTY, 2, place, case.id, key=workspace.key)
    writers.go()
    assert writers.results() == ["done 20"] * 2
    history = workspace.history(case.id)
    assert [one.number for one in history] == list(range(1, 42))
    assert sorted({one.author for one in history}) == ["ann", "writer 0", "writer 1"]
    assert workspace.verify().ok


def test_the_same_document_from_two_at_once_is_stored_once(workspace, place):
    writers = Writers(PUT_SAME, 2, place, key=workspace.key)
    writers.go()
    digest, same = writers.results()
    assert digest == same
    assert workspace.get_document(digest) == b"%PDF the same" * 1_000_000
    assert len(rows(place)["document"]) == 1


def test_of_those_who_make_it_at_once_one_does(place):
    writers = Writers(CREATE, 2, place)
    writers.go()
    results = sorted(writers.results())
    assert results[-1] == "made"
    assert results[0] in ("StoreUnavailable", "WorkspaceExists")
    assert Workspace.open(place, PASSPHRASE).summaries() == []


def test_a_kill_in_the_middle_of_saves_leaves_a_whole_workspace(workspace, place):
    case = make_case()
    workspace.save(case, None, "ann")
    told = {}
    for killed_after in (1, 4, 9):
        writers = Writers(SAVE_UNTIL_KILLED, 2, place, key=workspace.key)
        writers.go()
        for process in writers.processes:
            for _ in range(killed_after):
                case_id, number = process.stdout.readline().split()
                told[case_id] = int(number)
        for process in writers.processes:
            process.send_signal(signal.SIGKILL)
        for process in writers.processes:
            # Lines that were read ahead come first; a line that was cut by the kill says nothing.
            for line in process.stdout.read().splitlines(keepends=True):
                if line.endswith("\n"):
                    case_id, number = line.split()
                    told[case_id] = int(number)
            assert process.wait(timeout=60) == -signal.SIGKILL
        opened = Workspace.open(place, PASSPHRASE)
        found = opened.verify()
        assert found.ok, found.faults
        for case_id, number in told.items():
            assert len(opened.history(case_id)) in (number, number + 1)
    assert len(told) == 6
    assert opened.save(case, 1, "ann").number == 2
    assert {row.case_id for row in opened.summaries()} == {case.id, *told}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_process_uses_the_same_workspace(workspace, place):
    case = make_case()
    workspace.save(case, None, "ann")
    code = f"""
import os, sys
from tmjkit.store import Workspace, WorkspaceKey
workspace = Workspace.open(sys.argv[1], key=WorkspaceKey.from_text(os.environ["TMJKIT_KEY"]))
loaded = workspace.load("{case.id}")
child = os.fork()
base = loaded.revision.number
if child == 0:
    workspace.save(loaded.case, base, "child")
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
workspace.save(loaded.case, base + 1, "parent")
"""
    subprocess.run(
        [sys.executable, "-c", code, str(place)],
        env={**os.environ, "TMJKIT_KEY": workspace.key.text()},
        check=True,
        timeout=60,
    )
    assert [one.author for one in workspace.history(case.id)] == ["ann", "child", "parent"]


def test_a_reader_sees_one_state_while_another_writes(workspace, place):
    case = make_case()
    workspace.save(case, None, "ann")
    other = Workspace.open(place, PASSPHRASE)
    with workspace._database.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM revision").scalar_one()
        other.save(case, 1, "bo")
        after = connection.exec_driver_sql("SELECT count(*) FROM revision").scalar_one()
    assert (before, after) == (1, 1)
    assert len(workspace.history(case.id)) == 2


def test_a_save_between_the_two_statements_is_not_lost(workspace, place, monkeypatch):
    # What PostgreSQL's primary key is for; on SQLite the second writer waits instead.
    from tmjkit.store import cases

    case = make_case()
    workspace.save(case, None, "ann")
    head = cases.head(workspace._database._engine.connect(), case.id)
    workspace.save(case, 1, "bo")
    monkeypatch.setattr(cases, "head", lambda *_: head)
    with pytest.raises(StaleRevision) as error:
        workspace.save(Case(id=case.id), 1, "cy")
    assert (error.value.base, error.value.current) == (1, 2)
    assert workspace.load(case.id).case == case


PUT_NOTES = """
go()
for number in range(30):
    workspace.put_note("ann", "draft", f"{author} {number}".encode())
print("put")
"""

SAVE_AND_REFRESH = """
import dataclasses
from datetime import date
from tmjkit.case import Coverage, Handling

def told(case):
    return dataclasses.replace(case.summary(), changes_on="2026-11-24")

workspace = Workspace.open(place, key=workspace.key, summarize=told)
mine = workspace.load(sys.argv[3 + int(author[-1])])
go()
case, number = mine.case, mine.revision.number
for step in range(12):
    handling = Handling(date="2026-11-01", owner=f"Owner{step}{author[-1]}")
    payer = Coverage(payer=f"Payer {step % 3}", rank=1)
    case = case.model_copy(update={"handling": (handling,), "coverages": (payer,)})
    number = workspace.save(case, number, author).number
    workspace.refresh_due(date(2026, 11, 24 + step % 4))
print("done")
"""


def test_of_two_who_write_one_note_the_last_one_wins(workspace, place):
    writers = Writers(PUT_NOTES, 2, place, key=workspace.key)
    writers.go()
    assert writers.results() == ["put"] * 2
    assert workspace.get_note("ann", "draft") in (b"writer 0 29", b"writer 1 29")
    assert workspace.verify().ok


def test_the_index_is_whole_after_saves_and_refreshes_at_once(workspace, place):
    cases = [make_case(), make_case(), *(make_case() for _ in range(20))]
    workspace.save_new(cases, "ann")
    writers = Writers(SAVE_AND_REFRESH, 2, place, *(case.id for case in cases), key=workspace.key)
    writers.go()
    assert writers.results() == ["done"] * 2
    assert workspace.verify().ok
    for number in (0, 1):
        found = workspace.worklist(WorklistQuery(f"owner11{number}"), date(2026, 11, 24))
        assert [row.case_id for row in found.rows] == [cases[number].id]
    assert workspace.worklist_choices().owners == ("Owner110", "Owner111")
