"""What answers a denial beside the records of care: its own words, the calls, the scores."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from tmjkit.case import (
    Case,
    Channel,
    Contact,
    ContactSource,
    Determination,
    DocumentSource,
    Measurement,
    ReasonKind,
    Topic,
)
from tmjkit.letters import care
from tmjkit.letters.decision import noticed
from tmjkit.letters.kinds.acting_picks import payer_of
from tmjkit.letters.kinds.appeals_chain import chain, reasoned
from tmjkit.letters.kinds.policies_named import names_rule, words_of
from tmjkit.letters.situation import Situation
from tmjkit.letters.value import Value, clean
from tmjkit.letters.view import View, date_words, value, view
from tmjkit.rules import response
from tmjkit.rules.deadlines.standing import all_against, dated
from tmjkit.rules.response import Aspect, Change, Direction, Episode
from tmjkit.rules.response.words import percent_words

_ON_CARE: Final = frozenset(
    {
        ReasonKind.EXPERIMENTAL,
        ReasonKind.NOT_MEDICALLY_NECESSARY,
        ReasonKind.STEP_THERAPY,
        ReasonKind.QUANTITY,
    }
)
"""Reasons that an earlier approval of the same treatment speaks against."""

_TOPICS: Final = frozenset(
    {
        Topic.APPEAL,
        Topic.AUTHORIZATION,
        Topic.CLAIM,
        Topic.PEER_TO_PEER,
        Topic.RECORDS,
    }
)
_CALLS: Final = 3
_QUOTES: Final = 3
_SHORT: Final = 5
"""Fewer words than this are a date or a name and no sentence."""

# What was read: beside the rule that was applied, what an answer has to meet.
_READ: Final = re.compile(
    r"\b(?:records?|notes?|forms?|pages?|charts?|faxe?[ds]?)\b", re.IGNORECASE
)


def answers(situation: Situation) -> Mapping[str, Any]:
    """Return what an answer to a denial can read of the notice, the calls and the scores.

    `also_said` are further words of the notice on the rule that was applied and on what was read;
    `rule_named` whether that rule is on record by its number; `calls` what was said on the phone
    with the payer since; `scores` what the scores of pain and function did after each session;
    `approved_at` the place, from 1, of the first reason that an earlier approval speaks against;
    0 where there is none.
    """
    denial = reasoned(situation.case, situation.denial)
    reasons = denial.reasons if denial else ()
    told = calls(situation)
    return {
        "also_said": also_said(situation.case, denial),
        "rule_named": _rule_named(denial, told),
        "calls": tuple(_call(item) for item in told),
        "scores": scores(situation),
        "approved_at": next(
            (place for place, item in enumerate(reasons, 1) if item.kind in _ON_CARE), 0
        ),
    }


def also_said(case: Case, denial: Determination | None) -> tuple[View, ...]:
    """Return the notice's recorded words on the rule and on what was read, beside its reasons."""
    if denial is None:
        return ()
    reasons = " ".join(" ".join(item.text.split()) for item in denial.reasons)
    found: dict[str, View] = {}
    for source in noticed(denial, case.documents).sources:
        words = clean(source.quote) if isinstance(source, DocumentSource) else ""
        if len(words.split()) < _SHORT or words in reasons:
            continue
        if names_rule(words) or _READ.search(words):
            record = denial.model_copy(update={"sources": (source,)})
            fields = {"text": Value(words, (denial.id,))}
            found.setdefault(words, View("notice", MappingProxyType(fields), (record,)))
    return tuple(found.values())[:_QUOTES]


def _rule_named(denial: Determination | None, told: tuple[Contact, ...]) -> bool:
    words = [item.said for item in told]
    return any(map(names_rule, (*words, *(words_of(denial) if denial else ()))))


def calls(situation: Situation) -> tuple[Contact, ...]:
    """Return the latest calls about a denial whose words are on record, oldest first.

    They came after the notice. Either they are recorded as about the denial, what it decides or an
    appeal of it, or they were with the payer and on no other matter.
    """
    case, denial = situation.case, situation.denial
    since = dated(denial) if denial else None
    if denial is None or since is None:
        return ()
    about = _matter(situation, denial)
    found = [
        item
        for item in case.contacts
        if item.channel is Channel.PHONE
        and clean(item.said)
        and item.date is not None
        and since.latest <= item.date.earliest
        and item.date.latest <= situation.today
        and (item.about_id in about or _with_payer(situation, item))
    ]
    return tuple(sorted(found, key=lambda item: (str(item.date), str(item.time or ""))))[-_CALLS:]


def _matter(situation: Situation, denial: Determination) -> frozenset[str]:
    """Return the ids of the denial, of what it decides, and of the appeals of it."""
    asked = situation.subject.asked
    appeals = {item.id for item in all_against(situation.case, denial)}
    return chain(situation.case, denial) | appeals | ({asked.id} if asked else set())


def _with_payer(situation: Situation, contact: Contact) -> bool:
    """Tell whether a contact that names no record was with the payer, on such a matter or none."""
    if contact.about_id is not None or contact.topic not in (None, *_TOPICS):
        return False
    payer = payer_of(situation.case, contact)
    return payer is not None and payer == situation.coverage


def _call(item: Contact) -> View:
    """Return a call as its own source."""
    cited = item.model_copy(update={"sources": (ContactSource(contact_id=item.id),)})
    return View("call", view(item, "contacts").fields, (cited,))


def scores(situation: Situation) -> tuple[View, ...]:
    """Return what scores of pain and function did after each injection session, oldest first.

    Each session has `date`; `changes` of the scales that were better after it, with `label`,
    `before`, `after`, `day` and `share`; and `weeks`, the last week in which the scores still show
    less pain, empty where none do. It is the rules' word (`rules.response`): what was measured
    before and after, and no cause. Every reading stands in the table of measurements.
    """
    found = response(situation.case, situation.today, knowledge=situation.known.facts)
    return tuple(
        told
        for item in found.sessions
        if (told := _session(item, situation)).fields["changes"] or told.fields["weeks"]
    )


def _session(item: Episode, situation: Situation) -> View:
    record = situation.case.record(item.record)
    changes = tuple(
        told
        for one in item.scales
        if one.scale.aspect in (Aspect.PAIN, Aspect.FUNCTION)
        and one.scale.unit != "mm"  # a millimeter or two is no answer; the table of readings has it
        and one.best is not None
        and one.best.direction is Direction.BETTER
        and (told := _change(one.best, situation.case)) is not None
    )
    still = item.wear_off.still if item.wear_off else None
    fields = {
        "date": Value(date_words(item.start), (item.record,)),
        "changes": changes,
        "weeks": value(still, record) if still is not None else "",
    }
    return View("session", MappingProxyType(fields), (record,))


def _change(change: Change, case: Case) -> View | None:
    names = (*change.before.records, *change.after.records)
    records = tuple(case.record(name) for name in dict.fromkeys(names))
    before = next((one for one in records if isinstance(one, Measurement)), None)
    if before is None:
        return None
    after = change.after
    fields = {
        "label": value(care.measure_label(before), before),
        "before": Value(f"{change.before.value:g}", change.before.records),
        "after": Value(f"{after.value:g}", after.records),
        "day": Value(date_words(after.day), after.records),
        "share": Value(percent_words(change.percent), names) if change.percent is not None else "",
    }
    return View("change", MappingProxyType(fields), records)
