"""The expedited appeal: only where a clinician certifies that the usual time would do harm."""

from collections.abc import Mapping
from typing import Any, Final

from tmjkit.case import Benefit, Claim, StatementKind
from tmjkit.knowledge import Regime
from tmjkit.letters import standing
from tmjkit.letters.kinds.appeals_chain import FIRST_LETTER
from tmjkit.letters.kinds.appeals_clock import FILING, fits_though_late, last_was
from tmjkit.letters.kinds.appeals_context import of_appeal
from tmjkit.letters.kinds.appeals_process import DANGERS, RULES, process_name
from tmjkit.letters.kinds.model import Fit, later, never
from tmjkit.letters.situation import Situation

WORDS: Final = ("F-URGENT-WORDS", "F-URGENT-WORDS-IND", "F-URGENT-WORDS-GOV")
"""The standard for urgent claims inside the plan, by regime; severe pain is one of its grounds."""

_NOTE: Final = (
    "chronic pain of a temporomandibular disorder alone usually does not meet the standard for an "
    "urgent appeal, so nobody should claim it who does not mean it"
)


def fits(situation: Situation) -> Fit:
    """Tell whether an expedited appeal to the plan is open.

    Sources: 29 CFR 2560.503-1(m)(1) and 45 CFR 147.136(b)(2)(ii)(B), (b)(3)(ii)(B). A claim for
    care that was given is never urgent (29 CFR 2560.503-1(m)(1)-(3)).
    """
    law = situation.law
    governs = law.result.regime if law.result else None
    if governs is not None and not law.those(*WORDS):
        return never(_elsewhere(governs))
    denial = situation.denial
    why = standing.closed(situation.case, denial, situation.today) if denial else ""
    if why:
        return never(why)
    if isinstance(situation.subject.asked, Claim):
        return never(
            "what was denied is payment for care that was given; only care that is still to come "
            "can be urgent"
        )
    holding = tuple(name for name in WORDS if governs is not None and law.holds(name))
    if not certified(situation):
        return later(
            "no clinician has stated why waiting is dangerous: where one does, record it under "
            f"Statements. {_NOTE[:1].upper()}{_NOTE[1:]}",
            *holding,
        )
    return fits_though_late(situation, FILING)


def _elsewhere(governs: Regime) -> str:
    kind = FIRST_LETTER.get(governs)
    if kind is not None:
        return (
            f"the words of the standard for this plan ({governs.label}) are others; a fast "
            f"decision is asked for in the letter '{kind}'"
        )
    return (
        f"no standard for an urgent appeal is on record for this plan ({governs.label}); ask for a "
        "fast decision in the way that the notice says"
    )


def certified(situation: Situation) -> bool:
    """Tell whether a clinician's statement on the urgency is on record."""
    return any(
        item.kind is StatementKind.URGENCY and item.provider_id
        for item in situation.case.statements
    )


def context(situation: Situation) -> Mapping[str, Any]:
    """Add the standard, whether it is certified, and whether outside review can be asked for too.

    `standard` are the words that hold for the plan; `outside` are those of expedited external
    review in the process that governs, empty where none reaches the plan or where it is not known
    which; `dangers` whether they name the dangers, which the rules of States on record do not;
    `certified` whether a clinician's statement is on record; `last_was` the last day for an appeal
    where it has passed.

    Sources: 45 CFR 147.136(d)(3)(i) for the federal processes, (c)(2)(xiii) and the States' own
    laws for theirs.
    """
    law, coverage = situation.law, situation.coverage
    dental = coverage is not None and coverage.benefit is Benefit.DENTAL
    rules = RULES.get(process_name(coverage, law.result))
    fast = rules.fast if rules and not dental else ()
    return {
        **of_appeal(situation),
        "standard": law.those(*WORDS),
        "outside": law.those(*fast),
        "dangers": DANGERS in fast,
        "certified": certified(situation),
        "last_was": last_was(situation, FILING),
    }
