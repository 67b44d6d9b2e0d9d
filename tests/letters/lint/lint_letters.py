"""Letters that the tests of the linter break and repair."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

from tmjkit.case import Case
from tmjkit.examples import Example, load
from tmjkit.letters import Block, Letter, Paragraph, Run, compose
from tmjkit.letters.lint import Objection, lint

TODAY = date(2026, 11, 24)
ERISA, CALIFORNIA, MEDICAID = (
    "self-funded-erisa-denial",
    "california-not-medically-necessary",
    "medicaid-premature",
)


@cache
def example(name: str) -> Example:
    return load(name)


@cache
def letter(kind: str = "appeal", name: str = ERISA) -> Letter:
    return compose(kind, example(name).case, today=TODAY)


def said(found: Letter, *runs: Run | str, at: int = -2) -> Letter:
    """Return the letter with one more paragraph, above the signature."""
    parts = tuple(Run(item) if isinstance(item, str) else item for item in runs)
    blocks = list(found.blocks)
    blocks.insert(at, Paragraph(parts))
    return replace(found, blocks=tuple(blocks))


def mapped(found: Letter, change: Callable[[Block], Block | None]) -> Letter:
    """Return the letter with each block changed, or left out where it becomes None."""
    kept = tuple(new for block in found.blocks if (new := change(block)) is not None)
    return replace(found, blocks=kept)


def objections(found: Letter, case: Case | None = None, **options: object) -> tuple[Objection, ...]:
    given: dict[str, object] = {"today": TODAY} | options
    return lint(found, case or example(ERISA).case, **given)  # type: ignore[arg-type]


def rules(found: Letter, case: Case | None = None, **options: object) -> set[str]:
    return {item.rule for item in objections(found, case, **options)}
