"""How a page of any size gets onto US letter, with a band for the stamp below it.

Lengths are in points (1/72 inch); a matrix is PDF's [a b c d e f].
"""

from typing import NamedTuple

LETTER = (612.0, 792.0)
BAND = 32.0  # the stamp's; nothing else stands in it
_MARGIN = 36.0  # above and beside a page that is smaller than the sheet

Matrix = tuple[float, float, float, float, float, float]


class Box(NamedTuple):
    """A rectangle by its lower left and upper right corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def wide(self) -> float:
        """Width."""
        return self.right - self.left

    @property
    def high(self) -> float:
        """Height."""
        return self.top - self.bottom

    def within(self, other: "Box") -> "Box":
        """Return what both boxes share."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    @property
    def seen(self) -> bool:
        """Whether it is large enough to hold anything."""
        return self.wide >= 1 and self.high >= 1


class Placement(NamedTuple):
    """The sheet that a page gets, and the matrix that puts the page on it."""

    wide: float
    high: float
    matrix: Matrix


def place(box: Box, rotation: int, unit: float = 1.0, room: float = BAND) -> Placement:
    """Fit what is seen of a page onto a sheet of US letter, upright or landscape.

    Parameters
    ----------
    box
        The part of the page that is seen, in the page's own coordinates.
    rotation
        Degrees by which the page is turned clockwise when shown; a multiple of 90.
    unit
        Size of the page's unit, in points.
    room
        Height that is left free at the bottom, in points.

    Returns
    -------
    Placement
        The page is made smaller to leave that room free, never larger.
    """
    turned = rotation % 180 == 90  # noqa: PLR2004 -- a quarter turn
    shown = (box.high, box.wide) if turned else (box.wide, box.high)
    small = shown[0] * unit <= LETTER[0] and shown[1] * unit <= LETTER[1] - room
    wide, high = LETTER if small or shown[0] <= shown[1] else LETTER[::-1]
    scale = min(unit, wide / shown[0], (high - room) / shown[1])
    x = (wide - shown[0] * scale) / 2
    spare = high - room - shown[1] * scale
    y = high - min(_MARGIN, spare / 2) - shown[1] * scale
    return Placement(wide, high, _turn(box, rotation % 360, scale, (x, y)))


def _turn(box: Box, rotation: int, scale: float, to: tuple[float, float]) -> Matrix:
    """Return the matrix that turns, scales and moves the box's lower left corner to `to`."""
    x, y = to
    match rotation:
        case 90:
            return (0.0, -scale, scale, 0.0, x - scale * box.bottom, y + scale * box.right)
        case 180:
            return (-scale, 0.0, 0.0, -scale, x + scale * box.right, y + scale * box.top)
        case 270:
            return (0.0, scale, -scale, 0.0, x + scale * box.top, y - scale * box.left)
        case _:
            return (scale, 0.0, 0.0, scale, x - scale * box.left, y - scale * box.bottom)


def covered(box: Box, matrix: Matrix) -> Box:
    """Return the upright box that a box covers after a matrix."""
    corners = [
        (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
        for x in (box.left, box.right)
        for y in (box.bottom, box.top)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def onto(box: Box, matrix: Matrix, target: Box) -> Matrix:
    """Return the matrix that puts a form's bounding box, after its own matrix, onto a target.

    It is how an annotation's appearance is shown (ISO 32000-1, 12.5.5, algorithm 8.1).
    """
    shape = covered(box, matrix)
    across = target.wide / shape.wide if shape.wide else 1.0
    up = target.high / shape.high if shape.high else 1.0
    return (
        across,
        0.0,
        0.0,
        up,
        target.left - shape.left * across,
        target.bottom - shape.bottom * up,
    )


def written(matrix: Matrix) -> str:
    """Write a matrix as PDF's `cm` operator wants it."""
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in matrix)
