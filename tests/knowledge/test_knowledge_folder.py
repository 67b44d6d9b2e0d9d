"""A clinic's own folder of knowledge is read with what ships, marked as theirs, and checked."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmjkit import knowledge
from tmjkit.knowledge import KnowledgeError, contents, library
from tmjkit.knowledge import collection as collection_module

FACT = {
    "id": "OUR-1",
    "kind": "practice",
    "title": "Photo of the bite",
    "statement": "This payer asks for a photograph of the bite.",
    "citation": "Call with the payer",
    "url": "https://payer.example/policies",
    "confidence": "memory",
}
POLICY = {
    "id": "our-payer-1",
    "title": "Botulinum toxin",
    "payer": "Example Mutual",
    "number": "12",
    "effective": "2026-01-01",
    "retrieved": "2026-11-01",
    "criteria": {"all_of": [{"test": "age", "at_least": 18}]},
}


def write(folder, name="ours.yaml", facts=(FACT,), policies=(), **more):
    content = {"as_of": "2026-11-01", "facts": list(facts), "policies": list(policies), **more}
    (folder / name).write_text(json.dumps(content, indent=2), encoding="utf-8")


def refusal(folder):
    with pytest.raises(KnowledgeError) as caught:
        library(folder)
    return str(caught.value)


def test_without_a_folder_it_is_what_ships(tmp_path):
    assert library() is library(tmp_path / "nowhere")
    assert library().facts == knowledge.facts()
    assert library().files == ()
    assert all(item.origin == "" for item in library().facts.values())


def test_a_clinics_fact_is_marked_as_theirs_wherever_it_is_shown(tmp_path):
    write(tmp_path)
    found = library(tmp_path)
    assert found.facts["OUR-1"].origin == "ours.yaml"
    assert "from the office's own file ours.yaml" in found.facts["OUR-1"].caveat
    assert "not confirmed" in found.facts["OUR-1"].caveat
    assert len(found.facts) == len(knowledge.facts()) + 1
    assert "OUR-1" not in knowledge.facts()
    assert found.files == ("ours.yaml",)


def test_a_changed_file_is_read_anew(tmp_path):
    write(tmp_path)
    library(tmp_path)
    write(tmp_path, facts=[FACT | {"id": "OUR-2"}])
    assert "OUR-2" in library(tmp_path).facts
    assert "OUR-1" not in library(tmp_path).facts


def test_a_shipped_id_and_an_id_of_another_file_are_refused_together(tmp_path):
    write(tmp_path, "a.yaml", facts=[FACT, FACT | {"id": "bmj-2023"}])
    write(tmp_path, "b.yml", facts=[FACT])
    assert refusal(tmp_path).splitlines() == [
        "a.yaml: bmj-2023: id: stands in what ships with tmjkit too",
        "b.yml: OUR-1: id: stands in a.yaml too",
    ]


def test_everything_wrong_in_every_file_is_told_at_once(tmp_path):
    write(tmp_path, "a.yaml", facts=[FACT | {"url": "our wiki"}, FACT | {"kind": "rumor"}])
    write(tmp_path, "b.yaml", facts=[FACT | {"titel": "x"}])
    first, second, third = refusal(tmp_path).splitlines()
    assert first == "a.yaml: OUR-1: url: should be an address that begins with http:// or https://"
    assert second.startswith("a.yaml: OUR-1: kind: should be 'rule'")
    assert third == "b.yaml: OUR-1: titel: is not a field here; is 'title' meant?"


def test_no_value_of_a_file_is_repeated_in_an_error(tmp_path):
    secret = "Jane Example born 1980-01-01"
    write(
        tmp_path,
        facts=[
            FACT | {"id": secret, "kind": secret, "as_of": secret, "states": [secret]},
            secret,
            FACT | {secret: 1},
        ],
        policies=[POLICY | {secret: 1, "\r": 2}],
    )
    assert "Jane" not in refusal(tmp_path)
    (tmp_path / "ours.yaml").write_text(f"facts: []\n{secret}: 1\n{secret}: 2\n", encoding="utf-8")
    assert "Jane" not in refusal(tmp_path)


def test_files_of_other_kinds_are_passed_over_and_named(tmp_path):
    write(tmp_path)
    (tmp_path / "policy.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / ".ours.yaml.swp").write_bytes(b"\x00")
    (tmp_path / "older").mkdir()
    assert library(tmp_path).passed_over == ("older", "policy.pdf")


def test_a_name_that_hides_a_knowledge_file_is_refused(tmp_path):
    write(tmp_path, "ours.yaml.txt")
    assert refusal(tmp_path) == "ours.yaml.txt: its name should end in .yaml"


def test_a_suffix_in_capitals_counts(tmp_path):
    write(tmp_path, "OURS.YAML")
    assert "OUR-1" in library(tmp_path).facts


def test_a_link_is_refused(tmp_path):
    folder, other = tmp_path / "knowledge", tmp_path / "other.yaml"
    folder.mkdir()
    write(tmp_path, "other.yaml")
    (folder / "ours.yaml").symlink_to(other)
    assert refusal(folder) == "ours.yaml: should be the file itself, not a link to one"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    assert refusal(tmp_path) == "pipe.yaml: should be a file"


def test_a_huge_file_is_refused(tmp_path):
    (tmp_path / "huge.yaml").write_bytes(b"#" * (collection_module.LARGEST + 1))
    assert refusal(tmp_path) == "huge.yaml: should have at most 1000 kB"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"facts: [\xff\xfe]", "should be text in UTF-8"),
        (b"\xff\xfef\x00a\x00", "should be text in UTF-8"),
        (b"%PDF-1.7\n%\xe2\xe3", "should be text in UTF-8"),
        (b"%PDF-1.7\nobj <<", "should be YAML"),
        (b"PK\x03\x04\x00\x00", "should be YAML"),
        (b"", "facts: should be a list"),
        (b'{"facts": 3}', "facts: should be a list"),
    ],
)
def test_what_is_no_yaml_in_utf_8_is_refused(tmp_path, raw, said):
    (tmp_path / "odd.yaml").write_bytes(raw)
    assert refusal(tmp_path).startswith("odd.yaml: ")
    assert said in refusal(tmp_path)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    write(tmp_path)
    path = tmp_path / "ours.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert "OUR-1" in library(tmp_path).facts


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    path = tmp_path / "knowledge"
    path.write_text("facts: []", encoding="utf-8")
    assert refusal(path) == "knowledge: should be a folder of knowledge files"


def test_a_clinics_policy_is_read_and_marked_as_theirs(tmp_path):
    write(tmp_path, facts=(), policies=[POLICY])
    found = library(tmp_path).policies["our-payer-1"]
    assert found.origin == "ours.yaml"
    assert found.retrieved.isoformat() == "2026-11-01"


def test_a_policy_that_can_not_be_accepted_names_file_id_and_field(tmp_path):
    write(tmp_path, facts=(), policies=[POLICY | {"effective": "soon"}, 3])
    first, second = refusal(tmp_path).splitlines()
    assert first == "ours.yaml: our-payer-1: effective: should be a day, such as 2026-11-23"
    assert second == "ours.yaml: policy 2: should be a mapping of fields"


def test_two_policies_with_one_id_are_refused(tmp_path):
    write(tmp_path, facts=(), policies=[POLICY, POLICY])
    assert refusal(tmp_path) == "ours.yaml: our-payer-1: id: stands in ours.yaml too"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
ENTRIES = st.lists(
    st.dictionaries(st.sampled_from([*FACT, *POLICY, "clock", "regimes", "code"]), ANYTHING)
    | st.builds(lambda name, value: FACT | {name: value}, st.sampled_from([*FACT]), ANYTHING)
    | st.builds(lambda name, value: POLICY | {name: value}, st.sampled_from([*POLICY]), ANYTHING)
    | ANYTHING,
    max_size=3,
)


@given(st.fixed_dictionaries({"as_of": ANYTHING}, optional={"facts": ENTRIES, "policies": ENTRIES}))
def test_whatever_stands_in_a_file_it_is_read_or_refused_by_its_name(content):
    text = json.dumps(content)
    try:
        found = contents("any.yaml", text, origin="any.yaml")
    except KnowledgeError as error:
        lines = str(error).splitlines()
        assert lines
        assert all(line.startswith("any.yaml: ") for line in lines)
    else:
        entries = [*found.facts, *found.policies]
        assert all(entry.origin == "any.yaml" for entry in entries)
