"""`tmjkit assess` tells everything that the rules say, in the order of the work."""

import json
import os

from tmjkit.store import Workspace

CASE = "case-example-erisa"
TITLES = [
    "WHICH LAW GOVERNS",
    "WHAT IS DUE, ON BOTH SIDES",
    "WHAT KIND OF DENIAL THIS IS",
    "THE PAYER'S CRITERIA",
    "WHAT THE SCORES SHOW",
    "CODES AND UNITS",
    "WHAT TO DO NEXT",
]


def test_the_sections_stand_in_their_order(clinic, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, err = clinic("assess", CASE, "--today", "2026-11-23")
    assert (code, err) == (0, "")
    places = [out.index(title) for title in TITLES]
    assert places == sorted(places)
    assert "29 CFR 2560.503-1(h)(3)(i)" in out
    assert "Nothing here is a promise." in " ".join(out.split())
    assert max(len(line) for line in out.splitlines()) <= 80


def test_json_holds_the_same_for_programs(clinic):
    code, out, _ = clinic("assess", CASE, "--today", "2026-11-23", "--json")
    told = json.loads(out)
    assert code == 0
    assert list(told)[2:9] == [
        "regime",
        "deadlines",
        "triage",
        "criteria",
        "scores",
        "response",
        "coding",
    ]
    assert told["case"] == CASE
    assert told["regime"][0]["regime"] == "erisa-self-funded"


def test_the_offices_own_policy_is_judged(clinic, tmp_path):
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "acme.yaml").write_text(
        """as_of: 2026-11-01
policies:
  - id: acme-toxin
    title: Botulinum toxins
    payer: Acme Health
    number: "77"
    effective: 2026-01-01
    retrieved: 2026-11-01
    url: https://example.com/policy
    criteria:
      all_of:
        - test: diagnosis
          codes: [M79.11]
"""
    )
    workspace = Workspace.open(
        tmp_path / "clinic.tmjkit", passphrase=os.environ["TMJKIT_PASSPHRASE"]
    )
    loaded = workspace.load(CASE)
    coverage = loaded.case.coverages[0].model_copy(update={"policy": "acme-toxin"})
    workspace.save(loaded.case.with_record(coverage), loaded.revision.number, "front desk")
    code, out, err = clinic("assess", CASE, "--today", "2026-11-23")
    assert (code, err) == (0, "")
    assert "Botulinum toxins" in out


def test_a_case_that_is_not_there_is_one_line(clinic):
    code, out, err = clinic("assess", "case-nobody")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
