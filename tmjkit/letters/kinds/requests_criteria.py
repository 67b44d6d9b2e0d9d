"""The payer's criteria, each with its mark and the record that decides it."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from tmjkit.letters.situation import Situation
from tmjkit.letters.value import Value, clean
from tmjkit.letters.view import View
from tmjkit.rules.criteria import Judged, Mark, assess, policy_of, policy_words


def crosswalk(situation: Situation) -> Mapping[str, Any]:
    """Return how the case stands against the policy that the coverage names.

    Returns
    -------
    Mapping
        `criteria`, one view for each test with `title`, `section`, `mark`, `why` and whether one
        or more records decide it, as `shown`; `in_dispute`, those of them that are not met or not
        shown; `policy`, its name with number and dates, and `criteria_told`, the whole in a
        sentence. All are empty where the coverage names no policy, or an example: an example is no
        payer's, and a letter never says that it is.
    """
    empty = {"criteria": (), "in_dispute": (), "policy": "", "criteria_told": ""}
    coverage, case = situation.coverage, situation.case
    policy = policy_of(case, coverage, situation.known.policies) if coverage else None
    if coverage is None or policy is None or policy.example:
        return empty
    found = assess(case, policy, situation.today, knowledge=situation.known.facts)
    rows = tuple(_rows(found.criteria, situation, coverage.id))
    return {
        "criteria": rows,
        "in_dispute": tuple(row for row in rows if row.fields["mark"].code != Mark.MET.value),
        "policy": Value(clean(policy_words(policy)), (coverage.id,)),
        "criteria_told": Value(clean(found.summary), (coverage.id,)),
    }


def _rows(node: Judged, situation: Situation, coverage_id: str, choice: str = "") -> Iterator[View]:
    """Yield the tests of a tree; one of a group of which fewer are needed says so."""
    if not node.children:
        yield _row(node, situation, coverage_id, choice)
        return
    few = node.needed < len(node.children)
    inside = f"{node.needed} of {len(node.children)} is enough" if few else choice
    for child in node.children:
        yield from _rows(child, situation, coverage_id, inside)


def _row(test: Judged, situation: Situation, coverage_id: str, choice: str) -> View:
    title = clean(test.wording) or clean(test.title)
    records = tuple(dict.fromkeys(test.records))
    fields = {
        "title": Value(f"{title} ({choice})" if choice else title, (coverage_id,)),
        "section": Value(clean(test.section), (coverage_id,)) if test.section else "",
        "mark": Value(test.mark.label, records or (coverage_id,), code=test.mark.value),
        "why": Value(clean(test.why), records or (coverage_id,)),
        "shown": bool(records),
    }
    found = tuple(situation.case.record(name) for name in records)
    return View("criterion", MappingProxyType(fields), found)
