"""Facts that a letter needs and the case does not hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact that is missing; a template sees it as false and empty.

    Parameters
    ----------
    what
        The fact, such as 'Member ID'.
    where
        Where to enter it, in words.
    record
        Id of the record that lacks it, or the name of the list that lacks a record.
    field
        Name of the field that is empty; empty where the whole record is missing.
    """

    what: str
    where: str
    record: str = ""
    field: str = ""

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[object]:
        return iter(())

    @property
    def shown(self) -> str:
        """The words that stand in a draft where the fact should be."""
        return f"[{self.what}: missing]"


class MissingFacts(ValueError):  # noqa: N818 -- it says what is so, as KeyError does
    """A letter can't be written because facts are missing.

    Its text names what is missing and where to enter it, and nothing about the patient.

    Attributes
    ----------
    gaps
        Every missing fact, in the letter's order.
    """

    def __init__(self, gaps: Sequence[Gap]) -> None:
        self.gaps = tuple(gaps)
        listed = "; ".join(f"{gap.what} ({gap.where})" for gap in self.gaps)
        count = "1 fact is" if len(self.gaps) == 1 else f"{len(self.gaps)} facts are"
        super().__init__(f"The letter can't be written yet, {count} missing: {listed}")


class LetterError(ValueError):
    """A letter that can't be made from what was asked for, or a template that is wrong."""
