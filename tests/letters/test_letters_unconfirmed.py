"""No letter states what nobody confirmed, or what a payer's document said some time ago."""

import re

import pytest
from jinja2 import TemplateRuntimeError

from tmjkit import examples, resources
from tmjkit.case import Coverage, Funding
from tmjkit.knowledge import Confidence, FactKind, facts
from tmjkit.letters.law import Law

KEPT_OUT = sorted(
    fact.id
    for fact in facts().values()
    if fact.confidence is Confidence.MEMORY or fact.kind is FactKind.STANCE
)
TEMPLATES = sorted(resources.path("templates").joinpath("letters").rglob("*.j2"))
CALL = re.compile(r"\b(?:holds|facts?)\(([^)]*)\)")
NAME = re.compile(r"""["']([A-Za-z0-9][A-Za-z0-9-]*)["']""")


def test_there_is_something_to_keep_out():
    assert len(KEPT_OUT) > 30


@pytest.mark.parametrize("funding", [None, *Funding])
def test_no_coverage_lets_it_into_a_letter(funding):
    for state in ("CA", "MA", "MS", None):
        law = Law(Coverage(payer="Example Mutual", funding=funding, state=state), facts())
        for fact_id in KEPT_OUT:
            assert not law.holds(fact_id), fact_id
            assert law.those(fact_id) == ()
            with pytest.raises(TemplateRuntimeError, match="not confirmed"):
                law.fact(fact_id)


def test_without_a_coverage_it_stays_out_too():
    assert not any(Law(None, facts()).holds(fact_id) for fact_id in KEPT_OUT)


def test_every_fact_that_a_template_names_can_stand_in_a_letter():
    named = {
        name
        for path in TEMPLATES
        for call in CALL.findall(path.read_text(encoding="utf-8"))
        for name in NAME.findall(call)
    }
    assert len(named) > 10
    for name in named:
        assert facts()[name].letter_ready, name


@pytest.mark.parametrize("name", examples.names())
@pytest.mark.parametrize("kind", ["appeal", "medical-necessity"])
def test_no_letter_of_the_examples_rests_on_it(name, kind):
    from datetime import date

    from tmjkit.letters import LetterError, compose

    try:
        letter = compose(kind, examples.load(name).case, today=date(2026, 11, 23), draft=True)
    except LetterError as error:
        pytest.skip(f"this case has no such letter: {error}")
    assert letter.facts
    assert not set(letter.facts) & set(KEPT_OUT)
