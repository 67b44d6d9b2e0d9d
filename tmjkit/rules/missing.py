"""Findings about what a request or an appeal needs and the case does not hold."""

from collections.abc import Iterator
from datetime import date

from tmjkit.case import (
    AuthorizationRequest,
    BotulinumSession,
    Case,
    Instrument,
    Provider,
    ProviderRole,
    Purpose,
    Treatment,
)
from tmjkit.rules.model import Finding, RegimeResult, Severity
from tmjkit.rules.regime import regime


def missing_findings(case: Case, today: date) -> Iterator[Finding]:
    """Yield what is missing, in the order of the case file."""
    yield from _patient(case)
    yield from _coverages(case)
    yield from _providers(case)
    yield from _clinical(case)
    yield from _purpose(case)
    for treatment in case.jaw_treatments:
        yield from _treatment(treatment, today)
    for session in case.jaw_sessions:
        yield from _session(session)
    if not case.requests and not case.claims and not case.determinations:
        yield _missing(
            "missing.request",
            "What is asked for is not recorded",
            "A letter names the product, codes, units, sessions and interval that it asks for.",
            "Add a request under Requests.",
        )
    for request in case.requests:
        yield from _request(request)


def _purpose(case: Case) -> Iterator[Finding]:
    """Yield `missing.purpose`: imported records of which nobody has said what they are about.

    A letter speaks only of what concerns the jaw, so that physical therapy of a knee is never
    shown to a payer as first-line care for TMD, nor an unrelated illness shown at all.
    """
    open_ones = [
        record for _, record in case.records() if getattr(record, "purpose", None) in _OPEN
    ]
    if open_ones:
        yield _missing(
            "missing.purpose",
            f"Of {len(open_ones)} imported records nobody has said whether they concern the jaw",
            "Letters, findings and the chart leave them out until it is said.",
            "Where one matters, choose it under Given for or Concerns in its form.",
            *(item.id for item in open_ones),
        )


_OPEN = (Purpose.UNKNOWN,)


def _missing(rule: str, what: str, why: str, where: str, *records: str) -> Finding:
    return Finding(rule, Severity.MISSING, what, why, where, records=records)


def _patient(case: Case) -> Iterator[Finding]:
    """Yield `missing.patient-name` and `missing.birth-date`.

    Source: the content check-lists for letters and requests, which begin with name, date of birth
    and member ID (`docs/rules.md`).
    """
    patient = case.patient
    if not patient.family or not patient.given:
        yield _missing(
            "missing.patient-name",
            "The patient's full name is not recorded",
            "The payer finds the member by name, date of birth and member ID.",
            "Enter it under Patient, as the member card has it.",
            patient.id,
        )
    if patient.birth_date is None or not patient.birth_date.exact:
        yield _missing(
            "missing.birth-date",
            "The patient's date of birth is not recorded in full",
            "The payer finds the member by name, date of birth and member ID.",
            "Enter it under Patient, Date of birth.",
            patient.id,
        )


def _coverages(case: Case) -> Iterator[Finding]:
    """Yield `missing.coverage`, `missing.member-id`, `regime.unknown` and `regime.ask`.

    Who funds the plan decides the law, the time limits and every citation (29 USC 1003(b);
    45 CFR 147.136); see `tmjkit.rules.regime`.
    """
    if not case.coverages:
        yield _missing(
            "missing.coverage",
            "No insurance coverage is recorded",
            "Without it nobody can tell where to send a request or which law and times hold.",
            "Add it under Coverages, from the member card.",
        )
    for coverage in case.coverages:
        if not coverage.member_id:
            yield _missing(
                "missing.member-id",
                f"The member ID for {coverage.payer} is not recorded",
                "The payer finds the member by name, date of birth and member ID.",
                "Enter it under Coverages, Member ID; it stands on the card.",
                coverage.id,
            )
        law = regime(coverage)
        if law.regime is None:
            yield _missing(
                "regime.unknown",
                f"It is not known who funds the plan at {coverage.payer}",
                f"{law.why} Until it is known, no citation is used and no time limit is certain.",
                " ".join(law.asks),
                coverage.id,
            )
        elif law.asks:
            yield _ask(law, coverage.payer, coverage.id)


def _ask(law: RegimeResult, payer: str, record: str) -> Finding:
    return Finding(
        rule="regime.ask",
        severity=Severity.NOTE,
        what=f"To make sure of for the plan at {payer}",
        why=f"{law.why} What is still open can change which rules hold.",
        where=" ".join(law.asks),
        records=(record,),
    )


def _providers(case: Case) -> Iterator[Finding]:
    """Yield `missing.provider` and `missing.npi`: who asks, with the identifier that payers use.

    Sources: the content check-lists (`docs/rules.md`); 45 CFR 162.406 for the NPI.
    """
    asking = [item for item in case.providers if item.role in _ASKING]
    if not asking:
        yield _missing(
            "missing.provider",
            "No treating or prescribing clinician is recorded",
            "The clinician who asks for the treatment signs the letter and gives the opinion.",
            "Add the clinician under Providers, with role and NPI.",
        )
    for provider in asking:
        if provider.npi is None:
            yield _no_npi(provider)


_ASKING = (ProviderRole.TREATING, ProviderRole.PRESCRIBING)


def _no_npi(provider: Provider) -> Finding:
    return _missing(
        "missing.npi",
        f"The NPI of {provider.name} is not recorded",
        "Requests and claims name the clinician by NPI.",
        "Enter it under Providers; the NPI registry lists it.",
        provider.id,
    )


