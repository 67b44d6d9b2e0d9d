"""What follows for the case when a letter was sent."""

from datetime import date

import pytest
from letter_cases import CALIFORNIA, ERISA, MEDICAID, TODAY, changed, example, with_funding

from tmjkit.case import Appeal, Case, Channel, ExportedLetter, Funding, Level, PapersRequest, Record
from tmjkit.letters import LetterError
from tmjkit.letters.sending import sent_records

DENIAL = "determination-denial"


def left(kind: str, case: Case, **fields: object) -> ExportedLetter:
    about = fields.pop("about", DENIAL)
    data = {"kind": kind, "date": TODAY, "about": about, "coverage": case.coverages[0].id}
    return ExportedLetter.model_validate(data | fields)


def follow(kind: str, case: Case, **fields: object) -> tuple[Record, ...]:
    letter = left(kind, case, **fields)
    _, *rest = sent_records(letter, case, TODAY, Channel.FAX, today=TODAY)
    return tuple(rest)


@pytest.mark.parametrize(
    ("kind", "name", "level"),
    [
        ("appeal", ERISA, Level.INTERNAL_1),
        ("appeal-second", ERISA, Level.INTERNAL_2),
        ("external-review", CALIFORNIA, Level.EXTERNAL),
    ],
)
def test_an_appeal_that_left_is_an_appeal_of_the_case(kind: str, name: str, level: Level) -> None:
    [appeal] = follow(kind, example(name))
    assert isinstance(appeal, Appeal)
    assert (appeal.level, appeal.determination_id, str(appeal.sent)) == (level, DENIAL, str(TODAY))
    assert appeal.channel is Channel.FAX


def test_a_reconsideration_is_filed_as_what_its_law_calls_it() -> None:
    case = with_funding(example(ERISA), Funding.MEDICARE_ADVANTAGE)
    [appeal] = follow("reconsideration", case)
    assert isinstance(appeal, Appeal)
    assert appeal.level is Level.RECONSIDERATION


def test_the_appeal_that_was_being_prepared_is_the_one_that_left() -> None:
    [appeal] = follow("appeal", example(CALIFORNIA))
    assert appeal.id == "appeal-grievance"


def test_a_request_for_papers_begins_its_clock() -> None:
    [papers] = follow("claim-file", example(ERISA))
    assert isinstance(papers, PapersRequest)
    assert (papers.kind, papers.determination_id) == ("claim-file", DENIAL)
    [papers] = follow("records-request", example(ERISA), about="provider-orofacial")
    assert papers.provider_id == "provider-orofacial"


def test_a_request_that_left_has_its_day() -> None:
    [request] = follow("prior-authorization", example(MEDICAID), about="request-draft")
    assert str(request.sent) == str(TODAY)


def test_a_request_that_was_sent_before_keeps_its_day() -> None:
    assert follow("medical-necessity", example(ERISA), about="request-first") == ()


@pytest.mark.parametrize(
    ("fields", "on", "said"),
    [
        ({}, date(2027, 1, 1), "lies ahead"),
        ({}, date(2026, 11, 1), "before that day"),
        ({"sent": "2026-11-23"}, TODAY, "already"),
        ({"language": "es"}, TODAY, "copy for the patient"),
    ],
)
def test_a_day_that_can_not_be_is_refused(fields: dict[str, object], on: date, said: str) -> None:
    case = example(ERISA)
    with pytest.raises(LetterError, match=said):
        sent_records(left("appeal", case, **fields), case, on, None, today=TODAY)


def test_a_day_is_corrected_where_that_is_asked_for() -> None:
    case = example(ERISA)
    letter = left("appeal", case)
    for record in sent_records(letter, case, TODAY, Channel.FAX, today=TODAY):
        case = case.with_record(record)
    later = date(2026, 11, 25)
    again = case.letters[0]
    for record in sent_records(again, case, later, Channel.MAIL, today=later, correct=True):
        case = case.with_record(record)
    [appeal] = case.appeals
    assert (str(appeal.sent), appeal.channel) == ("2026-11-25", Channel.MAIL)
    assert changed(case, again.id).letters[0].channel is Channel.MAIL
