"""Which nerve moves a muscle that is injected (standard anatomy)."""

from collections.abc import Iterable
from typing import Final

from tmjkit.case import Muscle, MuscleDose
from tmjkit.case.choice import Choice


class Territory(Choice):
    """The territories that the migraine pattern of injections covers."""

    FACIAL = "facial", "facial"
    TRIGEMINAL = "trigeminal", "trigeminal"
    CERVICAL = "cervical", "cervical spinal"
    ACCESSORY = "accessory", "accessory"


# The mandibular branch of the trigeminal nerve moves the muscles of chewing.
_CHEWING: Final = {
    Muscle.MASSETER,
    Muscle.TEMPORALIS,
    Muscle.MEDIAL_PTERYGOID,
    Muscle.LATERAL_PTERYGOID,
}
_NAMED: Final = {
    "frontalis": Territory.FACIAL,
    "corrugator": Territory.FACIAL,
    "procerus": Territory.FACIAL,
    "occipitalis": Territory.FACIAL,
    "orbicularis": Territory.FACIAL,
    "mentalis": Territory.FACIAL,
    "platysma": Territory.FACIAL,
    "masseter": Territory.TRIGEMINAL,
    "temporalis": Territory.TRIGEMINAL,
    "pterygoid": Territory.TRIGEMINAL,
    "mylohyoid": Territory.TRIGEMINAL,
    "cervical": Territory.CERVICAL,
    "splenius": Territory.CERVICAL,
    "semispinalis": Territory.CERVICAL,
    "trapezius": Territory.ACCESSORY,
    "sternocleidomastoid": Territory.ACCESSORY,
}


def territory(dose: MuscleDose) -> Territory | None:
    """Return the territory of the muscle; None where its name is not known here."""
    if dose.muscle in _CHEWING:
        return Territory.TRIGEMINAL
    name = dose.name.casefold()
    return next((found for word, found in _NAMED.items() if word in name), None)


def absent(doses: Iterable[MuscleDose]) -> tuple[Territory, ...]:
    """Return the territories that no recorded dose is in."""
    reached = {territory(dose) for dose in doses}
    return tuple(item for item in Territory if item not in reached)
