"""The example cases as PAS bundles, and the guide's own examples beside the checkout."""

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from tmjkit.examples import load
from tmjkit.packet.pas import pas_bundle

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "fhir_pas"
WHEN = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))


@pytest.fixture(scope="session")
def official():
    """Return `read(name)` of the guide's examples; skip, or fail in CI, where they are missing."""
    if not SHARED.is_dir():
        reason = "the public data is not there: expected shared/data beside the checkout"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return lambda name: json.loads((SHARED / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def erisa():
    """Return the first example case."""
    return load("self-funded-erisa-denial").case


@pytest.fixture
def written():
    """Return a writer of bundles: of the case's first request unless another is given."""

    def write(case, request=None, timestamp=WHEN, **more):
        return pas_bundle(case, request or case.requests[0], timestamp=timestamp, **more)

    return write


@pytest.fixture
def part():
    """Return a finder: the only resource of a kind in a bundle, or all of them."""

    def find(bundle, kind, *, all_of_them=False):
        found = [
            entry["resource"]
            for entry in bundle["entry"]
            if entry["resource"]["resourceType"] == kind
        ]
        if all_of_them:
            return found
        (one,) = found
        return one

    return find
