"""What answers a denial beside the records of care: approvals, calls, the notice, the scores."""

from typing import Any

import pytest
from appeal_cases import CALIFORNIA, ERISA, TODAY, changed, denied_for, example, lost, said

from tmjkit.case import Case, Contact, ReasonKind
from tmjkit.examples import load
from tmjkit.letters import compose
from tmjkit.letters.lint import lint

APPROVED = "approved the same treatment on August 29, 2025 (Exhibit B, p. 1)"
PHONE = "What was said on the phone"


def with_call(case: Case, **fields: Any) -> Case:
    given = {
        "id": "contact-new",
        "date": "2026-11-18",
        "channel": "phone",
        "organization": case.coverages[0].payer,
        "said": "The scores are on file now.",
    }
    return case.with_record(Contact.model_validate(given | fields))


# An earlier approval


@pytest.mark.parametrize(
    "kind",
    [
        ReasonKind.NOT_MEDICALLY_NECESSARY,
        ReasonKind.EXPERIMENTAL,
        ReasonKind.STEP_THERAPY,
        ReasonKind.QUANTITY,
    ],
)
def test_an_earlier_approval_answers_with_its_day_and_notice(kind: ReasonKind) -> None:
    text = said("appeal", denied_for(example(CALIFORNIA), kind))
    assert text.count(APPROVED) == 1
    assert "“The service is approved as medically necessary" in text
    assert "Please say what has changed since then" in text


def test_it_is_told_once_and_only_where_it_speaks_against_a_reason() -> None:
    several = denied_for(
        example(CALIFORNIA),
        ReasonKind.CODING,
        ReasonKind.EXPERIMENTAL,
        ReasonKind.NOT_MEDICALLY_NECESSARY,
    )
    text = said("appeal", several)
    assert text.count(APPROVED) == 1
    assert text.index("Answer: experimental") < text.index(APPROVED)
    assert APPROVED not in said("appeal", denied_for(example(CALIFORNIA), ReasonKind.CODING))


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        ("request-2025", {"lines": ({"code": "J0586", "units": "100"},)}),
        ("request-2025", {"diagnosis_codes": ("G43.709",)}),
        ("determination-approval", {"decision": "partial"}),
        ("determination-approval", {"notice_date": None, "received_date": None}),
        ("determination-approval", {"notice_date": "2026-10-20", "received_date": None}),
        ("determination-approval", {"about_id": "request-2026"}),
        ("determination-approval", {"about_id": None}),
    ],
    ids=["product", "diagnosis", "in part", "undated", "after it", "reversed", "of what"],
)
def test_what_is_no_earlier_approval_of_the_same_treatment_is_not_told(
    record: str, fields: dict[str, Any]
) -> None:
    assert "approved the same treatment" not in said(
        "appeal", changed(example(CALIFORNIA), record, **fields)
    )


def test_an_approval_that_was_taken_back_is_not_told() -> None:
    case = example(CALIFORNIA)
    back = case.record("determination-denial").model_dump() | {
        "id": "determination-back",
        "about_id": "request-2025",
        "notice_date": "2026-01-05",
        "received_date": None,
    }
    case = case.with_record(type(case.record("determination-denial")).model_validate(back))
    text = said("appeal", case, about="determination-denial")
    assert "approved the same treatment" not in text


def test_another_payers_approval_is_none_of_this_ones() -> None:
    case = example(CALIFORNIA)
    other = case.coverages[0].model_dump() | {"id": "coverage-old", "payer": "Old Example Plan"}
    case = case.with_record(type(case.coverages[0]).model_validate(other | {"rank": 2}))
    case = changed(case, "request-2025", coverage_id="coverage-old")
    case = changed(case, "determination-approval", coverage_id="coverage-old")
    assert "approved the same treatment" not in said("appeal", case)
    assert "approved the same treatment" not in said("medical-necessity", case)


def test_the_letter_of_medical_necessity_tells_it_too() -> None:
    text = said("medical-necessity", example(CALIFORNIA))
    assert "Example Health Plan of California approved the same treatment on August 29" in text
    assert "approved the same treatment" not in said("medical-necessity", example(ERISA))


# The calls


