"""The time between injection sessions, and the dose within three months, whatever they were for.

A date of which only the month or the year is known gives a range of days; what follows from it is
said as certain only where every day of the range gives it, and otherwise as what may be.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from dateutil.relativedelta import relativedelta

from tmjkit.case import BotulinumSession, Case, PartialDate, ToxinProduct
from tmjkit.knowledge import Fact
from tmjkit.rules.coding.arithmetic import code_of
from tmjkit.rules.coding.say import listed, note, number, weak
from tmjkit.rules.model import Finding

WEEKS: Final = 12  # D-CRIT-4: LCD L34635 and what policies on botulinum toxin usually ask
CAP: Final = Decimal(400)  # E-MAX: units of onabotulinumtoxinA, all indications together
MONTHS: Final = 3  # E-MAX
_INTERVAL: Final = "D-CRIT-4"
_CAP: Final = "E-MAX"


@dataclass(frozen=True, slots=True)
class Given:
    """A session whose day is known at least to the year."""

    session: BotulinumSession
    day: PartialDate


def interval_findings(case: Case, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield what is too soon or too much.

    The rules are `coding.interval`, `coding.requested-interval`, `coding.recorded-interval`,
    `coding.cap` and `coding.requested-dose`. Sources: fact D-CRIT-4 for the 12 weeks, which
    policies usually ask, and fact E-MAX for 400 units of onabotulinumtoxinA in 3 months; neither
    was read in a binding text, and the findings say so.
    """
    given = sorted(
        (Given(item, item.date) for item in case.sessions if item.date is not None),
        key=lambda item: item.day,
    )
    for first, second in pairwise(given):
        yield from _apart(first, second, known)
        yield from _recorded(first, second)
    for request in case.requests:
        weeks = request.interval_weeks
        if weeks is not None and weeks < WEEKS:
            yield weak(
                "coding.requested-interval",
                f"A request asks for sessions {weeks} weeks apart",
                _usual(known),
                "Ask the clinician whether the interval is right, and look into the payer's own "
                "policy; the clinician says why where it is meant.",
                [request.id],
                facts=[_INTERVAL],
            )
    yield from _cap(given, known)
    yield from _requested(case, known)


def _usual(known: Mapping[str, Fact]) -> str:
    fact = known[_INTERVAL]
    return f"Policies usually ask for {WEEKS} weeks or more ({_sure(fact)})."


def _sure(fact: Fact) -> str:
    """Say how surely a limit is known."""
    return "; ".join([fact.citation, fact.confidence.label])


