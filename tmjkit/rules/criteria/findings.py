"""The criteria as findings: what is not met, what is not shown, what to know of the policy."""

from collections.abc import Iterator, Mapping
from datetime import date

from tmjkit.case import Case
from tmjkit.knowledge import Fact
from tmjkit.knowledge.policy import Policy
from tmjkit.rules.criteria.assess import assess
from tmjkit.rules.criteria.marks import Mark
from tmjkit.rules.criteria.model import Judged
from tmjkit.rules.criteria.policies import missing_policy, policy_of
from tmjkit.rules.criteria.shopping import relevant
from tmjkit.rules.ledger import ledger, ledger_findings
from tmjkit.rules.model import Finding, Severity


def criteria_findings(
    case: Case, policies: Mapping[str, Policy], today: date, known: Mapping[str, Fact]
) -> Iterator[Finding]:
    """Yield what is to know about each coverage's policy, its criteria, and the ledger.

    Of the criteria only those are told that still matter: not those of a group that is met
    without them.
    """
    for coverage in case.coverages:
        absent = missing_policy(coverage, policies)
        policy = policy_of(case, coverage, policies)
        if absent is not None:
            yield absent
        if policy is not None:
            found = assess(case, policy, today, knowledge=known)
            yield from found.warnings
            for test in relevant(found.criteria):
                yield _finding(test, policy)
    yield from ledger_findings(ledger(case, today))


def _finding(test: Judged, policy: Policy) -> Finding:
    unmet = test.mark is Mark.UNMET
    do = "; ".join(need.text for need in test.needs)
    return Finding(
        rule=test.rule,
        severity=Severity.WEAK if unmet else Severity.MISSING,
        what=f"{'Not met' if unmet else 'Not shown'}: {test.title}",
        why=f"{test.why} {_from(test, policy)}",
        where=do
        or "If the records are wrong or not complete, correct them. If they are right, this "
        "criterion is not met.",
        records=test.records,
    )


def _from(test: Judged, policy: Policy) -> str:
    section = f", {test.section}" if test.section else ""
    kind = "Example policy" if policy.example else "Policy"
    return f"{kind}: {policy.title}{section}."
