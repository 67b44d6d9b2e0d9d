"""What a record is about: the jaw, or something else that a payer need not read."""

from typing import Any

from pydantic import Field

from tmjkit.case.choice import Choice


class Purpose(Choice):
    """What a finding or care was for; a record from elsewhere may leave that open."""

    JAW = "jaw", "For the jaw"
    OTHER = "other", "For something else"
    UNKNOWN = "unknown", "Not stated"


def purpose_field(title: str = "Given for") -> Any:
    """Make the `purpose` field of a record."""
    return Field(
        Purpose.JAW,
        title=title,
        description="What it was for; letters and findings use only what is for the jaw.",
    )
