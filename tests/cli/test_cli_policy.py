"""`tmjkit policy`: list, show, check a case, and the file to fill in."""

import json
import re

import pytest
import yaml

from tmjkit.case import Case, Coverage
from tmjkit.knowledge import Policy, library
from tmjkit.knowledge.policy import TESTS

CASE = "case-example-erisa"
DAY = ("--today", "2026-11-23")
OWN = """
policies:
  - id: my-policy
    title: Botulinum toxin
    payer: Example Health
    number: EX-7
    effective: 2026-01-01
    retrieved: 2026-11-01
    criteria:
      title: Proof
      any_of:
        - {test: interval, weeks: 12, wording: Not before twelve weeks., section: page 2}
        - {test: document, kinds: [imaging]}
"""


@pytest.fixture
def own(clinic, tmp_path):
    """Return `run` with a policy of the clinic's own beside the workspace."""
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "ours.yaml").write_text(OWN)
    return clinic


def case_id(run):
    return json.loads(run("case", "list", "--json")[1])[0]["case_id"]


def test_list_names_the_examples_and_the_clinics_own(own):
    code, out, _ = own("policy", "list")
    assert code == 0
    rows = {line.split()[0]: line for line in out.splitlines()[1:]}
    assert set(rows) == {"example-conservative-care", "example-reauthorization", "my-policy"}
    assert "no payer" in rows["example-reauthorization"]
    assert "ours.yaml" in rows["my-policy"]
    assert "2026-11-01" in rows["my-policy"]
    listed = json.loads(own("policy", "list", "--json")[1])
    assert {one["id"] for one in listed} == set(rows)


def test_show_prints_the_tree(own):
    code, out, _ = own("policy", "show", "my-policy")
    assert code == 0
    assert out.splitlines()[0].startswith("Example Health EX-7, Botulinum toxin, effective Jan")
    assert "- At least 12 weeks between sessions (page 2)" in out
    assert "“Not before twelve weeks.”" in out
    assert "An example: no payer's policy." in own("policy", "show", "example-reauthorization")[1]
    read = json.loads(own("policy", "show", "my-policy", "--json")[1])
    assert Policy.model_validate(read).id == "my-policy"


def test_check_tells_marks_and_what_to_get(own):
    run = own
    code, out, _ = run("policy", "check", case_id(run), "--policy", "example-reauthorization", *DAY)
    assert code == 0
    assert "not your payer's" in " ".join(out.split())
    assert "[Met] At least 12 weeks between sessions" in out
    assert "[Not shown] The last session helped enough and for long enough" in out
    assert "1. Injection records of earlier sessions" in out
    assert "February 4 to May 6, 2025" in out
    (read,) = json.loads(
        run("policy", "check", case_id(run), "--policy", "my-policy", "--json", *DAY)[1]
    )
    assert (read["mark"], read["policy"]["origin"]) == ("met", "ours.yaml")


def test_check_uses_the_policy_that_the_coverage_names(own, tmp_path):
    run = own
    code, _, err = run("policy", "check", case_id(run))
    assert code == 1
    assert "no coverage of this case names a policy" in err
    named = Case(coverages=(Coverage(payer="Example", policy="my-policy"),))
    file = tmp_path / "named.json"
    file.write_bytes(named.to_json())
    assert run("case", "import", file)[0] == 0
    code, out, _ = run("policy", "check", named.id, *DAY)
    assert code == 0
    assert out.startswith("Example Health EX-7")


def test_a_policy_that_is_not_there_is_named(clinic):
    for arguments in (("show", "gone"), ("check", case_id(clinic), "--policy", "gone")):
        code, _, err = clinic("policy", *arguments)
        assert code == 1
        assert "there is no policy 'gone'; 'tmjkit policy list' has them all" in err


