"""Which decision a first appeal can be about, and to whom it goes."""

import pytest
from letter_cases import CALIFORNIA, ERISA, TODAY, changed, example, with_funding, words

from tmjkit.case import Appeal, Case, Determination, Funding, Level, Outcome
from tmjkit.letters import LetterError, compose, default_kind

FIRST = "This is the first appeal of this decision."


def with_appeal(case: Case, **fields: object) -> Case:
    about = {"id": "appeal-first", "determination_id": "determination-denial"}
    return case.with_record(Appeal.model_validate(about | fields))


def with_decision(case: Case, **fields: object) -> Case:
    return case.with_record(Determination.model_validate({"id": "determination-later"} | fields))


@pytest.mark.parametrize("level", [Level.INTERNAL_1, Level.INTERNAL_2, Level.RECONSIDERATION])
@pytest.mark.parametrize("outcome", [None, Outcome.UPHELD, Outcome.PARTLY_OVERTURNED])
def test_a_decision_that_was_appealed_is_not_appealed_first_again(
    level: Level, outcome: Outcome | None
) -> None:
    case = with_appeal(example(ERISA), level=level, sent="2026-10-20", outcome=outcome)
    with pytest.raises(LetterError, match=r"first appeal .* was sent already"):
        compose("appeal", case, today=TODAY)
    with pytest.raises(LetterError, match="was sent already"):
        compose("appeal", case, today=TODAY, draft=True, about="determination-denial")


def test_an_appeal_that_names_no_decision_counts_where_there_is_one_only() -> None:
    case = with_appeal(example(ERISA), determination_id=None, sent="2026-10-20")
    with pytest.raises(LetterError, match="was sent already"):
        compose("appeal", case, today=TODAY)


def test_an_appeal_that_was_decided_was_sent_though_no_day_is_recorded() -> None:
    case = with_appeal(example(ERISA), outcome=Outcome.UPHELD)
    with pytest.raises(LetterError, match="a first appeal of this decision was decided"):
        compose("appeal", case, today=TODAY)


@pytest.mark.parametrize("about", ["request", "appeal"])
def test_a_decision_on_an_appeal_tells_that_there_was_one(about: str) -> None:
    case = with_appeal(example(ERISA), level="internal-1")
    about_id = case.determinations[0].about_id if about == "request" else "appeal-first"
    case = with_decision(case, about_id=about_id, decision="denial", level="internal-1")
    with pytest.raises(LetterError, match="a first appeal of this decision was decided"):
        compose("appeal", case, today=TODAY)


def test_the_decision_on_an_older_appeal_leaves_a_new_denial_open() -> None:
    case = example(ERISA)
    older = {"decision": "denial", "level": "internal-1", "notice_date": "2025-03-01"}
    case = with_decision(case, about_id=case.determinations[0].about_id, **older)
    assert FIRST in words(compose("appeal", case, today=TODAY))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"due": "2027-04-07"},
        {"sent": "2026-12-24"},
        {"sent": "2026-10-20", "level": "external"},
    ],
)
def test_an_appeal_that_was_not_sent_leaves_the_first_one_open(fields: dict[str, object]) -> None:
    assert FIRST in words(compose("appeal", with_appeal(example(ERISA), **fields), today=TODAY))


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN, Outcome.DISMISSED])
def test_after_an_appeal_was_withdrawn_it_is_not_called_the_first(outcome: Outcome) -> None:
    case = with_appeal(example(ERISA), sent="2026-10-20", outcome=outcome)
    text = words(compose("appeal", case, today=TODAY))
    assert FIRST not in text
    assert "I ask you to reverse it." in text


def test_a_decision_that_was_overturned_calls_for_no_appeal() -> None:
    case = with_appeal(example(ERISA), sent="2026-10-20", outcome=Outcome.OVERTURNED)
    assert default_kind(case) == "medical-necessity"
    with pytest.raises(LetterError, match="was overturned"):
        compose("appeal", case, today=TODAY)


def test_a_decision_overturned_at_a_later_level_calls_for_no_appeal() -> None:
    case = with_appeal(example(ERISA), sent="2026-10-20", outcome=Outcome.UPHELD)
    case = with_decision(
        case,
        about_id="appeal-first",
        decision="denial",
        level="internal-1",
        notice_date="2026-11-01",
    )
    assert default_kind(case) == "external-review"
    outside = {
        "id": "appeal-outside",
        "determination_id": "determination-later",
        "level": "external",
        "sent": "2026-11-05",
        "outcome": "overturned",
    }
    case = case.with_record(Appeal.model_validate(outside))
    assert default_kind(case) == "medical-necessity"


def test_a_decision_that_was_approved_later_calls_for_no_appeal() -> None:
    case = example(ERISA)
    about = case.determinations[0].about_id
    case = with_decision(case, about_id=about, decision="approval", notice_date="2026-11-01")
    assert default_kind(case) == "medical-necessity"
    with pytest.raises(LetterError, match="was approved later"):
        compose("appeal", case, today=TODAY)


def test_an_earlier_approval_does_not_answer_a_later_denial() -> None:
    case = example(ERISA)
    about = case.determinations[0].about_id
    case = with_decision(case, about_id=about, decision="approval", notice_date="2026-01-01")
    assert default_kind(case) == "appeal"
    assert compose("appeal", case, today=TODAY).kind == "appeal"


def test_the_decision_that_is_still_open_is_answered() -> None:
    case = with_appeal(example(ERISA), sent="2026-10-20")
    case = with_decision(
        case,
        about_id=case.determinations[0].about_id,
        decision="denial",
        notice_date="2026-02-03",
        received_date="2026-02-05",
        reference="D-2",
        reasons=case.determinations[0].model_dump()["reasons"],
    )
    text = words(compose("appeal", case, today=TODAY))
    assert "your decision of February 3, 2026" in text
    assert FIRST in text


@pytest.mark.parametrize("name", [ERISA, CALIFORNIA])
def test_under_fee_for_service_medicaid_the_first_step_is_no_letter_to_the_payer(name: str) -> None:
    case = with_funding(example(name), Funding.MEDICAID_FFS)
    with pytest.raises(LetterError, match="State fair hearing") as refused:
        compose("appeal", case, today=TODAY, draft=True)
    assert "42 CFR 431.221" in str(refused.value)
    assert compose("medical-necessity", case, today=TODAY, draft=True).kind == "medical-necessity"


def test_a_dental_plan_is_told_nothing_of_the_rules_it_may_be_excepted_from() -> None:
    for name in (ERISA, CALIFORNIA):
        case = example(name)
        outside = "If you uphold the denial"
        assert outside in words(compose("appeal", case, today=TODAY))
        case = changed(case, case.coverages[0].id, benefit="dental")
        text = words(compose("appeal", case, today=TODAY))
        for wrong in ("147.136", outside, "xternal review", "1374.30", "outside the plan"):
            assert wrong not in text
        assert "29 CFR 2560.503-1(h)" in text
