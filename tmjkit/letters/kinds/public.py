"""Appeals in public programs, complaints to a regulator."""

from typing import Final

from tmjkit.knowledge import Regime
from tmjkit.letters.kinds.complaint import complains, complaint
from tmjkit.letters.kinds.model import Kind, Part
from tmjkit.letters.kinds.public_context import exception, hearing, medicaid, medicare
from tmjkit.letters.kinds.public_fits import excepts, hears, medicaid_appeals, reconsiders
from tmjkit.letters.kinds.public_picks import (
    drug_request,
    first_under,
    hearing_about,
    latest_matter,
)
from tmjkit.letters.situation import Voice

_CLAIMANT: Final = (Voice.PATIENT, Voice.ADVOCATE)
_ANYONE: Final = (*_CLAIMANT, Voice.CLINICIAN)

KINDS: Final[tuple[Kind, ...]] = (
    Kind(
        "coverage-exception",
        "Request for a coverage exception (Medicare Part D)",
        Part.REQUEST,
        _ANYONE,
        drug_request,
        checklist="F2-PARTD",
        fits=excepts,
        context=exception,
    ),
    Kind(
        "medicaid-appeal",
        "Appeal to a Medicaid plan",
        Part.APPEAL,
        _ANYONE,
        first_under(Regime.MEDICAID_MANAGED_CARE),
        checklist="F2-MEDICAID",
        fits=medicaid_appeals,
        context=medicaid,
        argues=True,
    ),
    Kind(
        "reconsideration",
        "Request for reconsideration (Medicare Advantage)",
        Part.APPEAL,
        _ANYONE,
        first_under(Regime.MEDICARE_ADVANTAGE),
        checklist="F2-MA",
        fits=reconsiders,
        context=medicare,
        argues=True,
    ),
    Kind(
        "fair-hearing",
        "Request for a State fair hearing",
        Part.REVIEW,
        _CLAIMANT,
        hearing_about,
        checklist="F2-MEDICAID",
        fits=hears,
        context=hearing,
        argues=True,
    ),
    Kind(
        "complaint",
        "Complaint about a health plan",
        Part.REVIEW,
        _CLAIMANT,
        latest_matter,
        fits=complains,
        context=complaint,
    ),
)
