"""The values of a claim form as frozen data, and what is wrong with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tmjkit.packet.claim.slots import BY_KEY, CUT, SIGNATURES, SLOTS, TITLES

if TYPE_CHECKING:
    import pandas as pd


class ClaimError(Exception):
    """A claim form can't be made; the text says what to do and holds no value of the case."""


@dataclass(frozen=True, slots=True)
class BoxProblem:
    """What does not fit about one box.

    Parameters
    ----------
    box
        Number of the box, such as `24D`; `payer` for the address above the form.
    what
        What is wrong, without the value itself.
    right
        What would be right, and where to enter it.
    stops
        Whether the form should not be sent like that; else it is something to look at.
    """

    box: str
    what: str
    right: str
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the form: its value, or why it is empty."""

    number: str
    title: str
    value: str = field(repr=False)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form; a claim with more than six service lines needs several.

    Parameters
    ----------
    values
        Key of a place (`tmjkit.packet.claim.slots`) to what stands there; never empty.
    empty
        Number of a box to why nothing stands in it.
    """

    values: Mapping[str, str] = field(repr=False)
    empty: Mapping[str, str] = field(repr=False)

    def boxes(self) -> Iterator[Box]:
        """Yield every box of the form in its order; signature boxes are always empty."""
        for number, title in TITLES.items():
            held = [slot for slot in SLOTS if slot.number == number and slot.key in self.values]
            if not held:
                yield Box(number, title, "", self.empty.get(number, _why(number)))
            elif number.startswith("24"):
                yield from self._lines(number, title)
            else:
                words = (slot.mark or self.values[slot.key] for slot in held)
                yield Box(number, title, " ".join(words))

    def _lines(self, number: str, title: str) -> Iterator[Box]:
        for line in range(1, 7):
            held = [
                slot
                for slot in SLOTS
                if slot.number == number
                and slot.key.startswith(f"24.{line}.")
                and slot.key in self.values
            ]
            if held:
                words = " ".join(self.values[slot.key] for slot in held)
                yield Box(f"{number}, line {line}", title, words)


def _why(number: str) -> str:
    if number in SIGNATURES:
        return "to be signed by hand: tmjkit never signs"
    if TITLES[number] == "Reserved":
        return "reserved by the form"
    return "not needed for this claim"


@dataclass(frozen=True, slots=True)
class Cms1500:
    """The form CMS-1500 (02/12) of one claim.

    Parameters
    ----------
    claim_id
        Id of the claim in the case.
    sheets
        The forms, one for each six service lines.
    problems
        What does not fit, in the order of the boxes.
    """

    claim_id: str
    sheets: tuple[Sheet, ...]
    problems: tuple[BoxProblem, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether nothing stops it from being sent."""
        return not any(problem.stops for problem in self.problems)

    def table(self) -> "pd.DataFrame":
        """Return a row for each box: `form`, `box`, `title`, `value`, `why_empty`."""
        import pandas as pd  # noqa: PLC0415 -- heavy

        rows = [
            (number, box.number, box.title, box.value, box.why)
            for number, sheet in enumerate(self.sheets, 1)
            for box in sheet.boxes()
        ]
        return pd.DataFrame(rows, columns=["form", "box", "title", "value", "why_empty"])


def check_lengths(values: Mapping[str, str]) -> Iterator[BoxProblem]:
    """Yield what is longer than its place."""
    for key, text in values.items():
        slot = BY_KEY[key]
        if len(text) <= slot.length:
            continue
        what = f"{slot.title}: {len(text)} characters, and the box takes {slot.length}"
        if key in CUT:
            right = "It is cut on paper. Shorten it in the case where the cut loses something."
            yield BoxProblem(slot.number, what, right, stops=False)
        else:
            right = "Correct it in the case: what is too long is not printed, as a part is wrong."
            yield BoxProblem(slot.number, what, right)
