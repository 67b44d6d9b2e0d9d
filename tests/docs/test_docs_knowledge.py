"""What the page on the knowledge base shows is what happens."""

import re
import shlex
import sys
from pathlib import Path

import pytest

from tmjkit.cli import main
from tmjkit.knowledge import Confidence, facts

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "knowledge.md").read_text(encoding="utf-8")


def block(language, number=0):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[number]


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Go to a workspace whose folder of knowledge holds the file of the page."""
    monkeypatch.chdir(tmp_path)
    for name in ("TMJKIT_WORKSPACE", "TMJKIT_KNOWLEDGE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "workspace.tmjkit").write_bytes(b"")
    (tmp_path / "knowledge").mkdir()
    file = tmp_path / "knowledge" / "ours.yaml"
    file.write_text(block("yaml"), encoding="utf-8")
    return file


def run(command, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", shlex.split(command))
    with pytest.raises(SystemExit) as caught:
        main()
    return caught.value.code or 0, *capsys.readouterr()


def test_the_offices_file_is_accepted_as_the_page_says(office, monkeypatch, capsys):
    command, *printed = block("console", 1).splitlines()
    code, out, _ = run(command.removeprefix("$ "), monkeypatch, capsys)
    assert code == 0
    assert out.splitlines() == printed


def test_the_errors_of_the_page_are_those_that_are_told(office, monkeypatch, capsys):
    text = office.read_text(encoding="utf-8")
    for old, new in (
        ("https://payer.example/", "payer.example/"),
        ("    title: Photo", "    titel: Photo"),
    ):
        assert old in text
        text = text.replace(old, new)
    office.write_text(text, encoding="utf-8")
    _, _, err = run("tmjkit knowledge check", monkeypatch, capsys)
    for line in block("text").splitlines():
        assert line in err


def test_the_commands_of_the_page_find_something(office, monkeypatch, capsys):
    for line in block("console").splitlines():
        code, out, _ = run(line.removeprefix("$ "), monkeypatch, capsys)
        assert code == 0
        assert len(out.splitlines()) > 1


def test_the_python_of_the_page_runs():
    found = {}
    exec(block("python"), found)  # noqa: S102 -- the page's own example
    assert found["found"].id == "F-FILE"
    assert not found["found"].applies(found["Regime"].MEDICAID_FFS)


def test_the_page_explains_every_confidence():
    for confidence in Confidence:
        assert f"| `{confidence.value}` |" in PAGE


def test_every_fact_is_listed_with_its_source_and_caveat():
    page = (DOCS / "facts.md").read_text(encoding="utf-8")
    for fact in facts().values():
        entry = page.split(f"{{: #{fact.id} }}")[0].rpartition("\n\n")[2]
        assert f"`{fact.id}`" in entry
        assert f"](<{fact.url}>)" in entry, fact.id
        assert (fact.caveat.capitalize() in entry) if fact.caveat else True
