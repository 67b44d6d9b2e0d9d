"""Which letters a case is ready for, which lack facts, and which do not apply, and why."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tmjkit.case import Case
from tmjkit.knowledge import Library, library
from tmjkit.letters.compose import compose, situate
from tmjkit.letters.gap import Gap
from tmjkit.letters.kinds import Kind, State, default_kind, kinds
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
        Why it can't, as a sentence without its full stop; empty where it is ready or only facts
        are missing.
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
        return f"{count} missing: {'; '.join(gap.what for gap in self.gaps)}"

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
    wanted = _called_for(case, today, known)
    return tuple(
        replace(_listed(kind, case, today, known, templates_dir), called_for=kind.kind in wanted)
        for kind in kinds()
    )


def _listed(
    kind: Kind, case: Case, today: dt.date, known: Library, templates_dir: Path | None
) -> Listed:
    fit = kind.fits(situate(kind, case, today, known=known))
    if fit.state is not State.READY:
        return Listed(kind, fit.state, fit.why, facts=fit.facts)
    letter = compose(
        kind.kind, case, today=today, draft=True, known=known, templates_dir=templates_dir
    )
    return Listed(kind, State.LACKS if letter.gaps else State.READY, gaps=letter.gaps)


def _called_for(case: Case, today: dt.date, known: Library) -> frozenset[str]:
    denials = open_denials(case)
    if not denials:
        return frozenset({default_kind(case)})
    return frozenset(
        found.letter.kind
        for denial in denials
        for found in triage(case, denial, today, knowledge=known.facts).classes
    )
