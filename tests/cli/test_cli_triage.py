"""`tmjkit triage` tells what kind of denial it is, in words and as JSON."""

import json

CASE = "case-example-erisa"


def test_the_open_denial_is_told_with_what_says_so(clinic):
    code, out, err = clinic("triage", CASE, "--today", "2026-11-23")
    assert (code, err) == (0, "")
    for words in (
        "Denied, notice of October 14, 2026 (determination-denial)",
        "Experimental or investigational: arguable [triage.experimental]",
        "“experimental or investigational”",
        "Must be answered: The published evidence against it",
        "Can be argued: ",
        "Does not help: ",
        "Appeal to the payer (open)",
        "Next: The first appeal",
        "29 CFR 2560.503-1(h)(3)(i)",
    ):
        assert words in out, words


def test_json_holds_the_same_for_programs(clinic):
    code, out, _ = clinic("triage", CASE, "--json")
    (told,) = json.loads(out)
    assert code == 0
    assert told["determination"] == "determination-denial"
    assert [one["kind"] for one in told["classes"]] == ["experimental"]
    assert told["standing"] == "arguable"
    assert {"id", "title", "citation", "caveat"} == set(told["facts"][0])


def test_one_decision_can_be_chosen_and_a_wrong_id_is_refused(clinic):
    code, out, _ = clinic("triage", CASE, "--determination", "determination-denial", "--json")
    assert code == 0
    assert len(json.loads(out)) == 1
    code, out, err = clinic("triage", CASE, "--determination", "no-such")
    assert (code, out) == (1, "")
    assert "no determination of that id" in err
    assert err.count("\n") == 1


def test_a_case_without_a_denial_says_so(tmjkit):
    assert tmjkit("init")[0] == 0
    made = tmjkit("case", "new", "--given", "Robin", "--family", "Example")
    assert made[0] == 0
    code, out, _ = tmjkit("triage", made[1].strip())
    assert code == 0
    assert "No open denial is recorded" in out
    assert json.loads(tmjkit("triage", made[1].strip(), "--json")[1]) == []
