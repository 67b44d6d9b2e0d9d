"""Findings about time: every clock that is open or was judged unclear."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from tmjkit.rules.deadlines.clock import words
from tmjkit.rules.model import Deadline, Finding, Severity, Status, Whose

SOON_DAYS: Final = 30
"""A clock is due soon within so many days; longer than the first alarm of the calendar file."""

_WHERE: Final = {
    "deadline.internal-appeal": "Write the letter, send it so that it arrives before that day, "
    "keep the proof, and enter the day sent under Appeals.",
    "deadline.next-appeal": "Read the decision, and enter an appeal of the next level with its "
    "last day under Appeals.",
    "deadline.appeal-as-stated": "Send it so that it arrives before that day, keep the proof, and "
    "enter the day sent under Appeals.",
    "deadline.task": "Do it and enter the day under Tasks, or give it another day.",
    "deadline.promise": "Ask, and mark the promise as kept or not under Contacts.",
}
_LATE_APPEAL: Final = (
    "If it was sent, enter the day under Appeals. If not, read the notice and ask the payer at "
    "once, in writing, whether it still accepts the appeal."
)


def time_findings(found: Iterable[Deadline], today: date) -> Iterator[Finding]:
    """Yield a finding for each clock that someone has to act on, under the clock's own rule id.

    Sources: those of the clock; see `tmjkit.rules.deadlines`.
    """
    for item in found:
        if item.open or item.status is Status.UNCLEAR:
            yield Finding(
                rule=item.rule,
                severity=_severity(item, today),
                what=_what(item, today),
                why=_why(item),
                where=_where(item),
                due=item.safe_date if item.open else None,
                records=item.records,
                facts=item.facts,
            )


def _severity(item: Deadline, today: date) -> Severity:
    if item.status is Status.UNCLEAR:
        return Severity.WEAK
    if item.status is Status.MISSED:
        return Severity.OVERDUE
    if item.safe_date is None:
        return Severity.MISSING
    return Severity.DUE if (item.safe_date - today).days <= SOON_DAYS else Severity.NOTE


def _what(item: Deadline, today: date) -> str:
    if item.safe_date is None or item.status is Status.UNCLEAR:
        return f"{item.label}: {item.status.label[0].lower()}{item.status.label[1:]}"
    days = (item.safe_date - today).days
    day = words(item.safe_date)
    if item.status is Status.MISSED:
        late = "promised for" if item.whose is Whose.THEIRS else "the last day was"
        return f"{item.label}: {late} {day}"
    if days < 0:
        return f"{item.label}: the safe date, {day}, has passed"
    left = "today" if days == 0 else f"{days} day{'s' if days > 1 else ''} left"
    by = ": promised for" if item.whose is Whose.THEIRS else " by"
    return f"{item.label}{by} {day}, {left}"


def _why(item: Deadline) -> str:
    parts = (part for part in (item.arithmetic, item.because) if part)
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts)


def _where(item: Deadline) -> str:
    if item.status is Status.UNCLEAR:
        return "Enter the exact days, and keep the proof of sending with the case."
    late = item.status is Status.MISSED and item.rule in (
        "deadline.internal-appeal",
        "deadline.next-appeal",
        "deadline.appeal-as-stated",
    )
    return _LATE_APPEAL if late else _WHERE[item.rule]
