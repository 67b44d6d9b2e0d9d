"""The bands of the response chart: injections with their 12 weeks, and one panel for each scale."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from tmjkit.charts.axis import TimeAxis
from tmjkit.charts.bands import join, label_values, marked_days
from tmjkit.charts.block import MARGIN, SMALL, TEXT, Block
from tmjkit.charts.course import Shot
from tmjkit.charts.key import Entry, draw_hollow
from tmjkit.charts.labels import tiers
from tmjkit.charts.paper import Paper, width, wrapped
from tmjkit.charts.response_view import WEEKS, Panel, View
from tmjkit.charts.style import BLUE, GRID, INK, QUIET

_TIER: Final = 0.15
_MOST_TIERS: Final = 3
_HIGH: Final = {True: 1.75, False: 1.3}  # of the first panel, and of the second
_EFFECT: Final = "#ddf0fb"
_BAND: Final = {"facecolor": "#cdece3", "edgecolor": "#009e73", "hatch": "....", "linewidth": 0.6}
_DOTS: Final = (0, (1, 2))
_DASHES: Final = (0, (5, 2))
_LINE: Final = 0.13
_END: Final = "#8a8a8a"
_SIGN: Final = 0.3  # width of a sign in the key


def response_bands(view: View, axis: TimeAxis) -> Iterator[Block]:
    """Yield the bands that there is something for, top to bottom."""
    if view.shots:
        yield _injections(view.shots, axis)
    for place, panel in enumerate(view.panels):
        yield _panel(panel, high=_HIGH[place == 0])


def unlabelled(view: View, axis: TimeAxis) -> int:
    """Count the sessions whose units found no room."""
    return sum(spot is None for spot in _spots(view.shots, axis))


def _label(shot: Shot) -> str:
    return f"{shot.units or '?'} U{'' if shot.documented else '†'}"


def _spots(shots: Sequence[Shot], axis: TimeAxis) -> list[tuple[int, float] | None]:
    wanted = [(axis.middle(shot.day.range), width(_label(shot), SMALL) + 0.05) for shot in shots]
    return tiers(wanted, axis.left, axis.right, _MOST_TIERS)


def _injections(shots: Sequence[Shot], axis: TimeAxis) -> Block:
    spots = _spots(shots, axis)
    above = (1 + max((spot[0] for spot in spots if spot), default=0)) * _TIER
    room = axis.left - MARGIN - 0.15
    products = list(dict.fromkeys(shot.product for shot in shots))
    if len(products) > 1:  # units of one product aren't units of another
        products.append("units differ between products")
    lines = [line for text in products for line in wrapped(text, room, SMALL, 2)]

    def draw(paper: Paper, axis: TimeAxis, y: float) -> None:
        middle = y + above + 0.15
        small: dict[str, Any] = {"size": SMALL, "color": QUIET}
        paper.text(MARGIN, middle - 0.16, "Injections", TEXT, weight="bold")
        for place, line in enumerate(lines):
            paper.text(MARGIN, middle + place * _LINE, line, **small)
        for shot, spot in zip(shots, spots, strict=True):
            if shot.weeks and shot.day.exact:
                _effect(paper, axis, shot, middle)
            _twelve_weeks(paper, axis, shot, middle + 0.17)
            marked_days(paper, axis, shot.day, middle, ("v", BLUE))
            if spot:
                tier, x = spot
                label_y = middle - 0.16 - tier * _TIER
                paper.text(x, label_y, _label(shot), SMALL, align="center", clear=True)

    return Block("injections", above + max(0.46, 0.24 + _LINE * len(lines)), draw)


def _effect(paper: Paper, axis: TimeAxis, shot: Shot, y: float) -> None:
    """Draw how long the effect lasted, as it is recorded."""
    start = axis.middle(shot.day.range)
    end = axis.middle(shot.day.plus_days(round((shot.weeks or 0) * 7)))
    look = {"facecolor": _EFFECT, "edgecolor": INK, "linewidth": 0.6, "zorder": 3}
    paper.box(start, y - 0.045, min(end, axis.right) - start, 0.09, **look)


def _twelve_weeks(paper: Paper, axis: TimeAxis, shot: Shot, y: float) -> None:
    """Draw the 12 weeks after a session; what the days can mean besides is dashed."""
    days = shot.day.plus_days(WEEKS * 7)
    start, sure, end = axis.ends(shot.day.range)[0], axis.x(days.earliest), axis.x(days.latest)
    if shot.day.exact:
        start = axis.middle(shot.day.range)
        sure = end = axis.middle(days)
    paper.line([(start, y), (sure, y)], color=QUIET, linewidth=1.0, zorder=3)
    paper.line([(start, y - 0.03), (start, y + 0.03)], color=QUIET, linewidth=1.0, zorder=3)
    if end > sure:
        paper.line([(sure, y), (end, y)], color=QUIET, linestyle=(0, (2, 1.5)), zorder=3)
    paper.line([(end, y - 0.05), (end, y + 0.05)], color=QUIET, linewidth=1.0, zorder=3)


def carried_down(paper: Paper, axis: TimeAxis, view: View, top: float, bottom: float) -> None:
    """Carry injections and the ends of their 12 weeks down through the panels."""
    for shot in view.shots:
        if shot.day.exact:
            x = axis.middle(shot.day.range)
            paper.line([(x, top), (x, bottom)], color=BLUE, linestyle=_DOTS, zorder=2)
            x = axis.middle(shot.day.plus_days(WEEKS * 7))
            paper.line([(x, top), (x, bottom)], color=_END, linestyle=_DASHES, linewidth=0.5)
        else:
            first, last = axis.ends(shot.day.range)
            look = {"facecolor": "#e5f0f7", "edgecolor": "none", "zorder": 0.5}
            paper.box(first, top, last - first, bottom - top, **look)


def _panel(panel: Panel, high: float) -> Block:
    def draw(paper: Paper, axis: TimeAxis, y: float) -> None:
        top, bottom = y + 0.18, y + high - 0.12

        def level(value: float) -> float:
            return bottom - min(max(value, 0), panel.top) / panel.top * (bottom - top)

        room = axis.left - MARGIN - 0.35
        at = top
        for line in wrapped(panel.scale.label, room, TEXT, 3, "bold"):
            paper.text(MARGIN, at, line, TEXT, weight="bold")
            at += 0.14
        better = "higher" if panel.scale.higher_is_better else "lower"
        paper.text(MARGIN, at, f"{better} is better", SMALL, color=QUIET)
        for tick in range(0, int(panel.top) + 1, panel.step):
            paper.line([(axis.left, level(tick)), (axis.right, level(tick))], color=GRID, zorder=1)
            words = str(tick)
            paper.text(axis.left - 0.07, level(tick), words, SMALL, align="right", color=QUIET)
        for span in panel.spans:
            first, last = axis.x(span.first), min(axis.x(span.last), axis.right)
            line_y = level(span.baseline)
            dashed = {"linestyle": _DASHES, "linewidth": 0.9, "zorder": 2.5}
            paper.line([(first, line_y), (last, line_y)], color=QUIET, **dashed)
            if span.band:
                one, two = sorted(level(value) for value in span.band)
                if two > one:
                    paper.box(first, one, last - first, two - one, **_BAND, zorder=1.2)
                else:
                    ends = [(first, one), (last, one)]
                    paper.line(ends, color="#009e73", linewidth=1.2, zorder=1.2)
        join(paper, axis, panel.values, level)
        taken = []
        for value in panel.values:
            taken.append((axis.middle(value.day.range), level(value.value)))
            marked_days(paper, axis, value.day, level(value.value), ("o", INK))
        label_values(paper, axis, panel.values, level, taken, clear=True)

    return Block("measurements", high, draw)


def entries(view: View) -> list[Entry]:
    """Return what the signs mean; only those that are drawn."""
    found = []
    if view.shots:
        found.append(Entry("injection", _key_injection))
        if any(shot.weeks and shot.day.exact for shot in view.shots):
            found.append(Entry("how long its effect lasted, as recorded", _key_effect))
        found.append(Entry("12 weeks from it", _key_twelve))
    spans = [span for panel in view.panels for span in panel.spans]
    if spans:
        found.append(Entry("value before the session", _key_baseline))
    bands = [span.band for span in spans if span.band]
    if any(band[0] != band[1] for band in bands):
        words = "between the smallest changes that patients notice: sources differ"
        found.append(Entry(words, _key_band))
    if any(band[0] == band[1] for band in bands):
        found.append(Entry("smallest change that patients notice", _key_single))
    days = [shot.day for shot in view.shots]
    days += [value.day for panel in view.panels for value in panel.values]
    if any(not day.exact for day in days):
        found.append(Entry("day not recorded, lies on the dashed line", draw_hollow))
    return found


def _key_injection(paper: Paper, x: float, y: float) -> None:
    paper.mark(x + _SIGN / 2, y, "v", color=BLUE)


def _key_effect(paper: Paper, x: float, y: float) -> None:
    paper.box(x, y - 0.045, _SIGN, 0.09, facecolor=_EFFECT, edgecolor=INK, linewidth=0.6)


def _key_twelve(paper: Paper, x: float, y: float) -> None:
    paper.line([(x, y), (x + _SIGN, y)], color=QUIET, linewidth=1.0)
    for end in (x, x + _SIGN):
        paper.line([(end, y - 0.05), (end, y + 0.05)], color=QUIET, linewidth=1.0)


def _key_baseline(paper: Paper, x: float, y: float) -> None:
    paper.line([(x, y), (x + _SIGN, y)], color=QUIET, linestyle=_DASHES, linewidth=0.9)


def _key_single(paper: Paper, x: float, y: float) -> None:
    paper.line([(x, y), (x + _SIGN, y)], color="#009e73", linewidth=1.2)


def _key_band(paper: Paper, x: float, y: float) -> None:
    paper.box(x, y - 0.065, _SIGN, 0.13, **_BAND)
