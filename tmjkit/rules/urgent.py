"""Findings about time: what someone has to act on, ours and theirs.

A payer's clock that merely runs is good to know and no more, and only the decision itself is told
of, not the smaller clocks on the way to it. What a late payer's lateness opens stands in the same
finding as the lateness.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from tmjkit.rules.deadlines.span import words
from tmjkit.rules.model import Deadline, Finding, Severity, Status, Whose

SOON_DAYS: Final = 30
"""A clock is due soon within so many days; longer than the first alarm of the calendar file."""

_SEND: Final = "send it so that it arrives before that day, keep the proof, and enter the day sent"
_LETTER: Final = f"Write the letter, {_SEND} under Appeals."
_ENTER: Final = "Send it in time, keep the proof, and enter it"
_WHERE: Final = {
    "deadline.internal-appeal": _LETTER,
    "deadline.expedited-appeal": _LETTER,
    "deadline.fair-hearing": "Ask in the way that the decision says, and enter the day under "
    "Appeals, as a State fair hearing.",
    "deadline.next-appeal": "Read the decision, and enter an appeal of the next level with its "
    "last day under Appeals.",
    "deadline.silent-payer": f"{_ENTER} under Appeals, as external review.",
    "deadline.external-review": "Use the form that the decision names, send it in time, keep the "
    "proof, and enter the day under Appeals, as external or independent review.",
    "deadline.external-review-expedited": "Talk it over with the clinician; if it is meant for "
    "this, ask by telephone, and enter it under Appeals.",
    "deadline.continue-benefits": "Talk the risk over with the patient; if they want it, ask in "
    "writing, and tick Continues benefits in the appeal.",
    "deadline.ongoing-course": f"{_ENTER} under Appeals.",
    "deadline.deemed-exhaustion": "Write to the payer that it is late, name the rule and the day, "
    "and ask what it says to that; then take the step that is open, or talk it over with a lawyer.",
    "deadline.cure": "Send what is asked for with the payer's reference, keep the proof, and enter "
    "the day in the extension, Answered.",
    "deadline.external-information": "Send it to the reviewer, and note it under Contacts.",
    "deadline.claim": "Send the claim, keep the proof, and enter the day under Claims.",
    "deadline.appeal-as-stated": "Send it so that it arrives before that day, keep the proof, and "
    "enter the day sent under Appeals.",
    "deadline.task": "Do it and enter the day under Tasks, or give it another day.",
    "deadline.promise": "Ask, and mark the promise as kept or not under Contacts.",
}
_LATE_APPEAL: Final = (
    "If it was sent, enter the day under Appeals. If not, read the notice and ask the payer at "
    "once, in writing, whether it still accepts the appeal."
)
_APPEALS: Final = frozenset(
    {
        "deadline.internal-appeal",
        "deadline.expedited-appeal",
        "deadline.next-appeal",
        "deadline.fair-hearing",
        "deadline.external-review",
        "deadline.silent-payer",
        "deadline.appeal-as-stated",
    }
)
_LATE_PAYER: Final = (
    "Call with the reference number, ask when it was received and decided, and note the answer "
    "under Contacts. If it was decided, enter that under Determinations. If not, say in writing "
    "that the time is over, and complain to the office that supervises the plan."
)
_LATE_PAPERS: Final = (
    "Ask again in writing, name the day of the first request, and enter what comes under Papers."
)
# The decisions themselves; the clocks on the way to them show in the list of deadlines.
_DECISIONS: Final = frozenset(
    {
        "deadline.decision",
        "deadline.drug-decision",
        "deadline.appeal-decision",
        "deadline.external-decision",
        "deadline.hearing-decision",
    }
)
_PAPERS: Final = frozenset(
    {
        "deadline.records",
        "deadline.plan-documents",
        "deadline.claim-file",
        "deadline.explanation",
        "deadline.papers",
    }
)


def time_findings(found: Iterable[Deadline], today: date) -> Iterator[Finding]:
    """Yield a finding for each clock that someone has to act on, under the clock's own rule id.

    Sources: those of the clock; see `tmjkit.rules.deadlines`.
    """
    clocks = tuple(found)
    opened = {item.records: item for item in clocks if item.rule == "deadline.deemed-exhaustion"}
    late = {item.records for item in clocks if item.open and _theirs_missed(item)}
    for item in clocks:
        if item.whose is Whose.OURS or item.rule == "deadline.promise":
            told = item.rule == "deadline.deemed-exhaustion" and item.records in late
            if (item.open or item.status is Status.UNCLEAR) and not told:
                yield _ours(item, today)
        elif item.open:
            yield from _theirs(item, opened.get(item.records), today)


def _theirs_missed(item: Deadline) -> bool:
    return item.whose is Whose.THEIRS and item.status is Status.MISSED


def _ours(item: Deadline, today: date) -> Finding:
    return Finding(
        rule=item.rule,
        severity=_severity(item, today),
        what=_what(item, today),
        why=_why(item),
        where=_where(item),
        due=item.safe_date if item.open else None,
        records=item.records,
        facts=item.facts,
    )


def _theirs(item: Deadline, opened: Deadline | None, today: date) -> Iterator[Finding]:
    day = item.safe_date
    if item.status is Status.MISSED and day is not None:
        extra = f" {_why(opened)}" if opened else ""
        yield Finding(
            rule=item.rule,
            severity=Severity.OVERDUE,
            what=f"Late: {item.label}, due by {words(day)}",
            why=f"{_why(item)}{extra}",
            where=_LATE_PAPERS if item.rule in _PAPERS else _LATE_PAYER,
            due=day,
            records=item.records,
            facts=(*item.facts, *(opened.facts if opened else ())),
        )
    elif item.status is Status.CANNOT_START and day is not None:
        yield Finding(
            rule=item.rule,
            severity=Severity.MISSING,
            what=f"{item.label}: whether it is late can't be told",
            why=_why(item),
            where="Ask when it was received, and enter that day as Received.",
            records=item.records,
            facts=item.facts,
        )
    elif item.status is Status.RUNNING and day is not None and item.rule in _DECISIONS | _PAPERS:
        left = _left((day - today).days)
        yield Finding(
            rule=item.rule,
            severity=Severity.NOTE,
            what=f"{item.label}: until {words(day)}, {left}",
            why=_why(item),
            where="Nothing yet. Ask when the day has passed.",
            due=day,
            records=item.records,
            facts=item.facts,
        )


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _left(days: int) -> str:
    return "today" if days == 0 else f"{days} day{'s' if days > 1 else ''} left"


def _severity(item: Deadline, today: date) -> Severity:
    if item.status is Status.UNCLEAR:
        return Severity.WEAK
    if item.status is Status.MISSED:
        return Severity.OVERDUE
    if item.safe_date is None:
        return Severity.NOTE if item.status is Status.RUNNING else Severity.MISSING
    if (item.safe_date - today).days <= SOON_DAYS:
        return Severity.DUE
    # An appeal whose time nobody knows may be over sooner than the day to work to.
    unknown = item.status is Status.CANNOT_START and not item.facts
    return Severity.DUE if unknown and item.rule in _APPEALS else Severity.NOTE


def _what(item: Deadline, today: date) -> str:
    if item.status is Status.UNCLEAR:
        return f"{item.label}: {_lower(item.status.label)}"
    if item.safe_date is None:
        return item.label if item.status is Status.RUNNING else _unknown(item)
    days = (item.safe_date - today).days
    day = words(item.safe_date)
    if item.status is Status.MISSED:
        late = "promised for" if item.whose is Whose.THEIRS else "the last day was"
        return f"{item.label}: {late} {day}"
    if days < 0:
        return f"{item.label}: the safe date, {day}, has passed"
    by = ": promised for" if item.whose is Whose.THEIRS else " by"
    return f"{item.label}{by} {day}, {_left(days)}"


def _unknown(item: Deadline) -> str:
    return f"{item.label}: {_lower(item.status.label)}"


def _why(item: Deadline) -> str:
    parts = (part for part in (item.arithmetic, item.because) if part)
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts)


def _where(item: Deadline) -> str:
    if item.status is Status.UNCLEAR:
        return "Enter the exact days, and keep the proof of sending with the case."
    late = item.status is Status.MISSED and item.rule in _APPEALS
    return _LATE_APPEAL if late else _WHERE[item.rule]
