"""Chooses what a request is about: a decision at any level, a plan, or who holds the records."""

import datetime as dt
from typing import Final

from tmjkit.case import (
    AuthorizationRequest,
    BotulinumSession,
    Case,
    Claim,
    Coverage,
    Decision,
    Determination,
    DocumentSource,
    Network,
    PapersKind,
    PartialDate,
    Provider,
    ProviderRole,
    Reason,
    ReasonKind,
    Record,
    Treatment,
)
from tmjkit.letters import choose
from tmjkit.letters.gap import LetterError
from tmjkit.letters.kinds.appeals_chain import asked_behind, first_of
from tmjkit.letters.situation import Subject
from tmjkit.rules import coverage_of
from tmjkit.rules.triage import open_denials

_FIRST: Final = PartialDate(1880)


def decision(case: Case, today: dt.date, about: str | None, coverage_id: str | None) -> Subject:
    """Choose the latest open denial at any level, else the latest denial.

    Raises
    ------
    LetterError
        When the id is not that of a decision of the case that denies.
    """
    return _about(case, denied(case, today, about), coverage_id)


def _about(case: Case, denial: Determination | None, coverage_id: str | None) -> Subject:
    """Return a denial at any level with what was asked for at first, and its coverage."""
    asked = asked_behind(case, denial)
    first = first_of(case, denial)
    payer = choose.coverage(case, coverage_id, denial, asked)
    if payer is None and first is not None:
        payer = coverage_of(case, first)
    if denial is None:
        asked = choose.latest_request(case, payer)
    return Subject(payer, denial, asked)


def denied(
    case: Case, today: dt.date, about: str | None, kind: ReasonKind | None = None
) -> Determination | None:
    """Return the denial with that id, else the latest that is open, with a reason of that kind.

    Raises
    ------
    LetterError
        When the id is not that of a decision of the case that denies.
    """
    if about is not None:
        found = choose.record(case, about, Determination)
        if not found.adverse:
            raise LetterError(f"{about} denies nothing: this letter is about a denial")
        return found
    known = [item for item in case.determinations if item.adverse and _told(item, today)]
    if kind is not None:
        known = [item for item in known if has_reason(item, kind)]
    ids = {item.id for item in open_denials(case)}
    still = [item for item in known if item.id in ids]
    return max(still or known, key=lambda item: _day(item) or _FIRST, default=None)


def has_reason(denial: Determination, kind: ReasonKind) -> bool:
    """Tell whether a denial gives a reason of that kind."""
    reasons: tuple[Reason, ...] = denial.reasons
    return any(item.kind is kind for item in reasons)


def _told(denial: Determination, today: dt.date) -> bool:
    day = _day(denial)
    return day is None or day.earliest <= today


def _day(denial: Determination) -> PartialDate | None:
    return denial.notice_date or denial.received_date


def plan(case: Case, today: dt.date, about: str | None, coverage_id: str | None) -> Subject:
    """Choose a plan: that of the coverage or denial named, else of what is denied, else the first.

    Raises
    ------
    LetterError
        When the id is neither that of a coverage nor of a denial of the case.
    """
    if about is not None and any(item.id == about for item in case.coverages):
        return Subject(
            coverage=choose.coverage(case, about, None, None),
            denial=_latest_of(case, today, about),
            about=case.record(about),
        )
    return decision(case, today, about, coverage_id)


def _latest_of(case: Case, today: dt.date, coverage_id: str) -> Determination | None:
    found = denied(case, today, None)
    payer = coverage_of(case, found) if found else None
    return found if payer and payer.id == coverage_id else None


def without_authorization(
    case: Case, today: dt.date, about: str | None, coverage_id: str | None
) -> Subject:
    """Choose the denial for want of authorization.

    Raises
    ------
    LetterError
        When the id is not that of a decision of the case that denies.
    """
    found = denied(case, today, about, ReasonKind.NO_PRIOR_AUTHORIZATION)
    return _about(case, found, coverage_id)


def other_benefit(
    case: Case, today: dt.date, about: str | None, coverage_id: str | None
) -> Subject:
    """Choose the denial that names another benefit, and the coverage of that other benefit.

    The coverage is the one asked for, else the only one of the case with another benefit than the
    one that denied; where there are several, or none, it is left open and the letter asks.

    Raises
    ------
    LetterError
        When an id is not in the case, or not of a decision that denies.
    """
    found = denied(case, today, about, ReasonKind.WRONG_BENEFIT)
    asked = asked_behind(case, found)
    if coverage_id is not None:
        return Subject(choose.coverage(case, coverage_id, None, None), found, asked)
    first = coverage_of(case, found) if found else None
    others = [
        item
        for item in case.coverages
        if first is not None and item.id != first.id and item.benefit is not first.benefit
    ]
    return Subject(others[0] if len(others) == 1 else None, found, asked)


