"""Records in words: what a list shows of them."""

from decimal import Decimal

import pytest

from tmjkit.case import (
    BotulinumSession,
    Case,
    Claim,
    Contact,
    Coverage,
    Measurement,
    MuscleDose,
    Patient,
    Provider,
    Record,
    ServiceLine,
    Task,
    Treatment,
)
from tmjkit.dashboards.words import EMPTY, facts_of, source_of, title_of, words_of
from tmjkit.examples import load, names


@pytest.mark.parametrize(
    ("record", "title"),
    [
        (Treatment(kind="nsaid"), "NSAID"),
        (Treatment(kind="nsaid", name="Naproxen"), "Naproxen"),
        (
            Measurement(instrument="mmo-assisted", value=42),
            "Maximal mouth opening, assisted: 42 mm",
        ),
        (
            Measurement(instrument="gcps-grade", value=3),
            "Graded Chronic Pain Scale, grade: 3",
        ),
        (Contact(organization="Example Payer"), "Phone: Example Payer"),
        (Contact(), "Phone"),
        (Task(title="Send it"), "Send it"),
        (Coverage(payer="Example Payer"), "Example Payer"),
        (Provider(name="Ada Example", qualification="DDS"), "Ada Example, DDS"),
        (Patient(), "Patient"),
        (Claim(), "Claim"),
    ],
)
def test_a_record_has_a_title(record: Record, title: str) -> None:
    assert title_of(record) == title


@pytest.mark.parametrize("name", names())
def test_what_a_list_shows_is_short_and_says_nothing_twice(name: str) -> None:
    case = load(name).case
    for _, record in case.records():
        title, facts = title_of(record), list(facts_of(record, case))
        assert title
        assert len({label for label, _ in facts}) == len(facts)
        for label, words in facts:
            assert words
            assert words != EMPTY
            assert label not in ("Id", "Sources", "SHA-256")
            assert words != title


def test_ids_are_shown_as_what_they_stand_for() -> None:
    case = load("self-funded-erisa-denial").case
    naproxen = next(one for one in case.treatments if one.name == "Naproxen")
    assert dict(facts_of(naproxen, case))["Given by"] == "Morgan Placeholder, MD"


def test_parts_say_their_units() -> None:
    case = Case()
    session = BotulinumSession(
        product="onabotulinumtoxinA",
        doses=(MuscleDose(muscle="masseter", side="left", units=Decimal("30.00"), sites=3),),
    )
    assert dict(facts_of(session, case))["Doses"] == "Masseter, left, 30 units, 3 sites"
    line = ServiceLine(code="J0585", units=Decimal(80), charge=Decimal("12.50"))
    assert words_of(line, case) == "J0585, 80 units, 12.5 USD"


def test_a_source_is_said_in_words_and_its_lack_is_nothing() -> None:
    case = load("self-funded-erisa-denial").case
    assert source_of(case.patient, case).startswith("reported by the patient; Denial notice")
    assert source_of(Treatment(kind="nsaid"), case) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, EMPTY), ("", EMPTY), ((), EMPTY), (True, "Yes"), (False, "No"), (4.25, "4.25")],
)
def test_values_in_words(value: object, words: str) -> None:
    assert words_of(value, Case()) == words
