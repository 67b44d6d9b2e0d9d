"""The clocks of the knowledge base: their words are those of the case; a wrong one is refused."""

import pytest
from pydantic import ValidationError

from tmjkit import knowledge
from tmjkit.case import Channel, Level, ReasonKind
from tmjkit.knowledge import Clock, FactKind, Regime

CLOCKS = {item.id: item for item in knowledge.facts().values() if item.clock}

# Read by the rules; a clock of another step would never be used.
STEPS = {
    "first-appeal",
    "expedited-appeal",
    "next-appeal",
    "fair-hearing",
    "silent-payer",
    "continue-benefits",
    "cure",
    "decision",
    "concurrent-decision",
    "say-what-is-missing",
    "appeal-decision",
    "hearing-decision",
    "external-review",
    "external-review-state",
    "external-review-hhs",
    "external-decision",
    "external-decision-state",
    "external-preliminary",
    "external-preliminary-notice",
    "external-preliminary-state",
    "external-perfect",
    "external-information",
    "external-file",
    "explanation",
    "records",
    "plan-documents",
}


def test_every_clock_is_of_a_step_that_a_rule_reads():
    assert {item.clock.step for item in CLOCKS.values()} == STEPS


@pytest.mark.parametrize("name", sorted(CLOCKS))
def test_the_words_of_a_clock_are_those_of_the_case(name):
    clock = CLOCKS[name].clock
    levels = {item.value for item in Level}
    assert set(clock.filed_as) | set(clock.after) <= levels
    assert set(clock.channels) <= {item.value for item in Channel}
    assert set(clock.direct_for) <= {"expedited", *(item.value for item in ReasonKind)}
    for late in clock.if_late:
        assert knowledge.fact(late)
    assert clock.opens in (None, "external-review", "fair-hearing")


def test_a_state_binds_no_self_funded_plan():
    for item in knowledge.facts().values():
        if item.states and item.clock:
            assert Regime.ERISA_SELF_FUNDED not in item.regimes


def test_a_part_of_a_time_that_nobody_confirmed_ships_as_such():
    assert CLOCKS["A-TX"].confidence == "conflict"
    assert CLOCKS["A-MCO-PA-DRUG"].confidence == "confirmed-secondary"
    assert all(item.kind is FactKind.RULE for item in CLOCKS.values())


GOOD = {"step": "x", "name": "x", "days": 10, "from": "receipt"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"months": 2}, "should give one of hours, days, business_days and months"),
        ({"days": None}, "should give one of"),
        ({"from": "notice-date", "presumed_receipt": 5}, "only with 'from: receipt'"),
        ({"longest": 10}, "longest should be more than the length"),
        ({"step": "first-appeal"}, "filed_as should name"),
        ({"since": "2026-01-01", "before": "2026-01-01"}, "since should lie before"),
        ({"days": 0}, "greater than or equal to 1"),
        ({"roll": "friday"}, "next-business-day"),
    ],
)
def test_a_clock_that_does_not_hold_together_is_refused(fields, said):
    with pytest.raises(ValidationError, match=said):
        Clock.model_validate(GOOD | fields)


@pytest.mark.parametrize(
    ("fields", "length"),
    [
        ({}, "10 days"),
        ({"days": 1}, "1 day"),
        ({"days": None, "hours": 72}, "72 hours"),
        ({"days": None, "business_days": 5}, "5 business days"),
        ({"days": None, "months": 4}, "4 calendar months"),
    ],
)
def test_the_length_in_words(fields, length):
    assert Clock.model_validate(GOOD | fields).length == length
