"""What holds of clocks whatever the dates are."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tmjkit.case import Appeal, Case, Coverage, Determination, Funding, PartialDate
from tmjkit.rules import Status, deadlines

DAYS = st.dates(date(2000, 1, 1), date(2080, 12, 31))


@st.composite
def partial_dates(draw):
    day = draw(DAYS)
    shape = draw(st.sampled_from(["day", "month", "year"]))
    if shape == "year":
        return PartialDate(day.year)
    return PartialDate(day.year, day.month, day.day if shape == "day" else None)


FUNDINGS = st.sampled_from([None, *Funding])
FLAGS = st.sampled_from([None, True, False])


def case(funding, grandfathered, notice, received, stated=None):
    cover = Coverage(payer="Example", funding=funding, grandfathered=grandfathered)
    denial = Determination(id="d-1", decision="denial", notice_date=notice, received_date=received)
    appeals = (Appeal(id="a-1", determination_id="d-1", due=stated),) if stated else ()
    return Case(coverages=(cover,), determinations=(denial,), appeals=appeals)


def first(found):
    (one,) = [item for item in found if item.rule == "deadline.internal-appeal"]
    return one


@settings(deadline=None)
@given(
    FUNDINGS,
    FLAGS,
    st.none() | partial_dates(),
    st.none() | partial_dates(),
    DAYS,
)
def test_every_regime_yields_an_appeal_clock_or_a_reason(
    funding, grandfathered, notice, received, today
):
    found = first(deadlines(case(funding, grandfathered, notice, received), today))
    assert found.due is not None or found.because
    if found.status is Status.CANNOT_START:
        assert found.because


@settings(deadline=None)
@given(FUNDINGS, FLAGS, st.none() | partial_dates(), st.none() | partial_dates())
def test_a_due_date_is_never_before_its_trigger(funding, grandfathered, notice, received):
    found = first(deadlines(case(funding, grandfathered, notice, received), date(2020, 1, 1)))
    if found.due is not None:
        assert found.trigger_date is not None
        assert found.trigger_date.earliest < found.due.earliest <= found.due.latest


@settings(deadline=None)
@given(
    funding=FUNDINGS,
    grandfathered=FLAGS,
    notice=st.none() | DAYS,
    received=st.none() | DAYS,
    stated=st.none() | DAYS,
    moved=st.sampled_from(["notice", "received", "both"]),
)
def test_a_trigger_one_day_later_never_makes_the_last_day_earlier(
    *, funding, grandfathered, notice, received, stated, moved
):
    def due(notice, received):
        found = case(
            funding,
            grandfathered,
            notice and PartialDate.of(notice),
            received and PartialDate.of(received),
            stated,
        )
        return first(deadlines(found, date(1999, 1, 1))).due

    before = due(notice, received)
    day = timedelta(days=1)
    after = due(
        notice and notice + day * (moved != "received"),
        received and received + day * (moved != "notice"),
    )
    if before is not None:
        assert after.earliest >= before.earliest
        assert after.latest >= before.latest


@settings(deadline=None)
@given(FUNDINGS, DAYS, st.none() | DAYS, DAYS)
def test_a_known_day_gives_a_last_day_within_that_of_its_month(funding, notice, received, today):
    exact = PartialDate.of(notice)
    month = PartialDate(notice.year, notice.month)
    got = received and PartialDate.of(received)
    known = first(deadlines(case(funding, None, exact, got), today)).due
    vague = first(deadlines(case(funding, None, month, got), today)).due
    assert vague.earliest <= known.earliest


@settings(deadline=None)
@given(FUNDINGS, partial_dates(), st.none() | partial_dates(), st.none() | DAYS, st.data())
def test_time_alone_never_reopens_a_clock(funding, notice, received, stated, data):
    early, late = sorted((data.draw(DAYS), data.draw(DAYS)))
    found = case(funding, None, notice, received, stated)
    before, after = (first(deadlines(found, day)) for day in (early, late))
    assert before.due == after.due
    if before.status is Status.MISSED:
        assert after.status is Status.MISSED
