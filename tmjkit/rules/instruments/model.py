"""What a questionnaire's answers come to: a score, its parts, and why there is none."""

from dataclasses import dataclass
from typing import Any

from tmjkit.case import PartialDate, QuestionnaireForm


@dataclass(frozen=True, slots=True)
class Subscore:
    """One part of a score, such as mastication of JFLS-20.

    Parameters
    ----------
    name
        Stable name, such as `mastication`.
    label
        The same in words.
    value
        The value, unrounded, in points of the subscale; None where there is none.
    answered, missing
        How many of its items were answered, and how many were not.
    because
        Why there is no value; empty where there is one.
    """

    name: str
    label: str
    value: float | None
    answered: int
    missing: int
    because: str = ""

    @property
    def prorated(self) -> bool:
        """Whether the value stands for items that were not answered as well."""
        return self.value is not None and self.missing > 0

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "name": self.name,
            "label": self.label,
            "value": self.value,
            "answered": self.answered,
            "missing": self.missing,
            "prorated": self.prorated,
            "because": self.because,
        }


@dataclass(frozen=True, slots=True)
class Score:
    """What one filled-in questionnaire comes to.

    Parameters
    ----------
    form
        Which questionnaire, and which version.
    record
        Id of the questionnaire in the case.
    date
        When it was filled in; None where that is not recorded.
    value
        The score, unrounded; for the Graded Chronic Pain Scale the grade, 0 to 4. None where the
        scale's own rule gives none.
    maximum
        The largest value that the score can have; the least is 0. Higher is worse.
    parts
        The subscales, and whatever else the scale gives.
    word
        Its severity or grade in words; empty where no cut-off was agreed on or there is no score.
    cutoffs
        Source of the word's cut-offs; empty where there is no word.
    answered, missing
        How many items were answered, and how many were not. The items that the scale does not
        score count as well.
    prorated
        Whether the value stands for items that were not answered as well.
    because
        Why there is no value; empty where there is one.
    notes
        What whoever reads the score must know.
    contradictory
        Whether the answers contradict each other.
    facts
        Ids of the facts that it rests on.
    """

    form: QuestionnaireForm
    record: str
    date: PartialDate | None
    value: float | None
    maximum: float
    parts: tuple[Subscore, ...] = ()
    word: str = ""
    cutoffs: str = ""
    answered: int = 0
    missing: int = 0
    prorated: bool = False
    because: str = ""
    notes: tuple[str, ...] = ()
    contradictory: bool = False
    facts: tuple[str, ...] = ()

    def part(self, name: str) -> Subscore:
        """Return the part of that name.

        Raises
        ------
        KeyError
            When the form has no such part.
        """
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(f"{self.form.label} has no part '{name}'")

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold: dates as written down, choices as their codes."""
        return {
            "form": self.form.value,
            "record": self.record,
            "date": str(self.date) if self.date else None,
            "value": self.value,
            "maximum": self.maximum,
            "parts": [part.as_json() for part in self.parts],
            "word": self.word,
            "cutoffs": self.cutoffs,
            "answered": self.answered,
            "missing": self.missing,
            "prorated": self.prorated,
            "because": self.because,
            "notes": list(self.notes),
            "contradictory": self.contradictory,
            "facts": list(self.facts),
        }


@dataclass(frozen=True, slots=True)
class Grading:
    """What a single number means by published cut points.

    Parameters
    ----------
    word
        The grade in a word; empty where the source gives none for this number.
    says
        What it means, or why there is no word, in a sentence.
    facts
        Ids of the facts that it rests on.
    """

    word: str
    says: str
    facts: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {"word": self.word, "says": self.says, "facts": list(self.facts)}
