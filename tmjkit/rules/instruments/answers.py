"""Sums and means of answers in whole fractions, so that no cut-off is missed by rounding.

A missing answer is None here. It is left out and never counts as zero; each scale says how many
may be missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Answers = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Made:
    """A value made of some answers; None with a reason where too many are missing."""

    value: Fraction | None
    answered: int
    missing: int
    because: str = ""

    @property
    def number(self) -> float | None:
        """The value as the nearest floating-point number."""
        return None if self.value is None else float(self.value)


def mean(answers: Answers, *, most_missing: int, times: int = 1) -> Made:
    """Return the mean of the answers that were given, times a whole number.

    Parameters
    ----------
    answers
        The answers, None for one that is missing.
    most_missing
        How many may be missing; with more there is no value.
    times
        What the mean is multiplied by, such as 10 for a scale of 0 to 100.
    """
    given = [answer for answer in answers if answer is not None]
    missing = len(answers) - len(given)
    if missing > most_missing or not given:
        return Made(None, len(given), missing, too_few(missing, most_missing))
    return Made(Fraction(sum(given), len(given)) * times, len(given), missing)


def prorated_sum(answers: Answers, *, most_missing: int) -> Made:
    """Return the sum; for missing answers the mean of the others stands in.

    That is the sum divided by the items answered, times the number of items, unrounded.
    """
    return mean(answers, most_missing=most_missing, times=len(answers))


def too_few(missing: int, most_missing: int) -> str:
    """Say why there is no score."""
    items = "1 item is" if missing == 1 else f"{missing} items are"
    allowed = f"at most {most_missing} may be" if most_missing else "none may be"
    return f"{items} not answered; {allowed} missing"
