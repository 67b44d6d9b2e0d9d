"""What ships as knowledge is cited, confirmed and told only where it holds."""

import pytest

from tmjkit import knowledge
from tmjkit.case import Level, TreatmentKind
from tmjkit.knowledge import ERISA, Confidence, Direction, FactKind, Regime

FACTS = knowledge.facts()


def test_what_nobody_confirmed_is_kept_from_letters_and_says_so():
    unconfirmed = [item for item in FACTS.values() if item.confidence is Confidence.MEMORY]
    assert unconfirmed
    for item in unconfirmed:
        assert not item.letter_ready, item.id
        assert "not confirmed" in item.caveat, item.id


def test_where_sources_differ_the_fact_says_so():
    for item in FACTS.values():
        assert ("sources differ" in item.caveat) == (item.confidence is Confidence.CONFLICT)


def test_every_fact_says_until_when_it_was_checked_and_where_to_look_it_up():
    for item in FACTS.values():
        assert item.as_of.isoformat() == "2026-11-23"
        assert item.url.startswith("http")
        assert item.title, item.id


def test_evidence_stands_on_every_side():
    directions = {
        item.id: item.direction for item in FACTS.values() if item.kind is FactKind.EVIDENCE
    }
    against = {"bmj-2023", "ernberg-2011", "cadth", "kurtoglu-2008", "nixdorf-2002"}
    assert {directions[name] for name in against} == {Direction.AGAINST}
    assert {directions["dltc-2024"], directions["montes-carmona-2021"]} == {Direction.FOR}
    mixed = {"dltc-2020", "dltc-umbrella-2024", "pmc11230827"}
    assert {directions[name] for name in mixed} == {Direction.MIXED}
    assert Direction.SAFETY in directions.values()
    assert directions["nasem-2020"] is Direction.CONTEXT


@pytest.mark.parametrize("regime", sorted(set(Regime) - ERISA))
def test_no_fact_of_another_regime_cites_erisa(regime):
    for item in FACTS.values():
        if item.applies(regime) or item.applies(regime, state="CA"):
            assert not knowledge.cites_erisa(f"{item.citation} {item.statement} {item.scope}")
            assert "2560" not in item.url


@pytest.mark.parametrize("regime", sorted(set(Regime) - {Regime.CHURCH}))
def test_every_regime_but_church_has_one_first_appeal_clock(regime):
    clocks = [
        item
        for item in knowledge.applying(FactKind.RULE, regime)
        if item.clock and item.clock.step == "first-appeal"
    ]
    assert len(clocks) == 1


@pytest.mark.parametrize("regime", sorted(ERISA))
def test_the_rights_of_an_erisa_appeal(regime):
    rights = {item.id for item in knowledge.applying(FactKind.RIGHT, regime)}
    asked = {"F-SUBMIT", "F-FILE", "F-ALLINFO", "F-NODEF", "F-CONSULT", "F-IDENT", "F-DENIAL"}
    assert asked <= rights


def test_a_grandfathered_erisa_plan_keeps_erisa_and_loses_the_aca_rules():
    rights = {
        item.id
        for item in knowledge.applying(FactKind.RIGHT, Regime.ERISA_SELF_FUNDED, grandfathered=True)
    }
    assert "F-FILE" in rights
    assert not {"A-NEWEV", "A-EXT-FILE", "F-DENIAL-GRP"} & rights


def test_a_state_law_reaches_insured_plans_of_that_state_only():
    def ids(regime, state):
        return {item.id for item in knowledge.applying(FactKind.RIGHT, regime, state=state)}

    assert "A-CA" in ids(Regime.ERISA_INSURED, "CA")
    assert "A-CA" in ids(Regime.INDIVIDUAL, "CA")
    assert "A-CA" not in ids(Regime.ERISA_SELF_FUNDED, "CA")
    assert "A-CA" not in ids(Regime.ERISA_INSURED, "NY")
    assert "A-CA" not in ids(Regime.ERISA_INSURED, None)


def test_words_for_records_are_those_of_the_case_file():
    levels = {level.value for level in Level}
    kinds = {kind.value for kind in TreatmentKind}
    for item in FACTS.values():
        if item.clock:
            assert set(item.clock.filed_as) <= levels
        for care in item.care:
            assert set(care.kinds) <= kinds


def test_trigger_point_injection_and_biofeedback_alone_are_not_first_line_care():
    kinds = {kind for care in knowledge.fact("bmj-2023").care for kind in care.kinds}
    assert kinds.isdisjoint(
        {"trigger-point-injection", "biofeedback", "nsaid", "splint", "acetaminophen"}
    )


def test_a_fact_that_is_not_there_is_named():
    with pytest.raises(KeyError, match="A-NOWHERE"):
        knowledge.fact("A-NOWHERE")


def test_facts_are_read_once_and_cannot_be_changed():
    assert knowledge.facts() is FACTS
    with pytest.raises(TypeError):
        FACTS["x"] = FACTS["A-OM"]
