"""Importing the package is light; what is heavy waits until it is needed."""

import json
import subprocess
import sys

import pytest

HEAVY = {"pandas", "matplotlib", "nbconvert", "nbformat", "voila", "sqlalchemy", "typst", "docx"}


@pytest.mark.parametrize("module", ["tmjkit", "tmjkit.cli", "tmjkit.rules", "tmjkit.letters"])
def test_importing_loads_nothing_heavy(module):
    code = f"import {module}, sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert "tmjkit" in loaded
    assert not loaded & HEAVY
