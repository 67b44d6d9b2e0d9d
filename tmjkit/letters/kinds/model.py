"""What a kind of letter is, and whether it fits a case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tmjkit.case import Choice
from tmjkit.letters.situation import Pick, Situation, Subject, Voice


class Part(Choice):
    """The part of the journey that a letter belongs to."""

    PREPARE = "prepare", "Before the request"
    REQUEST = "request", "Request"
    CLAIM = "claim", "Claim"
    APPEAL = "appeal", "Appeal"
    REVIEW = "review", "Review outside the plan"
    CALL = "call", "Phone calls"


class State(Choice):
    """Whether a letter can be written for a case."""

    READY = "ready", "Ready"
    LACKS = "lacks-facts", "Facts are missing"
    LATER = "not-now", "Not now"
    NOT = "does-not-apply", "Does not apply"


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a kind of letter fits a case, before anything is composed.

    Parameters
    ----------
    state
        `READY` where nothing speaks against it; `LATER` where there is nothing to write about yet,
        such as a second appeal before the first is decided; `NOT` where the letter is wrong for
        this case, such as a right that the plan's law does not give. What is `NOT` is refused.
    why
        The reason, in a sentence without a full stop; where it fits, what to know before writing
        it, such as that it is late, and mostly empty.
    facts
        Ids of the facts that say so.
    """

    state: State
    why: str = ""
    facts: tuple[str, ...] = ()


FITS = Fit(State.READY)


def later(why: str, *facts: str) -> Fit:
    """Say that there is nothing to write about yet, and why."""
    return Fit(State.LATER, why, facts)


def never(why: str, *facts: str) -> Fit:
    """Say that the letter is wrong for this case, and why."""
    return Fit(State.NOT, why, facts)


def always(_: Situation) -> Fit:
    """Fit every case."""
    return FITS


def nothing(_: Situation) -> Mapping[str, Any]:
    """Add nothing to the picture of the case."""
    return {}


def nobody(_: Subject) -> Voice | None:
    """Leave it to the kind's first voice who speaks."""
    return None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter; its text is `templates/letters/KIND.md.j2`.

    Parameters
    ----------
    kind
        How commands, file names and the template are called.
    title
        The letter's title, in English; a message of the catalogues where a patient can sign it.
    part
        The part of the journey that it belongs to.
    voices
        Who can speak and sign; the first is the one where nobody says.
    checklist
        Id of the fact that lists what such a letter has to hold; empty where none does.
    pick
        Chooses the records that it is about.
    fits
        Says whether it fits.
    context
        What its template can read beside the picture that every letter has.
    argues
        Whether it argues that the treatment works: then the evidence against it is answered too.
    sent
        Whether it is sent to anybody; a script or a sheet of notes stays with who speaks.
    speaks
        Who speaks where nobody says, from what it is about; None leaves it to the first voice.
    """

    kind: str
    title: str
    part: Part
    voices: tuple[Voice, ...]
    pick: Pick
    checklist: str = ""
    fits: Callable[[Situation], Fit] = always
    context: Callable[[Situation], Mapping[str, Any]] = nothing
    argues: bool = False
    sent: bool = True
    speaks: Callable[[Subject], Voice | None] = nobody

    @property
    def about_denial(self) -> bool:
        """Whether it belongs to an appeal, inside or outside the plan."""
        return self.part in (Part.APPEAL, Part.REVIEW)
