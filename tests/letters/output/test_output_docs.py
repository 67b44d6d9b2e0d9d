"""The page about the files of letters: its examples run."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "letter-files.md"


def test_the_python_of_the_page_runs() -> None:
    found: dict[str, object] = {}
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    for code in blocks:
        exec(code, found)  # noqa: S102 -- the page's own example


def test_the_page_names_each_state() -> None:
    from tmjkit.letters.status import LetterState

    text = PAGE.read_text()
    assert all(f"| {state.value} |" in text for state in LetterState)
