"""Checks of codes: they say what does not fit, and never which diagnosis or code to choose."""

from collections.abc import Iterator, Mapping
from datetime import date

from tmjkit.case import Case
from tmjkit.knowledge import Fact
from tmjkit.rules.coding.adjustments import (
    Explanation,
    adjustment_findings,
    explain_carc,
    explain_rarc,
)
from tmjkit.rules.coding.diagnoses import diagnosis_findings
from tmjkit.rules.coding.excludes import exclusion_findings
from tmjkit.rules.coding.icd10 import Icd10, lookup, missing_characters, release
from tmjkit.rules.coding.interval import interval_findings
from tmjkit.rules.coding.meaning import Meaning, Notes, meaning, notes
from tmjkit.rules.coding.muscles import muscle_findings
from tmjkit.rules.coding.ndc import eleven, known_as, ndc_findings
from tmjkit.rules.coding.procedures import procedure_findings
from tmjkit.rules.coding.support import support_findings
from tmjkit.rules.coding.units import unit_findings
from tmjkit.rules.coding.waste import waste_findings
from tmjkit.rules.model import Finding

__all__ = [
    "Explanation",
    "Icd10",
    "Meaning",
    "Notes",
    "coding_findings",
    "eleven",
    "explain_carc",
    "explain_rarc",
    "known_as",
    "lookup",
    "meaning",
    "missing_characters",
    "notes",
    "release",
]


def coding_findings(case: Case, today: date, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield what does not fit about the codes of a case, in the order of a claim form.

    Parameters
    ----------
    case
        The case.
    today
        The day to judge by where a request has no day of service.
    known
        The facts to rest on.
    """
    yield from ndc_findings(case, known)
    yield from diagnosis_findings(case, today, known)
    yield from exclusion_findings(case, known)
    yield from support_findings(case, known)
    yield from unit_findings(case, known)
    yield from waste_findings(case, known)
    yield from procedure_findings(case, known)
    yield from muscle_findings(case, known)
    yield from interval_findings(case, known)
    yield from adjustment_findings(case, known)
