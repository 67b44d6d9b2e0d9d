"""The base of every piece of a case, and the kinds of text in it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

RecordId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$", strip_whitespace=True)
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20000)]


class Part(BaseModel):
    """A piece of a record: frozen, without unknown fields, silent about values in errors."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False
    )
