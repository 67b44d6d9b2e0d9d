"""How the values of one scale went: each with its change, and whether such a change counts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tmjkit.dashboards.markup import Markup, html, join
from tmjkit.knowledge import Benefit, Fact
from tmjkit.rules.response import Change, Direction, Point, Reach, Scale, noticeable, number
from tmjkit.rules.response.change import change
from tmjkit.rules.response.words import percent_words

_DAYS: Final = 7
_WIDE, _HIGH, _PAD = 220, 56, 6  # user units of the small picture


@dataclass(frozen=True, slots=True)
class Step:
    """One value with its change from the value before; None for the first."""

    point: Point
    change: Change | None


def steps(points: Iterable[Point], known: Mapping[str, Fact]) -> tuple[Step, ...]:
    """Return the values of one scale, oldest first, each with the change from the one before."""
    sizes = [fact for fact in known.values() if fact.difference]
    found = tuple(points)
    return tuple(
        Step(point, None if before is None else between(before, point, sizes))
        for before, point in zip((None, *found), found, strict=False)
    )


def between(before: Point, after: Point, sizes: Iterable[Fact]) -> Change:
    """Return the change from one value to a later one, with the weeks between their dates."""
    least, most = before.day.days_until(after.day)
    return change(before, after, (round(least / _DAYS, 1), round(most / _DAYS, 1)), sizes)


def change_says(found: Change) -> str:
    """Say how much a value changed and which way: '+5 mm (+17%), better'."""
    scale = found.before.scale
    if found.direction is Direction.SAME:
        return "unchanged"
    size = number(scale, abs(found.absolute)) if not scale.ordinal else f"{abs(found.absolute):g}"
    sign = "+" if found.absolute > 0 else "\N{MINUS SIGN}"
    one = size == "1"
    unit = ("grade" if one else "grades") if scale.ordinal else scale.unit
    unit = "point" if one and unit == "points" else unit
    share = "" if found.percent is None else f" ({percent_words(found.percent)})"
    return f"{sign}{size} {unit}{share}, {found.direction.label.lower()}"


def worth_says(found: Change) -> str:
    """Say whether a change for the better is one that patients notice, by the confirmed sources."""
    if found.direction is not Direction.BETTER:
        return ""
    own = [one for one in found.verdicts if one.benefit is Benefit.MINIMAL]
    if not own:
        return "no confirmed smallest change for this scale"
    reached = [one for one in own if one.reach is Reach.REACHED]
    names = "; ".join(f"{one.size}, {one.title.partition(',')[0]}" for one in own)
    if len(reached) == len(own):
        return f"at least the smallest change that patients notice ({names})"
    if reached:
        return f"sources differ whether patients notice it ({names})"
    return f"less than the smallest change that patients notice ({names})"


def noticeable_says(before: Point, known: Mapping[str, Fact]) -> str:
    """Say from what size on a change from this value counts; empty where nothing is confirmed."""
    sizes = noticeable(before, [fact for fact in known.values() if fact.difference])
    if sizes is None:
        return ""
    least, most = (number(before.scale, size) for size in sizes)
    size = least if least == most else f"{least} to {most}"
    way = "more" if before.scale.higher_is_better else "less"
    return f"{size} {before.scale.unit} {way}, by the confirmed sources"


def picture(points: tuple[Point, ...]) -> Markup:
    """Draw the values of one scale as a small line; what it shows stands in words beside it.

    The line runs over the days and over the whole range of the scale, or for mouth opening over
    what was measured, so that a small change never looks large.
    """
    if len(points) < 2:  # noqa: PLR2004 -- one value is no line
        return Markup()
    scale = points[0].scale
    places = tuple(_places(points, scale))
    line = join((html("{},{}", x, y) for x, y in places), " ")
    dots = join(html('<circle cx="{}" cy="{}" r="3"></circle>', x, y) for x, y in places)
    told = ", ".join(f"{point.day.words()}: {number(scale, point.value)}" for point in points)
    return html(
        '<svg class="tmj-small-line" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<line class="tmj-floor" x1="0" y1="{}" x2="{}" y2="{}"></line>'
        '<polyline points="{}"></polyline>{}</svg>',
        _WIDE,
        _HIGH,
        f"{scale.label}, {scale.unit}. {told}",
        _HIGH - 1,
        _WIDE,
        _HIGH - 1,
        line,
        dots,
    )


def _places(points: tuple[Point, ...], scale: Scale) -> Iterator[tuple[float, float]]:
    days = [point.day.earliest.toordinal() for point in points]
    first, wide = min(days), max(max(days) - min(days), 1)
    # Mouths open to different widths, and nobody's to 100 mm; every other scale is used whole.
    top = max(point.value for point in points) * 1.25 if scale.higher_is_better else scale.maximum
    for day, point in zip(days, points, strict=True):
        x = _PAD + (day - first) / wide * (_WIDE - 2 * _PAD)
        y = _HIGH - _PAD - point.value / (top or 1) * (_HIGH - 2 * _PAD)
        yield round(x, 1), round(y, 1)
