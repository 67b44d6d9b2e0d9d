"""Chooses the records that a letter is about: the denial, the request, the coverage, who signs.

Nothing is guessed where the case leaves it open: then there is None, and the letter asks.
"""

import datetime as dt
from typing import Any, TypeVar, overload

from tmjkit.case import (
    AuthorizationRequest,
    Case,
    Claim,
    Coverage,
    Determination,
    Level,
    PartialDate,
    Provider,
    ProviderRole,
    Record,
)
from tmjkit.letters.gap import LetterError
from tmjkit.letters.situation import Subject
from tmjkit.letters.standing import closed
from tmjkit.rules import coverage_of

_FIRST = PartialDate(1880)


def request(
    case: Case,
    today: dt.date,  # noqa: ARG001 -- every pick is given the day
    about: str | None,
    coverage_id: str | None,
) -> Subject:
    """Choose the request that is being prepared, else the latest sent, and its coverage.

    Raises
    ------
    LetterError
        When the id is not that of a request or a claim of the case.
    """
    if about is not None:
        found = record(case, about, (AuthorizationRequest, Claim))
        return Subject(coverage=coverage(case, coverage_id, None, found), asked=found)
    payer = coverage(case, coverage_id, None, None)
    return Subject(coverage=payer, asked=latest_request(case, payer))


def first_denial(case: Case, today: dt.date, about: str | None, coverage_id: str | None) -> Subject:
    """Choose the first decision that is open to an appeal, else the latest that denies.

    Raises
    ------
    LetterError
        When the id is not that of a first decision of the case that denies.
    """
    return subject_of(case, denial(case, about, today), coverage_id)


def subject_of(case: Case, decision: Determination | None, coverage_id: str | None) -> Subject:
    """Return the subject of a letter about a decision: what was asked, and of which coverage."""
    what = asked(case, decision)
    payer = coverage(case, coverage_id, decision, what)
    if what is None and decision is None:
        what = latest_request(case, payer)
    return Subject(coverage=payer, denial=decision, asked=what)


R = TypeVar("R", bound=Record)


@overload
def record(case: Case, record_id: str, types: type[R]) -> R: ...
@overload
def record(
    case: Case, record_id: str, types: tuple[type[AuthorizationRequest], type[Claim]]
) -> AuthorizationRequest | Claim: ...
def record(case: Case, record_id: str, types: Any) -> Any:
    """Return the record with that id, of one of these types.

    Raises
    ------
    LetterError
        When the case has none, or it is of another type; the error names those that fit.
    """
    for _, found in case.records():
        if found.id == record_id and isinstance(found, types):
            return found
    names = " or ".join(
        kind.__name__.lower() for kind in (types if isinstance(types, tuple) else (types,))
    )
    raise LetterError(f"this case has no {names} {record_id}")


def denial(case: Case, determination_id: str | None, today: dt.date) -> Determination | None:
    """Return the denial with that id, else the latest first decision that is open to an appeal.

    Raises
    ------
    LetterError
        When the case has no such determination, or it is no first decision that denies.
    """
    if determination_id is not None:
        item = record(case, determination_id, Determination)
        if not item.adverse or item.level is not Level.INITIAL:
            raise LetterError(
                f"{determination_id} is not a first decision that denies: "
                "this letter is the first appeal"
            )
        return item
    first = [item for item in case.determinations if item.adverse and item.level is Level.INITIAL]
    still = [item for item in first if not closed(case, item, today)]
    return max(
        still or first,
        key=lambda item: item.notice_date or item.received_date or _FIRST,
        default=None,
    )


def asked(case: Case, denial: Determination | None) -> AuthorizationRequest | Claim | None:
    """Return the request or claim that was denied."""
    known: tuple[AuthorizationRequest | Claim, ...] = (*case.requests, *case.claims)
    about_id = denial.about_id if denial else None
    return next((item for item in known if item.id == about_id), None)


def latest_request(case: Case, coverage: Coverage | None) -> AuthorizationRequest | None:
    """Return the request to this coverage that is being prepared, else the latest sent."""
    found = [
        item
        for item in case.requests
        if coverage is None or item.coverage_id in (None, coverage.id)
    ]
    return max(found, key=lambda item: (item.sent is None, item.sent or _FIRST), default=None)


def authorization(
    case: Case,
    coverage: Coverage | None,
    asked: AuthorizationRequest | Claim | None,
    today: dt.date,
) -> AuthorizationRequest | None:
    """Return the request for authorization that was sent for what was denied.

    It is the request that was denied itself. For a claim it is the latest request to the same
    coverage with one of the claim's codes.
    """
    codes = {line.code for line in asked.lines} if asked else set()
    found = [
        item
        for item in ([asked] if isinstance(asked, AuthorizationRequest) else case.requests)
        if item.sent is not None
        and item.sent.earliest <= today
        and (coverage is None or item.coverage_id in (None, coverage.id))
        and (item is asked or not codes or codes & {line.code for line in item.lines})
    ]
    return max(found, key=lambda item: item.sent or _FIRST, default=None)


def coverage(
    case: Case,
    coverage_id: str | None,
    denial: Determination | None,
    asked: AuthorizationRequest | Claim | None,
) -> Coverage | None:
    """Return the coverage with that id, else that of the denial or claim, else the primary one.

    Raises
    ------
    LetterError
        When the case has no such coverage.
    """
    if coverage_id is not None:
        for item in case.coverages:
            if item.id == coverage_id:
                return item
        raise LetterError(f"this case has no coverage {coverage_id}")
    about = denial or asked
    if about is not None:
        return coverage_of(case, about)
    return min(case.coverages, key=lambda item: item.rank, default=None)


def prescriber(case: Case, asked: AuthorizationRequest | Claim | None) -> Provider | None:
    """Return who prescribes: by role, else who asked, else the only treating clinician."""
    for item in case.providers:
        if item.role is ProviderRole.PRESCRIBING:
            return item
    if asked is not None and asked.provider_id:
        return next(item for item in case.providers if item.id == asked.provider_id)
    treating = [item for item in case.providers if item.role is ProviderRole.TREATING]
    return treating[0] if len(treating) == 1 else None
