"""Phrases, classes of denial and state laws are refused where they hold a mistake."""

import pytest
from pydantic import ValidationError

from tmjkit.knowledge.denial import DenialClass
from tmjkit.knowledge.mandate import Mandate
from tmjkit.knowledge.phrase import elements


def test_a_phrase_has_words_stems_gaps_and_places_that_may_be_empty():
    first, gap, last, end = elements("prior|pre ~3 authoriz*|approval number?")
    assert first.fits("pre")
    assert not first.fits("prefix")
    assert gap.gap == 3
    assert last.fits("authorization")
    assert not last.fits("approvals")
    assert end.optional


@pytest.mark.parametrize(
    "phrase", ["", "~2 late", "late ~2", "late?  claim", "Late", "(late)+", "late ~20 claim", "a|"]
)
def test_a_phrase_that_is_not_one_is_refused(phrase):
    with pytest.raises(ValueError, match="phrase"):
        elements(phrase)


WHOLE = {"kind": "duplicate", "argue": ["this"], "barred": ["that"]}


def test_a_class_names_a_code_once_and_its_phrases_are_read():
    assert DenialClass(**WHOLE, words=["duplicate|copy"]).words == ("duplicate|copy",)
    with pytest.raises(ValidationError, match="sure or faint"):
        DenialClass(**WHOLE, carc=["18"], carc_faint=["18"])
    with pytest.raises(ValidationError, match="phrase"):
        DenialClass(**WHOLE, words=["Duplicate!"])


def test_a_law_names_its_state_and_one_that_was_not_found_reaches_nothing():
    law = Mandate(state="LA", form="mandate", reach="strong", markets=["large-group"])
    assert law.group_only
    assert not Mandate(state="WV", form="mandate", reach="strong").group_only
    with pytest.raises(ValidationError, match="state"):
        Mandate(form="mandate", reach="strong")
    with pytest.raises(ValidationError, match="unknown reach"):
        Mandate(state="NJ", form="none-found", reach="good")
