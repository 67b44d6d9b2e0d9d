"""Findings about the payer's decisions and about dates that can't be right."""

from datetime import date

import pytest

from tmjkit.case import Case, Determination, Document, DocumentSource, Measurement, Treatment
from tmjkit.rules import findings

TODAY = date(2026, 6, 1)


def found(case, rule):
    return [item for item in findings(case, TODAY) if item.rule == rule]


def letter(number=1, kind="denial-letter"):
    return Document(
        id=f"doc-{number}", name=f"Letter {number}", kind=kind, size=1, sha256=f"{number}" * 64
    )


def test_a_denial_letter_that_nobody_entered_is_told():
    (item,) = found(Case(documents=[letter()]), "missing.determination")
    assert item.records == ("doc-1",)
    assert "Letter 1" in item.what
    assert "Determinations" in item.where


@pytest.mark.parametrize(
    ("documents", "decisions", "told"),
    [
        ([letter(kind="policy")], [], []),
        ([letter()], [Determination(decision="denial")], []),
        (
            [letter()],
            [Determination(decision="denial", sources=[DocumentSource(document_id="doc-1")])],
            [],
        ),
        (
            [letter(1), letter(2)],
            [Determination(decision="denial", sources=[DocumentSource(document_id="doc-1")])],
            ["doc-2"],
        ),
    ],
)
def test_a_denial_letter_counts_as_entered_when_a_decision_can_be_it(documents, decisions, told):
    case = Case(documents=documents, determinations=decisions)
    assert [item.records[0] for item in found(case, "missing.determination")] == told


def test_what_is_measured_or_decided_later_than_today_is_a_weak_point():
    score = Measurement(instrument="nrs-pain", value=5, date="2026-06-02")
    notice = Determination(decision="denial", notice_date="2027")
    (item,) = found(Case(measurements=[score], determinations=[notice]), "weak.future-date")
    assert item.records == (score.id, notice.id)
    assert "Measurements, Determinations" in item.what


@pytest.mark.parametrize(
    "case",
    [
        Case(measurements=[Measurement(instrument="nrs-pain", value=5, date="2026-06-01")]),
        Case(measurements=[Measurement(instrument="nrs-pain", value=5, date="2026")]),
        Case(treatments=[Treatment(kind="cbt", start="2026-07-01")]),
    ],
)
def test_today_what_may_be_past_and_what_is_planned_are_no_weak_points(case):
    assert found(case, "weak.future-date") == []
