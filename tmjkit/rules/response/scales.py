"""The scales whose course is followed: one line of values each, never mixed with another.

Versions of a scale, its subscales and its two overall scores are scales of their own, because a
change from one to the other would show nothing.
"""

from dataclasses import dataclass
from typing import Final

from tmjkit.case import Choice, Instrument, QuestionnaireForm


class Aspect(Choice):
    """What a scale is about."""

    PAIN = "pain", "Pain"
    FUNCTION = "function", "Function"
    MOOD = "mood", "Mood"
    BEHAVIOR = "behavior", "Oral behaviors"


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale.

    Parameters
    ----------
    name
        Stable name, which the knowledge base uses as well, such as `nrs-pain`.
    label
        The same in words.
    aspect
        What it is about.
    unit
        Unit of its values.
    maximum
        The largest value; the least is 0. For mouth opening what can be measured at all.
    higher_is_better
        Whether a larger value is better; so only for mouth opening.
    ordinal
        Whether its values are grades, of which no percentage can be taken.
    """

    name: str
    label: str
    aspect: Aspect
    unit: str = "points"
    maximum: float = 10
    higher_is_better: bool = False
    ordinal: bool = False

    def gain(self, before: float, after: float) -> float:
        """Return by how much a value is better than one before; negative where it is worse."""
        return after - before if self.higher_is_better else before - after


_PAIN, _FUNCTION, _MOOD = Aspect.PAIN, Aspect.FUNCTION, Aspect.MOOD

_ALL: Final = (
    Scale("nrs-pain", "Pain, 0 to 10", _PAIN),
    Scale("gcps-2-cpi", "Pain intensity, GCPS 2.0", _PAIN, maximum=100),
    Scale("gcps-1-cpi", "Pain intensity, GCPS 1.0", _PAIN, maximum=100),
    Scale("gcps-2-grade", "Grade, GCPS 2.0", _PAIN, "grade", 4, ordinal=True),
    Scale("gcps-1-grade", "Grade, GCPS 1.0", _PAIN, "grade", 4, ordinal=True),
    Scale("jfls-8", "Jaw function, JFLS-8", _FUNCTION),
    Scale("jfls-20", "Jaw function, JFLS-20, mean of the subscales", _FUNCTION),
    Scale("jfls-20-mastication", "Mastication, JFLS-20", _FUNCTION),
    Scale("jfls-20-mobility", "Jaw mobility, JFLS-20", _FUNCTION),
    Scale("jfls-20-communication", "Communication, JFLS-20", _FUNCTION),
    Scale("jfls-20-short", "Jaw function, the eight items of JFLS-20", _FUNCTION),
    Scale("jfls-20-recorded", "Jaw function, JFLS-20 as recorded", _FUNCTION),
    Scale("gcps-2-interference", "Interference, GCPS 2.0", _FUNCTION, maximum=100),
    Scale("gcps-1-interference", "Interference, GCPS 1.0", _FUNCTION, maximum=100),
    Scale(
        "mmo-pain-free", "Pain-free opening", _FUNCTION, "mm", maximum=100, higher_is_better=True
    ),
    Scale(
        "mmo-unassisted", "Unassisted opening", _FUNCTION, "mm", maximum=100, higher_is_better=True
    ),
    Scale("mmo-assisted", "Assisted opening", _FUNCTION, "mm", maximum=100, higher_is_better=True),
    Scale("phq-4", "PHQ-4", _MOOD, maximum=12),
    Scale("phq-9", "PHQ-9", _MOOD, maximum=27),
    Scale("gad-7", "GAD-7", _MOOD, maximum=21),
    Scale("obc", "Oral Behaviors Checklist", Aspect.BEHAVIOR, maximum=84),
)

FOLLOWED: Final = {scale.name: scale for scale in _ALL}
"""Every scale whose course is followed, by name, in the order in which they are shown."""

MEASURED: Final = {
    Instrument.NRS_PAIN: "nrs-pain",
    Instrument.MMO_PAIN_FREE: "mmo-pain-free",
    Instrument.MMO_UNASSISTED: "mmo-unassisted",
    Instrument.MMO_ASSISTED: "mmo-assisted",
    Instrument.JFLS_8: "jfls-8",
    # Which of the two overall scores a recorded one is, nobody wrote down.
    Instrument.JFLS_20: "jfls-20-recorded",
    Instrument.PHQ_4: "phq-4",
    Instrument.PHQ_9: "phq-9",
    Instrument.GAD_7: "gad-7",
    Instrument.OBC: "obc",
}
"""The scale of a recorded measurement; those of the GCPS depend on its version too."""

GCPS_MEASURED: Final = {
    (Instrument.GCPS_GRADE, 2): "gcps-2-grade",
    (Instrument.GCPS_GRADE, 1): "gcps-1-grade",
    (Instrument.GCPS_CPI, 2): "gcps-2-cpi",
    (Instrument.GCPS_CPI, 1): "gcps-1-cpi",
}
"""The scale of a recorded score of the Graded Chronic Pain Scale, by instrument and version."""

SCORED: Final[dict[QuestionnaireForm, dict[str | None, str]]] = {
    QuestionnaireForm.GCPS_2: {
        None: "gcps-2-grade",
        "cpi": "gcps-2-cpi",
        "interference": "gcps-2-interference",
    },
    QuestionnaireForm.GCPS_1: {
        None: "gcps-1-grade",
        "cpi": "gcps-1-cpi",
        "interference": "gcps-1-interference",
    },
    QuestionnaireForm.JFLS_8: {None: "jfls-8"},
    QuestionnaireForm.JFLS_20: {
        None: "jfls-20",
        "mastication": "jfls-20-mastication",
        "mobility": "jfls-20-mobility",
        "communication": "jfls-20-communication",
        "short": "jfls-20-short",
    },
    QuestionnaireForm.PHQ_4: {None: "phq-4"},
    QuestionnaireForm.GAD_7: {None: "gad-7"},
    QuestionnaireForm.OBC: {None: "obc"},
}
"""The scales of a questionnaire's score (None) and of its parts, by the part's name."""
