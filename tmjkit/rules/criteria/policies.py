"""Which policy is to be used for a coverage, and what is to know about it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from tmjkit.case import Case, Coverage, PartialDate
from tmjkit.knowledge import Fact
from tmjkit.knowledge.policy import Policy
from tmjkit.rules.criteria.request import request_of
from tmjkit.rules.model import Finding, Severity

OLD_DAYS: Final = 90
"""Policies change every three months or so (facts.md, section D), so an older text is looked up
again."""


def policy_of(case: Case, coverage: Coverage, policies: Mapping[str, Policy]) -> Policy | None:
    """Return the policy that the coverage names by its id; None where it names none that is known.

    Nothing is guessed from the payer's name: one payer has many policies, and an example is used
    only where someone chose it.

    Raises
    ------
    KeyError
        When the coverage is not one of the case.
    """
    if coverage.id not in {item.id for item in case.coverages}:
        raise KeyError("this coverage is not one of the case")
    return policies.get(coverage.policy)


def policy_words(policy: Policy) -> str:
    """Return what a policy is called, with its number and dates."""
    name = " ".join(part for part in (policy.payer, policy.number) if part and part != "none")
    parts = [f"{name}, {policy.title}" if name else policy.title]
    if policy.effective:
        parts.append(f"effective {_day(policy.effective)}")
    if policy.retrieved:
        parts.append(f"retrieved {_day(policy.retrieved)}")
    return ", ".join(parts)


def policy_warnings(
    case: Case, policy: Policy, today: date, known: Mapping[str, Fact]
) -> Iterator[Finding]:
    """Yield `criteria.policy-example`, `criteria.policy-old` and `criteria.policy-not-in-force`."""
    if policy.example:
        yield Finding(
            "criteria.policy-example",
            Severity.NOTE,
            f"The policy is an example and not your payer's: {policy.title}",
            "It shows what reviewers commonly ask for. What your payer asks for is in its own "
            "policy, and only that decides.",
            "Get the payer's current policy and enter it: 'tmjkit policy template' writes a file "
            "to fill in.",
            facts=tuple(one for one in policy.facts if one in known),
        )
        return
    if policy.retrieved and (age := (today - policy.retrieved).days) > OLD_DAYS:
        yield Finding(
            "criteria.policy-old",
            Severity.WEAK,
            f"The text of the policy was retrieved {age} days ago: {policy_words(policy)}",
            "Payers change their policies every few months.",
            "Look up the payer's current text, enter what changed, and the day of retrieval.",
        )
    sent = _request_day(case, today)
    if policy.effective and policy.effective > sent.latest:
        yield _not_in_force(f"takes effect on {_day(policy.effective)}, after the request", policy)
    if policy.expires and policy.expires < sent.earliest:
        yield _not_in_force(f"ended on {_day(policy.expires)}, before the request", policy)


def _not_in_force(what: str, policy: Policy) -> Finding:
    return Finding(
        "criteria.policy-not-in-force",
        Severity.WEAK,
        f"The policy {what}: {policy_words(policy)}",
        "The payer decides by the policy that holds on the day of the request or service.",
        "Get the text that held on that day and enter it as a policy of its own.",
    )


def missing_policy(coverage: Coverage, policies: Mapping[str, Policy]) -> Finding | None:
    """Return `criteria.policy-missing` where no known policy is chosen for a coverage."""
    if coverage.policy in policies:
        return None
    what = (
        f"The policy chosen for {coverage.payer} is not among those that are entered"
        if coverage.policy
        else f"No coverage policy is chosen for {coverage.payer}"
    )
    return Finding(
        "criteria.policy-missing",
        Severity.MISSING,
        what,
        "Without the payer's own criteria nobody can say which of them are met.",
        "Get the payer's current policy on botulinum toxin or TMD, enter it ('tmjkit policy "
        "template' writes a file to fill in), and choose it under Coverages, Policy.",
        records=(coverage.id,),
        facts=("NO-PAYER-COVERS-TMD",),
    )


def _request_day(case: Case, today: date) -> PartialDate:
    request = request_of(case)
    return request.sent if request and request.sent else PartialDate.of(today)


def _day(day: date) -> str:
    return PartialDate.of(day).words()
