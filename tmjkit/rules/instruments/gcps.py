"""The Graded Chronic Pain Scale, version 2.0 (one month) and 1.0 (six months), never mixed.

Sources: Von Korff M et al., Pain 1992;50:133-149; Ohrbach R, Knibbe W, DC/TMD Scoring Manual for
Self-Report Instruments, 2021, with Appendix 1 (facts E-GCPS and E-GCPS-V1). The graph in the
manual's Appendix 3 begins high intensity at 51; its text and Appendix 1 say 50, which holds here.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tmjkit.case import Questionnaire, QuestionnaireForm
from tmjkit.rules.instruments.answers import Answers, Made, mean
from tmjkit.rules.instruments.model import Score, Subscore

GRADES: Final = (
    "Grade 0: no pain",
    "Grade I: low intensity, without disability",
    "Grade II: high intensity, without disability",
    "Grade III: moderately limiting",
    "Grade IV: severely limiting",
)
_ROMAN: Final = ("0", "I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Version:
    """Where the items stand, and from how many days on there are 1, 2 and 3 points."""

    pain: slice
    days: int
    interference: slice
    points_from: tuple[int, int, int]
    fact: str


VERSIONS: Final = {
    QuestionnaireForm.GCPS_2: Version(slice(1, 4), 4, slice(5, 8), (2, 3, 6), "E-GCPS"),
    QuestionnaireForm.GCPS_1: Version(slice(0, 3), 3, slice(4, 7), (7, 15, 31), "E-GCPS-V1"),
}
_INTERFERENCE_FROM: Final = (30, 50, 70)
_HIGH: Final = 50
_MODERATE, _SEVERE = 3, 5  # disability points
_CUTOFFS: Final = (
    "Von Korff M et al., Pain 1992;50:133-149; Ohrbach R, Knibbe W, DC/TMD Scoring Manual, 2021"
)


def roman(grade: int) -> str:
    """Return a grade as it is written: 0, I, II, III or IV."""
    return _ROMAN[grade]


def gcps(answered: Questionnaire) -> Score:
    """Score either version; the value is the grade.

    All three components have to be there: pain intensity with no item missing, disability days,
    and interference with at most one item missing.
    """
    version, values = VERSIONS[answered.form], answered.values
    pain = mean(values[version.pain], most_missing=0, times=10)
    interference = mean(values[version.interference], most_missing=1, times=10)
    days = _days(values, version.days)
    points = _points(days.value, version.points_from) + _points(
        interference.value, _INTERFERENCE_FROM
    )
    absent = [
        f"{name}: {made.because}"
        for name, made in (
            ("pain intensity", pain),
            ("disability days", days),
            ("interference", interference),
        )
        if made.value is None
    ]
    grade = None if pain.value is None or absent else _grade(pain.value, points)
    contradictory = grade == 0 and points >= _MODERATE
    parts = (
        _part("cpi", "Characteristic pain intensity, 0 to 100", pain),
        _part("interference", "Interference, 0 to 100", interference),
        _part("days", "Disability days", days),
        Subscore(
            "points",
            "Disability points, 0 to 6",
            None if days.value is None or interference.value is None else float(points),
            days.answered + interference.answered,
            days.missing + interference.missing,
            days.because or interference.because,
        ),
    )
    given = sum(value is not None for value in values)
    return Score(
        form=answered.form,
        record=answered.id,
        date=answered.date,
        value=None if grade is None else float(grade),
        maximum=4,
        parts=parts,
        word="" if grade is None else GRADES[grade],
        cutoffs="" if grade is None else _CUTOFFS,
        answered=given,
        missing=len(values) - given,
        prorated=grade is not None and interference.missing > 0,
        because="; ".join(absent),
        notes=(_CONTRADICTION,) if contradictory else (),
        contradictory=contradictory,
        facts=(version.fact,),
    )


_CONTRADICTION: Final = (
    "No pain at all and at least 3 disability points because of pain contradict each other: ask "
    "the patient again."
)


def _days(values: Answers, place: int) -> Made:
    value = values[place]
    if value is None:
        return Made(None, 0, 1, "not answered, and it has to be")
    return Made(Fraction(value), 1, 0)


def _points(value: Fraction | None, begins: tuple[int, int, int]) -> int:
    """Return 0 to 3 points; what is missing gets none here, and then there is no grade at all."""
    return 0 if value is None else sum(value >= start for start in begins)


def _grade(intensity: Fraction, points: int) -> int:
    if intensity == 0:
        return 0
    if points >= _SEVERE:
        return 4
    if points >= _MODERATE:
        return 3
    return 2 if intensity >= _HIGH else 1


def _part(name: str, label: str, made: Made) -> Subscore:
    return Subscore(name, label, made.number, made.answered, made.missing, made.because)
