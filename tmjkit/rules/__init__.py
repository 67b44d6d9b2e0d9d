"""What follows: pure functions of a case, the knowledge base and a date."""

from tmjkit.knowledge import Regime
from tmjkit.rules.care import CareTried, first_line_care
from tmjkit.rules.criteria import Assessment, Mark, assess, criteria_findings, policy_of
from tmjkit.rules.deadlines import Standing, deadlines, standing
from tmjkit.rules.findings import findings
from tmjkit.rules.instruments import Grading, Score, grade_nrs, instrument_findings, opening, score
from tmjkit.rules.model import Deadline, Finding, RegimeResult, Severity, Status, Whose
from tmjkit.rules.regime import coverage_of, regime
from tmjkit.rules.response import CaseResponse, response, response_findings
from tmjkit.rules.summary import summarize

__all__ = [
    "Assessment",
    "CareTried",
    "CaseResponse",
    "Deadline",
    "Finding",
    "Grading",
    "Mark",
    "Regime",
    "RegimeResult",
    "Score",
    "Severity",
    "Standing",
    "Status",
    "Whose",
    "assess",
    "coverage_of",
    "criteria_findings",
    "deadlines",
    "findings",
    "first_line_care",
    "grade_nrs",
    "instrument_findings",
    "opening",
    "policy_of",
    "regime",
    "response",
    "response_findings",
    "score",
    "standing",
    "summarize",
]
