"""The request for a review outside the plan: which process, what it holds, when it is open."""

from typing import Any

import pytest
from appeal_cases import (
    CALIFORNIA,
    ERISA,
    TODAY,
    blanks,
    certified,
    changed,
    covered,
    denied_for,
    example,
    fit,
    lost,
    refused,
    represented,
    said,
    second,
    silent,
    urgent_request,
    words,
)

from tmjkit.case import Appeal, Document, Funding, ReasonKind
from tmjkit.letters import LetterError, MissingFacts, compose, default_kind
from tmjkit.letters.kinds import State
from tmjkit.letters.lint import lint

KIND = "external-review"
OF_STATE = {
    "CA": ("Department of Managed Health Care", "6 months", "1374.30"),
    "NY": ("99 Washington Avenue, Box 177", "4 months", "N.Y. Ins. Law"),
    "TX": ("Form LHL009", "at least 4 months", "Tex. Ins. Code"),
    "IL": ("320 West Washington Street", "4 months", "215 ILCS 180"),
    "WA": ("register", "180 days", "WAC 284-43"),
    "MN": ("Minnesota Department of Health", "6 months", "Minn. Stat. 62Q.73"),
}
MARKS = {
    "CA": "Cal. Health",
    "NY": "N.Y. Ins",
    "TX": "Tex. Ins",
    "IL": "215 ILCS",
    "WA": "WAC 284",
    "MN": "Minn. Stat",
}


def test_it_holds_what_a_request_has_to_hold() -> None:
    """Source: check-list F2-EXTERNAL."""
    case = lost()
    letter = compose(KIND, case, today=TODAY)
    text = said(KIND, case)
    assert "its final denial of November 10, 2026, received on November 14, 2026" in text
    assert "Service: OnabotulinumtoxinA into masseter and temporalis, both sides" in text
    assert "is one of medical judgment" in text
    assert "45 CFR 147.136(d)(1)" in text
    assert {"release", "new"} <= blanks(letter)
    assert "certification" not in blanks(letter)
    assert "External review is asked for within 4 months" in text
    assert "This request is made within that time, on November 23, 2026." in text
    assert "Ernberg 2011" in text
    assert "Enclosures" in text
    assert text.startswith("Avery Example")
    # The federal request is filed with the plan.
    assert "Example Mutual Benefit Administrators\nAppeals Unit" in text


@pytest.mark.parametrize("state", sorted(OF_STATE))
def test_each_state_has_its_own_form_and_no_other_ones(state: str) -> None:
    text = said(KIND, lost(CALIFORNIA, state=state, internal_levels=1))
    for mark in OF_STATE[state]:
        assert mark in text
    for other in set(MARKS) - {state}:
        assert MARKS[other] not in text
    assert "147.136(d)" not in text


@pytest.mark.parametrize("state", [*OF_STATE, "OR", "FL"])
def test_a_plan_that_pays_itself_follows_the_federal_process_whatever_its_state(
    state: str,
) -> None:
    text = said(KIND, lost(ERISA, state=state))
    assert "45 CFR 147.136(d)(2)(i)" in text
    for mark in MARKS.values():
        assert mark not in text


def test_the_run_by_hhs_goes_to_its_contractor() -> None:
    text = said(KIND, lost(CALIFORNIA, state="OR", internal_levels=1, external_process="hhs"))
    assert "3750 Monroe Avenue, Suite 705, Pittsford, NY 14534" in text
    assert "45 CFR 147.136(d)(4)" in text


def test_a_state_without_a_form_on_record_leaves_the_address_to_the_denial() -> None:
    case = lost(CALIFORNIA, state="OR", internal_levels=1)
    assert "addressee" in blanks(compose(KIND, case, today=TODAY))
    assert "45 CFR 147.136(c)(2)(vi)" in said(KIND, case)


@pytest.mark.parametrize(
    ("state", "product", "told"),
    [
        ("CA", "hmo", {"980 9th Street"}),
        ("CA", "ppo", {"980 9th Street", "300 South Spring Street"}),
        ("CA", None, {"980 9th Street", "300 South Spring Street"}),
        ("MN", "hmo", {"P.O. Box 64975"}),
        ("MN", "ppo", {"85 7th Place East"}),
        ("MN", None, {"P.O. Box 64975", "85 7th Place East"}),
    ],
)
def test_two_departments_are_both_named_where_nobody_knows_which(
    state: str, product: str | None, told: set[str]
) -> None:
    case = lost(CALIFORNIA, state=state, product=product, internal_levels=1)
    letter = compose(KIND, case, today=TODAY)
    text = said(KIND, case)
    every = {"980 9th Street", "300 South Spring Street", "P.O. Box 64975", "85 7th Place East"}
    assert {place for place in every if place in text} == told
    assert ("addressee" in blanks(letter)) == (len(told) > 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": None},
        {"state": "FL"},
        {"funding": None},
        {"funding": "state-local-government"},
    ],
)
def test_an_unknown_process_is_asked_for(fields: dict[str, Any]) -> None:
    case = lost(CALIFORNIA, **fields, internal_levels=1)
    with pytest.raises(MissingFacts, match="Process of external review"):
        compose(KIND, case, today=TODAY)


