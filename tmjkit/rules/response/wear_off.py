"""How long the effect of an injection session lasted.

What the session's record says comes first. Beside it stands what the pain scores show: an
improvement is one of at least 20% of the baseline, and the effect has worn off at the first later
value with less than that. 20% is the upper end of what the IMMPACT benchmarks call a minimal
change (Dworkin RH et al., J Pain 2008;9:105-121; fact E-MCID-IMMPACT), so the shorter time is
shown. Scores are taken now and then, so it wore off some time between two of them; where the next
session or today comes first, it lasted at least until the last value with an improvement.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from tmjkit.case import BotulinumSession, PartialDate
from tmjkit.rules.response.model import Point, ScaleChange, WearOff
from tmjkit.rules.response.windows import Window, afterwards

SHARE: Final = 0.2
SCALES: Final = ("nrs-pain", "gcps-2-cpi", "gcps-1-cpi")
_HAIR: Final = 1e-9


def wear_off(
    session: BotulinumSession,
    scales: Sequence[ScaleChange],
    points: Sequence[Point],
    window: Window,
    following: PartialDate | None,
) -> WearOff | None:
    """Return how long the effect lasted, or None where neither record nor scores say so.

    Parameters
    ----------
    session
        The session.
    scales
        What each scale did; the first pain scale with a baseline and a later value counts.
    points
        Every value of the case: one that shows the pain back counts however late it is.
    window
        The session's window.
    following
        The day of the next session, after which nothing counts; None where there is none.
    """
    recorded = None if session.duration_weeks is None else float(session.duration_weeks)
    by_name = {item.scale.name: item for item in scales}
    for name in SCALES:
        item = by_name.get(name)
        if item and item.baseline and item.baseline.value > 0 and item.after:
            end = following.earliest if following else date.max
            later = afterwards(
                (point for point in points if point.scale is item.scale),
                replace(window, sure=end, possible=end),
            )
            still, back = _course(item.baseline, later, window)
            came_first = following is not None and still is not None and back is None
            return WearOff(recorded, item.scale.label, still, back, came_first)
    return None if recorded is None else WearOff(recorded, "", None, None)


def _course(
    before: Point, later: Sequence[Point], window: Window
) -> tuple[float | None, float | None]:
    """Return the last week with an improvement and the first without one after that."""
    still: float | None = None
    for point in later:
        share = before.scale.gain(before.value, point.value) / before.value
        least, most = window.weeks(point)
        if share < SHARE - _HAIR:
            if still is not None:
                return still, most
        elif window.is_after(point):  # later than 26 weeks an improvement is not the session's
            still = least
    return still, None
