"""What a request for prior authorization needs before it can be written, found or named missing."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tmjkit.case import AuthorizationRequest, Benefit, Case, Coverage, Provider, ProviderRole
from tmjkit.letters.gap import Gap
from tmjkit.letters.view import missing
from tmjkit.packet.pas.elements import said


class PasError(ValueError):
    """A request can't be written as a PAS bundle.

    Its text names what is missing and where to enter it, and nothing about the patient.

    Attributes
    ----------
    gaps
        Every missing fact; empty where something else is in the way.
    """

    def __init__(self, why: str, gaps: Sequence[Gap] = ()) -> None:
        self.gaps = tuple(gaps)
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Facts:
    """The records that a request rests on, with everything in them that the guide requires."""

    case: Case
    request: AuthorizationRequest
    coverage: Coverage
    provider: Provider


def facts_of(case: Case, request: AuthorizationRequest, day: dt.date) -> Facts:
    """Find what a request needs.

    What is required: of the patient what US Core requires (name, gender, an identifier with its
    system), and the whole date of birth, by which a payer finds the member; of the claim what the
    profile requires, and a diagnosis; of the provider the NPI (45 CFR 162.410).

    Parameters
    ----------
    case
        The case.
    request
        A request of the case.
    day
        Day on which it is written; the coverage must not have ended before.

    Raises
    ------
    PasError
        When facts are missing, or the request is one that X12 278 does not carry.
    """
    coverage = next((item for item in case.coverages if item.id == request.coverage_id), None)
    provider = next((item for item in case.providers if item.id == request.provider_id), None)
    if coverage is not None and coverage.benefit is Benefit.PHARMACY:
        raise PasError(
            f"{request.id} asks the pharmacy benefit, and this transaction carries only dental, "
            "professional and institutional requests (45 CFR 162.1302): ask by the plan's own "
            "form or by the prescription system"
        )
    if coverage is not None and coverage.end is not None and coverage.end.latest < day:
        raise PasError(f"{coverage.id} ended before this day: choose the coverage that is in force")
    gaps = (
        *_of_patient(case),
        *_of_coverage(request, coverage),
        *_of_provider(request, provider),
        *_of_request(request),
    )
    if gaps or coverage is None or provider is None:
        listed = "; ".join(f"{gap.what} ({gap.where})" for gap in gaps)
        count = "1 fact is" if len(gaps) == 1 else f"{len(gaps)} facts are"
        raise PasError(
            f"{request.id} can't be written as FHIR yet, {count} missing: {listed}", gaps
        )
    return Facts(case, request, coverage, provider)


def is_clinic(provider: Provider) -> bool:
    """Tell whether the record is of a clinic rather than of a person."""
    return provider.role in (ProviderRole.FACILITY, ProviderRole.BILLING)


def _of_patient(case: Case) -> Iterator[Gap]:
    patient = case.patient
    if not said(patient.name):
        yield missing("Name", "Patient, Family", record=patient.id, field="family")
    if patient.gender is None:
        yield missing("Gender", "Patient, Gender", record=patient.id, field="gender")
    if patient.birth_date is None or not patient.birth_date.exact:
        where = "Patient, Birth date: year, month and day"
        yield missing("Whole date of birth", where, record=patient.id, field="birth_date")


def _of_coverage(request: AuthorizationRequest, coverage: Coverage | None) -> Iterator[Gap]:
    if coverage is None:
        yield missing(
            "Coverage", "Authorization request, Coverage", record=request.id, field="coverage_id"
        )
        return
    if not said(coverage.member_id):
        where = "Insurance coverage, Member ID"
        yield missing("Member ID", where, record=coverage.id, field="member_id")
    if coverage.benefit is None:
        where = "Insurance coverage, Benefit: medical or dental"
        yield missing("Benefit", where, record=coverage.id, field="benefit")


def _of_provider(request: AuthorizationRequest, provider: Provider | None) -> Iterator[Gap]:
    if provider is None:
        yield missing(
            "Requesting provider",
            "Authorization request, Provider",
            record=request.id,
            field="provider_id",
        )
    elif provider.npi is None:
        yield missing("NPI", "Provider, NPI", record=provider.id, field="npi")


def _of_request(request: AuthorizationRequest) -> Iterator[Gap]:
    if not request.lines:
        where = "Authorization request, Lines: a code with its units"
        yield missing("Codes that are asked for", where, record=request.id, field="lines")
    if not request.diagnosis_codes:
        where = "Authorization request, Diagnosis codes"
        yield missing("Diagnosis codes", where, record=request.id, field="diagnosis_codes")
