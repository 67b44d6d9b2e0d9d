"""What a request for prior authorization still lacks, and when the next one is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    Case,
    Coverage,
    DateRange,
    Decision,
    Determination,
    Outcome,
    PartialDate,
)
from tmjkit.knowledge import Policy, library
from tmjkit.rules.criteria.assess import assess
from tmjkit.rules.criteria.policies import policy_of
from tmjkit.rules.criteria.shopping import relevant
from tmjkit.rules.missing import missing_findings
from tmjkit.rules.urgent import SOON_DAYS

NEEDED: Final = frozenset(
    {
        "missing.patient-name",
        "missing.birth-date",
        "missing.coverage",
        "missing.member-id",
        "missing.provider",
        "missing.npi",
        "missing.diagnosis",
        "missing.diagnosis-date",
        "missing.pain-score",
        "missing.purpose",
        "missing.treatment-details",
        "missing.session-details",
        "missing.request",
        "missing.request-details",
    }
)
"""The rules that say what a request needs. Who funds the plan decides times and citations, and a
score without a day is left out of charts: neither keeps a request from being sent."""

SESSION_DAYS: Final = 84
"""12 weeks, the least interval that policies usually ask for (fact D-CRIT-4)."""


def lacking(case: Case, today: date, *, policies: Mapping[str, Policy] | None = None) -> int:
    """Count what a request for prior authorization still lacks.

    Each finding of `NEEDED` counts once, and each criterion that is not met or not shown and
    still matters, of the policy that somebody chose for the first coverage. Where none is chosen
    nothing is counted for it: zero says that nothing is known to be missing, and never that the
    payer will approve.

    Parameters
    ----------
    case, today
        The case, and the day to judge by.
    policies
        The policies to look into; those that ship with tmjkit when left out.
    """
    count = sum(1 for item in missing_findings(case, today) if item.rule in NEEDED)
    policy = chosen_policy(case, policies)
    if policy is None:
        return count
    return count + sum(1 for _ in relevant(assess(case, policy, today).criteria))


def chosen_policy(case: Case, policies: Mapping[str, Policy] | None = None) -> Policy | None:
    """Return the policy chosen for the coverage that pays first; None where none is known."""
    first: Coverage | None = min(case.coverages, key=lambda item: item.rank, default=None)
    if first is None or not first.policy:
        return None
    return policy_of(case, first, library().policies if policies is None else policies)


@dataclass(frozen=True, slots=True)
class Approved:
    """An approval that counts now: from when, for what request, until when.

    Parameters
    ----------
    day
        When it was given.
    request
        What was asked for; None where that is not recorded.
    until
        Its last day; None where that is not recorded.
    """

    day: PartialDate
    request: AuthorizationRequest | None
    until: PartialDate | None


def approved(case: Case) -> Approved | None:
    """Return the latest approval, by the payer or on appeal; None where none has a date."""
    found = [item for one in case.determinations if (item := _by_payer(case, one))]
    found += [item for one in case.appeals if (item := _on_appeal(case, one))]
    # max() takes the first of equals; of two on one day the one written down last counts.
    return max(reversed(found), key=lambda item: (item.day.earliest, item.day.latest), default=None)


def reauthorization_due(case: Case, today: date) -> DateRange | None:
    """Return when to ask for the next authorization; None where nothing tells.

    The last day is the one on which the patient would be without: the last day of the approval,
    or, where the sessions that were asked for are used up, 12 weeks after the last one (fact
    D-CRIT-4), the soonest that policies usually pay the next. Of two days the earlier one counts.
    The first day is 30 days (`SOON_DAYS`) before. Sessions dated after today are only planned.
    """
    given = approved(case)
    if given is None:
        return None
    days = [given.until.earliest] if given.until else []
    wanted = given.request.sessions if given.request else None
    done = [
        item.date
        for item in case.jaw_sessions
        if item.date and item.date.latest >= given.day.earliest and item.date.earliest <= today
    ]
    if wanted is not None and len(done) >= wanted:
        days.append(max(day.earliest for day in done) + timedelta(days=SESSION_DAYS))
    if not days:
        return None
    return DateRange(min(days) - timedelta(days=SOON_DAYS), min(days))


def _by_payer(case: Case, decision: Determination) -> Approved | None:
    day = decision.notice_date or decision.received_date
    if decision.decision is not Decision.APPROVAL or day is None:
        return None
    return Approved(day, _request(case, decision.about_id), decision.approved_until)


def _on_appeal(case: Case, appeal: Appeal) -> Approved | None:
    day = appeal.decided or appeal.sent
    if appeal.outcome is not Outcome.OVERTURNED or day is None:
        return None
    denial = next(
        (item for item in case.determinations if item.id == appeal.determination_id), None
    )
    return Approved(day, _request(case, denial.about_id if denial else None), None)


def _request(case: Case, record_id: str | None) -> AuthorizationRequest | None:
    if record_id is None:
        return case.requests[0] if len(case.requests) == 1 else None
    return next((item for item in case.requests if item.id == record_id), None)
