"""`tmjkit code` tells what a code means, with its source, and checks the codes of a case."""

import json

import pytest


# Facts ICD-LEAVES, C-M79-11 and ICD-EXCLUDES-*.
@pytest.mark.parametrize("written", ["M79.11", "m7911", " M79.11 "])
def test_a_diagnosis_code(tmjkit, written):
    code, out, err = tmjkit("code", "show", written)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "M79.11"
    assert "the ICD-10-CM list of April 1, 2026" in out
    assert "billable:  yes" in out
    assert "heading:   M79.1" in out
    assert "not with:  fibromyalgia (M79.7) (Excludes1 note at M79.1)" in out
    assert "[C-M79-11]" in out
    assert "never chooses one" in out


def test_a_heading_says_how_much_is_lacking_and_names_no_code(tmjkit):
    code, out, _ = tmjkit("code", "show", "M26.6")
    assert code == 0
    assert "no, it is a heading; codes below it have 1 to 2 more characters" in out
    assert "both may stand" in out  # Excludes2: S03.0 and S03.4


def test_a_diagnosis_code_as_json(tmjkit):
    code, out, _ = tmjkit("code", "show", "M26.6", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["icd10cm"]["billable"] is False
    assert told["icd10cm"]["missing_characters"] == [1, 2]
    assert told["icd10cm"]["parent"] == "M26"
    assert {note["at"] for note in told["icd10cm"]["excludes2"]} >= {"M26.6"}
    assert {fact["id"] for fact in told["facts"]} >= {"C-M26-6"}
    assert all(fact["citation"] for fact in told["facts"])


@pytest.mark.parametrize(
    ("written", "fact", "words"),
    [
        ("J0586", "C-J0586", "5 units"),
        ("64612", "C-64612", "facial nerve"),
        ("64999", "C-64999", "cover letter"),
        ("d9613", "C-D9613", "no code for botulinum toxin"),
        ("JW", "C-JW", "discarded"),
        ("CO-50", "C-CARC-50", "medically necessary"),
        ("CO-50", "C-GROUP-CO", "writes it off"),
        ("CARC 15", "C-CARC-15", "No longer used since 2018-05-01"),
        ("N386", "C-RARC-N386", "coverage determination"),
        ("0023-9232-01", "C-NDC-COSMETIC", "not the therapeutic product"),
        ("0023923201", "C-NDC-COSMETIC", "not the therapeutic product"),
        ("GA", "C-GA-GZ", "not confirmed against any source"),
    ],
)
def test_another_code_in_own_words_with_its_source(tmjkit, written, fact, words):
    code, out, _ = tmjkit("code", "show", written)
    assert code == 0
    assert f"[{fact}]" in out
    assert words in out
    assert "source: " in out
    assert "as of 2026-11-23" in out


def test_a_number_of_two_sets_is_told_of_both(tmjkit):
    _, out, _ = tmjkit("code", "show", "50")
    assert "[C-50]" in out
    assert "[C-CARC-50]" in out


@pytest.mark.parametrize(
    "written", ["Q99.Z", "99999", "", "M79.11; ls", "\x1b[2J", "x" * 5000, "A00-A09"]
)
def test_a_code_of_which_nothing_is_known(tmjkit, written):
    code, out, err = tmjkit("code", "show", written)
    assert code == 1
    assert out == ""
    assert err.count("\n") == 1
    assert "code book" in err
    assert "\x1b" not in err


def test_the_codes_of_a_case(clinic):
    _, listed, _ = clinic("case", "list", "--json")
    (case,) = json.loads(listed)
    code, out, _ = clinic("code", "check", case["case_id"], "--today", "2026-11-23")
    assert code == 0
    assert "[Good to know]" in out
    assert "never chooses one" in out
    _, out, _ = clinic("code", "check", case["case_id"], "--today", "2026-11-23", "--json")
    rules = {item["rule"] for item in json.loads(out)}
    assert rules == {"coding.release", "coding.unlisted"}
    _, out, _ = clinic("code", "check", case["case_id"], "--today", "2026-09-01")
    assert "64999" in out
    assert "April 1, 2026" not in out
