"""Who looks after a case, closing and opening it again, and finding cases in the list."""

import json
import os

import pytest

from tmjkit.case import Task
from tmjkit.store import Workspace

PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def office(tmjkit):
    """Return `run` in a workspace with two cases, and their ids."""
    assert tmjkit("init")[0] == 0
    ids = [
        tmjkit("case", "new", "--given", given, "--family", family, "--payer", payer)[1].strip()
        for given, family, payer in (
            ("Avery", "Example", "Example Mutual"),
            ("Blake", "Sample", "Sample Plan"),
        )
    ]
    return tmjkit, ids


def listed(run, *arguments):
    code, out, err = run("case", "list", "--json", *arguments)
    assert (code, err) == (0, "")
    return json.loads(out)


def test_a_case_gets_an_owner(office):
    run, (one, two) = office
    code, out, _ = run("case", "owner", one, "Front desk", "--today", "2025-01-02")
    assert (code, out) == (0, f"{one}: Front desk looks after it from 2025-01-02 on\n")
    assert [row["case_id"] for row in listed(run, "--owner", "Front desk")] == [one]
    assert [row["case_id"] for row in listed(run, "--owner", "")] == [two]
    assert [row["owner"] for row in listed(run, "--search", "avery front")] == ["Front desk"]
    assert "Front desk" in run("case", "list")[1]


def test_an_owner_needs_a_name(office):
    run, (one, _) = office
    code, out, err = run("case", "owner", one, " ")
    assert (code, out) == (1, "")
    assert "needs a name" in err
    assert listed(run, "--owner", "Front desk") == []


def test_a_closed_case_leaves_the_list_and_comes_back(office):
    run, (one, two) = office
    code, out, err = run("case", "close", one, "--reason", "withdrawn", "--today", "2025-01-02")
    assert (code, out, err) == (0, f"{one}: closed from 2025-01-02 on\n", "")
    assert [row["case_id"] for row in listed(run)] == [two]
    closed = listed(run, "--stage", "closed")
    assert [(row["case_id"], row["stage"]) for row in closed] == [(one, "closed")]
    assert run("case", "close", one, "--reason", "other")[0] == 1
    code, out, _ = run("case", "reopen", one, "--today", "2025-01-03")
    assert (code, out) == (0, f"{one}: open again from 2025-01-03 on\n")
    assert len(listed(run)) == 2
    assert run("case", "reopen", one)[0] == 1


def test_closing_tells_what_is_still_open(clinic):
    [row] = listed(clinic)
    code, out, err = clinic(
        "case", "close", row["case_id"], "--reason", "other", "--today", "2026-11-24"
    )
    assert code == 0
    assert "closed" in out
    assert "Send the internal appeal by 2027-04-16" in err
    assert err.count("no longer in the worklist") == 4


def test_a_reason_that_is_none_says_what_can_be(office):
    run, (one, _) = office
    code, out, err = run("case", "close", one, "--reason", "bored")
    assert (code, out) == (1, "")
    assert "withdrawn" in err
    assert "Traceback" not in err
    assert len(listed(run)) == 2


def test_the_list_finds_what_is_overdue(office):
    run, (one, _) = office
    assert listed(run, "--overdue") == []
    store = Workspace.open(os.environ["TMJKIT_WORKSPACE"], PASSPHRASE)
    task = Task(title="Call the plan", due="2025-01-02")
    # Saved by a program that knows no rules: the list looks at it anew.
    store.save(store.load(one).case.with_record(task), 1, "ann")
    [row] = listed(run, "--overdue")
    assert (row["case_id"], row["next_due"]) == (one, "2025-01-02")
    assert row["next_duty"] == "Call the plan"


def test_the_list_finds_by_stage(clinic):
    assert len(listed(clinic, "--stage", "denied", "--stage", "ready")) == 1
    assert listed(clinic, "--stage", "approved") == []
    code, out, err = clinic("case", "list", "--stage", "lost")
    assert (code, out) == (1, "")
    assert "reauthorization" in err
