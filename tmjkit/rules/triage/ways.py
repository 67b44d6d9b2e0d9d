"""Which routes are open against a class of denial: by regime, level and what the class is."""

from collections.abc import Iterator
from typing import Final

from tmjkit.case import Level
from tmjkit.knowledge import Regime
from tmjkit.knowledge.denial import DenialKind
from tmjkit.rules.triage.context import Context
from tmjkit.rules.triage.model import Opening, Route, Way

FEDERAL: Final = frozenset(
    {
        Regime.ERISA_SELF_FUNDED,
        Regime.ERISA_INSURED,
        Regime.INDIVIDUAL,
        Regime.GOVERNMENT,
    }
)
"""The regimes whose outside review 45 CFR 147.136 sets."""

# The first step by regime: what it is called, and the facts that give its time.
_FIRST: Final = {
    Regime.ERISA_SELF_FUNDED: ("internal appeal", "A-INT-FILE"),
    Regime.ERISA_INSURED: ("internal appeal", "A-INT-FILE"),
    Regime.INDIVIDUAL: ("internal appeal", "A-INT-FILE-IND"),
    Regime.GOVERNMENT: ("internal appeal", "A-INT-FILE-GOV"),
    Regime.CHURCH: ("appeal that the plan's own document gives", ""),
    Regime.MEDICARE_ADVANTAGE: ("reconsideration by the plan", "A-MA-FILE"),
    Regime.PART_D: ("redetermination by the plan", "A-PTD"),
    Regime.ORIGINAL_MEDICARE: ("redetermination by the contractor", "A-OM"),
    Regime.MEDICAID_MANAGED_CARE: ("appeal to the plan", "A-MCO-FILE"),
    Regime.TRICARE: ("reconsideration by the contractor", "A-TRI"),
    Regime.FEHB: ("reconsideration by the carrier", "A-FEHB"),
}
# What comes after it where 45 CFR 147.136 does not hold.
_AFTER: Final = {
    Regime.MEDICARE_ADVANTAGE: (
        "What the plan upholds goes on to the independent review entity, without a request.",
        ("A-MA-DEC", "A-MA-ALJ"),
    ),
    Regime.PART_D: (
        "After the plan's decision an independent review entity can be asked; a late plan sends "
        "the case on.",
        ("A-PTD-DEC",),
    ),
    Regime.ORIGINAL_MEDICARE: (
        "After the redetermination a qualified independent contractor reconsiders.",
        ("A-OM-QIC",),
    ),
    Regime.TRICARE: (
        "After the reconsideration a second one is asked for where necessity is in dispute, and a "
        "hearing above a sum.",
        ("A-TRI-2", "A-TRI-HEAR"),
    ),
    Regime.FEHB: (
        "After the carrier's answer, or its silence, the Office of Personnel Management is asked "
        "to review.",
        ("A-FEHB-OPM", "A-FEHB-OPM-120"),
    ),
}
_STATES: Final = ("A-CA", "A-NY", "A-TX", "A-FL", "A-IL", "A-WA", "A-MN")

_JUDGMENT: Final = frozenset({DenialKind.EXPERIMENTAL, DenialKind.NOT_NECESSARY})
_PERHAPS: Final = frozenset(
    {
        DenialKind.STEP_THERAPY,
        DenialKind.QUANTITY,
        DenialKind.NETWORK,
        DenialKind.WRONG_BENEFIT,
        DenialKind.NO_AUTHORIZATION,
        DenialKind.OTHER,
    }
)
_OUTSIDE: Final = {
    DenialKind.EXPERIMENTAL: "It is a medical judgment, which outside review reaches.",
    DenialKind.NOT_NECESSARY: "It is a medical judgment, which outside review reaches.",
    DenialKind.STEP_THERAPY: "It is reached where it turns on what is appropriate for this "
    "patient, which the outside reviewer decides.",
    DenialKind.QUANTITY: "It is reached where it turns on what is appropriate for this patient, "
    "which the outside reviewer decides.",
    DenialKind.NETWORK: "It is reached where it turns on whether the care can be given effectively "
    "in the network.",
    DenialKind.WRONG_BENEFIT: "It is reached where it turns on what the condition is, and not on "
    "the plan's terms alone. Ask, when in doubt.",
    DenialKind.NO_AUTHORIZATION: "It is reached where the payer then looks at necessity, and not "
    "for the missing authorization alone.",
    DenialKind.OTHER: "It depends on the reason: a medical judgment is reached, the plan's terms "
    "alone are not.",
    DenialKind.EXCLUSION: "A plain exclusion in the contract is usually outside it. Read the "
    "clause for an exception that calls for a medical judgment before giving it up; the outside "
    "reviewer decides what it reaches.",
    DenialKind.ELIGIBILITY: "Eligibility under the plan's terms is not reached.",
}
_NOT_JUDGMENT: Final = "No medical judgment is in it, so outside review does not reach it."


