"""What a notice of an extension does to a payer's clock.

Sources: 29 CFR 2560.503-1(f)(2)-(4) for plans under it, with its siblings for other plans
(facts A-DEC-PRE, A-DEC-POST, A-TOLL); 42 CFR 422.568, 438.210 and 438.408 for Medicare Advantage
and Medicaid. The numbers stand in the knowledge base.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tmjkit.case import DateRange, Extension
from tmjkit.knowledge import Clock
from tmjkit.rules.deadlines.made import sentences
from tmjkit.rules.deadlines.span import range_words


@dataclass(frozen=True, slots=True)
class More:
    """What became of a limit: its end, the rest of the arithmetic, and what has to be said."""

    due: DateRange | None
    arithmetic: str = ""
    because: str = ""


def extended(clock: Clock, due: DateRange, extensions: Sequence[Extension], today: date) -> More:
    """Follow the payer's notices of extension, of which a rule lets it take one.

    Parameters
    ----------
    clock
        The limit with what it says about extensions.
    due
        When it ends without any.
    extensions
        The notices, as recorded.
    today
        The day to judge by.

    Returns
    -------
    More
        `due` is None while the clock stands still because the payer awaits information.
    """
    if not extensions:
        return More(due)
    first = min(extensions, key=lambda item: item.noticed.range if item.noticed else _LAST)
    asked = next((item for item in extensions if item.missing_information), None)
    if clock.then_hours is not None and asked is not None:
        return _urgent(due, asked, clock.then_hours, today)
    if clock.extension_days is None:
        return More(due, because="a notice of an extension is recorded, and this rule gives none")
    if first.noticed is not None and first.noticed.earliest > due.latest:
        said = (
            f"their notice of an extension of {first.noticed.words()} came after their time had "
            "ended, so it is not counted"
        )
        return More(due, because=said)
    days = timedelta(days=clock.extension_days)
    longer = DateRange(due.earliest + days, due.latest + days)
    line = f" + {clock.extension_days} days by one extension = {range_words(longer)}"
    because = "only one extension counts" if len(extensions) > 1 else ""
    if clock.tolls and first.missing_information:
        return _tolled(longer, first, line, because, today)
    return More(longer, line, because)


_LAST = DateRange(date.max, date.max)


def _answered(item: Extension, today: date) -> bool:
    return item.answered is not None and item.answered.earliest <= today


def _tolled(longer: DateRange, item: Extension, line: str, because: str, today: date) -> More:
    """Stop the clock from the day on which the notice was sent until the answer."""
    if item.noticed is None:
        said = (
            "the date on their notice is not recorded, so it is not known how long it stood still"
        )
        return More(None, line, sentences(because, said))
    if item.answered is None or not _answered(item, today):
        left = (longer.earliest - item.noticed.latest).days
        said = (
            f"their clock stands still from {item.noticed.words()} until we answer, and {left} "
            "days are left then; if nobody answers, it goes on when the time for the answer ends"
        )
        return More(None, line, sentences(because, said))
    shortest, most = (max(0, count) for count in item.noticed.days_until(item.answered))
    due = DateRange(
        longer.earliest + timedelta(days=shortest), longer.latest + timedelta(days=most)
    )
    count = f"{shortest}" if shortest == most else f"{shortest} to {most}"
    return More(
        due,
        f"{line} + {count} days, in which it stood still from {item.noticed.words()} until the "
        f"answer of {item.answered.words()} = {range_words(due)}",
        because,
    )


def _urgent(first: DateRange, item: Extension, hours: int, today: date) -> More:
    """Count the urgent decision from the answer: (f)(2)(i).

    It is never called late before the first time has ended, however soon the answer came.
    """
    if item.answered is None or not _answered(item, today):
        said = (
            f"they asked for information, and their {hours} hours begin with our answer or with "
            "the end of the time for it"
        )
        return More(None, "", said)
    then = item.answered.plus_days(-(-hours // 24))
    due = DateRange(max(first.earliest, then.earliest), max(first.latest, then.latest))
    line = (
        f", or {hours} hours from the answer of {item.answered.words()} where that is later = "
        f"{range_words(due)}"
    )
    return More(due, line)
