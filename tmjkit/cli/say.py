"""What the command line says: tables, JSON, progress, and one line when something is wrong."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NoReturn, TypeVar

import typer

T = TypeVar("T")


def fail(message: str, code: int = 1) -> NoReturn:
    """Say on standard error what is wrong, and leave with the code."""
    typer.echo(f"tmjkit: {message}", err=True)
    sys.exit(code)


def show_json(value: Any) -> None:
    """Print JSON for another program."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def show_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows in columns as wide as they need to be."""
    lines = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    for number, line in enumerate(lines):
        text = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        typer.echo(typer.style(text.rstrip(), bold=number == 0))


def progress(items: Sequence[T], label: str) -> Iterator[T]:
    """Go through items with a progress bar on a terminal, and none in a pipe."""
    from tqdm import tqdm

    yield from tqdm(items, desc=label, unit="", disable=not sys.stderr.isatty(), leave=False)


def counter(total: int, label: str) -> Callable[[object], None]:
    """Return what to call after each of `total` steps; a progress bar only on a terminal."""
    from tqdm import tqdm

    bar = tqdm(total=total, desc=label, unit="", disable=not sys.stderr.isatty(), leave=False)

    def step(_: object) -> None:
        bar.update()
        if bar.n >= total:
            bar.close()

    return step
