"""The scripts that read and check the catalogues."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def scripts():
    """Make the modules of `scripts` importable."""
    sys.path.insert(0, str(ROOT / "scripts"))
    yield
    sys.path.remove(str(ROOT / "scripts"))


@pytest.fixture(scope="session")
def said(scripts):
    """Return every message by its forms."""
    from catalogues.sources import messages

    return messages()
