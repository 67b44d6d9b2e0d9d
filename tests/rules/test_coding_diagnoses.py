"""Diagnosis codes exist, can be billed, fit each other, and are supported by the record."""

from datetime import date

import pytest
from coding_cases import BY_CLINICIAN, asked, billed, diagnosis, found, line, only

from tmjkit.case import Case, Determination, Diagnosis, PatientSource
from tmjkit.rules import Severity


def with_code(code, **fields):
    return asked(codes=(code,), diagnoses=(diagnosis(code, **fields),))


@pytest.mark.parametrize("code", ["M79.11", "M26.621", "M26.69", "G47.63"])
def test_a_supported_billable_code_gets_no_word(code):
    assert found(with_code(code)) == {}


@pytest.mark.parametrize("code", ["M79.19", "M26.60A", "M26.661", "Z00.00X", "T99.9"])
def test_a_code_that_does_not_exist(code):
    item = only(with_code(code), "coding.not-a-code")
    assert item.severity is Severity.WRONG
    assert code in item.what
    assert "April 1, 2026" in item.what
    assert set(item.records) == {"request-1", f"diagnosis-{code.replace('.', '-').lower()}"}


# ICD-10-CM 2026: facts C-M26-6, C-M79-1, C-G43-7.
@pytest.mark.parametrize(
    ("code", "wanted", "open_part"),
    [
        ("M26.62", "1 more character", "the side"),
        ("M26.6", "1 to 2 more characters", "the kind of disorder"),
        ("M79.1", "1 more character", "which muscles"),
        ("G43.7", "2 more characters", "intractable"),
        ("S02.0", "3 more characters", ""),
        ("M79", "1 to 3 more characters", ""),
    ],
)
def test_a_heading_is_refused_and_no_code_below_it_is_chosen(code, wanted, open_part):
    item = only(with_code(code), "coding.heading")
    assert item.severity is Severity.WRONG
    assert item.what.endswith(wanted)
    assert open_part in item.why
    text = f"{item.what} {item.why} {item.where}"
    assert text.count(code) == 1  # only the code itself: none below it is named


def test_a_code_that_leaves_kind_and_side_open_is_told_softly():
    item = only(with_code("M26.609"), "coding.vague-code")
    assert item.severity is Severity.NOTE
    assert "kind of disorder" in item.what
    assert "the side" in item.what
    assert "coding.vague-code" not in found(with_code("M26.632"))
    assert "the side" in only(with_code("M26.629"), "coding.vague-code").what


@pytest.mark.parametrize(
    ("code", "side", "said"),
    [("M26.621", "left", "right"), ("M26.612", "both", "left"), ("M26.643", "right", "both")],
)
def test_a_code_of_another_side_than_the_diagnosis(code, side, said):
    item = only(with_code(code, side=side), "coding.side")
    assert f"{code} means: {said}" in item.what


@pytest.mark.parametrize(
    ("code", "side"), [("M26.621", "right"), ("M26.629", "left"), ("M26.621", None)]
)
def test_a_side_that_fits_or_is_open_gets_no_word(code, side):
    assert "coding.side" not in found(with_code(code, side=side))


def test_a_service_after_the_release_says_that_the_list_was_not_checked():
    late = billed(line("64999"), codes=("M79.11",), day="2026-10-01")
    assert "September 30, 2026" in only(late, "coding.release").what
    early = billed(line("64999"), codes=("M79.11",), day="2026-09-30")
    assert "coding.release" not in found(early)
    vague = billed(line("64999"), codes=("M79.11",), day="2026")
    assert "coding.release" in found(vague)


def test_a_request_is_judged_by_its_lines_its_approval_or_today():
    bare = with_code("M79.11")
    assert "coding.release" not in found(bare, date(2026, 9, 30))
    assert "coding.release" in found(bare, date(2026, 10, 1))
    approved = bare.with_record(
        Determination(decision="approval", about_id="request-1", approved_until="2026-08-28")
    )
    assert "coding.release" not in found(approved, date(2026, 11, 23))
    dated = asked(line("J0585", 80, date="2026-05-04"), codes=("M79.11",))
    assert "coding.release" not in found(dated, date(2026, 11, 23))


