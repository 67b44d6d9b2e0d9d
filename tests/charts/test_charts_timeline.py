"""The treatment timeline shows what is known, where it was, and nothing that isn't."""

import io
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date

import pypdf
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    BotulinumSession,
    Case,
    Coverage,
    Determination,
    Measurement,
    PatientSource,
    Response,
    StopReason,
    Treatment,
    TreatmentKind,
)
from tmjkit.charts import timeline_chart, timeline_pages

TODAY = date(2025, 10, 1)
KNOWN = [PatientSource()]
SVG = "{http://www.w3.org/2000/svg}"


def session(day, units, **more):
    doses = [{"muscle": "masseter", "side": "both", "units": units}]
    product = more.pop("product", "onabotulinumtoxinA")
    return BotulinumSession(product=product, date=day, doses=doses, **more)


@pytest.fixture
def case():
    return Case(
        measurements=[
            Measurement(instrument="nrs-pain", value=8, date="2024-01-10", sources=KNOWN),
            Measurement(instrument="nrs-pain", value=3, date="2024-08", sources=KNOWN),
            Measurement(instrument="mmo-unassisted", value=31, date="2024-01-10"),
            Measurement(instrument="nrs-pain", value=6),
            Measurement(instrument="phq-4", value=5, date="2024-01-10"),
        ],
        treatments=[
            Treatment(
                kind="nsaid",
                name="naproxen",
                dose="500 mg twice a day",
                start="2023-02-14",
                end="2023-05",
                response="none",
                stop_reason="ineffective",
                sources=KNOWN,
            ),
            Treatment(kind="self-care", start="2023-02-14", ongoing=True, response="partial"),
            Treatment(kind="gabapentinoid", name="gabapentin", start="2024-03-01", sources=KNOWN),
            Treatment(kind="splint", response="worse", sources=KNOWN),
        ],
        sessions=[session("2024-05-02", 50, response="good", duration_weeks=12, sources=KNOWN)],
        requests=[
            AuthorizationRequest(sent="2025-01-15", sources=KNOWN),
            AuthorizationRequest(),
        ],
        determinations=[
            Determination(id="determination-1", decision="denial", notice_date="2025-02-03"),
            Determination(decision="denial"),
        ],
        appeals=[
            Appeal(determination_id="determination-1", sent="2025-03", sources=KNOWN),
            Appeal(level="external", due="2025-12-01"),
        ],
    )


def words(chart):
    """Return every text that is drawn, top to bottom."""
    found = [item for item in chart.figure.findobj(Text) if item.get_text()]
    return [item.get_text() for item in sorted(found, key=lambda item: item.get_position()[1])]


def boxes(chart):
    """Return the boxes of all texts in pixels, with their words."""
    renderer = FigureCanvasAgg(chart.figure).get_renderer()
    found = [item for item in chart.figure.findobj(Text) if item.get_text()]
    return [(item.get_text(), item.get_window_extent(renderer)) for item in found]


def test_shows_every_kind_of_event_in_words(case):
    shown = "\n".join(words(timeline_chart(case, today=TODAY)))
    for expected in (
        "naproxen",
        "500 mg twice a day, NSAID",
        "No response; stopped: it did not help enough",
        "Partial response; goes on",
        "Response not recorded; end not recorded",
        "Worse; date not recorded",
        "50 U",
        "OnabotulinumtoxinA (Botox), units",
        "Pain, 0 to 10",
        "Mouth opening, mm",
        "31†",
        "Authorization requested, Jan 15, 2025",
        "Denied, Feb 3, 2025 †",
        "First-level appeal sent, March 2025",
        "As recorded on Oct 1, 2025",
    ):
        assert expected in shown


def test_marks_what_no_source_is_recorded_for_and_says_what_the_mark_means(case):
    shown = words(timeline_chart(case, today=TODAY))
    assert "Self-care and education †" in shown
    assert "naproxen" in shown
    assert "† No source is recorded for this." in shown
    documented = Case(treatments=[Treatment(kind="splint", start="2024", sources=KNOWN)])
    assert "†" not in "".join(words(timeline_chart(documented, today=TODAY)))


