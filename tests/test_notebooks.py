"""What every notebook in the repository keeps to: no output, short, usable anywhere."""

import re
import subprocess
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
MOST_CELLS = 6
MOST_LINES = 12


def _notebooks() -> list[Path]:
    """Return the notebooks that git tracks, or all that are there where git is not."""
    folder = ROOT / "notebooks"
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "notebooks"], capture_output=True, check=False
    )
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else ()
    tracked = [ROOT / name for name in names if name.endswith(".ipynb")]
    return sorted(tracked or folder.rglob("*.ipynb"))


NOTEBOOKS = pytest.mark.parametrize(
    "path", _notebooks(), ids=lambda path: path.relative_to(ROOT).as_posix()
)


def test_there_are_notebooks_to_check() -> None:
    assert ROOT / "notebooks" / "reports" / "case.ipynb" in _notebooks()


@NOTEBOOKS
def test_notebook_holds_no_output(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
        assert "execution" not in cell.metadata
        assert "attachments" not in cell
    assert "widgets" not in nbformat.read(path, as_version=4).metadata


@NOTEBOOKS
def test_notebook_is_short(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert len(cells) <= MOST_CELLS
    for cell in cells:
        assert len(cell.source.splitlines()) <= MOST_LINES


@NOTEBOOKS
def test_notebook_is_valid_and_runs_on_any_python_3(path: Path) -> None:
    node = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(node)
    assert (node.nbformat, node.nbformat_minor) >= (4, 5)
    assert node.metadata.kernelspec.name == "python3"


@NOTEBOOKS
def test_notebook_names_no_place_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"""["'\s=(](?:/[A-Za-z_]+){2,}|[A-Z]:\\\\|~/""", text)
