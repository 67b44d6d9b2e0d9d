"""Which parts a packet has and in which order: by the kind of letter and the denial's class.

What does not bear on the matter stays out. A denial for a late claim is not answered with the
patient's pain over two years: what is sent should be what is needed (45 CFR 164.502(b) asks that of
a clinic, and it is good sense for everyone).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from tmjkit.case import Appeal, Case, Choice, Determination, DocumentKind
from tmjkit.knowledge import Fact, FactKind, Library, library
from tmjkit.knowledge.denial import DenialKind
from tmjkit.packet.calls import calls_of
from tmjkit.packet.options import Options
from tmjkit.rules.triage import triage

if TYPE_CHECKING:
    from tmjkit.letters import Exhibit, Letter
    from tmjkit.letters.kinds import Kind


class PartKind(Choice):
    """What a part of a packet is."""

    COVER = "cover", "Cover sheet"
    LETTER = "letter", "Letter"
    INDEX = "index", "Index of exhibits"
    STEPS = "steps", "Treatments tried before"
    TIMELINE = "timeline", "Treatment timeline"
    RESPONSE = "response", "Response to injections"
    CALLS = "calls", "Log of calls and letters"
    SOURCES = "sources", "Policies and literature cited"
    EXHIBIT = "exhibit", "Exhibit"
    PROVENANCE = "provenance", "What each sentence rests on"


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """A part that a packet will have.

    Parameters
    ----------
    kind
        What it is.
    why
        Why it comes, in a sentence.
    exhibit
        The exhibit, where it is one.
    """

    kind: PartKind
    why: str
    exhibit: "Exhibit | None" = None


_ALWAYS: Final = frozenset({PartKind.LETTER, PartKind.EXHIBIT})

# Classes that are about the treatment, and not about papers, days or who pays.
_MEDICAL: Final = frozenset(
    {
        DenialKind.EXPERIMENTAL,
        DenialKind.NOT_NECESSARY,
        DenialKind.QUANTITY,
        DenialKind.STEP_THERAPY,
        DenialKind.OTHER,
    }
)
# Kinds that ask for a decision on the treatment although they argue no evidence themselves.
_ASKING: Final = frozenset({"prior-authorization"})
_COMPLAINING: Final = frozenset({"complaint"})
_USUAL: Final = (
    PartKind.STEPS,
    PartKind.TIMELINE,
    PartKind.RESPONSE,
    PartKind.SOURCES,
    PartKind.CALLS,
)
# What answers a class comes first; a reviewer may read no further.
_FIRST: Final[Mapping[DenialKind, tuple[PartKind, ...]]] = {
    DenialKind.STEP_THERAPY: (PartKind.STEPS,),
    DenialKind.EXPERIMENTAL: (PartKind.SOURCES,),
    DenialKind.EXCLUSION: (PartKind.SOURCES,),
    DenialKind.NOT_NECESSARY: (PartKind.RESPONSE, PartKind.TIMELINE),
    DenialKind.QUANTITY: (PartKind.RESPONSE, PartKind.TIMELINE),
    DenialKind.NO_AUTHORIZATION: (PartKind.CALLS,),
    DenialKind.TIMELY_FILING: (PartKind.CALLS,),
    DenialKind.CODING: (PartKind.CALLS,),
    DenialKind.NETWORK: (PartKind.CALLS,),
}


def plan(
    letter: "Letter",
    case: Case,
    *,
    today: date,
    known: Library | None = None,
    options: Options | None = None,
) -> tuple[PlannedPart, ...]:
    """Choose the parts of the packet that goes with a letter, and their order.

    Exhibits keep the order of their labels, which is that in which the letter cites them first.

    Parameters
    ----------
    letter
        The letter.
    case
        The case that it was composed from.
    today
        The day to judge by.
    known
        Facts and policies; those that ship with tmjkit when left out.
    options
        What is asked for.

    Returns
    -------
    tuple of PlannedPart
        In the order of the packet. A chart on which nothing would stand is left out when the
        packet is made.
    """
    options = options or Options()
    facts = (known or library()).facts
    kind = _kind(letter)
    found = [PlannedPart(PartKind.COVER, "So that it reaches the right desk.")]
    if not options.cover or (kind is not None and not kind.sent):  # read out, and kept here
        found = []
    found.append(PlannedPart(PartKind.LETTER, "It is what the packet is sent for."))
    if letter.exhibits:
        found.append(PlannedPart(PartKind.INDEX, "The letter cites exhibits."))
    denial = _denial(letter, case)
    judged = triage(case, denial, today, knowledge=facts) if denial is not None else None
    classes = frozenset(item.kind for item in judged.classes) if judged else frozenset()
    deciding = judged.weakest.kind if judged and judged.weakest else None
    why = _wanted(letter, case, today, facts=facts, classes=classes, calls=options.calls)
    first = _FIRST.get(deciding, ()) if deciding else ()
    order = (*first, *(kind for kind in _USUAL if kind not in first))
    found += [PlannedPart(kind, why[kind]) for kind in order if kind in why]
    found += [
        PlannedPart(PartKind.EXHIBIT, "The letter cites it.", exhibit)
        for exhibit in letter.exhibits
    ]
    if options.provenance:
        found.append(PlannedPart(PartKind.PROVENANCE, "It was asked for."))
    return tuple(
        part for part in found if part.kind in _ALWAYS or part.kind.value not in options.without
    )


def _wanted(
    letter: "Letter",
    case: Case,
    today: date,
    *,
    facts: Mapping[str, Fact],
    classes: frozenset[DenialKind],
    calls: bool,
) -> dict[PartKind, str]:
    """Return why each of our own parts comes."""
    kind = _kind(letter)
    argued = [name for name in letter.facts if name in facts and is_literature(facts[name])]
    # A letter that only asks for papers brings no records along, whatever it is about.
    decides = kind is not None and (kind.argues or kind.kind in _ASKING)
    medical = bool(argued) or (decides and (not classes or bool(classes & _MEDICAL)))
    disputed = kind is not None and kind.about_denial and (decides or kind.kind in _COMPLAINING)
    why: dict[PartKind, str] = {}
    if medical and (case.jaw_treatments or case.jaw_sessions):
        stepped = DenialKind.STEP_THERAPY in classes
        why[PartKind.STEPS] = (
            "The denial asks for other treatment first."
            if stepped
            else "The letter is about whether the treatment is needed."
        )
    if medical:
        why[PartKind.TIMELINE] = "The letter is about whether the treatment is needed."
        if case.jaw_sessions:
            why[PartKind.RESPONSE] = "Injections were given."
    if argued or ((medical or disputed) and cited_policies(letter, case)):
        why[PartKind.SOURCES] = "The letter cites policies or published evidence."
    if calls and disputed and calls_of(letter, case, today):
        why[PartKind.CALLS] = "There were calls and letters about what is disputed."
    return why


def is_literature(fact: Fact) -> bool:
    """Tell whether a fact belongs on the list of literature: a study, a guideline, a label."""
    return fact.kind in (FactKind.EVIDENCE, FactKind.LABEL)


def cited_policies(letter: "Letter", case: Case) -> "tuple[Exhibit, ...]":
    """Return the exhibits that are policies or plan documents."""
    kinds = {document.id: document.kind for document in case.documents}
    wanted = (DocumentKind.POLICY, DocumentKind.PLAN)
    return tuple(item for item in letter.exhibits if kinds.get(item.document_id) in wanted)


def _kind(letter: "Letter") -> "Kind | None":
    """Return the kind of a letter; None for one that tmjkit does not know."""
    from tmjkit.letters.kinds import kinds  # noqa: PLC0415 -- Jinja is heavy

    return next((kind for kind in kinds() if kind.kind == letter.kind), None)


def _denial(letter: "Letter", case: Case) -> Determination | None:
    """Return the decision that a letter answers, also by way of the appeal against it."""
    records = {record.id: record for _, record in case.records()}
    about = records.get(letter.about_id)
    if isinstance(about, Appeal):
        about = records.get(about.determination_id or "")
    return about if isinstance(about, Determination) and about.adverse else None
