"""The ticks of the axis of time, above and below what stands on it."""

from typing import Final

from tmjkit.charts.axis import TimeAxis
from tmjkit.charts.block import SMALL
from tmjkit.charts.paper import Paper
from tmjkit.charts.style import GRID, QUIET

TICKS: Final = 0.33
"""Height that the labels of the ticks take, in inches."""


def draw_ticks(paper: Paper, axis: TimeAxis, top: float, bottom: float) -> None:
    """Draw the ticks through everything between two heights, with labels at both ends."""
    for tick in axis.ticks():
        x = axis.x(tick.day)
        paper.line([(x, top), (x, bottom)], color=GRID, linewidth=0.7, zorder=0.6)
        for label_y, year_y in ((top - 0.09, top - 0.24), (bottom + 0.1, bottom + 0.25)):
            paper.text(x, label_y, tick.label, SMALL, align="center", color=QUIET)
            if tick.year:
                paper.text(x, year_y, tick.year, SMALL, align="center", weight="bold", color=QUIET)
