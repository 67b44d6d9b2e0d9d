"""Who belongs to a case: the names and numbers that its papers may hold."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from tmjkit.case import Case, Provider, Representative

_PHONE = 10
_WORD = re.compile(r"[^\W\d_]+")
_TITLES = frozenset(
    (
        "dr", "mr", "mrs", "ms", "miss", "md", "do", "dds", "dmd", "phd", "pt", "dpt", "np", "pa",
        "rn", "jr", "sr", "ii", "iii", "iv",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """Names and numbers of people.

    Parameters
    ----------
    names
        Each name as its words in small letters, without titles and initials; the patient's first.
    ids, phones, emails
        Numbers without what separates them, addresses in small letters.
    birth_dates
        Dates of birth.
    """

    names: tuple[frozenset[str], ...] = field(default=(), repr=False)
    ids: frozenset[str] = field(default=frozenset(), repr=False)
    phones: frozenset[str] = field(default=frozenset(), repr=False)
    emails: frozenset[str] = field(default=frozenset(), repr=False)
    birth_dates: frozenset[date] = field(default=frozenset(), repr=False)


def words_of(name: str) -> frozenset[str]:
    """Return the words of a name, without titles and single letters."""
    words = (word.casefold() for word in _WORD.findall(name))
    return frozenset(word for word in words if len(word) > 1 and word not in _TITLES)


def bare(number: str) -> str:
    """Return an id without what separates its parts."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def digits(number: str) -> str:
    """Return the ten digits of a telephone number; empty where there are fewer."""
    found = re.sub(r"\D", "", number)
    return found[-_PHONE:] if len(found) >= _PHONE else ""


def identity_of(case: Case) -> Identity:
    """Return the people of a case: patient, subscribers, providers, representatives, contacts."""
    people: tuple[Provider | Representative, ...] = (*case.providers, *case.representatives)
    dates = [case.patient.birth_date, *(item.subscriber_birth_date for item in case.coverages)]
    phones: list[str | None] = [case.patient.phone]
    for person in people:
        phones += [person.phone, person.fax]
    for coverage in case.coverages:
        phones += [coverage.phone, coverage.fax]
    return Identity(
        names=tuple(dict.fromkeys(filter(None, map(words_of, _names(case))))),
        ids=frozenset(filter(None, map(bare, _ids(case)))),
        phones=frozenset(filter(None, (digits(text) for text in phones if text))),
        emails=_emails((case.patient.email, *(item.email for item in people))),
        birth_dates=frozenset(item.earliest for item in dates if item and item.exact),
    )


def names_patient(pages: Iterable[str], known: Identity) -> bool:
    """Tell whether the text of a document names the patient; where nobody is known, it may."""
    if not known.names:
        return True
    patient = known.names[0]
    return any(len(words_of(text) & patient) >= min(2, len(patient)) for text in pages)


def patient_of(case: Case) -> Identity:
    """Return the patient alone: whom the papers of other cases must not name."""
    patient, born = case.patient, case.patient.birth_date
    return Identity(
        names=tuple(filter(None, (words_of(patient.name),))),
        ids=frozenset(filter(None, (bare(item.member_id) for item in case.coverages))),
        phones=frozenset(filter(None, (digits(patient.phone or ""),))),
        emails=_emails((patient.email,)),
        birth_dates=frozenset({born.earliest} if born and born.exact else ()),
    )


def _emails(found: Iterable[str | None]) -> frozenset[str]:
    return frozenset(text.casefold() for text in found if text)


def _names(case: Case) -> Iterator[str]:
    yield case.patient.name
    yield from (item.subscriber for item in case.coverages)
    for provider in case.providers:
        yield from (provider.name, provider.organization)
    for person in case.representatives:
        yield from (person.name, person.organization)
    for coverage in case.coverages:
        yield coverage.payer
        yield coverage.plan_name
    yield from (item.decided_by for item in case.determinations)
    yield from (item.who for item in case.contacts)


def _ids(case: Case) -> Iterator[str]:
    for coverage in case.coverages:
        yield from (coverage.member_id, coverage.group_id)
    yield from (item.reference for item in case.requests)
    for claim in case.claims:
        yield from (claim.reference, claim.corrects, claim.account)
    yield from (item.reference for item in case.determinations)
    yield from (item.reference for item in case.appeals)
