"""No law of another regime in any request, and each plan's own where there is one."""

import re

import pytest
from request_letters import (
    ERISA,
    KINDS,
    READY,
    TODAY,
    changed,
    example,
    left_network,
    letter,
    represented,
    said,
    with_funding,
)

from tmjkit.case import Case, Funding
from tmjkit.knowledge import cites_erisa, facts
from tmjkit.letters import compose
from tmjkit.letters.compose import situate
from tmjkit.letters.kinds import State, kind_of
from tmjkit.letters.law import Law

FUNDINGS = [None, *Funding]
ERISAS = (Funding.SELF_FUNDED_ERISA, Funding.INSURED_GROUP)
ERISA_WORDS = re.compile(
    r"\bERISA\b|\b29 (?:CFR|USC)\b|2560|fiduciar|summary plan description", re.I
)


def varied(case: Case) -> list[Case]:
    cover = case.coverages[0].id
    return [
        changed(case, cover, insured=False),
        changed(case, cover, grandfathered=True, insured=False),
        changed(case, cover, state="NY", benefit="dental", insured=False),
    ]


@pytest.mark.parametrize("funding", FUNDINGS)
@pytest.mark.parametrize("kind", KINDS)
def test_only_facts_that_hold_for_the_plan_are_stated(kind: str, funding: Funding | None) -> None:
    for case in varied(with_funding(READY[kind](), funding)):
        fit = kind_of(kind).fits(situate(kind_of(kind), case, TODAY))
        if fit.state is State.NOT:
            assert not cites_erisa(fit.why) or funding in ERISAS
            continue
        found = letter(kind, case)
        coverage = case.record(found.coverage_id) if found.coverage_id else None
        law = Law(coverage, facts())  # type: ignore[arg-type]
        assert all(law.holds(name) for name in found.facts), found.facts
        if funding not in ERISAS:
            # What tells the office where to look for the law stands below the letter.
            text = said(kind, case).split("Missing facts")[0]
            assert ERISA_WORDS.search(text) is None
            assert not cites_erisa(text)


RIGHTS = {
    Funding.SELF_FUNDED_ERISA: {"F-FILE", "F-RELEVANT", "F-IDENT", "F-AUDIO"},
    Funding.INSURED_GROUP: {"F-FILE", "F-RELEVANT", "F-IDENT", "F-AUDIO"},
    Funding.INDIVIDUAL: {"F-FILE-IND"},
    Funding.STATE_LOCAL_GOVERNMENT: {"F-FILE-GRP"},
    Funding.MEDICAID_MANAGED_CARE: {"F-FILE-MCO"},
}


@pytest.mark.parametrize("funding", RIGHTS)
def test_the_claim_file_is_asked_for_under_the_plans_own_rule(funding: Funding) -> None:
    found = letter("claim-file", with_funding(example(ERISA), funding))
    named = {name for name in found.facts if name.startswith("F-")}
    assert named == RIGHTS[funding]


def test_while_the_funding_is_unknown_the_claim_file_cites_no_law_and_asks() -> None:
    case = with_funding(example(ERISA), None)
    found = letter("claim-file", case)
    assert not {name for name in found.facts if name.startswith("F-")}
    assert "Law that governs the plan" in {gap.what for gap in found.gaps}


REASON_RULES = {
    Funding.SELF_FUNDED_ERISA: {"F-DENIAL", "F-DENIAL-GRP"},
    Funding.INDIVIDUAL: {"F-DENIAL-IND"},
    Funding.STATE_LOCAL_GOVERNMENT: {"F-DENIAL-GRP"},
    Funding.MEDICAID_MANAGED_CARE: {"F-DENIAL-MCO"},
    Funding.MEDICARE_ADVANTAGE: {"F-DENIAL-MA"},
    Funding.ORIGINAL_MEDICARE: {"F-DENIAL-OM"},
    Funding.TRICARE: set(),
    Funding.FEHB: set(),
    None: set(),
}


@pytest.mark.parametrize("funding", REASON_RULES)
def test_the_reason_is_asked_for_under_the_plans_own_rule_or_none(funding: Funding | None) -> None:
    found = letter("denial-reason", with_funding(example(ERISA), funding))
    assert {name for name in found.facts if name.startswith("F-")} == REASON_RULES[funding]
    assert not found.gaps


@pytest.mark.parametrize("funding", FUNDINGS)
def test_plan_documents_go_to_the_administrator_only_under_erisa(funding: Funding | None) -> None:
    found = letter("plan-documents", with_funding(example(ERISA), funding))
    assert ("F-SPD" in found.facts) is (funding in ERISAS)
    text = said("plan-documents", with_funding(example(ERISA), funding))
    assert ("Address of the plan administrator" in text) is (funding in ERISAS)
    assert "in writing: who pays the claims (plan or insurer)" in text.lower()


OWN_WORDS = {
    Funding.INDIVIDUAL: "policy or contract of insurance",
    Funding.MEDICARE_ADVANTAGE: "evidence of coverage",
    Funding.MEDICAID_MANAGED_CARE: "member handbook",
    Funding.FEHB: "booklet, certificate or contract",
    Funding.INSURED_GROUP: "summary plan description",
}


@pytest.mark.parametrize("funding", OWN_WORDS)
def test_plan_documents_are_named_as_the_plan_names_them(funding: Funding) -> None:
    text = said("plan-documents", with_funding(example(ERISA), funding))
    assert OWN_WORDS[funding] in text
    for other, words in OWN_WORDS.items():
        assert other is funding or words not in text


@pytest.mark.parametrize("funding", FUNDINGS)
def test_access_to_records_holds_whoever_pays(funding: Funding | None) -> None:
    found = letter("records-request", with_funding(example(ERISA), funding))
    assert {"F-HIPAA-ACC", "F-HIPAA-FORM"} <= set(found.facts)
    assert "F-HIPAA-CIOX" not in found.facts  # nothing goes to a third party


def test_what_holds_for_records_sent_to_somebody_else_is_said_where_somebody_else_writes() -> None:
    case = represented(example(ERISA))
    assert "F-HIPAA-CIOX" in letter("records-request", case, voice="advocate").facts


def test_a_marketplace_rule_is_said_with_its_condition() -> None:
    text = said("network-exception", with_funding(READY["network-exception"](), Funding.INDIVIDUAL))
    assert "Where this is a qualified health plan of the marketplace" in text
    assert "156.230" not in said("network-exception")


def test_continuity_cites_its_statute_and_asks_for_the_law_where_it_is_unknown() -> None:
    text = said("continuity-of-care")
    assert "42 USC 300gg-113(a)-(b)" in text
    assert "90 days" in text
    unknown = letter("continuity-of-care", with_funding(left_network(), None))
    assert "A-NSA-COC" not in unknown.facts
    assert "Law that governs the plan" in {gap.what for gap in unknown.gaps}


def test_nothing_unconfirmed_is_stated() -> None:
    for kind in KINDS:
        for name in compose(kind, READY[kind](), today=TODAY).facts:
            assert facts()[name].letter_ready, (kind, name)
