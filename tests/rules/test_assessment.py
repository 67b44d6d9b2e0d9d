"""Everything the rules say of a case, together and in order."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tmjkit import examples, knowledge
from tmjkit.case import (
    BotulinumSession,
    Case,
    Coverage,
    Determination,
    Diagnosis,
    Funding,
    Measurement,
    Questionnaire,
    Treatment,
)
from tmjkit.knowledge import ERISA, library
from tmjkit.rules import findings, regime
from tmjkit.rules.assessment import assess_case
from tmjkit.rules.catalog import catalog
from tmjkit.rules.section import Tone, cited

TODAY = date(2026, 11, 23)
KEYS = ["regime", "deadlines", "triage", "criteria", "response", "coding", "next"]

example = pytest.mark.parametrize("name", examples.names())


def assessed(case, today=TODAY):
    return assess_case(case, today)


@example
def test_the_sections_come_in_the_order_of_the_work(name):
    found = assessed(examples.load(name).case)
    assert [section.key for section in found.sections] == KEYS
    data = json.loads(json.dumps(found.as_json()))
    order = [key for key in data if key in KEYS]
    assert order == KEYS


@example
def test_what_the_example_cases_are_told(name, snapshot):
    lines = []
    for section in assessed(examples.load(name).case).sections:
        lines.append(f"== {section.title} | {section.lead}")
        for entry in section.entries:
            lines.append(f"[{entry.mark}] {entry.rule}: {entry.what}")
            lines += [f"    {label}: {text}" for label, text in entry.more]
        lines += [f"  source: {words}" for words in section.sources]
    assert lines == snapshot


@example
def test_every_entry_rests_on_what_is_there(name):
    case = examples.load(name).case
    for section in assessed(case).sections:
        for entry in section.entries:
            assert entry.rule in catalog()
            for record in entry.records:
                assert case.record(record)
            for fact in entry.facts:
                assert cited(knowledge.fact(fact)) in section.sources


def test_an_empty_case_is_told_where_to_begin_in_every_section():
    found = assessed(Case())
    for section in found.sections:
        assert section.entries or section.lead
    assert "missing.coverage" in [entry.rule for entry in found.section("next").entries]


def test_a_section_that_is_not_there_is_said():
    with pytest.raises(KeyError, match="weather"):
        assessed(Case()).section("weather")


def test_too_early_a_request_is_said_among_the_first_steps():
    case = examples.load("medicaid-premature").case
    rules = [entry.rule for entry in assessed(case).section("next").entries]
    assert "weak.premature" in rules


def test_the_steps_are_few_and_name_where_the_rest_is():
    steps = assessed(examples.load("medicaid-premature").case).section("next")
    assert len(steps.entries) == 10
    assert "tmjkit findings" in steps.lead


def test_a_policy_that_was_chosen_is_judged_with_what_to_get():
    case = examples.load("california-not-medically-necessary").case
    chosen = next(iter(library().policies))
    case = case.with_record(case.coverages[0].model_copy(update={"policy": chosen}))
    entries = assessed(case).section("criteria").entries
    assert entries[0].rule == "criteria.policy"
    assert "criteria.policy-example" in [entry.rule for entry in entries]
    assert entries[-1].rule == "criteria.shopping-list"
    assert {entry.mark for entry in entries} >= {"Met"}


def test_a_missing_answer_is_told_and_not_scored_as_zero():
    answers = ["3", "-", "2", "1"]
    case = Case(questionnaires=[Questionnaire(form="phq-4", date="2026-10-01", answers=answers)])
    (score, *_) = assessed(case).section("response").entries
    assert score.rule == "instrument.score"
    assert "8 of 12" in score.what
    assert "1 answer missing" in score.what
    too_few = ["3", "-", "-", "1"]
    case = Case(questionnaires=[Questionnaire(form="phq-4", date="2026-10-01", answers=too_few)])
    (score, *_) = assessed(case).section("response").entries
    assert score.tone is Tone.OPEN
    assert "no score" in score.what


def test_what_an_injection_did_is_told_with_its_worth_and_what_else_was_begun():
    case = Case(
        sessions=[BotulinumSession(id="s-1", product="onabotulinumtoxinA", date="2026-02-02")],
        treatments=[Treatment(kind="splint", start="2026-02-20", end="2026-04-01")],
        measurements=[
            Measurement(instrument="nrs-pain", value=8, date="2026-01-26"),
            Measurement(instrument="nrs-pain", value=3, date="2026-03-10"),
        ],
    )
    entries = assessed(case).section("response").entries
    (session,) = [entry for entry in entries if entry.records == ("s-1",) and entry.mark]
    words = dict(session.more)
    assert session.rule == "response.change"
    assert "8 to 3 points" in session.what
    assert session.tone is Tone.GOOD
    assert "Worth" in words
    assert "splint" in words["Beside it"].lower()


@settings(max_examples=40, deadline=None)
@given(
    funding=st.sampled_from([None, *Funding]),
    state=st.sampled_from([None, "CA", "TX", "LA", "NY"]),
    carc=st.sampled_from([None, "CO-50", "CO-55", "CO-96", "CO-197", "PR-204"]),
    text=st.sampled_from(["", "Experimental.", "TMJ care is excluded.", "Step therapy applies."]),
    grandfathered=st.sampled_from([None, True, False]),
)
def test_no_assessment_cites_the_law_of_another_regime(funding, state, carc, text, grandfathered):
    case = Case(
        coverages=[
            Coverage(
                id="cov-1", payer="Acme", funding=funding, state=state, grandfathered=grandfathered
            )
        ],
        diagnoses=[Diagnosis(code="M79.11")],
        determinations=[
            Determination(
                decision="denial",
                notice_date="2026-10-01",
                reasons=[{"carc": carc, "text": text}],
            )
        ],
    )
    found = assessed(case)
    said = json.dumps([section.as_json() for section in found.sections])
    law = regime(case.coverages[0])
    if law.regime not in ERISA:
        assert not knowledge.cites_erisa(said)
    assert found.findings == findings(case, TODAY)
