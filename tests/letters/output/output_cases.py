"""The letters of the examples that the tests of output share."""

from datetime import date
from functools import cache

from tmjkit.case import Case
from tmjkit.examples import load
from tmjkit.letters import Letter, LetterError, MissingFacts, compose, kinds

TODAY = date(2026, 11, 23)
ERISA, CALIFORNIA, MEDICAID = EXAMPLES = (
    "self-funded-erisa-denial",
    "california-not-medically-necessary",
    "medicaid-premature",
)
PAIRS = tuple((name, kind.kind) for name in EXAMPLES for kind in kinds())


@cache
def case_of(name: str) -> Case:
    """Return the case of an example."""
    return load(name).case


@cache
def letter_or_why(name: str, kind: str) -> Letter | str:
    """Return a letter of an example, as a draft where facts are missing.

    Where the letter does not apply to the example, the reason is returned.
    """
    try:
        return compose(kind, case_of(name), today=TODAY)
    except MissingFacts:
        return compose(kind, case_of(name), today=TODAY, draft=True)
    except LetterError as refused:
        if str(refused).startswith("template "):
            raise  # a template that is wrong is no reason why a letter does not apply
        return str(refused)


def letter(name: str, kind: str) -> Letter:
    """Return a letter that applies to an example."""
    found = letter_or_why(name, kind)
    assert isinstance(found, Letter), found
    return found
