"""The first appeal: what it has to hold, for each reason, each law and each who speaks."""

import re
from dataclasses import replace

import pytest
from appeal_cases import (
    CALIFORNIA,
    ERISA,
    TODAY,
    blanks,
    changed,
    covered,
    denied_for,
    example,
    represented,
    said,
)

from tmjkit.case import Document, DocumentSource, Funding, ReasonKind, Statement
from tmjkit.examples import load
from tmjkit.knowledge import library
from tmjkit.letters import (
    Enclosures,
    Heading,
    MissingFacts,
    Quote,
    Signature,
    compose,
    default_kind,
    plain,
)
from tmjkit.letters.lint import contrary, lint

CLAIMED = tuple(ReasonKind)


def test_it_holds_what_an_appeal_has_to_hold() -> None:
    """Source: check-list F2-APPEAL-1."""
    text = said("appeal", example(ERISA))
    assert "your decision of October 14, 2026, which was received on October 19, 2026" in text
    assert "Reference: PA-EX-261001" in text
    assert "Service: OnabotulinumtoxinA into masseter and temporalis, both sides" in text
    assert "“Botulinum toxin injection for a temporomandibular disorder is considered" in text
    assert "own definition of what is experimental" in text
    assert "Ernberg 2011" in text
    assert (
        "Reverse the decision and authorize the treatment as it was requested: 2 sessions" in text
    )
    assert "Exhibit A: Denial notice, October 14, 2026" in text
    assert "29 CFR 2560.503-1(h)(2)(iii)" in text  # the claim file
    assert "29 CFR 2560.503-1(h)(3)(iv)" in text  # who reviewed it
    assert "External review is asked for within 4 months" in text


@pytest.mark.parametrize("name", [ERISA, CALIFORNIA])
def test_every_study_that_speaks_against_it_is_told_and_answered(name: str) -> None:
    letter = compose("appeal", example(name), today=TODAY)
    against = set(contrary(library()))
    assert len(against) >= 8
    assert against <= set(letter.facts)


@pytest.mark.parametrize("kind", CLAIMED)
@pytest.mark.parametrize("name", [ERISA, CALIFORNIA])
def test_each_reason_is_quoted_and_has_an_answer_of_its_own(name: str, kind: ReasonKind) -> None:
    case = denied_for(example(name), kind)
    letter = compose("appeal", case, today=TODAY, draft=True)
    quotes = [
        plain(part)
        for block in letter.blocks
        if isinstance(block, Quote)
        for part in block.paragraphs
    ]
    assert any(f"“Denied: {kind.label}.”" in quote for quote in quotes)
    text = said("appeal", case, draft=True)
    answer = text.split("Answer: ")[1].split("\nWhat was tried\n")[0]
    assert len(answer) > 150
    others = {
        other: said("appeal", denied_for(example(name), other), draft=True)
        .split("Answer: ")[1]
        .split("\nWhat was tried\n")[0]
        for other in CLAIMED
        if other is not kind
    }
    body = answer.split("”", 1)[1]
    assert all(body != told.split("”", 1)[1] for told in others.values())


@pytest.mark.parametrize("kind", CLAIMED)
def test_no_answer_of_any_reason_breaks_a_rule_of_the_linter(kind: ReasonKind) -> None:
    case = denied_for(example(ERISA), kind)
    letter = compose("appeal", case, today=TODAY, draft=True)
    objections = {item.rule for item in lint(letter, case, today=TODAY)}
    # What the notice never said is no quote of it: the reason is this test's.
    assert objections <= {"quote-not-in-document"}, objections


@pytest.mark.parametrize("name", [ERISA, CALIFORNIA])
def test_the_examples_pass_the_linter(name: str) -> None:
    given = load(name)
    letter = compose("appeal", given.case, today=TODAY)
    assert lint(letter, given.case, today=TODAY, get_document=given.documents.__getitem__) == ()


# Own words


