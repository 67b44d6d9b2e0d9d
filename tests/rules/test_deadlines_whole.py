"""What holds of all clocks of a case together, whatever the plan and the dates are."""

import time
from datetime import date, timedelta

import pytest
from clock_cases import PLAN
from hypothesis import given, settings
from hypothesis import strategies as st

from tmjkit import examples, knowledge
from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    Case,
    Claim,
    Coverage,
    Determination,
    Extension,
    Funding,
    PapersRequest,
    PartialDate,
    ServiceLine,
)
from tmjkit.knowledge import cites_erisa
from tmjkit.rules import Status, Whose, deadlines, regime

DAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31))
FUNDINGS = [None, *Funding]
STATES = ["CA", "NY", "TX", "FL", "IL", "WA", "MN"]
KINDS = ["experimental", "excluded", "network", None]


@st.composite
def partial_dates(draw):
    day = draw(DAYS)
    shape = draw(st.sampled_from(["day", "day", "month", "year"]))
    if shape == "year":
        return PartialDate(day.year)
    return PartialDate(day.year, day.month, day.day if shape == "day" else None)


MAYBE = st.none() | partial_dates()
FAST = st.sampled_from(["standard", "expedited"])
EXTENSIONS = st.lists(
    st.builds(
        Extension,
        noticed=MAYBE,
        missing_information=st.booleans(),
        asked_received=MAYBE,
        answered=MAYBE,
    ),
    max_size=2,
).map(tuple)
COVERAGES = st.builds(
    Coverage,
    id=st.just("cov-1"),
    payer=st.just("Example Health"),
    funding=st.sampled_from(FUNDINGS),
    grandfathered=st.sampled_from([None, True, False]),
    state=st.sampled_from([None, "OH", *STATES]),
    internal_levels=st.sampled_from([None, 1, 2]),
    external_process=st.sampled_from([None, "state", "federal", "hhs"]),
    multiemployer=st.sampled_from([None, True]),
    claim_days=st.sampled_from([None, 90]),
)
CODES = st.lists(st.sampled_from(["J0585", "64999"]), max_size=2, unique=True).map(
    lambda codes: tuple(ServiceLine(code=code) for code in codes)
)
REQUESTS = st.builds(
    AuthorizationRequest,
    id=st.just("r-1"),
    lines=CODES,
    urgency=FAST,
    continues=st.booleans(),
    approved_until=MAYBE,
    sent=MAYBE,
    received=MAYBE,
    channel=st.sampled_from([None, "fax", "mail", "portal"]),
    received_time=st.none() | st.times(),
    time_zone=st.sampled_from(["", "America/New_York"]),
    extensions=EXTENSIONS,
)
CLAIMS = st.builds(
    Claim, id=st.just("c-1"), start=MAYBE, sent=MAYBE, received=MAYBE, extensions=EXTENSIONS
)


@st.composite
def decisions(draw, name, about):
    kind = draw(st.sampled_from(KINDS))
    return Determination(
        id=name,
        about_id=about,
        decision=draw(st.sampled_from(["denial", "denial", "partial", "approval", "dismissal"])),
        level=draw(st.sampled_from(["initial", "internal-1", "internal-2", "reconsideration"]))
        if about.startswith("a")
        else "initial",
        notice_date=draw(MAYBE),
        received_date=draw(MAYBE),
        ends_course=draw(st.booleans()),
        effective=draw(MAYBE),
        reasons=({"kind": kind},) if kind else (),
    )


def appeals(name, against):
    return st.builds(
        Appeal,
        id=st.just(name),
        determination_id=st.just(against),
        level=st.sampled_from(["internal-1", "internal-2", "external", "fair-hearing"]),
        urgency=FAST,
        due=st.none() | DAYS,
        sent=MAYBE,
        received=MAYBE,
        assigned=MAYBE,
        extensions=EXTENSIONS,
        outcome=st.sampled_from([None, None, "upheld", "overturned", "withdrawn"]),
        decided=MAYBE,
    )


@st.composite
def cases(draw):
    post = draw(st.booleans())
    first = draw(decisions("d-1", "c-1" if post else "r-1"))
    one = draw(appeals("a-1", "d-1"))
    later = draw(st.booleans())
    return Case(
        coverages=(draw(COVERAGES),),
        requests=(draw(REQUESTS),),
        claims=(draw(CLAIMS),),
        determinations=(first, *((draw(decisions("d-2", "a-1")),) if later else ())),
        appeals=(one, *((draw(appeals("a-2", "d-2")),) if later else ())),
        papers=(
            PapersRequest(
                id="p-1",
                kind=draw(st.sampled_from(["medical-records", "plan-documents", "explanation"])),
                coverage_id="cov-1",
                sent=draw(MAYBE),
                extension=draw(MAYBE),
                answered=draw(MAYBE),
            ),
        ),
    )


