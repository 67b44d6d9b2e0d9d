"""What a section, a table and a sanitized page hold, without a kernel."""

import re
import subprocess
import sys
from datetime import date

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from report_cases import HOSTILE, PASSPHRASE, SECOND, example, hostile

from tmjkit.case import (
    AuthorizationRequest,
    BotulinumSession,
    Case,
    Claim,
    Diagnosis,
    Measurement,
    Patient,
    Symptom,
    Treatment,
)
from tmjkit.reports import CaseReport
from tmjkit.reports.html import Column, Facts, Table
from tmjkit.reports.sanitize import clean

TODAY = date(2026, 11, 23)
SECTIONS = (
    "summary",
    "due",
    "missing",
    "timeline",
    "diagnoses",
    "measurements",
    "treatments",
    "injections",
    "coverage",
    "determinations",
    "appeals",
    "contacts",
    "documents",
)


def _section(case, name):
    return BeautifulSoup(getattr(CaseReport(case, TODAY), name)()._repr_html_(), "html.parser")


def test_treatments_show_dates_response_and_source():
    rows = _section(example(), "treatments").select("tbody tr")
    naproxen = next(row for row in rows if "Naproxen" in row.th.text or "naproxen" in row.th.text)
    assert "2024-02-05" in naproxen.text
    assert "500 mg twice a day" in naproxen.text
    assert "Clinical notes" in naproxen.select_one("td.source").text


def test_a_record_without_a_source_is_marked():
    case = example()
    marked = _section(case, "treatments").select(".undocumented")
    assert len(marked) == sum(1 for treatment in case.treatments if not treatment.documented) > 0


