"""What a payer's codes mean is said in own words, and what they lack is asked for."""

from datetime import date

import pytest
from coding_cases import found, only
from hypothesis import given
from hypothesis import strategies as st

from tmjkit.case import Case, Determination
from tmjkit.rules import Severity
from tmjkit.rules.coding import explain_carc, explain_rarc


# Section C4 of the fact sheet, in own words.
@pytest.mark.parametrize(
    ("code", "words", "usually"),
    [
        ("11", "diagnosis", "corrected claim"),
        ("16", "lacks", "corrected claim"),
        ("18", "copy", "original"),
        ("29", "time for filing", "Proof"),
        ("50", "medically necessary", "outside review"),
        ("55", "experimental", "outside review"),
        ("56", "proven", "outside review"),
        ("96", "not covered", "exclusion"),
        ("151", "this many", "interval"),
        ("197", "no authorization", "after the service"),
        ("198", "beyond", "approval"),
        ("204", "plan", "law of the state"),
        ("242", "network", "gap"),
        ("15", "authorization", "old notices"),
    ],
)
@pytest.mark.parametrize("form", ["{}", "CO-{}", "PR{}", "carc {}", " {} "])
def test_a_reason_code_in_own_words(code, words, usually, form):
    seen = explain_carc(form.format(code))
    assert seen.code == code
    assert words in seen.meaning
    assert usually.casefold() in seen.usually.casefold()


def test_the_group_says_whose_the_amount_is():
    assert "writes it off" in explain_carc("CO-50").group
    assert "may not bill the patient" in explain_carc("CO-50").group
    assert "patient's" in explain_carc("PR-50").group
    assert explain_carc("50").group == ""
    assert explain_carc("CR-50").group == ""
    assert explain_carc("CO-50").facts == ("C-CARC-50", "C-GROUP-CO")


def test_what_is_no_longer_used():
    assert explain_carc("CO-15").ended == date(2018, 5, 1)
    assert explain_carc("CO-16").ended is None


def test_a_remark_code():
    assert "coverage determination" in explain_rarc("N386").meaning
    assert explain_rarc("N115") is None


@pytest.mark.parametrize(
    "code", ["", "CO", "CO-", "999", "50A", "CO-50-1", "XX-50", "5 0", "\u0665\u0660"]
)
def test_what_is_not_known_is_not_explained(code):
    assert explain_carc(code) is None


@given(st.text(max_size=8))
def test_any_text_can_be_asked_about(code):
    for seen in (explain_carc(code), explain_rarc(code)):
        assert seen is None or seen.meaning


def denied(notice="2026-03-02", **reason):
    return Case(
        determinations=(
            Determination(id="d-1", decision="denial", notice_date=notice, reasons=(reason,)),
        )
    )


@pytest.mark.parametrize("carc", ["CO-16", "96", "PR-96"])
def test_a_reason_that_needs_a_remark_code(carc):
    item = only(denied(carc=carc), "coding.remark-missing")
    assert item.severity is Severity.MISSING
    assert item.records == ("d-1",)
    assert found(denied(carc=carc, rarc="N130")) == {}
    assert found(denied(carc="CO-50")) == {}


@pytest.mark.parametrize(
    ("notice", "told"),
    [("2026-03-02", True), ("2018-05-01", True), ("2018-04-30", False), ("2018", False)],
)
def test_a_reason_that_was_no_longer_used(notice, told):
    assert ("coding.old-adjustment" in found(denied(notice, carc="CO-15"))) is told
