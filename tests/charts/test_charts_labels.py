"""Labels never cover each other, and ticks always tell where one is."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tmjkit.charts.axis import TimeAxis
from tmjkit.charts.chart import drawing
from tmjkit.charts.labels import lanes, tiers
from tmjkit.charts.paper import clean, shortened, width, wrapped

SPOTS = st.lists(
    st.tuples(st.floats(2, 9), st.floats(0, 0.5), st.floats(0.1, 3)).map(
        lambda spot: (spot[0], spot[0] + spot[1], spot[2])
    ),
    max_size=30,
)
DAYS = st.dates(date(1880, 1, 1), date(2100, 12, 31))


@given(SPOTS)
def test_nothing_on_a_lane_overlaps(spots):
    placed = lanes(spots, 2.0, 9.85, gap=0.07, apart=0.5)
    ends = [
        (spot.lane, min(first, spot.x), max(last, spot.x + wide))
        for (first, last, wide), spot in zip(spots, placed, strict=True)
    ]
    for place, (lane, first, last) in enumerate(ends):
        for other, begins, stops in ends[place + 1 :]:
            assert lane != other or last + 0.5 <= begins + 1e-9 or stops + 0.5 <= first + 1e-9
    assert all(spot.x >= 2.0 - 1e-9 for spot in placed)


@given(st.lists(st.tuples(st.floats(2, 9), st.floats(0.1, 1)), max_size=40), st.integers(1, 3))
def test_nothing_on_a_tier_overlaps_or_leaves_the_sheet(spots, most):
    placed = tiers(spots, 2.0, 9.85, most)
    ends = [
        (place[0], place[1] - wide / 2, place[1] + wide / 2)
        for (_, wide), place in zip(spots, placed, strict=True)
        if place
    ]
    for place, (tier, first, last) in enumerate(ends):
        assert 0 <= tier < most
        assert first >= 2.0 - 1e-9
        assert last <= 9.85 + 1e-9
        for other, begins, stops in ends[place + 1 :]:
            assert tier != other or last <= begins or stops <= first


@given(DAYS, DAYS)
def test_any_span_has_a_handful_of_ticks_within_it(one, other):
    first, last = sorted((one, other))
    axis = TimeAxis.over(first, last, 2.0, 9.85)
    ticks = axis.ticks()
    assert 1 <= len(ticks) <= 14
    places = [axis.x(tick.day) for tick in ticks]
    assert places == sorted(places)
    assert places[0] >= 2.0
    assert places[-1] <= 9.85
    assert axis.x(first) >= 2.0
    assert axis.x(last + timedelta(days=1)) <= 9.85
    years = [tick.label for tick in ticks if tick.label.isdigit()]
    assert years or ticks[0].year == str(ticks[0].day.year)


@given(st.text(max_size=80), st.floats(0.3, 3), st.integers(1, 3))
def test_text_is_kept_or_ends_in_an_ellipsis(text, room, lines):
    plain = clean(text)
    with drawing():
        found = wrapped(plain, room, 8.0, lines)
        wide = [width(line, 8.0) for line in found if line != "…"]
    assert bool(plain) <= len(found) <= lines
    assert max(wide, default=0.0) <= room + 1e-6
    whole = " ".join(found)
    assert whole == plain or whole.endswith("…")


def test_text_is_shortened_only_where_it_must_be():
    assert shortened("splint", 3.0, 8.0) == "splint"
    assert shortened("stabilization splint, hard acrylic", 1.0, 8.0).endswith("…")


def test_clean_text_is_one_line_in_one_direction():
    assert clean("a\x00b\n c\u202ed\u2066 \t e") == "a b cd e"
    assert clean("نص عربي\u200cخ") == "نص عربي\u200cخ"
