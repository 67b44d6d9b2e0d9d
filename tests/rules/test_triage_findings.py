"""One finding for each open denial, and what must not be overlooked."""

from datetime import date

import pytest

from tmjkit import examples, knowledge
from tmjkit.case import Appeal, Case, Coverage, Determination, Diagnosis, Reason
from tmjkit.rules import Severity
from tmjkit.rules.catalog import catalog
from tmjkit.rules.triage import RULES, open_denials, triage, triage_findings

TODAY = date(2026, 11, 24)
KNOWN = knowledge.facts()


def found(case):
    return list(triage_findings(case, TODAY, KNOWN))


def denied(*kinds, **fields):
    one = Determination(decision="denial", reasons=[Reason(kind=kind) for kind in kinds], **fields)
    return Case(coverages=(Coverage(payer="Acme", funding="individual"),), determinations=(one,))


RULE_OF = {
    "excluded": "triage.contract-exclusion",
    "experimental": "triage.experimental",
    "not-medically-necessary": "triage.not-medically-necessary",
    "no-prior-authorization": "triage.no-prior-authorization",
    "wrong-benefit": "triage.wrong-benefit",
    "coding": "triage.coding-or-information",
    "timeliness": "triage.timely-filing",
    "duplicate": "triage.duplicate",
    "network": "triage.out-of-network",
    "quantity": "triage.quantity-or-interval",
    "step-therapy": "triage.step-therapy",
    "eligibility": "triage.not-eligible",
    "other": "triage.other",
}


@pytest.mark.parametrize("kind", RULE_OF)
def test_a_denial_is_told_by_its_class(kind):
    (one,) = found(denied(kind, id="d-1", notice_date="2026-11-01"))
    assert one.rule == RULE_OF[kind]
    assert one.rule in catalog()
    assert one.records[0] == "d-1"
    assert one.what.startswith("The denial of November 1, 2026: ")
    assert one.why
    assert one.where.startswith("Next: ")
    assert set(one.facts) <= set(catalog()[one.rule].facts)


def test_every_class_has_its_rule():
    assert set(RULES.values()) == set(RULE_OF.values())


def test_of_several_reasons_the_weakest_gives_the_finding():
    (one,) = found(denied("coding", "experimental"))
    assert one.rule == "triage.experimental"
    assert one.severity is Severity.WEAK
    assert "Coding" in one.what.title()


def test_a_denial_without_a_reason_asks_for_it():
    (one,) = found(denied())
    assert one.rule == "triage.reason-missing"
    assert one.severity is Severity.MISSING
    assert "45 CFR 147.136(b)(3)(ii)(E)" in one.where
    assert set(one.facts) <= set(catalog()[one.rule].facts)


def test_a_recorded_kind_that_the_notice_contradicts_is_told():
    case = denied()
    reason = Reason(kind="experimental", text="The claim is a duplicate.")
    one = case.determinations[0].model_copy(update={"reasons": (reason,)})
    rules = [item.rule for item in found(case.model_copy(update={"determinations": (one,)}))]
    assert "triage.disagreement" in rules


def test_a_diagnosis_without_a_record_is_told_once_and_only_beside_a_denial():
    bare = (Diagnosis(id="dx-1", code="G24.4"),)
    case = denied("experimental").model_copy(update={"diagnoses": bare})
    (one,) = [item for item in found(case) if item.rule == "triage.unsupported-diagnosis"]
    assert one.records == ("dx-1",)
    assert "false claim" in one.why
    assert found(Case(diagnoses=bare)) == []


def test_what_is_settled_or_replaced_by_a_later_decision_is_not_told():
    first = Determination(id="d-1", decision="denial", reasons=[Reason(kind="experimental")])
    won = Appeal(id="a-1", determination_id="d-1", outcome="overturned")
    assert found(Case(determinations=(first,), appeals=(won,))) == []
    lost = won.model_copy(update={"outcome": None})
    second = Determination(
        id="d-2",
        decision="denial",
        level="internal-1",
        about_id="a-1",
        reasons=[Reason(kind="excluded")],
    )
    case = Case(determinations=(first, second), appeals=(lost,))
    assert [item.id for item in open_denials(case)] == ["d-2"]
    assert [item.rule for item in found(case)] == ["triage.contract-exclusion"]


def test_an_approval_and_a_dismissal_have_nothing_to_answer():
    for decision, words in (("approval", "approves"), ("dismissal", "without a decision")):
        one = Determination(decision=decision)
        case = Case(determinations=(one,))
        assert found(case) == []
        assert words in triage(case, one, TODAY).lead


@pytest.mark.parametrize("name", examples.names())
def test_the_examples(name, snapshot):
    case = examples.load(name).case
    told = [
        triage(case, item, date(2026, 11, 23)).as_json()
        for item in case.determinations
        if item.adverse
    ]
    for one in told:
        # The whole of it is long; what a person reads first is kept here.
        one["classes"] = [
            {key: item[key] for key in ("label", "rule", "standing", "letter")}
            | {"signs": [sign["text"] for sign in item["signs"]]}
            | {"ways": [(way["route"], way["opening"]) for way in item["ways"]]}
            | {"grounds": [ground["says"] for ground in item["grounds"]]}
            for item in one["classes"]
        ]
        del one["facts"]
    assert told == snapshot
