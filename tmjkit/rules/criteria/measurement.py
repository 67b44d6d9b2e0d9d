"""The test on measurements: a value of an instrument, recent enough, against a threshold."""

import operator
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from tmjkit.case import Case, Instrument, PartialDate
from tmjkit.knowledge.criteria import MeasurementTaken
from tmjkit.rules.criteria.marks import Mark, all_of, any_of, when
from tmjkit.rules.criteria.model import Need, Result, listed
from tmjkit.rules.criteria.papers import exact
from tmjkit.rules.criteria.values import Value, values_of

_COMPARE: Final[dict[str, tuple[Callable[[float, float], bool], str]]] = {
    "at-least": (operator.ge, "at least"),
    "at-most": (operator.le, "at most"),
    "above": (operator.gt, "above"),
    "below": (operator.lt, "below"),
}
_BY_CODE: Final = {one.value: one for one in Instrument}


def comparison(test: MeasurementTaken) -> str:
    """Return what a value has to be, in words; empty where any value will do."""
    if test.comparator is None:
        return ""
    return f"{_COMPARE[test.comparator][1]} {test.threshold:g}"


def instrument_words(test: MeasurementTaken) -> str:
    """Return the instrument in words, with its version where versions differ."""
    version = f" {test.version}" if test.version else ""
    return f"{_BY_CODE[test.instrument].label}{version}"


def judge_measurement(case: Case, test: MeasurementTaken, today: date) -> Result:
    """Judge `measurement`: a value of the instrument, recent enough, compared unrounded.

    Values of another version of an instrument are left out: GCPS 1.0 and 2.0 grade differently
    (fact E-GCPS). With `latest` every value that can be the latest one has to agree.
    """
    taken = [
        item
        for item in values_of(case, _BY_CODE[test.instrument])
        if _of_version(item, test) is not Mark.UNMET
        and (item.date is None or item.date.earliest <= today)
    ]
    words = instrument_words(test)
    if not taken:
        return Result(
            Mark.UNDOCUMENTED, f"No value is recorded: {words}.", needs=(_value_need(test, ()),)
        )
    marks = {item.record: _value(item, test, today) for item in taken}
    if test.which == "latest":
        decisive = _latest(taken)
        several = {marks[item.record] for item in decisive}
        mark = several.pop() if len(several) == 1 else Mark.UNDOCUMENTED
    else:
        mark = any_of(marks.values())
        decisive = [item for item in taken if marks[item.record] is mark]
    told = listed(tuple(item.words for item in decisive))
    asked = f" {comparison(test)} is needed." if test.comparator else ""
    if mark is not Mark.UNDOCUMENTED:
        old = "" if mark is Mark.MET else _too_old(decisive, test, today)
        return Result(mark, f"{words}: {told}.{old or asked}", _ids(decisive))
    asks = _value_asks(decisive, test, today)
    why = f"{words}: {told}.{asked} Open: {listed(asks)}."
    return Result(mark, why, _ids(decisive), (_value_need(test, asks, decisive),))


def _value(item: Value, test: MeasurementTaken, today: date) -> Mark:
    marks = [Mark.MET if item.shown else Mark.UNDOCUMENTED, _fresh(item.date, test, today)]
    marks.append(_of_version(item, test))
    if test.comparator is not None and test.threshold is not None:
        fits = _COMPARE[test.comparator][0](item.value, test.threshold)
        marks.append(when(fits, possible=False))
    return all_of(marks)


def _fresh(day: PartialDate | None, test: MeasurementTaken, today: date) -> Mark:
    if test.within_days is None:
        return Mark.MET
    if day is None:
        return Mark.UNDOCUMENTED
    first = today - timedelta(days=test.within_days)
    return when(day.earliest >= first, day.latest >= first)


def _latest(taken: Sequence[Value]) -> list[Value]:
    """Return every value that can be the latest: one without a date always can."""
    newest = max((item.date.earliest for item in taken if item.date), default=date.min)
    return [item for item in taken if item.date is None or item.date.latest >= newest]


def _value_asks(found: Sequence[Value], test: MeasurementTaken, today: date) -> tuple[str, ...]:
    asks: list[str] = []
    for item in found:
        if item.date is None or (_fresh(item.date, test, today) is Mark.UNDOCUMENTED):
            asks.append(exact("the exact day it was measured", item.date))
        if _of_version(item, test) is Mark.UNDOCUMENTED:
            asks.append("the version of the questionnaire")
        if not item.shown:
            asks.append("a paper that shows it")
    if len(found) > 1 and not asks:
        asks.append("which of these values is the latest")
    return tuple(dict.fromkeys(asks))


def _value_need(test: MeasurementTaken, asks: tuple[str, ...], found: Sequence[Value] = ()) -> Need:
    recent = f", not older than {test.within_days} days" if test.within_days else ""
    if found:
        days = listed(tuple(item.date.words() for item in found if item.date))
        paper = f"Note or sheet with the value of {instrument_words(test)}"
        paper += f", {days}" if days else ""
    else:
        paper = f"A value of {instrument_words(test)}{recent}, with its date"
    return Need(
        paper, asks, "Enter it under Measurements, with the paper as its source.", _ids(found)
    )


def _too_old(found: Sequence[Value], test: MeasurementTaken, today: date) -> str:
    if all(_fresh(item.date, test, today) is Mark.UNMET for item in found):
        return f" It should not be older than {test.within_days} days: measure again."
    return ""


def _of_version(item: Value, test: MeasurementTaken) -> Mark:
    if not test.version:
        return Mark.MET
    return when(item.version == int(test.version[0]), item.version is None)


def _ids(found: Sequence[Value]) -> tuple[str, ...]:
    return tuple(item.record for item in found)
