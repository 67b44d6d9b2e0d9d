"""Who the patient of a case is, as far as a letter of another case could give it away."""

from collections.abc import Iterator
from dataclasses import dataclass

from tmjkit.case import Case


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one patient from another.

    Parameters
    ----------
    case_id
        Opaque id of the case.
    names
        Names of the patient and of those insured with the patient, as 'Given Family'.
    birth_date
        Date of birth as YYYY-MM-DD; empty, or shorter, where it is not fully known.
    ids
        Member ids, and the payer's numbers of requests, claims, decisions and appeals.
    """

    case_id: str
    names: tuple[str, ...]
    birth_date: str
    ids: tuple[str, ...]


def identity_of(case: Case) -> Identity:
    """Return who the patient of a case is."""
    names = (case.patient.name, *(item.subscriber for item in case.coverages))
    return Identity(
        case.id,
        tuple(dict.fromkeys(name for name in names if name)),
        str(case.patient.birth_date or ""),
        tuple(dict.fromkeys(number for number in _numbers(case) if number)),
    )


def _numbers(case: Case) -> Iterator[str]:
    for coverage in case.coverages:
        yield coverage.member_id
    for papers in (case.requests, case.claims, case.determinations, case.appeals):
        for item in papers:
            yield item.reference
    yield case.patient.phone or ""
    yield case.patient.email or ""
