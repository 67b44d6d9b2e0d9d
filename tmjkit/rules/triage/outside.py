"""Whether the words of an exclusion reach the condition that the record shows.

Only a diagnosis that is in the case with a source counts. None is ever proposed: a diagnosis that
is chosen to fall outside an exclusion is a false claim.
"""

from dataclasses import dataclass
from typing import Final

from tmjkit.case import DcTmd, Diagnosis
from tmjkit.rules.triage.context import Context
from tmjkit.rules.triage.model import Ground, Pull
from tmjkit.rules.triage.reading import readings

# Myalgia of the muscles of mastication: the code, and the names in the DC/TMD.
_MUSCLE_CODE: Final = "M79.11"
_MUSCLE: Final = frozenset(
    {DcTmd.MYALGIA, DcTmd.LOCAL_MYALGIA, DcTmd.MYOFASCIAL_PAIN, DcTmd.MYOFASCIAL_REFERRAL}
)
_JOINT_WORDS: Final = frozenset({"joint", "joints", "tmj", "arthro", "meniscus", "disc", "disk"})
# Words by which an exclusion reaches beyond the joint.
_WIDER: Final = (
    *("muscle", "muscul", "myo", "mastic", "craniomandib", "cranio", "tmd", "facial", "orofacial"),
    *("jaw", "disorder", "syndrome", "dysfunction", "condition", "symptom", "pain", "associated"),
    *("related", "botulinum", "botox", "toxin", "injection", "chemodenerv", "bruxism"),
)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether it is arguable that an exclusion does not reach the condition, and why."""

    arguable: bool
    grounds: tuple[Ground, ...]


def reaches_condition(context: Context) -> Reach:
    """Compare the words of a recorded exclusion with the diagnoses that records support.

    Source: fact D-EXCL, which is reasoning and confirmed by no source; it depends on the words.
    """
    coverage = context.coverage
    facts = context.held("D-EXCL")
    records = (coverage.id,) if coverage else ()
    if coverage is None or not coverage.exclusion.strip():
        says = (
            "The plan document is recorded as excluding care of the jaw joint, without its words. "
            "Enter them under Coverages exactly as they stand: how far they reach decides."
        )
        return Reach(arguable=False, grounds=(Ground(Pull.OPEN, says, records, facts),))
    words = {word.text for reading in readings(coverage.exclusion) for word in reading}
    wider = sorted(word for word in words if word.startswith(_WIDER))
    if wider or not words & _JOINT_WORDS:
        shown = f" ({', '.join(wider[:4])})" if wider else ""
        says = (
            f"The exclusion as recorded is worded widely{shown}. Evidence and necessity do not "
            "change that."
        )
        return Reach(arguable=False, grounds=(Ground(Pull.AGAINST, says, records, facts),))
    muscle = [item for item in context.case.jaw_diagnoses if _of_muscle(item)]
    supported = [item for item in muscle if item.documented]
    if supported:
        labels = "; ".join(dict.fromkeys(item.label for item in supported))
        says = (
            "The exclusion as recorded speaks of the joint, and the record supports a diagnosis of "
            f"the muscle: {labels}. That the words do not reach it can be argued; this is "
            "reasoning, and the payer may read them otherwise."
        )
        ids = (*records, *(item.id for item in supported))
        return Reach(arguable=True, grounds=(Ground(Pull.FOR, says, ids, facts),))
    says = "The exclusion as recorded speaks of the joint, and no record here supports another one."
    if muscle:
        says = (
            "The exclusion as recorded speaks of the joint. A diagnosis of the muscle stands in "
            "the case without a source, so nothing can be built on it."
        )
    return Reach(arguable=False, grounds=(Ground(Pull.AGAINST, says, records, facts),))


def _of_muscle(item: Diagnosis) -> bool:
    return item.dc_tmd in _MUSCLE or item.code == _MUSCLE_CODE
