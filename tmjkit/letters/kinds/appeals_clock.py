"""The clocks of a denial, as letters about it tell them."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from tmjkit.case import Appeal, Case, Determination, PartialDate, Record
from tmjkit.letters.kinds.appeals_chain import chain
from tmjkit.letters.kinds.model import FITS, Fit, State
from tmjkit.letters.situation import Situation
from tmjkit.letters.value import Value
from tmjkit.letters.view import date_words
from tmjkit.rules import Deadline, Status, deadlines

FILING: Final = "deadline.internal-appeal"
"""The clock of a first appeal."""

OPENS: Final = frozenset({"A-DEEMED", "A-DEEMED-IND", "A-CA"})
"""Facts by which a late payer opens review outside the plan."""


def clocks(situation: Situation) -> tuple[Deadline, ...]:
    """Return every clock of the case."""
    return deadlines(situation.case, situation.today, knowledge=situation.known.facts)


def deadline_of(situation: Situation, rule: str, decision: Determination | None) -> Deadline | None:
    """Return the clock of a rule that belongs to a decision."""
    if decision is None:
        return None
    return next(
        (
            item
            for item in clocks(situation)
            if item.rule == rule and item.records[:1] == (decision.id,)
        ),
        None,
    )


def missed_filing(situation: Situation, rule: str) -> Deadline | None:
    """Return the clock of a letter whose last possible day has passed; None where none has."""
    found = deadline_of(situation, rule, situation.denial)
    return found if found and found.due and found.status is Status.MISSED else None


def last_was(situation: Situation, rule: str) -> Value | str:
    """Return the last possible day of a letter that is late; empty where it is not."""
    found = missed_filing(situation, rule)
    if found is None or found.due is None:
        return ""
    return day_of(found.due.latest, *found.records, facts=found.facts)


def fits_though_late(situation: Situation, rule: str) -> Fit:
    """Say that a letter fits, and that it is late where its last possible day has passed.

    It is not refused: a plan can take a late appeal for good cause, and the dates can be wrong.
    """
    found = missed_filing(situation, rule)
    if found is None or found.due is None:
        return FITS
    day = date_words(PartialDate.of(found.due.latest))
    return Fit(
        State.READY,
        f"it is late: by the dates on record, its last day was {day}. The letter says so and asks "
        "to be taken for good cause, which you write in; check the date of the notice first",
        found.facts,
    )


def review_clock(found: Iterable[Deadline], case: Case, decision: Determination) -> Deadline | None:
    """Return the clock for external review: of this decision, else of another on the same thing."""
    same = chain(case, decision)
    there = [
        item
        for item in found
        if item.rule == "deadline.external-review" and item.records and item.records[0] in same
    ]
    own = (item for item in there if item.records[0] == decision.id)
    return next(own, None) or next(iter(there), None)


def missed(
    found: tuple[Deadline, ...], case: Case, decision: Determination
) -> tuple[Appeal, Deadline, Deadline] | None:
    """Return the appeal that the payer decides too late: with its clock, and what that opens."""
    same = chain(case, decision)
    for opened in found:
        if opened.rule != "deadline.deemed-exhaustion" or opened.status is not Status.RUNNING:
            continue
        if not OPENS & set(opened.facts) or not opened.records:
            continue
        about = case.record(opened.records[0])
        late = next(
            (
                item
                for item in found
                if item.rule == "deadline.appeal-decision" and item.records[:1] == (about.id,)
            ),
            None,
        )
        if not isinstance(about, Appeal) or late is None or late.due is None:
            continue
        only = len([item for item in case.determinations if item.adverse]) == 1
        if about.determination_id in same or (about.determination_id is None and only):
            return about, late, opened
    return None


def day_of(day: PartialDate | dt.date, *origin: Record | str, facts: tuple[str, ...] = ()) -> Value:
    """Return a day in words, with the records and facts that it follows from."""
    date = day if isinstance(day, PartialDate) else PartialDate.of(day)
    records = tuple(item if isinstance(item, str) else item.id for item in origin)
    return Value(date_words(date), records, facts)