def ways(kind: DenialKind, context: Context) -> tuple[Way, ...]:
    """Return the routes against a class, those that set it right without an appeal first.

    Sources: A-EXT-SCOPE and A-EXT-MEDJ (45 CFR 147.136(d)(1)) for what outside review reaches,
    A-GRAND for grandfathered plans, and the facts on the steps of each regime.
    """
    return (*_without_appeal(kind, context), *_inside(context), *_outside(kind, context))


def _without_appeal(kind: DenialKind, context: Context) -> Iterator[Way]:
    claim = context.claim is not None
    if kind is DenialKind.CODING:
        if claim:
            yield Way(
                Route.CORRECTED_CLAIM,
                Opening.OPEN,
                "A corrected claim with the payer's own number of the first one, in the time that "
                "the payer gives for it.",
            )
        yield Way(
            Route.SEND_INFORMATION,
            Opening.OPEN,
            "What is asked for is sent, with the reference number and proof of sending.",
        )
    if kind is DenialKind.DUPLICATE:
        yield Way(
            Route.CORRECTED_CLAIM,
            Opening.ASK,
            "Find out which claim came first and what became of it. A corrected claim is for one "
            "that was wrong, with the mark that it replaces the first.",
        )
    if kind is DenialKind.NO_AUTHORIZATION:
        yield Way(
            Route.LATE_AUTHORIZATION,
            Opening.ASK,
            "Ask whether the payer takes a request after the service and within which time: its "
            "manual says.",
        )
    if kind is DenialKind.WRONG_BENEFIT:
        yield Way(
            Route.OTHER_BENEFIT,
            Opening.OPEN if len(context.case.coverages) > 1 else Opening.ASK,
            "The other benefit or payer is asked as well, with this notice. Its refusal, in "
            "writing, answers this one.",
        )
    if kind is DenialKind.NETWORK:
        yield Way(
            Route.NETWORK_EXCEPTION,
            Opening.ASK,
            "Ask for an exception where the network has nobody for it, best before the treatment, "
            "with a log of who was called. Where the clinician left the network during a course "
            "of care, ask to go on.",
            context.held("F-GAP", "F-GAP-QHP", "A-NSA-COC"),
        )
    if kind is DenialKind.STEP_THERAPY:
        facts = context.held("B-STEP", "B-MA-STEP")
        if facts:
            yield Way(
                Route.STEP_EXCEPTION,
                Opening.ASK,
                "Ask for an exception from the step. The rules on that are about steps for drugs "
                "and may not reach a medical policy that asks for a splint or therapy first.",
                facts,
            )
    if kind is DenialKind.EXCLUSION and context.regime is Regime.ERISA_SELF_FUNDED:
        yield Way(
            Route.SPONSOR,
            Opening.ASK,
            "The employer funds the plan and can approve an exception or change the terms: ask "
            "its human resources office.",
            context.held("D-EXCL"),
        )


def _inside(context: Context) -> Iterator[Way]:
    regime, level = context.regime, context.denial.level
    if regime is None:
        yield Way(
            Route.INTERNAL,
            Opening.ASK,
            "Who funds the plan decides which appeal comes next. The notice names it with its "
            "time.",
        )
        return
    if regime is Regime.MEDICAID_FFS:
        if level is Level.INITIAL:
            yield Way(
                Route.FAIR_HEARING,
                Opening.OPEN,
                "The first step is the State's fair hearing.",
                context.held("A-FFS"),
            )
        return
    name, fact = _FIRST[regime]
    if level is Level.INITIAL:
        opening = Opening.OPEN if regime is not Regime.CHURCH else Opening.ASK
        yield Way(Route.INTERNAL, opening, f"The first step is the {name}.", context.held(fact))
    elif level is Level.INTERNAL_1:
        yield from _second(regime, context)


