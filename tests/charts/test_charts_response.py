"""The response chart shows each session's values as they were, and never what caused them."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from tmjkit import examples, knowledge
from tmjkit.case import (
    BotulinumSession,
    Case,
    Measurement,
    PatientSource,
    Questionnaire,
    Treatment,
)
from tmjkit.charts import response_chart
from tmjkit.knowledge import Confidence

TODAY = date(2026, 11, 23)
KNOWN = [PatientSource()]
PRODUCTS = ["onabotulinumtoxinA", "incobotulinumtoxinA", "abobotulinumtoxinA"]


def session(day, units=70, **more):
    doses = [{"muscle": "masseter", "side": "both", "units": units}]
    product = more.pop("product", PRODUCTS[0])
    return BotulinumSession(product=product, date=day, doses=doses, sources=KNOWN, **more)


def pain(day, value, **more):
    return Measurement(instrument="nrs-pain", date=day, value=value, sources=KNOWN, **more)


def later(days, start=date(2024, 1, 10)):
    return (start + timedelta(days=days)).isoformat()


def many(number, step=7):
    values = (8, 5, 3, 2, 3, 5, 6)
    return Case(
        sessions=[session(later(n * 91), 60 + n, duration_weeks=11) for n in range(number)],
        measurements=[
            pain(later(n * 91 + place * 2 * step), value)
            for n in range(number)
            for place, value in enumerate(values)
        ],
    )


LONG = "A name of a treatment that is very long and says everything twice over " * 4
SPARSE = Case(
    sessions=[
        session("2024-05"),
        session("2025-03-03", product=PRODUCTS[1]),
        session("2026", 300, product=PRODUCTS[2]),
    ],
    measurements=[
        pain("2024-04", 8),
        pain("2025-03", 5),
        pain("2019", 9),
        Measurement(instrument="mmo-unassisted", date="2025-03-01", value=33),
        Measurement(instrument="mmo-unassisted", date="2025-05-01", value=36.5),
    ],
    treatments=[Treatment(kind="other", name=LONG[:290], start="2025-03-20", ongoing=True)],
)
CASES = {
    "none": Case(),
    "no session": examples.load("self-funded-erisa-denial").case,
    "one": Case(sessions=[session("2026-09-01")], measurements=[pain("2026-08-30", 7)]),
    "two": examples.load("california-not-medically-necessary").case,
    "three": SPARSE,
    "eight": many(8),
    "twenty": many(20),
}


def words(chart):
    found = [item for item in chart.figure.findobj(Text) if item.get_text()]
    return [item.get_text() for item in sorted(found, key=lambda item: item.get_position()[1])]


@pytest.mark.parametrize("wide", [6.0, 7.5, 10.0])
@pytest.mark.parametrize("name", CASES)
def test_nothing_is_clipped(name, wide):
    chart = response_chart(CASES[name], today=TODAY, wide=wide)
    renderer = FigureCanvasAgg(chart.figure).get_renderer()
    right, top = (size * chart.figure.dpi for size in chart.size)
    for item in chart.figure.findobj(Text):
        if item.get_text():
            box = item.get_window_extent(renderer)
            assert box.x0 >= -1, item.get_text()
            assert box.x1 <= right + 1, item.get_text()
            assert box.y0 >= -1, item.get_text()
            assert box.y1 <= top + 1, item.get_text()


@pytest.mark.parametrize("name", CASES)
def test_no_words_cover_others(name):
    chart = response_chart(CASES[name], today=TODAY)
    renderer = FigureCanvasAgg(chart.figure).get_renderer()
    boxes = [
        (item.get_text(), item.get_window_extent(renderer).padded(-2))
        for item in chart.figure.findobj(Text)
        if item.get_text()
    ]
    for place, (text, box) in enumerate(boxes):
        for other, another in boxes[place + 1 :]:
            assert not box.overlaps(another), (text, other)


def test_each_session_is_a_row_with_before_and_after():
    shown = words(response_chart(CASES["two"], today=TODAY))
    for expected in (
        "Sep 16, 2025",
        "70 U",
        "7 to 3 (\N{MINUS SIGN}57%), week 6",
        "4.5 to 2 (\N{MINUS SIGN}56%), week 6",
        "about 14 (record); 12 to 20 (scores)",
        "first",
        "20",
    ):
        assert expected in shown


def test_what_patients_notice_is_named_with_its_sources():
    shown = " ".join(words(response_chart(CASES["two"], today=TODAY)))
    for expected in ("0 to 1.9 points (Calixtre 2020", "0.8 points", "10 to 20% (IMMPACT"):
        assert expected in shown
    assert "between the smallest changes that patients notice: sources differ" in shown


def bands(chart):
    return [patch for patch in chart.figure.axes[0].patches if patch.get_zorder() == 1.2]


def test_the_band_stands_below_the_baseline_of_its_own_session():
    one = Case(sessions=[session("2026-01-01")], measurements=[pain("2026-01-01", 10)])
    (band,) = bands(response_chart(one, today=TODAY))
    line = next(
        item
        for item in response_chart(one, today=TODAY).figure.axes[0].lines
        if item.get_zorder() == 2.5
    )
    scale = band.get_height() / (2 - 0.8)  # 20% of 10, and 0.8 points
    assert band.get_y() - line.get_ydata()[0] == pytest.approx(0.8 * scale)


def test_no_band_without_a_confirmed_source():
    unsure = {
        name: fact.model_copy(update={"confidence": Confidence.MEMORY})
        for name, fact in knowledge.facts().items()
    }
    assert bands(response_chart(CASES["two"], today=TODAY))
    chart = response_chart(CASES["two"], today=TODAY, knowledge=unsure)
    assert not bands(chart)
    assert "patients notice" not in " ".join(words(chart))


def test_no_band_where_the_scale_ends_before_it():
    low = Case(sessions=[session("2026-01-01")], measurements=[pain("2026-01-01", 0)])
    assert not bands(response_chart(low, today=TODAY))


def test_readable_without_color():
    chart = response_chart(CASES["two"], today=TODAY)
    assert all(band.get_hatch() for band in bands(chart))


def test_what_else_was_begun_meanwhile_is_named_and_nothing_is_called_a_cause():
    chart = response_chart(CASES["two"], today=TODAY)
    told = f"{' '.join(words(chart))} {chart.alt}"
    assert "Begun or ended between the values compared: Muscle relaxant, perhaps begun 2025" in told
    assert not re.search(r"caus|effective|success|improv|because", told)


def test_the_alternative_tells_sessions_values_and_gaps():
    alt = response_chart(CASES["two"], today=TODAY).alt
    assert alt.startswith("Response to injections. 2 injection sessions.")
    assert "Pain, 0 to 10: 7 to 3 points (\N{MINUS SIGN}57%), better, after 6 weeks" in alt
    assert "between 12 and 20 weeks by the pain scores" in alt
    assert "Nothing is recorded yet." in response_chart(CASES["none"], today=TODAY).alt
    none = response_chart(CASES["no session"], today=TODAY).alt
    assert "No injection session with a date is recorded." in none
    assert (
        "no score before it and 2 to 12 weeks after it"
        in response_chart(CASES["one"], today=TODAY).alt
    )


def test_the_table_holds_what_is_drawn_and_the_scores_of_questionnaires():
    asked = Questionnaire(form="jfls-8", date="2026-01-01", answers=["4"] * 8, sources=KNOWN)
    case = Case(
        sessions=[session("2026-01-01")],
        measurements=[pain("2026-01-01", 8), Measurement(instrument="phq-4", value=3)],
        questionnaires=[asked],
    )
    chart = response_chart(case, today=TODAY)
    assert list(chart.table.columns) == list(case.timeline().columns)
    assert sorted(chart.table["kind"]) == ["injection", "measurement", "measurement"]
    row = chart.table[chart.table["record"] == asked.id].iloc[0]
    assert (row["value"], row["unit"], row["label"]) == (4.0, "points", "Jaw function, JFLS-8")


def test_pain_of_the_gcps_is_drawn_where_there_is_no_other():
    asked = [
        Questionnaire(form="gcps-2", date=day, answers=["-", a, a, a, "0", a, a, a])
        for day, a in (("2026-01-01", "8"), ("2026-02-01", "4"))
    ]
    chart = response_chart(
        Case(sessions=[session("2026-01-01")], questionnaires=asked), today=TODAY
    )
    shown = " ".join(words(chart))
    assert "Pain intensity, GCPS 2.0" in shown
    assert "Interference, GCPS 2.0" in shown
    assert not bands(chart)  # no source is confirmed for it


def test_a_course_of_jaw_function_is_preferred_to_opening():
    shown = words(response_chart(CASES["no session"], today=TODAY))
    assert "Jaw function, JFLS-8" in shown
    assert "Unassisted opening" in words(response_chart(CASES["three"], today=TODAY))


def test_what_is_still_to_come_is_not_drawn():
    planned = Case(
        sessions=[session("2026-01-01"), session("2027-01-01")],
        measurements=[pain("2026-01-01", 8), pain("2027-02-01", 1)],
    )
    chart = response_chart(planned, today=TODAY)
    assert "1 injection session." in chart.alt
    assert len(chart.table) == 2


def test_early_values_and_sessions_without_room_are_counted():
    shown = " ".join(words(response_chart(CASES["three"], today=TODAY)))
    assert "more than 26 weeks before the first session: 1 earlier value" in shown
    shown = " ".join(words(response_chart(CASES["twenty"], today=date(2030, 1, 1))))
    assert "The table shows the last sessions; 8 earlier are drawn only." in shown


def test_units_of_several_products_are_told_apart():
    shown = words(response_chart(CASES["three"], today=TODAY))
    assert "units differ between products" in shown
    assert "300 U Dysport" in shown


def test_a_width_out_of_range_is_refused():
    with pytest.raises(ValueError, match="6 to 20 inches"):
        response_chart(Case(), today=TODAY, wide=5)


def test_the_patient_is_not_named_and_the_bytes_are_the_same_each_time():
    named = CASES["two"]
    one, other = (response_chart(named, today=TODAY) for _ in range(2))
    assert one.svg() == other.svg()
    assert one.pdf() == other.pdf()
    assert one.png(50) == other.png(50)
    ET.fromstring(one.svg())  # noqa: S314 -- our own
    for written in (one.svg(), one.alt, one.title):
        assert named.patient.family not in written
        assert named.id not in written


@pytest.mark.parametrize(
    "text", ["$x^2$ \\frac{1}{2}", "</text><script>alert(1)</script>", "a\x07b\u202ec", "理学療法"]
)
@pytest.mark.filterwarnings("ignore:Glyph")
def test_hostile_text_is_only_text(text):
    care = Treatment(kind="other", start="2026-01-10").model_copy(update={"name": text})
    case = Case(
        sessions=[session("2026-01-01")],
        measurements=[pain("2026-01-01", 8), pain("2026-02-01", 3)],
    ).model_copy(update={"treatments": (care,)})
    chart = response_chart(case, today=TODAY)
    root = ET.fromstring(chart.svg())  # noqa: S314 -- our own
    assert not root.findall(".//{http://www.w3.org/2000/svg}script")
    assert "\u202e" not in chart.alt


DAYS = st.dates(date(2024, 1, 1), date(2027, 6, 30))
WRITTEN = st.builds(lambda day, n: day.isoformat()[:n], DAYS, st.sampled_from([4, 7, 10, 10]))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(WRITTEN, st.integers(1, 400)), max_size=5),
    st.lists(st.tuples(WRITTEN, st.integers(0, 10)), max_size=12),
)
def test_any_case_is_a_picture(sessions, values):
    case = Case(
        sessions=[session(day, units) for day, units in sessions],
        measurements=[pain(day, value) for day, value in values],
    )
    chart = response_chart(case, today=TODAY)
    assert chart.png(30).startswith(b"\x89PNG")
    assert chart.alt


def test_matplotlib_loads_only_when_something_is_drawn():
    code = "import sys, tmjkit.charts; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
