"""A complaint to the office that has the plan: whether there is cause for one, and what it tells.

It tells what is on record, with its dates, and the rules that were not kept: the payer's own times
that certainly are over, papers that did not come, promises that were not kept. It says nothing of
why, and accuses nobody.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    Claim,
    Contact,
    Determination,
    DocumentSource,
    PapersRequest,
    PartialDate,
    Record,
)
from tmjkit.language import translated
from tmjkit.letters.decision import noticed
from tmjkit.letters.gap import Gap
from tmjkit.letters.kinds.model import FITS, Fit, later, never
from tmjkit.letters.kinds.payer_clocks import of_the_payer, owes
from tmjkit.letters.kinds.regulators import office
from tmjkit.letters.situation import Situation
from tmjkit.letters.value import Value, clean
from tmjkit.letters.view import View, date_words, missing, value, view
from tmjkit.rules import Deadline, Status
from tmjkit.rules.deadlines.standing import all_against

_PROMISE: Final = "deadline.promise"
_SAYS_WHY: Final = (
    "F-DENIAL",
    "F-DENIAL-GRP",
    "F-DENIAL-IND",
    "F-DENIAL-MCO",
    "F-DENIAL-MA",
    "F-DENIAL-OM",
)


def complains(situation: Situation) -> Fit:
    """Tell whether something is on record that a complaint could be about, and who takes it."""
    if situation.coverage is None:
        return later("it is not recorded which plan it is about; add it under Insurance coverages")
    found = office(situation)
    if found.none:
        return never(found.none)
    if not list(_late(situation)) and not list(_broken(situation)) and not _silent(situation):
        return later(
            "nothing is recorded as late, as not kept or as lacking on the payer's side; what was "
            "decided is answered by an appeal"
        )
    return FITS


def complaint(situation: Situation) -> Mapping[str, Any]:
    """Add the office, what happened, and what was not kept.

    `office` is the fact on the office or a gap, `copies` those on other offices; `events` has what
    happened, by date, each with `date` and `what`; `late` the payer's times that are over, each
    with `title`, `due`, `came` and `rules`; `broken` the promises that were not kept; `silent` the
    rules on what a notice says, where the reason on file is empty.
    """
    found = office(situation)
    law = situation.law
    return {
        "office": law.fact(found.fact) if found.fact else found.gap,
        "copies": law.those(*found.also),
        "events": tuple(_events(situation)) or _no_events(),
        "late": tuple(_late_view(situation, item) for item in _late(situation)),
        "broken": tuple(_broken(situation)),
        "silent": law.those(*_SAYS_WHY) if _silent(situation) else (),
        "lacks_reason": _silent(situation),
        "state": _state(situation),
    }


def _state(situation: Situation) -> Value | str:
    """Return the State whose law reaches the plan; empty where none does."""
    coverage, law = situation.coverage, situation.law.result
    found = law.state if law else None
    return value(found, coverage) if found else ""


def _no_events() -> Gap:
    return missing(
        "What happened, with its dates",
        "Requests, Claims, Determinations and Contacts: add what was sent, decided and said",
        record="contacts",
    )


def _late(situation: Situation) -> Iterator[Deadline]:
    """Yield the payer's times that certainly are over; a promise is told apart."""
    for item in of_the_payer(situation):
        if item.status is Status.MISSED and item.rule != _PROMISE and _stated(situation, item):
            yield item


def _stated(situation: Situation, item: Deadline) -> bool:
    """Tell whether a rule of the plan's own law is behind a time."""
    known = situation.known.facts
    return any(name in known and situation.law.holds(name) for name in item.facts)


def _late_view(situation: Situation, item: Deadline) -> View:
    law, known = situation.law, situation.known.facts
    facts = tuple(name for name in item.facts if name in known and law.holds(name))
    day = item.safe_date
    records = tuple(situation.case.record(name) for name in item.records)
    came = _came(records)
    fields = {
        "title": Value(clean(translated(item.title)), item.records, facts),
        "due": Value(date_words(PartialDate.of(day)), item.records, facts) if day else "",
        "came": Value(date_words(came), item.records) if came else "",
        "rules": law.those(*facts),
    }
    return View("late", MappingProxyType(fields), records)


def _came(records: tuple[Record, ...]) -> PartialDate | None:
    """Return the day on which what was due came after all; None where it did not."""
    for item in records:
        match item:
            case Determination():
                return item.notice_date or item.received_date
            case Appeal(decided=PartialDate() as day):
                return day
            case PapersRequest(answered=PartialDate() as day):
                return day
    return None


def _broken(situation: Situation) -> Iterator[View]:
    """Yield promises of the payer that are recorded as not kept, or whose day is over."""
    for item in of_the_payer(situation):
        if item.rule != _PROMISE or item.status is not Status.MISSED:
            continue
        contact = situation.case.record(item.records[0])
        if isinstance(contact, Contact) and contact.promised:
            place = situation.case.contacts.index(contact) + 1
            yield view(contact, "contacts", place).with_fields(settled=contact.kept is not None)


def _silent(situation: Situation) -> bool:
    """Tell whether the denial's notice is on file and no reason of it is recorded."""
    denial = situation.denial
    return (
        denial is not None
        and denial.adverse
        and not any(reason.text for reason in denial.reasons)
        and any(isinstance(source, DocumentSource) for source in denial.sources)
    )


@dataclass(frozen=True, slots=True)
class _Event:
    day: PartialDate | None
    words: str
    record: Record


def _events(situation: Situation) -> Iterator[View]:
    """Yield what happened in the matter, oldest first; what is only planned is left out."""
    found = [
        item
        for item in _all_events(situation)
        if item.day is None or item.day.earliest <= situation.today
    ]
    for item in sorted(found, key=lambda one: one.day.earliest if one.day else dt.date.max):
        fields = {
            "date": value(item.day, item.record) if item.day else "",
            "what": Value(clean(item.words), (item.record.id,)),
        }
        yield View("event", MappingProxyType(fields), (item.record,))


def _all_events(situation: Situation) -> Iterator[_Event]:
    case, denial, asked = situation.case, situation.denial, situation.subject.asked
    if asked is not None and asked.sent:
        yield _Event(asked.sent, _sent(asked), asked)
    appeals = all_against(case, denial) if denial else []
    chain = {item.id for item in appeals} | {asked.id if asked else ""}
    decisions = [item for item in case.determinations if item is denial or item.about_id in chain]
    for decision in decisions:
        words = translated("Decision: {decision}").format(
            decision=translated(decision.decision.label).lower()
        )
        shown = noticed(decision, case.documents)
        yield _Event(decision.notice_date or decision.received_date, words, shown)
    for appeal in appeals:
        if appeal.sent:
            words = translated("Appeal sent: {level}").format(
                level=translated(appeal.level.label).lower()
            )
            yield _Event(appeal.sent, words, appeal)
    for papers in case.papers:
        if papers.sent and owes(case, papers) == situation.coverage:
            words = translated("Papers asked for: {papers}").format(
                papers=papers.what or translated(papers.kind.label).lower()
            )
            yield _Event(papers.sent, words, papers)
    for contact in case.contacts:
        if owes(case, contact) == situation.coverage and contact.said:
            words = f"{translated(contact.channel.label)}: {contact.said}"
            yield _Event(contact.date, words, contact)


def _sent(asked: AuthorizationRequest | Claim) -> str:
    if isinstance(asked, Claim):
        return translated("Claim sent")
    return translated("Request for authorization sent")
