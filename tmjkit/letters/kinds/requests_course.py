"""What the scores did around each injection, and when the next one can be."""

import datetime as dt
from types import MappingProxyType

from tmjkit.case import BotulinumSession, PartialDate
from tmjkit.letters.gap import Gap
from tmjkit.letters.situation import Situation
from tmjkit.letters.value import Value, clean
from tmjkit.letters.view import View, date_words, missing, value
from tmjkit.rules import response
from tmjkit.rules.response import Change, Episode, Other, ScaleChange, change_words, wear_off_words
from tmjkit.rules.response.words import interval_words, other_words


def courses(situation: Situation) -> tuple[View, ...]:
    """Return what the scores did around each injection session, oldest first.

    Each has `date`; `changes`, of each scale with a value before, its `label` and the `best` and
    `last` change in words; `lasted`, `interval` and `others`, in words and empty where nothing is
    known. It is the rules' word (`rules.response`): a change is told, never a cause.
    """
    found = response(situation.case, situation.today, knowledge=situation.known.facts)
    return tuple(_course(item, situation) for item in found.sessions)


def _course(item: Episode, situation: Situation) -> View:
    session = situation.case.record(item.record)
    wear_off = wear_off_words(item.wear_off) if item.wear_off else ""
    fields = {
        "date": Value(date_words(item.start), (item.record,)),
        "changes": tuple(_change(one, situation) for one in item.scales if one.best is not None),
        "lasted": _words(wear_off, item.record),
        "interval": _words(interval_words(item), item.record),
        "others": tuple(_other(one, situation) for one in item.others),
    }
    return View("course", MappingProxyType(fields), (session,))


def _other(item: Other, situation: Situation) -> View:
    fields = {"text": Value(clean(other_words(item)), (item.record,))}
    return View("other care", MappingProxyType(fields), (situation.case.record(item.record),))


def _words(text: str, record: str) -> Value | str:
    return Value(clean(text), (record,)) if text else ""


def _change(item: ScaleChange, situation: Situation) -> View:
    pairs = [pair for pair in (item.best, item.last) if pair is not None]
    names = dict.fromkeys(
        name for pair in pairs for point in (pair.before, pair.after) for name in point.records
    )
    fields = {
        "label": Value(clean(item.scale.label), tuple(names)),
        "best": _told(item.best),
        "last": _told(item.last) if item.last != item.best else "",
    }
    records = tuple(situation.case.record(name) for name in names)
    return View("change", MappingProxyType(fields), records)


def _told(change: Change | None) -> Value | str:
    if change is None:
        return ""
    return Value(clean(change_words(change)), (*change.before.records, *change.after.records))


def given(situation: Situation) -> list[BotulinumSession]:
    """Return the sessions for the jaw that were given by today, oldest first."""
    found = [
        item
        for item in situation.case.jaw_sessions
        if item.date is not None and item.date.earliest <= situation.today
    ]
    return sorted(found, key=lambda item: item.date or PartialDate(1880))


def planned(situation: Situation) -> BotulinumSession | None:
    """Return the next session for the jaw that is dated after today."""
    ahead = [
        item
        for item in situation.case.jaw_sessions
        if item.date is not None and item.date.earliest > situation.today
    ]
    return min(ahead, key=lambda item: item.date or PartialDate(2199), default=None)


def next_dose(situation: Situation) -> Value | Gap:
    """Return the day of the next dose as it is recorded; a gap where no date is."""
    item = planned(situation)
    if item is not None and item.date is not None:
        return value(item.date, item)
    return missing(
        "Date of the next dose",
        "Botulinum toxin sessions: add the one that is planned, with its date",
        record="sessions",
    )


def not_before(situation: Situation) -> Value | Gap:
    """Return the first day on which the interval that is asked for has passed.

    It counts from the last day that the date of the last session can mean; a gap where there is no
    such session or the request says nothing on the interval.
    """
    day = _interval_end(situation)
    sessions, request = given(situation), situation.request
    if day is None or request is None:
        return missing(
            "First day of the next session",
            "Authorization request, Interval weeks; and Botulinum toxin sessions, Date",
            record=request.id if request else "requests",
            field="interval_weeks",
        )
    return Value(date_words(PartialDate.of(day)), (sessions[-1].id, request.id))


def interval_over(situation: Situation) -> bool:
    """Tell whether the interval that is asked for has passed since the last session."""
    day = _interval_end(situation)
    return day is not None and day <= situation.today


def _interval_end(situation: Situation) -> dt.date | None:
    sessions, request = given(situation), situation.request
    last = sessions[-1].date if sessions else None
    if last is None or request is None or request.interval_weeks is None:
        return None
    return last.latest + dt.timedelta(weeks=request.interval_weeks)
