"""The second appeal: only where the plan asks for it, and with the way outside kept."""

import pytest
from appeal_cases import ERISA, TODAY, changed, example, fit, lost, refused, said, second

from tmjkit.case import Appeal, Funding
from tmjkit.letters import LetterError, MissingFacts, compose, default_kind
from tmjkit.letters.kinds import State
from tmjkit.letters.lint import lint


def test_it_holds_what_a_second_appeal_has_to_hold() -> None:
    """Source: check-list F2-APPEAL-2."""
    text = said("appeal-second", second())
    assert "The plan asks for 2 appeals before a review outside it" in text
    assert "29 CFR 2560.503-1(c)(2)" in text
    assert "against the decision of November 10, 2026 on the first appeal" in text
    assert "The first decision was of October 14, 2026" in text
    assert "“We uphold it as experimental.”" in text
    assert "Answer: experimental or investigational" in text
    assert "The right to a review outside the plan is kept." in text
    assert "External review is asked for within 4 months" in text
    assert "Last day for this appeal: January 9, 2027" in text
    assert "Ernberg 2011" in text


def test_the_last_day_is_asked_for_where_it_is_not_on_record() -> None:
    with pytest.raises(MissingFacts, match="Last day for the second appeal"):
        compose("appeal-second", lost(internal_levels=2), today=TODAY)


def test_a_decision_without_reasons_of_its_own_upholds_the_first_ones() -> None:
    case = changed(second(), "determination-upheld", reasons=())
    text = said("appeal-second", case)
    assert "gives no reason of its own that is on record" in text
    assert "“Botulinum toxin injection for a temporomandibular disorder" in text
    assert "gives no reason of its own" not in said("appeal-second", second())


@pytest.mark.parametrize(
    ("levels", "state", "why"),
    [
        (2, State.READY, ""),
        (None, State.LATER, "only offered can be skipped"),
        (1, State.NOT, "asking for one internal appeal"),
    ],
)
def test_it_fits_only_where_the_plan_asks_for_two(
    levels: int | None, state: State, why: str
) -> None:
    found = fit("appeal-second", lost(internal_levels=levels))
    assert found.state is state
    assert why in found.why


def test_new_york_is_told_that_its_clock_goes_on() -> None:
    case = lost(internal_levels=None, funding="insured-group", state="NY")
    found = fit("appeal-second", case)
    assert found.state is State.LATER
    assert "the time for external review may run out" in found.why
    assert "A-NY" in found.facts
    kept = said("appeal-second", second(funding="insured-group", state="NY"))
    assert "A second internal level does not extend this" in kept


@pytest.mark.parametrize(
    "funding", sorted(set(Funding) - {Funding.SELF_FUNDED_ERISA, Funding.INSURED_GROUP})
)
def test_elsewhere_it_is_refused_with_the_step_that_is_next(funding: Funding) -> None:
    case = lost(internal_levels=2, funding=funding)
    if funding is Funding.STATE_LOCAL_GOVERNMENT:
        assert fit("appeal-second", case).state is State.READY
        return
    found = fit("appeal-second", case)
    assert found.state is State.NOT
    assert len(found.why) > 40
    with pytest.raises(LetterError):
        compose("appeal-second", case, today=TODAY, draft=True)


def test_before_the_first_is_decided_there_is_nothing_to_write() -> None:
    assert fit("appeal-second", example(ERISA)).state is State.LATER
    pending = example(ERISA).with_record(
        Appeal(determination_id="determination-denial", sent="2026-11-02", outcome="upheld")
    )
    found = fit("appeal-second", pending)
    assert found.state is State.LATER
    assert "its decision is not on record" in found.why


def test_it_is_not_sent_twice_nor_after_all_is_won() -> None:
    case = changed(second(), "appeal-second", sent="2026-11-20")
    assert "was sent already" in refused("appeal-second", case)
    won = changed(second(), "appeal-second", sent="2026-11-20", outcome="overturned")
    assert "was overturned" in refused("appeal-second", won)


def test_it_is_about_a_decision_on_an_appeal_and_nothing_else() -> None:
    with pytest.raises(LetterError, match="not a decision on a first appeal"):
        compose("appeal-second", second(), today=TODAY, about="determination-denial")
    named = compose("appeal-second", second(), today=TODAY, about="determination-upheld")
    assert named.about_id == "determination-upheld"


def test_it_passes_the_linter_and_is_what_the_case_calls_for() -> None:
    case = second()
    assert default_kind(case) == "appeal-second"
    letter = compose("appeal-second", case, today=TODAY)
    assert {item.rule for item in lint(letter, case, today=TODAY)} <= {"quote-not-in-document"}


def test_without_a_known_process_the_right_is_kept_in_a_whole_sentence() -> None:
    text = said("appeal-second", second(funding="state-local-government", state="CA"))
    assert "is kept, as far as it is open. This appeal does not give it up." in text
    assert "in time for it:" not in text
