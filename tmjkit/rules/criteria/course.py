"""One course of treatment against what a criterion asks of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tmjkit.case import Response, StopReason, Treatment, TreatmentKind
from tmjkit.knowledge.criteria import TreatmentFailed, TreatmentTried
from tmjkit.rules.criteria.marks import Mark, all_of, when
from tmjkit.rules.criteria.papers import exact, lowered, not_shown, shown
from tmjkit.rules.ledger import period
from tmjkit.rules.spans import (
    Span,
    certainly_lasts,
    length,
    possibly_lasts,
    span,
    window,
    within,
)

Course = TreatmentFailed | TreatmentTried

_INTOLERANCE: Final = {
    StopReason.ADVERSE_EFFECT: "stopped because of an adverse effect, so its length does not count",
    StopReason.CONTRAINDICATED: "contraindicated, so it need not have been tried",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a course has to fulfill: its mark, why, and what to ask for."""

    mark: Mark
    why: str = ""
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseJudged:
    """A course with its checks; those on time stand apart, because time can be added up."""

    item: Treatment
    others: tuple[Check, ...]
    time: Check

    @property
    def checks(self) -> tuple[Check, ...]:
        """Every check, that on time last."""
        return (*self.others, self.time)

    @property
    def mark(self) -> Mark:
        """The mark of the course alone."""
        return all_of(check.mark for check in self.checks)

    @property
    def others_mark(self) -> Mark:
        """The mark of everything but how long it went on."""
        return all_of(check.mark for check in self.others)

    def counting(self, inside: Span) -> "CourseJudged":
        """Return it with the days that it adds, instead of how long it should be alone."""
        low, high = inside.days
        asks = _dates_asked(self.item) if low < high else ()
        days = f"{low} days" if low == high else f"{low} to {high} days"
        if not _bounded(self.item):
            days = "for a time that is not recorded"
        return CourseJudged(
            self.item, self.others, Check(Mark.UNDOCUMENTED if asks else Mark.MET, days, asks)
        )

    @property
    def asks(self) -> tuple[str, ...]:
        """What its paper has to show, each thing once."""
        return tuple(dict.fromkeys(ask for check in self.checks for ask in check.asks))

    def words(self, *marks: Mark) -> str:
        """Return the course with its dates and the reasons that have these marks."""
        reasons = [check.why for check in self.checks if check.why and check.mark in marks]
        when_ = period(self.item.start, self.item.end, ongoing=self.item.ongoing)
        head = f"{self.item.label} ({when_})"
        return f"{head}: {'; '.join(reasons)}" if reasons else head


def promise(course: CourseJudged) -> tuple[int, int]:
    """Order courses by how near they are: met first, then what asks for the least."""
    order = {Mark.MET: 2, Mark.UNDOCUMENTED: 1, Mark.UNMET: 0}
    lacking = sum(check.mark is not Mark.MET for check in course.checks)
    return order[course.mark], -lacking


def judge_course(item: Treatment, test: Course, today: date) -> CourseJudged:
    """Check one course; after intolerance that counts as failed, no time is asked."""
    spared = (
        item.stop_reason
        if isinstance(test, TreatmentFailed)
        and item.stop_reason in _INTOLERANCE
        and item.stop_reason.value in test.failed_when
        else None
    )
    others = [_shown(item)]
    if isinstance(test, TreatmentFailed):
        others.append(_failed(item, test))
    if spared is StopReason.CONTRAINDICATED:
        return CourseJudged(item, tuple(others), Check(Mark.MET))
    others.append(_begun(item, today))
    if test.supervised:
        others.append(_supervised(item))
    if test.sessions is not None and spared is None:
        others.append(_sessions(item, test.sessions))
    return CourseJudged(item, tuple(others), _time(item, test, today, spared=spared is not None))


def _shown(item: Treatment) -> Check:
    return Check(Mark.MET) if shown(item) else Check(Mark.UNDOCUMENTED, not_shown(item))