def test_the_patients_words_are_quoted_where_they_are_on_record() -> None:
    case = example(ERISA)
    assert "statement" in blanks(compose("appeal", case, today=TODAY))
    told = Statement(kind="impact", text="I cut my food small and eat alone.", date="2026-11-01")
    letter = compose("appeal", case.with_record(told), today=TODAY)
    assert "statement" not in blanks(letter)
    text = said("appeal", case.with_record(told))
    assert "In my own words\n“I cut my food small and eat alone.” November 1, 2026" in text


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("necessity", ReasonKind.NOT_MEDICALLY_NECESSARY),
        ("novelty", ReasonKind.EXPERIMENTAL),
        ("step", ReasonKind.STEP_THERAPY),
    ],
)
def test_a_clinicians_words_answer_the_reason_with_who_and_when(
    kind: str, reason: ReasonKind
) -> None:
    case = denied_for(example(ERISA), reason)
    words = "She can not go back to the splint."
    by = case.providers[0]
    told = Statement(kind=kind, text=words, provider_id=by.id, date="2026-11-05")
    text = said("appeal", case.with_record(told))
    assert f"“{words}” {by.title}, November 5, 2026 (no record attached)" in text
    assert words not in said("appeal", case)
    nameless = told.model_copy(update={"provider_id": None})
    assert words not in said("appeal", case.with_record(nameless))


def test_the_exclusion_is_quoted_from_the_plan_where_it_is_on_record() -> None:
    case = denied_for(example(ERISA), ReasonKind.EXCLUDED)
    assert "as they are on record" not in said("appeal", case)
    plan = Document(
        id="document-booklet", name="Booklet", kind="plan-document", size=1, sha256="0" * 64
    )
    words = "Surgery of the jaw joint is not covered."
    case = covered(
        case.with_record(plan),
        exclusion=words,
        sources=(DocumentSource(document_id=plan.id, page=None),),
    )
    text = said("appeal", case)
    assert f"“{words}” (Exhibit" in text


def test_a_law_of_the_state_that_reaches_the_plan_answers_an_exclusion() -> None:
    case = denied_for(example(CALIFORNIA), ReasonKind.EXCLUDED)
    reached = said("appeal", covered(case, state="WV"))
    assert "State law on such coverage also has to be applied" in reached
    assert "W. Va." in reached
    for fields in ({"state": "OR"}, {"state": "WV", "funding": "self-funded-erisa"}):
        assert "State law on such coverage" not in said("appeal", covered(case, **fields))
    for state in ("CA", "MS"):  # one speaks of surgery, the other one is only an offer
        assert "State law on such coverage" not in said("appeal", covered(case, state=state))
    other = denied_for(example(CALIFORNIA), ReasonKind.CODING)
    assert "W. Va." not in said("appeal", covered(other, state="WV"))


def test_scores_of_mood_are_nobodys_business_here() -> None:
    for name in (ERISA, CALIFORNIA):
        text = said("appeal", example(name))
        for private in ("PHQ-4", "GAD-7", "Oral Behaviors"):
            assert private not in text
        assert "Pain, numeric rating scale" in text


def test_first_and_latest_readings_are_said_to_be_that() -> None:
    text = said("appeal", example(ERISA))
    assert "First and latest reading of pain and function" in text
    row = next(line for line in text.splitlines() if line.startswith("Pain, numeric"))
    assert row.count(":") == 2
    # Where the treatment was given, what it did is read from every reading.
    given = said("appeal", example(CALIFORNIA))
    assert "First and latest reading" not in given
    row = next(line for line in given.splitlines() if line.startswith("Pain, numeric"))
    assert row.count(":") == 10


# Who speaks


def test_an_advocate_says_for_whom_and_since_when() -> None:
    case = represented(example(ERISA), organization="Example Advocates")
    text = said("appeal", case, voice="advocate")
    assert text.startswith("Casey Advocate\nExample Advocates")
    assert (
        "I write as the authorized representative of Avery Example, appointed on November 2" in text
    )
    assert "own words\nHow this affects the patient" in text
    assert "Sincerely,\nCasey Advocate\nAuthorized representative of Avery Example\n" in text
    body = text.split("Answer: ")[1].split("Enclosures")[0]
    assert not re.search(r"\b(me|my)\b", body)


def test_nobody_speaks_for_the_patient_without_an_appointment() -> None:
    with pytest.raises(MissingFacts, match="Representative of the patient"):
        compose("appeal", example(ERISA), today=TODAY, voice="advocate")
    with pytest.raises(MissingFacts, match="Appointed"):
        compose(
            "appeal",
            represented(example(ERISA), appointed=None),
            today=TODAY,
            voice="advocate",
        )


def test_a_guardian_needs_none() -> None:
    case = represented(example(ERISA), appointed=None, kind="guardian")
    text = said("appeal", case, voice="advocate")
    assert "I write as the parent or guardian of Avery Example." in text
    assert "authorized representative" not in text


