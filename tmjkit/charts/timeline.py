"""The treatment timeline: what was tried, what it did, and what the insurer said, over time.

Top to bottom on one axis of time: botulinum toxin sessions, pain and mouth opening, a bar for
each treatment, insurance events. A date of which the day isn't known is drawn as the range of
days it can mean. What has no date is listed and not placed.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tmjkit.case import Case, Purpose
from tmjkit.charts.alt import timeline_words
from tmjkit.charts.axis import TimeAxis, short
from tmjkit.charts.bands import bands, shot_lines, unlabelled
from tmjkit.charts.block import LABELS, MARGIN, TEXT, TITLE, Block
from tmjkit.charts.chart import Chart, drawing
from tmjkit.charts.course import Course, count_words, course
from tmjkit.charts.key import draw_key, key_height
from tmjkit.charts.paper import Paper
from tmjkit.charts.rows import insurance_lanes, treatment_rows
from tmjkit.charts.style import QUIET, RULE, SERIES
from tmjkit.charts.ticks import TICKS, draw_ticks

if TYPE_CHECKING:
    import pandas as pd

_NAME = "Treatment timeline"
_LEAST, _WIDEST = 6.0, 20.0  # inches
_HEADER = 0.5
_HEAD = 0.22  # heading of a section
_PAD = 0.06
_DETAILS = (2, 1, 0)  # lines of details under the name of a treatment
_MANY = 20  # from so many treatments on, a chart without an end of page has no details
_HEADS = {"treatments": "Treatments", "insurance": "Insurance"}
_KINDS = ("treatment", "injection", "request", "claim", "determination", "appeal")


def timeline_chart(case: Case, *, today: date, wide: float = 10.0) -> Chart:
    """Draw the treatment timeline of a case.

    Parameters
    ----------
    case
        The case.
    today
        The day until which treatments that go on are drawn.
    wide
        The width in inches, 6 to 20; ten fit US letter in landscape.

    Returns
    -------
    Chart
        So wide, and as high as it needs.

    Raises
    ------
    ValueError
        When the width is out of range.
    """
    return _charts(case, today, wide, None)[0]


def timeline_pages(
    case: Case, *, today: date, wide: float = 7.5, high: float = 9.2
) -> tuple[Chart, ...]:
    """Draw the timeline as sheets for printing; one where everything fits.

    Each sheet repeats the axis, the injections and the measurements, and goes on with the
    treatments and insurance events where the one before ended.

    Parameters
    ----------
    case
        The case.
    today
        The day until which treatments that go on are drawn.
    wide, high
        The room on a sheet, in inches; at least 6 by 6. The default fits US letter, upright.

    Raises
    ------
    ValueError
        When a sheet would be too small.
    """
    if high < _LEAST:
        raise ValueError(f"a sheet of the timeline should be at least {_LEAST:g} inches high")
    return tuple(_charts(case, today, wide, high))


def _charts(case: Case, today: date, wide: float, most: float | None) -> list[Chart]:
    if not _LEAST <= wide <= _WIDEST:
        raise ValueError(f"a timeline should be {_LEAST:g} to {_WIDEST:g} inches wide")
    shown = course(case, today=today)
    table, alt = _table(case, shown), timeline_words(shown)
    with drawing():
        papers = list(_papers(shown, wide, most))
    charts = []
    for number, paper in enumerate(papers, 1):
        sheet = f", sheet {number} of {len(papers)}" if len(papers) > 1 else ""
        charts.append(Chart(paper.figure, f"{_NAME}{sheet}", f"{_NAME}{sheet}. {alt}", table))
    return charts


def _table(case: Case, shown: Course) -> "pd.DataFrame":
    """Return the rows of the case's timeline that the picture shows."""
    table = case.timeline()
    instruments = {item.id for item in case.jaw_measurements if item.instrument in SERIES}
    wanted = table["kind"].isin(_KINDS) | table["record"].isin(instruments)
    unrelated = {
        record.id
        for _, record in case.records()
        if getattr(record, "purpose", Purpose.JAW) is not Purpose.JAW
    }
    wanted &= ~table["record"].isin(unrelated)
    # A request or appeal that wasn't sent is no event yet.
    events = {moment.record for moment in shown.moments}
    unsent = table["kind"].isin(["request", "appeal"]) & ~table["record"].isin(events)
    return table[wanted & ~unsent].reset_index(drop=True)


