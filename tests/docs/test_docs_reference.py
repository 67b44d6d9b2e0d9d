"""The pages that follow from the code are up to date, and every page is in the site."""

import importlib.util
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


def _reference():
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES = _reference().pages()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_page_says_what_the_code_does(page):
    hint = f"{page.name} is out of date: run python scripts/reference.py"
    assert page.read_text(encoding="utf-8") == PAGES[page], hint


def test_every_page_is_in_the_navigation():
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    listed = {page for entry in config["nav"] for page in entry.values()}
    assert listed == {page.name for page in (ROOT / "docs").glob("*.md")}


def test_every_command_has_help_and_an_example():
    reference = _reference()
    root = reference.typer.main.get_command(reference.app)
    for name, command in reference._walk("tmjkit", root):
        assert command.help, name
        assert (command.epilog or "").startswith(f"Example: {name}"), name
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{name}: {parameter.name}"


def test_the_architecture_names_every_room():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [path.name for path in (ROOT / "tmjkit").iterdir() if (path / "__init__.py").exists()]
    assert len(rooms) > 5
    for room in rooms:
        assert f"tmjkit/{room}/" in text, room
