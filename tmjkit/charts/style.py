"""Colours, hatches, markers and sizes.

The colours are Okabe and Ito's, which people with any common colour blindness tell apart
(https://jfly.uni-koeln.de/color/). No meaning hangs on a colour alone: each response has a
hatch of its own and its words beside the bar, and each kind of event its own marker.
"""

from typing import NamedTuple

from tmjkit.case import Instrument, Response

INK = "#1a1a1a"
QUIET = "#4d4d4d"
GRID = "#e3e3e3"
RULE = "#9a9a9a"
BLUE = "#0072b2"
FONT = "DejaVu Sans"  # comes with matplotlib, so it is the same on every machine


class Fill(NamedTuple):
    """How a bar is filled: colour, the paler colour of its uncertain ends, and hatch."""

    color: str
    pale: str
    hatch: str


FILLS: dict[Response | None, Fill] = {
    Response.GOOD: Fill("#009e73", "#cdece3", ""),
    Response.PARTIAL: Fill("#56b4e9", "#ddf0fb", "////"),
    Response.TEMPORARY: Fill("#f0e442", "#fcfad9", "----"),
    Response.NONE: Fill("#bdbdbd", "#ececec", "\\\\\\\\"),
    Response.WORSE: Fill("#d55e00", "#f7dfcc", "xxxx"),
    None: Fill("#ffffff", "#ffffff", ""),
}
"""How a bar looks, by the response that is recorded; None where none is."""

RESPONSE_WORDS: dict[Response | None, str] = {
    **{response: response.label for response in Response},
    None: "Response not recorded",
}

SERIES: dict[Instrument, tuple[str, str]] = {
    Instrument.NRS_PAIN: ("pain", "o"),
    Instrument.MMO_UNASSISTED: ("unassisted", "o"),
    Instrument.MMO_ASSISTED: ("assisted", "^"),
    Instrument.MMO_PAIN_FREE: ("pain-free", "s"),
}
"""The instruments that are drawn: name of the series in its panel, and marker."""

MARKERS: dict[str, tuple[str, str]] = {
    "request": ("o", "#56b4e9"),
    "claim": ("s", "#56b4e9"),
    "appeal": ("^", "#e69f00"),
    "denial": ("X", "#d55e00"),
    "partial": ("D", "#f0e442"),
    "approval": ("P", "#009e73"),
    "other": ("h", "#bdbdbd"),
}
"""Markers of insurance events: shape and colour."""
