"""The base of every piece of the knowledge base."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
State = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class KnowledgePart(BaseModel):
    """Frozen, and without fields that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
