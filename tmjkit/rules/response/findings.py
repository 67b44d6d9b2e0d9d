"""Findings about what the scores did around the injection sessions.

They say what was measured before and after, and never that the injection caused it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from tmjkit.case import Case
from tmjkit.knowledge import Benefit, Fact
from tmjkit.rules.model import Finding, Severity
from tmjkit.rules.response.model import Change, Episode, Reach
from tmjkit.rules.response.respond import response
from tmjkit.rules.response.scales import Aspect
from tmjkit.rules.response.windows import FOLLOW_UP_FROM, FOLLOW_UP_TO
from tmjkit.rules.response.words import number

_ASPECTS: Final = (Aspect.PAIN, Aspect.FUNCTION)
_PAIN: Final = "nrs-pain"
_SHOWN: Final = 5


def response_findings(case: Case, today: date, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield which session lacks a score before or after it, and what pain did otherwise.

    Parameters
    ----------
    case
        The case.
    today
        The day to judge by.
    known
        The facts to rest on.
    """
    sessions = response(case, today, knowledge=known).sessions
    yield from _no_baseline([item for item in sessions if not _has_baseline(item)], known)
    lacking = [item for item in sessions if not _has_follow_up(item)]
    over = [item for item in lacking if _end(item) < today]
    yield from _no_follow_up(over, known)
    for item in lacking:
        # Before the second week there is nothing to measure yet.
        if item not in over and item.start.earliest + timedelta(days=FOLLOW_UP_FROM) <= today:
            yield _measure_now(item, known)
    yield from _by_size(sessions)


def _end(item: Episode) -> date:
    """Return the last day on which a follow-up score still counts, at the latest."""
    return item.start.latest + timedelta(days=FOLLOW_UP_TO)


def _has_baseline(item: Episode) -> bool:
    return any(found.baseline for found in item.scales if found.scale.aspect in _ASPECTS)


def _has_follow_up(item: Episode) -> bool:
    return any(found.follow_up for found in item.scales if found.scale.aspect in _ASPECTS)


def _days(sessions: Sequence[Episode]) -> str:
    told = list(dict.fromkeys(item.start.words() for item in sessions))
    more = f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    return "; ".join(told[:_SHOWN]) + more


def _asked(known: Mapping[str, Fact]) -> tuple[str, ...]:
    return tuple(name for name in ("D-CRIT-3", "D-CRIT-4") if name in known)


def _no_baseline(sessions: Sequence[Episode], known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield `response.no-baseline`: no score surely within the 8 weeks before a session."""
    if sessions:
        yield Finding(
            "response.no-baseline",
            Severity.MISSING,
            f"No score of pain or function is recorded before the session of {_days(sessions)}",
            "Without a value from the 8 weeks before, nothing shows what the injection changed.",
            "Look in the visit notes for a pain score or questionnaire and enter it with its exact "
            "day; take one before every session.",
            records=tuple(item.record for item in sessions),
            facts=_asked(known),
        )


def _no_follow_up(sessions: Sequence[Episode], known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield `response.no-follow-up`: no score surely 2 to 12 weeks after a session."""
    if sessions:
        yield Finding(
            "response.no-follow-up",
            Severity.MISSING,
            "No score of pain or function is recorded 2 to 12 weeks after the session of "
            f"{_days(sessions)}",
            "A request to inject again rests on what the earlier session did; reviewers ask for "
            "results.",
            "Look in the visit notes and call logs for a score of those weeks and enter it with "
            "its exact day.",
            records=tuple(item.record for item in sessions),
            facts=_asked(known),
        )


def _measure_now(item: Episode, known: Mapping[str, Fact]) -> Finding:
    """Make `response.follow-up-due`: there is still time to take a score."""
    last = item.start.earliest + timedelta(days=FOLLOW_UP_TO)
    return Finding(
        "response.follow-up-due",
        Severity.MISSING,
        f"No score is recorded yet after the session of {item.start.words()}",
        "A request to inject again rests on what this session did; a score counts that is taken "
        "2 to 12 weeks after it.",
        "Ask the patient for pain from 0 to 10 and the same questionnaire as before, and enter "
        "both with their day.",
        due=last,
        records=(item.record,),
        facts=_asked(known),
    )


def _by_size(sessions: Sequence[Episode]) -> Iterator[Finding]:
    """Yield what pain from 0 to 10 did, held against the smallest change that counts.

    `response.meets-mcid` where every confirmed source's smallest change is reached,
    `response.below-mcid` where none is, `response.mcid-differs` where sources differ.
    """
    met, below, differs = [], [], []
    for item in sessions:
        found = item.on(_PAIN)
        pair = item.judged(found) if found else None
        reaches = {
            verdict.reach
            for verdict in (pair.verdicts if pair else ())
            if verdict.benefit is Benefit.MINIMAL
        }
        if pair is None or not reaches:
            continue
        if reaches == {Reach.REACHED}:
            met.append((item, pair))
        elif Reach.REACHED not in reaches:
            below.append((item, pair))
        else:
            differs.append((item, pair))
    if met:
        yield Finding(
            "response.meets-mcid",
            Severity.NOTE,
            f"Pain fell by at least the smallest change that patients notice: {_told(met)}",
            "Best value 2 to 12 weeks after the session, against the last one before it; every "
            "confirmed source's smallest change is reached. What else was begun meanwhile is named "
            "in the response.",
            "State both values with their dates, and look at function as well.",
            records=_records(met),
            facts=_facts(met),
        )
    if differs:
        yield Finding(
            "response.mcid-differs",
            Severity.WEAK,
            "Whether the fall of pain is one that patients notice, sources differ: "
            f"{_told(differs)}",
            "It reaches the smallest change of some confirmed sources and not that of others.",
            "State the values and dates as they are; do not call the change more than it is.",
            records=_records(differs),
            facts=_facts(differs),
        )
    if below:
        yield Finding(
            "response.below-mcid",
            Severity.WEAK,
            f"Pain did not fall by what patients notice: {_told(below)}",
            "The change reaches the smallest one of no confirmed source, so a reviewer may call "
            "the session ineffective.",
            "Say so openly, and look at function, medicines and dose with the clinician before "
            "asking again.",
            records=_records(below),
            facts=_facts(below),
        )


_Pairs = Sequence[tuple[Episode, Change]]


def _told(pairs: _Pairs) -> str:
    told = [
        f"session of {item.start.words()}, {number(pair.before.scale, pair.before.value)} to "
        f"{number(pair.after.scale, pair.after.value)} of 10"
        for item, pair in pairs
    ]
    more = f"; and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    return "; ".join(told[:_SHOWN]) + more


def _records(pairs: _Pairs) -> tuple[str, ...]:
    found = (
        record
        for item, pair in pairs
        for record in (item.record, *pair.before.records, *pair.after.records)
    )
    return tuple(dict.fromkeys(found))


def _facts(pairs: _Pairs) -> tuple[str, ...]:
    found = (
        verdict.fact
        for _, pair in pairs
        for verdict in pair.verdicts
        if verdict.benefit is Benefit.MINIMAL
    )
    return tuple(dict.fromkeys(found))