def _apart(first: Given, second: Given, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield `coding.interval`; two records of one day are one occasion."""
    fewest, most = first.day.days_until(second.day)
    limit = WEEKS * 7
    if fewest >= limit or (first.day.exact and first.day == second.day):
        return
    days = f"{first.day.words()} and {second.day.words()}"
    records = (first.session.id, second.session.id)
    other = (
        "" if _same(first, second) else " They were for different purposes; a payer counts both."
    )
    if fewest > 0 and most < limit:
        if first.day.exact and second.day.exact:
            apart = _weeks(most)
            what = f"Two sessions, of {days}, are {apart} apart"
        else:
            what = f"Two sessions, of {days}, are less than {WEEKS} weeks apart"
        yield weak(
            "coding.interval",
            what,
            f"{_usual(known)}{other} A reviewer compares the dates.",
            "Compare the dates with the injection records; where they are right, the clinician "
            "says why it was so soon.",
            records,
            facts=[_INTERVAL],
        )
    else:
        yield note(
            "coding.interval",
            f"Two sessions, of {days}, may be less than {WEEKS} weeks apart",
            f"{_usual(known)}{other} The days are not recorded in full.",
            "Enter the exact days from the injection records.",
            records,
            facts=[_INTERVAL],
        )


def _same(first: Given, second: Given) -> bool:
    return first.session.purpose is second.session.purpose


def _weeks(days: int) -> str:
    whole, rest = divmod(days, 7)
    if not whole:
        return "1 day" if days == 1 else f"{days} days"
    words = "1 week" if whole == 1 else f"{whole} weeks"
    if not rest:
        return words
    return f"{words} and {rest} day{'' if rest == 1 else 's'}"


def _recorded(first: Given, second: Given) -> Iterator[Finding]:
    """Yield `coding.recorded-interval`: the weeks recorded are not those between the dates."""
    weeks = second.session.interval_weeks
    if weeks is None or first.session.product is not second.session.product:
        return
    fewest, most = first.day.days_until(second.day)
    week = Decimal(7)
    if fewest / week - 1 <= weeks <= most / week + 1 or not _same(first, second):
        return
    yield note(
        "coding.recorded-interval",
        f"The session of {second.day.words()} is recorded as {number(weeks)} weeks after the one "
        f"before, and the dates say otherwise ({first.day.words()})",
        "A reviewer compares the two.",
        "Look whether a session is missing, and correct whichever is wrong.",
        (first.session.id, second.session.id),
        facts=[_INTERVAL],
    )


def _cap(given: list[Given], known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield `coding.cap`: more than 400 units of onabotulinumtoxinA within 3 months.

    For each session that can begin the three months, those that certainly, or possibly, lie within
    them; the fullest is told, the certain one first.
    """
    botox = [item for item in given if _is_botox(item.session) and item.session.doses]
    certain = _fullest(
        botox,
        [item.day.earliest for item in botox],
        lambda item, start: item.day.earliest >= start and item.day.latest < _after(start),
    )
    if _units(certain) > CAP:
        yield weak(
            "coding.cap",
            f"{number(_units(certain))} units within {MONTHS} months: {_days(certain)}",
            _reported(known),
            "Compare doses and dates with the injection records. The clinician judges the dose.",
            [item.session.id for item in certain],
            facts=[_CAP],
        )
        return
    possible = _fullest(
        botox,
        [item.day.latest for item in botox],
        lambda item, start: item.day.latest >= start and item.day.earliest < _after(start),
    )
    if _units(possible) > CAP:
        yield note(
            "coding.cap",
            f"There may be {number(_units(possible))} units within {MONTHS} months: "
            f"{_days(possible)}",
            f"{_reported(known)} The days are not recorded in full.",
            "Enter the exact days from the injection records.",
            [item.session.id for item in possible],
            facts=[_CAP],
        )


def _is_botox(session: BotulinumSession) -> bool:
    return session.product is ToxinProduct.ONABOTULINUM or code_of(session) == "J0585"


def _after(start: date) -> date:
    return start + relativedelta(months=MONTHS)


def _fullest(
    sessions: list[Given], starts: list[date], within: Callable[[Given, date], bool]
) -> list[Given]:
    """Return the sessions of the fullest three months; one session alone is always within."""
    groups = [[item for item in sessions if within(item, start)] for start in starts]
    return max([*groups, *([item] for item in sessions)], key=_units, default=[])


def _units(sessions: list[Given]) -> Decimal:
    return sum((item.session.units for item in sessions), Decimal(0))


def _days(sessions: list[Given]) -> str:
    return listed(
        f"{number(item.session.units)} on {item.day.words()}"
        if item.day.exact
        else f"{number(item.session.units)} in {item.day.words()}"
        for item in sessions
    )


def _reported(known: Mapping[str, Fact]) -> str:
    return (
        f"The label of Botox, as reported, keeps adults within {number(CAP)} units in {MONTHS} "
        f"months, all uses together ({_sure(known[_CAP])})."
    )


def _requested(case: Case, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield `coding.requested-dose`: one session of a request above the same limit."""
    for request in case.requests:
        units = sum((dose.units for dose in request.doses), Decimal(0))
        if units > CAP and any(line.code == "J0585" for line in request.lines):
            yield weak(
                "coding.requested-dose",
                f"A request asks for {number(units)} units in one session",
                _reported(known),
                "Compare the doses under Requests with the clinician's plan. The clinician judges "
                "the dose.",
                [request.id],
                facts=[_CAP],
            )
