"""Botox Cosmetic's NDC is refused in every form; any other NDC is compared or asked about."""

import pytest
from coding_cases import asked, billed, dose, found, line, only, session
from hypothesis import given
from hypothesis import strategies as st

from tmjkit import knowledge
from tmjkit.case import Case
from tmjkit.rules import Severity
from tmjkit.rules.coding import eleven, known_as

KNOWN = knowledge.facts()


# Fact C-NDC and the openFDA records: the part that is short gets the zero.
@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("0023-1145-01", "00023-1145-01"),  # 4-4-2
        ("72960-112-01", "72960-0112-01"),  # 5-3-2
        ("12345-6789-1", "12345-6789-01"),  # 5-4-1
        ("00023-1145-01", "00023-1145-01"),  # 5-4-2
        ("00023114501", "00023-1145-01"),  # 11 digits
        ("0023-9232", "00023-9232-"),  # no package
        ("85766-155", "85766-0155-"),
        (" 0023-1145-01 ", "00023-1145-01"),
    ],
)
def test_eleven_digits(written, form):
    assert eleven(written) == (form,)


def test_ten_digits_without_hyphens_can_mean_three():
    assert eleven("0023923201") == ("00023-9232-01", "00239-0232-01", "00239-2320-01")
    assert eleven("7296011201") == ("07296-0112-01", "72960-0112-01", "72960-1120-01")


@pytest.mark.parametrize(
    "text",
    ["", "0023", "0023-114-01", "00023-1145-1x", "002-1145-01", "0023-1145-1", "000231145011",
     "0023-1145-01-", "0023 1145 01", "\u0660\u0660\u0662\u0663-1145-01", "0023-1145-01\n-"],
)  # fmt: skip
def test_what_is_no_ndc_has_no_form(text):
    assert eleven(text) == ()
    assert known_as(text, KNOWN) == ()


@given(st.text(max_size=15))
def test_any_text_can_be_tried(text):
    for form in eleven(text):
        digits = form.replace("-", "")
        assert digits.isdigit()
        assert len(digits) in (9, 11)


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 99))
def test_hyphens_or_none_mean_the_same_product(labeler, product, package):
    (form,) = eleven(f"{labeler:04}-{product:04}-{package:02}")
    assert form == f"0{labeler:04}-{product:04}-{package:02}"
    assert form in eleven(f"{labeler:04}{product:04}{package:02}")
    assert eleven(form.replace("-", "")) == (form,)


COSMETIC = ["0023-9232-01", "0023-9232-02", "00023-9232-01", "00023923202", "0023-9232"]


@pytest.mark.parametrize("ndc", COSMETIC)
def test_botox_cosmetic_is_refused(ndc):
    for case in (
        Case(sessions=(session("2026-03-02", dose(), ndc=ndc),)),
        Case(sessions=(session("2026-03-02", dose(), ndc=ndc, purpose="other"),)),
        billed(line("J0585", 70, ndc=ndc)),
        billed(line("J3590", 1, ndc=ndc)),
        asked(line("J0585", 70, ndc=ndc)),
    ):
        item = only(case, "coding.cosmetic-ndc")
        assert item.severity is Severity.WRONG
        assert ndc in item.what
        assert item.facts == ("C-NDC-COSMETIC",)


def test_ten_digits_without_hyphens_are_refused_too():
    (fact, code) = known_as("0023923201", KNOWN)[0]
    assert fact.id == "C-NDC-COSMETIC"
    assert code.refused


@pytest.mark.parametrize(
    ("ndc", "size"),
    [("0023-1145-01", 100), ("00023-3921-02", 200), ("85766-155-01", 100), ("85766-155-02", 100)],
)
def test_a_therapeutic_vial_gets_no_word(ndc, size):
    assert found(Case(sessions=(session("2026-03-02", dose(), ndc=ndc, vial_units=size),))) == {}


@pytest.mark.parametrize("ndc", ["0023-1145-02", "12345-678-90", "00023114599", "0023-0000-01"])
def test_any_other_ndc_is_asked_about_and_not_refused(ndc):
    item = only(billed(line("J0585", 70, ndc=ndc), day=None), "coding.ndc-unknown")
    assert item.severity is Severity.NOTE
    assert "labeler" in item.where


def test_the_ndc_of_another_drug_is_no_matter_of_these_rules():
    assert found(billed(line("J1885", 1, ndc="12345-678-90"))) == {}


def test_the_ndc_of_another_product():
    case = Case(sessions=(session("2026-03-02", dose(), ndc="72960-112-01"),))
    assert "Daxxify" in only(case, "coding.ndc-product").why
    assert "coding.ndc-product" in found(billed(line("J0588", 70, ndc="0023-1145-01")))
    fits = session("2026-03-02", dose(), product="daxibotulinumtoxinA", ndc="72960-0112-01")
    assert found(Case(sessions=(fits,))) == {}


def test_the_ndc_of_another_vial():
    case = Case(sessions=(session("2026-03-02", dose(), ndc="0023-3921-02", vial_units=100),))
    assert only(case, "coding.ndc-vial").severity is Severity.WRONG


def test_an_ndc_without_the_form_of_one():
    case = Case(sessions=(session("2026-03-02", dose(), ndc="0023-114-01"),))
    assert only(case, "coding.ndc-form").severity is Severity.WRONG