@pytest.mark.parametrize(
    ("record", "section", "name", "marks"),
    [
        (Treatment(kind="splint", name="Mark me"), "treatments", "Mark me", "for"),
        (BotulinumSession(product="incobotulinumtoxinA"), "injections", "incobot", "for"),
        (Diagnosis(code="G43.909", text="Mark me"), "diagnoses", "Mark me", "about"),
        (Symptom(text="Mark me"), "diagnoses", "Mark me", "about"),
        (
            Measurement(instrument="mmo-assisted", value=31),
            "measurements",
            "assisted",
            "about",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_for_the_jaw_says_so(record, section, name, marks):
    unknown = {"for": "not stated what for", "about": "not stated what it concerns"}[marks]
    said = {"jaw": None, "other": f"{marks} something else", "unknown": unknown}
    for purpose, mark in said.items():
        case = Case().with_record(type(record)(**record.model_dump() | {"purpose": purpose}))
        [row] = _section(case, section).select("tbody tr")
        assert name.lower() in row.th.text.lower()
        assert [found.text for found in row.th.find_all("strong")] == ([mark] if mark else [])


def test_what_a_request_asked_for_is_not_invented():
    case = Case().with_record(AuthorizationRequest(sent="2026-01-05"))
    table = _section(case, "coverage").find("caption", string=re.compile("Requests")).parent
    assert table.select_one("tbody th").text == "not recorded"


@pytest.mark.parametrize(
    ("charges", "shown"),
    [
        ([None, None], "not recorded"),
        ([], "not recorded"),
        (["1200.50", None], "$1,200.501 line without a charge"),
        (["1200.50", "0"], "$1,200.50"),
        (["0"], "$0.00"),
    ],
)
def test_a_charge_that_is_not_recorded_is_not_zero(charges, shown):
    lines = [{"code": "64615", "units": 1, "charge": charge} for charge in charges]
    case = Case().with_record(Claim(start="2026-01-05", lines=lines))
    table = _section(case, "coverage").find("caption", string=re.compile("Claims")).parent
    assert table.select("tbody td")[2].text == shown


def test_every_row_of_a_table_has_as_many_cells_as_heads():
    for name in SECTIONS:
        for table in _section(example(), name).find_all("table"):
            heads = table.select("thead th")
            assert table.caption.text
            assert all(head["scope"] == "col" for head in heads)
            for row in table.select("tbody tr"):
                assert row.find("th")["scope"] == "row"
                assert len(row.find_all(["th", "td"])) == len(heads)


def test_hostile_text_stays_text():
    found = _section(hostile("case-hostile", "Sample"), "treatments")
    assert HOSTILE in found.text
    assert found.find("script") is None
    assert found.find("img") is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_value_can_open_an_element(head, value):
    table = Table(head, (Column(head), Column(value)), ((value, head),), "nothing")
    found = BeautifulSoup(f"{table.__html__()}{Facts(((head, value),)).__html__()}", "html.parser")
    ours = ["div", "table", "caption", "thead", "tbody", "tr", "th", "td"]
    assert {element.name for element in found.find_all(True)} <= {
        *ours,
        "dl",
        "dt",
        "dd",
        "br",
        "span",
    }


def test_an_empty_case_has_every_section():
    empty = Case(patient=Patient())
    for name in SECTIONS:
        section = _section(empty, name)
        assert section.h2.text
        assert section.section["aria-labelledby"] == section.h2["id"]


def test_a_report_says_nothing_of_the_patient_in_its_repr():
    report = CaseReport(example(), TODAY)
    assert "Avery" not in repr(report)
    assert "Avery" not in repr(report.summary())


def test_the_timeline_has_a_text_alternative_and_loads_nothing():
    picture = _section(example(), "timeline").img
    assert picture["src"].startswith("data:image/svg+xml;base64,")
    assert len(picture["alt"]) > 40


def test_a_deadline_shows_its_day_and_how_it_was_worked_out():
    section = _section(example(), "due")
    [row] = [row for row in section.select("tbody tr") if "2027-04-17" in row.text]
    assert "2026-10-19" in row.text
    assert "180 days" in row.text
    assert "2560.503-1" in row.text


def test_today_is_read_as_the_notebook_writes_it():
    assert CaseReport.open(None, "2026-11-23").today == TODAY


def test_a_case_needs_a_workspace(monkeypatch):
    monkeypatch.delenv("TMJKIT_WORKSPACE", raising=False)
    with pytest.raises(LookupError, match="Set TMJKIT_WORKSPACE"):
        CaseReport.open("case-00000000000000a1")


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "<style>@import 'https://example.org/x.css'</style>",
        "<iframe src='https://example.org'></iframe>",
        "<svg><script>alert(1)</script><style>x</style></svg>",
        "<img src='https://example.org/x.png'>",
        "<img src='//example.org/x.png' srcset='https://example.org/y.png 2x'>",
        "<link rel=stylesheet href='https://example.org/x.css'>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' data:text/html,<script>alert(1)</script>'>x</a>",
        "<p style='background:url(https://example.org/x)' onclick='alert(1)'>x</p>",
        "<form action='https://example.org'><input></form>",
        "<meta http-equiv=refresh content='0;url=https://example.org'>",
        "<object data='https://example.org'></object><embed src='https://example.org'>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></math>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<video src='https://example.org/x.mp4' poster='https://example.org/x.png'></video>",
    ],
)
def test_nothing_that_runs_or_loads_is_left(bad):
    kept = clean(f"<p>before</p>{bad}<p>after</p>")
    assert "before" in kept
    found = BeautifulSoup(kept, "html.parser")
    for element in found.find_all(True):
        assert element.name not in {"script", "style", "iframe", "svg", "link", "form", "object"}
        assert not {name for name in element.attrs if name.startswith("on")}
        assert not {"style", "srcset", "action"} & set(element.attrs)
        assert not element.get("src")
        assert not element.get("href")
    assert not re.search(r"alert\(1\).*</script", kept)


def test_tables_heads_and_pictures_in_the_page_are_kept():
    html = (
        '<table class="dataframe"><caption>c</caption><thead><tr><th scope="col">a</th></tr>'
        '</thead><tbody><tr><td colspan="2">1</td></tr></tbody></table>'
        '<img src="data:image/png;base64,AAAA" alt="a picture">'
        '<a href="https://example.org/source">source</a><style>.x { color: red }</style>'
    )
    kept = clean(html)
    assert kept == html.split("<style>", maxsplit=1)[0]


def test_by_hand_a_case_opens_with_the_passphrase(monkeypatch, workspace):
    monkeypatch.setenv("TMJKIT_WORKSPACE", workspace.place)
    monkeypatch.setenv("TMJKIT_PASSPHRASE", PASSPHRASE)
    monkeypatch.delenv("TMJKIT_WORKSPACE_KEY", raising=False)
    assert CaseReport.open(SECOND, TODAY).case.patient.family == "Secondname-Placeholder"


def test_importing_the_reports_loads_nothing_heavy():
    code = "import tmjkit.reports, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"pandas", "matplotlib", "nbconvert", "nbformat", "nbclient", "sqlalchemy", "bleach"}
    assert not heavy & set(done.stdout.split())
