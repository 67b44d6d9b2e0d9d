"""`tmjkit knowledge` shows a fact with its source, and checks the office's own files."""

import json

import pytest

from tmjkit.cli.errors import Refused
from tmjkit.cli.library import folder_of, library_of
from tmjkit.knowledge import facts

OURS = """\
as_of: 2026-11-01
facts:
  - id: OUR-1
    kind: practice
    title: Photo of the bite
    statement: This payer asks for a photograph of the bite.
    citation: Call with the payer
    url: https://payer.example/policies
    confidence: memory
"""


@pytest.fixture
def office(tmp_path):
    """Return the folder of knowledge beside a workspace's file."""
    (tmp_path / "clinic.tmjkit").write_bytes(b"")
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "ours.yaml").write_text(OURS, encoding="utf-8")
    return folder


def words(text):
    return " ".join(text.split())


def test_a_fact_is_shown_with_its_source_without_a_workspace(tmjkit, monkeypatch):
    monkeypatch.delenv("TMJKIT_PASSPHRASE")
    code, out, err = tmjkit("knowledge", "show", "F-FILE")
    assert (code, err) == (0, "")
    said = words(out)
    assert "F-FILE Right to the claim file" in said
    assert "source 29 CFR 2560.503-1(h)(2)(iii)" in said
    assert "look up https://www.ecfr.gov/current/title-29/section-2560.503-1" in said
    assert "confirmed the text was read in a third-party copy (confirmed-copy)" in said
    assert "as of 2026-11-23" in said
    assert "holds for Self-funded employer plan (ERISA)" in said


def test_what_nobody_confirmed_says_so(tmjkit):
    _, out, _ = tmjkit("knowledge", "show", "D-CRIT-5")
    assert "caveat not confirmed against any source" in words(out)
    assert "in letters never stated in a letter" in words(out)


def test_where_sources_differ_it_says_so(tmjkit, office):
    text = OURS.replace("memory", "conflict")
    (office / "ours.yaml").write_text(text, encoding="utf-8")
    _, out, _ = tmjkit("knowledge", "show", "OUR-1")
    assert "caveat sources differ; this is the safe choice" in words(out)


def test_every_fact_can_be_shown(tmjkit):
    from tmjkit.knowledge import card

    for item in facts().values():
        rows = dict(card(item))
        assert rows["source"] == item.citation
        assert rows["look up"] == item.url
        assert rows["says"] == item.statement
        assert all(text for _, text in card(item)), item.id


def test_a_time_limit_is_shown_in_its_values(tmjkit):
    _, out, _ = tmjkit("knowledge", "show", "A-INT-FILE")
    assert "days: 180 counted from: receipt of the notice" in words(out)


def test_a_checklist_is_shown_item_by_item(tmjkit):
    _, out, _ = tmjkit("knowledge", "show", "F2-HIPAA")
    assert "signed by: patient" in out
    assert "holds: the 30 days" in out


def test_an_id_is_found_in_small_letters(tmjkit):
    assert tmjkit("knowledge", "show", "f-file")[1].startswith("F-FILE")


def test_a_rule_is_shown_with_what_it_rests_on(tmjkit):
    from tmjkit.rules.catalog import catalog

    rule = next(rule for rule in catalog().values() if rule.facts)
    code, out, _ = tmjkit("knowledge", "show", rule.id)
    assert code == 0
    said = words(out)
    assert words(rule.says) in said
    for fact_id in rule.facts:
        assert f"{fact_id}: {words(facts()[fact_id].statement)}" in said
    assert json.loads(tmjkit("knowledge", "show", rule.id, "--json")[1])["id"] == rule.id


def test_an_id_that_is_not_there_is_told_with_those_near_to_it(tmjkit):
    code, out, err = tmjkit("knowledge", "show", "F-FILES")
    assert (code, out) == (1, "")
    assert "there is no fact or rule 'F-FILES'; near to it: F-FILE" in err
    assert "'tmjkit knowledge list' has them all" in tmjkit("knowledge", "show", "??")[2]


def test_json_holds_the_fact_and_what_has_to_be_said_of_it(tmjkit):
    found = json.loads(tmjkit("knowledge", "show", "A-INT-FILE", "--json")[1])
    assert found["clock"]["from"] == "receipt"
    assert found["caveat"] == ""
    assert found["letter_ready"] is True


def test_the_list_is_narrowed_by_kind_regime_and_words(tmjkit):
    listed = json.loads(
        tmjkit("knowledge", "list", "--kind", "evidence", "--search", "Splint SALINE", "--json")[1]
    )
    assert "dltc-2020" in {item["id"] for item in listed}
    assert {item["kind"] for item in listed} == {"evidence"}
    medicaid = json.loads(
        tmjkit("knowledge", "list", "--regime", "medicaid-managed-care", "--json")[1]
    )
    assert "F-FILE" not in {item["id"] for item in medicaid}
    assert "A-MCO-CONT" in {item["id"] for item in medicaid}
    assert "E-BOX" in {item["id"] for item in medicaid}
    assert len(json.loads(tmjkit("knowledge", "list", "--json")[1])) == len(facts())


