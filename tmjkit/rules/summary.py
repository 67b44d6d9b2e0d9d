"""The summary of a case with the next duty that the rules find, also those that the law sets."""

from dataclasses import replace
from datetime import date

from tmjkit.case import Case, CaseSummary
from tmjkit.rules.deadlines import deadlines
from tmjkit.rules.model import Whose


def summarize(case: Case, today: date) -> CaseSummary:
    """Sum a case up for a list: what is open and due next, what is ours first.

    Where nothing is ours, it is what the other side owes next. Tasks, promises and stated dates
    are among the deadlines, so they need no second look.
    """
    open_ones = [item for item in deadlines(case, today) if item.open and item.safe_date]
    if not open_ones:
        return replace(case.summary(), next_duty="", next_due="")
    first = min(open_ones, key=lambda item: (item.whose is not Whose.OURS, item.safe_date))
    due = first.safe_date.isoformat() if first.safe_date else ""
    return replace(case.summary(), next_duty=first.label, next_due=due)
