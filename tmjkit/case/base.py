"""What all records of a case have in common."""

import secrets
from typing import Any

from pydantic import Field

from tmjkit.case.part import Note, Part, RecordId
from tmjkit.case.source import Source


def new_id(kind: str) -> str:
    """Make an opaque id: it says what kind of record it is and nothing about the patient.

    Random, so that two people who add to one case at the same time never give two records the
    same id.
    """
    return f"{kind}-{secrets.token_hex(8)}"


def id_field(kind: str) -> Any:
    """Make the `id` field of a record of this kind, filled with a new id when left out."""
    return Field(
        default_factory=lambda: new_id(kind),
        description="Opaque id, unique in the case; made when left out.",
    )


class Record(Part):
    """One thing that is known about a case, with how it is known."""

    id: RecordId = id_field("record")
    sources: tuple[Source, ...] = Field(
        (), description="Where this is written or who said it; empty means undocumented."
    )
    note: Note = Field("", description="Anything else worth keeping, in free words.")

    @property
    def documented(self) -> bool:
        """Whether the record says how it is known."""
        return bool(self.sources)
