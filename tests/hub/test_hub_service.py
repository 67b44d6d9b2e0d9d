"""systemd takes the service that starts the Hub."""

import shutil
import subprocess
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[2] / "deploy" / "tmjkit-hub.service"
PROGRAM = "/opt/tmjkit/bin/jupyterhub"


def test_systemd_finds_nothing_wrong_with_the_service(tmp_path: Path) -> None:
    systemd = shutil.which("systemd-analyze")
    if systemd is None:
        pytest.skip("systemd-analyze is not installed, so the service is not looked at")
    # The one thing that is not on this machine: where the steps put the program.
    program = tmp_path / "jupyterhub"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    text = UNIT.read_text()
    assert f"ExecStart={PROGRAM} " in text
    copy = tmp_path / UNIT.name
    copy.write_text(text.replace(PROGRAM, str(program)))
    done = subprocess.run(
        [systemd, "verify", "--man=no", str(copy)], capture_output=True, text=True, check=False
    )
    about_it = [line for line in done.stderr.splitlines() if UNIT.stem in line]
    assert about_it == []
