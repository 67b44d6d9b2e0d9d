"""Makes a deadline of what was worked out."""

from dataclasses import dataclass, replace
from datetime import date

from tmjkit.case import DateRange, PartialDate
from tmjkit.rules.deadlines.run import Bound, Run
from tmjkit.rules.deadlines.span import range_words, words
from tmjkit.rules.model import Deadline, Status, Whose


@dataclass(frozen=True)
class Days:
    """The days of a clock of ours before it is judged.

    `reason` says why they can't be worked out.
    """

    trigger: str = "the decision"
    trigger_date: PartialDate | None = None
    due: DateRange | None = None
    arithmetic: str = ""
    bound: Bound = "exact"
    because: str = ""
    reason: str = ""


def of_run(run: Run) -> Days:
    """Take over what a run worked out."""
    return Days(
        run.trigger, run.trigger_date, run.due, run.arithmetic, run.bound, because=run.because
    )


def as_stated(day: date) -> Days:
    """Return the days of a duty whose last day the notice states."""
    return Days(
        trigger="the last day that the notice states",
        due=DateRange(day, day),
        arithmetic=f"The notice states {words(day)}",
    )


def joined(days: Days, day: date | None) -> Days:
    """Join what the rule gives with what the notice states: the earlier is the safe one."""
    if day is None or days.due is None:
        return days
    # A State's own time lies within the longest that federal law lets it set.
    bound = "exact" if days.bound == "latest" and day <= days.due.latest else days.bound
    if days.due.earliest <= day <= days.due.latest:
        line = f"{days.arithmetic}; the notice states {words(day)}, which fits"
        return replace(days, arithmetic=line, bound=bound)
    return replace(
        days,
        due=DateRange(min(days.due.earliest, day), max(days.due.latest, day)),
        bound=bound,
        arithmetic=f"{days.arithmetic}; the notice states {words(day)}",
        because=sentences(
            days.because,
            f"the notice states {words(day)} and the rule gives {range_words(days.due)}: the two "
            "differ, so work to the earlier date",
        ),
    )


def sentences(*parts: str) -> str:
    """Join what is to be said, leaving out what is empty or said before."""
    return "; ".join(dict.fromkeys(part for part in parts if part))


def ours(
    rule: str,
    title: str,
    days: Days,
    status: tuple[Status, str],
    *,
    records: tuple[str, ...],
    facts: tuple[str, ...] = (),
) -> Deadline:
    """Make a duty of ours of its days and where it stands."""
    return Deadline(
        rule=rule,
        title=title,
        trigger=days.trigger,
        trigger_date=days.trigger_date,
        due=days.due,
        whose=Whose.OURS,
        status=status[0],
        because=sentences(days.because, status[1]),
        arithmetic=days.arithmetic,
        records=records,
        facts=facts,
    )
