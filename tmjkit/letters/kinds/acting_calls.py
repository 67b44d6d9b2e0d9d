"""The script for a phone call.

What is asked follows from the rules: what the plan's law leaves open, what is missing and the payer
can tell, what was sent and not acknowledged, the payer's own times and its promises. What somebody
of ours has to read or enter is no question to an agent: it stands apart, to be looked up before.
Source for what is written down: the check-list of a telephone log, F2-PHONE-LOG.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    Channel,
    Claim,
    PapersRequest,
    PartialDate,
    Record,
)
from tmjkit.language import translated
from tmjkit.letters.gap import Gap
from tmjkit.letters.kinds.acting_picks import payer_of
from tmjkit.letters.kinds.model import FITS, Fit, later
from tmjkit.letters.kinds.payer_clocks import of_the_payer, owes
from tmjkit.letters.kinds.policies_named import policy_at_hand
from tmjkit.letters.situation import Situation
from tmjkit.letters.value import Value, clean
from tmjkit.letters.view import View, date_words, missing, value, view
from tmjkit.rules import Deadline, Status, findings
from tmjkit.rules.triage import triage

_PROMISE: Final = "deadline.promise"
_OPEN: Final = (Status.RUNNING, Status.MISSED, Status.CANNOT_START)
_POLICY: Final = "criteria.policy-missing"
_SAME: Final = MappingProxyType({"criteria.policy-old": _POLICY})
# What is missing in the case and the payer can tell by phone.
_PAYER_KNOWS: Final = frozenset(
    {
        "missing.member-id",
        "missing.notice-date",
        "missing.denial-reason",
        "missing.determination",
        _POLICY,
    }
)
# How those points begin that the law leaves open and the payer can tell.
_LAW_ASKS: Final = MappingProxyType(
    {
        "Ask the employer": "law.funding",
        "Ask the payer, or look in the plan booklet": "law.grandfathered",
        "Ask the plan's office which law": "law.church",
        "Ask the plan's office whether an insurer": "law.insured",
        "Ask which benefit": "law.benefit",
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

    `number` is the payer's telephone number; `look_ups` what to read or enter before the call, in
    words; `open_questions` what only the payer can tell, each with its `rule`; `unacknowledged`
    what was sent and not acknowledged, with `what`, `sent` and `how`; `clocks` the payer's own
    times, with `title`, `due` and `rules`; `promises` what it promised and is not known to have
    kept, each with `broken`.
    """
    return {
        "number": _number(situation),
        "open_questions": tuple(_questions(situation)),
        "look_ups": tuple(_look_ups(situation)),
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
    """Yield what only the payer can tell, each once; `rule` says which question it is."""
    coverage, law, known = situation.coverage, situation.law.result, situation.known
    if coverage is not None and law is not None:
        for ask in law.asks:
            if rule := _question_of(ask):
                yield _question(rule, (coverage.id,))
    asked: set[str] = set()
    for finding in findings(
        situation.case, situation.today, knowledge=known.facts, policies=known.policies
    ):
        rule = _SAME.get(finding.rule, finding.rule)
        if rule not in _PAYER_KNOWS or rule in asked or not _here(situation, finding.records):
            continue
        if rule == _POLICY and policy_at_hand(situation):
            continue
        asked.add(rule)
        yield _question(rule, finding.records, _holding(situation, finding.facts))


def _question(rule: str, records: tuple[str, ...], facts: tuple[str, ...] = ()) -> View:
    return View("question", MappingProxyType({"rule": rule, "about": Value("", records, facts)}))


def _question_of(ask: str) -> str:
    """Return the question to the payer that an open point of the law is; empty where it is none."""
    return next((rule for start, rule in _LAW_ASKS.items() if ask.startswith(start)), "")


def _look_ups(situation: Situation) -> Iterator[Value]:
    """Yield what somebody of ours reads or enters before the call, each thing once."""
    coverage, denial, law = situation.coverage, situation.denial, situation.law.result
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    if coverage is not None and law is not None:
        found |= dict.fromkeys(law.asks, ((coverage.id,), ()))
    if denial is not None:
        judged = triage(situation.case, denial, situation.today, knowledge=situation.known.facts)
        for ground in judged.asks:
            found.setdefault(ground.says, (ground.records, ground.facts))
    for words, (records, facts) in found.items():
        if _question_of(words) in ("", "law.funding"):  # the employer is asked besides
            yield Value(clean(translated(words)), records, _holding(situation, facts))


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
    """Yield what the payer promised and is not known to have kept.

    `broken` is whether it was not kept, or its day passed without a word on it.
    """
    case, today = situation.case, situation.today
    for place, item in enumerate(case.contacts, 1):
        if item.promised and item.kept is not True and payer_of(case, item) == situation.coverage:
            passed = item.promised_by is not None and item.promised_by < today
            broken = item.kept is False or passed
            yield view(item, "contacts", place).with_fields(broken=broken)
