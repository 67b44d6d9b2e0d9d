"""What the timeline shows of a case, before anything is drawn.

A date stays as it was written down. What has no date isn't put anywhere on the axis: it is
listed, or counted in `Course.left_out`.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tmjkit.case import (
    Appeal,
    Case,
    Decision,
    Determination,
    Instrument,
    Level,
    Outcome,
    PartialDate,
    Record,
    Response,
)
from tmjkit.charts.style import SERIES


@dataclass(frozen=True)
class Bar:
    """A treatment; `start` or `end` is None where it isn't recorded."""

    record: str
    label: str
    details: tuple[str, ...]
    start: PartialDate | None
    end: PartialDate | None
    ongoing: bool
    response: Response | None
    stopped: str
    documented: bool

    @property
    def dated(self) -> bool:
        """Whether any date is recorded."""
        return self.start is not None or self.end is not None


@dataclass(frozen=True)
class Shot:
    """A session of botulinum toxin injections, in units of its product."""

    record: str
    product: str
    day: PartialDate
    units: str
    response: Response | None
    weeks: float | None
    documented: bool


@dataclass(frozen=True)
class Reading:
    """A measured value, in the unit of its instrument."""

    record: str
    instrument: Instrument
    day: PartialDate
    value: float
    documented: bool


@dataclass(frozen=True)
class Moment:
    """Something that passed between the case and the payer; `kind` is a key of `MARKERS`."""

    record: str
    kind: str
    words: str
    day: PartialDate
    documented: bool


@dataclass(frozen=True)
class Course:
    """Everything that a timeline shows, each list oldest first.

    `left_out` counts, in words such as "1 measurement", what can't stand on an axis of time.
    """

    bars: tuple[Bar, ...]
    shots: tuple[Shot, ...]
    readings: tuple[Reading, ...]
    moments: tuple[Moment, ...]
    left_out: tuple[str, ...]
    today: date

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.bars or self.marks)

    @property
    def marks(self) -> tuple[Shot | Reading | Moment, ...]:
        """What is drawn as a mark: everything but the treatments."""
        return (*self.shots, *self.readings, *self.moments)

    @property
    def undocumented(self) -> int:
        """How many of the records shown have no source."""
        shown: tuple[Bar | Shot | Reading | Moment, ...] = (*self.bars, *self.marks)
        return len({item.record for item in shown if not item.documented})

    def dates(self) -> list[PartialDate]:
        """Return every date that is drawn, as it was written down."""
        ends = [day for bar in self.bars for day in (bar.start, bar.end) if day]
        return [*(item.day for item in self.marks), *ends]

    def days(self) -> Iterator[date]:
        """Yield the first and last days of all that is drawn, so of the axis too."""
        for day in self.dates():
            yield from day.range
        for shot in self.shots:
            if shot.weeks and shot.day.exact:
                yield shot.day.latest + timedelta(weeks=shot.weeks)
        if any(bar.ongoing and bar.dated for bar in self.bars):
            yield self.today

    def span(self) -> tuple[date, date] | None:
        """Return the first and last day on the axis, or None when nothing has a date."""
        days = sorted(self.days())
        return (days[0], days[-1]) if days else None


def course(case: Case, *, today: date) -> Course:
    """Collect from a case what its timeline shows."""
    bars = sorted(_bars(case), key=lambda bar: (not bar.dated, bar.start or bar.end or _LAST))
    shots = [
        Shot(
            record=session.id,
            product=session.product.label,
            day=session.date,
            units=f"{session.units.normalize():f}" if session.doses else "",
            response=session.response,
            weeks=float(session.duration_weeks) if session.duration_weeks else None,
            documented=session.documented,
        )
        for session in case.jaw_sessions
        if session.date
    ]
    drawn = [item for item in case.jaw_measurements if item.instrument in SERIES]
    readings = [
        Reading(item.id, item.instrument, item.date, item.value, item.documented)
        for item in drawn
        if item.date and math.isfinite(item.value)
    ]
    moments, undated = _moments(case)
    counts = {
        "injection session": len(case.jaw_sessions) - len(shots),
        "measurement": len(drawn) - len(readings),
        "insurance event": undated,
    }
    return Course(
        bars=tuple(bars),
        shots=tuple(sorted(shots, key=lambda shot: shot.day)),
        readings=tuple(sorted(readings, key=lambda reading: reading.day)),
        moments=tuple(sorted(moments, key=lambda moment: moment.day)),
        left_out=tuple(count_words(number, noun) for noun, number in counts.items() if number),
        today=today,
    )


