"""The expedited appeal: the words of the right standard, and a clinician's own certification."""

import pytest
from appeal_cases import (
    CALIFORNIA,
    ERISA,
    TODAY,
    blanks,
    certified,
    changed,
    covered,
    example,
    fit,
    refused,
    said,
)

from tmjkit.case import Claim, Funding, Statement
from tmjkit.letters import compose
from tmjkit.letters.kinds import State
from tmjkit.letters.lint import lint

PAIN = "severe pain"
STANDARD = {
    Funding.SELF_FUNDED_ERISA: "29 CFR 2560.503-1(m)(1)(i)-(iii)",
    Funding.INSURED_GROUP: "29 CFR 2560.503-1(m)(1)(i)-(iii)",
    Funding.INDIVIDUAL: "45 CFR 147.136(b)(3)(ii)(B)",
    Funding.STATE_LOCAL_GOVERNMENT: "45 CFR 147.136(b)(2)(ii)(B)",
}


def test_it_holds_what_an_expedited_appeal_has_to_hold() -> None:
    """Source: check-list F2-EXPEDITED."""
    case = certified(example(ERISA))
    letter = compose("appeal-expedited", case, today=TODAY)
    text = said("appeal-expedited", case)
    assert "could seriously jeopardize life, health or the ability to regain" in text
    by = case.providers[0].title
    assert f"“Without this she will not regain her opening.” {by}, November 20, 2026" in text
    assert "Telephone of the clinician: 614-555-0130" in text
    assert "Fax of the clinician: 614-555-0131" in text
    assert "Expedited external review at the same time" in text
    assert "within 72 hours" in text
    assert "orally or in writing" in text
    # It is quoted, and still not certified: that is for the clinician to sign.
    assert "certified" in blanks(letter)


def test_without_a_statement_the_certification_is_a_blank_that_is_never_filled() -> None:
    letter = compose("appeal-expedited", example(ERISA), today=TODAY)
    assert "certification" in blanks(letter)
    assert "states:" not in said("appeal-expedited", example(ERISA))
    patient = Statement(kind="urgency", text="It is unbearable.")
    case = example(ERISA).with_record(patient)
    assert "unbearable" not in said("appeal-expedited", case)
    assert "certification" in blanks(compose("appeal-expedited", case, today=TODAY))


def test_the_list_says_plainly_that_chronic_pain_alone_is_seldom_enough() -> None:
    found = fit("appeal-expedited", example(ERISA))
    assert found.state is State.LATER
    assert "alone usually does not meet the standard" in found.why
    assert "F-URGENT-WORDS" in found.facts
    assert fit("appeal-expedited", certified(example(ERISA))).state is State.READY
    # It is no argument against oneself in the letter.
    assert "usually does not meet" not in said("appeal-expedited", certified(example(ERISA)))


@pytest.mark.parametrize("funding", sorted(Funding))
def test_each_plan_is_told_its_own_standard_or_none(funding: Funding) -> None:
    case = covered(certified(example(CALIFORNIA)), funding=funding)
    if funding not in STANDARD:
        found = fit("appeal-expedited", case)
        assert found.state is State.NOT
        assert len(found.why) > 40
        assert PAIN not in refused("appeal-expedited", case)
        return
    text = said("appeal-expedited", case)
    assert STANDARD[funding] in text
    for other in set(STANDARD.values()) - {STANDARD[funding]}:
        assert other not in text


@pytest.mark.parametrize("funding", sorted(STANDARD))
def test_severe_pain_is_no_ground_for_the_review_outside(funding: Funding) -> None:
    case = covered(certified(example(CALIFORNIA)), funding=funding)
    inside, outside = said("appeal-expedited", case).split("Expedited external review at")
    assert PAIN in inside
    assert PAIN not in outside
    assert "45 CFR 147.136(d)(3)(i)" in outside


def test_where_outside_review_does_not_reach_it_is_not_asked_for() -> None:
    grandfathered = covered(certified(example(ERISA)), grandfathered=True)
    dental = covered(certified(example(ERISA)), benefit="dental")
    for case in (grandfathered, dental):
        assert "external review" not in said("appeal-expedited", case).lower()
    assert (
        fit(
            "appeal-expedited",
            covered(certified(example(CALIFORNIA)), funding="individual", grandfathered=True),
        ).state
        is State.NOT
    )


def test_care_that_was_given_is_never_urgent() -> None:
    case = certified(example(ERISA))
    claim = Claim(id="claim-given", coverage_id=case.coverages[0].id, start="2026-09-20")
    case = changed(case.with_record(claim), "determination-denial", about_id=claim.id)
    assert "payment for care that was given" in refused("appeal-expedited", case)


def test_it_passes_the_linter() -> None:
    for case in (example(ERISA), certified(example(ERISA))):
        letter = compose("appeal-expedited", case, today=TODAY)
        found = {item.rule for item in lint(letter, case, today=TODAY)}
        assert found <= {"quote-not-in-document"}, found
