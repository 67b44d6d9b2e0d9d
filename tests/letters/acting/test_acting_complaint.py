"""A complaint goes to the office that has the plan, and tells what is on record and no more."""

from datetime import date

import pytest
from acting_cases import (
    CALIFORNIA,
    DENIAL,
    ERISA,
    MEDICAID,
    called,
    changed,
    covered,
    example,
    late_papers,
    said,
    under,
    written,
)

from tmjkit.case import Case, Funding, PartialDate, Product
from tmjkit.knowledge import Fact, library
from tmjkit.letters import MissingFacts, compose
from tmjkit.letters.letter import Address, plain

BROKEN = {"promised": "The plan calls back.", "promised_by": "2026-11-20", "kept": False}


def recipient(case: Case, **options: object) -> str:
    letter = written("complaint", case, **options)
    [block] = [
        item for item in letter.blocks if isinstance(item, Address) and item.role == "recipient"
    ]
    return "\n".join(plain(line) for line in block.lines)


def cause(case: Case) -> Case:
    """Return the case with a promise of its payer that was not kept."""
    return called(case, **BROKEN)


OFFICES = [
    (Funding.SELF_FUNDED_ERISA, {}, "U.S. Department of Labor"),
    (Funding.INSURED_GROUP, {}, "California Department of Managed Health Care"),
    (Funding.INDIVIDUAL, {"state": "NY"}, "New York State Department of Financial Services"),
    (Funding.INDIVIDUAL, {"state": "TX"}, "Texas Department of Insurance"),
    (Funding.INDIVIDUAL, {"state": "FL"}, "Florida Department of Financial Services"),
    (Funding.INDIVIDUAL, {"state": "IL"}, "Illinois Department of Insurance"),
    (Funding.INDIVIDUAL, {"state": "WA"}, "Washington State Office of the Insurance"),
    (Funding.INDIVIDUAL, {"state": "MN"}, "Minnesota Department of Health"),
    (Funding.STATE_LOCAL_GOVERNMENT, {"insured": True}, "Department of Managed Health Care"),
    (Funding.STATE_LOCAL_GOVERNMENT, {"insured": False}, "Centers for Medicare & Medicaid"),
    (Funding.CHURCH, {"insured": True, "state": "WA"}, "Washington State Office"),
    (Funding.MEDICAID_MANAGED_CARE, {}, "State Medicaid agency"),
    (Funding.MEDICAID_FFS, {}, "State Medicaid agency"),
    (Funding.MEDICARE_ADVANTAGE, {}, "Medicare complaints"),
    (Funding.PART_D, {}, "Medicare complaints"),
    (Funding.ORIGINAL_MEDICARE, {}, "Medicare complaints"),
    (Funding.FEHB, {}, "U.S. Office of Personnel Management"),
    (Funding.TRICARE, {}, "TRICARE regional contractor"),
]


@pytest.mark.parametrize(("funding", "fields", "office"), OFFICES)
def test_it_goes_to_the_office_that_has_the_plan(
    funding: Funding, fields: dict[str, object], office: str
) -> None:
    assert office in recipient(cause(under(funding, **fields)))


def test_every_kind_of_funding_is_accounted_for() -> None:
    assert {funding for funding, _, _ in OFFICES} == set(Funding)


def test_an_insured_employer_plan_sends_a_copy_to_the_department_of_labor() -> None:
    text = said(written("complaint", cause(example(CALIFORNIA))))
    assert "A copy goes to: U.S. Department of Labor" in text
    alone = said(written("complaint", cause(under(Funding.INDIVIDUAL))))
    assert "Department of Labor" not in alone


def test_the_papers_tell_which_of_two_offices_of_a_state_has_the_plan() -> None:
    case = cause(covered(example(CALIFORNIA), product=Product.PPO))
    assert "Managed Health Care" in recipient(case)  # the notice says who licensed the plan
    silent = covered(case, sources=())
    with pytest.raises(MissingFacts, match="Which office of the State has the plan"):
        written("complaint", silent)
    hmo = covered(silent, product=Product.HMO)
    assert "Managed Health Care" in recipient(hmo)


@pytest.mark.parametrize("state", ["AK", "VT", "WY"])
def test_a_state_that_is_not_on_record_is_asked_for(state: str) -> None:
    with pytest.raises(MissingFacts) as stopped:
        written("complaint", cause(under(Funding.INDIVIDUAL, state=state)))
    [gap] = stopped.value.gaps
    assert gap.what == "Insurance department of the State"
    assert "REGULATOR-" in gap.where


