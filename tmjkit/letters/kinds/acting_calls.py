"""The script for a phone call and the letter that confirms one.

What is asked follows from the rules: what the plan's law leaves open, what triage has to find out,
what is missing and the payer can tell, what was sent and not acknowledged, the payer's own times
and its promises. Source for what is written down: the check-list of a telephone log, F2-PHONE-LOG.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    Channel,
    Claim,
    Contact,
    PapersRequest,
    PartialDate,
    Record,
)
from tmjkit.language import ENGLISH, current, translated
from tmjkit.letters.gap import Gap
from tmjkit.letters.kinds.acting_picks import payer_of
from tmjkit.letters.kinds.model import FITS, Fit, later
from tmjkit.letters.kinds.payer_clocks import of_the_payer, owes
from tmjkit.letters.situation import Situation
from tmjkit.letters.value import Value, clean
from tmjkit.letters.view import View, date_words, missing, value, view
from tmjkit.rules import Deadline, Status, findings
from tmjkit.rules.catalog.explain import explained
from tmjkit.rules.triage import triage

_PROMISE: Final = "deadline.promise"
_OPEN: Final = (Status.RUNNING, Status.MISSED, Status.CANNOT_START)
# What is missing in the case and the payer can tell by phone.
_PAYER_KNOWS: Final = frozenset(
    {
        "missing.member-id",
        "missing.notice-date",
        "missing.denial-reason",
        "missing.determination",
        "criteria.policy-missing",
        "criteria.policy-old",
    }
)


def scripts(situation: Situation) -> Fit:
    """Tell whether there is somebody to call."""
    if situation.coverage is None:
        return later(
            "it is not recorded which plan to call; add it under Insurance coverages, or name the "
            "denial, request or claim that the call is about"
        )
    return FITS


def script(situation: Situation) -> Mapping[str, Any]:
    """Add the number to call and what to ask.

    `number` is the payer's telephone number; `open_questions` what has to be found out, each with
    `text` and the `rule` that asks; `unacknowledged` what was sent and not acknowledged, with
    `what`, `sent` and `how`; `clocks` the payer's own times, with `title`, `due` and `rules`;
    `promises` what it promised and is not settled.
    """
    return {
        "number": _number(situation),
        "open_questions": tuple(_questions(situation)),
        "unacknowledged": tuple(_unacknowledged(situation)),
        "clocks": tuple(
            _clock(situation, item)
            for item in of_the_payer(situation)
            if item.rule != _PROMISE and item.status in _OPEN and item.open
        ),
        "promises": tuple(_promises(situation)),
    }


def _number(situation: Situation) -> Value | Gap:
    coverage = situation.coverage
    if coverage is not None and coverage.phone:
        return value(coverage.phone, coverage)
    calls = [
        item
        for item in situation.case.contacts
        if item.number and item.channel is Channel.PHONE and owes(situation.case, item) == coverage
    ]
    if calls and coverage is not None:
        return value(calls[-1].number, calls[-1])
    return missing(
        "Telephone number of the plan",
        "Insurance coverage, Phone: the number on the card",
        record=coverage.id if coverage else "coverages",
        field="phone",
    )


def _questions(situation: Situation) -> Iterator[View]:
    """Yield what has to be found out, each thing once; `rule` says which finding asks it."""
    asked: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {}
    coverage, denial, law = situation.coverage, situation.denial, situation.law.result
    known = situation.known
    if coverage is not None and law is not None:
        asked |= dict.fromkeys(law.asks, ((coverage.id,), (), "regime.ask"))
    if denial is not None:
        found = triage(situation.case, denial, situation.today, knowledge=known.facts)
        for ask in found.asks:
            asked.setdefault(ask.says, (ask.records, ask.facts, "triage"))
    for finding in findings(
        situation.case, situation.today, knowledge=known.facts, policies=known.policies
    ):
        if finding.rule in _PAYER_KNOWS and _here(situation, finding.records):
            asked.setdefault(f"{finding.what}.", (finding.records, finding.facts, finding.rule))
    for words, (records, facts, rule) in asked.items():
        text = Value(clean(_in_words(words, rule)), records, _holding(situation, facts))
        yield View("question", MappingProxyType({"text": text, "rule": rule}))


def _in_words(words: str, rule: str) -> str:
    """Say a question in the language of the script.

    What a finding says in the case's own words is in English only; what its rule says is not.
    """
    if rule in _PAYER_KNOWS and current() != ENGLISH:
        return explained(rule, current())
    return translated(words)


def _here(situation: Situation, records: tuple[str, ...]) -> bool:
    """Tell whether a finding is about this coverage, or about what it decided."""
    coverage = situation.coverage
    found = (situation.case.record(name) for name in records)
    return any(item == coverage or owes(situation.case, item) == coverage for item in found)


def _holding(situation: Situation, facts: tuple[str, ...]) -> tuple[str, ...]:
    known = situation.known.facts
    return tuple(name for name in facts if name in known and situation.law.holds(name))


def _unacknowledged(situation: Situation) -> Iterator[View]:
    case = situation.case
    sent: tuple[AuthorizationRequest | Claim | Appeal | PapersRequest, ...] = (
        *case.requests,
        *case.claims,
        *case.appeals,
        *case.papers,
    )
    for item in sent:
        day = item.sent
        if day is None or day.earliest > situation.today or item.received is not None:
            continue
        if owes(case, item) == situation.coverage and not _answered(situation, item):
            how = getattr(item, "channel", None)
            fields = {
                "what": Value(clean(_what(item)), (item.id,)),
                "sent": value(day, item),
                "how": value(how, item) if how else "",
            }
            yield View("sent", MappingProxyType(fields), (item,))


def _answered(situation: Situation, item: Record) -> bool:
    decided = any(one.about_id == item.id for one in situation.case.determinations)
    return decided or bool(
        getattr(item, "outcome", None)
        or getattr(item, "answered", None)
        or getattr(item, "paid", None) is not None
    )


def _what(item: Record) -> str:
    match item:
        case AuthorizationRequest():
            return translated("request for authorization")
        case Claim():
            return translated("claim")
        case Appeal():
            return translated("appeal")
        case PapersRequest():
            label = item.what or translated(item.kind.label)
            return translated("request for papers ({papers})").format(papers=label)
    raise TypeError(type(item).__name__)


def _clock(situation: Situation, item: Deadline) -> View:
    day = item.safe_date
    facts = _holding(situation, item.facts)
    due = Value(date_words(PartialDate.of(day)), item.records, facts) if day else ""
    fields = {
        "title": Value(clean(translated(item.title)), item.records, facts),
        "due": due,
        "late": item.status is Status.MISSED,
        "rules": situation.law.those(*facts),
    }
    records = tuple(situation.case.record(name) for name in item.records)
    return View("clock", MappingProxyType(fields), records)


def _promises(situation: Situation) -> Iterator[View]:
    case = situation.case
    for place, item in enumerate(case.contacts, 1):
        if item.promised and item.kept is None and payer_of(case, item) == situation.coverage:
            yield view(item, "contacts", place)


def confirms(situation: Situation) -> Fit:
    """Tell whether there is a phone call to confirm."""
    call = situation.subject.about
    if not isinstance(call, Contact):
        return later("no phone call is recorded; enter it under Contacts")
    if call.date and call.date.earliest > situation.today:
        return later("the phone call is recorded for a day that is still to come")
    return FITS


def confirmation(situation: Situation) -> Mapping[str, Any]:
    """Add the call (`call`), with `hour`, `ours` and whether it was with the plan (`with_plan`)."""
    case, call = situation.case, situation.subject.about
    if not isinstance(call, Contact):
        gap = missing("Phone call", "Contacts: add the call, with what was said", record="contacts")
        return {"call": gap, "with_plan": True}
    zone = f" ({call.time_zone})" if call.time_zone else ""
    hour = value(f"{call.time:%H:%M}{zone}", call) if call.time else ""
    found = view(call, "contacts", case.contacts.index(call) + 1)
    return {
        "call": found.with_fields(hour=hour, ours=call.direction.value == "out"),
        "with_plan": payer_of(case, call) is not None or not call.organization,
    }
