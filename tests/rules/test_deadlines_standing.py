"""What became of a denial, as clocks and letters ask for it; and whose duty a list shows."""

from datetime import date

import pytest
from clock_cases import LATER, appeal, coverage, denial, request

from tmjkit.case import Case, Contact, Coverage, Task
from tmjkit.knowledge import facts
from tmjkit.rules import regime, standing, summarize


def case(*appeals, plan="erisa", decisions=None):
    return Case(
        coverages=(coverage(plan),),
        requests=(request(),),
        determinations=(denial(),) if decisions is None else decisions,
        appeals=appeals,
    )


def test_a_denial_that_nobody_touched_is_open():
    found = standing(case(), denial(), LATER)
    assert (found.settled, found.appealed, found.begun_before) == ("", "", False)
    assert found.first_step.id == "A-INT-FILE"
    assert found.to_the_payer


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"sent": "2026-04-01"}, "sent already"),
        ({"received": "2026-04-01"}, "sent already"),
        ({"received": None, "outcome": "upheld"}, "was decided"),
    ],
)
def test_an_appeal_that_was_sent_or_decided_is_told(fields, said):
    assert said in standing(case(appeal(**fields)), denial(), LATER).appealed


def test_an_appeal_of_tomorrow_is_only_planned():
    planned = case(appeal(received=None, sent="2026-04-02"))
    assert standing(planned, denial(), date(2026, 4, 1)).appealed == ""
    assert standing(planned, denial(), date(2026, 4, 2)).appealed


def test_an_appeal_that_was_withdrawn_was_begun_before():
    found = standing(case(appeal(outcome="withdrawn")), denial(), LATER)
    assert (found.appealed, found.begun_before) == ("", True)


def test_a_win_at_any_level_settles_it():
    lost = denial(id="d-2", level="internal-1", about_id="a-1")
    won = appeal(id="a-2", determination_id="d-2", level="external", outcome="overturned")
    found = case(appeal(outcome="upheld"), won, decisions=(denial(), lost))
    assert standing(found, found.determinations[0], LATER).settled == "it was overturned"
    later = denial(id="d-3", decision="approval", about_id="r-1", notice_date="2026-05-01")
    found = case(decisions=(denial(), later))
    said = standing(found, found.determinations[0], LATER).settled
    assert said == "it was approved later, on May 1, 2026"


def test_medicaid_of_the_state_goes_to_a_hearing_first():
    # 42 CFR 431.221(d).
    found = standing(case(plan="ffs"), denial(), LATER)
    assert (found.first_step.id, found.to_the_payer) == ("A-FFS", False)
    law = regime(Coverage(payer="Example", funding="medicaid-ffs"))
    assert not standing(Case(), None, law=law).to_the_payer


def test_without_a_law_or_a_rule_no_first_step_is_named():
    assert standing(case(plan=None), denial(), LATER).first_step is None
    assert standing(case(plan="church"), denial(), LATER).to_the_payer
    assert standing(case(), denial(), LATER, knowledge={}).first_step is None
    assert standing(case(), denial(), LATER, knowledge=facts()).first_step


def test_the_next_duty_of_a_list_is_ours_first():
    promise = Contact(promised="to call", promised_by="2026-03-10")
    task = Task(title="Ask for the chart", due="2026-03-20")
    today = date(2026, 3, 6)
    both = summarize(Case(contacts=(promise,), tasks=(task,)), today)
    assert (both.next_due, "chart" in both.next_duty) == ("2026-03-20", True)
    theirs = summarize(Case(contacts=(promise,)), today)
    assert theirs.next_due == "2026-03-10"
