"""What an appeal to a Medicaid plan and a request for a State fair hearing hold."""

from datetime import date

import pytest
from acting_cases import (
    DENIAL,
    changed,
    said,
    unanswered,
    under,
    upheld,
    with_appeal,
    with_cut,
    with_opinion,
    written,
)

from tmjkit.case import Case, Funding, PartialDate, Urgency
from tmjkit.letters import Blank, compose

MANAGED, FFS = Funding.MEDICAID_MANAGED_CARE, Funding.MEDICAID_FFS


def managed(**fields: object) -> Case:
    return under(MANAGED, **fields)


def blanks(letter: object) -> list[str]:
    return [block.name for block in letter.blocks if isinstance(block, Blank)]  # type: ignore[attr-defined]


def test_it_names_the_sixty_days_and_the_day_to_go_by() -> None:
    text = said(written("medicaid-appeal", managed()))
    assert "60 calendar days from the date on the notice" in text
    assert "42 CFR 438.402(c)(2)(ii)" in text
    assert "December 5, 2026 is the day to go by" in text


def test_it_reserves_the_hearing() -> None:
    text = said(written("medicaid-appeal", managed()))
    assert "The right to a State fair hearing is kept" in text
    assert "42 CFR 438.408(f)(2)" in text
    assert "42 CFR 438.408(c)(3)" in text


def test_a_time_that_is_over_is_said_and_the_reason_left_to_the_patient() -> None:
    letter = compose("medicaid-appeal", with_appeal(managed()), today=date(2026, 12, 20))
    assert "That time is over" in said(letter)
    assert "late" in blanks(letter)
    assert "late" not in blanks(written("medicaid-appeal", managed()))


def test_benefits_go_on_only_where_an_approved_course_is_cut() -> None:
    assert "438.420" not in said(written("medicaid-appeal", managed()))
    letter = written("medicaid-appeal", with_cut(managed()))
    text = said(letter)
    assert "42 CFR 438.420(a)-(d)" in text
    assert "The plan may recover their cost if the member loses" in text
    assert "until December 1, 2026" in text
    assert "continuation" in blanks(letter)
    assert "I ask that my benefits go on" not in text


def test_where_the_appeal_says_so_it_is_asked_with_its_risk() -> None:
    case = with_appeal(with_cut(managed()), continues_benefits=True)
    letter = written("medicaid-appeal", case)
    text = said(letter)
    assert "I ask that my benefits go on until this is decided." in text
    assert "I know that I may have to pay for them if I lose." in text
    assert "continuation" not in blanks(letter)


def test_after_its_time_it_is_not_asked() -> None:
    case = with_appeal(
        with_cut(managed(), noticed="2026-11-01", effective="2026-11-12"), continues_benefits=True
    )
    assert "benefits go on" not in said(written("medicaid-appeal", case))


def test_a_provider_appeals_with_consent_and_does_not_take_the_members_risk() -> None:
    letter = written("medicaid-appeal", with_cut(managed()), voice="clinician")
    text = said(letter)
    assert "42 CFR 438.402(c)(1)(ii)" in text
    assert "consent" in blanks(letter)
    assert "438.420" not in text
    assert "statement" not in blanks(letter)
    assert "consent" not in blanks(written("medicaid-appeal", managed()))


@pytest.mark.parametrize(
    ("born", "young"),
    [
        ("2005-11-24", False),  # 21 today
        ("2005-11-25", True),
        ("2010", True),
        ("2005", False),  # may be 21 already
        ("1979-11-02", False),
    ],
)
@pytest.mark.parametrize("kind", ["medicaid-appeal", "fair-hearing"])
def test_the_rule_for_the_young_stands_only_for_who_is_surely_under_21(
    kind: str, born: str, young: bool
) -> None:
    case = managed() if kind == "medicaid-appeal" else under(FFS)
    case = changed(case, case.patient.id, birth_date=PartialDate.parse(born))
    letter = written(kind, case)
    assert ("F-EPSDT" in letter.facts) is young
    assert ("Under age 21" in said(letter)) is young


def test_without_a_date_of_birth_nothing_is_said_of_age() -> None:
    case = changed(managed(), managed().patient.id, birth_date=None)
    letter = compose("medicaid-appeal", case, today=date(2026, 11, 24), draft=True)
    assert "F-EPSDT" not in letter.facts


def test_it_is_expedited_only_where_that_is_recorded_and_by_the_clinicians_words() -> None:
    assert "expedite" not in said(written("medicaid-appeal", managed()))
    case = changed(managed(), "request-2026", urgency=Urgency.EXPEDITED)
    letter = written("medicaid-appeal", case)
    assert "42 CFR 438.410(a)" in said(letter)
    assert "severe pain" not in said(letter)
    assert "urgency" in blanks(letter)
    told = written("medicaid-appeal", with_opinion(case, "urgency", "Locked jaw, cannot eat."))
    assert "“Locked jaw, cannot eat.” Harper Placeholder, DMD" in said(told)
    assert "urgency" not in blanks(told)


def test_a_hearing_after_the_plans_appeal_names_that_decision_and_its_time() -> None:
    letter = written("fair-hearing", upheld(managed()))
    text = said(letter)
    assert letter.about_id == "determination-upheld"
    assert "decision of Example Health Plan of California of November 10, 2026" in text
    assert "February 8, 2027 is the day to go by" in text
    assert "42 CFR 431.242" in text
    assert "A-FFS" not in letter.facts


def test_a_hearing_without_the_plans_answer_shows_the_time_that_it_missed() -> None:
    letter = written("fair-hearing", unanswered(managed()))
    text = said(letter)
    assert letter.about_id == DENIAL
    assert "The appeal to the plan was sent on October 8, 2026" in text
    assert "its time ended on November 8, 2026" in text
    assert "No decision on it is on record on November 24, 2026." in text
    assert "42 CFR 438.408(c)(3)" in text
    assert "A-MCO-FILE" not in letter.facts


def test_under_fee_for_service_the_state_is_asked_at_once() -> None:
    letter = written("fair-hearing", under(FFS))
    text = said(letter)
    assert "42 CFR 431.221(d)" in text
    assert "438." not in text
    assert "office" in blanks(letter)


def test_services_are_restored_only_within_ten_days_of_the_change() -> None:
    soon = written("fair-hearing", with_cut(under(FFS), effective="2026-11-16"))
    assert "42 CFR 431.231(a)-(b)" in said(soon)
    assert "continuation" in blanks(soon)
    late = written("fair-hearing", with_cut(under(FFS), effective="2026-11-01"))
    assert "431.231" not in said(late)
    assert "431.231" not in said(written("fair-hearing", under(FFS)))


@pytest.mark.parametrize("kind", ["medicaid-appeal", "fair-hearing"])
def test_a_letter_that_argues_tells_and_answers_what_speaks_against(kind: str) -> None:
    case = upheld(managed()) if kind == "fair-hearing" else managed()
    letter = written(kind, case)
    assert letter.argues
    assert {"bmj-2023", "ernberg-2011", "kurtoglu-2008", "cadth"} <= set(letter.facts)
