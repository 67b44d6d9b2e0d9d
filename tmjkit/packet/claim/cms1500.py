"""Makes the form CMS-1500 (02/12) of a claim from the case, and from nothing else."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from tmjkit.case import Case, Claim
from tmjkit.knowledge import Fact, facts
from tmjkit.packet.claim.billing import fill_billing, rendering
from tmjkit.packet.claim.draft import Draft
from tmjkit.packet.claim.insured import fill_insured
from tmjkit.packet.claim.model import BoxProblem, Cms1500, Sheet, check_lengths
from tmjkit.packet.claim.service import fill_illness, fill_line
from tmjkit.packet.claim.slots import LINES_A_FORM, TITLES
from tmjkit.rules import Severity, coverage_of
from tmjkit.rules.coding import coding_findings

_ORDER = {number: place for place, number in enumerate(TITLES)}


def cms1500(claim: Claim, case: Case, *, known: Mapping[str, Fact] | None = None) -> Cms1500:
    """Return the form of a claim: what stands in each box, or why it is empty.

    The signature boxes 12, 13 and 31 stay empty whatever the case holds, and nothing is guessed:
    what is not recorded becomes a problem that names the box and what would be right.

    Parameters
    ----------
    claim
        The claim.
    case
        The case that holds it.
    known
        The facts to rest on; those that ship with tmjkit when left out.
    """
    book = facts() if known is None else known
    coverage = coverage_of(case, claim)
    by = rendering(case, claim)
    groups = [
        claim.lines[start : start + LINES_A_FORM]
        for start in range(0, max(len(claim.lines), 1), LINES_A_FORM)
    ]
    sheets, problems = [], []
    for number, lines in enumerate(groups):
        draft = Draft()
        fill_insured(draft, case, claim, coverage)
        fill_illness(draft, case, claim)
        if not lines:
            draft.lacks("24", "the service lines", "Enter them under Claims, Lines.")
        for place, line in enumerate(lines, 1):
            fill_line(draft, place, line, case=case, claim=claim, rendering=by, known=book)
        fill_billing(draft, case, claim, lines, first=number == 0)
        problems += [*draft.problems, *check_lengths(draft.values)]
        sheets.append(Sheet(MappingProxyType(draft.values), MappingProxyType(draft.empty)))
    if len(sheets) > 1:
        problems.append(
            BoxProblem(
                "24",
                f"there are {len(claim.lines)} service lines: {len(sheets)} forms, each with its "
                "own total",
                "Send them together.",
                stops=False,
            )
        )
    problems += _coding(case, claim, book)
    ordered = sorted(dict.fromkeys(problems), key=lambda item: _ORDER[item.box])
    return Cms1500(claim.id, tuple(sheets), tuple(ordered))


def _coding(case: Case, claim: Claim, known: Mapping[str, Fact]) -> Iterator[BoxProblem]:
    """Yield what the coding rules say of this claim: units, waste, diagnoses, pairs of codes."""
    day = claim.start.latest if claim.start else date.max
    for found in coding_findings(case, day, known):
        if claim.id not in found.records:
            continue
        box = "21" if "diagnos" in found.rule or "exclud" in found.rule else "24D"
        stops = found.severity is Severity.WRONG
        yield BoxProblem(box, found.what, f"{found.why} {found.where}", stops=stops)
