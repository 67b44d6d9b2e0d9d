"""Which law governs a coverage follows from its funding and is never guessed."""

import json

import pytest

from tmjkit import knowledge
from tmjkit.case import Appeal, AuthorizationRequest, Case, Claim, Coverage, Determination, Funding
from tmjkit.knowledge import ERISA, cites_erisa
from tmjkit.rules import Regime, coverage_of, regime

EXPECTED = {
    Funding.SELF_FUNDED_ERISA: Regime.ERISA_SELF_FUNDED,
    Funding.INSURED_GROUP: Regime.ERISA_INSURED,
    Funding.INDIVIDUAL: Regime.INDIVIDUAL,
    Funding.STATE_LOCAL_GOVERNMENT: Regime.GOVERNMENT,
    Funding.CHURCH: Regime.CHURCH,
    Funding.MEDICARE_ADVANTAGE: Regime.MEDICARE_ADVANTAGE,
    Funding.PART_D: Regime.PART_D,
    Funding.ORIGINAL_MEDICARE: Regime.ORIGINAL_MEDICARE,
    Funding.MEDICAID_MANAGED_CARE: Regime.MEDICAID_MANAGED_CARE,
    Funding.MEDICAID_FFS: Regime.MEDICAID_FFS,
    Funding.TRICARE: Regime.TRICARE,
    Funding.FEHB: Regime.FEHB,
}


def cover(**fields):
    return Coverage(payer="Example Health", **fields)


@pytest.mark.parametrize("funding", list(Funding))
def test_the_funding_decides(funding):
    result = regime(cover(funding=funding))
    assert result.regime is EXPECTED[funding]
    assert funding.label in result.why


def test_unknown_funding_is_asked_for_and_not_guessed():
    result = regime(cover(plan_name="PPO of a big employer", group_id="123", state="CA"))
    assert result.regime is None
    (question,) = result.asks
    assert "human resources" in question
    assert "summary plan description" in question


@pytest.mark.parametrize("funding", [Funding.SELF_FUNDED_ERISA, Funding.CHURCH])
@pytest.mark.parametrize("grandfathered", [True, False, None])
def test_grandfathered_is_carried_where_it_can_be(funding, grandfathered):
    assert regime(cover(funding=funding, grandfathered=grandfathered)).grandfathered is (
        grandfathered
    )


def test_medicare_cannot_be_grandfathered():
    assert regime(cover(funding=Funding.PART_D, grandfathered=True)).grandfathered is None


def test_state_law_is_carried_for_insured_plans_and_not_for_self_funded_ones():
    assert regime(cover(funding=Funding.INSURED_GROUP, state="CA")).state == "CA"
    assert regime(cover(funding=Funding.SELF_FUNDED_ERISA, state="CA")).state is None


def test_an_individual_plan_without_state_asks_for_it_and_for_its_status():
    asks = " ".join(regime(cover(funding=Funding.INDIVIDUAL)).asks)
    assert "state whose insurance law" in asks
    assert "grandfathered" in asks


def test_an_insured_employer_plan_asks_whether_the_employer_is_private():
    asks = " ".join(regime(cover(funding=Funding.INSURED_GROUP, state="CA")).asks)
    assert "private" in asks


TWO = (
    Coverage(id="cov-1", payer="First", rank=1),
    Coverage(id="cov-2", payer="Second", rank=2),
)


def test_the_coverage_of_a_determination_is_the_one_it_names():
    denial = Determination(id="d-1", decision="denial", coverage_id="cov-2")
    case = Case(coverages=TWO, determinations=(denial,))
    assert coverage_of(case, denial).id == "cov-2"


@pytest.mark.parametrize("kind", [AuthorizationRequest, Claim])
def test_or_the_one_of_what_it_decides(kind):
    asked = kind(id="r-1", coverage_id="cov-2")
    denial = Determination(id="d-1", decision="denial", about_id="r-1")
    name = "requests" if kind is AuthorizationRequest else "claims"
    case = Case(coverages=TWO, determinations=(denial,), **{name: (asked,)})
    assert coverage_of(case, denial).id == "cov-2"


def test_also_through_an_appeal():
    first = Determination(id="d-1", decision="denial", coverage_id="cov-1")
    appeal = Appeal(id="a-1", determination_id="d-1")
    second = Determination(id="d-2", decision="denial", level="internal-1", about_id="a-1")
    case = Case(coverages=TWO, determinations=(first, second), appeals=(appeal,))
    assert coverage_of(case, second).id == "cov-1"


