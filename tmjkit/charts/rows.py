"""The rows of a timeline: one for each treatment, and the lanes of insurance events."""

from collections.abc import Iterator, Sequence
from datetime import date

from tmjkit.charts.axis import TimeAxis, short
from tmjkit.charts.bands import marked_days
from tmjkit.charts.block import MARGIN, SMALL, TEXT, Block
from tmjkit.charts.course import Bar, Course, Moment
from tmjkit.charts.labels import Beside, lanes
from tmjkit.charts.paper import Paper, clean, shortened, width, wrapped
from tmjkit.charts.style import FILLS, INK, MARKERS, QUIET, RESPONSE_WORDS, Fill

_BAR = 0.17  # height of a bar
_LEAST = 0.05  # width of the shortest bar, so that one day is seen
_STUB = 0.4  # length of the open end where an end isn't recorded
_ARROW = 0.1
_LANE = 0.195
_GAP = 0.07
_APART = 0.5  # between insurance events on one lane, so that none is taken for one
_DASHES = (0, (2, 1.5))
_LINE = 0.13  # height of a line of small text


def treatment_rows(course: Course, axis: TimeAxis, details: int) -> Iterator[Block]:
    """Yield one row for each treatment, with so many lines of details; undated ones come last."""
    if not course.bars:
        yield Block("treatments", 0.24, _nothing)
    for bar in course.bars:
        mark = "" if bar.documented else " †"
        room = axis.left - MARGIN - 0.1
        lines = wrapped(clean(bar.label), room - width(mark, TEXT), TEXT, 2) or [""]
        lines[-1] += mark
        small = _detail_lines(bar.details, room, details)
        high = 0.14 * len(lines) + _LINE * len(small) + 0.085

        def draw(
            paper: Paper,
            axis: TimeAxis,
            y: float,
            *,
            bar: Bar = bar,
            lines: tuple[str, ...] = tuple(lines),
            small: tuple[str, ...] = tuple(small),
            high: float = high,
        ) -> None:
            at = y + 0.115
            for line in lines:
                paper.text(MARGIN, at, line, TEXT)
                at += 0.14
            for line in small:
                paper.text(MARGIN, at - 0.01, line, SMALL, color=QUIET)
                at += _LINE
            _draw_bar(paper, axis, bar, y + high / 2, course.today)

        yield Block("treatments", high, draw)


def _detail_lines(parts: tuple[str, ...], room: float, most: int) -> list[str]:
    """Return as many of the details as have room; the first is shortened where it has none."""
    for kept in range(len(parts) if most else 0, 0, -1):
        lines = wrapped(clean(", ".join(parts[:kept])), room, SMALL, most)
        if kept == 1 or not lines[-1].endswith("…"):
            return lines
    return []


def insurance_lanes(moments: Sequence[Moment], axis: TimeAxis) -> Iterator[Block]:
    """Yield the lanes on which insurance events stand, each with words that cover nothing."""
    half = (axis.right - axis.left) / 2 - 0.2  # has room on one side of any marker
    words = [_moment_words(moment, half) for moment in moments]
    spots = []
    for moment, text in zip(moments, words, strict=True):
        first, last = axis.ends(moment.day.range)
        x = axis.middle(moment.day.range)
        spots.append((min(first, x - 0.05), max(last, x + 0.05), width(text, SMALL)))
    placed = lanes(spots, axis.left, axis.right, gap=_GAP, apart=_APART)
    for number in range(1 + max((spot.lane for spot in placed), default=-1)):
        here = [
            (moment, text, spot)
            for moment, text, spot in zip(moments, words, placed, strict=True)
            if spot.lane == number
        ]

        def draw(
            paper: Paper,
            axis: TimeAxis,
            y: float,
            *,
            here: list[tuple[Moment, str, Beside]] = here,
        ) -> None:
            middle = y + _LANE / 2
            for moment, text, spot in here:
                marked_days(paper, axis, moment.day, middle, MARKERS[moment.kind])
                wide = width(text, SMALL)
                if spot.right_of:
                    paper.text(spot.x, middle, text, SMALL, clear=True)
                else:
                    paper.text(spot.x + wide, middle, text, SMALL, align="right", clear=True)

        yield Block("insurance", _LANE, draw)


def _moment_words(moment: Moment, room: float) -> str:
    day = short(moment.day.earliest) if moment.day.exact else moment.day.words()
    mark = "" if moment.documented else " †"
    ending = f", {day}{mark}"
    return shortened(clean(moment.words), room - width(ending, SMALL), SMALL) + ending