def _clinical(case: Case) -> Iterator[Finding]:
    """Yield what is missing of diagnoses and scores.

    The rules are `missing.diagnosis`, `missing.diagnosis-date`, `missing.pain-score` and
    `missing.measurement-date`. Reviewers usually ask for a diagnosis by criteria and for
    functional impairment (facts D-CRIT-1 and D-CRIT-3); a score without its day shows no course.
    """
    coded = [item for item in case.jaw_diagnoses if item.code]
    if not coded:
        yield Finding(
            "missing.diagnosis",
            Severity.MISSING,
            "No diagnosis with an ICD-10-CM code is recorded",
            "A request names the diagnosis by code, and reviewers ask who made it and how.",
            "Enter the clinician's diagnosis under Diagnoses, with code and date.",
            records=tuple(item.id for item in case.jaw_diagnoses),
            facts=("D-CRIT-1",),
        )
    undated = [item for item in coded if item.recorded_date is None]
    if undated:
        yield _missing(
            "missing.diagnosis-date",
            f"No date is recorded for: {_names(item.label for item in undated)}",
            "The date shows that the diagnosis stood before the request.",
            "Enter it under Diagnoses.",
            *(item.id for item in undated),
        )
    if not any(item.instrument in _PAIN and item.date for item in case.jaw_measurements):
        yield Finding(
            "missing.pain-score",
            Severity.MISSING,
            "No pain score with a date is recorded",
            "Reviewers ask how much the condition impairs and what earlier treatment changed.",
            "Enter one under Measurements, such as pain from 0 to 10, with its day.",
            facts=("D-CRIT-3",),
        )
    vague = [item for item in case.jaw_measurements if item.date is None]
    if vague:
        yield _missing(
            "missing.measurement-date",
            f"No date is recorded for: {_names(item.label for item in vague)}",
            "A score without its day can't show a course, and is left out of charts.",
            "Enter the days under Measurements.",
            *(item.id for item in vague),
        )


_PAIN = (Instrument.NRS_PAIN, Instrument.GCPS_CPI)


def _treatment(item: Treatment, today: date) -> Iterator[Finding]:
    """Yield `missing.treatment-details`: what a reviewer asks about each earlier treatment.

    Source: fact D-CRIT-2 (what was done, when, with what result; dose, adherence and the reason
    for stopping are good practice).
    """
    if item.start is not None and item.start.earliest > today:
        return
    parts = []
    if item.start is None:
        parts.append("when it began")
    if item.end is None and not item.ongoing:
        parts.append("when it ended, or that it goes on")
    if item.response is None and not item.response_text:
        parts.append("what it did")
    if item.end is not None and item.stop_reason is None:
        parts.append("why it stopped")
    if parts:
        yield Finding(
            "missing.treatment-details",
            Severity.MISSING,
            f"{item.label}: still to record: {'; '.join(parts)}",
            "Reviewers ask what was done, when, and with what result; treatment without that "
            "counts for little.",
            "Enter it under Treatments, from the record of whoever gave it.",
            records=(item.id,),
            facts=("D-CRIT-2",),
        )


def _session(item: BotulinumSession) -> Iterator[Finding]:
    """Yield `missing.session-details`: date, dose and response of an injection session.

    Source: fact D-CRIT-4 (product, dose, interval and a rule for stopping).
    """
    parts = []
    if item.date is None:
        parts.append("the date")
    if not item.doses:
        parts.append("the units by muscle and side")
    if item.response is None and item.relief_percent is None and not item.response_text:
        parts.append("what it did")
    if parts:
        when = f" of {item.date.words()}" if item.date else ""
        yield Finding(
            "missing.session-details",
            Severity.MISSING,
            f"Injection session{when}: still to record: {'; '.join(parts)}",
            "A request to inject again rests on what the earlier sessions did, and when.",
            "Enter it under Botulinum toxin sessions.",
            records=(item.id,),
            facts=("D-CRIT-4",),
        )


def _request(item: AuthorizationRequest) -> Iterator[Finding]:
    """Yield `missing.request-details`: what the payer needs to decide on a request.

    Source: fact D-CRIT-4, and the field's own forms: codes with units, diagnosis codes, number
    of sessions and their interval, who asks.
    """
    parts = [
        words
        for absent, words in (
            (not item.lines, "the procedure and HCPCS codes with their units"),
            (not item.diagnosis_codes, "the diagnosis codes"),
            (item.sessions is None, "the number of sessions"),
            (
                item.interval_weeks is None and item.sessions != 1,
                "the weeks between the sessions",
            ),
            (item.provider_id is None, "who asks for it"),
            (item.coverage_id is None, "the coverage that it goes to"),
        )
        if absent
    ]
    if parts:
        yield Finding(
            "missing.request-details",
            Severity.MISSING,
            f"The request: still to record: {'; '.join(parts)}",
            "The payer decides on exactly that; what is left open comes back as missing "
            "information.",
            "Enter it under Requests.",
            records=(item.id,),
            facts=("D-CRIT-4",),
        )


def _names(labels: Iterator[str] | list[str]) -> str:
    """List some labels, the same one once, and how many more there are."""
    distinct = list(dict.fromkeys(labels))
    shown = ", ".join(distinct[:_SHOWN])
    rest = len(distinct) - _SHOWN
    return f"{shown} and {rest} more" if rest > 0 else shown


_SHOWN = 5