@pytest.mark.parametrize("funding", ["insured-group", "state-local-government"])
def test_a_process_of_floridas_own_is_questioned_and_not_asked_for_again(funding: str) -> None:
    case = lost(
        CALIFORNIA, state="FL", internal_levels=1, external_process="state", funding=funding
    )
    with pytest.raises(MissingFacts, match="Florida runs no process of its own"):
        compose(KIND, case, today=TODAY)


@pytest.mark.parametrize("named", ["federal", "hhs"])
def test_florida_follows_the_federal_one_that_the_denial_names(named: str) -> None:
    case = lost(CALIFORNIA, state="FL", internal_levels=1, external_process=named)
    assert "147.136(d)" in said(KIND, case)


REACHED = {
    Funding.SELF_FUNDED_ERISA,
    Funding.INSURED_GROUP,
    Funding.INDIVIDUAL,
    Funding.STATE_LOCAL_GOVERNMENT,
}


@pytest.mark.parametrize("funding", sorted(set(Funding) - REACHED))
def test_elsewhere_it_is_refused_with_the_step_that_is_next(funding: Funding) -> None:
    why = refused(KIND, lost(funding=funding))
    assert "does not reach the plan: " in why
    assert len(why.split(": ", 1)[1]) > 25


def test_grandfathered_and_dental_plans_are_told_why_not() -> None:
    found = fit(KIND, lost(grandfathered=True))
    assert (found.state, found.facts) == (State.NOT, ("A-GRAND",))
    assert "dental benefit" in refused(KIND, lost(benefit="dental"))


# When it is open


def test_before_the_plan_has_decided_the_appeal_it_waits() -> None:
    found = fit(KIND, example(ERISA))
    assert found.state is State.LATER
    assert "the appeal to the plan comes first" in found.why
    assert fit(KIND, second()).state is State.LATER


def test_after_its_time_it_is_refused() -> None:
    day = {"notice_date": "2026-02-02", "received_date": "2026-02-06"}
    case = changed(lost(internal_levels=1), "determination-upheld", **day)
    why = refused(KIND, case)
    assert "the time for it is over" in why
    assert "2026" not in why


def test_it_is_not_sent_twice_nor_after_all_is_won() -> None:
    sent = Appeal(
        id="appeal-outside",
        determination_id="determination-upheld",
        level="external",
        sent="2026-11-18",
    )
    assert "was sent already" in refused(KIND, lost().with_record(sent))
    won = sent.model_copy(update={"outcome": "overturned"})
    case = lost().with_record(Appeal.model_validate(won.model_dump()))
    assert "was overturned" in refused(KIND, case)


def test_a_plan_that_is_late_opens_it_with_the_deadline_that_it_missed() -> None:
    case = silent()
    assert fit(KIND, case).state is State.READY
    text = said(KIND, case)
    assert "The plan’s time has passed" in text  # noqa: RUF001 -- the letter's own mark
    assert "The appeal was sent on August 20, 2026" in text
    assert (
        "The decision was due by September 20, 2026 at the latest, and none is on record." in text
    )
    assert "29 CFR 2560.503-1(i)(2)(ii)" in text
    assert "45 CFR 147.136(b)(2)(ii)(F)(1)-(2)" in text
    assert "final denial of" not in text


def test_an_individual_issuer_that_is_late_is_told_of_its_own_rule() -> None:
    text = said(KIND, silent(CALIFORNIA, funding="individual", state="OR"))
    assert "45 CFR 147.136(b)(3)(ii)(F)(1)-(2)" in text
    assert "2560.503" not in text


def test_experimental_denials_in_california_need_no_grievance_first() -> None:
    case = denied_for(example(CALIFORNIA), ReasonKind.EXPERIMENTAL)
    assert fit(KIND, case).state is State.READY
    assert fit(KIND, example(CALIFORNIA)).state is State.LATER


