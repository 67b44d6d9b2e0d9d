"""The key at the foot of a timeline: only what the picture uses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tmjkit.case import Response
from tmjkit.charts.block import MARGIN, SMALL
from tmjkit.charts.course import Course
from tmjkit.charts.paper import Paper, width, wrapped
from tmjkit.charts.style import BLUE, FILLS, INK, RESPONSE_WORDS

_LINE = 0.19
_NOTE = 0.15
_SWATCH = 0.3


@dataclass(frozen=True)
class Entry:
    """What a sign means, and how the sign is drawn from its left end at a height."""

    words: str
    draw: Callable[[Paper, float, float], None]


def key_height(course: Course, notes: list[str], wide: float) -> float:
    """Return how high the key of a timeline is, in inches."""
    return entries_height(_entries(course), notes, wide)


def draw_key(paper: Paper, course: Course, notes: list[str], y: float) -> None:
    """Draw the key of a timeline with its top at height `y`."""
    draw_entries(paper, _entries(course), notes, y)


def entries_height(entries: Sequence[Entry], notes: Sequence[str], wide: float) -> float:
    """Return how high a key with these entries and notes is, in inches."""
    return 0.1 + _LINE * len(_rows(entries, wide)) + _NOTE * len(_note_lines(notes, wide))


def draw_entries(paper: Paper, entries: Sequence[Entry], notes: Sequence[str], y: float) -> None:
    """Draw a key with its top at height `y`; the notes stand below the entries."""
    at = y + 0.1 + _LINE / 2
    for row in _rows(entries, paper.wide):
        x = MARGIN
        for entry in row:
            entry.draw(paper, x, at)
            paper.text(x + _SWATCH + 0.06, at, entry.words, SMALL)
            x += _wide(entry)
        at += _LINE
    at -= (_LINE - _NOTE) / 2
    for line in _note_lines(notes, paper.wide):
        paper.text(MARGIN, at, line, SMALL)
        at += _NOTE


def _wide(entry: Entry) -> float:
    return _SWATCH + 0.06 + width(entry.words, SMALL) + 0.22


def _rows(entries: Sequence[Entry], wide: float) -> list[list[Entry]]:
    rows: list[list[Entry]] = []
    room = 0.0
    for entry in entries:
        if _wide(entry) > room:
            rows.append([])
            room = wide - 2 * MARGIN
        rows[-1].append(entry)
        room -= _wide(entry)
    return rows


def _note_lines(notes: Sequence[str], wide: float) -> list[str]:
    # On a coarse screen letters are set wider than they are, and a long line adds that up.
    room = (wide - 2 * MARGIN) * 0.95
    return [line for note in notes for line in wrapped(note, room, SMALL, 3)]


def _entries(course: Course) -> list[Entry]:
    dated = [bar for bar in course.bars if bar.dated]
    effects = [shot for shot in course.shots if shot.weeks and shot.day.exact]
    used = {bar.response for bar in dated} | {shot.response for shot in effects}
    found = [
        Entry(RESPONSE_WORDS[response], _swatch(response))
        for response in (*Response, None)
        if response in used
    ]
    if any(not (bar.end or bar.ongoing) or not bar.start for bar in dated) or any(
        day is not None and not day.exact for bar in dated for day in (bar.start, bar.end)
    ):
        found.append(Entry("exact start or end not recorded", _dashed))
    if any(not item.day.exact for item in course.marks):
        found.append(Entry("day not recorded, lies on the dashed line", draw_hollow))
    if effects:
        found.append(Entry("injection, and how long its effect lasted", _injection))
    return found


def _swatch(response: Response | None) -> Callable[[Paper, float, float], None]:
    fill = FILLS[response]

    def draw(paper: Paper, x: float, y: float) -> None:
        look = {"facecolor": fill.color, "hatch": fill.hatch, "edgecolor": INK, "linewidth": 0.7}
        paper.box(x, y - 0.065, _SWATCH, 0.13, **look)

    return draw


def _dashed(paper: Paper, x: float, y: float) -> None:
    look = {"facecolor": "#ececec", "edgecolor": INK, "linewidth": 0.7, "linestyle": (0, (2, 1.5))}
    paper.box(x, y - 0.065, _SWATCH, 0.13, **look)


def draw_hollow(paper: Paper, x: float, y: float) -> None:
    """Draw a mark whose day is not known."""
    paper.line([(x, y), (x + _SWATCH, y)], color=INK, linestyle=(0, (2, 1.5)), zorder=4)
    for end in (x, x + _SWATCH):
        paper.line([(end, y - 0.04), (end, y + 0.04)], color=INK, zorder=4)
    paper.mark(x + _SWATCH / 2, y, "o", color=INK, size=5, hollow=True)


def _injection(paper: Paper, x: float, y: float) -> None:
    look = {"facecolor": "white", "edgecolor": INK, "linewidth": 0.6}
    paper.box(x + 0.05, y - 0.045, _SWATCH - 0.05, 0.09, **look)
    paper.mark(x + 0.05, y, "v", color=BLUE, size=5)
