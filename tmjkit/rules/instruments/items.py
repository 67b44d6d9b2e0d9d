"""What a form has to ask for a questionnaire: its items, their ranges, and what they go into.

The wording of an item is its publisher's and is not kept here: whoever types has the paper. An
item is named by its number and by what the scoring rule makes of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tmjkit.case import ITEMS, QuestionnaireForm
from tmjkit.rules.instruments.gcps import VERSIONS, Version
from tmjkit.rules.instruments.jfls import SUBSCALES
from tmjkit.rules.instruments.screens import PHQ_4_HALVES

NOT_SCORED: Final = "Not scored"
_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a questionnaire.

    Parameters
    ----------
    number
        Its number on the paper, from 1.
    maximum
        The largest whole number that it can be answered with; the least is 0.
    part
        The part of the score that it goes into; empty where the form has none.
    unit
        What the number counts, where it is not points.
    """

    number: int
    maximum: int
    part: str = ""
    unit: str = ""

    @property
    def label(self) -> str:
        """The item as an input is labelled: 'Item 5, 0 to 30 days'."""
        unit = f" {self.unit}" if self.unit else ""
        return f"Item {self.number}, 0 to {self.maximum}{unit}"

    @property
    def accepted(self) -> str:
        """What an answer can be, in words."""
        return f"a whole number from 0 to {self.maximum}"

    def wrong(self, typed: str) -> str:
        """Say why what was typed is no answer to the item; empty where it is one, or nothing."""
        words = typed.strip()
        if not words or words == "-":
            return ""
        # Up to three of the digits 0 to 9, as the record keeps them.
        plain = len(words) <= _DIGITS and words.isascii() and words.isdigit()
        return "" if plain and int(words) <= self.maximum else f"Should be {self.accepted}"


def items(form: QuestionnaireForm) -> tuple[Item, ...]:
    """Return the items of a questionnaire in the order of the paper.

    Sources of the ranges stand in `tmjkit.case.ITEMS`, those of the parts in the scoring rules.
    """
    parts = dict(_parts(form))
    return tuple(
        Item(number, maximum, *parts.get(number, ("", "")))
        for number, maximum in enumerate(ITEMS[form].maximum, 1)
    )


def _parts(form: QuestionnaireForm) -> Iterator[tuple[int, tuple[str, str]]]:
    if form in VERSIONS:
        yield from _gcps(VERSIONS[form], len(ITEMS[form].maximum))
    elif form is QuestionnaireForm.JFLS_20:
        for number in range(1, len(ITEMS[form].maximum) + 1):
            yield number, ("In none of the three subscales", "")
        for _, label, numbers, _ in SUBSCALES:
            yield from ((number, (label, "")) for number in numbers)
    elif form is QuestionnaireForm.PHQ_4:
        for _, label, numbers in PHQ_4_HALVES:
            yield from ((number, (label, "")) for number in numbers)


def _gcps(version: Version, count: int) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the parts; slices and places of the rule count from 0."""
    for place in range(count):
        if place in range(*version.pain.indices(count)):
            yield place + 1, ("Characteristic pain intensity", "")
        elif place == version.days:
            yield place + 1, ("Disability days", "days")
        elif place in range(*version.interference.indices(count)):
            yield place + 1, ("Interference", "")
        else:
            yield place + 1, (NOT_SCORED, "days")
