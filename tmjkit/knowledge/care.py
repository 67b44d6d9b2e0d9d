"""Care that a guideline recommends, in the kinds of treatment of a case file."""

from typing import Self

from pydantic import Field, model_validator

from tmjkit.knowledge.part import KnowledgePart, Text


class Care(KnowledgePart):
    """One kind of care that a guideline recommends."""

    name: Text = Field(description="The care, in words.")
    kinds: tuple[Text, ...] = Field(
        min_length=1, description="Kinds of treatment in a case file that are this care."
    )
    supervised: bool = Field(default=False, description="Whether a therapist gives it, in person.")
    only_with_therapist: tuple[Text, ...] = Field(
        (),
        description="Those of the kinds that count only where a therapist or sessions are "
        "recorded, because people also do them alone.",
    )
    also_without_therapist: tuple[Text, ...] = Field(
        (), description="Further kinds that count where neither is recorded: done at home."
    )

    @model_validator(mode="after")
    def _narrows(self) -> Self:
        if not set(self.only_with_therapist) <= set(self.kinds):
            raise ValueError("only_with_therapist should name some of the kinds")
        return self
