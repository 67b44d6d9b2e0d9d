"""Chooses what an appointment, a call or its confirmation is about."""

import datetime as dt

from tmjkit.case import (
    AuthorizationRequest,
    Case,
    Channel,
    Claim,
    Contact,
    Coverage,
    Determination,
    PartialDate,
    Record,
    Representative,
)
from tmjkit.letters import choose
from tmjkit.letters.gap import LetterError
from tmjkit.letters.kinds.appeals_chain import latest, subject
from tmjkit.letters.situation import Subject
from tmjkit.rules.triage import open_denials

_FIRST = PartialDate(1880)


def for_appointment(
    case: Case, today: dt.date, about: str | None, coverage_id: str | None
) -> Subject:
    """Choose who is appointed: the one named, else one who is not appointed yet.

    The latest open denial toward the same coverage, or the request, says what it is for.

    Raises
    ------
    LetterError
        When the id is not that of a representative of the case, or there is no such coverage.
    """
    person = choose.record(case, about, Representative) if about else _waiting(case)
    wanted = coverage_id or (person.coverage_id if person else None)
    found = for_call(case, today, None, wanted)
    return Subject(found.coverage, found.denial, found.asked, person)


def _waiting(case: Case) -> Representative | None:
    unsigned = [item for item in case.representatives if not item.appointed]
    found = unsigned or list(case.representatives)
    return found[-1] if found else None


def for_call(
    case: Case,
    today: dt.date,  # noqa: ARG001 -- every pick is given the day
    about: str | None,
    coverage_id: str | None,
) -> Subject:
    """Choose the denial, request or claim that is named, else what is open.

    That is the latest open denial, else the request that is being prepared or waits.

    Raises
    ------
    LetterError
        When the id is not that of a denial, request or claim of the case.
    """
    if about is not None:
        found = _named(case, about)
        if isinstance(found, Determination):
            return subject(case, found, coverage_id)
        return Subject(choose.coverage(case, coverage_id, None, found), None, found)
    open_ones = [
        item
        for item in open_denials(case)
        if coverage_id is None or _covers(case, item, coverage_id)
    ]
    decision = latest(open_ones)
    if decision is not None:
        return subject(case, decision, coverage_id)
    payer = choose.coverage(case, coverage_id, None, None)
    return Subject(payer, None, choose.latest_request(case, payer))


def _covers(case: Case, decision: Determination, coverage_id: str) -> bool:
    found = subject(case, decision, None).coverage
    return found is not None and found.id == coverage_id


def _named(case: Case, about: str) -> Determination | AuthorizationRequest | Claim:
    for _, record in case.records():
        if record.id == about and isinstance(record, Determination | AuthorizationRequest | Claim):
            return record
    raise LetterError(f"this case has no determination or authorizationrequest or claim {about}")


def phone_contact(
    case: Case, today: dt.date, about: str | None, coverage_id: str | None
) -> Subject:
    """Choose the call that is confirmed: the one named, else the latest with the payer.

    Where none was with a payer it is the latest of all.

    Raises
    ------
    LetterError
        When the id is not that of a phone contact of the case.
    """
    if about is not None:
        call: Contact | None = choose.record(case, about, Contact)
        if call is not None and call.channel is not Channel.PHONE:
            raise LetterError(f"{about} is no phone call: this letter confirms one")
    else:
        calls = [
            item
            for item in case.contacts
            if item.channel is Channel.PHONE and (item.date is None or item.date.earliest <= today)
        ]
        with_payer = [item for item in calls if payer_of(case, item) is not None]
        call = max(with_payer or calls, key=_when, default=None)
    payer = payer_of(case, call) if call else None
    if coverage_id is not None or payer is None:
        payer = choose.coverage(case, coverage_id, None, None)
    about_record = _record(case, call.about_id) if call and call.about_id else None
    asked = about_record if isinstance(about_record, AuthorizationRequest | Claim) else None
    if isinstance(about_record, Determination):
        return _with(subject(case, about_record, coverage_id), call)
    return Subject(payer, None, asked, call)


def _with(found: Subject, call: Contact | None) -> Subject:
    return Subject(found.coverage, found.denial, found.asked, call)


def _when(item: Contact) -> tuple[PartialDate, str]:
    return item.date or _FIRST, str(item.time or "")


def payer_of(case: Case, contact: Contact) -> Coverage | None:
    """Return the coverage whose payer a contact was with; None where it was with somebody else."""
    name = " ".join(contact.organization.split()).casefold()
    for coverage in case.coverages:
        if name and name == " ".join(coverage.payer.split()).casefold():
            return coverage
    return None


def _record(case: Case, record_id: str) -> Record | None:
    return next((item for _, item in case.records() if item.id == record_id), None)
