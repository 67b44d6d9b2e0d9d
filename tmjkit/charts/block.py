"""The pieces that a timeline is stacked from, and the measures that they share (inches)."""

from dataclasses import dataclass
from typing import Protocol

from tmjkit.charts.axis import TimeAxis
from tmjkit.charts.paper import Paper

MARGIN = 0.12  # left and right of everything
LABELS = 0.27  # the part of the width in which labels stand, left of the time
TITLE, TEXT, SMALL = 12.0, 8.0, 7.0  # points


class Draw(Protocol):
    """Draws a block with its top at height `y`."""

    def __call__(self, paper: Paper, axis: TimeAxis, y: float) -> None:
        """Draw on the paper, with days where the axis has them."""


@dataclass(frozen=True)
class Block:
    """A piece of the sheet: the section it belongs to, its height, and how it is drawn."""

    section: str
    high: float
    draw: Draw