def test_what_has_no_date_is_counted_and_not_placed(case):
    shown = "\n".join(words(timeline_chart(case, today=TODAY)))
    assert "Not drawn, as no date is recorded: 1 measurement, 1 insurance event." in shown


def test_what_was_not_sent_is_no_event(case):
    chart = timeline_chart(case, today=TODAY)
    assert "External" not in "\n".join(words(chart))
    assert chart.alt.count("requested") == 1
    assert (chart.table["kind"] == "request").sum() == 1


def test_the_table_holds_what_is_drawn_or_counted(case):
    table = timeline_chart(case, today=TODAY).table
    assert dict(table["kind"].value_counts()) == {
        "measurement": 4,  # the PHQ-4 isn't drawn
        "treatment": 4,
        "determination": 2,
        "injection": 1,
        "request": 1,
        "appeal": 1,
    }
    assert list(table.columns) == list(case.timeline().columns)


def test_an_uncertain_end_is_pale_and_never_a_day(case):
    alone = Case(treatments=[Treatment(kind="splint", start="2024-01-01", end="2024-03")])
    figure = timeline_chart(alone, today=TODAY).figure
    pieces = [p for p in figure.axes[0].patches if p.get_zorder() in (2.5, 3)]
    widths = sorted(piece.get_width() for piece in pieces)
    # January and February are certain, March is not: 60 of 91 days in a leap year.
    assert widths[0] / widths[1] == pytest.approx(60 / 91, abs=0.001)


def test_a_whole_uncertain_treatment_has_no_solid_part():
    alone = Case(treatments=[Treatment(kind="cbt", start="2024", end="2024", response="good")])
    figure = timeline_chart(alone, today=TODAY).figure
    solid = [p for p in figure.axes[0].patches if p.get_zorder() == 3]
    assert solid == []


def test_a_partial_day_of_a_measurement_is_a_hollow_mark_on_the_days_it_can_be():
    alone = Case(measurements=[Measurement(instrument="nrs-pain", value=7, date="2024-03")])
    chart = timeline_chart(alone, today=TODAY)
    assert "day not recorded, lies on the dashed line" in words(chart)
    marks = [line for line in chart.figure.axes[0].lines if line.get_marker() == "o"]
    assert marks
    assert all(line.get_markerfacecolor() == "white" for line in marks)


def test_readable_without_colour(case):
    """Each response has a hatch of its own, and its words stand beside the bar."""
    kinds = [
        Treatment(kind="splint", start=f"202{n}-01-01", end=f"202{n}-12-31", response=response)
        for n, response in enumerate(Response)
    ]
    chart = timeline_chart(Case(treatments=kinds), today=TODAY)
    keys = [p for p in chart.figure.axes[0].patches if round(p.get_height(), 2) == 0.13]
    assert len({patch.get_hatch() for patch in keys}) == len(Response)
    for response in Response:
        assert sum(text.startswith(response.label) for text in words(chart)) == 2


def test_alt_says_what_is_there_and_does_not_judge(case):
    alt = timeline_chart(case, today=TODAY).alt
    assert "4 treatments: naproxen from February 14, 2023 until May 2023, no response" in alt
    assert "1 session of OnabotulinumtoxinA (Botox): 50 units, May 2, 2024" in alt
    assert "first 8 points, January 10, 2024, last 3 points, August 2024" in alt
    assert "lowest 3, highest 8" in alt
    assert "First-level appeal sent, March 2025" in alt
    assert "No source is recorded for 3 records." in alt
    for judged in ("improve", "success", "fail", "effective", "should"):
        assert judged not in alt


def test_the_patient_is_not_named():
    named = Case(
        patient={"family": "Exampleton", "given": "Ada"},
        treatments=[Treatment(kind="splint", start="2024")],
    )
    chart = timeline_chart(named, today=TODAY)
    for written in (chart.svg(), chart.alt, chart.title, chart.pdf().decode("latin-1")):
        assert "Exampleton" not in written
        assert named.id not in written