def _begun(item: Treatment, today: date) -> Check:
    if item.sessions == 0 or (item.start and item.start.earliest > today):
        return Check(Mark.UNMET, "has not begun")
    return Check(Mark.MET)


def _failed(item: Treatment, test: TreatmentFailed) -> Check:
    """Tell whether a course failed in what the policy counts as that."""
    response, reason = item.response, item.stop_reason
    if response is Response.GOOD and reason is StopReason.INEFFECTIVE:
        return Check(
            Mark.UNDOCUMENTED,
            "recorded both as a good response and as stopped because it did not help",
            ("what it did",),
        )
    if reason is not None and reason.value in test.failed_when:
        return Check(Mark.MET, _INTOLERANCE.get(reason, "stopped because it did not help"))
    if response is not None and response.value in test.failed_when:
        return Check(Mark.MET, lowered(response.label))
    if response is None:
        return Check(Mark.UNDOCUMENTED, "what it did is not recorded", ("what it did",))
    words = f"{lowered(response.label)}, which does not count as failed here"
    if response is Response.GOOD or item.ongoing or reason is not None:
        return Check(Mark.UNMET, words)
    return Check(Mark.UNDOCUMENTED, f"{words}; why it stopped is not recorded", ("why it stopped",))


def _supervised(item: Treatment) -> Check:
    if item.kind is TreatmentKind.SELF_CARE:
        return Check(Mark.UNMET, "done alone, and supervised care is needed")
    if item.provider_id is not None or item.sessions:
        return Check(Mark.MET)
    return Check(
        Mark.UNDOCUMENTED, "who gave it is not recorded", ("who gave it, and in how many sessions",)
    )


def _sessions(item: Treatment, needed: int) -> Check:
    if item.sessions is None:
        return Check(
            Mark.UNDOCUMENTED, "the number of sessions is not recorded", ("the number of sessions",)
        )
    words = f"{item.sessions} sessions, and {needed} are needed"
    return Check(Mark.MET if item.sessions >= needed else Mark.UNMET, words)


def _time(item: Treatment, test: Course, today: date, *, spared: bool) -> Check:
    if test.duration is None or spared:
        return _recent(item, test.within_months, today)
    time = span(item, today)
    certain = within(time.certain, test.within_months, today)
    possible = within(time.possible, test.within_months, today)
    mark = when(
        certainly_lasts([certain] if certain else [], test.duration),
        possibly_lasts([possible] if possible else [], test.duration),
    )
    low, high = length(certain), length(possible)
    if _bounded(item):
        days = f"{low} days" if low == high else f"{max(low, 1 if high else 0)} to {high} days"
    else:
        days = "for a time that is not recorded"
    inside = f" in the last {test.within_months} months" if test.within_months else ""
    words = f"{days}{inside}, and {test.duration.words} are needed"
    return Check(mark, words, _dates_asked(item) if mark is Mark.UNDOCUMENTED else ())


def _recent(item: Treatment, months: int | None, today: date) -> Check:
    """Tell whether a course lies in a window at all: by its last day."""
    if months is None:
        return Check(Mark.MET)
    first, time = window(months, today), span(item, today)
    if item.end is not None:
        surely_until = item.end.earliest
    elif item.ongoing:
        surely_until = today
    else:
        surely_until = item.start.earliest if item.start else date.min
    mark = when(surely_until >= first, time.possible is not None and time.possible[1] >= first)
    words = "" if mark is Mark.MET else f"within the last {months} months is needed"
    return Check(mark, words, _dates_asked(item) if mark is Mark.UNDOCUMENTED else ())


def _bounded(item: Treatment) -> bool:
    return item.start is not None and (item.end is not None or item.ongoing)


def _dates_asked(item: Treatment) -> tuple[str, ...]:
    return tuple(_dates_open(item))


def _dates_open(item: Treatment) -> Iterator[str]:
    if item.start is None or not item.start.exact:
        yield exact("the exact day it began", item.start)
    if item.end is None:
        if not item.ongoing:
            yield "the day it ended, or that it goes on"
    elif not item.end.exact:
        yield exact("the exact day it ended", item.end)
