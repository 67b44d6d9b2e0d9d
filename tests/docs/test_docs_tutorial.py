"""The tutorial does what it says: its commands are run, its Python too."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FAILS = "# fails"


def _commands(block):
    """Split a console block into commands, each with the lines it should print."""
    commands = []
    for line in block.splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], []))
        else:
            commands[-1][1].append(line)
    return commands


def _matches(expected, printed):
    """Tell whether the output is as shown; an ellipsis stands for anything."""
    pattern = re.escape("\n".join(expected)).replace("…", ".*")
    # Several blanks in a table are one: columns are as wide as their longest cell.
    pattern = re.sub(r"(\\ )+", r"\\s+", pattern)
    return re.fullmatch(rf"{pattern}\s*", printed, re.DOTALL)


@pytest.mark.skipif(shutil.which("bash") is None, reason="the tutorial is written for a shell")
def test_the_tutorial_runs(tmp_path):
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    blocks = BLOCK.findall(text)
    assert len(blocks) > 5
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("TMJKIT_")},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    for language, block in blocks:
        if language == "python":
            done = _run([sys.executable, "-c", block], tmp_path, environment)
            assert done.returncode == 0, done.stderr
            continue
        for command, expected in _commands(block):
            if found := re.fullmatch(r'export (\w+)="([^"]*)"', command):
                environment[found[1]] = found[2]
                continue
            done = _run(["bash", "-c", command], tmp_path, environment)
            assert (done.returncode != 0) == command.endswith(FAILS), f"{command}\n{done.stderr}"
            assert _matches(expected, done.stdout), f"{command}\n{done.stdout}\n{done.stderr}"
    assert (tmp_path / "packet.pdf").read_bytes().startswith(b"%PDF")


def _run(command, folder, environment):
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
