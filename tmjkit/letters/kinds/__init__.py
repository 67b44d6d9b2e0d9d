"""The kinds of letters there are, in the order of the journey."""

from tmjkit.case import Case
from tmjkit.letters.gap import LetterError
from tmjkit.letters.kinds import acting, appeals, claims, public, requests
from tmjkit.letters.kinds.appeals_chain import step
from tmjkit.letters.kinds.model import FITS, Fit, Kind, Part, State, always, later, never

_KINDS = (
    *requests.KINDS,
    *claims.KINDS,
    *appeals.KINDS,
    *public.KINDS,
    *acting.KINDS,
)

__all__ = [
    "FITS",
    "Fit",
    "Kind",
    "Part",
    "State",
    "always",
    "default_kind",
    "kind_of",
    "kinds",
    "later",
    "never",
]


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
    """Return the kind that a case calls for: what follows the latest denial that is still open.

    Which that is follows from the plan's law and from the level that was decided: a first appeal or
    reconsideration, a State fair hearing, a second appeal where the plan asks for one, the request
    for external review. A denial that was overturned, or approved later, calls for none.
    """
    wanted = step(case)
    if not wanted:
        return "medical-necessity"
    known = {kind.kind for kind in _KINDS}
    return wanted if wanted in known else "appeal"
