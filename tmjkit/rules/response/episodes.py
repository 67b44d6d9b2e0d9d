"""One treatment or session with the scores around it, and what else happened meanwhile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tmjkit.case import BotulinumSession, Case, PartialDate, Treatment
from tmjkit.knowledge import Fact
from tmjkit.rules.response.change import change
from tmjkit.rules.response.model import Change, Episode, Other, Point, ScaleChange, Weeks
from tmjkit.rules.response.scales import FOLLOWED
from tmjkit.rules.response.wear_off import wear_off
from tmjkit.rules.response.windows import (
    Window,
    afterwards,
    baseline,
    best,
    session_window,
    treatment_window,
)

INTERVAL_DAYS: Final = 84
"""12 weeks, the least that policies usually ask for between sessions (fact D-CRIT-4)."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What every episode is made of."""

    case: Case
    points: Sequence[Point]
    today: date
    known: Sequence[Fact]

    def unsure(self, window: Window) -> tuple[Point, ...]:
        return tuple(point for point in self.points if window.is_unsure(point))


def episodes_of(
    case: Case, points: Sequence[Point], today: date, known: Sequence[Fact]
) -> tuple[Episode, ...]:
    """Return what has begun and has a date, oldest first, each with the scores around it."""
    held = _Held(case, points, today, known)
    found = [
        _treatment(held, item, item.start)
        for item in case.jaw_treatments
        if item.start and item.start.earliest <= today
    ]
    dated = ((item.date, item) for item in case.jaw_sessions if item.date)
    sessions = sorted(
        (pair for pair in dated if pair[0].earliest <= today), key=lambda pair: pair[0]
    )
    for place, (day, session) in enumerate(sessions):
        # Several sessions of one day, such as of two products, are one day of injections.
        earlier = [item for other, item in sessions[:place] if other != day]
        later = [other for other, _ in sessions[place + 1 :] if other != day]
        found.append(
            _session(
                held,
                session,
                day,
                previous=earlier[-1] if earlier else None,
                following=later[0] if later else None,
            )
        )
    return tuple(sorted(found, key=lambda item: (item.start, item.record)))


def _treatment(held: _Held, item: Treatment, start: PartialDate) -> Episode:
    window = treatment_window(start, item.end, ongoing=item.ongoing)
    made = Episode(
        record=item.id,
        session=False,
        label=item.label,
        start=start,
        end=item.end,
        scales=tuple(_scales(held, window, session=False)),
        unsure=held.unsure(window),
    )
    return _with_others(held, made)


def _session(
    held: _Held,
    item: BotulinumSession,
    day: PartialDate,
    *,
    previous: BotulinumSession | None,
    following: PartialDate | None,
) -> Episode:
    window = session_window(day, following)
    scales = tuple(_scales(held, window, session=True))
    since, kept = _interval(item, day, previous)
    made = Episode(
        record=item.id,
        session=True,
        label=item.label,
        start=day,
        end=day,
        scales=scales,
        unsure=held.unsure(window),
        since_previous=since,
        interval_held=kept,
        wear_off=wear_off(item, scales, held.points, window, following),
        notes=tuple(_still_under(scales, previous)),
    )
    return _with_others(held, made)


def _scales(held: _Held, window: Window, *, session: bool) -> Iterator[ScaleChange]:
    for scale in FOLLOWED.values():
        own = [point for point in held.points if point.scale is scale]
        before, after = baseline(own, window), afterwards(own, window)
        if before is None and not after:
            continue
        shown = tuple(point for point in after if not session or window.is_follow_up(point))

        def to(
            later: Point | None, before: Point | None = before, window: Window = window
        ) -> Change | None:
            if before is None or later is None:
                return None
            return change(before, later, window.weeks(later), held.known)

        yield ScaleChange(
            scale=scale,
            baseline=before,
            after=after,
            follow_up=shown,
            best=to(best(shown) if shown else None),
            last=to(after[-1] if after else None),
        )


def _interval(
    item: BotulinumSession, day: PartialDate, previous: BotulinumSession | None
) -> tuple[Weeks | None, bool | None]:
    """Return the weeks since the session before, and whether they were at least 12.

    The dates count; where the session before has none, what is recorded as the interval does.
    """
    if previous is not None and previous.date is not None:
        least, most = previous.date.days_until(day)
        least = max(least, 0)
    elif item.interval_weeks is not None:
        least = most = int(item.interval_weeks * 7)
    else:
        return None, None
    held = True if least >= INTERVAL_DAYS else None if most >= INTERVAL_DAYS else False
    return (round(least / 7, 1), round(most / 7, 1)), held


def _still_under(scales: Sequence[ScaleChange], previous: BotulinumSession | None) -> Iterator[str]:
    """Say where a baseline was taken while the session before may still have had an effect."""
    if previous is None or previous.date is None:
        return
    before = previous.date
    names = [
        item.scale.label
        for item in scales
        if item.baseline
        and item.baseline.day.latest > before.earliest
        and (item.baseline.day.earliest - before.latest).days < INTERVAL_DAYS
    ]
    if names:
        yield (
            f"The value before was taken less than 12 weeks after the session of "
            f"{before.words()}, whose effect may not have worn off: {', '.join(names)}."
        )


def _with_others(held: _Held, made: Episode) -> Episode:
    """Name what was begun or ended between the values that are compared."""
    pairs = [pair for item in made.scales if (pair := made.judged(item)) is not None]
    if not pairs:
        return made
    first = min(pair.before.day.earliest for pair in pairs)
    last = max(pair.after.day.latest for pair in pairs)
    others = tuple(
        sorted(
            _others(made, held.case, first, min(last, held.today)),
            key=lambda other: (other.day, other.record, other.what),
        )
    )
    return replace(made, others=others)


def _others(made: Episode, case: Case, first: date, last: date) -> Iterator[Other]:
    events: list[tuple[str, str, str, PartialDate | None]] = []
    for item in case.jaw_treatments:
        events.append((item.id, item.label, "begun", item.start))
        if not item.ongoing:
            events.append((item.id, item.label, "ended", item.end))
    events += [(item.id, item.label, "begun", item.date) for item in case.jaw_sessions]
    for record, label, what, day in events:
        # A value counts as taken before whatever began on its day.
        if record == made.record or day is None or day.earliest >= last or day.latest < first:
            continue
        certain = first <= day.earliest and day.latest <= last
        yield Other(record, label, what, day, certain)
