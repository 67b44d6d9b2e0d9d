"""Procedure codes fit each other, the muscles, the sides, the guidance and the benefit."""

import pytest
from coding_cases import asked, billed, cover, dose, found, line, only, session

from tmjkit.case import Document
from tmjkit.rules import Severity

JAW = (dose(25), dose(25, side="left"), dose(10, "temporalis"), dose(10, "temporalis", "left"))
PATTERN = (
    dose(20, "other", "both", "Frontalis"),
    dose(40, "temporalis", "both"),
    dose(30, "other", "both", "Cervical paraspinal muscles"),
    dose(30, "other", "both", "Trapezius"),
)
UNKNOWN = (dose(30, "other", "both", "Some muscle"),)


# Facts C-64615 and C-20552, by own-words meanings of the numbers.
@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("64615", code) for code in ("64612", "64616", "64617", "64642", "64643")),
        *(("64615", code) for code in ("64644", "64645", "64646", "64647")),
        ("20552", "20553"),
    ],
)
def test_codes_that_do_not_stand_together(one, other):
    for case in (billed(line(one), line(other)), asked(line(other), line(one))):
        item = only(case, "coding.procedure-pair")
        assert item.severity is Severity.WRONG
        assert one in item.what
        assert other in item.what


@pytest.mark.parametrize(
    ("one", "other"), [("64612", "64616"), ("64615", "95874"), ("64999", "J0585")]
)
def test_codes_that_may_stand_together(one, other):
    assert "coding.procedure-pair" not in found(billed(line(one), line(other)))


def test_codes_of_different_days_are_not_a_pair():
    case = billed(line("64615", date="2026-03-02"), line("64612", date="2026-06-01"))
    assert "coding.procedure-pair" not in found(case)


# Fact 64615-50: the code means both sides already.
@pytest.mark.parametrize(
    "lines",
    [
        (line("64615", 1, "50"),),
        (line("64615", 1, "RT", "LT"),),
        (line("64615", 1, "RT"), line("64615", 1, "LT")),
        (line("64615", 1, "59", "50"),),
    ],
)
def test_both_sides_said_twice(lines):
    assert "coding.both-sides-twice" in found(billed(*lines))


@pytest.mark.parametrize(
    "lines",
    [(line("64615"),), (line("64612", 1, "50"),), (line("64615", 1, "59"), line("64612", 1, "50"))],
)
def test_sides_said_once(lines):
    assert "coding.both-sides-twice" not in found(billed(*lines))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((line("64612"),), True),
        ((line("64612", 1, "50"),), False),
        ((line("64612", 2),), False),
        ((line("64612", 1, "RT"), line("64612", 1, "LT")), False),
    ],
)
def test_a_code_that_counts_by_side(lines, told):
    case = billed(*lines, sessions=(session("2026-03-02", *JAW),))
    assert ("coding.per-side" in found(case)) is told
    one_side = billed(*lines, sessions=(session("2026-03-02", dose(25)),))
    assert "coding.per-side" not in found(one_side)


def test_a_facial_code_for_muscles_of_chewing():
    case = asked(line("64612"), doses=(dose(25), dose(10, "medial-pterygoid")))
    item = only(case, "coding.facial-code")
    assert item.severity is Severity.WEAK
    assert "masseter and medial pterygoid" in item.what
    assert "in writing" in item.where
    assert only(asked(line("64612")), "coding.facial-code").severity is Severity.NOTE
    facial = asked(line("64612"), doses=(dose(5, "other", "both", "Frontalis"),))
    assert "coding.facial-code" not in found(facial)


@pytest.mark.parametrize(
    ("doses", "lacks"),
    [
        (JAW, "facial, cervical spinal and accessory"),
        (PATTERN[:3], "accessory"),
        (PATTERN[1:], "facial"),
        (
            (dose(30, "other", "both", "Some muscle"),),
            "facial, trigeminal, cervical spinal and accessory",
        ),
        ((*PATTERN[:3], *UNKNOWN), "accessory"),
    ],
)
def test_a_code_for_four_territories_where_they_are_not_all_shown(doses, lacks):
    item = only(asked(line("64615"), doses=doses), "coding.territories")
    assert item.severity is Severity.WEAK
    assert item.what.endswith(f"no muscle in the territory: {lacks}")


def test_a_code_for_four_territories_without_any_muscle_recorded():
    assert only(asked(line("64615")), "coding.territories").severity is Severity.MISSING


def test_the_whole_pattern_on_both_sides_gets_no_word():
    assert "coding.territories" not in found(asked(line("64615"), doses=PATTERN))
    right = tuple(item.model_copy(update={"side": dose().side}) for item in PATTERN)
    assert "one side only" in only(asked(line("64615"), doses=right), "coding.territories").what


