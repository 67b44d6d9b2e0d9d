"""A time limit in the values that a rule computes with."""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tmjkit.knowledge.part import KnowledgePart, Text
from tmjkit.knowledge.terms import CountedFrom, Matter, MonthRule, Roll, Urgency

Count = Annotated[int, Field(ge=1, le=3650)]


class Target(KnowledgePart):
    """An earlier day to work to, where a source prints less time than the rule gives."""

    days: Count = Field(description="Days from the date on the notice.")
    why: Text = Field(description="Why it is safer, as the end of a sentence.")
    unless_not_grandfathered: bool = Field(
        default=False,
        description="Whether it falls away where the plan is known not to be grandfathered.",
    )


class Clock(KnowledgePart):
    """A time limit in the values that a rule computes with.

    One of `hours`, `days`, `business_days` and `months` gives its length; `longest`, in the same
    unit, says that a State or a plan may give up to so much.
    """

    step: Text = Field(description="Which step it limits, such as 'first-appeal'.")
    name: Text = Field(description="What the regime calls that step, such as 'redetermination'.")
    whose: Literal["ours", "theirs"] = Field("ours", description="Whose duty it is.")
    hours: Annotated[int, Field(ge=1, le=720)] | None = Field(None, description="Length in hours.")
    days: Count | None = Field(None, description="Length in calendar days.")
    business_days: Annotated[int, Field(ge=1, le=365)] | None = Field(
        None, description="Length in business days: no Saturday, Sunday or federal holiday."
    )
    months: Annotated[int, Field(ge=1, le=120)] | None = Field(
        None, description="Length in calendar months."
    )
    longest: Count | None = Field(
        None, description="The most that a State or plan may give, in the same unit."
    )
    counted_from: CountedFrom = Field(alias="from", description="Event that starts it.")
    presumed_receipt: int | None = Field(
        None,
        ge=1,
        le=30,
        description="Days after the date on the notice when receipt is presumed; "
        "empty where the rule presumes nothing.",
    )
    roll: Roll = Field(Roll.NONE, description="What becomes of a last day on a weekend or holiday.")
    month_rule: MonthRule = Field(
        MonthRule.LAST_DAY, description="Where months end that have no corresponding day."
    )
    at_most: bool = Field(
        default=False, description="Whether it is an upper limit that a State may shorten."
    )
    after: tuple[Text, ...] = Field(
        (), description="Levels of the decision after which the step is open."
    )
    filed_as: tuple[Text, ...] = Field(
        (), description="Levels of appeal in a case file that count as this step."
    )
    direct_for: tuple[Text, ...] = Field(
        (),
        description="Kinds of reason, or 'expedited', for which no appeal comes first.",
    )
    about: tuple[Matter, ...] = Field((), description="What it decides; empty for everything.")
    urgency: Urgency | None = Field(None, description="Which urgency it is for; empty for both.")
    levels: Literal[1, 2] | None = Field(
        None, description="Number of internal appeals of the plan that it is for."
    )
    codes: tuple[Text, ...] = Field((), description="Codes of the service that it is limited to.")
    perhaps: bool = Field(
        default=False, description="Whether it is open that it reaches an injection in the office."
    )
    channels: tuple[Text, ...] = Field((), description="Channels of a request it is limited to.")
    since: dt.date | None = Field(None, description="First day of an event that it holds for.")
    before: dt.date | None = Field(None, description="It holds for events before that day only.")
    extension_days: Count | None = Field(
        None, description="Days by which the payer may extend it once, with a notice in time."
    )
    tolls: bool = Field(
        default=False,
        description="Whether it stands still from the notice of an extension that asks for "
        "information until the answer.",
    )
    then_hours: Annotated[int, Field(ge=1, le=720)] | None = Field(
        None,
        description="Hours within which an urgent decision follows the answer, or the end of the "
        "time for it.",
    )
    target: Target | None = Field(None, description="An earlier day to work to.")
    if_late: tuple[Text, ...] = Field(
        (), description="Facts that say what a payer's lateness opens; those that apply are shown."
    )
    opens: Text | None = Field(None, description="Step that a payer's lateness opens.")
    anyone: bool = Field(
        default=False, description="Whether it binds whoever holds the papers, under any plan."
    )

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        lengths = (self.hours, self.days, self.business_days, self.months)
        if sum(length is not None for length in lengths) != 1:
            raise ValueError("should give one of hours, days, business_days and months")
        if self.presumed_receipt is not None and self.counted_from is not CountedFrom.RECEIPT:
            raise ValueError("presumed_receipt should stand only with 'from: receipt'")
        if self.longest is not None and self.longest <= self.amount:
            raise ValueError("longest should be more than the length")
        if self.step == "first-appeal" and not self.filed_as:
            raise ValueError("filed_as should name the levels of appeal that count as this step")
        if self.since and self.before and self.since >= self.before:
            raise ValueError("since should lie before 'before'")
        return self

    @property
    def amount(self) -> int:
        """The length as a number of its unit."""
        return self.hours or self.days or self.business_days or self.months or 0

    @property
    def length(self) -> str:
        """The length in words."""
        return f"{self.amount} {self.unit}{'s' if self.amount > 1 else ''}"

    @property
    def unit(self) -> str:
        """The unit of the length in words, for one of it."""
        if self.hours:
            return "hour"
        if self.days:
            return "day"
        return "business day" if self.business_days else "calendar month"