def _nothing(paper: Paper, axis: TimeAxis, y: float) -> None:
    paper.text(axis.left + 0.05, y + 0.12, "No treatment is recorded", SMALL, italic=True)


def bar_words(bar: Bar) -> list[str]:
    """Return what is written beside a bar, the longest wording first."""
    response = RESPONSE_WORDS[bar.response]
    stopped = f"stopped: {bar.stopped[0].lower()}{bar.stopped[1:]}" if bar.stopped else ""
    if not bar.dated:
        time = "date not recorded, goes on" if bar.ongoing else "date not recorded"
    elif bar.start is None:
        time = "start not recorded, goes on" if bar.ongoing else "start not recorded"
    elif bar.ongoing:
        time = "goes on"
    else:
        time = "" if bar.end else "end not recorded"
    choices = [(response, stopped, time), (response, time), (response,)]
    return ["; ".join(part for part in parts if part) for parts in choices]


def _draw_bar(paper: Paper, axis: TimeAxis, bar: Bar, y: float, today: date) -> None:
    if not bar.dated:
        text = shortened(bar_words(bar)[0], axis.right - axis.left - 0.05, SMALL)
        paper.text(axis.left + 0.05, y, text, SMALL, italic=True, clear=True)
        return
    first, last = _body(paper, axis, bar, y, today)
    for text in bar_words(bar):
        wide = width(text, SMALL)
        if last + _GAP + wide <= axis.right:
            paper.text(last + _GAP, y, text, SMALL, clear=True)
            return
        if first - _GAP - wide >= axis.left:
            paper.text(first - _GAP, y, text, SMALL, align="right", clear=True)
            return
        if wide + 0.3 <= last - first:
            paper.text((first + last) / 2, y, text, SMALL, align="center", clear=True)
            return


def _body(paper: Paper, axis: TimeAxis, bar: Bar, y: float, today: date) -> tuple[float, float]:
    """Draw the bar and return where it begins and ends.

    Between the last day on which it can have begun and the first on which it can have ended the
    bar is certain and solid; outside of that it is pale and dashed.
    """
    fill, top = FILLS[bar.response], y - _BAR / 2
    begins = axis.ends(bar.start.range) if bar.start else None
    ends = axis.ends(bar.end.range) if bar.end else None
    if bar.ongoing and begins:
        now = max(axis.x(today), begins[1])
        ends = (now, now)
    if begins and ends:
        first, last = begins[0], ends[1]
        # An exact day is covered whole.
        sure = (
            begins[0] if bar.start and bar.start.exact else begins[1],
            ends[1] if bar.ongoing or (bar.end and bar.end.exact) else ends[0],
        )
    elif begins:  # no end is recorded
        first, last = begins[0], min(begins[1] + _STUB, axis.right)
        sure = begins if bar.start and bar.start.exact else (last, last)
    else:  # no start is recorded
        assert ends is not None  # noqa: S101 -- a dated bar has one of the two
        first, last = max(ends[0] - _STUB, axis.left), ends[1]
        sure = ends if bar.end and bar.end.exact else (first, first)
    if last - first < _LEAST:
        last = first + _LEAST
        sure = (sure[0], max(sure[1], last)) if sure[1] > sure[0] else sure
    if sure[1] - sure[0] > 0:
        sure = (sure[0], max(sure[1], sure[0] + _LEAST))
    if sure != (first, last):
        _pale(paper, (first, last), top, fill, open_left=begins is None, open_right=ends is None)
    if sure[1] > sure[0]:
        look = {"facecolor": fill.color, "hatch": fill.hatch}
        paper.box(
            sure[0], top, sure[1] - sure[0], _BAR, edgecolor=INK, linewidth=0.7, zorder=3, **look
        )
    if bar.ongoing and begins:
        tip = [(last, top - 0.04), (last + _ARROW, y), (last, top + _BAR + 0.04)]
        paper.shape(tip, facecolor=INK, edgecolor=INK, linewidth=0.5, zorder=3)
        last += _ARROW
    return first, last


def _pale(
    paper: Paper,
    ends: tuple[float, float],
    top: float,
    fill: Fill,
    *,
    open_left: bool,
    open_right: bool,
) -> None:
    first, last = ends
    look = {"facecolor": fill.pale, "edgecolor": "none", "zorder": 2.5}
    paper.box(first, top, last - first, _BAR, **look)
    edges = [[(first, level), (last, level)] for level in (top, top + _BAR)]
    if not open_left:
        edges.append([(first, top), (first, top + _BAR)])
    if not open_right:
        edges.append([(last, top), (last, top + _BAR)])
    for edge in edges:
        paper.line(edge, color=INK, linewidth=0.7, linestyle=_DASHES, zorder=2.6)
