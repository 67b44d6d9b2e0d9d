"""Cases and policies for the tests of the criteria: one test, one case."""

from datetime import date

from tmjkit.case import Case, ClinicianSource, PatientSource
from tmjkit.knowledge import Policy
from tmjkit.rules.criteria import assess

TODAY = date(2026, 11, 23)
NOTED = (ClinicianSource(),)
SAID = (PatientSource(),)


def policy(criteria, **fields):
    given = {"id": "p-1", "title": "Example", "example": True, "criteria": criteria}
    return Policy.model_validate(given | fields)


def judged(case, criteria, today=TODAY):
    """Return the one test of the criteria with its mark."""
    (test,) = assess(case, policy(criteria), today, knowledge={}).criteria.tests
    return test


def treated(*treatments, sources=NOTED, **lists):
    """Return a case with treatments, each as its fields; the clinician's record shows them."""
    made = [
        {"id": f"t-{place}", "sources": sources} | fields
        for place, fields in enumerate(treatments, 1)
    ]
    return Case.model_validate({"treatments": made} | lists)
