"""The response chart: pain and function around each injection, made for re-authorization.

Top to bottom on one axis of time: the injections with the 12 weeks after each, pain, one scale of
function, and a table of the sessions. Each session has its own baseline, and below it the smallest
change that patients notice where a source is confirmed. It shows what was measured, not what
caused it; what else was begun or ended meanwhile is named below.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from tmjkit.case import Case
from tmjkit.charts.axis import TimeAxis, short
from tmjkit.charts.block import LABELS, MARGIN, SMALL, TEXT, TITLE, Block
from tmjkit.charts.chart import Chart, drawing
from tmjkit.charts.course import count_words
from tmjkit.charts.key import draw_entries, entries_height
from tmjkit.charts.paper import Paper, Weight, clean, wrapped
from tmjkit.charts.response_alt import response_words
from tmjkit.charts.response_bands import carried_down, entries, response_bands, unlabelled
from tmjkit.charts.response_view import View, response_view
from tmjkit.charts.style import QUIET, RULE
from tmjkit.charts.ticks import TICKS, draw_ticks
from tmjkit.knowledge import Fact, facts

if TYPE_CHECKING:
    import pandas as pd

_NAME: Final = "Response to injections"
_LEAST, _WIDEST = 6.0, 20.0  # inches
_HEADER: Final = 0.5
_PAD: Final = 0.06
_ROW: Final = 0.17
_LINE: Final = 0.13
_SHARES: Final = (0.14, 0.1, 0.2, 0.2, 0.23, 0.13)


def response_chart(
    case: Case, *, today: date, knowledge: Mapping[str, Fact] | None = None, wide: float = 10.0
) -> Chart:
    """Draw what pain and function did around the injection sessions of a case.

    Parameters
    ----------
    case
        The case; only what concerns the jaw is drawn.
    today
        The day to judge by; what is dated later is not drawn.
    knowledge
        The facts to hold changes against; those that ship with tmjkit when left out.
    wide
        The width in inches, 6 to 20; ten fit US letter in landscape, 7.5 upright.

    Returns
    -------
    Chart
        So wide, and as high as it needs.

    Raises
    ------
    ValueError
        When the width is out of range.
    """
    if not _LEAST <= wide <= _WIDEST:
        raise ValueError(f"a response chart should be {_LEAST:g} to {_WIDEST:g} inches wide")
    view = response_view(case, today, facts() if knowledge is None else knowledge)
    with drawing():
        paper = _paper(view, wide)
    return Chart(paper.figure, _NAME, f"{_NAME}. {response_words(view)}", _table(case, view))


def _table(case: Case, view: View) -> "pd.DataFrame":
    """Return the rows of the case's timeline that are drawn, with the scores of questionnaires."""
    table = case.timeline()
    table = table[table["record"].isin(view.records)].reset_index(drop=True)
    filled = {item.id for item in case.questionnaires}
    for panel in view.panels:
        for value in panel.values:
            if value.record in filled:
                rows = table["record"] == value.record
                table.loc[rows, "value"] = value.value
                table.loc[rows, "unit"] = panel.scale.unit
                table.loc[rows, "label"] = panel.scale.label
    return table


def _paper(view: View, wide: float) -> Paper:
    if view.empty:
        return _empty(wide)
    days = sorted(view.days())
    axis = TimeAxis.over(days[0], days[-1], wide * LABELS, wide - MARGIN)
    blocks = list(response_bands(view, axis))
    signs, notes = entries(view), list(_notes(view, axis))
    table = _cells(view, wide) if view.rows else []
    rows = 2 * _PAD + sum(_row_height(cells) for cells in table) if table else 0.0
    high = _HEADER + 2 * TICKS + sum(block.high for block in blocks) + _PAD + rows
    paper = Paper(wide, high + entries_height(signs, notes, wide) + _PAD)
    paper.text(MARGIN, 0.19, _NAME, TITLE, weight="bold")
    paper.text(MARGIN, 0.41, f"As recorded on {short(view.today)}", TEXT, color=QUIET)
    bottom = _stack(paper, axis, view, blocks)
    if table:
        bottom = _rows(paper, table, bottom)
    draw_entries(paper, signs, notes, bottom)
    return paper


