"""How strong the case against a class of denial looks, from what the record holds.

In words on a short scale, with the reasons; no probability and no promise. Where the record is
silent it cannot be told yet, and the grounds say what to find out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tmjkit.knowledge import Regime
from tmjkit.knowledge.denial import DenialKind
from tmjkit.rules.triage import office
from tmjkit.rules.triage.clinical import Clinical
from tmjkit.rules.triage.context import Context
from tmjkit.rules.triage.model import Ground, Pull, Sign, Standing, StateLaw
from tmjkit.rules.triage.outside import reaches_condition
from tmjkit.rules.triage.state import removes_exclusion
from tmjkit.rules.triage.steps import steps_tried


@dataclass(frozen=True, slots=True)
class Matter:
    """What is weighed: the denial in its context, the clinical side, state law, the signs."""

    context: Context
    clinical: Clinical
    laws: tuple[StateLaw, ...]
    signs: tuple[Sign, ...]


Weight = tuple[Standing, tuple[Ground, ...]]


def weigh(kind: DenialKind, matter: Matter) -> Weight:
    """Return how strong the case against a class looks, and why."""
    return _BY_KIND[kind](matter)


def _experimental(matter: Matter) -> Weight:
    """Weigh 'experimental'. The evidence is divided, so that it is arguable at best.

    Sources: fact bmj-2023 (conditional recommendation against) and those of direction 'against'.
    """
    found = matter.clinical
    weak = found.premature or found.failed or not found.diagnosed
    return (Standing.WEAK if weak else Standing.ARGUABLE), found.grounds


def _necessity(matter: Matter) -> Weight:
    """Weigh 'not medically necessary': by care, diagnosis and what earlier injections did.

    Sources: facts D-CRIT-1, D-CRIT-2, D-CRIT-4 and bmj-2023.
    """
    found = matter.clinical
    if found.premature or found.failed or not found.diagnosed:
        return Standing.WEAK, found.grounds
    strong = found.complete and found.helped
    return (Standing.STRONG if strong else Standing.ARGUABLE), found.grounds


def _exclusion(matter: Matter) -> Weight:
    """Weigh an exclusion: by the plan's words, the state's law, and what the words reach.

    Sources: D-EXCL (reasoning that no source confirms), the state laws of section B, B-ERISA.
    """
    context, coverage = matter.context, matter.context.coverage
    laws = removes_exclusion(context, matter.laws)
    grounds = [
        Ground(
            Pull.FOR,
            "A state's law that may take the exclusion away is on record; see what is said of it.",
            facts=laws,
        )
    ] * bool(laws)
    if coverage is None or coverage.excludes_tmd is None:
        grounds.append(
            Ground(
                Pull.OPEN,
                "Whether the plan document excludes care of the jaw joint is not recorded. Get the "
                "whole document, read it, and enter it under Coverages with the words.",
                records=(coverage.id,) if coverage else (),
                facts=context.held("D-EXCL", "F-SPD"),
            )
        )
        return (Standing.ARGUABLE if laws else Standing.UNKNOWN), tuple(grounds)
    if not coverage.excludes_tmd:
        grounds.append(
            Ground(
                Pull.FOR,
                "The plan document is recorded as holding no exclusion of care of the jaw joint: "
                "ask the payer to name the clause and quote it.",
                records=(coverage.id,),
            )
        )
        return Standing.STRONG, tuple(grounds)
    outside = reaches_condition(context)
    grounds += outside.grounds
    if context.regime is Regime.ERISA_SELF_FUNDED:
        grounds.append(
            Ground(
                Pull.OPEN,
                "No state law reaches this plan. The employer who funds it can make an exception.",
                facts=context.held("B-ERISA", "D-EXCL"),
            )
        )
    return (Standing.ARGUABLE if laws or outside.arguable else Standing.CLOSED), tuple(grounds)


def _quantity(matter: Matter) -> Weight:
    found, grounds = matter.clinical, office.quantity(matter.context)
    weak = found.failed or any(item.pull is Pull.AGAINST for item in grounds)
    standing = Standing.WEAK if weak else Standing.ARGUABLE if found.helped else Standing.UNKNOWN
    return standing, (*grounds, *found.grounds)


def _step(matter: Matter) -> Weight:
    """Weigh a step: by what was tried, how it ended, and whether a record shows it.

    Sources: facts D-CRIT-2 and bmj-2023.
    """
    tried = steps_tried(matter.context)
    found = matter.clinical
    if found.premature or not tried.failed:
        standing = Standing.WEAK
    else:
        strong = found.complete and tried.documented
        standing = Standing.STRONG if strong else Standing.ARGUABLE
    return standing, (*tried.grounds, *found.grounds)


def _office(look: Callable[[Context], office.Weight]) -> Callable[[Matter], Weight]:
    return lambda matter: look(matter.context)


_BY_KIND: Final[dict[DenialKind, Callable[[Matter], Weight]]] = {
    DenialKind.EXCLUSION: _exclusion,
    DenialKind.EXPERIMENTAL: _experimental,
    DenialKind.NOT_NECESSARY: _necessity,
    DenialKind.NO_AUTHORIZATION: _office(office.authorization),
    DenialKind.WRONG_BENEFIT: _office(office.benefit),
    DenialKind.CODING: _office(office.coding),
    DenialKind.TIMELY_FILING: _office(office.filing),
    DenialKind.DUPLICATE: _office(office.duplicate),
    DenialKind.NETWORK: _office(office.network),
    DenialKind.QUANTITY: _quantity,
    DenialKind.STEP_THERAPY: _step,
    DenialKind.ELIGIBILITY: _office(office.eligibility),
    DenialKind.OTHER: _office(office.other),
}
