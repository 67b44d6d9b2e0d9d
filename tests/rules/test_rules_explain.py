"""What a rule says can be said in Spanish, and the words of the case stay as they are."""

import pytest

from tmjkit.language import current
from tmjkit.rules.catalog import catalog
from tmjkit.rules.catalog.explain import explained, explanations, in_language
from tmjkit.rules.model import Severity


@pytest.mark.parametrize("rule", sorted(catalog()))
def test_every_rule_is_explained_in_spanish(rule):
    assert explained(rule, "en") == catalog()[rule].says
    assert explained(rule, "es") != catalog()[rule].says
    assert current() == "en"


def test_every_severity_has_a_spanish_word():
    words = [in_language(item.label, "es") for item in Severity]
    assert len(set(words)) == len(words)
    assert not set(words) & {item.label for item in Severity}


def test_several_rules_are_explained_once_each_and_unknown_ones_are_left_out():
    found = explanations(["missing.npi", "other.rule", "missing.npi"], "es")
    assert list(found) == ["missing.npi"]


def test_a_rule_that_is_not_there_and_a_language_that_nobody_speaks_are_refused():
    with pytest.raises(KeyError):
        explained("other.rule", "es")
    with pytest.raises(ValueError, match="en, es"):
        explained("missing.npi", "xx")
