"""Where labels go so that none covers another; plain numbers, no drawing."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Beside:
    """A label beside its marker, on lane `lane` (0 is the top one)."""

    lane: int
    x: float
    right_of: bool


def lanes(
    spots: Sequence[tuple[float, float, float]],
    left: float,
    right: float,
    *,
    gap: float,
    apart: float,
) -> list[Beside]:
    """Give each marker with its label a lane on which it covers nothing.

    Parameters
    ----------
    spots
        For each marker, in order: where it begins and ends, and the width of its label (inches).
    left, right
        The edges between which all must stand.
    gap
        Room between a marker and its label.
    apart
        Room between what stands beside each other on a lane.

    Returns
    -------
    list of Beside
        The lane of each, and where its label begins: right of the marker where there is room,
        otherwise left of it.
    """
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for first, last, wide in spots:
        x = last + gap
        right_of = x + wide <= right or first - gap - wide < left
        if right_of:
            x = min(x, max(right - wide, left))
            ends = (first, x + wide)
        else:
            x = first - gap - wide
            ends = (x, last)
        lane = _free_lane(taken, (ends[0], ends[1] + apart))
        placed.append(Beside(lane, x, right_of))
    return placed


def tiers(
    spots: Sequence[tuple[float, float]], left: float, right: float, most: int
) -> list[tuple[int, float] | None]:
    """Give each label that is centred on its marker a tier, or None where all are taken.

    Parameters
    ----------
    spots
        For each label: the middle and the width (inches).
    left, right
        The edges; a label near one is shifted inward.
    most
        Number of tiers.

    Returns
    -------
    list of (tier, middle) or None
        Tier 0 is nearest to the markers.
    """
    taken: list[list[tuple[float, float]]] = []
    placed: list[tuple[int, float] | None] = []
    for middle, wide in spots:
        x = min(max(middle, left + wide / 2), right - wide / 2)
        tier = _free_lane(taken, (x - wide / 2, x + wide / 2), most=most)
        placed.append(None if tier < 0 else (tier, x))
    return placed


def _free_lane(
    taken: list[list[tuple[float, float]]], ends: tuple[float, float], most: int | None = None
) -> int:
    """Take the first lane that is free between both ends; -1 when there is none."""
    for number, lane in enumerate(taken):
        if all(ends[1] <= first or last <= ends[0] for first, last in lane):
            lane.append(ends)
            return number
    if most is not None and len(taken) >= most:
        return -1
    taken.append([ends])
    return len(taken) - 1
