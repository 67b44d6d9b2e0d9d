"""What docs/letters.md shows is so."""

import re
from pathlib import Path

from letter_cases import ERISA, TODAY, example

from tmjkit.letters import kinds
from tmjkit.letters.compose import situate
from tmjkit.letters.environment import sandbox
from tmjkit.letters.kinds import kind_of
from tmjkit.letters.picture import picture

PAGE = (Path(__file__).parents[2] / "docs" / "letters.md").read_text(encoding="utf-8")


def test_the_example_runs() -> None:
    for code in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(compile(code, "docs/letters.md", "exec"), {})  # noqa: S102


def test_every_kind_is_described() -> None:
    for kind in kinds():
        assert f"| `{kind.kind}` |" in PAGE


def test_every_name_that_a_template_can_use_is_described() -> None:
    kind = kind_of("appeal")
    names = {*picture(kind, situate(kind, example(ERISA), TODAY)), *sandbox([]).filters}
    described = PAGE.split("## A template of your own")[1]
    # These follow from `first_line` and need no words of their own.
    names -= {"first_line_failed", "first_line_tried", "no_first_line"}
    assert not {name for name in names if not re.search(rf"\b{name}\b", described)}
