"""The clocks of one payer, out of all that a case has."""

from collections.abc import Iterator

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    Case,
    Claim,
    Contact,
    Coverage,
    Determination,
    PapersRequest,
    Record,
)
from tmjkit.letters.kinds.acting_picks import payer_of
from tmjkit.letters.situation import Situation
from tmjkit.rules import Deadline, Whose, coverage_of, deadlines


def of_the_payer(situation: Situation) -> Iterator[Deadline]:
    """Yield what the payer of the letter's coverage owes, as the rules work it out.

    What somebody else owes, such as the records of a clinic or the promise of a therapist, is left
    out, and so is what concerns another coverage.
    """
    coverage = situation.coverage
    if coverage is None:
        return
    found = deadlines(situation.case, situation.today, knowledge=situation.known.facts)
    for item in found:
        if item.whose is Whose.THEIRS and item.records:
            record = situation.case.record(item.records[0])
            if owes(situation.case, record) == coverage:
                yield item


def owes(case: Case, record: Record) -> Coverage | None:
    """Return the coverage whose payer a record concerns; None where it is another's, or unknown."""
    match record:
        case AuthorizationRequest() | Claim() | Determination():
            return coverage_of(case, record)
        case Appeal():
            return _behind(case, record.determination_id)
        case PapersRequest(provider_id=None):
            named = next((item for item in case.coverages if item.id == record.coverage_id), None)
            return named or _behind(case, record.determination_id)
        case Contact():
            return payer_of(case, record)
    return None


def _behind(case: Case, determination_id: str | None) -> Coverage | None:
    for item in case.determinations:
        if item.id == determination_id:
            return coverage_of(case, item)
    return case.coverages[0] if len(case.coverages) == 1 else None