# Facts ICD-EXCLUDES-*: Excludes1 notes of ICD-10-CM 2026.
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("R68.84", "M26.621"),
        ("R68.84", "M26.629"),
        ("M79.11", "M79.7"),
        ("M79.18", "M60.80"),
        ("G24.4", "G24.01"),
        ("G43.709", "G43.009"),
        ("M26.631", "Q67.4"),
        ("M79.11", "F45.41"),
    ],
)
def test_codes_that_exclude_each_other(one, other):
    both = (diagnosis(one), diagnosis(other))
    case = asked(codes=(other, one), diagnoses=both)
    item = only(case, "coding.excludes")
    assert item.severity is Severity.WRONG
    assert one in item.what
    assert other in item.what
    assert "C-EXCLUDES1" in item.facts
    # On no request and on no claim it is only asked about.
    assert only(Case(diagnoses=both), "coding.excludes").severity is Severity.NOTE


@pytest.mark.parametrize(
    ("one", "other"), [("M79.11", "F45.8"), ("G47.63", "F45.8"), ("M26.631", "M27.8")]
)
def test_pairs_that_can_be_right_are_asked_about(one, other):
    case = asked(codes=(one, other), diagnoses=(diagnosis(one), diagnosis(other)))
    item = only(case, "coding.excludes-soft")
    assert item.severity is Severity.NOTE
    assert "may exclude" in item.what
    assert "coding.excludes" not in found(case)


def test_any_other_pair_of_the_list_is_asked_about():
    # The note at G44.1 names headache without further statement.
    case = asked(codes=("G44.1", "R51.9"))
    assert only(case, "coding.excludes-note").severity is Severity.NOTE


@pytest.mark.parametrize(
    ("one", "other"),
    [("M26.621", "M79.11"), ("M26.69", "S03.00XA"), ("M79.11", "G47.63"), ("M26.631", "S03.41XA")],
)
def test_codes_that_may_stand_together_get_no_word(one, other):
    case = asked(codes=(one, other), diagnoses=(diagnosis(one), diagnosis(other)))
    assert not [rule for rule in found(case) if "excludes" in rule]


def test_a_pair_is_one_of_the_same_request_or_of_what_lasts():
    pair = (diagnosis("M79.11", abatement="2024"), diagnosis("M79.7"))
    assert "coding.excludes" not in found(Case(diagnoses=pair))
    apart = asked(codes=("M79.11",)).model_copy(update={"claims": billed(codes=("M79.7",)).claims})
    assert "coding.excludes" not in found(apart)


def test_a_code_that_no_diagnosis_has():
    item = only(asked(codes=("M79.11",)), "coding.diagnosis-not-recorded")
    assert item.severity is Severity.WEAK
    assert item.records == ("request-1",)


@pytest.mark.parametrize("sources", [(), (PatientSource(),)])
def test_a_diagnosis_that_nothing_but_the_patient_supports(sources):
    case = with_code("M79.11", sources=sources)
    assert only(case, "coding.diagnosis-undocumented").severity is Severity.WEAK
    assert found(with_code("M79.11", sources=BY_CLINICIAN)) == {}


# Section C: without documentation these are false claims.
@pytest.mark.parametrize(
    ("code", "need"),
    [
        ("G24.4", "dystonia"),
        ("G43.709", "15 or more days a month"),
        ("G43.711", "15 or more days a month"),
        ("G51.0", "facial nerve"),
        ("G51.39", "facial nerve"),
        ("F45.8", "somatoform"),
    ],
)
def test_a_covered_diagnosis_has_to_be_shown_by_the_record(code, need):
    bare = only(with_code(code, sources=()), "coding.unsupported-diagnosis")
    assert bare.severity is Severity.WEAK
    assert need in bare.why
    assert "false claim" in bare.why
    patient = only(with_code(code, sources=(PatientSource(),)), "coding.unsupported-diagnosis")
    assert "patient" in patient.what
    shown = only(with_code(code), "coding.diagnosis-to-prove")
    assert shown.severity is Severity.NOTE
    assert need in shown.what
    unknown = found(asked(codes=(code,)))
    assert set(unknown) == {"coding.unsupported-diagnosis"}
    assert "no diagnosis" in unknown["coding.unsupported-diagnosis"][0].what


def test_a_diagnosis_that_is_not_about_the_jaw_is_looked_at_only_where_it_is_billed():
    other = Diagnosis(id="d-1", code="G43.709", purpose="other")
    assert found(Case(diagnoses=(other,))) == {}
    assert "coding.unsupported-diagnosis" in found(asked(codes=("G43.709",), diagnoses=(other,)))
