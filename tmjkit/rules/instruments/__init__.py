"""What answers and measurements come to, each by its published rule.

A missing answer is missing, never zero; each scale's own rule for missing answers applies. PHQ-9
is kept as a recorded score only: its items are not, so nothing is computed for it.
"""

from tmjkit.rules.instruments.findings import instrument_findings
from tmjkit.rules.instruments.gcps import roman
from tmjkit.rules.instruments.items import Item, items
from tmjkit.rules.instruments.model import Grading, Score, Subscore
from tmjkit.rules.instruments.score import score
from tmjkit.rules.instruments.single import grade_nrs, grade_opening, opening
from tmjkit.rules.instruments.words import score_words

__all__ = [
    "Grading",
    "Item",
    "Score",
    "Subscore",
    "grade_nrs",
    "grade_opening",
    "instrument_findings",
    "items",
    "opening",
    "roman",
    "score",
    "score_words",
]
