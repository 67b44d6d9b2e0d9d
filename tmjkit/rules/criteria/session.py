"""Tests on earlier injection sessions: how many, what they did, when to stop."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from tmjkit.case import BotulinumSession, Case, PartialDate, Response
from tmjkit.knowledge.criteria import SessionResponse, SessionsLimit, StopRule
from tmjkit.rules.criteria.marks import Mark, all_of, any_of, at_least, when
from tmjkit.rules.criteria.model import Need, Result, listed
from tmjkit.rules.criteria.papers import (
    UNDER_INJECTIONS,
    exact,
    not_shown,
    session_need,
    shown,
)
from tmjkit.rules.spans import window

_NO_HELP: Final = (Response.NONE, Response.WORSE)


def judge_limit(case: Case, test: SessionsLimit, today: date) -> Result:
    """Judge `sessions-limit`: sessions recorded in the time, with the next one.

    A session counts whether a paper shows it or not: the payer may know of it.
    """
    first = window(test.within_months, today) if test.within_months else date.min
    done = _done(case, today)
    certain = [item for item in done if item.date and item.date.earliest >= first]
    possible = [item for item in done if item.date is None or item.date.latest >= first]
    mark = when(len(possible) + 1 <= test.at_most, len(certain) + 1 <= test.at_most)
    if test.within_months is None:
        mark = when(len(done) + 1 <= test.at_most, possible=False)
        certain = possible = done
    low, high = len(certain), len(possible)
    count = f"{low}" if low == high else f"{low} to {high}"
    inside = f" in the last {test.within_months} months" if test.within_months else ""
    why = f"{count} earlier sessions{inside} and the next one; at most {test.at_most} are allowed."
    open_ = [item for item in possible if item not in certain] if mark is Mark.UNDOCUMENTED else []
    needs = tuple(
        session_need(case, item, (exact("the exact day of the session", item.date),))
        for item in open_
    )
    return Result(mark, why, tuple(item.id for item in possible), needs)


def judge_response(case: Case, test: SessionResponse, today: date) -> Result:
    """Judge `response`: the relief and the weeks that are recorded for earlier sessions."""
    done = _done(case, today)
    if not done:
        why = "No earlier session is recorded."
        asks = ("date and units by muscle", *_recorded(test))
        need = Need("Injection records of earlier sessions", asks, UNDER_INJECTIONS)
        return Result(Mark.UNDOCUMENTED, why, needs=(need,))
    marks = {item.id: _responded(item, test) for item in done}
    if test.which == "any":
        mark = any_of(marks.values())
        found = [item for item in done if marks[item.id] is mark]
        if mark is Mark.UNDOCUMENTED:
            found = found[-1:]
    else:
        asked = _last(done) if test.which == "last" else done
        mark = all_of(marks[item.id] for item in asked)
        if test.which == "last" and len({marks[item.id] for item in asked}) > 1:
            mark = Mark.UNDOCUMENTED
        found = [item for item in asked if marks[item.id] is mark] or asked
    told = "; ".join(_told(item) for item in found)
    why = f"{told}. Needed: {response_words(test)}."
    ids = tuple(item.id for item in found)
    if mark is not Mark.UNDOCUMENTED:
        return Result(mark, why, ids)
    unshown = [item for item in found if not shown(item)]
    if unshown:
        why += f" {_told(unshown[0])}: {not_shown(unshown[0])}."
    needs = tuple(session_need(case, item, _asks(item, test, done)) for item in found)
    return Result(mark, why, ids, needs)


def response_words(test: SessionResponse) -> str:
    """Return what a session has to have done, in words."""
    return listed(_wanted(test), "or" if test.either else "and")


def judge_stop(case: Case, test: StopRule, today: date) -> Result:
    """Judge `stop-rule`: not so many sessions in a row without enough relief.

    Source of such rules: LCD L34635 and fact D-CRIT-4. Where the order of the sessions is open,
    the rule is called reached only if all of them failed.
    """
    done = sorted(_done(case, today), key=_when)
    why = f"{test.failures} sessions in a row with less than {test.relief_percent}% relief end it."
    if len(done) < test.failures:
        count = "1 earlier session is" if len(done) == 1 else f"{len(done)} earlier sessions are"
        count = f"{count if done else 'No earlier session is'} recorded"
        return Result(Mark.MET, f"{count}. {why}", tuple(item.id for item in done))
    helped = [_relieved(item, test.relief_percent) for item in done]
    told = "; ".join(_told(item) for item in done[-test.failures :])
    if _ordered(done):
        # Any run of that length in which every session failed ends the course.
        runs = [
            any_of(helped[first : first + test.failures])
            for first in range(len(done) - test.failures + 1)
        ]
        mark = all_of(runs)
    else:
        mark = at_least(len(done) - test.failures + 1, helped)
        if mark is Mark.UNMET and Mark.MET in helped:
            mark = Mark.UNDOCUMENTED
    open_ = [
        item
        for item, mark_ in zip(done, helped, strict=True)
        if mark_ is Mark.UNDOCUMENTED or not _ordered(done)
    ]
    needs = (
        tuple(session_need(case, item, _stop_asks(item, done)) for item in open_)
        if mark is Mark.UNDOCUMENTED
        else ()
    )
    return Result(mark, f"{told}. {why}", tuple(item.id for item in done), needs)


def _stop_asks(item: BotulinumSession, done: Sequence[BotulinumSession]) -> tuple[str, ...]:
    asks = []
    if not _ordered(done) and (item.date is None or not item.date.exact):
        asks.append(exact("the exact day of the session", item.date))
    if item.relief_percent is None:
        asks.append("the relief in percent")
    return tuple(asks)


def _done(case: Case, today: date) -> list[BotulinumSession]:
    return [item for item in case.jaw_sessions if item.date is None or item.date.earliest <= today]


def _when(item: BotulinumSession) -> tuple[date, date]:
    return item.date.range if item.date else (date.max, date.max)


def _ordered(done: Sequence[BotulinumSession]) -> bool:
    """Tell whether the order of sessions is certain."""
    days = [item.date for item in done]
    return len(done) < 2 or all(  # noqa: PLR2004 -- one alone has an order
        one is not None and other is not None and one.latest < other.earliest
        for one, other in pairwise(days)
    )


def _last(done: Sequence[BotulinumSession]) -> list[BotulinumSession]:
    """Return every session that can be the last: one without a date always can."""
    newest = max((item.date.earliest for item in done if item.date), default=date.min)
    return [item for item in done if item.date is None or item.date.latest >= newest]


def _responded(item: BotulinumSession, test: SessionResponse) -> Mark:
    marks = []
    if test.relief_percent is not None:
        marks.append(_relieved(item, test.relief_percent, source=False))
    if test.duration_weeks is not None:
        marks.append(_lasted(item, test.duration_weeks))
    found = any_of(marks) if test.either else all_of(marks)
    return all_of((found, Mark.MET if shown(item) else Mark.UNDOCUMENTED))


def _relieved(item: BotulinumSession, percent: int, *, source: bool = True) -> Mark:
    """Tell whether a session relieved enough; that it helped counts only where it is shown."""
    if item.relief_percent is None:
        return Mark.UNMET if item.response in _NO_HELP else Mark.UNDOCUMENTED
    if item.relief_percent < percent:
        return Mark.UNMET
    return Mark.MET if shown(item) or not source else Mark.UNDOCUMENTED


def _lasted(item: BotulinumSession, weeks: float) -> Mark:
    if item.duration_weeks is None:
        return Mark.UNMET if item.response in _NO_HELP else Mark.UNDOCUMENTED
    return when(item.duration_weeks >= Decimal(str(weeks)), possible=False)


def _wanted(test: SessionResponse) -> tuple[str, ...]:
    wanted = []
    if test.relief_percent is not None:
        wanted.append(f"at least {test.relief_percent}% relief")
    if test.duration_weeks is not None:
        wanted.append(f"an effect of at least {test.duration_weeks:g} weeks")
    return tuple(wanted)


def _recorded(test: SessionResponse) -> tuple[str, ...]:
    relief = ("the relief in percent",) if test.relief_percent is not None else ()
    return relief + (("how many weeks it lasted",) if test.duration_weeks is not None else ())


def _asks(
    item: BotulinumSession, test: SessionResponse, done: Sequence[BotulinumSession]
) -> tuple[str, ...]:
    asks = []
    if test.which == "last" and len(_last(done)) > 1 and (item.date is None or not item.date.exact):
        asks.append(exact("the exact day of the session", item.date))
    if test.relief_percent is not None and item.relief_percent is None:
        asks.append("the relief in percent")
    if test.duration_weeks is not None and item.duration_weeks is None:
        asks.append("how many weeks it lasted")
    return tuple(asks)


def _told(item: BotulinumSession) -> str:
    day: PartialDate | None = item.date
    parts = []
    if item.relief_percent is not None:
        parts.append(f"{item.relief_percent}% relief")
    elif item.response is not None:
        parts.append(item.response.label.lower())
    if item.duration_weeks is not None:
        parts.append(f"for {item.duration_weeks:f} weeks")
    head = f"Session of {day.words()}" if day else "A session without a date"
    return f"{head}: {', '.join(parts) or 'no response recorded'}"
