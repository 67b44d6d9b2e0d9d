"""Single numbers: pain from 0 to 10, and mouth opening.

Sources: Brailo V, Zakrzewska JM, J Pain Res 2015;8:95-104 (fact E-NRS); Schiffman E et al., J Oral
Facial Pain Headache 2014;28:6-27, Table 3, and the DC/TMD examination protocol, E4 (fact E-MMO).
"""

import math
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from tmjkit.case import SCALES, Instrument
from tmjkit.rules.instruments.model import Grading

# First and last number of each grade; the source graded whole numbers.
_PAIN: Final = ((1, 4, "mild"), (5, 7, "moderate"), (8, 10, "severe"))
_LIMITED: Final = 40  # mm
_OPENINGS: Final = (
    Instrument.MMO_PAIN_FREE,
    Instrument.MMO_UNASSISTED,
    Instrument.MMO_ASSISTED,
)


def grade_nrs(value: float) -> Grading:
    """Grade orofacial pain from 0 to 10 by published cut points.

    0 is no pain by the scale itself. A number that lies between two grades, such as 4.5, gets no
    word: the source graded whole numbers.

    Raises
    ------
    ValueError
        When the number is not from 0 to 10.
    """
    if not (math.isfinite(value) and 0 <= value <= 10):  # noqa: PLR2004 -- the scale
        raise ValueError("pain should be a number from 0 to 10")
    if value == 0:
        return Grading("none", "0 means no pain.", ())
    facts = ("E-NRS",)
    for first, last, word in _PAIN:
        if first <= value <= last:
            return Grading(word, f"{first} to {last} of 10 is {word} orofacial pain.", facts)
    return Grading("", "The published cut points are for whole numbers from 1 on.", facts)


def opening(interincisal: float, overlap: float) -> int:
    """Return mouth opening: interincisal gap plus vertical overlap, rounded down.

    Parameters
    ----------
    interincisal
        Gap between the edges of the incisors in mm.
    overlap
        Vertical overlap of the incisors in mm; negative for an open bite.

    Returns
    -------
    int
        Whole mm.

    Raises
    ------
    ValueError
        When the result is not from 0 to 100 mm, or the gap is negative.
    """
    if not (math.isfinite(interincisal) and math.isfinite(overlap)) or interincisal < 0:
        raise ValueError("the gap should be a number of mm from 0 on, the overlap a number of mm")
    # Decimal, so that 35.3 and 4.7 are 40 and not a hair less.
    total = Decimal(str(interincisal)) + Decimal(str(overlap))
    whole = int(total.to_integral_value(ROUND_FLOOR))
    if not 0 <= whole <= SCALES[Instrument.MMO_ASSISTED].maximum:
        raise ValueError("gap and overlap together should be from 0 to 100 mm")
    return whole


def grade_opening(instrument: Instrument, value: float) -> Grading:
    """Say what a mouth opening means for diagnosis.

    Only the assisted opening has a criterion, 40 mm with the vertical overlap in it, and that is
    one of disc displacement without reduction. It is never a criterion of myalgia.

    Parameters
    ----------
    instrument
        Which opening was measured.
    value
        The opening in mm, vertical overlap included.

    Raises
    ------
    ValueError
        When the instrument is no mouth opening, or the value is not from 0 to 100 mm.
    """
    if instrument not in _OPENINGS:
        raise ValueError("the instrument should be a mouth opening")
    scale = SCALES[instrument]
    if not (math.isfinite(value) and scale.minimum <= value <= scale.maximum):
        raise ValueError(f"the opening should be {scale.accepted}")
    facts = ("E-MMO",)
    if instrument is not Instrument.MMO_ASSISTED:
        says = (
            "No cut-off exists for this opening; the one of 40 mm is for the assisted opening "
            "and for disc displacement."
        )
        return Grading("", says, facts)
    limited = value < _LIMITED
    word = "limited" if limited else "not limited"
    says = (
        f"An assisted opening {'below' if limited else 'of at least'} 40 mm, vertical overlap "
        f"included, is the examination criterion of disc displacement without reduction "
        f"{'with' if limited else 'without'} limited opening. It says nothing about myalgia."
    )
    return Grading(word, says, facts)
