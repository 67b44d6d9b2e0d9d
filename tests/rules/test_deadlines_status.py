"""Where a clock stands, and how what is written down joins what the law gives."""

from datetime import date

import pytest

from tmjkit.case import Appeal, Case, Contact, Coverage, Determination, Task
from tmjkit.knowledge import Confidence, facts
from tmjkit.rules import Status, Whose, deadlines

TODAY = date(2026, 6, 1)


def denial(**fields):
    return Determination(
        **{
            "id": "denial-1",
            "decision": "denial",
            "notice_date": "2026-03-02",
            "received_date": "2026-03-05",
        }
        | fields
    )


def case(*appeals, funding="self-funded-erisa", denials=None, internal_levels=None, **lists):
    cover = Coverage(
        id="cov-1", payer="Example Health", funding=funding, internal_levels=internal_levels
    )
    return Case(
        coverages=(cover,),
        determinations=(denial(),) if denials is None else denials,
        appeals=appeals,
        **lists,
    )


def first(found_in, today=TODAY, **options):
    return next(
        item
        for item in deadlines(found_in, today, **options)
        if item.rule == "deadline.internal-appeal"
    )


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (date(2026, 9, 1), Status.RUNNING),  # the last day itself
        (date(2026, 9, 2), Status.MISSED),
    ],
)
def test_the_last_day_still_counts(today, status):
    assert first(case(), today).status is status


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("2026-09-01", Status.MET),
        ("2026-09-02", Status.MISSED),
        ("2026-08", Status.MET),
        ("2026-09", Status.UNCLEAR),
        ("2026", Status.UNCLEAR),
        ("2026-10", Status.MISSED),
    ],
)
def test_an_appeal_that_was_sent(sent, status):
    appeal = Appeal(id="a-1", determination_id="denial-1", sent=sent)
    found = first(case(appeal), date(2027, 1, 1))
    assert found.status is status
    assert found.records == ("denial-1", "a-1")


def test_an_appeal_planned_for_tomorrow_is_not_sent():
    appeal = Appeal(determination_id="denial-1", sent="2026-06-02")
    assert first(case(appeal)).status is Status.RUNNING


@pytest.mark.parametrize("outcome", ["withdrawn", "dismissed"])
def test_an_appeal_that_does_not_stand_stops_no_clock(outcome):
    appeal = Appeal(determination_id="denial-1", sent="2026-04-01", outcome=outcome)
    assert first(case(appeal)).status is Status.RUNNING


def test_a_request_for_outside_review_is_not_the_internal_appeal():
    appeal = Appeal(determination_id="denial-1", sent="2026-04-01", level="external")
    assert first(case(appeal)).status is Status.RUNNING


def test_an_appeal_that_names_no_denial_counts_only_where_there_is_one():
    appeal = Appeal(sent="2026-04-01")
    assert first(case(appeal)).status is Status.MET
    both = (denial(), denial(id="denial-2"))
    found = deadlines(case(appeal, denials=both), TODAY)
    found = [item for item in found if item.rule == "deadline.internal-appeal"]
    assert [item.status for item in found] == [Status.RUNNING, Status.RUNNING]


def test_a_denial_that_was_overturned_or_approved_later_needs_no_appeal():
    appeal = Appeal(determination_id="denial-1", outcome="overturned")
    assert first(case(appeal)).status is Status.NOT_NEEDED
    lost = denial(about_id="a-0")
    won = denial(id="won", decision="approval", about_id="a-0", notice_date="2026-04-01")
    earlier = denial(id="won", decision="approval", about_id="a-0", notice_date="2026-02-01")
    about = Appeal(id="a-0", determination_id="other", level="external")
    other = denial(id="other", level="internal-2", decision="dismissal")
    assert first(case(about, denials=(lost, won, other))).status is Status.NOT_NEEDED
    assert first(case(about, denials=(lost, earlier, other))).status is Status.RUNNING


def test_a_partial_receipt_runs_on_between_the_safe_and_the_last_possible_day():
    some_day = case(denials=(denial(received_date="2026-03"),))
    assert first(some_day, date(2026, 8, 28)).because == ""
    between = first(some_day, date(2026, 9, 10))
    assert between.status is Status.RUNNING
    assert "safe date has passed" in between.because
    assert "September 27, 2026" in between.because
    assert first(some_day, date(2026, 9, 28)).status is Status.MISSED


