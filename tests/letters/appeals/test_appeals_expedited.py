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
    lost,
    refused,
    said,
    words,
)

from tmjkit.case import Claim, ExternalProcess, Funding, Statement
from tmjkit.case.codes import STATES
from tmjkit.letters import LetterError, compose
from tmjkit.letters.compose import situate
from tmjkit.letters.kinds import State, kind_of, kinds
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
    case = certified(example(CALIFORNIA))
    case = covered(case, funding=funding, external_process="federal")
    inside, outside = said("appeal-expedited", case).split("Expedited external review at")
    assert PAIN in inside
    assert PAIN not in outside
    assert "45 CFR 147.136(d)(3)(i)" in outside


OWN_FAST = {
    "CA": "Cal. Health & Saf. Code 1374.30",
    "NY": "N.Y. Ins. Law 4904",
    "TX": "Tex. Ins. Code 4202.003",
    "IL": "215 ILCS 180",
    "WA": "RCW 48.43.535",
    "MN": "Minn. Stat. 62Q.73",
}
OUTSIDE = "Expedited external review at the same time"
FEDERAL, ANY_STATE = "45 CFR 147.136(d)", "45 CFR 147.136(c)"


@pytest.mark.parametrize("state", [*sorted(OWN_FAST), "FL", "OH", None])
@pytest.mark.parametrize("named", [None, *ExternalProcess])
@pytest.mark.parametrize("funding", ["insured-group", "individual"])
def test_the_fast_review_outside_is_that_of_the_process_that_governs(
    state: str | None, named: ExternalProcess | None, funding: str
) -> None:
    case = certified(example(CALIFORNIA))
    case = covered(case, funding=funding, state=state, external_process=named)
    for kind in ("appeal-expedited", "external-review"):
        told = words(compose(kind, case, today=TODAY, draft=True))
        if kind == "appeal-expedited":
            told = told.partition(OUTSIDE)[2]
        federal = named in (ExternalProcess.FEDERAL, ExternalProcess.HHS)
        assert (FEDERAL in told) == federal
        unknown = not federal and state in (None, "FL")
        general = not federal and not unknown and state not in OWN_FAST
        assert (f"{ANY_STATE}(2)(xiii)" in told) == general
        assert {name for name, law in OWN_FAST.items() if law in told} == (
            {state} & OWN_FAST.keys() if not federal else set()
        )
        if kind == "appeal-expedited":
            assert bool(told) != unknown
            assert ("dangers that follow" in told) == federal


@pytest.mark.parametrize("funding", ["insured-group", "individual", "self-funded-erisa"])
def test_every_state_has_the_rule_of_its_process_and_no_other(funding: str) -> None:
    which, case = kind_of("appeal-expedited"), certified(example(CALIFORNIA))
    for state in (*sorted(STATES), None):
        for named in (None, *ExternalProcess):
            plan = covered(case, funding=funding, state=state, external_process=named)
            told = which.context(situate(which, plan, TODAY))["outside"]
            cited = [str(rule.fields["citation"].text) for rule in told]
            if funding == "self-funded-erisa" or named in ("federal", "hhs"):
                assert cited == ["45 CFR 147.136(d)(3)(i)"]
            elif state in (None, "FL"):
                assert cited == []
            else:
                (only,) = cited
                assert OWN_FAST.get(state, f"{ANY_STATE}(2)(xiii)") in only


@pytest.mark.parametrize("state", ["CA", "TX", "FL", "OH", None])
@pytest.mark.parametrize("named", [None, *ExternalProcess])
@pytest.mark.parametrize("insured", [None, True, False])
def test_a_governments_plan_is_told_a_federal_process_only_where_it_has_one(
    state: str | None, named: ExternalProcess | None, insured: bool | None
) -> None:
    plan = {"funding": "state-local-government", "state": state, "external_process": named}
    case = certified(covered(example(CALIFORNIA), insured=insured, **plan))
    federal = named in (ExternalProcess.FEDERAL, ExternalProcess.HHS)
    for kind in ("appeal-expedited", "external-review"):
        told = words(compose(kind, case, today=TODAY, draft=True))
        assert (FEDERAL in told) == federal
        assert not any(law in told for law in OWN_FAST.values())


@pytest.mark.parametrize("kind", sorted(item.kind for item in kinds()))
@pytest.mark.parametrize("state", ["CA", "NY", "TX", "FL", "OH", None])
def test_no_letter_mixes_the_processes(kind: str, state: str | None) -> None:
    for funding in ("self-funded-erisa", "insured-group", "individual"):
        for named in ExternalProcess:
            case = certified(lost(ERISA, internal_levels=2))
            case = covered(case, funding=funding, state=state, external_process=named)
            try:
                told = words(compose(kind, case, today=TODAY, draft=True))
            except LetterError:
                continue
            self_funded = funding == "self-funded-erisa"
            by_state = named is ExternalProcess.STATE and not self_funded
            if by_state and state != "FL":
                assert FEDERAL not in told
            else:
                assert ANY_STATE not in told
                assert not any(law in told for law in ("1374.30", "N.Y. Ins. Law 49", "4202.003"))


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
