"""What holds of every response, whatever the records and however vague their dates are."""

import json
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tmjkit.case import BotulinumSession, Case, Measurement, Treatment
from tmjkit.knowledge import facts
from tmjkit.rules.response import Direction, Reach, response, response_findings

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
WRITTEN = st.builds(
    lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10, 10, 10])
)
MAYBE = st.none() | WRITTEN
SESSIONS = st.builds(
    BotulinumSession,
    product=st.just("onabotulinumtoxinA"),
    date=MAYBE,
    duration_weeks=st.none() | st.integers(0, 30),
)
TREATMENTS = st.builds(Treatment, kind=st.just("splint"), start=MAYBE, ongoing=st.booleans())
SCORES = st.builds(
    lambda pair, day: Measurement(instrument=pair[0], value=pair[1], date=day),
    st.tuples(st.sampled_from(["nrs-pain", "jfls-8", "mmo-unassisted"]), st.integers(0, 10)),
    MAYBE,
)
CASES = st.builds(
    Case,
    sessions=st.lists(SESSIONS, max_size=4),
    treatments=st.lists(TREATMENTS, max_size=3),
    measurements=st.lists(SCORES, max_size=10),
)


@given(CASES)
def test_only_what_lies_before_is_compared_with_only_what_lies_after(case):
    found = response(case, TODAY)
    json.dumps(found.as_json())
    for episode in found.episodes:
        for item in episode.scales:
            if item.baseline:
                assert item.baseline.day.latest <= episode.start.earliest
                assert episode.start.latest - item.baseline.day.earliest <= timedelta(days=56)
            for point in item.after:
                assert point.day.earliest > episode.start.latest
                assert point.day.earliest <= TODAY
            assert set(item.follow_up) <= set(item.after)
            if item.best:
                assert item.best.after in item.follow_up
            assert (item.last is None) == (item.baseline is None or not item.after)
            used = {*item.after, item.baseline}
            assert not used & set(episode.unsure)


@given(CASES)
def test_no_value_after_the_next_session_belongs_to_the_one_before(case):
    sessions = response(case, TODAY).sessions
    for one in sessions:
        for other in sessions:
            if one.start.latest < other.start.earliest:
                for item in one.scales:
                    for point in item.after:
                        assert point.day.latest <= other.start.latest


@given(CASES)
def test_a_change_has_the_sign_of_its_direction(case):
    for episode in response(case, TODAY).episodes:
        for item in episode.scales:
            for pair in (item.best, item.last):
                if pair is None:
                    continue
                gain = item.scale.gain(pair.before.value, pair.after.value)
                assert (gain > 0) == (pair.direction is Direction.BETTER)
                assert (gain < 0) == (pair.direction is Direction.WORSE)
                if gain <= 0:
                    assert all(found.reach is Reach.NOT_REACHED for found in pair.verdicts)
                assert pair.weeks[0] <= pair.weeks[1]


@given(CASES)
def test_a_wear_off_never_ends_before_the_last_improvement(case):
    for episode in response(case, TODAY).sessions:
        worn = episode.wear_off
        if worn and worn.back is not None:
            assert worn.still is not None
            assert worn.back >= worn.still
            assert not worn.next_session


@given(CASES)
def test_the_order_of_the_records_changes_nothing(case):
    turned = case.model_copy(
        update={
            name: tuple(reversed(getattr(case, name)))
            for name in ("sessions", "treatments", "measurements")
        }
    )
    one, other = response(case, TODAY), response(turned, TODAY)

    def told(found):
        return [
            (episode.record, item.scale.name, pair and (pair.before.value, pair.after.value))
            for episode in found.episodes
            for item in episode.scales
            for pair in (item.best, item.last)
        ]

    assert told(one) == told(other)


@given(CASES)
def test_findings_name_records_that_are_there(case):
    ids = {record.id for _, record in case.records()}
    for item in response_findings(case, TODAY, facts()):
        assert set(item.records) <= ids
        assert item.records


@given(CASES, st.integers(1, 400))
def test_a_later_day_never_takes_a_baseline_away(case, days):
    """What is known later may end a window; it never changes what lay before a session."""
    early, late = response(case, TODAY), response(case, TODAY + timedelta(days=days))
    known = {item.record: item for item in late.episodes}
    for episode in early.episodes:
        for item in episode.scales:
            if item.baseline and item.baseline.day.exact:
                assert known[episode.record].on(item.scale.name).baseline is not None
