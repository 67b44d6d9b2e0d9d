"""The change in a score that counts, as a study or a consensus gives it."""

from typing import Self

from pydantic import Field, model_validator

from tmjkit.knowledge.part import KnowledgePart, Text
from tmjkit.knowledge.terms import Term


class Benefit(Term):
    """How much a change means to the person who has it."""

    MINIMAL = "minimal", "smallest change that patients notice"
    MODERATE = "moderate", "moderate improvement"
    SUBSTANTIAL = "substantial", "substantial improvement"


class Difference(KnowledgePart):
    """A size of change in a score, in its own unit or in percent of the value before.

    Where the source gives a range, `least` is its lower end; a change within the range is neither
    called reached nor missed.
    """

    scales: tuple[Text, ...] = Field(
        min_length=1, description="Names of the scales that it is about, such as 'nrs-pain'."
    )
    benefit: Benefit = Field(description="What reaching it means.")
    amount: float = Field(gt=0, le=100, description="Size of the change; the upper end of a range.")
    least: float | None = Field(None, ge=0, description="Lower end, where the source gives one.")
    unit: Text = Field(description="The scale's own unit, or '%' of the value before.")
    limit: str = Field("", description="What must be said whenever a change is held against it.")

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.least is not None and self.least >= self.amount:
            raise ValueError("least should be smaller than amount")
        return self

    @property
    def relative(self) -> bool:
        """Whether it is in percent of the value before."""
        return self.unit == "%"

    @property
    def words(self) -> str:
        """The size in words, such as '0 to 1.9 points' or '30%'."""
        lower = "" if self.least is None else f"{self.least:g} to "
        return f"{lower}{self.amount:g}{'%' if self.relative else f' {self.unit}'}"