def test_the_list_is_a_table_with_the_caveat(tmjkit):
    _, out, _ = tmjkit("knowledge", "list", "--kind", "stance")
    head, *lines = out.splitlines()
    assert head.split() == ["id", "kind", "title", "caveat"]
    assert len(lines) == sum(item.kind == "stance" for item in facts().values())
    assert all("get the payer's current document" in line for line in lines)


@pytest.mark.parametrize(("option", "example"), [("--kind", "evidence"), ("--regime", "tricare")])
def test_a_word_that_is_no_kind_or_regime_is_refused_with_those_there_are(tmjkit, option, example):
    code, _, err = tmjkit("knowledge", "list", option, "rumor")
    assert code == 1
    assert f"{option} should be one of: " in err
    assert example in err


def test_the_offices_own_facts_are_shown_as_theirs(tmjkit, office):
    _, out, _ = tmjkit("knowledge", "show", "OUR-1")
    assert "from the office's own file ours.yaml" in words(out)
    assert "OUR-1" in tmjkit("knowledge", "list", "--search", "photograph")[1]


def test_the_folder_can_be_named(tmjkit, office, tmp_path, monkeypatch):
    moved = office.rename(tmp_path / "elsewhere")
    assert tmjkit("knowledge", "show", "OUR-1")[0] == 1
    assert tmjkit("knowledge", "show", "OUR-1", "--knowledge", moved)[0] == 0
    monkeypatch.setenv("TMJKIT_KNOWLEDGE", str(moved))
    assert tmjkit("knowledge", "show", "OUR-1")[0] == 0


def test_a_folder_that_was_asked_for_has_to_be_there(tmjkit, tmp_path):
    code, _, err = tmjkit("knowledge", "list", "--knowledge", tmp_path / "nowhere")
    assert code == 1
    assert "there is no folder" in err
    assert "--knowledge or TMJKIT_KNOWLEDGE" in err


def test_check_tells_what_each_file_holds(tmjkit, office):
    (office / "policy.pdf").write_bytes(b"%PDF")
    code, out, _ = tmjkit("knowledge", "check")
    assert code == 0
    assert out.splitlines() == [
        "ours.yaml: 1 fact, 0 policies",
        "policy.pdf: passed over, because it is no .yaml file",
        "Everything is in order.",
    ]


def test_check_tells_everything_wrong_line_by_line(tmjkit, office):
    (office / "ours.yaml").write_text(OURS.replace("memory", "sure"), encoding="utf-8")
    (office / "more.yml").write_text(OURS.replace("OUR-1", "F-FILE"), encoding="utf-8")
    code, out, err = tmjkit("knowledge", "check", "--folder", office)
    assert (code, out) == (1, "")
    assert err.splitlines()[0].startswith("ours.yaml: OUR-1: confidence: should be ")
    (office / "ours.yaml").unlink()
    assert (
        "more.yml: F-FILE: id: stands in what ships with tmjkit too"
        in tmjkit("knowledge", "check")[2]
    )


def test_check_without_a_folder_says_what_is_used(tmjkit, office):
    (office / "ours.yaml").unlink()
    assert "No knowledge file stands in" in tmjkit("knowledge", "check")[1]
    office.rmdir()
    code, out, _ = tmjkit("knowledge", "check")
    assert code == 0
    assert "only what ships with tmjkit is used" in out


def test_a_wrong_file_stops_what_would_have_used_it(tmjkit, office):
    (office / "ours.yaml").write_text("facts: 3", encoding="utf-8")
    code, _, err = tmjkit("knowledge", "show", "F-FILE")
    assert code == 1
    assert err == "tmjkit: ours.yaml: facts: should be a list\n"


def test_a_folder_of_that_name_counts_only_beside_a_workspace(tmp_path):
    (tmp_path / "knowledge").mkdir()
    assert folder_of(str(tmp_path / "none.tmjkit"), None) is None
    (tmp_path / "clinic.tmjkit").write_bytes(b"")
    assert folder_of(str(tmp_path / "clinic.tmjkit"), None) == tmp_path / "knowledge"
    assert folder_of("postgresql://db.example/clinic", None) is None
    with pytest.raises(Refused):
        library_of("clinic.tmjkit", tmp_path / "nowhere")


def test_what_a_terminal_obeys_does_not_reach_it(tmjkit, office):
    evil = OURS.replace("photograph", "photo\\u001b[31mgraph").replace(
        "statement: This", 'statement: "This'
    )
    evil = evil.replace("of the bite.\n", 'of the bite."\n')
    (office / "ours.yaml").write_text(evil, encoding="utf-8")
    code, out, _ = tmjkit("knowledge", "show", "OUR-1")
    assert code == 0
    assert "\x1b[31m" not in out
