"""What a payer's document says about botulinum toxin or TMD, as far as it was read."""

from pydantic import Field

from tmjkit.knowledge.part import KnowledgePart, Text


class Stance(KnowledgePart):
    """A payer's stance in one document.

    It is no policy: policies change every few months and few could be read whole, so that
    whoever meets it gets the payer's current text before relying on it.
    """

    payer: Text = Field(description="Who published it.")
    document: Text = Field(description="Title and number of the document.")
    says: Text = Field(description="What it says, as far as it was read.")
    effective: str = Field("", description="Day or year from which it holds, where that was read.")