def test_a_mistake_in_the_clinics_file_is_named_by_file_id_and_field(own, tmp_path):
    file = tmp_path / "knowledge" / "ours.yaml"
    file.write_text(OWN.replace("imaging", "x-ray"))
    code, _, err = own("policy", "list")
    assert code == 1
    assert "ours.yaml: my-policy: criteria.any_of.2.kinds.1: should be one of" in err


def test_the_template_is_written_once(tmjkit, tmp_path):
    file = tmp_path / "payer.yaml"
    code, out, _ = tmjkit("policy", "template", file)
    assert (code, out.strip()) == (0, str(file))
    assert file.stat().st_mode & 0o077 == 0
    assert tmjkit("policy", "template")[1] == file.read_text()
    file.write_text("mine")
    code, _, err = tmjkit("policy", "template", file)
    assert code == 1
    assert "is there already" in err
    assert file.read_text() == "mine"
    assert tmjkit("policy", "template", tmp_path / "payer.txt")[0] == 2


def test_the_template_as_it_is_says_what_to_fill_in(tmjkit, tmp_path):
    folder = tmp_path / "knowledge"
    folder.mkdir()
    assert tmjkit("policy", "template", folder / "payer.yaml")[0] == 0
    code, _, err = tmjkit("knowledge", "check", "--folder", folder)
    assert code == 1
    assert "payer.yaml: my-payer-botulinum-toxin: title" in err


def test_every_line_of_the_template_can_be_used(tmjkit, tmp_path):
    """With every comment mark taken away and the blanks filled in, all of it is a policy."""
    text = tmjkit("policy", "template")[1]
    used = [
        re.sub(r"^(\s*)# ", r"\1", line).split(" ##")[0]
        for line in text.splitlines()
        if not line.lstrip().startswith("##")
    ]
    filled = "\n".join(used)
    for field, value in (
        ('title: ""', "title: Toxin"),
        ('payer: ""', "payer: Example"),
        ('number: ""', "number: none"),
        ("effective: ", "effective: 2026-01-01 "),
        ("retrieved: ", "retrieved: 2026-11-01 "),
    ):
        assert field in f"{filled} "
        filled = filled.replace(field.rstrip(), value.rstrip(), 1)
    (tmp_path / "filled.yaml").write_text(filled)
    policy = library(tmp_path).policies["my-payer-botulinum-toxin"]
    assert {type(test) for test in policy.tests} == set(TESTS)
    assert yaml.safe_load(filled)["policies"][0]["expires"]


def test_words_lists_what_a_policy_can_name(tmjkit):
    code, out, _ = tmjkit("policy", "words")
    assert code == 0
    assert re.search(r"kinds of treatment +trigger-point-injection +Trigger point injection", out)
    assert json.loads(tmjkit("policy", "words", "--json")[1])["instrument"]["obc"]


def test_a_document_is_marked_as_what_attests(own, tmp_path):
    (tmp_path / "knowledge" / "ours.yaml").write_text(
        OWN.replace(
            "test: document, kinds: [imaging]", "test: attestation, name: well, what: Well"
        ).replace("any_of", "all_of")
    )
    case, document = case_id(own), "document-clinic-notes"

    def marks():
        (read,) = json.loads(
            own("policy", "check", case, "--policy", "my-policy", "--json", *DAY)[1]
        )
        return [one["mark"] for one in read["criteria"]["criteria"]]

    assert marks() == ["met", "undocumented"]
    code, out, _ = own("policy", "attest", case, document, "well")
    assert (code, out.endswith(": well\n")) == (0, True)
    assert marks() == ["met", "met"]
    again = own("policy", "attest", case, document, "well")
    assert (again[0], "nothing was changed" in again[2]) == (1, True)
    assert own("policy", "attest", case, document, "well", "--remove")[0] == 0
    assert marks() == ["met", "undocumented"]
    code, _, err = own("policy", "attest", case, "gone", "well")
    assert code == 1
    assert "it has: document-denial, document-plan" in err
