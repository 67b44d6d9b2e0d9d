"""The linter of letters: what must not leave the house, sentence by sentence.

It reads a composed `Letter` and never changes it. Each rule has a module of its own with what it
says and where that comes from; `RULES` lists them.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from tmjkit.case import Case
from tmjkit.knowledge import Library, library
from tmjkit.letters.letter import Letter
from tmjkit.letters.lint.catalog import CHECKS, RULES
from tmjkit.letters.lint.evidence import contrary
from tmjkit.letters.lint.identity import Identity, identity_of
from tmjkit.letters.lint.matter import Matter
from tmjkit.letters.lint.model import LintRule, Objection
from tmjkit.letters.lint.overrides import override_for, standing_objections

__all__ = [
    "RULES",
    "Identity",
    "LintRule",
    "Objection",
    "contrary",
    "identity_of",
    "lint",
    "override_for",
    "standing_objections",
]


def lint(
    letter: Letter,
    case: Case,
    *,
    today: dt.date,
    known: Library | None = None,
    others: Iterable[Identity] = (),
    get_document: Callable[[str], bytes] | None = None,
) -> tuple[Objection, ...]:
    """Say everything that speaks against sending a letter.

    Parameters
    ----------
    letter
        The composed letter.
    case
        The case that it was composed from.
    today
        The day on which it is to be sent.
    known
        Facts and policies; those that ship with tmjkit when left out.
    others
        Who the patients of all other cases are; nothing of theirs may stand in the letter.
    get_document
        Gives the bytes of a document of the case by its SHA-256 digest. Without it quotes are held
        only against what the case records of them. Whatever it raises counts as a missing document.

    Returns
    -------
    tuple of Objection
        In the order of the letter, those about the whole letter first; empty when it may go.
    """
    matter = Matter(letter, case, today, known or library(), tuple(others), get_document)
    found = {item: None for _, check in CHECKS for item in check(matter)}
    return tuple(sorted(found, key=lambda item: item.sentence))
