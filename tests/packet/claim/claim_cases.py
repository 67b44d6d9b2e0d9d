"""Makes the cases that claim forms are tested with."""

from datetime import date

from tmjkit.case import Case

TODAY = date(2026, 11, 23)
DAY = "2026-02-03"

LINES = (
    {"code": "J0585", "units": "70", "charge": "630.00", "date": DAY, "ndc": "0023-1145-01"},
    {
        "code": "J0585",
        "modifiers": ["JW"],
        "units": "30",
        "charge": "270.00",
        "date": DAY,
        "ndc": "0023-1145-01",
    },
    {
        "code": "64999",
        "units": "1",
        "charge": "400.00",
        "date": DAY,
        "description": "Injection into the chewing muscles",
    },
)

PATIENT = {
    "id": "patient-1",
    "family": "Example-Sample",
    "given": "Ada",
    "birth_date": "1990-05-06",
    "gender": "female",
    "phone": "614-555-0142",
    "address": {
        "line": "12 Sample St., Apt. 4",
        "city": "Exampleton",
        "state": "OH",
        "postal_code": "43000-1234",
    },
}
CLINIC = {"line": "200 Mockup Ave.", "city": "Exampleton", "state": "OH", "postal_code": "43000"}


def coverage(**changes):
    return {
        "id": "coverage-1",
        "payer": "Example Mutual",
        "funding": "insured-group",
        "member_id": "EX-0001",
        "group_id": "EXW-100",
        "plan_name": "Example Widgets",
        "relationship": "self",
        "claims_address": {"line": "P.O. Box 1", "city": "Exampleton", "state": "OH"},
        **changes,
    }


def claim(**changes):
    return {
        "id": "claim-1",
        "coverage_id": "coverage-1",
        "provider_id": "provider-1",
        "start": DAY,
        "end": DAY,
        "lines": LINES,
        "diagnosis_codes": ["M79.11"],
        "place_of_service": "11",
        "accept_assignment": True,
        "employment": False,
        "auto_accident": False,
        "other_accident": False,
        **changes,
    }


def case(*, coverages=None, claims=None, **changes):
    """Return a case whose claim lacks nothing, changed."""
    given = {
        "id": "case-claim",
        "patient": PATIENT,
        "coverages": coverages or [coverage()],
        "providers": [
            {
                "id": "provider-1",
                "name": "Jordan Sample",
                "qualification": "DDS",
                "role": "prescribing",
                "npi": "1000000004",
                "tax_id": "00-0000001",
                "address": CLINIC,
                "phone": "614-555-0130",
            }
        ],
        "diagnoses": [
            {
                "id": "diagnosis-1",
                "code": "M79.11",
                "text": "Myofascial pain of the masticatory muscles",
                "side": "both",
                "recorded_date": "2025-11-03",
                "sources": [{"type": "clinician"}],
            }
        ],
        "sessions": [
            {
                "id": "session-1",
                "date": DAY,
                "product": "onabotulinumtoxinA",
                "vial_units": 100,
                "vials": 1,
                "doses": [{"muscle": "masseter", "side": "both", "units": 70}],
                "units_wasted": 30,
                "provider_id": "provider-1",
            }
        ],
        "claims": claims or [claim()],
        **changes,
    }
    return Case.model_validate(given)
