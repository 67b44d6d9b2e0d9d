"""What was tried of other treatment, how it ended, and whether a record shows it."""

from dataclasses import dataclass
from typing import Final

from tmjkit.case import Response, StopReason, Treatment
from tmjkit.rules.triage.context import Context
from tmjkit.rules.triage.model import Ground, Pull

_FAILED: Final = frozenset({Response.NONE, Response.WORSE, Response.PARTIAL, Response.TEMPORARY})
_STOPPED: Final = frozenset(
    {StopReason.INEFFECTIVE, StopReason.ADVERSE_EFFECT, StopReason.CONTRAINDICATED}
)


@dataclass(frozen=True, slots=True)
class Steps:
    """What a step can be answered with.

    Parameters
    ----------
    failed
        Treatments that are recorded as not enough, not tolerated or contraindicated.
    documented
        Whether all of these have a source.
    grounds
        What to say of them.
    """

    failed: tuple[Treatment, ...]
    documented: bool
    grounds: tuple[Ground, ...]


def steps_tried(context: Context) -> Steps:
    """Return the treatments that answer a step, and what is still to be shown of them.

    Source: fact D-CRIT-2 (what was done, when, with what result).
    """
    failed = tuple(
        item
        for item in context.case.jaw_treatments
        if item.response in _FAILED or item.stop_reason in _STOPPED
    )
    bare = [item for item in failed if not item.documented]
    facts = context.held("D-CRIT-2")
    grounds = []
    if failed:
        grounds.append(
            Ground(
                Pull.FOR,
                f"Recorded as not enough or not possible: {_labels(failed)}.",
                tuple(item.id for item in failed),
                facts,
            )
        )
    else:
        grounds.append(
            Ground(
                Pull.AGAINST,
                "No treatment is recorded that was not enough, not tolerated or not possible.",
                facts=facts,
            )
        )
    if bare:
        grounds.append(
            Ground(
                Pull.AGAINST,
                f"Without a source: {_labels(bare)}. A reviewer counts what a record shows.",
                tuple(item.id for item in bare),
                facts,
            )
        )
    grounds.append(
        Ground(
            Pull.OPEN,
            "Compare them one by one with the payer's own list of steps: 'tmjkit policy' checks a "
            "case against it.",
        )
    )
    return Steps(failed, bool(failed) and not bare, tuple(grounds))


def _labels(items: tuple[Treatment, ...] | list[Treatment]) -> str:
    return "; ".join(dict.fromkeys(item.label for item in items))
