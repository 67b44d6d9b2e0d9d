"""Tests on treatment: tried, or failed, long enough and lately enough."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from tmjkit.case import Case, Treatment, TreatmentKind
from tmjkit.rules.criteria.course import Course, CourseJudged, judge_course, promise
from tmjkit.rules.criteria.marks import Mark, any_of, when
from tmjkit.rules.criteria.model import Need, Result, listed
from tmjkit.rules.criteria.papers import UNDER_TREATMENTS, lowered, treatment_need
from tmjkit.rules.spans import (
    Span,
    certainly_lasts,
    length,
    longest,
    merged,
    possibly_lasts,
    span,
    within,
)

_SHOWN_COURSES: Final = 4
_LABELS: Final = {kind.value: kind.label for kind in TreatmentKind}


def judge_treatment(case: Case, test: Course, today: date) -> Result:
    """Judge `treatment-failed` or `treatment-tried`.

    Met where on every reading of the dates enough of the kinds pass with a paper that shows it.
    Not met where what is recorded of the kinds contradicts it, and nothing open could make up
    for that. Where nothing is recorded of any of the kinds, nothing is contradicted either: not
    shown, with the words that it is not met if it was not tried.
    """
    courses = [
        judge_course(item, test, today)
        for item in case.jaw_treatments
        if item.kind.value in test.kinds
    ]
    if not courses:
        return _nothing(test)
    return _together(case, test, courses, today) if test.together else _apart(case, test, courses)


def kinds_words(kinds: Sequence[str]) -> str:
    """Return kinds of treatment as a list in a sentence."""
    return listed(tuple(lowered(_LABELS[kind]) for kind in dict.fromkeys(kinds)), "or")


def _nothing(test: Course) -> Result:
    kinds = kinds_words(test.kinds)
    return Result(
        Mark.UNDOCUMENTED,
        f"Nothing is recorded of {kinds}. If it was not tried, this is not met.",
        needs=(
            Need(
                f"Records of {kinds}, if it was tried",
                ("what was done", "from when to when", "what it did"),
                UNDER_TREATMENTS,
            ),
        ),
    )


def _apart(case: Case, test: Course, courses: list[CourseJudged]) -> Result:
    """Judge each course for itself, and count the kinds of which one passes."""
    kinds: dict[str, list[CourseJudged]] = {}
    for course in courses:
        kinds.setdefault(course.item.kind.value, []).append(course)
    best = [max(group, key=promise) for group in kinds.values()]
    best.sort(key=promise, reverse=True)
    marks = [any_of(course.mark for course in group) for group in kinds.values()]
    met, open_ = marks.count(Mark.MET), marks.count(Mark.UNDOCUMENTED)
    if met >= test.how_many:
        return _met(best[: test.how_many])
    lack = test.how_many - met
    if open_ >= lack:
        return _open(case, best[met : met + lack], best[:met])
    if Mark.UNMET in marks:
        refused = [course for course in courses if course.mark is Mark.UNMET]
        return _unmet(refused, _counted(met, test) if test.how_many > 1 else "")
    left = tuple(kind for kind in test.kinds if kind not in kinds)
    more = _nothing(test.model_copy(update={"kinds": left}))
    found = _open(case, best[met:], best[:met])
    return Result(
        Mark.UNDOCUMENTED,
        f"{_counted(met, test)} {found.why}".strip(),
        found.records,
        (*found.needs, *more.needs),
    )


def _together(case: Case, test: Course, courses: list[CourseJudged], today: date) -> Result:
    """Add up the time of the courses that pass in everything else."""
    assert test.duration is not None  # noqa: S101 -- the schema asks for it
    spans = {one.item.id: _inside(one.item, test.within_months, today) for one in courses}
    hopeful = [
        one.counting(spans[one.item.id])
        for one in courses
        if one.others_mark is not Mark.UNMET and spans[one.item.id].possible
    ]
    passing = [one for one in hopeful if one.others_mark is Mark.MET and spans[one.item.id].certain]
    certain = merged(spans[one.item.id].certain for one in passing)
    possible = merged(spans[one.item.id].possible for one in hopeful)
    mark = when(certainly_lasts(certain, test.duration), possibly_lasts(possible, test.duration))
    days = sum(length(block) for block in certain)
    total = f"Together {days} days are shown, and {test.duration.words} are needed."
    if mark is Mark.MET:
        words = ". ".join(one.words(Mark.MET, Mark.UNDOCUMENTED) for one in passing)
        return Result(mark, f"{total} {words}.", tuple(one.item.id for one in passing))
    if mark is Mark.UNMET:
        refused = [one for one in courses if one.others_mark is Mark.UNMET]
        return _unmet(refused or hopeful or courses, total)
    lacking = [one for one in hopeful if one.mark is not Mark.MET]
    found = _open(case, sorted(lacking, key=promise, reverse=True), passing)
    more = f"at least {longest(test.duration) - days} days more, because months differ in length"
    care = f"Records of more care by {kinds_words(test.kinds)}"
    needs = found.needs or (Need(care, (more,), UNDER_TREATMENTS),)
    return Result(mark, f"{total} {found.why}".strip(), found.records, needs)


def _inside(item: Treatment, months: int | None, today: date) -> Span:
    time = span(item, today)
    return Span(within(time.certain, months, today), within(time.possible, months, today))


def _met(courses: list[CourseJudged]) -> Result:
    why = ". ".join(course.words(Mark.MET) for course in courses) + "."
    return Result(Mark.MET, why, tuple(course.item.id for course in courses))


def _open(case: Case, courses: list[CourseJudged], passing: list[CourseJudged]) -> Result:
    why = ". ".join(course.words(Mark.UNDOCUMENTED) for course in courses[:_SHOWN_COURSES])
    return Result(
        Mark.UNDOCUMENTED,
        f"{why}." if why else "",
        tuple(course.item.id for course in (*passing, *courses)),
        tuple(treatment_need(case, course.item, course.asks) for course in courses),
    )


def _unmet(courses: list[CourseJudged], before: str = "") -> Result:
    words = [course.words(Mark.UNMET) for course in courses[:_SHOWN_COURSES]]
    if len(courses) > _SHOWN_COURSES:
        words.append(f"and {len(courses) - _SHOWN_COURSES} more")
    return Result(
        Mark.UNMET,
        f"{before} {'. '.join(words)}.".strip(),
        tuple(course.item.id for course in courses),
    )


def _counted(met: int, test: Course) -> str:
    return f"{met} of {test.how_many} different kinds pass."
