"""What the rules find about scores around injection sessions."""

from datetime import date

import pytest

from tmjkit import examples, knowledge
from tmjkit.case import BotulinumSession, Case, Measurement
from tmjkit.rules.model import Severity
from tmjkit.rules.response import response_findings

TODAY = date(2026, 11, 23)
KNOWN = knowledge.facts()


def found(*records, today=TODAY, known=KNOWN):
    case = Case()
    for record in records:
        case = case.with_record(record)
    return list(response_findings(case, today, known))


def session(day, **more):
    return BotulinumSession(product="onabotulinumtoxinA", date=day, **more)


def measured(day, value, instrument="nrs-pain", **more):
    return Measurement(instrument=instrument, date=day, value=value, **more)


def test_a_session_without_scores_misses_both():
    before, after = found(session("2026-01-01", id="session-1"))
    assert before.rule == "response.no-baseline"
    assert after.rule == "response.no-follow-up"
    for item in (before, after):
        assert item.severity is Severity.MISSING
        assert item.records == ("session-1",)
        assert item.facts == ("D-CRIT-3", "D-CRIT-4")
        assert "January 1, 2026" in item.what


@pytest.mark.parametrize("instrument", ["nrs-pain", "jfls-8", "mmo-unassisted"])
def test_a_score_of_pain_or_function_is_enough(instrument):
    rules = {
        item.rule
        for item in found(
            session("2026-01-01"),
            measured("2026-01-01", 8, instrument),
            measured("2026-02-01", 3, instrument),
        )
    }
    assert not rules & {"response.no-baseline", "response.no-follow-up"}


def test_a_score_of_mood_is_not():
    rules = [
        item.rule
        for item in found(
            session("2026-01-01"),
            measured("2026-01-01", 8, "phq-4"),
            measured("2026-02-01", 3, "phq-4"),
        )
    ]
    assert rules == ["response.no-baseline", "response.no-follow-up"]


@pytest.mark.parametrize(
    ("today", "rule"),
    [
        (date(2026, 1, 14), None),  # nothing to measure yet
        (date(2026, 1, 15), "response.follow-up-due"),
        (date(2026, 3, 26), "response.follow-up-due"),  # day 84
        (date(2026, 3, 27), "response.no-follow-up"),
    ],
)
def test_while_there_is_time_the_score_is_asked_for_with_its_last_day(today, rule):
    rules = found(session("2026-01-01"), measured("2026-01-01", 8), today=today)
    assert [item.rule for item in rules] == ([rule] if rule else [])
    if rule == "response.follow-up-due":
        assert rules[0].due == date(2026, 3, 26)


@pytest.mark.parametrize(
    ("after", "rule", "severity"),
    [
        (5, "response.meets-mcid", Severity.NOTE),  # 2 points, 29%
        (6, "response.mcid-differs", Severity.WEAK),  # 1 point, 14%
        (6.5, "response.below-mcid", Severity.WEAK),  # within a range that begins at 0
        (7, "response.below-mcid", Severity.WEAK),
        (9, "response.below-mcid", Severity.WEAK),
    ],
)
def test_what_pain_did_is_held_against_the_smallest_change_that_counts(after, rule, severity):
    (item,) = found(
        session("2026-01-01", id="session-1"),
        measured("2026-01-01", 7, id="m-1"),
        measured("2026-02-01", after, id="m-2"),
    )
    assert (item.rule, item.severity) == (rule, severity)
    assert f"7 to {after} of 10" in item.what
    assert item.records == ("session-1", "m-1", "m-2")
    assert set(item.facts) == {"E-MCID-CAL", "E-MCID-2024", "E-MCID-IMMPACT"}
    assert "caus" not in f"{item.what} {item.why} {item.where}"


def test_sessions_are_told_together():
    records = []
    for year in range(2018, 2026):
        records += [
            session(f"{year}-01-01"),
            measured(f"{year}-01-01", 8),
            measured(f"{year}-02-01", 3),
        ]
    (item,) = found(*records)
    assert item.what.endswith("; and 3 more")
    assert len(item.records) == 24


def test_no_verdict_without_facts():
    assert (
        found(session("2026-01-01"), measured("2026-01-01", 7), measured("2026-02-01", 2), known={})
        == []
    )
    first, _ = found(session("2026-01-01"), known={})
    assert first.facts == ()


def test_a_planned_session_is_no_finding():
    assert found(session("2027-01-01"), session(None)) == []


def test_the_examples():
    def rules(name):
        case = examples.load(name).case
        return [item.rule for item in response_findings(case, TODAY, KNOWN)]

    assert rules("california-not-medically-necessary") == ["response.meets-mcid"]
    assert rules("self-funded-erisa-denial") == []
    assert rules("medicaid-premature") == []
