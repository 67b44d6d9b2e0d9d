"""A payer's policy is data, and what is wrong in it is named by its place."""

from typing import get_args

import pytest
from pydantic import ValidationError

from tmjkit import case as records
from tmjkit.case.coverage import Benefit
from tmjkit.knowledge import casewords
from tmjkit.knowledge.policy import TESTS, AllOf, Criterion, Policy, field_of

AGE = {"test": "age", "at_least": 18}


def policy(criteria=AGE, **fields):
    return Policy.model_validate(
        {"id": "p-1", "title": "Example", "example": True, "criteria": criteria} | fields
    )


def problems(criteria=AGE, **fields):
    with pytest.raises(ValidationError) as caught:
        policy(criteria, **fields)
    return {field_of(one["loc"]): one["msg"] for one in caught.value.errors()}


@pytest.mark.parametrize(
    ("words", "choice", "without"),
    [
        (casewords.TREATMENT_KINDS, records.TreatmentKind, ()),
        (casewords.DC_TMD, records.DcTmd, ()),
        # A measurement with 'other' has no scale that a threshold could be on.
        (casewords.INSTRUMENTS, records.Instrument, ("other",)),
        (casewords.PROVIDER_ROLES, records.ProviderRole, ()),
        (casewords.TOXIN_PRODUCTS, records.ToxinProduct, ()),
        (casewords.DOCUMENT_KINDS, records.DocumentKind, ()),
        (casewords.BENEFITS, Benefit, ()),
    ],
)
def test_the_words_of_a_policy_are_those_of_the_case(words, choice, without):
    assert list(words) == [one.value for one in choice if one.value not in without]


def test_every_test_is_a_node_of_the_tree():
    assert set(get_args(Criterion)) == set(TESTS)


def test_a_tree_of_groups_and_tests_is_read_and_written_the_same():
    made = policy(
        {
            "all_of": [
                AGE,
                {"any_of": [{"test": "interval", "weeks": 12}, AGE]},
                {"at_least": 1, "of": [{"test": "treatment-tried", "kinds": ["nsaid"]}]},
            ]
        }
    )
    assert isinstance(made.criteria, AllOf)
    assert [test.test for test in made.tests] == ["age", "interval", "age", "treatment-tried"]
    assert Policy.model_validate_json(made.model_dump_json()) == made


@pytest.mark.parametrize(
    ("criteria", "place", "says"),
    [
        ({"test": "treatment-faild"}, "criteria", "tmjkit policy template"),
        ("text", "criteria", "should be a group"),
        ({"all_of": []}, "criteria.all_of", "should not be empty"),
        (
            {"all_of": [AGE, {"test": "treatment-failed", "kinds": ["nsaid", "physio"]}]},
            "criteria.all_of.2.kinds.2",
            "should be one of: self-care, jaw-exercise",
        ),
        ({"at_least": 2, "of": [AGE]}, "criteria", "not be more than the number"),
        (
            {"any_of": [{"test": "duration-of-symptoms", "duration": {"weeks": 1, "days": 7}}]},
            "criteria.any_of.1.duration",
            "should give one of days, weeks and months",
        ),
        ({"test": "age", "at_least": 18, "at_mots": 3}, "criteria.at_mots", "not permitted"),
        ({"test": "dose", "max_units": 100}, "criteria", "units differ"),
        (
            {"test": "measurement", "instrument": "gcps-grade", "within_days": 90},
            "criteria",
            "version should be given for the GCPS",
        ),
        (
            {"test": "measurement", "instrument": "nrs-pain", "threshold": 4},
            "criteria",
            "comparator and threshold should stand together",
        ),
        (
            {"test": "treatment-tried", "kinds": ["nsaid", "nsaid"], "how_many": 2},
            "criteria",
            "how_many should not be more",
        ),
        ({"test": "diagnosis"}, "criteria", "should give codes or dc_tmd"),
        ({"test": "response"}, "criteria", "should give relief_percent or duration_weeks"),
        ({"test": "attestation", "what": "No infection."}, "criteria.name", "required"),
    ],
)
def test_an_error_names_the_place_and_what_would_be_right(criteria, place, says):
    found = problems(criteria)
    assert list(found) == [place]
    assert says in found[place]


def test_criteria_that_are_nested_without_end_are_refused():
    node = AGE
    for _ in range(13):
        node = {"all_of": [node]}
    assert "nested" in problems(node)[""]


@pytest.mark.parametrize("absent", ["payer", "number", "effective", "retrieved"])
def test_a_payers_policy_says_whose_it_is_and_when_it_was_retrieved(absent):
    given = {
        "payer": "Example Health",
        "number": "none",
        "effective": "2026-01-01",
        "retrieved": "2026-11-20",
        "example": False,
    }
    assert policy(**given).payer == "Example Health"
    del given[absent]
    assert f"should give {absent} " in problems(**given)[""]


def test_a_policy_does_not_end_before_it_begins():
    found = problems(effective="2026-05-01", expires="2026-04-30")
    assert "expires should not lie before effective" in found[""]
