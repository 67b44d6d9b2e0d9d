"""Puts the triage of a denial together: classes, grounds, routes, what to ask and to beware of."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from tmjkit.case import (
    AuthorizationRequest,
    Case,
    Claim,
    Decision,
    Determination,
    Diagnosis,
)
from tmjkit.knowledge import Fact, facts
from tmjkit.knowledge.denial import DenialKind
from tmjkit.rules.regime import coverage_of, regime
from tmjkit.rules.triage.classify import Told, classes_of, told
from tmjkit.rules.triage.clinical import clinical
from tmjkit.rules.triage.context import Context, decided
from tmjkit.rules.triage.letters import next_letter
from tmjkit.rules.triage.model import Cited, ClassFound, Ground, Pull, Standing, Triage
from tmjkit.rules.triage.state import state_law
from tmjkit.rules.triage.ways import ways
from tmjkit.rules.triage.weigh import Matter, weigh

RULES: Final = {
    DenialKind.EXCLUSION: "triage.contract-exclusion",
    DenialKind.EXPERIMENTAL: "triage.experimental",
    DenialKind.NOT_NECESSARY: "triage.not-medically-necessary",
    DenialKind.NO_AUTHORIZATION: "triage.no-prior-authorization",
    DenialKind.WRONG_BENEFIT: "triage.wrong-benefit",
    DenialKind.CODING: "triage.coding-or-information",
    DenialKind.TIMELY_FILING: "triage.timely-filing",
    DenialKind.DUPLICATE: "triage.duplicate",
    DenialKind.NETWORK: "triage.out-of-network",
    DenialKind.QUANTITY: "triage.quantity-or-interval",
    DenialKind.STEP_THERAPY: "triage.step-therapy",
    DenialKind.ELIGIBILITY: "triage.not-eligible",
    DenialKind.OTHER: "triage.other",
}
"""The rule that says each class."""

# The right to be told a specific reason, by regime: each holds only in its own.
_RIGHTS_TO_REASON: Final = (
    "F-DENIAL",
    "F-DENIAL-GRP",
    "F-DENIAL-IND",
    "A-0057-REASON",
    "A-0057-DRUG",
)
# Diagnoses that payers' policies on botulinum toxin list, so that a slip there is a grave one.
_LISTED: Final = ("G24", "G43", "G51")


def triage(
    case: Case,
    determination: Determination,
    today: date,
    *,
    knowledge: Mapping[str, Fact] | None = None,
) -> Triage:
    """Tell what kind of denial a determination is, what can be done and how strong it looks.

    Parameters
    ----------
    case
        The case.
    determination
        One of its determinations, of whatever decision.
    today
        The day to judge by.
    knowledge
        The facts to rest on; those that ship with tmjkit when left out.
    """
    known = facts() if knowledge is None else knowledge
    coverage = coverage_of(case, determination)
    context = Context(
        case=case,
        denial=determination,
        coverage=coverage,
        law=regime(coverage) if coverage else None,
        about=decided(case, determination),
        today=today,
        known=known,
    )
    read = told(determination, known)
    laws = state_law(context)
    side = clinical(context)
    classes = tuple(
        _class(kind, context, Matter(context, side, laws, signs))
        for kind, signs in read.signs.items()
    )
    exclusion = any(item.kind is DenialKind.EXCLUSION for item in classes)
    laws = laws if exclusion or not classes else ()
    asks = tuple(_asks(context, read, classes))
    warnings = tuple(unsupported(case, context.about))
    return Triage(
        determination_id=determination.id,
        coverage_id=coverage.id if coverage else None,
        law=context.law,
        classes=classes,
        standing=_standing(classes),
        lead=_lead(context, classes),
        asks=asks,
        disagreements=read.disagreements,
        warnings=warnings,
        state_law=laws,
        cited=_cited(
            known,
            *(item.used for item in classes),
            *(ask.facts for ask in asks),
            *(warning.facts for warning in warnings),
            *(law.facts for law in laws),
        ),
    )


def _class(kind: DenialKind, context: Context, matter: Matter) -> ClassFound:
    fact, found = next((fact, one) for fact, one in classes_of(context.known) if one.kind is kind)
    standing, grounds = weigh(kind, matter)
    return ClassFound(
        kind=kind,
        rule=RULES[kind],
        sure=any(sign.sure for sign in matter.signs),
        signs=matter.signs,
        argue=found.argue,
        barred=found.barred,
        standing=standing,
        grounds=grounds,
        ways=ways(kind, context),
        letter=next_letter(kind, standing, context),
        facts=context.held(fact.id),
    )


def _standing(classes: tuple[ClassFound, ...]) -> Standing:
    """Return the weakest of the sure classes, or of the possible ones where none is sure."""
    counted = [item for item in classes if item.sure] or list(classes)
    return min(
        (item.standing for item in counted), key=lambda one: one.rank, default=Standing.UNKNOWN
    )


def _lead(context: Context, classes: tuple[ClassFound, ...]) -> str:
    denial = context.denial
    if denial.decision is Decision.APPROVAL:
        return "This decision approves: there is nothing to answer."
    if denial.decision is Decision.DISMISSAL:
        return (
            "This was returned without a decision, so that no appeal is due. Ask what is missing "
            "or where it has to go, and send it again."
        )
    if not classes:
        return "No reason is on record, so nothing can be told yet. Ask the payer for it."
    names = "; ".join(item.label for item in classes)
    if len(classes) == 1:
        return f"{names}. As the record stands: {classes[0].standing.label.lower()}."
    return (
        f"{names}. Each reason has to be answered; the weakest decides. As the record stands: "
        f"{_standing(classes).label.lower()}."
    )


def _asks(context: Context, read: Told, classes: tuple[ClassFound, ...]) -> Iterator[Ground]:
    """Yield what to find out before anything is sent."""
    denial = context.denial
    if not classes and denial.adverse:
        rights = context.held(*_RIGHTS_TO_REASON)
        cited = "; ".join(context.known[name].citation for name in rights)
        right = f" The payer owes it: {cited}." if rights else ""
        yield Ground(
            Pull.OPEN,
            "The reason is not on record. Copy it from the notice under Determinations, word for "
            f"word; if the notice gives none, ask the payer for it in writing.{right}",
            (denial.id,),
            rights,
        )
    if context.coverage is None:
        yield Ground(
            Pull.OPEN, "It is not recorded which coverage decided: enter it.", (denial.id,)
        )
    elif context.law is not None:
        for ask in context.law.asks:
            yield Ground(Pull.OPEN, ask, (context.coverage.id,))
    for code in read.remarks_needed:
        yield Ground(
            Pull.OPEN,
            f"Code {code} says little without a remark code: read it on the notice, enter it under "
            "RARC, and read the plan document for an exclusion.",
            (denial.id,),
        )
    for code in read.unknown_codes:
        yield Ground(
            Pull.OPEN,
            f"Code {code} is not among those on record here: look it up in the public list.",
            (denial.id,),
        )
    coverage = context.coverage
    judged = {item.kind for item in classes} - {DenialKind.EXCLUSION}
    if coverage and coverage.excludes_tmd and judged:
        yield Ground(
            Pull.OPEN,
            "The plan document is recorded as excluding care of the jaw joint, though this notice "
            "may not say so. Expect it to be raised, and look at it first.",
            (coverage.id,),
            context.held("D-EXCL"),
        )


def unsupported(case: Case, about: AuthorizationRequest | Claim | None = None) -> Iterator[Ground]:
    """Yield diagnoses and codes that no record supports: got or corrected before anything is sent.

    The record decides, never a policy's list. Billing a diagnosis that no record shows, such as a
    dystonia or a migraine for the sake of coverage, is a false claim.
    """
    bare = [item for item in case.jaw_diagnoses if not item.documented]
    if bare:
        yield Ground(
            Pull.AGAINST,
            f"Without a source: {_labels(bare)}. Get the record that shows it, or correct it to "
            f"what the record says.{_grave(item.code for item in bare)}",
            tuple(item.id for item in bare),
        )
    stated = {item.code for item in case.diagnoses if item.code}
    asked = about.diagnosis_codes if about else ()
    loose = [code for code in dict.fromkeys(asked) if code not in stated]
    if about and loose:
        yield Ground(
            Pull.AGAINST,
            f"On the request or claim and among no diagnosis of the case: {', '.join(loose)}. The "
            f"clinician's record has to show it.{_grave(loose)}",
            (about.id,),
        )


def _grave(codes: Iterable[str | None]) -> str:
    listed = [code for code in codes if code and code.startswith(_LISTED)]
    if not listed:
        return ""
    return (
        f" Payers' policies list {', '.join(dict.fromkeys(listed))} or its like as covered: sent "
        "without a record that shows it, it is a false claim."
    )


def _labels(items: list[Diagnosis]) -> str:
    return "; ".join(dict.fromkeys(item.label for item in items))


def _cited(known: Mapping[str, Fact], *groups: tuple[str, ...]) -> tuple[Cited, ...]:
    names = dict.fromkeys(name for group in groups for name in group)
    return tuple(
        Cited(name, known[name].title, known[name].citation, known[name].caveat)
        for name in names
        if name in known
    )