def test_a_clock_from_an_unrecorded_receipt_is_never_called_missed():
    unknown = case(denials=(denial(received_date=None),))
    found = first(unknown)
    assert found.status is Status.RUNNING
    assert "safe, earlier date" in found.because
    after = first(unknown, date(2026, 12, 1))
    assert after.status is Status.CANNOT_START
    assert "enter it" in after.because
    late = Appeal(determination_id="denial-1", sent="2026-09-03")
    judged = first(case(late, denials=(denial(received_date=None),)), date(2026, 12, 1))
    assert judged.status is Status.UNCLEAR


def test_a_time_that_a_state_may_shorten_says_so():
    found = first(case(funding="medicaid-ffs"), date(2026, 4, 1))
    assert "the State may allow less" in found.because
    assert "State fair hearing" in found.title
    hearing = Appeal(determination_id="denial-1", level="fair-hearing", sent="2026-04-20")
    assert first(case(hearing, funding="medicaid-ffs")).status is Status.UNCLEAR
    stated = Appeal(
        determination_id="denial-1", level="fair-hearing", sent="2026-04-20", due="2026-05-01"
    )
    assert first(case(stated, funding="medicaid-ffs")).status is Status.MET


@pytest.mark.parametrize(
    ("stated", "safe", "latest"),
    [("2026-08-15", "2026-08-15", "2026-09-01"), ("2026-09-15", "2026-09-01", "2026-09-15")],
)
def test_a_notice_that_differs_from_the_rule_shows_the_earlier_date(stated, safe, latest):
    found = first(case(Appeal(determination_id="denial-1", due=stated)))
    assert tuple(map(str, found.due)) == (safe, latest)
    assert "the two differ" in found.because
    assert "work to the earlier date" in found.because


def test_a_notice_that_agrees_with_the_rule_says_so_once():
    found = first(case(Appeal(determination_id="denial-1", due="2026-09-01")))
    assert found.because == ""
    assert "which fits" in found.arithmetic


def test_without_a_rule_the_date_that_the_notice_states_is_the_clock():
    stated = case(Appeal(determination_id="denial-1", due="2026-07-01"), funding="church")
    found = first(stated)
    assert found.status is Status.RUNNING
    assert str(found.safe_date) == "2026-07-01"
    assert first(stated, date(2026, 7, 2)).status is Status.MISSED


def test_a_conflict_between_sources_is_said_with_the_safe_choice():
    known = dict(facts())
    known["A-MCO-FILE"] = known["A-MCO-FILE"].model_copy(update={"confidence": Confidence.CONFLICT})
    found = first(case(funding="medicaid-managed-care"), knowledge=known)
    assert "sources differ, this is the safe choice" in found.arithmetic


def test_the_number_of_days_comes_from_the_knowledge_base():
    known = dict(facts())
    rule = known["A-MCO-FILE"]
    shorter = rule.clock.model_copy(update={"days": 10})
    known["A-MCO-FILE"] = rule.model_copy(update={"clock": shorter})
    found = first(case(funding="medicaid-managed-care"), date(2026, 3, 3), knowledge=known)
    assert str(found.safe_date) == "2026-03-12"


def test_a_lost_appeal_asks_for_the_time_of_the_next_step():
    lost = denial(id="d-2", level="internal-1", notice_date="2026-05-20", about_id="a-1")
    appeal = Appeal(id="a-1", determination_id="denial-1", sent="2026-04-01")
    two = case(appeal, denials=(denial(), lost), internal_levels=2)
    found = {item.rule: item for item in deadlines(two, TODAY)}
    following = found["deadline.next-appeal"]
    assert following.status is Status.CANNOT_START
    assert "enter an appeal of the next level" in following.because
    assert found["deadline.internal-appeal"].status is Status.MET
    assert found["deadline.external-review"].status is Status.WAITING
    assert "second appeal first" in found["deadline.external-review"].because


def test_the_next_step_takes_the_day_that_is_entered_for_it():
    lost = denial(id="d-2", level="internal-1", about_id="a-1")
    one = Appeal(id="a-1", determination_id="denial-1", sent="2026-04-01", outcome="upheld")
    two = Appeal(id="a-2", determination_id="d-2", level="internal-2", due="2026-09-20")
    found = deadlines(case(one, two, denials=(denial(), lost), internal_levels=2), TODAY)
    (following,) = [item for item in found if item.rule == "deadline.next-appeal"]
    assert following.status is Status.RUNNING
    assert str(following.due.earliest) == "2026-09-20"
    sent = two.model_copy(update={"due": None, "sent": one.sent})
    again = case(one, sent, denials=(denial(), lost), internal_levels=2)
    assert "deadline.next-appeal" not in {item.rule for item in deadlines(again, TODAY)}


