"""A whole day as people type it: 2026-01-31, or 1/31/2026 as it is written in the US.

It is typed as text: a browser's own date field tells of a date that is half retyped as of none,
and a date that nobody meant to take away would be gone. What is only the beginning of a date reads
as no day here, so that nothing is saved while somebody is still typing.
"""

import datetime as dt
import re
from typing import Final

from tmjkit.language import ENGLISH, current

YEARS: Final = range(1880, 2101)
"""Years that a case can speak of; beyond them a year is a slip of the pen."""

_WRITTEN: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_AMERICAN: Final = re.compile(r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4})")


def day_of(typed: str) -> dt.date | None:
    """Return the day that was typed; None when it is none, or not finished.

    Where Spanish is spoken 5/12/2026 may be meant as the fifth of December, so that it is not read.
    """
    written = typed.strip()
    found = _WRITTEN.fullmatch(written)
    if found is None and current() == ENGLISH:
        found = _AMERICAN.fullmatch(written)
    if found is None or int(found["year"]) not in YEARS:
        return None
    try:
        return dt.date(*(int(found[part]) for part in ("year", "month", "day")))
    except ValueError:
        return None