# Section C2: what these numbers describe, in own words.
@pytest.mark.parametrize(
    ("code", "describes"),
    [
        ("20552", "trigger points"),
        ("20553", "trigger points"),
        ("20605", "the joint"),
        ("96372", "a plain injection"),
        ("64642", "an arm or a leg"),
        ("D9613", "dental surgery"),
    ],
)
def test_a_code_for_something_else_beside_toxin(code, describes):
    for case in (
        asked(line(code), line("J0585", 70)),
        asked(line(code), doses=JAW),
        billed(line(code), sessions=(session("2026-03-02", *JAW),)),
    ):
        item = only(case, "coding.other-procedure")
        assert item.severity is Severity.WEAK
        assert describes in item.why


@pytest.mark.parametrize("code", ["20552", "20605", "96372"])
def test_such_a_code_without_toxin_is_nobody_s_business(code):
    assert "coding.other-procedure" not in found(billed(line(code)))


# Fact C-95873: only where it was done and is documented.
@pytest.mark.parametrize(
    ("code", "guidance", "severity"),
    [
        ("95873", "stimulation", None),
        ("95874", "emg", None),
        ("95874", "stimulation", Severity.WEAK),
        ("95873", "emg", Severity.WEAK),
        ("95874", "none", Severity.WEAK),
        ("95874", "ultrasound", Severity.WEAK),
        ("95874", None, Severity.MISSING),
    ],
)
def test_guidance_is_billed_only_as_the_session_says(code, guidance, severity):
    given_ = session("2026-03-02", *JAW, guidance=guidance)
    rules = found(billed(line("64999"), line(code), sessions=(given_,)))
    assert [item.severity for item in rules.get("coding.guidance", ())] == (
        [severity] if severity else []
    )


def test_guidance_that_is_only_asked_for():
    case = asked(line("64999"), line("95874"), doses=JAW)
    assert only(case, "coding.guidance").severity is Severity.NOTE


def test_guidance_without_what_it_guides():
    assert "coding.add-on" in found(billed(line("95874"), line("J0585", 70)))
    assert "coding.add-on" not in found(billed(line("95874"), line("64999")))


@pytest.mark.parametrize("code", ["64615", "95873", "95874"])
def test_what_stands_once_in_a_session(code):
    assert "2 times" in only(billed(line(code, 2)), "coding.once").what
    assert "coding.once" in found(billed(line(code), line(code)))
    assert "coding.once" not in found(asked(line(code, 2)))  # may be for two sessions
    assert "coding.once" not in found(billed(line(code)))


def test_an_unlisted_code_needs_its_papers():
    item = only(asked(line("64999")), "coding.unlisted")
    assert item.severity is Severity.NOTE
    for paper in ("cover letter", "compares with", "procedure note"):
        assert paper in item.why
    bare = billed(line("64999"))
    assert only(bare, "coding.unlisted").severity is Severity.MISSING
    paper = Document(
        name="Injection record", kind="injection-record", size=1, sha256="0" * 64, pages=1
    )
    noted = bare.with_record(paper)
    assert only(noted, "coding.unlisted").severity is Severity.NOTE


def test_a_dental_code_by_report():
    case = billed(line("D7899"), benefit="dental")
    assert "narrative" in only(case, "coding.by-report").why
    assert "coding.dental-code" not in found(case)


@pytest.mark.parametrize("code", ["D7880", "D7899", "D9613"])
def test_a_dental_code_on_the_medical_benefit(code):
    assert "coding.dental-code" in found(billed(line(code), benefit="medical"))


@pytest.mark.parametrize("code", ["64999", "J0585"])
def test_a_medical_code_on_the_dental_benefit(code):
    assert "coding.medical-code" in found(billed(line(code), benefit="dental"))


@pytest.mark.parametrize("benefit", [None, "pharmacy"])
def test_another_benefit_is_not_judged(benefit):
    rules = found(billed(line("64999"), line("D7880"), benefit=benefit))
    assert not {"coding.dental-code", "coding.medical-code"} & rules.keys()


def test_the_benefit_is_that_of_the_coverage_that_the_claim_names():
    dental = cover(benefit="dental").model_copy(update={"id": "coverage-2"})
    given_ = billed(line("D7880")).with_record(dental)
    to_dental = given_.claims[0].model_copy(update={"coverage_id": "coverage-2"})
    to_medical = given_.claims[0].model_copy(update={"coverage_id": "coverage-1"})
    assert "coding.dental-code" not in found(given_)  # two coverages, and none is named
    assert "coding.dental-code" not in found(given_.with_record(to_dental))
    assert "coding.dental-code" in found(given_.with_record(to_medical))
