"""A time limit in the values that a rule computes with."""

from typing import Self

from pydantic import Field, model_validator

from tmjkit.knowledge.part import KnowledgePart, Text
from tmjkit.knowledge.terms import CountedFrom


class Clock(KnowledgePart):
    """A time limit in the values that a rule computes with."""

    step: Text = Field(description="Which step it limits, such as 'first-appeal'.")
    name: Text = Field(description="What the regime calls that step, such as 'redetermination'.")
    days: int | None = Field(None, ge=1, le=3650, description="Length in calendar days.")
    months: int | None = Field(None, ge=1, le=120, description="Length in calendar months.")
    counted_from: CountedFrom = Field(alias="from", description="Event that starts it.")
    presumed_receipt: int | None = Field(
        None,
        ge=1,
        le=30,
        description="Days after the date on the notice when receipt is presumed; "
        "empty where the rule presumes nothing.",
    )
    at_most: bool = Field(
        default=False, description="Whether it is an upper limit that a State may shorten."
    )
    filed_as: tuple[Text, ...] = Field(
        min_length=1, description="Levels of appeal in a case file that count as this step."
    )

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if (self.days is None) == (self.months is None):
            raise ValueError("should give either days or months")
        if self.presumed_receipt is not None and self.counted_from is not CountedFrom.RECEIPT:
            raise ValueError("presumed_receipt should stand only with 'from: receipt'")
        return self

    @property
    def length(self) -> str:
        """The length in words."""
        return f"{self.days} days" if self.days else f"{self.months} calendar months"