def test_nothing_recorded_says_so():
    chart = timeline_chart(Case(), today=TODAY)
    assert "Nothing is recorded yet" in words(chart)
    assert "Nothing is recorded yet" in chart.alt
    assert chart.table.empty


@pytest.mark.parametrize(
    "record",
    [
        Treatment(kind="splint", start="2024-03-01", end="2024-03-01"),
        Treatment(kind="splint", start="1880"),
        Treatment(kind="splint", end="2100-12-31"),
        Treatment(kind="splint", ongoing=True),
        Treatment(kind="splint", start="2030-01-01", ongoing=True),
        Treatment(kind="splint"),
        Measurement(instrument="mmo-assisted", value=100, date="2024"),
        Measurement(instrument="nrs-pain", value=0),
        BotulinumSession(product="other", date="2024"),
        BotulinumSession(product="other"),
        Determination(decision="partial", received_date="2024-02-29"),
    ],
)
def test_one_event_of_any_kind_is_a_picture(record):
    chart = timeline_chart(Case().with_record(record), today=TODAY)
    assert chart.png(dpi=50).startswith(b"\x89PNG")
    assert len(chart.table) == 1


def test_a_value_that_is_no_number_is_left_out_and_counted():
    spoiled = Measurement(instrument="nrs-pain", value=5, date="2024-01-01").model_copy(
        update={"value": float("nan")}
    )
    good = Measurement(instrument="nrs-pain", value=4, date="2024-02-01")
    chart = timeline_chart(Case().model_copy(update={"measurements": (spoiled, good)}), today=TODAY)
    assert "1 measurement" in chart.alt
    assert "nan" not in "".join(words(chart))


def test_several_payers_are_named_and_one_is_not():
    decision = Determination(decision="denial", notice_date="2024-01-01", coverage_id="coverage-1")
    first = Coverage(id="coverage-1", payer="Example Mutual")
    one = Case(coverages=[first], determinations=[decision])
    assert "Denied, Jan 1, 2024 †" in words(timeline_chart(one, today=TODAY))
    two = one.with_record(Coverage(payer="Sample Dental"))
    assert "Denied (Example Mutual), Jan 1, 2024 †" in words(timeline_chart(two, today=TODAY))


def test_units_of_different_products_stand_apart():
    both = Case(
        sessions=[
            session("2024-01-05", 100),
            session("2024-06-05", 300, product="abobotulinumtoxinA"),
        ]
    )
    shown = words(timeline_chart(both, today=TODAY))
    assert "OnabotulinumtoxinA (Botox), units" in shown
    assert "AbobotulinumtoxinA (Dysport), units" in shown


HOSTILE = [
    "$x^2$ \\frac{1}{2} \\textbf{bold} $",
    "</text></svg><script>alert(1)</script> & \" ' <!--",
    "理学療法 و علاج طبيعي физиотерапия",
    "bell\x07 null\x00 \u202eturned tab\tnew\nline \ud800",
    "x" * 300,
    "%s {0} {name} #{}",
    "\u200b",
    "\x00",
]


@pytest.mark.filterwarnings("ignore:Glyph")  # this machine may lack a font for the script
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text):
    hostile = Case.model_construct(
        treatments=(
            Treatment(kind="other", start="2024", end="2024-05-03").model_copy(
                update={"name": text, "dose": text}
            ),
        ),
        coverages=(
            Coverage(id="coverage-1", payer="A").model_copy(update={"payer": text or "A"}),
            Coverage(payer="B"),
        ),
        determinations=(
            Determination(decision="denial", notice_date="2024-02-01", coverage_id="coverage-1"),
        ),
    )
    chart = timeline_chart(hostile, today=TODAY)
    root = ET.fromstring(chart.svg())  # noqa: S314 -- written by ourselves a line above
    assert {child.tag for child in root.iter()} <= {
        SVG + name
        for name in (
            "svg",
            "title",
            "desc",
            "g",
            "defs",
            "path",
            "text",
            "tspan",
            "use",
            "pattern",
            "rect",
            "clipPath",
            "style",
        )
    }
    assert root.find(f".//{SVG}style") is None
    for name, box in boxes(chart):
        assert box.x0 >= -1, name
        assert box.x1 <= chart.size[0] * 100 + 60, name
    assert pypdf.PdfReader(io.BytesIO(chart.pdf())).pages[0].extract_text()