def holder(case: Case, today: dt.date, about: str | None, coverage_id: str | None) -> Subject:  # noqa: ARG001 -- every pick is given the day
    """Choose who holds the records: a provider, or a plan where its id is given.

    Without an id it is the provider of an unsent request for medical records, else the one of whose
    care the most is on record without a page that shows it, else the first.

    Raises
    ------
    LetterError
        When the id is neither that of a provider nor of a coverage of the case.
    """
    payer = choose.coverage(case, coverage_id, None, None)
    if about is not None:
        found: Record | None = next(
            (item for item in (*case.providers, *case.coverages) if item.id == about), None
        )
        if found is None:
            raise LetterError(f"this case has no provider or coverage {about}")
        return Subject(coverage=found if isinstance(found, Coverage) else payer, about=found)
    return Subject(coverage=payer, about=_asked(case) or _least_shown(case))


def _asked(case: Case) -> Provider | None:
    wanted = {
        item.provider_id
        for item in case.papers
        if item.kind is PapersKind.MEDICAL_RECORDS and item.sent is None
    }
    return next((item for item in case.providers if item.id in wanted), None)


def _least_shown(case: Case) -> Provider | None:
    def unshown(provider: Provider) -> int:
        return sum(not _shown(item) for item in care_by(case, provider))

    return max(case.providers, key=unshown, default=None)


def care_by(case: Case, provider: Provider) -> list[Treatment | BotulinumSession]:
    """Return the care of the jaw that a provider gave."""
    given: list[Treatment | BotulinumSession] = [*case.jaw_treatments, *case.jaw_sessions]
    return [item for item in given if item.provider_id == provider.id]


def _shown(item: Record) -> bool:
    return any(isinstance(source, DocumentSource) for source in item.sources)


def outside(case: Case, today: dt.date, about: str | None, coverage_id: str | None) -> Subject:
    """Choose the clinician outside the network, and the request.

    Raises
    ------
    LetterError
        When the id is not that of a provider of the case.
    """
    subject = choose.request(case, today, None, coverage_id)
    if about is not None:
        return _with(subject, choose.record(case, about, Provider))
    prescriber = choose.prescriber(case, subject.asked)
    away = [item for item in case.providers if item.network in (Network.OUT, Network.LEFT)]
    found = prescriber if prescriber in away or not away else away[0]
    return _with(subject, found)


def left(case: Case, today: dt.date, about: str | None, coverage_id: str | None) -> Subject:
    """Choose the clinician who left the network, and the request.

    Raises
    ------
    LetterError
        When the id is not that of a provider of the case.
    """
    subject = choose.request(case, today, None, coverage_id)
    if about is not None:
        return _with(subject, choose.record(case, about, Provider))
    gone = [item for item in case.providers if item.network is Network.LEFT]
    injects = [item for item in gone if item.role is ProviderRole.PRESCRIBING]
    return _with(subject, next(iter([*injects, *gone]), None))


def _with(subject: Subject, about: Record | None) -> Subject:
    return Subject(subject.coverage, subject.denial, subject.asked, about)


def open_denial_of(case: Case, request: AuthorizationRequest | None) -> Determination | None:
    """Return the open denial of a request; None where there is none."""
    return next(
        (item for item in open_denials(case) if request and item.about_id == request.id), None
    )


def approval_of(case: Case, asked: AuthorizationRequest | Claim | None) -> Determination | None:
    """Return an approval of one of the codes that had not ended by the service; None without one.

    An approval whose last day is not recorded counts: the office looks at it.
    """
    codes = {line.code for line in asked.lines} if asked else set()
    service = asked.start if isinstance(asked, Claim) else None
    requests = {item.id: item for item in case.requests}
    for item in case.determinations:
        request = requests.get(item.about_id or "")
        if item.decision is not Decision.APPROVAL or request is None:
            continue
        until = item.approved_until
        ended = bool(until and service and until.latest < service.earliest)
        if not ended and codes & {line.code for line in request.lines}:
            return item
    return None
