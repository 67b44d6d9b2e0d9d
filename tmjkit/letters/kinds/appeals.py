"""Appeals to the payer and the request for a review outside the plan."""

from collections.abc import Mapping
from typing import Any, Final

from tmjkit.letters import choose, standing
from tmjkit.letters.kinds import appeals_external, appeals_second, appeals_urgent
from tmjkit.letters.kinds.appeals_chain import FIRST_LETTER
from tmjkit.letters.kinds.appeals_clock import FILING, fits_though_late, last_was
from tmjkit.letters.kinds.appeals_context import of_appeal
from tmjkit.letters.kinds.model import Fit, Kind, Part, never
from tmjkit.letters.situation import Situation, Voice

_VOICES: Final = (Voice.PATIENT, Voice.ADVOCATE)


def first_appeal(situation: Situation) -> Fit:
    """Tell whether a first appeal to the payer is open."""
    denial = situation.denial
    why = standing.closed(situation.case, denial, situation.today) if denial else ""
    if why:
        return never(why)
    law = situation.law.result
    step = standing.other_step(situation.case, law)
    if step:
        return never(step.why, *step.facts)
    other = FIRST_LETTER.get(law.regime) if law and law.regime else None
    if law and law.regime and other:
        return never(
            f"under this plan ({law.regime.label}) the first appeal is the letter '{other}'"
        )
    return fits_though_late(situation, FILING)


def _first(situation: Situation) -> Mapping[str, Any]:
    """Add the last day where it has passed (`last_was`); empty where it has not."""
    return {**of_appeal(situation), "last_was": last_was(situation, FILING)}


KINDS: Final = (
    Kind(
        "appeal",
        "Appeal of a denial",
        Part.APPEAL,
        _VOICES,
        choose.first_denial,
        checklist="F2-APPEAL-1",
        fits=first_appeal,
        context=_first,
        argues=True,
    ),
    Kind(
        "appeal-expedited",
        "Expedited appeal of a denial",
        Part.APPEAL,
        _VOICES,
        choose.first_denial,
        checklist="F2-EXPEDITED",
        fits=appeals_urgent.fits,
        context=appeals_urgent.context,
        argues=True,
    ),
    Kind(
        "appeal-second",
        "Second appeal of a denial",
        Part.APPEAL,
        _VOICES,
        appeals_second.pick,
        checklist="F2-APPEAL-2",
        fits=appeals_second.fits,
        context=appeals_second.context,
        argues=True,
    ),
    Kind(
        "external-review",
        "Request for external review",
        Part.REVIEW,
        _VOICES,
        appeals_external.pick,
        checklist="F2-EXTERNAL",
        fits=appeals_external.fits,
        context=appeals_external.context,
        argues=True,
    ),
)
