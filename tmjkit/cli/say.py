"""What the command line says: tables, JSON, progress, and one line when something is wrong.

Everything that may come from a case goes through here: a terminal obeys control characters, so
none that stands in a record may reach it.
"""

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

import typer

T = TypeVar("T")

_OBEYED = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_JOINERS = frozenset("\u200c\u200d")


def fail(message: str, code: int = 1) -> NoReturn:
    """Say on standard error what is wrong, and leave with the code."""
    say(f"tmjkit: {message}", err=True)
    sys.exit(code)


def say(text: str, *, err: bool = False) -> None:
    """Print one line, whatever is in the text."""
    typer.echo(clean(text), err=err)


def clean(text: str) -> str:
    """Return the text on one line, without what could steer a terminal or turn the text.

    Names and notes come from files of others: control and format characters (Unicode Cc and Cf,
    such as U+202E), line separators (Zl, Zp) and halves of a character (Cs) become blanks. The
    joiners U+200C and U+200D stay: words in Persian and in languages of India need them.
    """
    return "".join(" " if _obeyed(character) else character for character in text)


def _obeyed(character: str) -> bool:
    return unicodedata.category(character) in _OBEYED and character not in _JOINERS


def show_json(value: Any) -> None:
    """Print JSON for another program; what a terminal would obey is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    # The line breaks are those between the values: inside of them JSON has escapes already.
    typer.echo("".join(json.dumps(c)[1:-1] if c != "\n" and _obeyed(c) else c for c in text))


def show_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows in columns as wide as they need to be."""
    lines = [list(head), *([clean(str(cell)) for cell in row] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    for number, line in enumerate(lines):
        text = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        typer.echo(typer.style(text.rstrip(), bold=number == 0))


def progress(items: Sequence[T], label: str) -> Iterator[T]:
    """Go through items with a progress bar on a terminal, and none in a pipe."""
    from tqdm import tqdm

    yield from tqdm(items, desc=label, unit="", disable=not sys.stderr.isatty(), leave=False)


@contextmanager
def steps(label: str) -> Iterator[Callable[[int, int], None]]:
    """Give what to call with the steps done and all steps; a progress bar only on a terminal."""
    from tqdm import tqdm

    with tqdm(desc=label, unit="", disable=not sys.stderr.isatty(), leave=False) as bar:

        def step(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield step
