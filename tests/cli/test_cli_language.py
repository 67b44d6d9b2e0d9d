"""`--language es` explains findings in Spanish beside the English line."""

import json

from tmjkit.examples import load
from tmjkit.rules.catalog import catalog
from tmjkit.rules.catalog.explain import explained

CASE = load("self-funded-erisa-denial").case
DAY = ("--today", "2026-11-23")


def test_findings_have_the_spanish_line_beside_the_english_one(clinic):
    english = clinic("findings", CASE.id, *DAY)[1].splitlines()
    both = clinic("findings", CASE.id, *DAY, "--language", "es")[1].splitlines()
    spanish = [line for line in both if line.startswith("    Español: [")]
    assert [line for line in both if line not in spanish] == english
    assert len(spanish) == sum(1 for line in english if line.startswith("["))
    assert all(line.endswith(".") for line in spanish)


def test_the_json_of_findings_has_the_explanation_of_each_rule(clinic):
    found = json.loads(clinic("findings", CASE.id, *DAY, "--language", "es", "--json")[1])
    assert found
    for item in found:
        says = explained(item["rule"], "es")
        assert item["explanation"] == {"language": "es", "says": says}
    plain = json.loads(clinic("findings", CASE.id, *DAY, "--json")[1])
    assert [item.keys() - {"explanation"} for item in found] == [item.keys() for item in plain]
    assert not any("explanation" in item for item in plain)


def test_an_assessment_explains_each_rule_that_it_names(clinic):
    out = clinic("assess", CASE.id, *DAY, "--language", "es")[1]
    assert "Español: " in out
    assert "revisión externa (external review)" in " ".join(out.split())
    content = json.loads(clinic("assess", CASE.id, *DAY, "--language", "es", "--json")[1])
    rules = content["explanations"]["rules"]
    named = {entry["rule"] for entry in content["next"]} & catalog().keys()
    assert named <= rules.keys()
    assert rules == {name: explained(name, "es") for name in rules}
    plain = json.loads(clinic("assess", CASE.id, *DAY, "--json")[1])
    assert "explanations" not in plain


def test_a_language_that_tmjkit_does_not_speak_is_refused_with_those_it_does(clinic):
    for command in ("findings", "assess"):
        code, _, err = clinic(command, CASE.id, "--language", "fr")
        assert code != 0
        assert "en, es" in err
