"""The kinds of letters there are."""

from dataclasses import dataclass

from tmjkit.case import Case
from tmjkit.letters.gap import LetterError
from tmjkit.rules import standing


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter.

    Parameters
    ----------
    kind
        How commands and file names call it.
    title
        The letter's title.
    voice
        Who speaks and signs: clinician or patient.
    about_denial
        Whether it answers a denial of the payer.
    """

    kind: str
    title: str
    voice: str
    about_denial: bool = False


_KINDS = (
    Kind("medical-necessity", "Letter of medical necessity", "clinician"),
    Kind("appeal", "Appeal of a denial", "patient", about_denial=True),
)


def kinds() -> tuple[Kind, ...]:
    """Return the kinds of letters that can be composed."""
    return _KINDS


def kind_of(name: str) -> Kind:
    """Return the kind of that name.

    Raises
    ------
    LetterError
        When there is none; the error names those there are.
    """
    for kind in _KINDS:
        if kind.kind == name:
            return kind
    names = ", ".join(kind.kind for kind in _KINDS)
    raise LetterError(f"there is no letter of that kind; the kinds are: {names}")


def default_kind(case: Case) -> str:
    """Return the kind that a case calls for: an appeal while something is denied.

    A denial that was overturned, or approved later, calls for none.
    """
    denied = any(item.adverse and not standing(case, item).settled for item in case.determinations)
    return "appeal" if denied else "medical-necessity"
