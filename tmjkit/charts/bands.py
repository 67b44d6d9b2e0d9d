"""The bands above the treatments: injections, pain and mouth opening."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Protocol

from tmjkit.case import SCALES, Instrument, PartialDate
from tmjkit.charts.axis import TimeAxis
from tmjkit.charts.block import MARGIN, SMALL, TEXT, Block
from tmjkit.charts.course import Course, Reading, Shot
from tmjkit.charts.labels import tiers
from tmjkit.charts.paper import Paper, shortened, width
from tmjkit.charts.style import BLUE, FILLS, GRID, INK, QUIET, SERIES

_PANEL = 0.78  # height of a panel of measurements, inches
_TIER = 0.15
_ABOVE = 0.12  # from a point to the middle of its value
_LINE = 0.11  # values further apart than this in height cover nothing
_MOST_TIERS = 3
_MANY = 20  # so many injections would hide what stands below them behind their lines
_PALE_BLUE = "#c5ddeb"
Level = Callable[[float], float]  # the height at which a value stands


class Dated(Protocol):
    """A value with its day; `record` tells it from the others."""

    @property
    def record(self) -> str:
        """Id of the record that it comes from."""

    @property
    def day(self) -> PartialDate:
        """Its day as it was written down."""

    @property
    def value(self) -> float:
        """The value."""

    @property
    def documented(self) -> bool:
        """Whether a source is recorded for it."""


_OPENING = (Instrument.MMO_UNASSISTED, Instrument.MMO_ASSISTED, Instrument.MMO_PAIN_FREE)


def bands(course: Course, axis: TimeAxis) -> list[Block]:
    """Return the bands that the case has something for."""
    found = list(_injections(course.shots, axis))
    pain = [item for item in course.readings if item.instrument is Instrument.NRS_PAIN]
    opening = [item for item in course.readings if item.instrument in _OPENING]
    if pain:
        scale = SCALES[Instrument.NRS_PAIN]
        found.append(_panel("Pain, 0 to 10", pain, (scale.minimum, scale.maximum), 5))
    if opening:
        top = max(50.0, *(item.value for item in opening))
        found.append(_panel("Mouth opening, mm", opening, (0.0, top), 20))
    return found


def unlabelled(course: Course, axis: TimeAxis) -> int:
    """Count the injection sessions whose units found no room."""
    return sum(
        spot is None for _, shots in _by_product(course.shots) for spot in _spots(shots, axis)
    )


def marked_days(
    paper: Paper, axis: TimeAxis, day: PartialDate, y: float, look: tuple[str, str]
) -> None:
    """Mark a day with a marker and colour; where it isn't known, mark the days it can be."""
    marker, color = look
    x = axis.middle(day.range)
    if not day.exact:
        first, last = axis.ends(day.range)
        paper.line([(first, y), (last, y)], color=INK, linestyle=(0, (2, 1.5)), zorder=4)
        for end in (first, last):
            paper.line([(end, y - 0.04), (end, y + 0.04)], color=INK, zorder=4)
    paper.mark(x, y, marker, color=color, hollow=not day.exact)


def shot_lines(paper: Paper, axis: TimeAxis, course: Course, top: float, bottom: float) -> None:
    """Carry the injections down through what stands below them."""
    color = BLUE if len(course.shots) < _MANY else _PALE_BLUE
    for shot in course.shots:
        first, last = axis.ends(shot.day.range)
        if shot.day.exact:
            x = (first + last) / 2
            dots = (0, (1, 2))
            paper.line([(x, top), (x, bottom)], color=color, linestyle=dots, zorder=2)
        else:
            look = {"facecolor": "#e5f0f7", "edgecolor": "none", "zorder": 0.5}
            paper.box(first, top, last - first, bottom - top, **look)


def _by_product(shots: Sequence[Shot]) -> list[tuple[str, list[Shot]]]:
    """Group by product, as units of one aren't units of another."""
    ordered = sorted(shots, key=lambda shot: shot.product)
    return [(product, list(group)) for product, group in groupby(ordered, lambda s: s.product)]


def _label(shot: Shot) -> str:
    return f"{shot.units or '?'} U{'' if shot.documented else '†'}"


def _spots(shots: list[Shot], axis: TimeAxis) -> list[tuple[int, float] | None]:
    wanted = [(axis.middle(shot.day.range), width(_label(shot), SMALL) + 0.05) for shot in shots]
    return tiers(wanted, axis.left, axis.right, _MOST_TIERS)


