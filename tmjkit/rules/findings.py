"""Everything that the rules find in a case, most urgent first."""

from collections.abc import Mapping
from datetime import date

from tmjkit.case import Case
from tmjkit.knowledge import Fact, Policy, facts, library
from tmjkit.rules.care import care_findings
from tmjkit.rules.coding import coding_findings
from tmjkit.rules.criteria import criteria_findings
from tmjkit.rules.deadlines import deadlines
from tmjkit.rules.instruments import instrument_findings
from tmjkit.rules.missing import missing_findings
from tmjkit.rules.model import Finding
from tmjkit.rules.notices import notice_findings
from tmjkit.rules.order import order_findings
from tmjkit.rules.response import response_findings
from tmjkit.rules.sources import source_findings
from tmjkit.rules.triage import triage_findings
from tmjkit.rules.urgent import time_findings


def findings(
    case: Case,
    today: date,
    *,
    knowledge: Mapping[str, Fact] | None = None,
    policies: Mapping[str, Policy] | None = None,
) -> tuple[Finding, ...]:
    """Return what someone should know or do about a case, most urgent first.

    Within one severity what is due comes first, then the order of the case file.

    Parameters
    ----------
    case
        The case.
    today
        The day to judge by.
    knowledge, policies
        The facts and the payers' policies to rest on; those that ship with tmjkit when left out.
    """
    known = facts() if knowledge is None else knowledge
    chosen = library().policies if policies is None else policies
    found = [
        *time_findings(deadlines(case, today, knowledge=known), today),
        *missing_findings(case, today),
        *notice_findings(case),
        *order_findings(case, today),
        *triage_findings(case, today, known),
        *coding_findings(case, today, known),
        *care_findings(case, today, known),
        *criteria_findings(case, chosen, today, known),
        *instrument_findings(case, today, known),
        *response_findings(case, today, known),
        *source_findings(case),
    ]
    return tuple(sorted(found, key=lambda item: (item.severity.rank, item.due or date.max)))
