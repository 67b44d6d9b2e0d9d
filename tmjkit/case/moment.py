"""Times of day: kept as a clock on a wall shows them, with the zone that the wall stands in."""

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, StringConstraints


def _known_zone(value: str) -> str:
    if value:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(
                "should be a time zone of the IANA list, such as America/New_York"
            ) from None
    return value


TimeZone = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=300),
    AfterValidator(_known_zone),
]
"""Name of a time zone in the IANA list, such as America/New_York; empty where unknown."""
