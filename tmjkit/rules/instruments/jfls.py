"""The Jaw Functional Limitation Scale: 8 items, or 20 with three subscales. Higher is worse.

Source: Ohrbach R, Knibbe W, DC/TMD Scoring Manual for Self-Report Instruments, 2021; Ohrbach R,
Larsson P, List T, J Orofac Pain 2008;22:219-230 (fact E-JFLS). There are no cut-offs, so a score
has no word. JFLS-20 has two overall scores that are not compared with each other: the mean of the
subscales, in which items 11 (swallowing) and 12 (yawning) do not stand, and the score of the
eight items that are those of JFLS-8.
"""

from typing import Final

from tmjkit.case import Questionnaire
from tmjkit.rules.instruments.answers import Made, mean
from tmjkit.rules.instruments.model import Score, Subscore

SUBSCALES: Final = (
    ("mastication", "Mastication", range(1, 7), 2),
    ("mobility", "Vertical jaw mobility", range(7, 11), 1),
    ("communication", "Verbal and emotional communication", range(13, 21), 2),
)
"""Name, label, items (counted from 1), and how many may be missing, of the subscales of JFLS-20."""
_SHORT: Final = (1, 3, 6, 10, 11, 12, 13, 19)
_SHORT_MISSING: Final = 2
_FACTS: Final = ("E-JFLS",)


def jfls_8(answered: Questionnaire) -> Score:
    """Score the 8 items: the mean of those answered, at most 2 missing."""
    made = mean(answered.values, most_missing=_SHORT_MISSING)
    return Score(
        form=answered.form,
        record=answered.id,
        date=answered.date,
        value=made.number,
        maximum=10,
        answered=made.answered,
        missing=made.missing,
        prorated=made.value is not None and made.missing > 0,
        because=made.because,
        facts=_FACTS,
    )


def jfls_20(answered: Questionnaire) -> Score:
    """Score the 20 items: the value is the mean of the three subscales, all of them needed."""
    values = answered.values
    subscales = [
        (name, label, mean([values[item - 1] for item in items], most_missing=most))
        for name, label, items, most in SUBSCALES
    ]
    absent = [f"{label}: {made.because}" for _, label, made in subscales if made.value is None]
    means = [made.value for _, _, made in subscales if made.value is not None]
    value = None if absent else float(sum(means) / len(means))
    short = mean([values[item - 1] for item in _SHORT], most_missing=_SHORT_MISSING)
    given = sum(answer is not None for answer in values)
    return Score(
        form=answered.form,
        record=answered.id,
        date=answered.date,
        value=value,
        maximum=10,
        parts=(
            *(_part(name, label, made) for name, label, made in subscales),
            _part("short", "The eight items of JFLS-8", short),
        ),
        answered=given,
        missing=len(values) - given,
        prorated=value is not None and any(made.missing for _, _, made in subscales),
        because="; ".join(absent),
        notes=(
            "The score is the mean of the three subscales; items 11 and 12 are not in it. It is "
            "not compared with the score of the eight items.",
        ),
        facts=_FACTS,
    )


def _part(name: str, label: str, made: Made) -> Subscore:
    return Subscore(name, label, made.number, made.answered, made.missing, made.because)