def _stack(paper: Paper, axis: TimeAxis, view: View, blocks: Sequence[Block]) -> float:
    top = y = _HEADER + TICKS
    below = top
    for block in blocks:
        paper.line([(MARGIN, y), (paper.wide - MARGIN, y)], color=RULE, linewidth=0.6, zorder=1)
        block.draw(paper, axis, y)
        y += block.high
        if block.section == "injections":
            below = y
    y += _PAD
    paper.line([(MARGIN, y), (paper.wide - MARGIN, y)], color=RULE, linewidth=0.6, zorder=1)
    carried_down(paper, axis, view, below, y)
    draw_ticks(paper, axis, top, y)
    return y + TICKS


def _cells(view: View, wide: float) -> list[list[list[str]]]:
    """Return the lines of each cell of the table of sessions, its head first."""
    names = [panel.scale.label for panel in view.panels]
    heads = (
        "Session",
        "Units",
        *(names[place] if place < len(names) else "" for place in range(2)),
        "Weeks of effect",
        "Weeks since last",
    )
    rooms = [share * (wide - 2 * MARGIN) - 0.1 for share in _SHARES]
    return [
        [
            wrapped(clean(text), room * 0.95, SMALL, 2, "normal" if number else "bold")
            for text, room in zip(cells, rooms, strict=True)
        ]
        for number, cells in enumerate((heads, *(row.cells for row in view.rows)))
    ]


def _row_height(cells: Sequence[Sequence[str]]) -> float:
    return _ROW + _LINE * (max(len(lines) for lines in cells) - 1)


def _rows(paper: Paper, table: Sequence[Sequence[Sequence[str]]], y: float) -> float:
    """Draw the table of sessions and return where it ends."""
    y += _PAD
    for number, cells in enumerate(table):
        weight: Weight = "normal" if number else "bold"
        x = MARGIN
        for lines, share in zip(cells, _SHARES, strict=True):
            for place, line in enumerate(lines):
                paper.text(x, y + _ROW / 2 + place * _LINE, line, SMALL, weight=weight)
            x += share * (paper.wide - 2 * MARGIN)
        y += _row_height(cells)
        if number == 0:
            paper.line([(MARGIN, y), (paper.wide - MARGIN, y)], color=RULE, linewidth=0.6)
    return y + _PAD


def _notes(view: View, axis: TimeAxis) -> Iterator[str]:
    if view.rows:
        yield (
            "The table gives the last value of the 8 weeks before a session and the best of weeks "
            "2 to 12 after it."
        )
    elif view.panels:
        yield "No injection session with a date is recorded."
    if view.shots and not view.panels:
        yield "No score of pain or function with a date is recorded."
    yield from view.sources
    if view.others:
        yield f"Begun or ended between the values compared: {clean('; '.join(view.others))}."
    if view.more_rows:
        yield f"The table shows the last sessions; {view.more_rows} earlier are drawn only."
    if view.earlier:
        words = count_words(view.earlier, "earlier value")
        yield f"Not drawn, more than 26 weeks before the first session: {words}."
    if hidden := unlabelled(view, axis):
        yield f"The units of {count_words(hidden, 'session')} found no room here."
    known = [shot.documented for shot in view.shots]
    known += [value.documented for panel in view.panels for value in panel.values]
    if not all(known):
        yield "† No source is recorded for this."
    if view.result.left_out:
        yield f"Not used: {'; '.join(view.result.left_out)}."


def _empty(wide: float) -> Paper:
    paper = Paper(wide, 1.6)
    paper.text(MARGIN, 0.19, _NAME, TITLE, weight="bold")
    look = {"facecolor": "#f6f6f6", "edgecolor": RULE, "linewidth": 0.8}
    paper.box(MARGIN, 0.45, wide - 2 * MARGIN, 1.0, **look)
    paper.text(wide / 2, 0.85, "Nothing is recorded yet", 11, align="center", weight="bold")
    hint = "Injection sessions and scores of pain and function appear here once entered."
    paper.text(wide / 2, 1.1, hint, TEXT, align="center", color=QUIET)
    return paper
