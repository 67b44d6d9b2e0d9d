"""A payer's criteria against a case: met, not met or not shown, and what to get next."""

from tmjkit.rules.criteria.assess import assess
from tmjkit.rules.criteria.findings import criteria_findings
from tmjkit.rules.criteria.marks import Mark
from tmjkit.rules.criteria.model import Assessment, Judged, Need, ShoppingItem
from tmjkit.rules.criteria.policies import missing_policy, policy_of, policy_words
from tmjkit.rules.criteria.stances import stances_of
from tmjkit.rules.criteria.titles import title

__all__ = [
    "Assessment",
    "Judged",
    "Mark",
    "Need",
    "ShoppingItem",
    "assess",
    "criteria_findings",
    "missing_policy",
    "policy_of",
    "policy_words",
    "stances_of",
    "title",
]
