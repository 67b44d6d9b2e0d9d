"""Real FHIR files from beside the checkout, and small fictional ones."""

import json
import os
from pathlib import Path

import pytest

from tmjkit.reading import read_fhir

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "name": [{"use": "official", "family": "Example", "given": ["Ada"]}],
    "birthDate": "1980-02-03",
}


@pytest.fixture(scope="session")
def shared():
    """Return the folder with the public data; skip, or fail in CI, where it is missing."""
    if not SHARED.is_dir():
        reason = "the public data is not there: expected shared/data beside the checkout"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return SHARED


@pytest.fixture
def bundle():
    """Return a maker of Bundle bytes; the fictional patient is in it unless told otherwise."""

    def make(*resources, patient=PATIENT, **more):
        everything = ([patient] if patient else []) + list(resources)
        entries = [{"resource": resource} for resource in everything]
        whole = {"resourceType": "Bundle", "type": "collection", "entry": entries, **more}
        return json.dumps(whole).encode()

    return make


@pytest.fixture
def read(bundle):
    """Return a reader of resources that are put into a Bundle."""

    def run(*resources, into=None, patient=PATIENT, chosen=None):
        return read_fhir(
            bundle(*resources, patient=patient), name="records.json", into=into, patient=chosen
        )

    return run


@pytest.fixture
def about():
    """Return a maker of resources about the fictional patient."""

    def make(kind, resource_id, **elements):
        key = {"Coverage": "beneficiary", "Claim": "patient", "ExplanationOfBenefit": "patient"}
        subject = {key.get(kind, "subject"): {"reference": "Patient/p1"}}
        if kind == "ClaimResponse":
            subject = {"patient": {"reference": "Patient/p1"}}
        return {"resourceType": kind, "id": resource_id, **subject, **elements}

    return make
