"""What a letter or form of an appeal has to hold, as a checklist."""

from pydantic import Field

from tmjkit.knowledge.part import KnowledgePart, Text


class Checklist(KnowledgePart):
    """The checklist of one letter or form."""

    letter: Text = Field(description="The letter or form.")
    signed_by: Text = Field(description="Who signs it.")
    holds: tuple[Text, ...] = Field(min_length=1, description="What it has to hold.")
    practice: tuple[Text, ...] = Field((), description="What makes it better.")
