"""What the response chart shows of a case, before anything is drawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import Final

from tmjkit.case import Case, PartialDate
from tmjkit.charts.axis import short
from tmjkit.charts.course import Shot, course
from tmjkit.knowledge import Fact
from tmjkit.rules.response import (
    CaseResponse,
    Change,
    Episode,
    Point,
    Scale,
    noticeable,
    number,
    response,
)
from tmjkit.rules.response.words import percent_words, verdict_sources

PAIN: Final = ("nrs-pain", "gcps-2-cpi", "gcps-1-cpi")
FUNCTION: Final = (
    "jfls-8",
    "jfls-20",
    "jfls-20-recorded",
    "jfls-20-short",
    "gcps-2-interference",
    "gcps-1-interference",
)
OPENING: Final = (
    "mmo-unassisted",
    "mmo-assisted",
    "mmo-pain-free",
)
WEEKS: Final = 12
_BEFORE: Final = timedelta(weeks=26)  # how far before the first session values are drawn
_ROWS: Final = 12
_COURSE: Final = 2


@dataclass(frozen=True)
class Value:
    """A value with its day."""

    record: str
    day: PartialDate
    value: float
    documented: bool


@dataclass(frozen=True)
class Span:
    """The weeks after one session in one panel: its baseline, and what patients notice.

    `band` holds the two values between which sources differ; None where no source is confirmed.
    """

    first: date
    last: date
    baseline: float
    band: tuple[float, float] | None


@dataclass(frozen=True)
class Panel:
    """One scale over time; `top` is the upper end of its axis."""

    scale: Scale
    top: float
    step: int
    values: tuple[Value, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Row:
    """One session in words: date, units, pain, function, effect, weeks since the one before."""

    cells: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """Everything that the chart shows, each list oldest first."""

    today: date
    shots: tuple[Shot, ...]
    panels: tuple[Panel, ...]
    rows: tuple[Row, ...]
    more_rows: int
    earlier: int
    sources: tuple[str, ...]
    others: tuple[str, ...]
    result: CaseResponse

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.shots or self.panels)

    @property
    def records(self) -> frozenset[str]:
        """Ids of the records that are drawn."""
        shown = {shot.record for shot in self.shots}
        for panel in self.panels:
            days = {value.record for value in panel.values}
            for point in self.result.series(panel.scale.name):
                if point.records[0] in days:
                    shown |= set(point.records)
        return frozenset(shown)

    def days(self) -> Iterator[date]:
        """Yield the first and last day of all that is drawn."""
        for panel in self.panels:
            for value in panel.values:
                yield from value.day.range
        for shot in self.shots:
            yield shot.day.earliest
            yield shot.day.latest + timedelta(weeks=max(WEEKS, shot.weeks or 0))


def response_view(case: Case, today: date, known: Mapping[str, Fact]) -> View:
    """Collect from a case what its response chart shows."""
    result = response(case, today, knowledge=known)
    shots = tuple(shot for shot in course(case, today=today).shots if shot.day.earliest <= today)
    since = shots[0].day.earliest - _BEFORE if shots else date.min
    pain, function = _most(result, PAIN), _most(result, FUNCTION)
    if len(function) < _COURSE:  # one value shows no course
        function = max(function, _most(result, OPENING), key=len)
    panels = tuple(
        panel
        for points in (pain, function)
        if points
        for panel in [_panel(points, since, result, known)]
        if panel.values
    )
    drawn = sum(len(panel.values) for panel in panels)
    sessions = result.sessions
    return View(
        today=today,
        shots=shots,
        panels=panels,
        rows=tuple(_row(item, shots, pain, function) for item in sessions[-_ROWS:]),
        more_rows=max(len(sessions) - _ROWS, 0),
        earlier=len(pain) + len(function) - drawn,
        sources=tuple(verdict_sources(result, [panel.scale for panel in panels])),
        others=tuple(_others(sessions)),
        result=result,
    )


def _most(result: CaseResponse, names: Sequence[str]) -> tuple[Point, ...]:
    """Return the values of the scale with the most of them; of equal ones the first named."""
    return max((result.series(name) for name in names), key=len)


def _panel(
    points: Sequence[Point], since: date, result: CaseResponse, known: Mapping[str, Fact]
) -> Panel:
    scale = points[0].scale
    values = tuple(
        Value(point.records[0], point.day, point.value, point.documented)
        for point in points
        if point.day.latest >= since
    )
    # An opening beyond 50 mm is rare, and the empty half of a panel helps nobody.
    top = scale.maximum
    if scale.higher_is_better:
        top = max(50.0, *(value.value for value in values)) if values else 50.0
    step = {10.0: 2, 50.0: 10}.get(top, 25 if scale.unit == "points" else 10)
    return Panel(scale, top, step, values, tuple(_spans(scale, result, known)))


def _spans(scale: Scale, result: CaseResponse, known: Mapping[str, Fact]) -> Iterator[Span]:
    for session, following in zip_longest(result.sessions, result.sessions[1:]):
        found = session.on(scale.name)
        if found is None or found.baseline is None:
            continue
        last = session.start.latest + timedelta(weeks=WEEKS)
        if following is not None and following.start.earliest > session.start.latest:
            last = min(last, following.start.earliest)
        before = found.baseline
        sizes = noticeable(before, known.values())
        sign = 1 if scale.higher_is_better else -1
        band = None
        # Where the scale ends before it, such a change can't be.
        if sizes and 0 <= before.value + sign * sizes[0] <= scale.maximum:
            band = (before.value + sign * sizes[0], before.value + sign * sizes[1])
        yield Span(before.day.earliest, last, before.value, band)


def _row(
    item: Episode, shots: Sequence[Shot], pain: Sequence[Point], function: Sequence[Point]
) -> Row:
    shot = next(shot for shot in shots if shot.record == item.record)
    brand = ""
    if len({other.product for other in shots}) > 1:
        brand = f" {shot.product.partition('(')[2].rstrip(')') or shot.product}"
    since = item.since_previous
    return Row(
        (
            short(item.start.earliest) if item.start.exact else item.start.words(),
            (f"{shot.units} U" if shot.units else "not recorded") + brand,
            _cell(item, pain),
            _cell(item, function),
            _effect(item),
            "first" if since is None else _range(since[0], since[1]),
        )
    )


def _cell(item: Episode, points: Sequence[Point]) -> str:
    if not points:
        return ""
    found = item.on(points[0].scale.name)
    if found is None or found.baseline is None:
        return "no score before"
    if found.best is None:
        return f"{number(found.scale, found.baseline.value)}, no score after"
    return _told(found.best)


def _told(pair: Change) -> str:
    scale = pair.before.scale
    share = "" if pair.percent is None else f" ({percent_words(pair.percent)})"
    weeks = _range(*(round(week) for week in pair.weeks))
    return (
        f"{number(scale, pair.before.value)} to {number(scale, pair.after.value)}{share}, "
        f"week {weeks}"
    )


def _effect(item: Episode) -> str:
    worn = item.wear_off
    if worn is None:
        return "not recorded"
    told = [] if worn.recorded is None else [f"about {worn.recorded:g} (record)"]
    if worn.still is not None:
        weeks = (
            f"at least {worn.still:g}"
            if worn.back is None
            else _range(round(worn.still), round(worn.back))
        )
        told.append(f"{weeks} (scores)")
    elif worn.scale:
        told.append("no fall by 20% (scores)")
    return "; ".join(told)


def _range(least: float, most: float) -> str:
    return f"{least:g}" if least == most else f"{least:g} to {most:g}"


def _others(sessions: Sequence[Episode]) -> Iterator[str]:
    """Yield what else was begun or ended between the values compared, each once."""
    told: dict[str, None] = {}
    own = {item.record for item in sessions}
    for item in sessions:
        for other in item.others:
            if other.record not in own:
                verb = other.what if other.certain else f"perhaps {other.what}"
                told[f"{other.label}, {verb} {other.day.words()}"] = None
    yield from told