def test_the_signature_stays_empty_and_the_enclosures_follow_it() -> None:
    for voice in ("patient", "advocate"):
        letter = compose("appeal", represented(example(ERISA)), today=TODAY, voice=voice)
        *_, signature, heading, enclosures = letter.blocks
        assert isinstance(signature, Signature)
        assert isinstance(heading, Heading)
        assert isinstance(enclosures, Enclosures)
        assert len(enclosures.items) == len(letter.exhibits)


def test_only_the_notice_is_cited_for_the_decision_and_its_day() -> None:
    text = said("appeal", example(ERISA))
    assert "received on October 19, 2026 (Exhibit A, pp. 1 and 2). It denies" in text
    assert "internal medicine (Exhibit A, pp. 1 and 2)." in text
    assert "The policy that was applied is enclosed (Exhibit C)." in text
    assert "Exhibit C: Drug policy" in text


def test_a_decision_without_a_notice_is_cited_from_what_there_is() -> None:
    case = example(ERISA)
    policy = DocumentSource(document_id="document-policy", page=1)
    case = changed(case, "determination-denial", sources=(policy,))
    assert "received on October 19, 2026 (Exhibit A, p. 1). It denies" in said("appeal", case)


def test_recorded_words_end_without_a_stop_where_the_line_goes_on() -> None:
    case = example(ERISA)
    assert not re.search(r"\.;", said("appeal", case))
    known = case.treatments[0].id
    kept = said("appeal", changed(case, known, dose="5 mg p.r.n.", response_text="Eased..."))
    assert "5 mg p.r.n." in kept
    assert "Eased...; ongoing" in kept


# Law


@pytest.mark.parametrize(
    ("funding", "title"),
    [
        (Funding.TRICARE, "Request for reconsideration"),
        (Funding.FEHB, "Request for reconsideration"),
        (Funding.PART_D, "Request for redetermination"),
        (Funding.ORIGINAL_MEDICARE, "Request for redetermination"),
        (Funding.SELF_FUNDED_ERISA, "Appeal of a denial"),
        (Funding.INDIVIDUAL, "Appeal of a denial"),
        (Funding.STATE_LOCAL_GOVERNMENT, "Appeal of a denial"),
        (Funding.CHURCH, "Appeal of a denial"),
    ],
)
def test_it_is_called_what_the_law_calls_it(funding: Funding, title: str) -> None:
    case = covered(example(CALIFORNIA), funding=funding)
    assert title in said("appeal", case).splitlines()
    assert default_kind(case) == "appeal"


def test_the_states_own_review_is_kept_in_its_state_only() -> None:
    for state, words in (("NY", "N.Y. Ins. Law"), ("IL", "215 ILCS"), ("MN", "Minn. Stat.")):
        text = said("appeal", covered(example(CALIFORNIA), state=state))
        assert words in text
        assert "1374.30" not in text
        named = covered(example(CALIFORNIA), state=state, external_process="federal")
        assert words not in said("appeal", named)
    # Florida has a federal one, and which one the denial says: the way of asking is not told.
    florida = covered(example(CALIFORNIA), state="FL")
    assert "147.136(d)(1)" in said("appeal", florida)
    assert "(d)(2)(i)" not in said("appeal", florida)
    for named, way in (("federal", "(d)(2)(i)"), ("hhs", "(d)(4)")):
        assert way in said("appeal", covered(florida, external_process=named))


def test_a_policy_of_the_payer_shows_what_the_record_meets_and_no_more() -> None:
    shipped = library()
    case = covered(example(ERISA), policy=next(iter(shipped.policies)))
    # Those that ship are examples and nobody's policy.
    assert all(item.example for item in shipped.policies.values())
    assert "The criteria" not in said("appeal", case).splitlines()
    name, policy = next(iter(shipped.policies.items()))
    own = policy.model_copy(update={"example": False})
    text = said("appeal", case, known=replace(shipped, policies={name: own}))
    if "The criteria" in text.splitlines():
        told = text.split("The criteria\n")[1].split("\nWhat was tried\n")[0]
        assert "not met" not in told.split("others.")[1]


def test_an_unknown_reason_of_a_later_decision_is_not_read_as_the_first_ones() -> None:
    case = changed(example(ERISA), "determination-denial", reasons=())
    with pytest.raises(MissingFacts, match="Reason of the denial"):
        compose("appeal", case, today=TODAY)
