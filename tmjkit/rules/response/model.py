"""What became of the scores around each treatment and injection, as frozen data."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tmjkit.case import Choice, PartialDate
from tmjkit.knowledge import Benefit
from tmjkit.rules.response.scales import Scale

Weeks = tuple[float, float]
"""The smallest and the largest number of weeks that dates can mean."""


class Direction(Choice):
    """Which way a value changed."""

    BETTER = "better", "Better"
    SAME = "same", "Unchanged"
    WORSE = "worse", "Worse"


class Reach(Choice):
    """Whether a change is as large as a study says that it has to be."""

    REACHED = "reached", "Reached"
    WITHIN = "within", "Within the range that the source gives"
    NOT_REACHED = "not-reached", "Not reached"


@dataclass(frozen=True, slots=True)
class Point:
    """One value on a scale.

    Parameters
    ----------
    scale
        The scale.
    day
        Its date as recorded.
    value
        The value in the scale's unit, unrounded.
    records
        Ids of the measurement or questionnaire, or both, that it comes from.
    documented
        Whether one of them has a source.
    computed
        Whether it was computed from a questionnaire's answers.
    """

    scale: Scale
    day: PartialDate
    value: float
    records: tuple[str, ...]
    documented: bool
    computed: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "date": str(self.day),
            "value": self.value,
            "records": list(self.records),
            "documented": self.documented,
            "computed": self.computed,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """A change held against what one source says that counts.

    Parameters
    ----------
    fact
        Id of the fact.
    title
        Its short name, such as 'Calixtre 2020, pain and opening'.
    benefit
        What reaching it means.
    size
        The size that it takes, in words.
    reach
        Whether the change is as large.
    confidence
        How the fact was confirmed, in words.
    limit
        What must be said beside it; empty where nothing has to be.
    """

    fact: str
    title: str
    benefit: Benefit
    size: str
    reach: Reach
    confidence: str
    limit: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "fact": self.fact,
            "title": self.title,
            "benefit": self.benefit.value,
            "size": self.size,
            "reach": self.reach.value,
            "confidence": self.confidence,
            "limit": self.limit,
        }


@dataclass(frozen=True, slots=True)
class Change:
    """The change from one value to a later one.

    Parameters
    ----------
    before, after
        The two values.
    weeks
        Weeks from the start of the treatment to the later value.
    absolute
        Later value minus the one before, in the scale's unit.
    percent
        The same in percent of the value before; None from 0 and for grades.
    direction
        Whether it is better or worse.
    verdicts
        What each confirmed source says; empty where none is confirmed for the scale.
    """

    before: Point
    after: Point
    weeks: Weeks
    absolute: float
    percent: float | None
    direction: Direction
    verdicts: tuple[Verdict, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "before": self.before.as_json(),
            "after": self.after.as_json(),
            "weeks": list(self.weeks),
            "absolute": self.absolute,
            "percent": self.percent,
            "direction": self.direction.value,
            "verdicts": [verdict.as_json() for verdict in self.verdicts],
        }


@dataclass(frozen=True, slots=True)
class ScaleChange:
    """What one scale did around one treatment or session.

    Parameters
    ----------
    scale
        The scale.
    baseline
        The last value before the start; None where there is none within the window.
    after
        The values after it that belong to it, oldest first.
    follow_up
        Those of them that show what it did: of a session those of weeks 2 to 12, of another
        treatment all.
    best
        Change to the best of those; None without a baseline.
    last
        Change to the last value.
    """

    scale: Scale
    baseline: Point | None
    after: tuple[Point, ...]
    follow_up: tuple[Point, ...]
    best: Change | None
    last: Change | None

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "scale": self.scale.name,
            "label": self.scale.label,
            "unit": self.scale.unit,
            "higher_is_better": self.scale.higher_is_better,
            "baseline": self.baseline.as_json() if self.baseline else None,
            "after": [point.as_json() for point in self.after],
            "follow_up": [str(point.day) for point in self.follow_up],
            "best": self.best.as_json() if self.best else None,
            "last": self.last.as_json() if self.last else None,
        }


@dataclass(frozen=True, slots=True)
class WearOff:
    """How long the effect of a session lasted.

    Parameters
    ----------
    recorded
        Weeks as the session's record says; None where it does not.
    scale
        Label of the pain scale that the scores are of; empty where there are none.
    still, back
        By the scores: the last week with an improvement, and the first without one after it.
        `still` is None where no improvement was measured; `back` is None where the next session
        or today came first, so that it lasted at least until `still`.
    next_session
        Whether the next session came first; False where it has not come or `back` is known.
    """

    recorded: float | None
    scale: str
    still: float | None
    back: float | None
    next_session: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "recorded_weeks": self.recorded,
            "scale": self.scale,
            "still_improved_at_weeks": self.still,
            "back_at_weeks": self.back,
            "at_least": self.still is not None and self.back is None,
            "next_session_came_first": self.next_session,
        }


@dataclass(frozen=True, slots=True)
class Other:
    """Another treatment or session that was begun or ended in between.

    `certain` is False where the dates leave open whether it was.
    """

    record: str
    label: str
    what: str
    day: PartialDate
    certain: bool

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "record": self.record,
            "label": self.label,
            "what": self.what,
            "date": str(self.day),
            "certain": self.certain,
        }


@dataclass(frozen=True, slots=True)
class Episode:
    """One treatment or one injection session with the scores around it.

    Parameters
    ----------
    record
        Id of the treatment or session.
    session
        Whether it is a session of botulinum toxin.
    label
        What it was, in words.
    start, end
        Its dates as recorded; of a session both are the day. `end` is None where it goes on or
        is not recorded.
    scales
        What each scale did that has a value before or after.
    others
        Treatments and sessions that were begun or ended between the values compared.
    unsure
        Values whose dates leave open whether they belong to it; they count for nothing.
    since_previous
        For a session: weeks since the one before; None for the first or where not known.
    interval_held
        Whether those were at least 12; None where that is not known.
    wear_off
        For a session: how long its effect lasted; None where nothing says so.
    notes
        What whoever reads it must know.
    """

    record: str
    session: bool
    label: str
    start: PartialDate
    end: PartialDate | None
    scales: tuple[ScaleChange, ...]
    others: tuple[Other, ...] = ()
    unsure: tuple[Point, ...] = ()
    since_previous: Weeks | None = None
    interval_held: bool | None = None
    wear_off: WearOff | None = None
    notes: tuple[str, ...] = ()

    def judged(self, change: ScaleChange) -> Change | None:
        """Return the change that counts: a session's best, a treatment's last.

        The effect of an injection wears off, so its last value says little; of another treatment
        what lasted counts.
        """
        return change.best if self.session else change.last

    def on(self, scale: str) -> ScaleChange | None:
        """Return what the scale of that name did, or None."""
        return next((item for item in self.scales if item.scale.name == scale), None)

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold: dates as written down, choices as their codes."""
        return {
            "record": self.record,
            "kind": "session" if self.session else "treatment",
            "label": self.label,
            "start": str(self.start),
            "end": str(self.end) if self.end else None,
            "scales": [item.as_json() for item in self.scales],
            "others": [item.as_json() for item in self.others],
            "unsure": [{"scale": point.scale.name, **point.as_json()} for point in self.unsure],
            "weeks_since_previous": list(self.since_previous) if self.since_previous else None,
            "interval_held": self.interval_held,
            "wear_off": self.wear_off.as_json() if self.wear_off else None,
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class CaseResponse:
    """The scores of a case around everything that was tried.

    Parameters
    ----------
    today
        The day by which it was judged.
    episodes
        Treatments and sessions that have begun, oldest first.
    points
        Every value on every scale that has a date, by scale and then oldest first.
    left_out
        What can't be used, counted in words.
    facts
        Ids of the facts that it rests on.
    """

    today: date
    episodes: tuple[Episode, ...]
    points: tuple[Point, ...]
    left_out: tuple[str, ...]
    facts: tuple[str, ...]

    @property
    def sessions(self) -> tuple[Episode, ...]:
        """The injection sessions."""
        return tuple(item for item in self.episodes if item.session)

    @property
    def treatments(self) -> tuple[Episode, ...]:
        """The other treatments."""
        return tuple(item for item in self.episodes if not item.session)

    def series(self, scale: str) -> tuple[Point, ...]:
        """Return the values on the scale of that name, oldest first."""
        return tuple(point for point in self.points if point.scale.name == scale)

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        names = dict.fromkeys(point.scale.name for point in self.points)
        return {
            "today": self.today.isoformat(),
            "episodes": [item.as_json() for item in self.episodes],
            "series": {name: [point.as_json() for point in self.series(name)] for name in names},
            "left_out": list(self.left_out),
            "facts": list(self.facts),
        }