def _papers(shown: Course, wide: float, most: float | None) -> Iterator[Paper]:
    span = shown.span()
    if shown.empty:
        yield _empty(wide)
        return
    axis = TimeAxis.over(*(span or (shown.today, shown.today)), wide * LABELS, wide - MARGIN)
    above = bands(shown, axis)
    notes = _notes(shown, axis)
    fixed = _HEADER + 2 * _tick_room(shown) + _PAD + sum(block.high for block in above)
    fixed += key_height(shown, notes, wide)
    sheets = _sheets(shown, axis, None if most is None else most - fixed)
    begun: set[str] = set()
    for number, rows in enumerate(sheets, 1):
        high = fixed + _stack_height(rows)
        paper = Paper(wide, high)
        sheet = f", sheet {number} of {len(sheets)}" if len(sheets) > 1 else ""
        _header(paper, shown, sheet)
        bottom = _stack(paper, axis, shown, [*above, *rows], begun)
        begun |= {row.section for row in rows}
        draw_key(paper, shown, notes, bottom)
        yield paper


def _sheets(shown: Course, axis: TimeAxis, room: float | None) -> list[list[Block]]:
    """Return the rows of each sheet, with fewer details where one sheet then holds them all."""
    lanes = list(insurance_lanes(shown.moments, axis))
    if room is None:
        details = _DETAILS[0] if len(shown.bars) <= _MANY else _DETAILS[-1]
        return [[*treatment_rows(shown, axis, details), *lanes]]
    tried = []
    for details in _DETAILS:
        tried.append(list(_split([*treatment_rows(shown, axis, details), *lanes], room)))
        if len(tried[-1]) == 1:
            return tried[-1]
    return min(tried, key=len)


def _split(flow: Sequence[Block], room: float | None) -> Iterator[list[Block]]:
    page: list[Block] = []
    for block in flow:
        if room is not None and page and _stack_height([*page, block]) > room:
            yield page
            page = []
        page.append(block)
    yield page


def _stack_height(rows: Sequence[Block]) -> float:
    sections = {row.section for row in rows}
    return sum(row.high for row in rows) + (_HEAD + _PAD) * len(sections)


def _header(paper: Paper, shown: Course, sheet: str) -> None:
    paper.text(MARGIN, 0.19, _NAME, TITLE, weight="bold")
    paper.text(MARGIN, 0.41, f"As recorded on {short(shown.today)}{sheet}", TEXT, color=QUIET)


def _stack(
    paper: Paper, axis: TimeAxis, shown: Course, blocks: Sequence[Block], begun: set[str]
) -> float:
    """Draw the blocks below each other and return where they end, with the ticks below them.

    `begun` are the sections that an earlier sheet began.
    """
    top = y = _HEADER + _tick_room(shown)
    section, rows_end = "", top
    for block in blocks:
        if block.section != section:
            section = block.section
            paper.line([(MARGIN, y), (paper.wide - MARGIN, y)], color=RULE, linewidth=0.6, zorder=1)
            if section in _HEADS:
                y += _PAD
                head = _HEADS[section] + (" (continued)" if section in begun else "")
                paper.text(MARGIN, y + _HEAD / 2, head, TEXT, weight="bold")
                y += _HEAD
        block.draw(paper, axis, y)
        y += block.high
        if section != "insurance":
            rows_end = y
    y += _PAD
    paper.line([(MARGIN, y), (paper.wide - MARGIN, y)], color=RULE, linewidth=0.6, zorder=1)
    if shown.span():
        shot_lines(paper, axis, shown, top, rows_end)
        draw_ticks(paper, axis, top, y)
    return y + _tick_room(shown)


def _tick_room(shown: Course) -> float:
    return TICKS if shown.span() else 0.05


def _notes(shown: Course, axis: TimeAxis) -> list[str]:
    notes = []
    if shown.undocumented:
        notes.append("† No source is recorded for this.")
    if shown.left_out:
        left_out = ", ".join(shown.left_out)
        notes.append(f"Not drawn, as no date is recorded: {left_out}.")
    if hidden := unlabelled(shown, axis):
        sessions = count_words(hidden, "injection session")
        notes.append(f"The units of {sessions} found no room here; the table has them.")
    return notes


def _empty(wide: float) -> Paper:
    paper = Paper(wide, 1.6)
    paper.text(MARGIN, 0.19, _NAME, TITLE, weight="bold")
    look = {"facecolor": "#f6f6f6", "edgecolor": RULE, "linewidth": 0.8}
    paper.box(MARGIN, 0.45, wide - 2 * MARGIN, 1.0, **look)
    middle = wide / 2
    paper.text(middle, 0.85, "Nothing is recorded yet", 11, align="center", weight="bold")
    hint = "Treatments, injections, measurements and insurance events appear here once entered."
    paper.text(middle, 1.1, hint, TEXT, align="center", color=QUIET)
    return paper
