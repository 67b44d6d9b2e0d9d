"""Whether the record supports the diagnosis codes of a request or a claim.

A code that stands there to come under a covered use, and not because the record shows the
condition, is a false claim (section C of the coding facts). So these rules never name another code.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from tmjkit.case import Case, ClinicianSource, Diagnosis, DocumentSource
from tmjkit.knowledge import CodeSystem, Fact
from tmjkit.rules.coding.book import about
from tmjkit.rules.coding.diagnoses import Use, uses
from tmjkit.rules.coding.say import listed, note, weak
from tmjkit.rules.model import Finding

_FALSE_CLAIM: Final = (
    "A code that stands there to come under a covered use, and not because the record shows the "
    "condition, is a false claim."
)


def support_findings(case: Case, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield what lacks support.

    The rules are `coding.diagnosis-not-recorded`, `coding.diagnosis-undocumented`,
    `coding.unsupported-diagnosis` and `coding.diagnosis-to-prove`. A diagnosis is supported by a
    document or by the clinician's record; what the patient reports supports a symptom only.
    """
    for use in uses(case):
        needs = [
            (fact, entry.needs)
            for fact, entry in about(known, use.code, CodeSystem.ICD10CM)
            if entry.needs
        ]
        supported = any(_supported(item) for item in use.diagnoses)
        if use.bills and not needs and not use.diagnoses:
            yield _not_recorded(use)
        elif use.bills and not needs and not supported:
            yield _undocumented(use)
        for fact, need in needs:
            yield _special(use, fact, need, supported=supported)


def _supported(item: Diagnosis) -> bool:
    return any(isinstance(source, DocumentSource | ClinicianSource) for source in item.sources)


def _not_recorded(use: Use) -> Finding:
    return weak(
        "coding.diagnosis-not-recorded",
        f"{use.code} is asked for or billed, and no diagnosis with that code is recorded",
        "A reviewer looks for the diagnosis in the record: who made it, when, and how.",
        f"{use.where} If the clinician made this diagnosis, enter it under Diagnoses with its "
        "source. If not, it can't stand there.",
        use.records,
        facts=["D-CRIT-1"],
    )


def _undocumented(use: Use) -> Finding:
    return weak(
        "coding.diagnosis-undocumented",
        f"{use.code} is asked for or billed, and no document or clinician's record is given for "
        "the diagnosis",
        "A reviewer asks for the note in which the clinician made it. What the patient reports "
        "is no diagnosis.",
        "Give it its source under Diagnoses: the document and page, or the clinician's record.",
        use.records,
        facts=["D-CRIT-1"],
    )


def _special(use: Use, fact: Fact, need: str, *, supported: bool) -> Finding:
    """Say what the record has to show for a code that policies on botulinum toxin cover."""
    if supported:
        return note(
            "coding.diagnosis-to-prove",
            f"{use.code} needs this in the record: {need}",
            f"Payers look closely at this code in a request for botulinum toxin. {_FALSE_CLAIM}",
            f"{use.where} Read the source that is given for it and make sure that it shows this.",
            use.records,
            facts=[fact.id],
        )
    sources = listed(source.type for item in use.diagnoses for source in item.sources)
    if not use.diagnoses:
        given = "no diagnosis with that code is recorded"
    else:
        given = f"the only source is: {sources}" if sources else "no source is given"
    return weak(
        "coding.unsupported-diagnosis",
        f"Nothing recorded supports {use.code}; {given}",
        f"It needs this in the record: {need}. {_FALSE_CLAIM}",
        f"{use.where} If a clinician's note shows it, give the note as its source under "
        "Diagnoses. If none does, it can't stand on a request or claim.",
        use.records,
        facts=[fact.id],
    )
