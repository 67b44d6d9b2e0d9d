"""What holds of all rules together: citations by regime, ids, and the example cases."""

import ast
import json
import re
from datetime import date
from pathlib import Path

import pytest

from tmjkit import examples, knowledge
from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    BotulinumSession,
    Case,
    Contact,
    Coverage,
    Determination,
    Diagnosis,
    Funding,
    Measurement,
    Provider,
    Symptom,
    Task,
    Treatment,
)
from tmjkit.knowledge import ERISA, Regime
from tmjkit.rules import deadlines, findings, regime
from tmjkit.rules.catalog import catalog

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 23)


def crowded(funding, grandfathered, notice, received):
    """Make a case that sets off as many rules as one case can."""
    return Case(
        coverages=(
            Coverage(
                id="cov-1", payer="Acme", funding=funding, grandfathered=grandfathered, state="CA"
            ),
        ),
        providers=(Provider(name="Ada Example"),),
        diagnoses=(Diagnosis(code="M79.11"), Diagnosis(text="Jaw pain")),
        symptoms=(Symptom(text="Pain"),),
        measurements=(Measurement(instrument="nrs-pain", value=5),),
        treatments=(
            Treatment(kind="cbt", start="2026", ongoing=True, response="good"),
            Treatment(kind="splint"),
        ),
        sessions=(
            BotulinumSession(product="incobotulinumtoxinA", response="good"),
            BotulinumSession(product="onabotulinumtoxinA", response="none"),
        ),
        requests=(AuthorizationRequest(id="r-1"),),
        determinations=(
            Determination(id="d-1", decision="denial", notice_date=notice, received_date=received),
            Determination(id="d-2", decision="partial", level="internal-1", notice_date=notice),
            Determination(id="d-3", decision="dismissal"),
        ),
        appeals=(
            Appeal(id="a-1", determination_id="d-1", due="2026-12-01"),
            Appeal(id="a-2", level="external", due="2026-12-24"),
            Appeal(id="a-3", level="internal-2", outcome="upheld"),
        ),
        contacts=(Contact(promised="to call", promised_by="2026-11-01"),),
        tasks=(Task(title="Do it", due="2026-12-01"),),
    )


DATES = [("2026-10-01", "2026-10-05"), ("2026-10", None), (None, "2026-10-05"), (None, None)]


@pytest.mark.parametrize("grandfathered", [None, True, False])
@pytest.mark.parametrize("funding", [None, *Funding])
@pytest.mark.parametrize(("notice", "received"), DATES)
def test_no_erisa_citation_reaches_another_regime(funding, grandfathered, notice, received):
    case = crowded(funding, grandfathered, notice, received)
    law = regime(case.coverages[0])
    said = [f"{law.why} {' '.join(law.asks)}"]
    used = set()
    for item in (*deadlines(case, TODAY), *findings(case, TODAY)):
        used |= set(item.facts)
        said.append(json.dumps(item.as_json()))
    facts = [knowledge.fact(name) for name in used]
    said += [f"{item.citation} {item.statement} {item.url} {item.scope}" for item in facts]
    erisa = [text for text in said if knowledge.cites_erisa(text)]
    if law.regime in ERISA:
        assert erisa
    else:
        assert erisa == []
    for item in facts:
        assert item.applies(law.regime, grandfathered=law.grandfathered, state=law.state)


AREAS = sorted({rule.area for rule in catalog().values()})


def coded():
    """Return every rule id that stands in the code of the rules, as one string."""
    pattern = re.compile(rf"(?:{'|'.join(AREAS)})\.[a-z0-9]+(?:-[a-z0-9]+)*")
    return {
        node.value
        for path in (ROOT / "tmjkit/rules").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and pattern.fullmatch(node.value)
    }


def test_every_rule_id_in_the_code_stands_in_the_catalog_and_the_other_way_round():
    assert coded() == set(catalog())


def test_every_rule_is_shown_by_a_test():
    text = "".join(path.read_text() for path in (ROOT / "tests").rglob("*.py"))
    assert [rule for rule in catalog() if f'"{rule}"' not in text] == []


def test_every_fact_that_a_rule_names_exists():
    for rule in catalog().values():
        for name in rule.facts:
            assert knowledge.fact(name)


@pytest.mark.parametrize("name", examples.names())
def test_a_finding_rests_on_no_fact_that_its_rule_does_not_name(name):
    case = examples.load(name).case
    for item in (*findings(case, TODAY), *deadlines(case, TODAY)):
        assert item.rule in catalog()
        if catalog()[item.rule].facts:
            assert set(item.facts) <= set(catalog()[item.rule].facts), item.rule


def test_every_record_and_fact_that_a_finding_names_exists():
    for name in examples.names():
        case = examples.load(name).case
        for item in (*findings(case, TODAY), *deadlines(case, TODAY)):
            for record in item.records:
                assert case.record(record)
            for fact in item.facts:
                assert knowledge.fact(fact)


@pytest.mark.parametrize("name", examples.names())
def test_the_findings_of_the_example_cases(name, snapshot):
    case = examples.load(name).case
    lines = [
        f"[{item.severity.label}] {item.rule}: {item.what} | {item.why} | {item.where}"
        for item in findings(case, TODAY)
    ]
    assert lines == snapshot


def test_the_examples_tell_what_they_were_written_to_tell():
    def rules(name):
        return {item.rule for item in findings(examples.load(name).case, TODAY)}

    assert "weak.premature" in rules("medicaid-premature")
    assert "weak.premature" not in rules("self-funded-erisa-denial")
    assert "note.previous-response" in rules("california-not-medically-necessary")
    premature = examples.load("medicaid-premature").case
    assert regime(premature.coverages[0]).regime is Regime.MEDICAID_MANAGED_CARE
    denied = examples.load("self-funded-erisa-denial").case
    (appeal,) = [
        item for item in deadlines(denied, TODAY) if item.rule == "deadline.internal-appeal"
    ]
    # Stamped as received on October 19, 2026; 180 days later.
    assert str(appeal.due.earliest) == "2027-04-17"
    assert str(appeal.safe_date) == "2027-04-16", "the 17th is a Saturday"


def test_rules_never_read_the_clock():
    for path in (ROOT / "tmjkit/rules").rglob("*.py"):
        assert not re.search(r"\.today\(|\.now\(|import time\b|from time\b", path.read_text()), (
            path.name
        )
