"""The appointment names both, what it covers and its end, and both sign."""

import pytest
from acting_cases import ERISA, example, said, under, with_advocate, written

from tmjkit.case import Case, Funding
from tmjkit.letters import MissingFacts, Signature
from tmjkit.letters.letter import Letter, plain


def appointment(case: Case | None = None) -> Letter:
    return written("appointment", with_advocate(case or example(ERISA)))


def test_it_holds_what_the_check_list_asks() -> None:
    text = said(appointment())
    for part in (
        "Patient: Avery Example",
        "Representative: Kim Placeholder",
        "5 Example Row, Sampleton, CA 90000",
        "415-555-0199",
        "Plan: Example Widgets, Inc. Employee Health Plan",
        "Reference: PA-EX-261001",
        "OnabotulinumtoxinA into masseter and temporalis",
        "Authorization to release health information",
        "Ends on: November 24, 2027",
    ):
        assert part in text


def test_both_sign_and_nothing_is_signed_for_them() -> None:
    blocks = [block for block in appointment().blocks if isinstance(block, Signature)]
    assert [plain(block.lines[0]) for block in blocks] == ["Avery Example", "Kim Placeholder"]


@pytest.mark.parametrize("field", ["until", "address", "phone"])
def test_an_end_an_address_and_a_telephone_are_needed(field: str) -> None:
    with pytest.raises(MissingFacts):
        written("appointment", with_advocate(example(ERISA), **{field: None}))


def test_an_authorization_for_records_is_told_apart_from_the_right_to_appeal() -> None:
    text = said(appointment())
    assert "The one does not take the place of the other." in text
    assert "gives nobody the right to appeal (29 CFR 2560.503-1(b)(4))" in text
    assert "45 CFR 164.508(c)(1)-(2)" in text


@pytest.mark.parametrize(
    ("funding", "citation"),
    [
        (Funding.ORIGINAL_MEDICARE, "42 CFR 405.910"),
        (Funding.MEDICARE_ADVANTAGE, "42 CFR 422.561"),
        (Funding.PART_D, "42 CFR 423.560"),
    ],
)
def test_in_medicare_it_is_a_writing_like_the_form(funding: Funding, citation: str) -> None:
    text = said(appointment(under(funding)))
    assert "form CMS-1696 or in a writing like it" in text
    assert citation in text
    assert "2560" not in text


def test_outside_medicare_no_form_of_medicare_is_named() -> None:
    assert "CMS-1696" not in said(appointment())


def test_a_form_that_another_office_wants_is_named_and_not_replaced() -> None:
    california = said(appointment(under(Funding.INSURED_GROUP)))
    assert "DMHC a representative is named on its own form" in california
    new_york = said(appointment(under(Funding.INDIVIDUAL, state="NY")))
    assert "New York Standard Health Insurance Designee Form" in new_york
    assert "DMHC" not in new_york


@pytest.mark.parametrize("funding", sorted(set(Funding)))
def test_erisa_is_named_only_where_it_governs(funding: Funding) -> None:
    text = said(appointment(under(funding)))
    governs = funding in (Funding.SELF_FUNDED_ERISA, Funding.INSURED_GROUP)
    assert ("29 CFR 2560.503-1" in text) is governs


def test_the_person_who_is_not_appointed_yet_is_chosen() -> None:
    case = with_advocate(example(ERISA), appointed="2026-01-01")
    case = with_advocate(case, id="representative-lou", name="Lou Specimen")
    assert written("appointment", case).about_id == "representative-lou"
    named = written("appointment", case, about="representative-kim")
    assert named.about_id == "representative-kim"