def _injections(shots: Sequence[Shot], axis: TimeAxis) -> Iterator[Block]:
    for number, (product, group) in enumerate(_by_product(shots)):
        spots = _spots(group, axis)
        above = (1 + max((spot[0] for spot in spots if spot), default=0)) * _TIER

        def draw(
            paper: Paper,
            axis: TimeAxis,
            y: float,
            *,
            head: str = "" if number else "Botulinum toxin",
            product: str = product,
            shots: tuple[Shot, ...] = tuple(group),
            spots: tuple[tuple[int, float] | None, ...] = tuple(spots),
            above: float = above,
        ) -> None:
            middle = y + above + 0.15
            if head:
                paper.text(MARGIN, middle - 0.16, head, TEXT, weight="bold")
            name = shortened(f"{product}, units", axis.left - MARGIN - 0.1, SMALL)
            paper.text(MARGIN, middle, name, SMALL, color=QUIET)
            for shot, spot in zip(shots, spots, strict=True):
                if shot.weeks and shot.day.exact:
                    _effect(paper, axis, shot, middle)
                marked_days(paper, axis, shot.day, middle, ("v", BLUE))
                if spot:
                    tier, x = spot
                    label_y = middle - 0.16 - tier * _TIER
                    paper.text(x, label_y, _label(shot), SMALL, align="center", clear=True)

        yield Block("injections", above + 0.32, draw)


def _effect(paper: Paper, axis: TimeAxis, shot: Shot, y: float) -> None:
    """Draw how long the effect lasted, as it is recorded."""
    start = axis.middle(shot.day.range)
    fill = FILLS[shot.response]
    per_day = (axis.right - axis.left) / ((axis.last - axis.first).days + 1)
    wide = min((shot.weeks or 0) * 7 * per_day, axis.right - start)
    look = {"facecolor": fill.color, "edgecolor": INK, "linewidth": 0.6, "hatch": fill.hatch}
    paper.box(start, y - 0.045, wide, 0.09, **look, zorder=3)


def _panel(head: str, readings: list[Reading], span: tuple[float, float], step: int) -> Block:
    low, high = span

    def draw(paper: Paper, axis: TimeAxis, y: float) -> None:
        top, bottom = y + 0.16, y + _PANEL - 0.1

        def level(value: float) -> float:
            return bottom - (value - low) / (high - low) * (bottom - top)

        paper.text(MARGIN, top, head, TEXT, weight="bold")
        for value in range(int(low), int(high) + 1, step):
            line_y = level(value)
            paper.line([(axis.left, line_y), (axis.right, line_y)], color=GRID, zorder=1)
            paper.text(axis.left - 0.07, line_y, str(value), SMALL, align="right", color=QUIET)
        present = [kind for kind in SERIES if any(item.instrument is kind for item in readings)]
        taken: list[tuple[float, float]] = []
        drawn = []
        for place, instrument in enumerate(present):
            name, marker = SERIES[instrument]
            if instrument is not Instrument.NRS_PAIN:
                key_y = top + 0.17 * (place + 1)
                paper.mark(MARGIN + 0.06, key_y, marker, color=INK, size=4.5)
                paper.text(MARGIN + 0.17, key_y, name, SMALL, color=QUIET)
            series = [item for item in readings if item.instrument is instrument]
            join(paper, axis, series, level)
            for item in series:
                taken.append((axis.middle(item.day.range), level(item.value)))
                marked_days(paper, axis, item.day, level(item.value), (marker, INK))
            drawn.append(series)
        for series in drawn:
            label_values(paper, axis, series, level, taken)

    return Block("measurements", _PANEL, draw)


def join(paper: Paper, axis: TimeAxis, series: Sequence[Dated], level: Level) -> None:
    """Join one value with the next, from the last day it can be of to the first of the next."""
    for item, after in pairwise(series):
        here, there = axis.ends(item.day.range), axis.ends(after.day.range)
        start = axis.middle(item.day.range) if item.day.exact else here[1]
        end = axis.middle(after.day.range) if after.day.exact else there[0]
        if start < end:
            points = [(start, level(item.value)), (end, level(after.value))]
            paper.line(points, color=INK, linewidth=0.9, zorder=3)


def label_values(
    paper: Paper,
    axis: TimeAxis,
    series: Sequence[Dated],
    level: Level,
    taken: list[tuple[float, float]],
    *,
    clear: bool = False,
) -> None:
    """Write values at the points: the last, the first and the extremes before the others.

    `clear` whitens what is behind them.
    """
    ranks = [
        series[-1],
        series[0],
        max(series, key=lambda item: item.value),
        min(series, key=lambda item: item.value),
    ]
    done: set[str] = set()
    for item in (*ranks, *series):
        if item.record in done:
            continue
        done.add(item.record)
        x, at = axis.middle(item.day.range), level(item.value)
        label = f"{round(item.value, 2):g}{'' if item.documented else '†'}"
        room = width(label, SMALL) + 0.03
        for y in (at - _ABOVE, at + _ABOVE):  # above the point, else below it
            if all(abs(y - by) > _LINE or abs(x - bx) > room for bx, by in taken):
                taken.append((x, y))
                paper.text(x, y, label, SMALL, align="center", clear=clear)
                break
