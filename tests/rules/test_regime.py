"""Which law governs a coverage follows from its funding and is never guessed."""

import pytest

from tmjkit.case import Appeal, AuthorizationRequest, Case, Claim, Coverage, Determination, Funding
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
