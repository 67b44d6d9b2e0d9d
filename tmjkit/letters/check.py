"""Checks an office's own templates: each letter that uses one, on every example case."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tmjkit.examples import Example, load, names
from tmjkit.knowledge import Library, library
from tmjkit.letters.compose import compose, situate
from tmjkit.letters.environment import templates_read
from tmjkit.letters.gap import LetterError
from tmjkit.letters.kinds import Kind, State, kinds
from tmjkit.letters.lint import lint
from tmjkit.letters.sentence import sentences
from tmjkit.resources import path


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """What is wrong with a template of an office's own.

    Parameters
    ----------
    kind, example
        The letter and the example case that show it.
    rule
        Id of the linter's rule; empty where the template itself can't be read.
    says
        What is wrong, and what would be right.
    """

    kind: str
    example: str
    rule: str
    says: str


@dataclass(frozen=True, slots=True)
class TemplateCheck:
    """What came of a check.

    Parameters
    ----------
    composed
        Kind and example of each letter that uses a template of the office's own.
    unused
        Names of files that no letter of any example used.
    problems
        What is wrong.
    """

    composed: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]
    problems: tuple[TemplateProblem, ...]

    def lines(self) -> tuple[str, ...]:
        """Return it as lines to read."""
        lines = [f"{len(self.composed)} letters of the examples use your templates."]
        lines += [
            f"not used by any example: {name} (check its name: it should be that of a template "
            "that ships)"
            for name in self.unused
        ]
        for item in self.problems:
            rule = f" [{item.rule}]" if item.rule else ""
            lines.append(f"{item.kind}, {item.example}:{rule} {item.says}")
        return tuple(lines)

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "composed": [{"kind": kind, "example": example} for kind, example in self.composed],
            "unused": list(self.unused),
            "problems": [
                {"kind": one.kind, "example": one.example, "rule": one.rule, "says": one.says}
                for one in self.problems
            ],
        }


def check_templates(folder: Path, *, today: dt.date, known: Library | None = None) -> TemplateCheck:
    """Compose and lint every letter that uses a template of this folder, on each example case.

    Facts that an example lacks are no problem of the template: such a letter is composed as a
    draft, and what the linter says of its blanks is left out.

    Parameters
    ----------
    folder
        Folder with templates under the names of those that they replace.
    today
        Date on the letters.
    known
        Facts and policies; those that ship with tmjkit when left out.
    """
    known = known or library()
    own = {file.relative_to(folder).as_posix() for file in folder.rglob("*.md.j2")}
    composed: list[tuple[str, str]] = []
    problems: list[TemplateProblem] = []
    used: set[str] = set()
    for example in map(load, names()):
        for kind in kinds():
            if kind.fits(situate(kind, example.case, today, known=known)).state is State.NOT:
                continue
            with templates_read() as read:
                found = tuple(_problems(kind, example, folder, today, known))
            if own & read.keys():
                used |= own & read.keys()
                composed.append((kind.kind, example.name))
                problems += found
    shipped = path("templates") / "letters"
    unused = tuple(sorted(name for name in own - used if not (shipped / name).is_file()))
    return TemplateCheck(tuple(composed), unused, tuple(problems))


def _problems(
    kind: Kind, example: Example, folder: Path, today: dt.date, known: Library
) -> Iterator[TemplateProblem]:
    case = example.case
    try:
        letter = compose(
            kind.kind, case, today=today, draft=True, templates_dir=folder, known=known
        )
    except LetterError as error:
        yield TemplateProblem(kind.kind, example.name, "", str(error))
        return
    blank = {
        sentence.number for sentence in sentences(letter) if any(run.gap for run in sentence.runs)
    }
    for item in lint(
        letter, case, today=today, known=known, get_document=example.documents.__getitem__
    ):
        if item.sentence not in blank:
            says = f"{item.text}: {item.why}. {item.instead}" if item.text else item.why
            yield TemplateProblem(kind.kind, example.name, item.rule, says)