def test_what_was_said_after_the_notice_is_quoted_as_it_was_noted() -> None:
    text = said("appeal", example(CALIFORNIA))
    told = text.split(PHONE)[1].split("What was tried")[0]
    assert "“Which pages came with the fax of September 29? The agent sees 3 of 7 pages" in told
    assert "With Noor, agent EX-58 (phone contact of November 16, 2026, reference" in told
    assert "7 pages, confirmation kept" not in told
    assert told.index("October 12, 2026") < told.index("November 16, 2026")


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2026-10-01"},
        {"date": "2026-12-24"},
        {"date": None},
        {"channel": "fax"},
        {"said": "  "},
        {"organization": "Sample Falls Physical Therapy"},
        {"topic": "network"},
        {"about_id": "request-2025"},
        {"about_id": "claim-session-2"},
    ],
)
def test_calls_on_other_matters_or_other_days_stay_out(fields: dict[str, Any]) -> None:
    text = said("appeal", with_call(example(CALIFORNIA), **fields))
    assert "The scores are on file now." not in text


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"topic": "appeal"},
        {"about_id": "determination-denial", "organization": "Review company"},
        {"about_id": "request-2026", "topic": "records"},
    ],
)
def test_calls_about_the_denial_are_told(fields: dict[str, Any]) -> None:
    text = said("appeal", with_call(example(CALIFORNIA), **fields))
    assert "Noted (phone contact of November 18, 2026):\n“The scores are on file now.”" in text


def test_only_the_latest_calls_are_told() -> None:
    case = example(CALIFORNIA)
    for day in range(17, 22):
        case = with_call(case, id=f"contact-{day}", date=f"2026-11-{day}", said=f"Call no. {day}.")
    told = said("appeal", case).split(PHONE)[1]
    assert [day for day in range(17, 22) if f"Call no. {day}." in told] == [19, 20, 21]
    assert "Which pages" not in told


def test_without_a_call_there_is_no_such_part() -> None:
    case = example(CALIFORNIA)
    for name in ("contact-guideline", "contact-pages"):
        case = changed(case, name, said="")
    assert PHONE not in said("appeal", case)


# The notice and the scores


def test_the_notice_is_quoted_on_what_was_read_and_on_its_rule() -> None:
    text = said("appeal", example(CALIFORNIA))
    assert "The notice also says:\n“Plan guideline BT-12, Repeat Botulinum Toxin." in text
    assert "“The request form and page 1 of the visit note" in text
    assert "received on October 9, 2026” " not in text


def without_rule() -> Case:
    denial = example(CALIFORNIA).record("determination-denial")
    kept = [item for item in denial.sources if "guideline" not in item.quote]
    return changed(example(CALIFORNIA), "determination-denial", sources=kept)


def test_a_rule_that_is_named_is_answered_with_the_scores_and_not_asked_for() -> None:
    text = said("appeal", example(CALIFORNIA))
    assert "which criterion of which policy" not in text
    assert "Please hold these readings" in text
    assert "7 3 (October 28, 2025) \N{MINUS SIGN}57%" in text
    assert "After the session of February 3, 2026, less pain was still measured at 13 weeks" in text
    assert "Maximal mouth opening" not in text.split("What was tried")[0]


def test_a_rule_that_nobody_named_is_asked_for() -> None:
    case = changed(without_rule(), "contact-guideline", said="Asked for the papers.")
    assert "Please say which criterion of which policy is not met" in said("appeal", case)


def test_a_second_appeal_and_the_review_outside_tell_the_same() -> None:
    for kind in ("appeal-expedited", "external-review"):
        case = lost(CALIFORNIA) if kind == "external-review" else example(CALIFORNIA)
        text = said(kind, case)
        assert "approved the same treatment on August 29, 2025" in text


@pytest.mark.parametrize("kind", ["appeal", "appeal-expedited", "medical-necessity"])
@pytest.mark.parametrize("name", [CALIFORNIA, ERISA])
def test_they_pass_the_linter(name: str, kind: str) -> None:
    given = load(name)
    letter = compose(kind, given.case, today=TODAY)
    assert lint(letter, given.case, today=TODAY, get_document=given.documents.__getitem__) == ()
