"""What follows: pure functions of a case, the knowledge base and a date."""

from tmjkit.knowledge import Regime
from tmjkit.rules.care import CareTried, first_line_care
from tmjkit.rules.criteria import Assessment, Mark, assess, criteria_findings, policy_of
from tmjkit.rules.deadlines import Standing, deadlines, standing
from tmjkit.rules.findings import findings
from tmjkit.rules.model import Deadline, Finding, RegimeResult, Severity, Status, Whose
from tmjkit.rules.regime import coverage_of, regime
from tmjkit.rules.summary import summarize

__all__ = [
    "Assessment",
    "CareTried",
    "Deadline",
    "Finding",
    "Mark",
    "Regime",
    "RegimeResult",
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
    "policy_of",
    "regime",
    "standing",
    "summarize",
]