def test_dollar_and_backslash_stand_as_they_are():
    money = Case(treatments=[Treatment(kind="other", name=r"$5 and $6 \alpha", start="2024")])
    svg = timeline_chart(money, today=TODAY).svg()
    assert r"$5 and $6 \alpha" in svg


def crowded(number, seed=1):
    pick = random.Random(seed)  # noqa: S311 -- no secret
    day = date(2015, 1, 1).toordinal()
    treatments = []
    for _ in range(number):
        start = day + pick.randrange(3000)
        treatments.append(
            Treatment(
                kind=pick.choice(list(TreatmentKind)),
                start=date.fromordinal(start),
                end=date.fromordinal(start + pick.randrange(400)),
                response=pick.choice(list(Response)),
                stop_reason=pick.choice(list(StopReason)),
            )
        )
    decisions = [
        Determination(decision="denial", notice_date=date.fromordinal(day + pick.randrange(3000)))
        for _ in range(20)
    ]
    shots = [session(date.fromordinal(day + 90 * n), 100) for n in range(30)]
    return Case(treatments=treatments, determinations=decisions, sessions=shots)


@pytest.mark.parametrize("wide", [6, 10])
def test_no_words_of_an_insurance_event_cover_its_marker(wide):
    decisions = [
        Determination(decision="dismissal", level="internal-1", notice_date=f"{year}-07-01")
        for year in range(2015, 2025)
    ]
    payers = [Coverage(payer="Example Mutual of Somewhere Far Away"), Coverage(payer="Sample")]
    case = Case(
        coverages=payers,
        determinations=[
            item.model_copy(update={"coverage_id": payers[0].id}) for item in decisions
        ],
    )
    chart = timeline_chart(case, today=TODAY, wide=wide)
    marks = [
        line.get_xydata()[0] for line in chart.figure.axes[0].lines if line.get_marker() == "h"
    ]
    assert len(marks) == 10
    high = chart.figure.get_size_inches()[1] * 100
    for name, box in boxes(chart):
        for x, y in marks:
            inside = box.x0 < x * 100 < box.x1 and box.y0 < high - y * 100 < box.y1
            assert not inside, name


@pytest.mark.parametrize("wide", [7.5, 10])
@pytest.mark.parametrize("number", [8, 60])
def test_no_label_covers_another(number, wide):
    found = boxes(timeline_chart(crowded(number), today=TODAY, wide=wide))
    for place, (name, box) in enumerate(found):
        for other, there in found[place + 1 :]:
            across = min(box.x1, there.x1) - max(box.x0, there.x0)
            down = min(box.y1, there.y1) - max(box.y0, there.y0)
            # Boxes of lines below each other touch at the blank above and below the letters.
            assert across <= 1 or down <= 0.35 * min(box.height, there.height), (name, other)


def test_units_that_found_no_room_are_said_to_be_in_the_table():
    chart = timeline_chart(crowded(3), today=TODAY, wide=6)
    note = next(text for text in words(chart) if "found no room" in text)
    left = int(re.search(r"\d+", note).group())
    assert sum(text.startswith("100 U") for text in words(chart)) + left == 30


def test_thirty_years_and_sixty_treatments_fit():
    chart = timeline_chart(crowded(60), today=TODAY)
    assert sum("†" in text for text in words(chart)) >= 60
    ticks = [text for text in words(chart) if re.fullmatch(r"20\d\d", text)]
    assert 8 <= len(ticks) <= 26
    assert "and 48 more" in chart.alt


