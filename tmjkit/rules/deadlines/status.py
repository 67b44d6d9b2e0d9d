"""Where a clock stands on a day, said no more surely than the dates allow."""

from datetime import date

from tmjkit.case import DateRange, PartialDate
from tmjkit.rules.deadlines.run import Bound
from tmjkit.rules.deadlines.span import words
from tmjkit.rules.model import Status


def judge(
    due: DateRange, today: date, *, sent: PartialDate | None = None, bound: Bound = "exact"
) -> tuple[Status, str]:
    """Tell where a clock of ours stands, and why in words.

    Parameters
    ----------
    due
        First and last day that can be the last day.
    today
        The day to judge by.
    sent
        When the duty was done; None while it was not.
    bound
        How `due` may be off; see `Run.bound`.
    """
    if sent is not None:
        return _judge_sent(due, sent, bound)
    if today <= due.earliest:
        return Status.RUNNING, _RUNNING[bound]
    if bound == "earliest":
        return Status.CANNOT_START, (
            "the safe date has passed, and the day of receipt is not recorded: enter it, because "
            "the time counts from it and may still run"
        )
    last = words(due.latest)
    if today <= due.latest:
        return Status.RUNNING, (
            f"the safe date has passed; the last day that the dates allow is {last}"
        )
    return Status.MISSED, f"nothing is recorded as done by {last}"


_RUNNING: dict[Bound, str] = {
    "exact": "",
    "earliest": "the day of receipt is not recorded, so this is the safe, earlier date",
    "latest": "the State may allow less time: the notice says how much",
}


def _judge_sent(due: DateRange, sent: PartialDate, bound: Bound) -> tuple[Status, str]:
    said = f"sent on {sent.words()}" if sent.exact else f"sent in {sent.words()}"
    if sent.latest <= due.earliest and bound != "latest":
        return Status.MET, said
    if sent.earliest > due.latest and bound != "earliest":
        return Status.MISSED, f"{said}, after the last day"
    return Status.UNCLEAR, f"{said}; the dates on record do not show whether that was in time"


def judge_theirs(
    due: DateRange,
    today: date,
    *,
    done: PartialDate | None = None,
    bound: Bound = "exact",
    verb: str = "decided",
) -> tuple[Status, str]:
    """Tell where a clock of theirs stands: late only where no reading of the dates is in time.

    Parameters
    ----------
    due, today, bound
        As in `judge`. With the bound "earliest" the day on which they got it is not recorded.
    done
        When they did it; None while they did not.
    verb
        What they did, such as 'decided'.
    """
    if done is not None:
        said = f"{verb} on {done.words()}" if done.exact else f"{verb} in {done.words()}"
        if done.latest <= due.earliest:
            return Status.MET, said
        if done.earliest > due.latest and bound == "exact":
            return Status.MISSED, f"{said}, after the last day"
        return Status.UNCLEAR, f"{said}; the dates on record do not show whether that was in time"
    if today <= due.earliest:
        return Status.RUNNING, "" if bound == "exact" else _NO_RECEIPT
    return _overdue(due, today, bound, verb)


def _overdue(due: DateRange, today: date, bound: Bound, verb: str) -> tuple[Status, str]:
    if bound == "earliest":
        return Status.CANNOT_START, (
            f"nothing is recorded as {verb} by {words(due.latest)}, and the day on which they got "
            "it is not recorded: enter it, because their time counts from it"
        )
    if today <= due.latest:
        return Status.RUNNING, (
            f"expected by {words(due.earliest)}; they certainly are late after {words(due.latest)}"
        )
    return Status.MISSED, f"nothing is recorded as {verb} by {words(due.latest)}"


_NO_RECEIPT = "the day on which they got it is not recorded, so they may have longer"
