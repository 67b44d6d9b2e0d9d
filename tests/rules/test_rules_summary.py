"""A list of cases shows the next duty, also one that the law sets."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    BotulinumSession,
    Case,
    Contact,
    Coverage,
    Decision,
    Determination,
    Diagnosis,
    Funding,
    Handling,
    Measurement,
    PartialDate,
    Patient,
    Provider,
    ServiceLine,
    Task,
)
from tmjkit.examples import load, names
from tmjkit.knowledge import library
from tmjkit.rules import deadlines, summarize
from tmjkit.rules.assessment import assess_case
from tmjkit.rules.duty import next_duty

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
    # 29 CFR 2560.503-1(h)(3)(i): 180 days after receipt on October 19, 2026, a Saturday.
    assert (summary.next_due, summary.stage) == ("2027-04-16", "denied")
    assert "appeal" in summary.next_duty


def test_a_task_that_is_due_earlier_comes_first():
    case = DENIED.with_record(Task(title="Call the plan", due="2026-12-01"))
    assert summarize(case, TODAY).next_due == "2026-12-01"


def test_nothing_open_is_nothing_to_do():
    case = Case(tasks=[Task(title="Call", due="2026-12-01", done="2026-11-01")])
    assert not [item for item in deadlines(case, TODAY) if item.open]
    summary = summarize(case, TODAY)
    assert (summary.next_duty, summary.next_due) == ("", "")


COMPLETE = Case(
    patient=Patient(family="Example", given="Pat", birth_date="1980-02-29"),
    coverages=[Coverage(id="cov-1", payer="Example Mutual", member_id="EX-1")],
    providers=[Provider(id="prov-1", name="Dr. Sample", role="treating", npi="1234567893")],
    diagnoses=[Diagnosis(code="M79.11", recorded_date="2026-01-05")],
    measurements=[Measurement(instrument="nrs-pain", value=7, date="2026-02-01")],
    requests=[
        AuthorizationRequest(
            id="r-1",
            coverage_id="cov-1",
            provider_id="prov-1",
            lines=[ServiceLine(code="64999", units=1)],
            diagnosis_codes=["M79.11"],
            sessions=2,
            interval_weeks=12,
        )
    ],
)


def changed(case, name, **values):
    """Return the case with fields of its first record of a list changed."""
    return case.with_record(getattr(case, name)[0].model_copy(update=values))


def test_what_lacks_nothing_is_ready():
    summary = summarize(COMPLETE, TODAY)
    assert (summary.stage, summary.readiness) == ("ready", "0")
    assert COMPLETE.summary().stage == "collecting"


def test_each_missing_thing_counts_until_it_is_entered():
    case = changed(changed(COMPLETE, "coverages", member_id=""), "providers", npi=None)
    summary = summarize(case, TODAY)
    assert (summary.stage, summary.readiness) == ("collecting", "2")


def test_criteria_of_the_chosen_policy_count():
    policy = next(iter(library().policies))
    case = changed(COMPLETE, "coverages", policy=policy)
    assert summarize(case, TODAY).stage == "collecting"
    assert int(summarize(case, TODAY).readiness) > 0
    # Criteria count back from today, so such a case is looked at every day.
    assert summarize(case, TODAY).changes_on == "2026-11-24"


def test_what_was_sent_has_no_readiness():
    summary = summarize(changed(COMPLETE, "requests", sent=PartialDate.parse("2026-11-02")), TODAY)
    assert (summary.stage, summary.readiness) == ("requested", "")


def approved(until=None, sessions=()):
    sent = changed(COMPLETE, "requests", sent=PartialDate.parse("2026-03-02"))
    decision = Determination(
        about_id="r-1", decision="approval", notice_date="2026-03-10", approved_until=until
    )
    case = sent.with_record(decision)
    for day in sessions:
        case = case.with_record(BotulinumSession(product="onabotulinumtoxinA", date=day))
    return case


@pytest.mark.parametrize(
    ("until", "sessions", "day", "last"),
    [
        # 30 days before the last day of the approval.
        ("2026-12-31", (), date(2026, 12, 1), "2026-12-31"),
        # Both sessions are used up: 12 weeks after the second one, August 3, 2026, less 30 days.
        (None, ("2026-05-04", "2026-08-03"), date(2026, 9, 26), "2026-10-26"),
        ("2026-12", ("2026-05-04", "2026-08-03"), date(2026, 9, 26), "2026-10-26"),
    ],
)
def test_a_reauthorization_is_due_before_the_patient_is_without(until, sessions, day, last):
    case = approved(until, sessions)
    before = summarize(case, day - timedelta(days=1))
    assert (before.stage, before.changes_on) == ("approved", day.isoformat())
    after = summarize(case, day)
    assert after.stage == "reauthorization"
    assert (after.next_duty, after.next_due) == ("Ask for the next authorization", last)
    assert after.next_whose == "ours"


def test_one_session_of_two_leaves_the_approval_as_it_is():
    assert summarize(approved(None, ("2026-05-04",)), TODAY).stage == "approved"
    # A session before the approval used up nothing of it.
    assert summarize(approved(None, ("2026-01-04", "2026-05-04")), TODAY).stage == "approved"


def test_an_approval_on_appeal_counts_too():
    case = approved(None, ("2026-05-04", "2026-08-03"))
    denied = changed(case, "determinations", decision=Decision.DENIAL)
    won = Appeal(
        determination_id=denied.determinations[0].id,
        sent="2026-03-20",
        decided="2026-04-01",
        outcome="overturned",
    )
    assert summarize(denied, TODAY).stage == "denied"
    assert summarize(denied.with_record(won), TODAY).stage == "reauthorization"


def test_a_closed_case_has_no_duty_until_it_is_open_again():
    case = DENIED.with_record(Handling(date="2026-11-20", closed="withdrawn", owner="Kim"))
    summary = summarize(case, TODAY)
    assert (summary.stage, summary.next_due, summary.payer_due) == ("closed", "", "")
    assert (summary.owner, summary.changes_on) == ("Kim", "")
    again = case.with_record(Handling(date="2026-11-21", reopened=True))
    assert summarize(again, TODAY).next_due == "2027-04-16"
    assert summarize(again, TODAY).owner == "Kim"


def test_what_is_dated_later_counts_from_its_day():
    case = DENIED.with_record(Handling(date="2026-11-30", closed="withdrawn"))
    case = case.with_record(Handling(date="2026-11-25", owner="Lee"))
    assert summarize(case, TODAY).changes_on == "2026-11-25"
    assert (summarize(case, TODAY).owner, summarize(case, TODAY).stage) == ("", "denied")
    assert summarize(case, date(2026, 11, 25)).owner == "Lee"
    assert summarize(case, date(2026, 11, 30)).stage == "closed"


def test_what_the_other_side_owes_is_told_only_where_it_is_certain():
    case = Case(contacts=[Contact(promised="A letter", promised_by="2026-11-20")])
    assert summarize(case, TODAY).payer_due == "2026-11-20"
    assert summarize(DENIED, TODAY).payer_due == ""


@pytest.mark.parametrize("name", names())
def test_no_summary_changes_before_its_day(name):
    case = load(name).case
    day = date(2025, 9, 1)
    summary = summarize(case, day)
    for _ in range(700):
        day += timedelta(days=1)
        now = summarize(case, day)
        if summary.changes_on <= day.isoformat():
            summary = now
        assert replace(now, changes_on="") == replace(summary, changes_on="")


PARTIAL = st.one_of(
    st.dates(date(2026, 8, 1), date(2027, 2, 28)).map(PartialDate.of),
    st.integers(1, 12).map(lambda month: PartialDate(2026, month)),
)
MAYBE = st.none() | PARTIAL
EXACT = st.dates(date(2026, 9, 1), date(2027, 2, 28))


@settings(max_examples=60, deadline=None)
@given(
    funding=st.sampled_from([None, *Funding]),
    sent=MAYBE,
    got=MAYBE,
    decision=st.none() | st.sampled_from(list(Decision)),
    until=MAYBE,
    session=MAYBE,
    appeal=MAYBE,
    promise=st.none() | EXACT,
    closed=st.none() | EXACT,
)
def test_no_case_changes_before_its_day(
    *, funding, sent, got, decision, until, session, appeal, promise, closed
):
    case = changed(COMPLETE, "coverages", funding=funding)
    case = changed(case, "requests", sent=sent, received=got, sessions=1)
    if decision is not None:
        case = case.with_record(
            Determination(
                id="d-1",
                about_id="r-1",
                decision=decision,
                notice_date=got,
                approved_until=until,
                coverage_id="cov-1",
            )
        )
        case = case.with_record(Appeal(id="a-1", determination_id="d-1", sent=appeal))
    case = case.with_record(BotulinumSession(product="onabotulinumtoxinA", date=session))
    if promise is not None:
        case = case.with_record(Contact(promised="A call", promised_by=promise))
    if closed is not None:
        case = case.with_record(Handling(date=closed, closed="other"))
    day = date(2026, 11, 1)
    summary = summarize(case, day)
    while day < date(2027, 3, 31):
        day += timedelta(days=1)
        now = summarize(case, day)
        if summary.changes_on and summary.changes_on <= day.isoformat():
            summary = now
        assert replace(now, changes_on="") == replace(summary, changes_on="")


@pytest.mark.parametrize("name", names())
def test_the_page_begins_with_the_duty_that_the_list_shows(name):
    case = load(name).case
    shown = summarize(case, TODAY)
    first = assess_case(case, TODAY).section("next").entries[0]
    assert shown.next_duty in first.what
    assert first.due.isoformat() == shown.next_due


def test_our_task_comes_before_an_earlier_promise_of_the_payer_on_both():
    case = Case(
        contacts=(Contact(who="Lee", promised="Calls back", promised_by="2026-11-25"),),
        tasks=(Task(title="Send the papers", due="2026-12-30", owner="Kim"),),
    )
    assert summarize(case, TODAY).next_duty == "Send the papers (Kim)"
    steps = assess_case(case, TODAY).section("next").entries
    assert steps[0].what.startswith("Send the papers (Kim) by December 30, 2026")
    assert [one.rule for one in steps].count("deadline.task") == 1
    assert steps[1].what.startswith("Promised by Lee: Calls back")


def test_a_reauthorization_is_the_first_step_too_and_a_closed_case_has_no_duty():
    case = approved("2026-12-10", ())
    assert summarize(case, TODAY).next_duty == "Ask for the next authorization"
    first = assess_case(case, TODAY).section("next").entries[0]
    assert (first.what, first.mark) == (
        "Ask for the next authorization, by December 10, 2026",
        "Open",
    )
    closed = case.with_record(Handling(date="2026-11-20", closed="paid"))
    assert next_duty(closed, TODAY, deadlines(closed, TODAY)) is None
