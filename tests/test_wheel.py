"""The built wheel works alone: in an empty environment, outside the checkout."""

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """Build the wheel, install it into an empty environment, return its `tmjkit`."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True, cwd=folder)
    [wheel] = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    binaries = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    install = [binaries / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run(
        [*install, "-c", ROOT / "constraints.txt", wheel], check=True, capture_output=True
    )
    return binaries / "tmjkit"


def _environment():
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TMJKIT_")}
    return kept | {"PYTHONUNBUFFERED": "1"}


def test_the_wheel_runs_the_demo_and_serves_the_dashboard(program, tmp_path):
    demo = subprocess.Popen(
        [program, "demo", "--no-browser"],
        cwd=tmp_path,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        printed, link = [], None
        for line in demo.stdout:
            printed.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+/\S+", line):
                link = found[0]
                break
        assert link, "".join(printed)
        written = {path.name for path in (tmp_path / "tmjkit-demo").iterdir()}
        papers = ["appeal.docx", "appeal.pdf", "appeal.html", "timeline.svg", "timeline.png"]
        assert {*papers, "deadlines.ics", "packet.pdf", "report.html", "demo.tmjkit"} <= written
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        page = opener.open(link, timeout=120).read().decode()
        assert "tmjkit" in page
        assert "There was an error" not in page
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(re.sub(r"/[^/]*\?.*", "/api/contents", link), timeout=30)
    finally:
        demo.terminate()
        demo.wait(30)
