"""Which letters a case is ready for, which lack facts, and which do not apply, and why."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tmjkit.case import Case
from tmjkit.knowledge import Library, library
from tmjkit.letters.compose import compose, situate
from tmjkit.letters.gap import Gap
from tmjkit.letters.kinds import Kind, State, default_kind, kind_of, kinds
from tmjkit.rules.triage import open_denials, triage


@dataclass(frozen=True, slots=True)
class Listed:
    """One kind of letter, and how a case stands to it.

    Parameters
    ----------
    kind
        The kind.
    state
        Whether it can be written.
    why
        Why it can't, as a sentence without its full stop, or what to know though it can, such as
        that it is late; else empty.
    gaps
        The facts that are missing, each with where to enter it.
    facts
        Ids of the facts by which it does not apply.
    called_for
        Whether it is what comes next: what triage names for an open denial, or, without one, the
        letter that the case calls for.
    """

    kind: Kind
    state: State
    why: str = ""
    gaps: tuple[Gap, ...] = ()
    facts: tuple[str, ...] = ()
    called_for: bool = False

    @property
    def says(self) -> str:
        """The reason, or what is missing, in words."""
        if self.state is not State.LACKS:
            return self.why
        count = "1 fact is" if len(self.gaps) == 1 else f"{len(self.gaps)} facts are"
        lacks = f"{count} missing: {'; '.join(gap.what for gap in self.gaps)}"
        return f"{lacks}; {self.why}" if self.why else lacks

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "kind": self.kind.kind,
            "title": self.kind.title,
            "part": self.kind.part.value,
            "voices": [voice.value for voice in self.kind.voices],
            "state": self.state.value,
            "why": self.why,
            "missing": [{"what": gap.what, "where": gap.where} for gap in self.gaps],
            "facts": list(self.facts),
            "called_for": self.called_for,
        }


def letters_of(
    case: Case,
    *,
    today: dt.date,
    known: Library | None = None,
    templates_dir: Path | None = None,
) -> tuple[Listed, ...]:
    """Say of each kind of letter whether the case is ready for it, in the journey's order.

    Raises
    ------
    LetterError
        When a template is wrong.
    """
    known = known or library()
    return tuple(
        _composed(one, case, today, known, templates_dir) if one.state is State.READY else one
        for one in fits_of(case, today=today, known=known)
    )


def fits_of(case: Case, *, today: dt.date, known: Library | None = None) -> tuple[Listed, ...]:
    """Say of each kind of letter whether it fits, without composing any: quick, for a page."""
    known = known or library()
    wanted = _called_for(case, today, known)
    found = ((kind, kind.fits(situate(kind, case, today, known=known))) for kind in kinds())
    return tuple(
        Listed(kind, fit.state, fit.why, facts=fit.facts, called_for=kind.kind in wanted)
        for kind, fit in found
    )


def not_now(
    kind: str,
    case: Case,
    *,
    today: dt.date,
    about: str | None = None,
    known: Library | None = None,
) -> str:
    """Say why there is nothing to write about yet; empty where the letter is due or never fits.

    Such a letter would state what has not happened, so it leaves as a draft only.

    Raises
    ------
    LetterError
        When the id is not in the case.
    """
    which = kind_of(kind)
    fit = which.fits(situate(which, case, today, about=about, known=known))
    return fit.why if fit.state is State.LATER else ""


def _composed(
    one: Listed, case: Case, today: dt.date, known: Library, templates_dir: Path | None
) -> Listed:
    letter = compose(
        one.kind.kind, case, today=today, draft=True, known=known, templates_dir=templates_dir
    )
    return replace(one, state=State.LACKS, gaps=letter.gaps) if letter.gaps else one


def _called_for(case: Case, today: dt.date, known: Library) -> frozenset[str]:
    denials = tuple(open_denials(case))
    if not denials:
        return frozenset({default_kind(case)})
    return frozenset(
        found.letter.kind
        for denial in denials
        for found in triage(case, denial, today, knowledge=known.facts).classes
    )