def test_a_first_denial_is_never_called_final() -> None:
    opened = said(KIND, denied_for(example(CALIFORNIA), ReasonKind.EXPERIMENTAL))
    assert "of its denial of October 6, 2026, received on October 9, 2026" in opened
    assert "inal denial of" not in opened
    for case in (example(CALIFORNIA), example(ERISA)):
        draft = compose(KIND, case, today=TODAY, draft=True)
        assert "Final denial" in {gap.what for gap in draft.gaps}
        told = words(draft)
        assert "final denial of" not in told
        assert "received on" not in told


def test_the_first_decision_stays_no_final_one_where_another_is_named_as_well() -> None:
    draft = compose(KIND, lost(), today=TODAY, draft=True, about="determination-denial")
    assert "Final denial" in {gap.what for gap in draft.gaps}


def test_a_decision_before_the_second_appeal_is_not_final() -> None:
    draft = compose(KIND, second(), today=TODAY, draft=True)
    assert "Final denial" in {gap.what for gap in draft.gaps}


# What it holds by case


def test_an_expedited_review_needs_the_clinicians_certification() -> None:
    case = urgent_request(lost())
    letter = compose(KIND, case, today=TODAY)
    assert "certification" in blanks(letter)
    text = said(KIND, case)
    assert "45 CFR 147.136(d)(3)(i)" in text
    assert "severe pain" not in text
    told = said(KIND, certified(lost()))
    assert "“Without this she will not regain her opening.”" in told


def test_new_york_asks_for_the_physicians_attestation_of_experimental_denials() -> None:
    case = lost(CALIFORNIA, state="NY", internal_levels=1)
    letter = compose(KIND, case, today=TODAY)
    assert "attestation" in blanks(letter)
    assert "N.Y. Ins. Law 4910(b)(2)" in said(KIND, case)
    other = changed(
        case,
        "determination-upheld",
        reasons=({"kind": "not-medically-necessary", "text": "Not needed."},),
    )
    assert "attestation" not in blanks(compose(KIND, other, today=TODAY))


def test_papers_that_came_after_the_denial_are_named_as_new() -> None:
    paper = Document(
        id="document-new",
        name="Later visit note",
        kind="clinical-note",
        date="2026-11-18",
        size=1,
        sha256="0" * 64,
    )
    text = said(KIND, lost().with_record(paper))
    told = text.split("What is new since the denial")[1].split("New evidence")[0]
    assert "Later visit note, November 18, 2026 (Exhibit" in told
    assert "Denial notice" not in told


def test_an_exclusion_is_put_to_the_reviewer_and_not_called_medical() -> None:
    case = changed(
        lost(),
        "determination-upheld",
        reasons=({"kind": "excluded", "text": "The plan excludes care of the jaw joint."},),
    )
    text = said(KIND, case)
    assert "is one of medical judgment" not in text
    assert "Please decide whether the reason that is quoted below asks for medical judgment" in text
    assert "an exception that asks for medical necessity, involves medical judgment" in text


def test_an_advocate_encloses_the_form_that_names_them() -> None:
    case = represented(lost())
    letter = compose(KIND, case, today=TODAY, voice="advocate")
    assert "appointment" in blanks(letter)
    assert "appointment" not in blanks(compose(KIND, case, today=TODAY))
    assert "I write as the authorized representative of Avery Example" in said(
        KIND, case, voice="advocate"
    )


def test_the_highest_decision_is_reviewed_unless_another_is_named() -> None:
    case = lost()
    assert compose(KIND, case, today=TODAY).about_id == "determination-upheld"
    with pytest.raises(LetterError, match="no determination"):
        compose(KIND, case, today=TODAY, about="determination-x")


def test_it_passes_the_linter_in_every_process_and_is_what_the_case_calls_for() -> None:
    cases = [lost(), silent(), certified(lost())]
    cases += [lost(CALIFORNIA, state=state, internal_levels=1) for state in (*OF_STATE, "OR")]
    for case in cases:
        letter = compose(KIND, case, today=TODAY)
        found = {item.rule for item in lint(letter, case, today=TODAY)}
        assert found <= {"quote-not-in-document"}, found
    assert default_kind(lost()) == KIND


def test_a_dental_or_unknown_coverage_is_told_nothing_of_the_federal_rule() -> None:
    text = said(KIND, covered(lost(), funding=None), draft=True)
    for wrong in ("CFR", "USC", "ERISA", "Ins. Law"):
        assert wrong not in text
