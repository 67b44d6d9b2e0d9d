"""What does not fit about the codes, as entries."""

from collections.abc import Iterable

from tmjkit.case import Case
from tmjkit.rules.model import Finding, Severity
from tmjkit.rules.section import Entry, Section, Tone

_TONES = {Severity.WRONG: Tone.BAD, Severity.WEAK: Tone.OPEN, Severity.MISSING: Tone.OPEN}


def code_section(case: Case, found: Iterable[Finding]) -> Section:
    """Return what the checks of codes say; the clinic codes, tmjkit only checks."""
    entries = tuple(_entry(one) for one in found)
    coded = any(
        (
            any(one.code for one in case.diagnoses),
            any(one.lines or one.diagnosis_codes for one in case.requests),
            any(one.lines or one.diagnosis_codes for one in case.claims),
        )
    )
    lead = "The clinic chooses the codes from the record; these checks choose none."
    if not entries:
        lead = "Nothing in the codes was found wrong." if coded else "No codes are recorded yet."
    return Section("coding", "Codes and units", entries, lead)


def _entry(one: Finding) -> Entry:
    return Entry(
        mark=one.severity.label,
        what=one.what,
        tone=_TONES.get(one.severity, Tone.PLAIN),
        rule=one.rule,
        more=(("Why", one.why), ("Do", one.where)),
        records=one.records,
        facts=one.facts,
    )