def test_sheets_hold_every_row_once_and_fit():
    case = crowded(60)
    sheets = timeline_pages(case, today=TODAY)
    assert len(sheets) > 1
    assert all(sheet.size[0] == 7.5 and sheet.size[1] <= 9.2 for sheet in sheets)
    beside = [text for sheet in sheets for text in words(sheet) if "; stopped: " in text]
    alone = [
        text for text in words(timeline_chart(case, today=TODAY, wide=7.5)) if "; stopp" in text
    ]
    assert sorted(beside) == sorted(alone)
    assert "Treatments (continued)" in words(sheets[1])
    assert sheets[1].title == f"Treatment timeline, sheet 2 of {len(sheets)}"


def test_a_short_case_is_one_sheet(case):
    assert len(timeline_pages(case, today=TODAY)) == 1


@pytest.mark.parametrize(("wide", "high"), [(5.9, 9), (20.1, 9), (7.5, 5.9), (float("nan"), 9)])
def test_a_sheet_that_can_not_be_read_is_refused(case, wide, high):
    with pytest.raises(ValueError, match="inches"):
        timeline_pages(case, today=TODAY, wide=wide, high=high)


def test_svg_is_described_unique_and_without_surroundings(case):
    chart = timeline_chart(case, today=TODAY)
    svg = chart.svg()
    root = ET.fromstring(svg)  # noqa: S314 -- written by ourselves a line above
    ids = [item.get("id") for item in root.iter() if item.get("id")]
    assert len(ids) == len(set(ids))
    assert root.get("role") == "img"
    named = {item.get("id"): item.text for item in root}
    assert named[root.get("aria-labelledby")] == chart.title
    assert named[root.get("aria-describedby")] == chart.alt
    pointed = set(re.findall(r"url\(#([^)]+)\)", svg)) | set(re.findall(r'href="#([^"]+)"', svg))
    assert pointed <= set(ids)
    assert svg.startswith("<svg ")
    for unwanted in ("<metadata", "<style", "<!DOCTYPE", "<script", "matplotlib"):
        assert unwanted not in svg


def test_two_charts_on_one_page_share_no_id(case):
    fewer = case.without(case.treatments[0].id)
    first, second = (
        set(re.findall(r' id="([^"]+)"', timeline_chart(c, today=TODAY).svg()))
        for c in (case, fewer)
    )
    assert not first & second


def test_bytes_are_the_same_whatever_the_settings(case):
    import matplotlib as mpl

    plain = timeline_chart(case, today=TODAY)
    before = (plain.svg(), plain.png(), plain.pdf())
    with mpl.rc_context(
        {
            "lines.linewidth": 9,
            "font.size": 30,
            "figure.dpi": 40,
            "svg.fonttype": "path",
            "text.color": "red",
        }
    ):
        other = timeline_chart(case, today=TODAY)
        assert (other.svg(), other.png(), other.pdf()) == before
        assert mpl.rcParams["font.size"] == 30
    for again in before[1:]:
        assert b"20" + str(date.today().year)[2:].encode() + b"-" not in again  # noqa: DTZ011


def test_png_and_pdf_have_the_size_they_say(case):
    chart = timeline_chart(case, today=TODAY)
    wide, high = chart.size
    with Image.open(io.BytesIO(chart.png(dpi=100))) as image:
        assert image.size == pytest.approx((wide * 100, high * 100), abs=1)
    reader = pypdf.PdfReader(io.BytesIO(chart.pdf()))
    assert float(reader.pages[0].mediabox.width) == pytest.approx(wide * 72)
    assert "naproxen" in reader.pages[0].extract_text()
    assert set(reader.metadata) <= {"/Title"}


def test_importing_charts_is_light():
    code = (
        "import sys, tmjkit.charts; print([m for m in ('matplotlib','pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_pyplot_is_needed(case):
    code = (
        "import sys, datetime; from tmjkit.case import Case; from tmjkit.charts import "
        "timeline_chart; timeline_chart(Case(), today=datetime.date(2025,1,1)).png(); "
        "print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
