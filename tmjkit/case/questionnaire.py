"""Answers to questionnaires, item by item; the scores follow from them by rules."""

from dataclasses import dataclass
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from tmjkit.case.base import Record, id_field
from tmjkit.case.choice import Choice
from tmjkit.case.dates import PartialDate
from tmjkit.case.part import RecordId
from tmjkit.case.purpose import Purpose, purpose_field

MISSING: Final = "-"
"""What stands for an item that was not answered. It is missing, never zero."""

Answer = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^([0-9]{1,3}|-)$")]


class QuestionnaireForm(Choice):
    """Questionnaires whose items are kept; versions differ in items and are never mixed."""

    GCPS_2 = "gcps-2", "Graded Chronic Pain Scale 2.0 (one month)"
    GCPS_1 = "gcps-1", "Graded Chronic Pain Scale 1.0 (six months)"
    JFLS_8 = "jfls-8", "Jaw Functional Limitation Scale, 8 items"
    JFLS_20 = "jfls-20", "Jaw Functional Limitation Scale, 20 items"
    PHQ_4 = "phq-4", "PHQ-4"
    GAD_7 = "gad-7", "GAD-7"
    OBC = "obc", "Oral Behaviors Checklist"


@dataclass(frozen=True)
class Items:
    """The largest whole number that each item of a form can be answered with; the least is 0."""

    maximum: tuple[int, ...]
    source: str


_MANUAL: Final = "Ohrbach R, Knibbe W, DC/TMD Scoring Manual for Self-Report Instruments, 2021"

ITEMS: Final[dict[QuestionnaireForm, Items]] = {
    # Days with pain in six months, three pain items, disability days in a month, interference.
    QuestionnaireForm.GCPS_2: Items((180, 10, 10, 10, 30, 10, 10, 10), _MANUAL),
    QuestionnaireForm.GCPS_1: Items(
        (10, 10, 10, 180, 10, 10, 10), "Von Korff M et al., Pain 1992;50:133-149"
    ),
    QuestionnaireForm.JFLS_8: Items((10,) * 8, _MANUAL),
    QuestionnaireForm.JFLS_20: Items((10,) * 20, _MANUAL),
    QuestionnaireForm.PHQ_4: Items((3,) * 4, "Kroenke K et al., Psychosomatics 2009;50:613-621"),
    QuestionnaireForm.GAD_7: Items(
        (3,) * 7, "Spitzer RL et al., Arch Intern Med 2006;166:1092-1097"
    ),
    QuestionnaireForm.OBC: Items((4,) * 21, _MANUAL),
}


class Questionnaire(Record):
    """One filled-in questionnaire."""

    id: RecordId = id_field("questionnaire")
    form: QuestionnaireForm = Field(description="Which questionnaire, and which version.")
    purpose: Purpose = purpose_field("Concerns")
    date: PartialDate | None = Field(None, description="When it was filled in.")
    answers: tuple[Answer, ...] = Field(
        min_length=1,
        description="The number of each answer in the order of the items; a dash for one that "
        "was not answered.",
    )
    performer_id: RecordId | None = Field(
        None, title="Given by", description="Id of the provider in this case who gave it."
    )

    @model_validator(mode="after")
    def _fits_the_form(self) -> Self:
        limits = ITEMS[self.form].maximum
        if len(self.answers) != len(limits):
            raise ValueError(
                f"{self.form.label} has {len(limits)} items: give {len(limits)} answers, with a "
                "dash for one that was not answered"
            )
        for place, (answer, limit) in enumerate(zip(self.answers, limits, strict=True), 1):
            if answer != MISSING and int(answer) > limit:
                raise ValueError(f"answer {place} should be a whole number from 0 to {limit}")
        return self

    @property
    def values(self) -> tuple[int | None, ...]:
        """The answers as numbers, None for one that is missing."""
        return tuple(None if answer == MISSING else int(answer) for answer in self.answers)

    @property
    def label(self) -> str:
        """Which questionnaire it is, in words."""
        return self.form.label
