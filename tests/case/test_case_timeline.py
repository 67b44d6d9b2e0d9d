"""The timeline shows what is known, when it was, and how it is known."""

import pandas as pd
import pytest

from tmjkit.case import (
    Appeal,
    BotulinumSession,
    Case,
    Claim,
    Contact,
    ContactSource,
    Coverage,
    Determination,
    Diagnosis,
    Document,
    DocumentSource,
    Measurement,
    PatientSource,
    Stage,
    Symptom,
    Task,
    Treatment,
    stage,
)


@pytest.fixture
def case():
    return Case(
        documents=[Document(id="document-1", name="Clinic note", size=1, sha256="0" * 64, pages=4)],
        contacts=[Contact(id="contact-1", date="2025-05-02", organization="Example Mutual")],
        symptoms=[Symptom(text="Jaw pain", onset="2023", sources=[PatientSource()])],
        diagnoses=[Diagnosis(dc_tmd="myalgia", code="M79.11", recorded_date="2024-01-15")],
        measurements=[
            Measurement(
                instrument="mmo-unassisted",
                value=31,
                date="2024-01-15",
                sources=[DocumentSource(document_id="document-1", page=2)],
            )
        ],
        treatments=[
            Treatment(kind="splint", start="2024-02", end="2024-08-09", response="none"),
            Treatment(kind="self-care", start="2024-01-15", ongoing=True),
            Treatment(kind="nsaid", name="naproxen", start="2024-03-01"),
            Treatment(kind="cbt"),
        ],
        sessions=[
            BotulinumSession(
                product="onabotulinumtoxinA",
                date="2025-01-10",
                doses=[
                    {"muscle": "masseter", "side": "left", "units": 25},
                    {"muscle": "masseter", "side": "right", "units": "25.0"},
                ],
            )
        ],
        determinations=[
            Determination(
                decision="denial",
                notice_date="2025-04-20",
                received_date="2025-04-25",
                sources=[ContactSource(contact_id="contact-1")],
            )
        ],
    )


def _row(table, **wanted):
    found = table
    for column, value in wanted.items():
        found = found[found[column] == value]
    assert len(found) == 1
    return found.iloc[0]


def test_a_partial_date_covers_all_the_days_it_can_mean(case):
    splint = _row(case.timeline(), label="Oral splint")
    assert splint.start == pd.Timestamp("2024-02-01")
    assert splint.end == pd.Timestamp("2024-08-09")
    assert splint.dated == "2024-02 to 2024-08-09"
    symptom = _row(case.timeline(), kind="symptom")
    assert (symptom.start, symptom.dated) == (pd.Timestamp("2023-01-01"), "since 2023")


def test_what_goes_on_has_no_end_and_what_has_no_end_date_is_only_a_beginning(case):
    assert pd.isna(_row(case.timeline(), label="Self-care and education").end)
    naproxen = _row(case.timeline(), label="naproxen")
    assert naproxen.end == naproxen.start == pd.Timestamp("2024-03-01")


def test_undated_events_stand_last(case):
    table = case.timeline()
    assert table.iloc[-1].label == "Cognitive behavioral therapy"
    assert pd.isna(table.iloc[-1].start)
    assert table.start.dropna().is_monotonic_increasing


def test_values_carry_their_unit(case):
    opening = _row(case.timeline(), kind="measurement")
    assert (opening.value, opening.unit) == (31, "mm")
    injection = _row(case.timeline(), kind="injection")
    assert (injection.value, injection.unit) == (50, "units")


def test_the_source_stands_beside_each_event(case):
    table = case.timeline()
    assert _row(table, kind="measurement").source == "Clinic note, page 2"
    assert _row(table, kind="symptom").source == "reported by the patient"
    assert _row(table, kind="determination").source == "contact log"
    assert _row(table, kind="injection").source == "undocumented"


def test_several_quotes_of_one_page_are_one_place():
    quotes = [DocumentSource(document_id="document-1", page=2, quote=text) for text in "ab"]
    case = Case(
        documents=[Document(id="document-1", name="Note", size=1, sha256="0" * 64, pages=4)],
        symptoms=[Symptom(text="Pain", sources=[*quotes, PatientSource()])],
    )
    assert case.timeline().source[0] == "Note, page 2; reported by the patient"


def test_an_empty_case_has_an_empty_timeline_with_all_columns():
    table = Case().timeline()
    assert table.empty
    assert list(table.columns) == [
        "start",
        "end",
        "dated",
        "kind",
        "label",
        "value",
        "unit",
        "source",
        "record",
    ]


def test_dates_far_from_now_are_kept():
    case = Case(treatments=[Treatment(kind="splint", start="1899", end="2100-12-31")])
    assert case.timeline().iloc[0].end == pd.Timestamp("2100-12-31")


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], Stage.COLLECTING),
        ([Claim(sent="2025-01-01")], Stage.REQUESTED),
        (
            [Claim(sent="2025-01-01"), Determination(decision="denial", notice_date="2025-02")],
            Stage.DENIED,
        ),
        (
            [Determination(decision="denial", notice_date="2025-02-01"), Appeal(sent="2025-03-01")],
            Stage.APPEALING,
        ),
        (
            [Appeal(sent="2025-03-01"), Appeal(level="external", sent="2025-06-01")],
            Stage.EXTERNAL,
        ),
        ([Appeal(sent="2025-03-01", outcome="overturned", decided="2025-04-01")], Stage.APPROVED),
        ([Appeal(sent="2025-03-01", outcome="upheld")], Stage.DENIED),
        ([Appeal()], Stage.COLLECTING),
    ],
)
def test_the_stage_follows_from_what_came_last(records, expected):
    case = Case()
    for record in records:
        case = case.with_record(record)
    assert stage(case) is expected


def test_the_summary_shows_the_earliest_duty_that_is_open():
    case = Case(
        patient={"given": "Avery", "family": "Example"},
        coverages=[Coverage(payer="Second", rank=2), Coverage(payer="First")],
        tasks=[
            Task(title="Done", due="2025-01-01", done="2025-01-01"),
            Task(title="Call the plan", due="2025-03-01"),
        ],
        appeals=[Appeal(due="2025-04-01")],
        contacts=[
            Contact(promised="Send the file", promised_by="2025-02-01"),
            Contact(promised="Kept", promised_by="2025-01-01", kept=True),
        ],
    )
    summary = case.summary()
    assert (summary.name, summary.payer, summary.stage) == ("Avery Example", "First", "collecting")
    assert (summary.next_duty, summary.next_due) == ("Follow up: Send the file", "2025-02-01")


def test_what_does_not_concern_the_jaw_is_marked():
    case = Case(
        treatments=[
            Treatment(kind="physical-therapy", name="Knee", purpose="unknown"),
            Treatment(kind="nsaid", name="Foot", purpose="other"),
        ]
    )
    assert list(case.timeline().label) == [
        "Knee (not stated what for)",
        "Foot (for something else)",
    ]
