"""What the scores did around each treatment and injection, and what such a change is worth.

It tells what was measured before and after. It never says that a treatment caused a change: what
else was begun or ended in between is named instead.
"""

from tmjkit.rules.response.change import noticeable
from tmjkit.rules.response.findings import response_findings
from tmjkit.rules.response.model import (
    CaseResponse,
    Change,
    Direction,
    Episode,
    Other,
    Point,
    Reach,
    ScaleChange,
    Verdict,
    WearOff,
)
from tmjkit.rules.response.respond import response
from tmjkit.rules.response.scales import FOLLOWED, Aspect, Scale
from tmjkit.rules.response.words import change_words, number, wear_off_words

__all__ = [
    "FOLLOWED",
    "Aspect",
    "CaseResponse",
    "Change",
    "Direction",
    "Episode",
    "Other",
    "Point",
    "Reach",
    "Scale",
    "ScaleChange",
    "Verdict",
    "WearOff",
    "change_words",
    "noticeable",
    "number",
    "response",
    "response_findings",
    "wear_off_words",
]