def _second(regime: Regime, context: Context) -> Iterator[Way]:
    levels = context.coverage.internal_levels if context.coverage else None
    facts = context.held("A-INT-LEVELS-GRP", "A-INT-LEVELS-IND")
    if regime is Regime.INDIVIDUAL or levels == 1:
        yield Way(Route.SECOND_INTERNAL, Opening.CLOSED, "The plan has one internal appeal.", facts)
    elif levels == 2:  # noqa: PLR2004 -- the most that a group plan may ask for
        yield Way(
            Route.SECOND_INTERNAL,
            Opening.OPEN,
            "The plan asks for a second appeal. Look whether the time for outside review runs from "
            "the first decision meanwhile.",
            facts,
        )
    else:
        yield Way(
            Route.SECOND_INTERNAL,
            Opening.ASK,
            "The notice says whether a second appeal is asked for or only offered.",
            facts,
        )


def _outside(kind: DenialKind, context: Context) -> Iterator[Way]:
    regime, level = context.regime, context.denial.level
    if level in (Level.EXTERNAL, Level.FAIR_HEARING, Level.COURT):
        yield Way(
            Route.EXTERNAL,
            Opening.CLOSED,
            "This is the decision of an outside review, a hearing or a court. What is left is "
            "said in it; ask a lawyer before its time runs out.",
            context.held("A-EXT-BIND"),
        )
        return
    if regime in FEDERAL:
        yield _federal(kind, context)
    elif regime is Regime.MEDICAID_MANAGED_CARE:
        yield Way(
            Route.FAIR_HEARING,
            _after_first(context),
            "After the plan's decision the State's fair hearing is open.",
            context.held("A-MCO-FH", "A-MCO-DEEMED"),
        )
    elif regime in _AFTER:
        says, facts = _AFTER[regime]
        yield Way(Route.EXTERNAL, _after_first(context), says, context.held(*facts))
    elif regime is Regime.CHURCH or regime is None:
        yield Way(
            Route.EXTERNAL,
            Opening.ASK,
            "Whether a review outside the plan is open, the notice and the plan's document say.",
        )


def _after_first(context: Context) -> Opening:
    return Opening.LATER if context.denial.level is Level.INITIAL else Opening.OPEN


def _federal(kind: DenialKind, context: Context) -> Way:
    law = context.law
    if context.dental:
        return Way(
            Route.EXTERNAL,
            Opening.ASK,
            "A dental plan that stands alone may have no review outside the plan: the notice and "
            "the plan's document say.",
        )
    if law is not None and law.grandfathered:
        return Way(
            Route.EXTERNAL,
            Opening.CLOSED,
            "The plan is recorded as grandfathered, and the rule on outside review does not reach "
            "it for this.",
            context.held("A-GRAND"),
        )
    scope = context.held("A-EXT-SCOPE")
    if kind in _JUDGMENT:
        return Way(
            Route.EXTERNAL,
            _after_first(context),
            f"{_OUTSIDE[kind]} {_when(kind, context)}",
            (*scope, *_process(kind, context)),
        )
    if kind in _PERHAPS:
        facts = (*scope, *context.held("A-EXT-MEDJ"), *_process(kind, context))
        return Way(Route.EXTERNAL, Opening.ASK, _OUTSIDE[kind], facts)
    if kind is DenialKind.EXCLUSION:
        facts = (*scope, *context.held("A-EXT-MEDJ", "A-CA-COVDEC"))
        return Way(Route.EXTERNAL, Opening.DOUBTFUL, _OUTSIDE[kind], facts)
    return Way(Route.EXTERNAL, Opening.DOUBTFUL, _OUTSIDE.get(kind, _NOT_JUDGMENT), scope)


def _process(kind: DenialKind, context: Context) -> tuple[str, ...]:
    """Return the facts on the process of outside review that the plan follows."""
    state = context.held(*_STATES)
    if kind is DenialKind.EXPERIMENTAL:
        state += context.held("A-NY-EXP")
    return (*(state or context.held("A-EXT-STATE", "A-EXT-FILE")), *context.held("A-EXT-COST"))


def _when(kind: DenialKind, context: Context) -> str:
    """Say when it can be asked for; in California a denial as experimental needs no grievance."""
    if context.denial.level is not Level.INITIAL:
        return "It can be asked for now, within its time."
    if kind is DenialKind.EXPERIMENTAL and context.held("A-CA"):
        return (
            "In California it can be asked for at once where the denial says experimental or "
            "investigational, in place of the plan's grievance first."
        )
    return "It follows the plan's last internal decision, or a plan that breaks its own rules."
