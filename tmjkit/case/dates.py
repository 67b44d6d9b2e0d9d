"""Dates as people remember them: a day, a month or only a year.

A partial date is never filled up with an invented day. Arithmetic on it gives the range of
days that it can mean, and whoever needs one day takes the end of the range that is safe.
The written form is FHIR's `date`: YYYY, YYYY-MM or YYYY-MM-DD
(https://hl7.org/fhir/R4/datatypes.html#date).
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, NamedTuple, Self

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

ACCEPTED = "a date as YYYY-MM-DD, or YYYY-MM or YYYY where only that is known"

_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_FIRST_YEAR, _LAST_YEAR = 1880, 2100


Day = Annotated[date, Field(ge=date(_FIRST_YEAR, 1, 1), le=date(_LAST_YEAR, 12, 31))]
"""A whole date within the years that a case can speak of."""


class DateRange(NamedTuple):
    """The first and the last day that something can mean, both included."""

    earliest: date
    latest: date

    @property
    def exact(self) -> bool:
        """Whether both ends are the same day."""
        return self.earliest == self.latest


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date of which the day, or the month and the day, may be unknown.

    Parameters
    ----------
    year
        1 to 9999; `parse` takes 1880 to 2100, beyond which a year is a slip of the pen.
    month
        1 to 12, or None where unknown.
    day
        1 to the month's length, or None where unknown.

    Raises
    ------
    ValueError
        When there is no such date.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None:
            if self.day is not None:
                raise ValueError("a day needs a month")
        else:
            date(self.year, self.month, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read YYYY, YYYY-MM or YYYY-MM-DD.

        Raises
        ------
        ValueError
            When the text is something else or no such day exists.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"should be {ACCEPTED}")
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None  # noqa: S101 -- the pattern always holds a year
        try:
            return cls(year, month, day)._plausible()
        except ValueError as problem:
            raise ValueError(f"should be {ACCEPTED}: {problem}") from None

    def _plausible(self) -> Self:
        if not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            raise ValueError(f"the year should be from {_FIRST_YEAR} to {_LAST_YEAR}")
        return self

    @classmethod
    def of(cls, day: date) -> Self:
        """Make the exact partial date of a calendar day."""
        return cls(day.year, day.month, day.day)

    @property
    def earliest(self) -> date:
        """The first day that this can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that this can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.day is not None

    @property
    def range(self) -> DateRange:
        """Every day that this can mean, as first and last."""
        return DateRange(self.earliest, self.latest)

    def plus_days(self, days: int) -> DateRange:
        """Return the range of days that lie `days` calendar days later."""
        shift = timedelta(days=days)
        return DateRange(self.earliest + shift, self.latest + shift)

    def days_until(self, later: "PartialDate") -> tuple[int, int]:
        """Return the smallest and largest number of days from this date to a later one."""
        return (later.earliest - self.latest).days, (later.latest - self.earliest).days

    def __str__(self) -> str:
        parts = (f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part))
        return "-".join(parts)

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.earliest, self.latest) < (other.earliest, other.latest)

    def words(self) -> str:
        """Return the date as an American letter writes it: 'March 5, 2024', 'March 2024'."""
        if self.month is None:
            return str(self.year)
        name = calendar.month_name[self.month]
        return f"{name} {self.year}" if self.day is None else f"{name} {self.day}, {self.year}"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Let pydantic read it from text or a date, and write it as text."""
        return core_schema.no_info_plain_validator_function(
            cls._validate,
            serialization=core_schema.to_string_ser_schema(),
            json_schema_input_schema=core_schema.str_schema(pattern=_WRITTEN.pattern),
        )

    @classmethod
    def _validate(cls, value: object) -> Self:
        if isinstance(value, cls):
            return value
        if type(value) is date:
            return cls.of(value)._plausible()
        if isinstance(value, str):
            return cls.parse(value)
        raise ValueError(f"should be {ACCEPTED}")
