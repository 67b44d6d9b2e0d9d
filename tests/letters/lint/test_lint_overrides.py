"""An override sets aside what it names, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lint_letters import TODAY, example, letter, objections, said

from tmjkit.case import Case
from tmjkit.letters import LetterError
from tmjkit.letters.lint import Objection, override_for, standing_objections

CASE = example("self-funded-erisa-denial").case
ABOUT = letter().about_id


def test_it_sets_aside_the_sentences_that_it_names_and_is_kept_in_the_case() -> None:
    broken = said(letter(), "The treatment is proven.")
    found = objections(broken)
    made = override_for(
        "appeal", found, "unsourced-claim", "It is.", date=TODAY, by="Ada", about=ABOUT
    )
    case = CASE.with_record(made)
    assert standing_objections(found, CASE, broken) == found
    assert standing_objections(found, case, broken) == ()
    assert standing_objections(found, Case.from_json(case.to_json()), broken) == ()
    assert made.sentences == ("The treatment is proven.",)
    assert (made.why, made.date, made.by) == ("It is.", TODAY, "Ada")


def test_other_words_other_letters_and_other_rules_are_refused_as_before() -> None:
    broken = said(letter(), "The treatment is proven.")
    case = CASE.with_record(
        override_for(
            "appeal", objections(broken), "unsourced-claim", "It is.", date=TODAY, about=ABOUT
        )
    )
    changed = said(letter(), "The treatment is proven well.")
    assert standing_objections(objections(changed), case, changed)
    more = said(broken, "It is safe.")
    left = standing_objections(objections(more), case, more)
    assert [item.text for item in left] == ["It is safe."]
    elsewhere = replace(broken, kind="external-review")
    assert standing_objections(objections(elsewhere), case, elsewhere)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text(min_size=1, max_size=30)), max_size=6))
def test_only_rule_and_sentence_together_are_set_aside(told: list[tuple[str, str]]) -> None:
    found = tuple(Objection(rule, at, text, "w", "I.") for at, (rule, text) in enumerate(told))
    if not any(item.rule == "a" for item in found):
        with pytest.raises(LetterError, match="does not object"):
            override_for("appeal", found, "a", "why", date=TODAY)
        return
    case = CASE.with_record(override_for("appeal", found, "a", "why", date=TODAY, about=ABOUT))
    left = standing_objections(found, case, letter())
    assert left == tuple(item for item in found if item.rule != "a")


def test_a_rule_that_does_not_object_and_an_empty_reason_are_refused() -> None:
    found = objections(said(letter(), "The treatment is proven."))
    with pytest.raises(LetterError, match=r"foreign-code.*unsourced-claim"):
        override_for("appeal", found, "foreign-code", "Why.", date=TODAY)
    with pytest.raises(LetterError, match="say why"):
        override_for("appeal", found, "unsourced-claim", "  ", date=TODAY)


def test_an_override_without_sentences_sets_nothing_aside() -> None:
    broken = said(letter(), "The treatment is proven.")
    made = override_for(
        "appeal", objections(broken), "unsourced-claim", "It is.", date=TODAY, about=ABOUT
    )
    empty = CASE.with_record(made.model_copy(update={"sentences": ()}))
    assert standing_objections(objections(broken), empty, broken)


def test_what_was_set_aside_of_one_decision_is_refused_of_the_next() -> None:
    broken = said(letter(), "The treatment is proven.")
    whole = Objection("contrary-evidence", 0, "A finding is missing.", "w", "I.")
    found = (*objections(broken), whole)
    case = CASE
    for rule in ("unsourced-claim", "contrary-evidence"):
        case = case.with_record(
            override_for("appeal", found, rule, "It is.", date=TODAY, about=ABOUT)
        )
    assert ABOUT
    assert standing_objections(found, case, broken) == ()
    for other in ("determination-of-next-year", ""):
        assert standing_objections(found, case, replace(broken, about_id=other)) == found


def test_without_a_subject_it_is_for_letters_without_one() -> None:
    broken = said(letter(), "The treatment is proven.")
    found = objections(broken)
    made = override_for("appeal", found, "unsourced-claim", "It is.", date=TODAY)
    case = CASE.with_record(made)
    assert made.about is None
    assert standing_objections(found, case, broken) == found
    assert standing_objections(found, case, replace(broken, about_id="")) == ()