def count_words(number: int, noun: str) -> str:
    """Return '1 treatment', '2 treatments'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


_LAST = PartialDate(2199)


def _bars(case: Case) -> Iterator[Bar]:
    for care in case.jaw_treatments:
        kind = care.kind.label if care.name else ""
        sessions = "" if care.sessions is None else count_words(care.sessions, "session")
        yield Bar(
            record=care.id,
            label=care.label,
            details=tuple(part for part in (care.dose, sessions, kind) if part),
            start=care.start,
            end=care.end,
            ongoing=care.ongoing,
            response=care.response,
            stopped=care.stop_reason.label if care.stop_reason else "",
            documented=care.documented,
        )


_LEVELS = {
    Level.INITIAL: "",
    Level.INTERNAL_1: "First-level appeal",
    Level.INTERNAL_2: "Second-level appeal",
    Level.EXTERNAL: "External review",
    Level.RECONSIDERATION: "Reconsideration",
    Level.FAIR_HEARING: "Fair hearing",
    Level.COURT: "Court",
}
_DECISIONS = {
    Decision.APPROVAL: "approval",
    Decision.PARTIAL: "partial",
    Decision.DENIAL: "denial",
    Decision.DISMISSAL: "other",
}
_OUTCOMES = {
    Outcome.OVERTURNED: "approval",
    Outcome.PARTLY_OVERTURNED: "partial",
    Outcome.UPHELD: "denial",
    Outcome.DISMISSED: "other",
    Outcome.WITHDRAWN: "other",
}


def _moments(case: Case) -> tuple[list[Moment], int]:
    """Return the dated insurance events, and how many have no date."""
    payers = {coverage.id: coverage.payer for coverage in case.coverages}
    tell = len(set(payers.values())) > 1  # with one payer its name would only be noise
    found: list[Moment] = []
    undated = 0
    for record, kind, words, day, coverage in _events(case):
        payer = payers.get(coverage or "", "") if tell else ""
        if day is None:
            undated += 1
        else:
            named = f"{words} ({payer})" if payer else words
            found.append(Moment(record.id, kind, named, day, record.documented))
    return found, undated


_Event = tuple[Record, str, str, PartialDate | None, str | None]


def _events(case: Case) -> Iterator[_Event]:
    """Yield record, kind, words, day and coverage of what was sent or decided.

    A request or appeal without a date of sending hasn't been sent, so it is no event yet.
    """
    for request in case.requests:
        if request.sent:
            yield request, "request", "Authorization requested", request.sent, request.coverage_id
    for claim in case.claims:
        day = claim.sent or claim.end or claim.start
        yield claim, "claim", "Claim", day, claim.coverage_id
    for decision in case.determinations:
        day = decision.notice_date or decision.received_date
        words = _with_level(decision.level, decision.decision.label)
        yield decision, _DECISIONS[decision.decision], words, day, decision.coverage_id
    decided = {decision.about_id for decision in case.determinations}
    about = {decision.id: decision for decision in case.determinations}
    for appeal in case.appeals:
        coverage = _coverage(appeal, about)
        if appeal.sent:
            words = f"{_LEVELS[appeal.level] or 'Appeal'} sent"
            yield appeal, "appeal", words, appeal.sent, coverage
        if appeal.outcome and appeal.id not in decided:
            words = _with_level(appeal.level, appeal.outcome.label)
            yield appeal, _OUTCOMES[appeal.outcome], words, appeal.decided, coverage


def _with_level(level: Level, words: str) -> str:
    return f"{_LEVELS[level]}: {words.lower()}" if _LEVELS[level] else words


def _coverage(appeal: Appeal, about: dict[str, Determination]) -> str | None:
    decision = about.get(appeal.determination_id or "")
    return decision.coverage_id if decision else None
