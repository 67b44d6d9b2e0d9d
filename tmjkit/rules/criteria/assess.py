"""How a case stands against a policy."""

from collections.abc import Mapping
from datetime import date

from tmjkit.case import Case
from tmjkit.knowledge import Fact, facts
from tmjkit.knowledge.policy import Policy
from tmjkit.rules.criteria.model import Assessment
from tmjkit.rules.criteria.policies import policy_warnings
from tmjkit.rules.criteria.shopping import shopping
from tmjkit.rules.criteria.tree import judge
from tmjkit.rules.ledger import ledger


def assess(
    case: Case, policy: Policy, today: date, *, knowledge: Mapping[str, Fact] | None = None
) -> Assessment:
    """Mark each criterion of a policy as met, not met or not shown.

    Parameters
    ----------
    case
        The case. Only what concerns the jaw is looked at.
    policy
        The policy, as its reader entered it.
    today
        The day to judge for: times are counted back from it.
    knowledge
        The facts that an example policy rests on; those that ship with tmjkit when left out. An id
        that is not among them is not repeated.

    Returns
    -------
    Assessment
        The tree with marks, the records and sources that decide each, the shopping list, warnings
        about the policy, and the step-therapy ledger.
    """
    known = facts() if knowledge is None else knowledge
    root = judge(case, policy.criteria, today)
    return Assessment(
        policy=policy,
        day=today,
        criteria=root,
        shopping=shopping(root),
        warnings=tuple(policy_warnings(case, policy, today, known)),
        ledger=ledger(case, today),
    )
