"""The policy of a coverage, what is to know about it, and the criteria as findings."""

import json
from datetime import date

import pytest
from criteria_cases import NOTED, TODAY, policy, treated

from tmjkit import knowledge
from tmjkit.case import Case, Coverage
from tmjkit.rules.catalog import catalog
from tmjkit.rules.criteria import (
    assess,
    criteria_findings,
    missing_policy,
    policy_of,
    policy_words,
    stances_of,
)

AGE = {"test": "age", "at_least": 18}
PAYERS = {
    "example": False,
    "payer": "Example Health",
    "number": "EX-12",
    "effective": "2026-01-01",
    "retrieved": "2026-11-01",
}


def covered(**fields):
    cover = Coverage(**{"id": "cov-1", "payer": "Example Health", "policy": "p-1"} | fields)
    return Case(coverages=(cover,), patient={"birth_date": "1990-05-06"})


def told(case, *policies, today=TODAY):
    known = {one.id: one for one in policies}
    return list(criteria_findings(case, known, today, knowledge.facts()))


def test_the_policy_is_the_one_that_the_coverage_names():
    mine, other = policy(AGE, **PAYERS), policy(AGE, **PAYERS | {"id": "p-2"})
    case = covered()
    assert policy_of(case, case.coverages[0], {"p-1": mine, "p-2": other}) is mine
    assert policy_of(case, case.coverages[0], {"p-2": other}) is None
    unnamed = covered(policy="")
    # Nothing is guessed from the payer's name, and no example is taken by itself.
    assert policy_of(unnamed, unnamed.coverages[0], {"p-1": mine}) is None
    with pytest.raises(KeyError):
        policy_of(Case(), case.coverages[0], {"p-1": mine})


@pytest.mark.parametrize(
    ("chosen", "words"),
    [("", "No coverage policy is chosen for"), ("gone", "is not among those that are entered")],
)
def test_a_coverage_without_a_known_policy(chosen, words):
    (found,) = told(covered(policy=chosen))
    assert found.rule == "criteria.policy-missing"
    assert words in found.what
    assert found.facts == ("NO-PAYER-COVERS-TMD",)
    assert missing_policy(covered().coverages[0], {"p-1": policy(AGE)}) is None


def test_a_policy_that_is_met_and_in_force_says_nothing():
    assert told(covered(), policy(AGE, **PAYERS)) == []


def test_an_example_is_never_taken_for_the_payers_own():
    (found,) = told(covered(), policy(AGE))
    assert found.rule == "criteria.policy-example"
    assert "not your payer's" in found.what


@pytest.mark.parametrize(
    ("retrieved", "old"), [("2026-08-25", False), ("2026-08-24", True), ("2025-01-01", True)]
)
def test_a_text_of_more_than_ninety_days_is_old(retrieved, old):
    found = told(covered(), policy(AGE, **PAYERS | {"retrieved": retrieved}))
    assert [item.rule for item in found] == (["criteria.policy-old"] if old else [])


@pytest.mark.parametrize(
    ("fields", "sent", "words"),
    [
        ({"effective": "2026-12-01"}, None, "takes effect on December 1, 2026, after the request"),
        ({"effective": "2026-06-02"}, "2026-06-01", "takes effect on June 2, 2026"),
        ({"effective": "2026-06-30"}, "2026-06", ""),  # it may have been sent on that day
        ({"expires": "2026-11-22"}, None, "ended on November 22, 2026, before the request"),
        ({"expires": "2026-06-01"}, "2026-06", ""),
        ({"expires": "2026-05-31"}, "2026-06", "ended on May 31, 2026"),
    ],
)
def test_the_policy_has_to_hold_on_the_day_of_the_request(fields, sent, words):
    case = covered()
    if sent:
        case = Case.model_validate(
            case.model_dump() | {"requests": [{"id": "q-1", "sent": sent, "service": "Toxin"}]}
        )
    found = told(case, policy(AGE, **PAYERS | fields))
    assert [item.rule for item in found] == (["criteria.policy-not-in-force"] if words else [])
    assert not words or words in found[0].what


def test_only_criteria_that_still_matter_are_told():
    criteria = {
        "all_of": [
            {"any_of": [AGE, {"test": "document", "kinds": ["imaging"]}]},
            {"test": "age", "at_most": 20, "section": "page 3"},
            {"test": "document", "kinds": ["clinical-note"]},
        ]
    }
    unmet, open_ = told(covered(), policy(criteria, **PAYERS))
    assert (unmet.rule, unmet.severity.value) == ("criteria.age", "weak")
    assert "Policy: Example, page 3." in unmet.why
    assert (open_.rule, open_.severity.value) == ("criteria.document", "missing")
    assert open_.where == "Clinical note"