def test_an_appeal_lost_without_a_recorded_decision_asks_for_it():
    lost = Appeal(id="a-1", determination_id="denial-1", sent="2026-04-01", outcome="upheld")
    found = {item.rule: item for item in deadlines(case(lost), TODAY)}
    assert found["deadline.next-appeal"].records == ("a-1",)
    assert found["deadline.internal-appeal"].status is Status.MET


@pytest.mark.parametrize(
    ("last", "today", "safe"),
    [
        # July 4, 2026 is a Saturday, and offices close on July 3 for it (5 USC 6103(b)).
        ("2026-07-04", "2026-06-30", "2026-07-02"),
        ("2026-07-04", "2026-07-02", "2026-07-02"),
        # The last day itself is still in time, so it counts once the better one has passed.
        ("2026-07-04", "2026-07-03", "2026-07-04"),
        ("2026-07-05", "2026-06-30", "2026-07-02"),
        ("2026-07-06", "2026-06-30", "2026-07-06"),
    ],
)
def test_what_ends_on_a_closed_day_is_to_be_done_before(last, today, safe):
    alone = Appeal(id="a-9", level="external", due=last)
    (found,) = deadlines(Case(appeals=(alone,)), date.fromisoformat(today))
    assert (str(found.due.latest), str(found.safe_date)) == (last, safe)
    assert ("send by Thursday, July 2, 2026" in found.because) == (last != "2026-07-06")


def test_an_appeal_with_a_last_day_of_its_own_is_a_duty():
    alone = Appeal(id="a-9", level="external", due="2026-07-04")
    (found,) = deadlines(Case(appeals=(alone,)), TODAY)
    assert (found.rule, str(found.due.earliest)) == ("deadline.appeal-as-stated", "2026-07-04")
    assert found.whose is Whose.OURS
    (passed,) = deadlines(Case(appeals=(alone,)), date(2026, 7, 5))
    assert passed.status is Status.MISSED


def test_open_tasks_and_promises_are_duties_of_ours_and_theirs():
    tasks = (
        Task(id="t-1", title="Ask for the chart", owner="Sam", due="2026-06-10"),
        Task(id="t-2", title="Done", due="2026-05-01", done="2026-05-01"),
        Task(id="t-3", title="Some day"),
    )
    contacts = (
        Contact(id="c-1", who="Agent 7", promised="to call back", promised_by="2026-05-20"),
        Contact(id="c-2", promised_by="2026-05-20", kept=True),
        Contact(id="c-3", promised="something"),
    )
    found = deadlines(Case(tasks=tasks, contacts=contacts), TODAY)
    assert [(item.rule, item.whose, item.status, item.open) for item in found] == [
        ("deadline.promise", Whose.THEIRS, Status.MISSED, True),
        ("deadline.task", Whose.OURS, Status.RUNNING, True),
        ("deadline.task", Whose.OURS, Status.MET, False),
        ("deadline.promise", Whose.THEIRS, Status.MET, False),
    ]
    assert found[0].detail == "Agent 7: to call back"
    assert found[1].detail == "Ask for the chart (Sam)"
    assert [item.title for item in found[:3]] == [
        "Check promise 1 of 2",
        "Do task 1 of 3",
        "Do task 2 of 3",
    ]


def test_what_people_wrote_never_stands_in_a_title():
    tasks = (Task(title="Call Jordan Example", due="2026-06-10"),)
    (found,) = deadlines(Case(tasks=tasks), TODAY)
    assert "Jordan" not in found.title + found.arithmetic + found.because


def test_an_empty_case_has_no_clock():
    assert deadlines(Case(), TODAY) == ()


def test_two_coverages_and_a_denial_that_names_none():
    two = (
        Coverage(id="cov-1", payer="A", funding="fehb"),
        Coverage(id="cov-2", payer="B", funding="tricare", rank=2),
    )
    (found,) = deadlines(Case(coverages=two, determinations=(denial(),)), TODAY)
    assert found.status is Status.CANNOT_START
    assert "which coverage decided" in found.because
