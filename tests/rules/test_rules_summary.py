"""A list of cases shows the next duty, also one that the law sets."""

from datetime import date

from tmjkit.case import Case, Coverage, Determination, Task
from tmjkit.rules import deadlines, summarize

TODAY = date(2026, 11, 23)

DENIED = Case(
    coverages=[Coverage(payer="Example Mutual", funding="self-funded-erisa")],
    determinations=[
        Determination(
            coverage_id=None,
            decision="denial",
            notice_date="2026-10-14",
            received_date="2026-10-19",
        )
    ],
)


def test_a_bare_denial_has_its_appeal_as_next_duty():
    summary = summarize(DENIED, TODAY)
    # 29 CFR 2560.503-1(h)(3)(i): 180 days after receipt on October 19, 2026.
    assert (summary.next_due, summary.stage) == ("2027-04-17", "denied")
    assert "appeal" in summary.next_duty


def test_a_task_that_is_due_earlier_comes_first():
    case = DENIED.with_record(Task(title="Call the plan", due="2026-12-01"))
    assert summarize(case, TODAY).next_due == "2026-12-01"


def test_nothing_open_is_nothing_to_do():
    case = Case(tasks=[Task(title="Call", due="2026-12-01", done="2026-11-01")])
    assert not [item for item in deadlines(case, TODAY) if item.open]
    summary = summarize(case, TODAY)
    assert (summary.next_duty, summary.next_due) == ("", "")
