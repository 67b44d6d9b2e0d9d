"""Where the treatment's effect is argued, what speaks against it is stated and answered.

Source: practice of the office, and honesty: a reviewer knows the guideline of 2023 and the trials
that found no difference, and a letter that leaves them out is read as one that hides them.
"""

import re
from collections.abc import Iterator
from typing import Final

from tmjkit.case import (
    AuthorizationRequest,
    BotulinumSession,
    Measurement,
    ReasonKind,
    Statement,
    Treatment,
)
from tmjkit.knowledge import Direction, Library
from tmjkit.letters.letter import Heading, Table
from tmjkit.letters.lint.matter import Matter, Said
from tmjkit.letters.lint.model import LintRule, Objection
from tmjkit.letters.lint.plainwords import word_count

RULE: Final = LintRule(
    "contrary-evidence",
    "Evidence against it left out or unanswered",
    "The letter argues that the treatment works, and a finding of the knowledge base that speaks "
    "against it is not cited in it, or is cited and not answered.",
    "practice of the office: the evidence on both sides is told and answered",
)

_ARGUES: Final = frozenset({Direction.FOR, Direction.MIXED})
_ON_EFFECT: Final = frozenset({ReasonKind.EXPERIMENTAL, ReasonKind.NOT_MEDICALLY_NECESSARY})
_OF_THE_CASE: Final = (
    AuthorizationRequest,
    BotulinumSession,
    Measurement,
    Statement,
    Treatment,
)
# An answer says what it answers, or that it holds for this patient.
_ANSWERS: Final = re.compile(
    r"\b(?:guideline|evidence|stud(?:y|ies)|trials?|reviews?|recommend\w*|findings?|against"
    r"|all the same|nevertheless|even so|however|here|this (?:case|patient|letter)|my case"
    r"|conditional"
    r"|guia|evidencia|estudios?|ensayos?|revision(?:es)?|recomend\w+|hallazgos?|en contra|aun asi"
    r"|sin embargo|aqui|est[ea] (?:caso|paciente|carta)|mi caso|condicional)\b"
)
_PROSE: Final = 3
"""Words of its own that an answer beside a finding has at least."""
_SENTENCE: Final = 5
"""Words of its own that an answer elsewhere has at least."""


def contrary(known: Library) -> tuple[str, ...]:
    """Return the ids of the findings that a letter on the treatment's effect has to answer.

    All evidence that the knowledge base types as against, as far as a letter may state it; a
    clinic's own rows count too.
    """
    return tuple(
        fact.id
        for fact in known.facts.values()
        if fact.direction is Direction.AGAINST and fact.letter_ready
    )


def check(matter: Matter) -> Iterator[Objection]:
    """Object to findings against the treatment that are left out or stand unanswered."""
    if not _argued(matter):
        return
    first: dict[str, Said] = {}
    for said in matter.said:
        for name in said.facts:
            first.setdefault(name, said)
    wanted = contrary(matter.known)
    for name in wanted:
        fact = matter.known.facts[name]
        if name not in first:
            yield Objection(
                RULE.id,
                0,
                fact.title or name,
                f"the letter argues that the treatment works and leaves out {fact.title or name} "
                f"(fact '{name}'), which speaks against it",
                "State it with fact(), and answer it in the letter.",
            )
    cited = [first[name] for name in wanted if name in first]
    if not cited:
        return
    rests = _rests(matter, min(said.number for said in cited))
    answers = tuple(said for said in matter.said if _is_prose(said))
    for name in wanted:
        if name in first and not (rests and _answered(first[name], answers)):
            yield first[name].refused(
                RULE,
                f"it states {matter.known.facts[name].title or name}, which speaks against the "
                "treatment, and the letter does not answer it",
                "Say below it why the treatment is asked for all the same, with records of the "
                "case or with the evidence for it.",
            )


def _argued(matter: Matter) -> bool:
    """Tell whether the letter argues that the treatment works.

    It does where it cites evidence for it; and where a kind of letter that argues answers a denial
    for want of effect, or answers none. An appeal about a code or a late claim argues nothing.
    """
    facts = matter.known.facts
    if any(
        facts[name].direction in _ARGUES
        for said in matter.said
        for name in said.facts
        if name in facts
    ):
        return True
    if not matter.letter.argues:
        return False
    if matter.denial is None:
        return not matter.letter.gaps
    return any(reason.kind in _ON_EFFECT for reason in matter.denial.reasons)


def _rests(matter: Matter, start: int) -> bool:
    """Tell whether what follows the first finding rests on the case, or on evidence for it."""
    facts = matter.known.facts
    for said in matter.said:
        if said.number < start:
            continue
        if any(run.gap for run in said.sentence.runs):
            return True
        if any(facts[name].direction in _ARGUES for name in said.facts if name in facts):
            return True
        if any(isinstance(record, _OF_THE_CASE) for record in matter.records_of(said)):
            return True
    return False


def _is_prose(said: Said) -> bool:
    return (
        not issubclass(said.kind, Heading | Table)
        and word_count(said.own) >= _SENTENCE
        and _ANSWERS.search(said.own) is not None
    )


def _answered(finding: Said, answers: tuple[Said, ...]) -> bool:
    """Tell whether a finding is answered beside it in a table, or by a sentence after it."""
    if issubclass(finding.kind, Table) and word_count(finding.own) >= _PROSE:
        return True
    return any(said.number > finding.number for said in answers)
