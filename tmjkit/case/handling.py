"""Who looks after a case, and whether it is closed."""

import datetime as dt
from collections.abc import Sequence
from typing import Self

from pydantic import Field, model_validator

from tmjkit.case.base import Record, id_field
from tmjkit.case.choice import Choice
from tmjkit.case.dates import Day
from tmjkit.case.part import Line, RecordId


class ClosedReason(Choice):
    """Why a case was closed."""

    TREATED = "treated", "Approved, and the treatment is done"
    PAID = "paid", "The payer has paid"
    WITHDRAWN = "withdrawn", "The patient does not want to go on"
    EXHAUSTED = "exhausted", "No appeal or review is left"
    SELF_PAY = "self-pay", "The patient pays, or somebody else does"
    MOVED = "moved", "Another clinic or advocate goes on with it"
    DUPLICATE = "duplicate", "The case was begun twice"
    OTHER = "other", "Another reason"


class Handling(Record):
    """From a day on: who looks after the case, or that it is closed, or open again."""

    id: RecordId = id_field("handling")
    date: Day = Field(description="Day from which it holds.")
    owner: Line = Field("", description="Who looks after the case from that day on.")
    closed: ClosedReason | None = Field(
        None, description="Why nothing is left to do; the case is closed from that day on."
    )
    reopened: bool = Field(
        default=False, description="Whether the closed case is open again from that day on."
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.closed is not None and self.reopened:
            raise ValueError("a case is either closed or open again on a day, not both")
        if not (self.owner or self.closed or self.reopened or self.note):
            raise ValueError("should name an owner, a reason for closing, or say: open again")
        return self

    @property
    def label(self) -> str:
        """What it says, in words."""
        said = [
            f"Closed: {self.closed.label}" if self.closed else "",
            "Open again" if self.reopened else "",
            f"Looked after by {self.owner}" if self.owner else "",
        ]
        return "; ".join(part for part in said if part) or "Handling"


def owner_of(handling: Sequence[Handling], today: dt.date | None = None) -> str:
    """Return who looks after the case: the newest that names one; empty when none does.

    Parameters
    ----------
    handling
        What is recorded; of two on one day the one written down last counts.
    today
        Leave out what holds from a later day on; None counts everything.
    """
    return next((item.owner for item in _newest_first(handling, today) if item.owner), "")


def closed_by(handling: Sequence[Handling], today: dt.date | None = None) -> Handling | None:
    """Return the record that closed the case; None when it is open.

    Parameters
    ----------
    handling, today
        As in `owner_of`.
    """
    decides = (item for item in _newest_first(handling, today) if item.closed or item.reopened)
    newest = next(decides, None)
    return newest if newest is not None and newest.closed else None


def _newest_first(handling: Sequence[Handling], today: dt.date | None) -> list[Handling]:
    held = [item for item in handling if today is None or item.date <= today]
    # sorted() is stable: reversed, the one written down last comes first within a day.
    return sorted(held, key=lambda item: item.date)[::-1]
