"""PHQ-4, GAD-7 and the Oral Behaviors Checklist: sums.

Sources: Kroenke K et al., Psychosomatics 2009;50:613-621 (fact E-PHQ4); Spitzer RL et al., Arch
Intern Med 2006;166:1092-1097 (E-GAD7); Ohrbach R, Knibbe W, DC/TMD Scoring Manual for Self-Report
Instruments, 2021 (all three and E-OBC). They are screens: none of them is a diagnosis.
"""

from fractions import Fraction
from typing import Final

from tmjkit.case import Questionnaire
from tmjkit.rules.instruments.answers import Made, mean, prorated_sum, too_few
from tmjkit.rules.instruments.model import Score, Subscore

# From which value on which word holds, the highest first.
_PHQ_4: Final = ((9, "severe"), (6, "moderate"), (3, "mild"), (0, "none"))
_GAD_7: Final = ((15, "severe"), (10, "moderate"), (5, "mild"), (0, "none or minimal"))
_OBC_HIGH: Final = 25
_POSITIVE: Final = 3

PHQ_4_HALVES: Final = (
    ("anxiety", "Anxiety", range(1, 3)),
    ("depression", "Depression", range(3, 5)),
)
"""Name, label and items (counted from 1) of the two halves of PHQ-4."""


def phq_4(answered: Questionnaire) -> Score:
    """Score PHQ-4: the sum, prorated where one item is missing, compared unrounded."""
    values = answered.values
    made = prorated_sum(values, most_missing=1)
    parts = []
    for name, label, items in PHQ_4_HALVES:
        half = mean([values[item - 1] for item in items], most_missing=0, times=2)
        told = f"{label}, items {items[0]} and {items[-1]}"
        parts.append(Subscore(name, told, half.number, half.answered, half.missing, half.because))
    positive = [part.name for part in parts if part.value is not None and part.value >= _POSITIVE]
    notes = ["The DC/TMD authors advise the total only: two items are not reliable."]
    if positive:
        notes.insert(
            0, f"By the instrument's authors positive from 3 on: {' and '.join(positive)}."
        )
    return _sum(
        answered,
        made,
        word=_word(made.value, _PHQ_4),
        cutoffs="Kroenke K et al., Psychosomatics 2009;50:613-621",
        maximum=12,
        fact="E-PHQ4",
        parts=tuple(parts),
        notes=tuple(notes),
    )


def gad_7(answered: Questionnaire) -> Score:
    """Score GAD-7: the sum, prorated where one or two items are missing, compared unrounded."""
    made = prorated_sum(answered.values, most_missing=2)
    return _sum(
        answered,
        made,
        word=_word(made.value, _GAD_7),
        cutoffs="Spitzer RL et al., Arch Intern Med 2006;166:1092-1097",
        maximum=21,
        fact="E-GAD7",
    )


def obc(answered: Questionnaire) -> Score:
    """Score the Oral Behaviors Checklist: the raw sum; with any item missing there is no score.

    No rule for missing items exists. The manual's two schemes of cut-offs agree only in that 25
    or more is high, so below that there is no word.
    """
    values = answered.values
    given = [value for value in values if value is not None]
    missing = len(values) - len(given)
    if missing:
        because = f"{too_few(missing, 0)} (the scale has no rule for it)"
        made, count = Made(None, len(given), missing, because), None
    else:
        made = Made(Fraction(sum(given)), len(given), 0)
        count = float(sum(value > 0 for value in given))
    return _sum(
        answered,
        made,
        word="high" if made.value is not None and made.value >= _OBC_HIGH else "",
        cutoffs="Ohrbach R, Knibbe W, DC/TMD Scoring Manual, 2021, text and appendix",
        maximum=84,
        fact="E-OBC",
        parts=(
            Subscore(
                "count", "Behaviors reported at all", count, len(given), missing, made.because
            ),
        ),
        notes=("Norms are not established; the published cut-offs agree only on 25 or more.",),
    )


def _word(value: Fraction | None, words: tuple[tuple[int, str], ...]) -> str:
    if value is None:
        return ""
    return next(word for begins, word in words if value >= begins)


def _sum(
    answered: Questionnaire,
    made: Made,
    *,
    word: str,
    cutoffs: str,
    maximum: int,
    fact: str,
    parts: tuple[Subscore, ...] = (),
    notes: tuple[str, ...] = (),
) -> Score:
    return Score(
        form=answered.form,
        record=answered.id,
        date=answered.date,
        value=made.number,
        maximum=maximum,
        parts=parts,
        word=word,
        cutoffs=cutoffs if word else "",
        answered=made.answered,
        missing=made.missing,
        prorated=made.value is not None and made.missing > 0,
        because=made.because,
        notes=notes,
        facts=(fact,),
    )
