"""Under which law, and when, each letter fits."""

import pytest
from acting_cases import (
    CALIFORNIA,
    ERISA,
    EXAMPLES,
    KINDS,
    MEDICAID,
    TODAY,
    example,
    late_papers,
    unanswered,
    under,
    upheld,
    with_advocate,
    with_appeal,
)

from tmjkit.case import Case, Funding, Level, Outcome, PartialDate, RepresentativeKind
from tmjkit.letters import LetterError, MissingFacts, compose
from tmjkit.letters.compose import situate
from tmjkit.letters.kinds import Fit, State, kind_of
from tmjkit.letters.situation import Voice

ONLY = {
    "medicaid-appeal": {Funding.MEDICAID_MANAGED_CARE},
    "fair-hearing": {Funding.MEDICAID_MANAGED_CARE, Funding.MEDICAID_FFS},
    "reconsideration": {Funding.MEDICARE_ADVANTAGE},
    "coverage-exception": {Funding.PART_D},
}


def fit(kind: str, case: Case, **options: object) -> Fit:
    which = kind_of(kind)
    return which.fits(situate(which, case, TODAY, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("funding", list(Funding))
@pytest.mark.parametrize("kind", sorted(ONLY))
def test_a_letter_of_a_program_is_refused_under_every_other_law(
    kind: str, funding: Funding
) -> None:
    case = under(funding)
    found = fit(kind, case)
    if funding in ONLY[kind]:
        assert found.state is not State.NOT
        return
    assert found.state is State.NOT
    assert found.why
    with pytest.raises(LetterError) as refused:
        compose(kind, case, today=TODAY, draft=True)
    assert str(refused.value) == found.why


@pytest.mark.parametrize("kind", sorted(ONLY))
def test_while_the_funding_is_unknown_nothing_is_refused_and_no_law_is_cited(kind: str) -> None:
    found = fit(kind, under(None))
    assert (found.state, "Funding" in found.why) == (State.LATER, True)
    letter = compose(kind, under(None), today=TODAY, draft=True)
    assert "Law that governs the plan" in {gap.what for gap in letter.gaps}
    assert not [name for name in letter.facts if name.startswith(("A-", "F-"))]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_case_gives_gaps_and_no_crash_in_every_voice(kind: str) -> None:
    for voice in kind_of(kind).voices:
        with pytest.raises(MissingFacts) as stopped:
            compose(kind, Case(), today=TODAY, voice=voice.value)
        assert len(stopped.value.gaps) >= 4


@pytest.mark.parametrize("kind", ["medicaid-appeal", "reconsideration"])
def test_a_first_appeal_that_was_sent_or_settled_is_not_written_again(kind: str) -> None:
    [funding] = ONLY[kind]
    sent = with_appeal(under(funding), sent=PartialDate.parse("2026-11-02"))
    assert fit(kind, sent).state is State.NOT
    won = with_appeal(under(funding), outcome=Outcome.OVERTURNED)
    assert "overturned" in fit(kind, won).why


def test_without_a_denial_there_is_nothing_to_appeal_yet() -> None:
    found = fit("medicaid-appeal", example(MEDICAID))
    assert (found.state, "no decision that denies" in found.why) == (State.LATER, True)


def test_fee_for_service_goes_to_the_hearing_at_once() -> None:
    assert fit("fair-hearing", under(Funding.MEDICAID_FFS)).state is State.READY
    wrong = fit("medicaid-appeal", under(Funding.MEDICAID_FFS))
    assert (wrong.state, wrong.facts) == (State.NOT, ("A-FFS",))


def test_in_managed_care_the_plans_appeal_comes_before_the_hearing() -> None:
    case = under(Funding.MEDICAID_MANAGED_CARE)
    first = fit("fair-hearing", case)
    assert (first.state, first.facts) == (State.LATER, ("A-MCO-FH", "A-MCO-DEEMED"))
    assert fit("fair-hearing", upheld(case)).state is State.READY


def test_a_plan_that_misses_its_time_opens_the_hearing() -> None:
    late = unanswered(under(Funding.MEDICAID_MANAGED_CARE))
    assert fit("fair-hearing", late).state is State.READY
    in_time = with_appeal(
        under(Funding.MEDICAID_MANAGED_CARE),
        sent=PartialDate.parse("2026-11-10"),
        received=PartialDate.parse("2026-11-11"),
    )
    assert fit("fair-hearing", in_time).state is State.LATER


def test_a_hearing_is_not_asked_for_twice() -> None:
    case = with_appeal(
        under(Funding.MEDICAID_FFS), Level.FAIR_HEARING, sent=PartialDate.parse("2026-11-01")
    )
    assert "as asked for" in fit("fair-hearing", case).why
    assert fit("fair-hearing", case).state is State.NOT


def test_a_physician_does_not_ask_for_a_payment_to_be_reconsidered() -> None:
    case = under(Funding.MEDICARE_ADVANTAGE)
    denial = case.determinations[-1]
    case = case.with_record(denial.model_copy(update={"about_id": "claim-session-2"}))
    assert fit("reconsideration", case).state is State.READY
    spoken = fit("reconsideration", case, voice=Voice.CLINICIAN.value)
    assert (spoken.state, spoken.facts) == (State.NOT, ("F-MA-PHYSICIAN",))


def test_an_exception_is_asked_for_before_the_decision() -> None:
    decided = fit("coverage-exception", under(Funding.PART_D, ERISA))
    assert (decided.state, decided.facts) == (State.LATER, ("A-PTD",))
    assert "redetermination" in decided.why


@pytest.mark.parametrize("name", EXAMPLES)
def test_nobody_is_appointed_whom_nobody_named(name: str) -> None:
    assert fit("appointment", example(name)).state is State.LATER
    assert fit("appointment", with_advocate(example(name))).state is State.READY


def test_an_appointment_that_runs_is_not_made_again_and_one_that_ended_is() -> None:
    case = example(CALIFORNIA)
    signed = {"appointed": PartialDate.parse("2026-01-05")}
    assert fit("appointment", with_advocate(case, **signed)).state is State.LATER
    ended = with_advocate(case, **signed, until=PartialDate.parse("2026-06-30"))
    assert fit("appointment", ended).state is State.READY
    parent = with_advocate(case, kind=RepresentativeKind.GUARDIAN)
    assert "guardian" in fit("appointment", parent).why


def test_a_complaint_waits_until_something_is_late_or_not_kept() -> None:
    assert fit("complaint", example(CALIFORNIA)).state is State.LATER
    assert fit("complaint", late_papers(example(CALIFORNIA))).state is State.READY


def test_a_church_plan_that_pays_itself_has_no_office_on_record() -> None:
    case = late_papers(under(Funding.CHURCH, insured=False))
    assert fit("complaint", case).state is State.NOT
    insured = late_papers(under(Funding.CHURCH, insured=True))
    assert fit("complaint", insured).state is not State.NOT


def test_a_call_needs_a_plan_to_call_and_a_confirmation_a_call() -> None:
    assert fit("call-script", Case()).state is State.LATER
    assert fit("call-confirmation", Case()).state is State.LATER
    for name in EXAMPLES:
        assert fit("call-script", example(name)).state is State.READY
        assert fit("call-confirmation", example(name)).state is State.READY


@pytest.mark.parametrize("kind", KINDS)
def test_an_id_of_another_kind_of_record_is_refused(kind: str) -> None:
    with pytest.raises(LetterError, match="no "):
        compose(kind, example(CALIFORNIA), today=TODAY, draft=True, about="diagnosis-none")
