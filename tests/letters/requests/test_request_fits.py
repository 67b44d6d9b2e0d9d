"""Which requests fit a case, which wait for something, and which do not apply, and why."""

import pytest
from request_letters import (
    CALIFORNIA,
    ERISA,
    EXAMPLES,
    KINDS,
    MEDICAID,
    READY,
    TODAY,
    asked_anew,
    changed,
    denied_for,
    example,
    given_without_asking,
    left_network,
    outside_network,
    to_another_benefit,
    with_funding,
)

from tmjkit.case import Appeal, Case, Funding, ReasonKind
from tmjkit.knowledge import facts
from tmjkit.letters import LetterError, compose
from tmjkit.letters.compose import situate
from tmjkit.letters.kinds import Fit, State, kind_of


def fit(kind: str, case: Case, **options: str) -> Fit:
    found = kind_of(kind)
    return found.fits(situate(found, case, TODAY, **options))


FROM_THE_START = ("plan-documents", "records-request", "medical-necessity")
DENIED = ("claim-file", "denial-reason", "peer-to-peer")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_case_that_it_fits_and_that_lacks_nothing(kind: str) -> None:
    case = READY[kind]()
    assert fit(kind, case).state is State.READY
    assert not compose(kind, case, today=TODAY).gaps


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_does_not_fit_says_why_and_names_facts_that_there_are(kind: str, name: str) -> None:
    found = fit(kind, example(name))
    assert bool(found.why) is (found.state is not State.READY)
    assert not found.why.endswith(".")
    assert set(found.facts) <= set(facts())


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_case_is_never_told_that_a_request_does_not_apply(kind: str) -> None:
    assert fit(kind, Case()).state is not State.NOT


def test_the_examples_have_the_requests_that_their_papers_call_for() -> None:
    for name in (ERISA, CALIFORNIA):
        for kind in (*FROM_THE_START, *DENIED):
            assert fit(kind, example(name)).state is State.READY, (name, kind)
    for kind in FROM_THE_START:
        assert fit(kind, example(MEDICAID)).state is State.READY, kind
    for kind in DENIED:
        assert fit(kind, example(MEDICAID)).state is State.LATER, kind


# The claim file, by the law of the plan

GIVES_THE_FILE = {
    Funding.SELF_FUNDED_ERISA,
    Funding.INSURED_GROUP,
    Funding.INDIVIDUAL,
    Funding.STATE_LOCAL_GOVERNMENT,
    Funding.MEDICAID_MANAGED_CARE,
}


@pytest.mark.parametrize("funding", Funding)
def test_the_claim_file_is_asked_for_only_where_a_rule_gives_it(funding: Funding) -> None:
    case = with_funding(example(ERISA), funding)
    found = fit("claim-file", case)
    if funding in GIVES_THE_FILE:
        assert found.state is State.READY
        return
    assert found.state is State.NOT
    assert "records-request" in found.why
    assert "denial-reason" in found.why
    with pytest.raises(LetterError, match="no rule on record gives the claim file"):
        compose("claim-file", case, today=TODAY, draft=True)
    for other in ("records-request", "denial-reason"):
        assert fit(other, case).state is State.READY


def test_a_grandfathered_plan_outside_erisa_gives_no_claim_file() -> None:
    case = with_funding(example(ERISA), Funding.INDIVIDUAL)
    case = changed(case, "coverage-employer", grandfathered=True)
    found = fit("claim-file", case)
    assert found.state is State.NOT
    assert "grandfathered" in found.why


def test_a_grandfathered_plan_of_an_employer_gives_it_still() -> None:
    case = changed(example(ERISA), "coverage-employer", grandfathered=True)
    assert fit("claim-file", case).state is State.READY


def test_while_the_law_is_unknown_the_claim_file_is_not_refused() -> None:
    assert fit("claim-file", with_funding(example(ERISA), None)).state is State.READY


# Authorization


def test_what_was_denied_is_not_asked_for_again_but_a_new_request_is() -> None:
    case = example(ERISA)
    assert fit("prior-authorization", case).state is State.LATER
    assert "appeal" in fit("prior-authorization", case).why
    assert fit("prior-authorization", asked_anew(case)).state is State.READY


def test_what_was_sent_is_not_sent_again() -> None:
    case = changed(example(ERISA), "determination-denial", about_id=None)
    found = fit("prior-authorization", case)
    assert found.state is State.LATER
    assert "October 1, 2026" in found.why


def test_going_on_needs_an_injection_before() -> None:
    assert fit("re-authorization", asked_anew(example(ERISA))).state is State.LATER
    assert fit("re-authorization", asked_anew(example(CALIFORNIA))).state is State.READY
    case = asked_anew(example(CALIFORNIA))
    for item in case.sessions:
        case = changed(case, item.id, date="2027-01-04")
    assert fit("re-authorization", case).state is State.LATER


def test_late_authorization_is_for_a_denial_that_misses_one() -> None:
    assert fit("late-authorization", example(ERISA)).state is State.LATER
    assert fit("late-authorization", given_without_asking()).state is State.READY


def approved_before(until: str | None) -> Case:
    """Return the claim that was denied beside an earlier approval of the same code."""
    case = changed(example(CALIFORNIA), "determination-approval", approved_until=until)
    case = denied_for(case, ReasonKind.NO_PRIOR_AUTHORIZATION)
    return changed(case, "determination-denial", about_id="claim-session-2")


