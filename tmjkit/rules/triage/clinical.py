"""What the record says for and against the treatment, whatever the reviewer's question.

Nothing is left out that speaks against: a reviewer knows it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tmjkit.case import Diagnosis, Record, Response
from tmjkit.knowledge import Direction, FactKind
from tmjkit.rules.care import GUIDELINE, LABEL, CareTried, first_line_care
from tmjkit.rules.triage.context import Context
from tmjkit.rules.triage.model import Ground, Pull

_HELPED: Final = frozenset({Response.GOOD, Response.PARTIAL, Response.TEMPORARY})
_DID_NOT: Final = frozenset({Response.NONE, Response.WORSE})


@dataclass(frozen=True, slots=True)
class Clinical:
    """The clinical side of a case, as far as a judgment on the treatment needs it.

    Parameters
    ----------
    premature
        Whether no first-line care by a therapist is recorded as tried.
    complete
        Whether each kind of first-line care is recorded as tried, with a source.
    diagnosed
        Whether a diagnosis of the jaw is recorded with a source.
    helped
        Whether an earlier injection helped, with a source.
    failed
        Whether the latest injection with a response did not help.
    grounds
        What to say of all that.
    """

    premature: bool
    complete: bool
    diagnosed: bool
    helped: bool
    failed: bool
    grounds: tuple[Ground, ...]


def clinical(context: Context) -> Clinical:
    """Return what the record says on care, diagnosis, earlier injections and evidence.

    Sources: fact bmj-2023 for the first-line care and for the recommendation against, the facts
    of direction 'against' for what a letter answers, E-LABEL-IND for the label, D-CRIT-1, D-CRIT-2
    and D-CRIT-4 for what reviewers ask.
    """
    care = first_line_care(context.case, context.today, context.known)
    supervised = [item for item in care if item.care.supervised]
    answered = [item for item in context.case.jaw_sessions if item.response is not None]
    latest = max(answered, key=lambda item: (item.date is not None, item.date), default=None)
    return Clinical(
        premature=bool(supervised) and not any(item.treatments for item in supervised),
        complete=bool(care) and all(_documented(item) for item in care),
        diagnosed=any(item.documented for item in context.case.jaw_diagnoses),
        helped=any(item.response in _HELPED and item.documented for item in answered),
        failed=latest is not None and latest.response in _DID_NOT,
        grounds=(
            *_care(care, context),
            *_going_well(context),
            *_diagnosis(context),
            *_sessions(context),
            *_evidence(context),
            *_stances(context),
        ),
    )


def _documented(item: CareTried) -> bool:
    return any(found.documented for found in item.treatments)


def _care(care: tuple[CareTried, ...], context: Context) -> Iterator[Ground]:
    tried = [item for item in care if item.treatments]
    absent = [item for item in care if not item.treatments]
    citation = context.known[GUIDELINE].citation
    if care and not any(item.treatments for item in care if item.care.supervised):
        names = "; ".join(item.care.name for item in care if item.care.supervised)
        yield Ground(
            Pull.AGAINST,
            "It looks premature: no first-line care by a therapist is recorded as tried, and a "
            f"guideline strongly recommends it first: {names} ({citation}). Until it was tried, or "
            "the clinician says why it can't be, an appeal is likely too early.",
            facts=(GUIDELINE,),
        )
    elif absent:
        yield Ground(
            Pull.AGAINST,
            "Not recorded as tried, though a guideline strongly recommends it: "
            f"{'; '.join(item.care.name for item in absent)} ({citation}).",
            facts=(GUIDELINE,),
        )
    if tried:
        records = [found for item in tried for found in item.treatments]
        yield Ground(
            Pull.FOR,
            f"Recorded as tried: {'; '.join(item.care.name for item in tried)}.",
            records=_ids(records),
            facts=(GUIDELINE,),
        )
        bare = [found for found in records if not found.documented]
        if bare:
            yield Ground(
                Pull.AGAINST,
                f"Of these, no source is given for: {', '.join(item.label for item in bare)}. "
                "A reviewer asks for the record.",
                records=_ids(bare),
                facts=context.held("D-CRIT-2"),
            )


def _going_well(context: Context) -> Iterator[Ground]:
    well = [
        item
        for item in context.case.jaw_treatments
        if item.ongoing and item.response is Response.GOOD
    ]
    if well:
        yield Ground(
            Pull.AGAINST,
            f"Goes on with a good response: {', '.join(item.label for item in well)}. A reviewer "
            "will ask what the injections add.",
            records=_ids(well),
            facts=context.held("D-CRIT-2"),
        )


def _diagnosis(context: Context) -> Iterator[Ground]:
    found = context.case.jaw_diagnoses
    supported = [item for item in found if item.documented]
    if supported:
        yield Ground(
            Pull.FOR,
            f"The record supports the diagnosis: {_labels(supported)}.",
            records=_ids(supported),
            facts=context.held("D-CRIT-1"),
        )
    elif not found:
        yield Ground(
            Pull.AGAINST,
            "No diagnosis of the jaw is recorded. Reviewers ask who made it and by which criteria.",
            facts=context.held("D-CRIT-1"),
        )


def _sessions(context: Context) -> Iterator[Ground]:
    sessions = context.case.jaw_sessions
    helped = [item for item in sessions if item.response in _HELPED]
    if helped:
        bare = [item for item in helped if not item.documented]
        told = "" if not bare else f" {len(bare)} of them without a source, which has to be got."
        yield Ground(
            Pull.FOR,
            f"Earlier injections are recorded as having helped: {len(helped)} of "
            f"{len(sessions)}.{told}",
            records=_ids(helped),
            facts=context.held("D-CRIT-4"),
        )
    poor = [item for item in sessions if item.response in _DID_NOT]
    if poor:
        yield Ground(
            Pull.AGAINST,
            f"Earlier injections are recorded as not having helped: {len(poor)} of "
            f"{len(sessions)}. A reviewer will ask why another one should.",
            records=_ids(poor),
            facts=context.held("D-CRIT-4"),
        )
    silent = [item for item in sessions if item.response is None and item.relief_percent is None]
    if silent:
        yield Ground(
            Pull.OPEN,
            f"What {len(silent)} of {len(sessions)} earlier injections did is not recorded. Enter "
            "it under Botulinum toxin sessions, with scores before and after.",
            records=_ids(silent),
            facts=context.held("D-CRIT-4"),
        )


def _evidence(context: Context) -> Iterator[Ground]:
    against = _papers(context, Direction.AGAINST)
    if against:
        yield Ground(
            Pull.AGAINST,
            "The published evidence against it, which a letter names and answers: "
            f"{_titles(context, against)}.",
            facts=against,
        )
    favor = _papers(context, Direction.FOR)
    if favor:
        yield Ground(
            Pull.FOR,
            f"Published evidence on the other side: {_titles(context, favor)}.",
            facts=favor,
        )
    if LABEL in context.known:
        yield Ground(
            Pull.AGAINST,
            "The use is off-label, and a letter says so plainly.",
            facts=context.held(LABEL),
        )


def _papers(context: Context, direction: Direction) -> tuple[str, ...]:
    return tuple(
        fact.id
        for fact in context.known.values()
        if fact.kind is FactKind.EVIDENCE and fact.direction is direction and fact.letter_ready
    )


def _titles(context: Context, names: tuple[str, ...]) -> str:
    """Name studies with their design, so that an uncontrolled one is not taken for a trial."""
    found = (context.known[name] for name in names)
    return "; ".join(f"{one.title} ({one.design})" if one.design else one.title for one in found)


_NOT_A_NAME: Final = frozenset(
    {"and", "of", "its", "plans", "plan", "the", "health", "association"}
)
_TRICARE: Final = "TRICARE-WEST-BOTOX"
_FOR_ALL: Final = "NO-PAYER-COVERS-TMD"


def _stances(context: Context) -> Iterator[Ground]:
    """Yield what this payer's documents are on record as saying, each only as it was read."""
    name = context.coverage.payer if context.coverage else ""
    for fact in context.known.values():
        if fact.stance is None or fact.id == _FOR_ALL or not context.holds(fact):
            continue
        if fact.id == _TRICARE or _same_payer(fact.stance.payer, name):
            yield Ground(
                Pull.OPEN,
                f"On record of {fact.stance.payer}, {fact.stance.document}: {fact.stance.says} "
                "Such documents change every few months: get the current text before relying "
                "on it.",
                facts=(fact.id,),
            )
    if _FOR_ALL in context.known:
        yield Ground(
            Pull.AGAINST,
            "No payer's policy is on record that lists botulinum toxin for TMD as covered, so the "
            "case rests on this patient's own record.",
            facts=(_FOR_ALL,),
        )


def _same_payer(stance: str, payer: str) -> bool:
    """Tell whether a stance's payer is the one of a coverage, by all words of its name."""
    words = set(_name(stance.partition("(")[0]))
    asked = _name(payer)
    if not words or "medicare" in words or "others" in words:
        return False
    return words <= set(asked) or "".join(_name(stance.partition("(")[0])) in "".join(asked)


def _name(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in _NOT_A_NAME]


def _labels(records: Sequence[Diagnosis]) -> str:
    return "; ".join(dict.fromkeys(record.label for record in records))


def _ids(records: Sequence[Record]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(record.id for record in records))
