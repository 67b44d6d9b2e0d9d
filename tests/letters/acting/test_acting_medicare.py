"""What a reconsideration and a request for an exception hold."""

import pytest
from acting_cases import ERISA, changed, ready, said, under, with_opinion, written

from tmjkit.case import (
    Case,
    Document,
    DocumentKind,
    Funding,
    ServiceLine,
    Urgency,
)
from tmjkit.letters import Blank, Letter


def advantage(**fields: object) -> Case:
    return under(Funding.MEDICARE_ADVANTAGE, **fields)


def drug() -> Case:
    return ready()["coverage-exception patient"][0]


def blanks(letter: Letter) -> list[str]:
    return [block.name for block in letter.blocks if isinstance(block, Blank)]


def test_it_says_the_sixty_days_and_that_receipt_is_presumed() -> None:
    text = said(written("reconsideration", advantage()))
    assert "42 CFR 422.582(b)(1)" in text
    assert "65 days from that date" in text
    assert "December 8, 2026 is the day to go by" in text


def test_the_drug_of_part_b_has_its_own_shorter_time() -> None:
    text = said(written("reconsideration", advantage()))
    assert "drug under Part B within 7 days" in text
    assert "This time is not extended" in text
    other = changed(advantage(), "request-2026", lines=(ServiceLine(code="97110"),))
    text = said(written("reconsideration", other))
    assert "about a service within 30 days" in text
    assert "drug under Part B" not in text


def test_a_payment_has_the_time_of_a_payment() -> None:
    case = changed(advantage(), "determination-denial", about_id="claim-session-2")
    text = said(written("reconsideration", case))
    assert "about a payment within 60 days" in text
    assert "drug under Part B" not in text
    assert "I ask you to expedite" not in text


def test_the_prescribers_words_are_quoted_or_left_blank() -> None:
    bare = written("reconsideration", advantage())
    assert "support" in blanks(bare)
    told = written("reconsideration", with_opinion(advantage(), "necessity", "Chewing is lost."))
    assert "“Chewing is lost.” Harper Placeholder, DMD, November 20, 2026" in said(told)
    assert "support" not in blanks(told)


def test_the_patients_own_words_never_stand_as_the_prescribers() -> None:
    case = with_opinion(advantage(), "necessity", "I need it.")
    case = changed(case, "statement-necessity", provider_id=None)
    letter = written("reconsideration", case)
    assert "I need it." not in said(letter)
    assert "support" in blanks(letter)


def test_a_compendium_is_cited_only_where_a_page_of_it_is_on_file() -> None:
    bare = written("reconsideration", advantage())
    assert "compendium" in blanks(bare)
    page = Document(
        id="document-compendium",
        kind=DocumentKind.ARTICLE,
        name="Example compendium, entry on the product",
        media_type="application/pdf",
        sha256="a" * 64,
        size=1000,
        pages=1,
    )
    told = written("reconsideration", advantage().with_record(page))
    assert "Example compendium, entry on the product" in said(told)
    assert "compendium" not in blanks(told)
    assert "document-compendium" in {item.document_id for item in told.exhibits}


def test_it_is_expedited_by_life_health_or_function_only() -> None:
    assert "I ask you to expedite" not in said(written("reconsideration", advantage()))
    case = changed(advantage(), "request-2026", urgency=Urgency.EXPEDITED)
    letter = written("reconsideration", case)
    text = said(letter)
    assert "jeopardize life, health or the ability to regain maximum function" in text
    assert "severe pain" not in text
    assert "42 CFR 422.584(a), (c)(2)(ii)" in text
    assert "within 72 hours" in text
    assert "urgency" in blanks(letter)


def test_who_decides_and_what_comes_after_is_said() -> None:
    text = said(written("reconsideration", advantage()))
    assert "42 CFR 422.590(h)(2)" in text
    assert "independent review entity" in text
    assert "42 CFR 422.101(b)(6)" in text


def test_a_physician_speaks_with_notice_to_the_enrollee() -> None:
    text = said(written("reconsideration", advantage(), voice="clinician"))
    assert "42 CFR 422.578" in text
    assert "A copy of this letter goes to the enrollee." in text


@pytest.mark.parametrize("voice", ["patient", "advocate", "clinician"])
def test_an_exception_holds_what_the_check_list_asks(voice: str) -> None:
    letter = written("coverage-exception", ready()[f"coverage-exception {voice}"][0], voice=voice)
    text = said(letter)
    assert "(42 CFR 423.578(a)(3)-(5), (b))" in text
    assert {"support", "compendium"} <= set(blanks(letter))
    assert "This is an off-label use." in text
    assert "expedite" not in text


def test_an_exception_quotes_why_a_step_cannot_be_taken() -> None:
    case = with_opinion(drug(), "step", "The other drug made the patient drowsy.")
    text = said(written("coverage-exception", case))
    assert "“The other drug made the patient drowsy.” Jordan Sample" in text


def test_an_exception_is_expedited_where_that_is_recorded() -> None:
    case = changed(drug(), "request-first", urgency=Urgency.EXPEDITED)
    letter = written("coverage-exception", case)
    assert "I ask you to expedite this." in said(letter)
    assert "urgency" in blanks(letter)


def test_no_clock_of_medicare_advantage_stands_in_a_letter_to_a_drug_plan() -> None:
    assert "422." not in said(written("coverage-exception", drug()))
    assert under(Funding.PART_D, ERISA).coverages[0].funding is Funding.PART_D