@pytest.mark.parametrize(
    ("until", "state"),
    [("2026-08-28", State.NOT), (None, State.NOT), ("2026-01-31", State.READY)],
)
def test_an_approval_that_still_held_is_shown_in_an_appeal(until: str | None, state: State) -> None:
    found = fit("late-authorization", approved_before(until))
    assert found.state is state
    if state is State.NOT:
        assert "appeal" in found.why


@pytest.mark.parametrize("kind", ["late-authorization", "other-benefit", "peer-to-peer"])
def test_nothing_is_asked_about_a_denial_that_was_set_right(kind: str) -> None:
    case = READY[kind]().with_record(
        Appeal(determination_id="determination-denial", sent="2026-10-20", outcome="overturned")
    )
    assert fit(kind, case).state is State.NOT


@pytest.mark.parametrize(
    ("level", "state"),
    [
        ("initial", State.READY),
        ("internal-1", State.READY),
        ("external", State.NOT),
        ("fair-hearing", State.NOT),
        ("court", State.NOT),
    ],
)
def test_a_talk_with_a_peer_is_for_the_payers_own_decisions(level: str, state: State) -> None:
    assert fit(
        "peer-to-peer", changed(example(ERISA), "determination-denial", level=level)
    ).state is (state)


# Network


@pytest.mark.parametrize(
    ("network", "state"),
    [(None, State.LATER), ("in", State.NOT), ("out", State.READY), ("left", State.READY)],
)
def test_an_exception_is_for_a_clinician_outside_the_network(
    network: str | None, state: State
) -> None:
    case = changed(asked_anew(example(ERISA)), "provider-orofacial", network=network)
    assert fit("network-exception", case).state is state


@pytest.mark.parametrize("funding", [Funding.ORIGINAL_MEDICARE, Funding.MEDICAID_FFS])
def test_fee_for_service_has_no_network(funding: Funding) -> None:
    assert fit("network-exception", with_funding(outside_network(), funding)).state is State.NOT


def test_an_indemnity_plan_has_no_network() -> None:
    case = changed(outside_network(), "coverage-employer", product="indemnity")
    assert fit("network-exception", case).state is State.NOT


CONTINUES = {
    Funding.SELF_FUNDED_ERISA,
    Funding.INSURED_GROUP,
    Funding.INDIVIDUAL,
    Funding.STATE_LOCAL_GOVERNMENT,
}


@pytest.mark.parametrize("funding", Funding)
def test_continuity_is_asked_for_only_where_its_statute_reaches(funding: Funding) -> None:
    found = fit("continuity-of-care", with_funding(left_network(), funding))
    assert found.state is (State.READY if funding in CONTINUES else State.NOT)
    if funding not in CONTINUES:
        assert found.facts == ("A-NSA-COC",)
        assert "network-exception" in found.why


def test_continuity_needs_somebody_who_left_and_a_course_with_them() -> None:
    assert fit("continuity-of-care", example(CALIFORNIA)).state is State.LATER
    case = left_network()
    for item in case.sessions:
        case = changed(case, item.id, provider_id="provider-primary-care")
    assert fit("continuity-of-care", case).state is State.LATER
    case = changed(case, "request-new", continues=True)
    assert fit("continuity-of-care", case).state is State.READY


def test_a_clinician_who_never_was_in_the_network_is_sent_to_the_exception() -> None:
    case = changed(left_network(), "provider-orofacial", network="out")
    found = fit("continuity-of-care", case, about="provider-orofacial")
    assert found.state is State.NOT
    assert "network-exception" in found.why


# Employer and other benefit


@pytest.mark.parametrize("funding", Funding)
def test_only_an_employer_who_pays_can_make_an_exception(funding: Funding) -> None:
    case = changed(with_funding(example(ERISA), funding), "coverage-employer", insured=True)
    wanted = State.READY if funding is Funding.SELF_FUNDED_ERISA else State.NOT
    assert fit("plan-exception", case).state is wanted


@pytest.mark.parametrize("funding", [Funding.CHURCH, Funding.STATE_LOCAL_GOVERNMENT])
@pytest.mark.parametrize(
    ("insured", "state"), [(True, State.NOT), (False, State.READY), (None, State.LATER)]
)
def test_a_church_or_government_may_pay_itself(
    funding: Funding, insured: bool | None, state: State
) -> None:
    case = changed(with_funding(example(ERISA), funding), "coverage-employer", insured=insured)
    assert fit("plan-exception", case).state is state


def test_while_nobody_knows_who_pays_the_employer_is_not_asked() -> None:
    found = fit("plan-exception", with_funding(example(ERISA), None))
    assert found.state is State.LATER
    assert "plan-documents" in found.why


def test_the_other_benefit_is_asked_where_a_denial_names_one() -> None:
    assert fit("other-benefit", example(ERISA)).state is State.LATER
    assert fit("other-benefit", to_another_benefit()).state is State.READY


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("claim-file", "provider-orofacial"),
        ("records-request", "determination-denial"),
        ("network-exception", "determination-denial"),
        ("continuity-of-care", "coverage-employer"),
        ("peer-to-peer", "treatment-naproxen"),
        ("plan-documents", "contact-request"),
    ],
)
def test_an_id_of_something_else_is_refused(kind: str, about: str) -> None:
    with pytest.raises(LetterError):
        compose(kind, example(ERISA), today=TODAY, draft=True, about=about)


def test_an_approval_is_no_denial_to_write_about() -> None:
    with pytest.raises(LetterError, match="denies nothing"):
        compose(
            "claim-file",
            example(CALIFORNIA),
            today=TODAY,
            draft=True,
            about="determination-approval",
        )
