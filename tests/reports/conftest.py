"""A workspace with cases, and the reports that were made from it once for all tests."""

import os

import pytest
from report_cases import CHEAP, FIRST, PASSPHRASE, SECOND, hostile, named

from tmjkit.store import Workspace


@pytest.fixture(scope="session")
def workspace(tmp_path_factory):
    """Return a real workspace in a file, with two cases."""
    place = tmp_path_factory.mktemp("clinic") / "clinic.tmjkit"
    made = Workspace.create(str(place), PASSPHRASE, kdf=CHEAP)
    made.save(hostile(FIRST, "Firstname-Placeholder"), None, "test")
    made.save(named(SECOND, "Secondname-Placeholder"), None, "test")
    return made


@pytest.fixture
def browser():
    """Return Debian's Chromium; without it the test is skipped, and fails under CI."""
    from playwright.sync_api import sync_playwright

    path = "/usr/bin/chromium"
    if not os.path.exists(path):  # noqa: PTH110
        words = "Chromium is missing: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    options = "--no-sandbox --disable-gpu --disable-background-networking --disable-sync"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=options.split())
        yield opened
        opened.close()