def test_an_office_can_be_added_in_the_clinics_own_knowledge() -> None:
    own = Fact.model_validate(
        {
            "id": "REGULATOR-AK",
            "kind": "practice",
            "title": "Example Division of Insurance",
            "statement": "Complaints at example.org",
            "citation": "Its own page",
            "url": "https://example.org",
            "confidence": "confirmed-official",
            "as_of": date(2026, 11, 24),
            "regimes": ["individual"],
            "states": ["AK"],
        }
    )
    shipped = library()
    known = type(shipped)(facts={**shipped.facts, own.id: own}, policies=shipped.policies)
    case = cause(under(Funding.INDIVIDUAL, state="AK"))
    assert "Example Division of Insurance" in recipient(case, known=known)


@pytest.mark.parametrize(
    ("funding", "fields", "what"),
    [
        (None, {}, "Who funds the plan"),
        (Funding.STATE_LOCAL_GOVERNMENT, {"insured": None}, "Whether an insurer bears the risk"),
        (Funding.INDIVIDUAL, {"state": None}, "State of the plan"),
    ],
)
def test_what_decides_the_office_is_asked_for(
    funding: Funding | None, fields: dict[str, object], what: str
) -> None:
    letter = written("complaint", cause(under(funding, **fields)), draft=True)
    assert what in {gap.what for gap in letter.gaps}


def test_it_tells_what_happened_in_the_order_of_the_days() -> None:
    text = said(written("complaint", late_papers(example(ERISA))))
    order = ["September 1, 2026", "October 1, 2026", "October 14, 2026", "November 9, 2026"]
    places = [text.index(f"{day} | ") for day in order]
    assert places == sorted(places)
    assert "Decision: denied" in text


def test_what_is_only_planned_did_not_happen() -> None:
    case = called(late_papers(example(ERISA)), date=PartialDate.parse("2026-12-30"))
    assert "December 30, 2026" not in said(written("complaint", case))


def test_a_rule_that_was_not_kept_is_named_with_the_day_and_its_citation() -> None:
    text = said(written("complaint", late_papers(example(ERISA))))
    assert "due by October 1, 2026 at the latest" in text
    assert "Nothing of it is on record on November 24, 2026." in text
    assert "29 USC 1024(b)(4)" in text


def test_what_came_too_late_is_told_with_its_day() -> None:
    case = changed(example(ERISA), DENIAL, notice_date=PartialDate.parse("2026-11-13"))
    case = changed(case, DENIAL, received_date=PartialDate.parse("2026-11-16"))
    text = said(written("complaint", case))
    assert "due by October 16, 2026 at the latest. It is dated November 13, 2026." in text


def test_a_payer_that_may_be_in_time_is_not_called_late() -> None:
    case = late_papers(example(ERISA))
    text = said(compose("complaint", case, today=date(2026, 10, 1)))
    assert "came late" not in text


def test_a_promise_is_quoted_with_what_is_recorded_of_it() -> None:
    text = said(written("complaint", cause(example(CALIFORNIA))))
    assert "“The plan calls back.”" in text
    assert "It is recorded as not kept" in text
    waiting = called(example(CALIFORNIA), **{**BROKEN, "kept": None})
    text = said(written("complaint", waiting))
    assert "Nothing is on record on November 24, 2026 that it was kept." in text
    assert "recorded as not kept" not in text


def test_a_promise_of_somebody_else_is_no_cause() -> None:
    case = called(example(CALIFORNIA), **BROKEN, organization="Sample Falls Physical Therapy")
    with pytest.raises(MissingFacts):
        written("complaint", changed(case, case.patient.id, family="", given=""))
    letter = written("complaint", case)
    assert "The plan calls back." not in said(letter)


def test_a_notice_without_a_recorded_reason_is_asked_about_and_not_blamed() -> None:
    case = changed(example(ERISA), DENIAL, reasons=())
    text = said(written("complaint", case))
    assert "no reason of the denial is on record" in text
    assert "Please check whether it gives one." in text
    assert "29 CFR 2560.503-1(g)(1)" in text


@pytest.mark.parametrize("name", [ERISA, CALIFORNIA, MEDICAID])
def test_it_accuses_nobody(name: str) -> None:
    text = said(written("complaint", cause(late_papers(example(name))), draft=True)).lower()
    for word in ("bad faith", "violat", "illegal", "unlawful", "deliberate", "fraud", "wrongful"):
        assert word not in text
    assert "does not take the place of an appeal" in text


def test_a_representative_says_so() -> None:
    with pytest.raises(MissingFacts, match="Representative of the patient"):
        written("complaint", cause(example(CALIFORNIA)), voice="advocate")