def test_a_policy_in_words():
    assert policy_words(policy(AGE, **PAYERS)) == (
        "Example Health EX-12, Example, effective January 1, 2026, retrieved November 1, 2026"
    )
    assert policy_words(policy(AGE, **PAYERS | {"number": "none"})).startswith("Example Health, Ex")
    assert policy_words(policy(AGE)) == "Example"


def test_every_finding_names_a_rule_and_facts_that_exist():
    case = treated(
        {"kind": "splint", "start": "2020-01-06", "end": "2020-05-06"},
        {"kind": "splint", "start": "2020-01-06", "end": "2020-05-06"},
        coverages=[{"payer": "Example", "policy": "p-1"}, {"payer": "Other"}],
    )
    found = told(case, policy({"test": "treatment-failed", "kinds": ["splint"]}))
    assert {item.rule for item in found} == {
        "criteria.policy-example",
        "criteria.policy-missing",
        "criteria.treatment-failed",
        "criteria.ledger-gap",
        "criteria.ledger-overlap",
    }
    for item in found:
        assert item.rule in catalog()
        assert set(item.facts) <= set(knowledge.facts())
        json.dumps(item.as_json())


def test_facts_of_a_clinics_own_policy_that_are_not_known_are_not_repeated():
    own = policy(AGE, facts=("D-CRIT-1", "NOT-THERE"))
    (found,) = told(covered(), own)
    assert found.facts == ("D-CRIT-1",)


def test_an_assessment_is_data():
    case = treated(
        {"kind": "nsaid", "start": "2026-01", "end": "2026-02", "response": "none"},
        documents=[
            {"id": "d-1", "name": "Note", "size": 1, "sha256": "0" * 64, "kind": "clinical-note"}
        ],
    )
    criteria = {
        "all_of": [
            {
                "test": "treatment-failed",
                "kinds": ["nsaid"],
                "duration": {"weeks": 4},
                "wording": "Four weeks of an NSAID.",
            },
            {"test": "document", "kinds": ["clinical-note"]},
        ]
    }
    found = assess(case, policy(criteria), date(2026, 11, 23), knowledge={})
    data = json.loads(json.dumps(found.as_json()))
    assert data["mark"] == "undocumented"
    assert data["summary"].endswith("of 2 tests 1 met, 1 not shown.")
    first, second = data["criteria"]["criteria"]
    assert first["wording"] == "Four weeks of an NSAID."
    assert first["sources"] == ["recorded by the clinician"]
    assert second["sources"] == ["Note"]
    assert data["shopping"][0]["settles"] == 2
    assert data["shopping"][0]["get"].startswith(
        "Pharmacy printout or prescription record on NSAID for January to February 2026: the exact"
    )
    assert data["policy"]["example"] is True
    assert [row["record"] for row in data["ledger"]["rows"]] == ["t-1"]


def test_one_paper_that_several_tests_ask_for_is_one_item():
    case = treated({"kind": "splint", "response": "none"}, sources=NOTED)
    asked = {"test": "treatment-failed", "kinds": ["splint"]}
    criteria = {
        "all_of": [
            asked | {"duration": {"weeks": 4}, "title": "Long"},
            asked | {"sessions": 2, "title": "Often"},
            {"test": "document", "kinds": ["imaging"]},
        ]
    }
    splint, scan = assess(case, policy(criteria), TODAY, knowledge={}).shopping
    assert splint.opens == ("Long", "Often")
    assert splint.text == (
        "Dental chart on oral splint: the exact day it began, the day it ended, or that it goes "
        "on and the number of sessions"
    )
    assert (splint.settles, scan.settles) == (2, 1)


def test_where_one_of_several_would_do_the_list_says_so():
    papers = [{"test": "document", "kinds": [kind]} for kind in ("imaging", "clinical-note")]
    criteria = {"all_of": [AGE, {"any_of": papers, "title": "Proof"}]}
    found = assess(covered(), policy(criteria), TODAY, knowledge={})
    assert [item.choice for item in found.shopping] == ["Proof: 1 of 2 is enough"] * 2
    both = assess(covered(), policy({"all_of": papers}), TODAY, knowledge={})
    assert [item.choice for item in both.shopping] == ["", ""]


@pytest.mark.parametrize(
    ("payer", "ids"),
    [
        ("Aetna Better Health", {"D-AETNA-0113", "D-AETNA-0028"}),
        ("United Healthcare of Ohio", {"D-UHC-BOTULINUM", "D-UHC-BOTULINUM-UNPROVEN"}),
        ("Example Mutual", set()),
        ("Mutual of Aetna", set()),
        ("", set()),
    ],
)
def test_what_was_read_of_a_payer_is_found_by_the_beginning_of_its_name(payer, ids):
    found = stances_of(payer, knowledge.facts())
    assert ids <= {fact.id for fact in found}
    assert bool(found) == bool(ids)
    assert all("policies change" in fact.caveat for fact in found)
