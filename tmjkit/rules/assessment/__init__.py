"""Everything that the rules say of one case, for the command line, the dashboard and reports."""

from tmjkit.rules.assessment.whole import CaseAssessment, assess_case

__all__ = ["CaseAssessment", "assess_case"]
