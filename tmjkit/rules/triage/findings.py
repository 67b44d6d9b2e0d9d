"""Findings about denials that are still open: one for each, and what must not be overlooked."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from tmjkit.case import Case, Determination
from tmjkit.knowledge import Fact
from tmjkit.rules.deadlines.standing import all_against, settled
from tmjkit.rules.model import Finding, Severity
from tmjkit.rules.triage.assemble import triage, unsupported
from tmjkit.rules.triage.letters import no_reason
from tmjkit.rules.triage.model import ClassFound, Pull, Standing, Triage

_SEVERITY: Final = {
    Standing.CLOSED: Severity.WEAK,
    Standing.WEAK: Severity.WEAK,
    Standing.UNKNOWN: Severity.MISSING,
    Standing.ARGUABLE: Severity.NOTE,
    Standing.STRONG: Severity.NOTE,
    Standing.MENDABLE: Severity.NOTE,
}
# Which ground tells best why it stands so.
_TELLING: Final = {
    Standing.CLOSED: Pull.AGAINST,
    Standing.WEAK: Pull.AGAINST,
    Standing.UNKNOWN: Pull.OPEN,
    Standing.MENDABLE: Pull.OPEN,
    Standing.ARGUABLE: Pull.FOR,
    Standing.STRONG: Pull.FOR,
}


def triage_findings(case: Case, today: date, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield a finding for each open denial, by its deciding class, and the warnings.

    The rules are `triage.reason-missing` for one without a reason, `triage.disagreement` where the
    recorded kind and the notice differ, `triage.unsupported-diagnosis`, and one for each class.
    Sources: those of the classes; see `tmjkit.rules.triage.assemble`.
    """
    told = False
    for denial in open_denials(case):
        found = triage(case, denial, today, knowledge=known)
        told = True
        weakest = found.weakest
        yield _no_reason(denial, found) if weakest is None else _class(denial, found, weakest)
        if found.disagreements:
            yield Finding(
                "triage.disagreement",
                Severity.WEAK,
                "The recorded kind of a reason and the notice tell different things",
                " ".join(found.disagreements),
                "Read the notice, and correct the kind under Determinations.",
                records=(denial.id,),
            )
    if told:
        yield from _unsupported(case)


def open_denials(case: Case) -> Iterator[Determination]:
    """Yield the denials that stand: not set right, and not replaced by one on their appeal."""
    for denial in case.determinations:
        if not denial.adverse or settled(case, denial):
            continue
        appeals = {item.id for item in all_against(case, denial)}
        if not any(item.adverse and item.about_id in appeals for item in case.determinations):
            yield denial


def _no_reason(denial: Determination, found: Triage) -> Finding:
    return Finding(
        "triage.reason-missing",
        Severity.MISSING,
        f"{_name(denial)} gives no reason that is on record",
        "Without the reason nothing can be answered, and nobody can tell which way is open.",
        f"{found.asks[0].says} {no_reason().says}",
        records=(denial.id,),
        facts=found.asks[0].facts,
    )


def _class(denial: Determination, found: Triage, weakest: ClassFound) -> Finding:
    telling = _TELLING[weakest.standing]
    ground = next(
        (item for item in weakest.grounds if item.pull is telling),
        next(iter(weakest.grounds), None),
    )
    return Finding(
        weakest.rule,
        _SEVERITY[weakest.standing],
        f"{_name(denial)}: {_lower(found.lead)}",
        ground.says if ground else weakest.argue[0],
        f"Next: {_lower(weakest.letter.says)} 'tmjkit triage' tells the rest.",
        records=(denial.id, *(ground.records if ground else ())),
        facts=weakest.facts,
    )


def _unsupported(case: Case) -> Iterator[Finding]:
    for warning in unsupported(case):
        yield Finding(
            "triage.unsupported-diagnosis",
            Severity.WEAK,
            "A diagnosis in the case has no record behind it",
            warning.says,
            "Give its source under Diagnoses: document and page, or the clinician's record.",
            records=warning.records,
            facts=warning.facts,
        )


def _name(denial: Determination) -> str:
    day = denial.notice_date or denial.received_date
    return f"The denial of {day.words()}" if day else "The denial"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
