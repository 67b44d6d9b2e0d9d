"""`tmjkit notebooks` copies what can be changed, and overwrites nothing."""

import subprocess
import sys
from pathlib import Path

from tmjkit.resources import path


def copy(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tmjkit.cli", "notebooks", "--to", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_copies_are_the_notebooks_and_stay_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "my pages"
    done = copy(folder)
    assert done.returncode == 0, done.stderr
    source = path("notebooks")
    for one in source.rglob("*.ipynb"):
        assert (folder / one.relative_to(source)).read_bytes() == one.read_bytes()

    mine = folder / "case.ipynb"
    mine.write_text("mine")
    (folder / "reports" / "case.ipynb").unlink()
    done = copy(folder)
    assert done.returncode == 1
    assert "case.ipynb" in done.stderr
    assert "nothing is overwritten" in done.stderr
    assert mine.read_text() == "mine"
    assert not (folder / "reports" / "case.ipynb").exists()
