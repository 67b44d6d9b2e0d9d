"""Chooses the records that a letter is about: the denial, the request, the coverage, who signs.

Nothing is guessed where the case leaves it open: then there is None, and the letter asks.
"""

import datetime as dt

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
)
from tmjkit.letters.gap import LetterError
from tmjkit.letters.standing import check
from tmjkit.rules import coverage_of, standing

_FIRST = PartialDate(1880)


def denial(case: Case, determination_id: str | None, today: dt.date) -> Determination | None:
    """Return the denial with that id, else the latest first decision that is open to an appeal.

    Raises
    ------
    LetterError
        When the case has no such determination, or it is no first decision that denies; when it
        was set right since, or a first appeal of it was sent, and no other is open.
    """
    if determination_id is not None:
        for item in case.determinations:
            if item.id == determination_id:
                if not item.adverse or item.level is not Level.INITIAL:
                    raise LetterError(
                        f"{determination_id} is not a first decision that denies: "
                        "this letter is the first appeal"
                    )
                check(case, item, today)
                return item
        raise LetterError(f"this case has no determination {determination_id}")
    first = [item for item in case.determinations if item.adverse and item.level is Level.INITIAL]
    still = [item for item in first if _open(case, item, today)]
    found = max(
        still or first,
        key=lambda item: item.notice_date or item.received_date or _FIRST,
        default=None,
    )
    if found is not None:
        check(case, found, today)
    return found


def _open(case: Case, denial: Determination, today: dt.date) -> bool:
    found = standing(case, denial, today)
    return not found.settled and not found.appealed


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