@settings(max_examples=300, deadline=None)
@given(cases(), DAYS)
def test_any_case_gives_clocks_that_make_sense(case, today):
    law = regime(case.coverages[0])
    found = deadlines(case, today)
    keys = [(item.rule, item.records[:1]) for item in found if item.due]
    for item in found:
        assert item.title
        assert item.records
        assert "\n" not in item.arithmetic + item.because
        if item.due is not None:
            assert item.due.earliest <= item.due.latest
            assert item.arithmetic
        elif item.open or item.status is Status.WAITING:
            assert item.because
        if item.status in (Status.CANNOT_START, Status.WAITING, Status.UNCLEAR):
            assert item.because or item.arithmetic
        if item.status is Status.MISSED:
            assert item.due is not None
            assert item.due.latest < today or item.closed or "after the last day" in item.because
        for name in item.facts:
            fact = knowledge.fact(name)
            anyone = fact.clock is not None and fact.clock.anyone
            assert anyone or fact.applies(
                law.regime, grandfathered=law.grandfathered, state=law.state
            )
            assert not cites_erisa(fact.citation) or law.regime in knowledge.ERISA
        assert law.regime in knowledge.ERISA or not cites_erisa(item.arithmetic + item.because)
    # A calendar finds an event by rule and record, so no two clocks with a day share them.
    assert len(keys) == len(set(keys))


FROM_TRIGGER = {
    "deadline.internal-appeal",
    "deadline.external-review",
    "deadline.fair-hearing",
    "deadline.cure",
    "deadline.claim",
    "deadline.decision",
    "deadline.drug-decision",
    "deadline.say-what-is-missing",
    "deadline.appeal-decision",
    "deadline.external-decision",
    "deadline.external-preliminary",
    "deadline.external-information",
    "deadline.external-file",
    "deadline.hearing-decision",
    "deadline.silent-payer",
    "deadline.records",
    "deadline.plan-documents",
    "deadline.explanation",
    "deadline.deemed-exhaustion",
}


@settings(max_examples=300, deadline=None)
@given(cases())
def test_a_due_date_is_never_before_its_trigger(case):
    for item in deadlines(case, date(2099, 1, 1)):
        stated = "the notice states" in item.arithmetic.lower() or "notice of" in item.arithmetic
        if item.rule in FROM_TRIGGER and item.due and item.trigger_date and not stated:
            assert item.trigger_date.earliest <= item.due.latest


def moved(record, days, fields):
    """Move the exact days of some fields of a record."""
    found = {}
    for name in fields:
        day = getattr(record, name)
        if day is not None and day.exact:
            found[name] = PartialDate.of(day.earliest + timedelta(days=days))
    return record.model_copy(update=found)


PLANS = st.sampled_from([*PLAN, "individual", "part-d", "tricare", "fehb"])


@settings(max_examples=200, deadline=None)
@given(
    coverage=COVERAGES,
    request=REQUESTS,
    claim=CLAIMS,
    day=DAYS.filter(lambda d: d.year > 2016),
    lag=st.integers(0, 9),
    kind=st.sampled_from(KINDS),
)
def test_a_trigger_a_day_later_never_makes_a_last_day_earlier(
    *, coverage, request, claim, day, lag, kind
):
    def found(shift):
        at = day + timedelta(days=shift)
        notice = PartialDate.of(at)
        received = PartialDate.of(at + timedelta(days=lag))
        got = {"received": received, "sent": notice, "extensions": (), "channel": None}
        reasons = ({"kind": kind},) if kind else ()
        case = Case(
            coverages=(coverage,),
            requests=(request.model_copy(update=got | {"approved_until": None}),),
            claims=(claim.model_copy(update={"received": received, "extensions": ()}),),
            determinations=(
                Determination(id="d-1", decision="denial", about_id="r-1", reasons=reasons),
                Determination(
                    id="d-2",
                    decision="denial",
                    level="internal-1",
                    about_id="a-0",
                    notice_date=notice,
                    received_date=received,
                    reasons=reasons,
                ),
            ),
            appeals=(
                Appeal(id="a-0", determination_id="d-1"),
                Appeal(id="a-1", determination_id="d-2", level="external", received=received),
                Appeal(id="a-2", determination_id="d-1", level="internal-2", received=received),
            ),
            papers=(
                PapersRequest(id="p-1", kind="medical-records", received=received),
                PapersRequest(id="p-2", kind="plan-documents", sent=notice),
            ),
        )
        return {
            (item.rule, item.records[0]): item.due
            for item in deadlines(case, date(2099, 1, 1))
            if item.due
        }

    before, after = found(0), found(1)
    # On January 1, 2026 and 2027 shorter times begin to hold.
    new = day + timedelta(days=lag + 1) in (date(2026, 1, 1), date(2027, 1, 1))
    for key, due in before.items():
        if not new and key in after:
            assert after[key].earliest >= due.earliest, key
            assert after[key].latest >= due.latest, key


@pytest.mark.parametrize("state", [None, "OH", *STATES])
@pytest.mark.parametrize("grandfathered", [None, True, False])
@pytest.mark.parametrize("funding", FUNDINGS)
def test_every_plan_yields_an_appeal_clock_or_a_reason(funding, grandfathered, state):
    cover = Coverage(payer="Example", funding=funding, grandfathered=grandfathered, state=state)
    for level in ("initial", "internal-1"):
        denial = Determination(
            decision="denial", level=level, notice_date="2026-03-02", received_date="2026-03-05"
        )
        found = deadlines(Case(coverages=(cover,), determinations=(denial,)), date(2026, 3, 6))
        ours = [item for item in found if item.whose is Whose.OURS]
        assert ours
        assert all(item.due or item.because for item in ours)
        assert any(item.open for item in ours)


def test_the_clocks_of_a_case_take_less_than_20_milliseconds():
    for name in examples.names():
        case = examples.load(name).case
        deadlines(case, date(2026, 11, 23))
        took = []
        for _ in range(5):
            began = time.perf_counter()
            deadlines(case, date(2026, 11, 23))
            took.append(time.perf_counter() - began)
        assert min(took) < 0.02