def test_of_two_coverages_none_is_chosen_by_chance():
    denial = Determination(id="d-1", decision="denial")
    assert coverage_of(Case(coverages=TWO, determinations=(denial,)), denial) is None
    assert coverage_of(Case(coverages=TWO[1:], determinations=(denial,)), denial).id == "cov-2"


def test_records_that_point_at_each_other_end_without_an_answer():
    one = Determination(id="d-1", decision="denial", about_id="d-2")
    two = Determination(id="d-2", decision="denial", about_id="d-1")
    assert coverage_of(Case(coverages=TWO, determinations=(one, two)), one) is None


SILENT = {
    Funding.SELF_FUNDED_ERISA: ["grandfathered", "how many internal appeals", "which benefit"],
    Funding.INSURED_GROUP: ["private", "grandfathered", "state", "how many", "outside review"],
    Funding.INDIVIDUAL: ["grandfathered", "state", "outside review", "which benefit"],
    Funding.STATE_LOCAL_GOVERNMENT: ["insurer bears the risk", "grandfathered", "how many"],
    Funding.CHURCH: ["chosen to stand under them", "insurer bears the risk", "grandfathered"],
    Funding.MEDICARE_ADVANTAGE: ["which benefit"],
    Funding.PART_D: ["which benefit"],
    Funding.ORIGINAL_MEDICARE: ["which benefit"],
    Funding.MEDICAID_MANAGED_CARE: ["State whose Medicaid", "which benefit"],
    Funding.MEDICAID_FFS: ["State whose Medicaid", "which benefit"],
    Funding.TRICARE: ["which benefit"],
    Funding.FEHB: ["which benefit"],
}


@pytest.mark.parametrize("funding", list(Funding))
def test_each_plan_is_asked_for_what_could_change_its_law(funding):
    asks = regime(cover(funding=funding)).asks
    for words in SILENT[funding]:
        assert any(words in ask for ask in asks), words


TOLD = {
    "grandfathered": False,
    "state": "CA",
    "internal_levels": 1,
    "external_process": "state",
    "benefit": "medical",
    "insured": True,
}


@pytest.mark.parametrize("funding", list(Funding))
def test_what_is_on_record_is_not_asked_for_again(funding):
    left = len(regime(cover(funding=funding, **TOLD)).asks)
    assert left == (1 if funding in (Funding.INSURED_GROUP, Funding.CHURCH) else 0)


@pytest.mark.parametrize(
    ("funding", "insured", "expected", "state"),
    [
        ("self-funded-erisa", None, False, None),
        ("self-funded-erisa", True, False, None),
        ("insured-group", None, True, "WI"),
        ("individual", False, True, "WI"),
        ("state-local-government", True, True, "WI"),
        ("state-local-government", False, False, "WI"),
        ("state-local-government", None, None, "WI"),
        ("church", True, True, "WI"),
        ("church", False, False, None),
        ("church", None, None, None),
        ("medicare-advantage", True, False, None),
        ("tricare", True, False, None),
        ("fehb", True, False, None),
    ],
)
def test_whether_an_insurer_bears_the_risk(funding, insured, expected, state):
    result = regime(cover(funding=funding, insured=insured, state="WI"))
    assert result.insured is expected
    assert result.state == state


def test_a_network_product_beside_fee_for_service_is_asked_about():
    asks = regime(cover(funding=Funding.ORIGINAL_MEDICARE, product="hmo")).asks
    assert any("managed plan" in ask for ask in asks)
    asks = regime(cover(funding=Funding.MEDICARE_ADVANTAGE, product="hmo")).asks
    assert not any("managed plan" in ask for ask in asks)


@pytest.mark.parametrize("funding", list(Funding))
def test_what_it_rests_on_exists_and_holds_there(funding):
    result = regime(cover(funding=funding, state="CA"))
    for name in result.facts:
        assert knowledge.fact(name).applies(result.regime, state=result.state)
    assert cites_erisa(json.dumps(result.as_json())) == (result.regime in ERISA)


def test_a_pharmacys_drug_in_a_medicare_advantage_plan_is_asked_about():
    # Part D has 72 hours where the plan has 7 days (42 CFR 423.568(b); 422.568(b)(1)).
    asks = regime(cover(funding=Funding.MEDICARE_ADVANTAGE, benefit="pharmacy")).asks
    assert any("Part D" in ask for ask in asks)
    asks = regime(cover(funding=Funding.MEDICARE_ADVANTAGE, benefit="medical")).asks
    assert not any("Part D" in ask for ask in asks)
