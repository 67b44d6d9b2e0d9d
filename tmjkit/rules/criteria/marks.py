"""Three-valued logic: met, not met, or not shown (Kleene's strong logic of indeterminacy).

Source: Kleene SC, Introduction to Metamathematics, 1952, section 64.
"""

from collections.abc import Iterable

from tmjkit.case import Choice


class Mark(Choice):
    """What can be said of a criterion."""

    MET = "met", "Met"
    UNMET = "unmet", "Not met"
    UNDOCUMENTED = "undocumented", "Not shown"


def all_of(marks: Iterable[Mark]) -> Mark:
    """Return what follows where every one has to be met; an empty group is met."""
    found = set(marks)
    if Mark.UNMET in found:
        return Mark.UNMET
    return Mark.UNDOCUMENTED if Mark.UNDOCUMENTED in found else Mark.MET


def any_of(marks: Iterable[Mark]) -> Mark:
    """Return what follows where one has to be met; an empty group is not met."""
    return negated(all_of(negated(mark) for mark in marks))


def at_least(needed: int, marks: Iterable[Mark]) -> Mark:
    """Return what follows where so many have to be met."""
    found = list(marks)
    met, open_ = found.count(Mark.MET), found.count(Mark.UNDOCUMENTED)
    if met >= needed:
        return Mark.MET
    return Mark.UNDOCUMENTED if met + open_ >= needed else Mark.UNMET


def negated(mark: Mark) -> Mark:
    """Return the mark of the opposite: what is not shown stays not shown."""
    return {Mark.MET: Mark.UNMET, Mark.UNMET: Mark.MET}.get(mark, mark)


def when(certain: bool, possible: bool) -> Mark:  # noqa: FBT001 -- the two ends of a range
    """Return the mark of what holds on every reading of the dates, on some, or on none."""
    if certain:
        return Mark.MET
    return Mark.UNDOCUMENTED if possible else Mark.UNMET
