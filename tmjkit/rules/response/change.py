"""How much a value changed, and what confirmed sources say that such a change is worth."""

from collections.abc import Iterable, Iterator

from tmjkit.knowledge import Benefit, Difference, Fact
from tmjkit.rules.response.model import Change, Direction, Point, Reach, Verdict, Weeks

_HAIR = 1e-9  # 7 - 6.2 is a hair less than 0.8


def change(before: Point, after: Point, weeks: Weeks, known: Iterable[Fact]) -> Change:
    """Return the change between two values of one scale, with what each source says of it.

    Parameters
    ----------
    before, after
        The two values.
    weeks
        Weeks from the start of the treatment to the later one.
    known
        The facts to hold it against.
    """
    scale = before.scale
    gain = scale.gain(before.value, after.value)
    absolute = after.value - before.value
    percent = None if scale.ordinal or before.value == 0 else absolute / before.value * 100
    if abs(gain) <= _HAIR:
        direction = Direction.SAME
    else:
        direction = Direction.BETTER if gain > 0 else Direction.WORSE
    verdicts = tuple(_verdicts(before, gain, known))
    return Change(before, after, weeks, absolute, percent, direction, verdicts)


def noticeable(before: Point, known: Iterable[Fact]) -> tuple[float, float] | None:
    """Return the smallest change that patients notice, from the value on.

    Parameters
    ----------
    before
        The value before.
    known
        The facts to look in; what nobody confirmed does not count.

    Returns
    -------
    tuple of float or None
        In the scale's unit, the size that the least and the most demanding source ask for; None
        where no source is confirmed for the scale.
    """
    sizes = [
        size.amount * before.value / 100 if size.relative else size.amount
        for fact in known
        if fact.letter_ready
        for size in fact.difference
        if size.benefit is Benefit.MINIMAL
        and before.scale.name in size.scales
        and not (size.relative and before.value == 0)
    ]
    return (min(sizes), max(sizes)) if sizes else None


def _verdicts(before: Point, gain: float, known: Iterable[Fact]) -> Iterator[Verdict]:
    for fact in known:
        # What nobody confirmed is no measure for anything.
        if not fact.letter_ready:
            continue
        for size in fact.difference:
            if before.scale.name not in size.scales or (size.relative and before.value == 0):
                continue
            amount = gain / before.value * 100 if size.relative else gain
            yield Verdict(
                fact=fact.id,
                title=fact.title,
                benefit=size.benefit,
                size=size.words,
                reach=_reach(size, amount),
                confidence=fact.confidence.label,
                limit="; ".join(words for words in (size.limit, fact.caveat) if words),
            )


def _reach(size: Difference, amount: float) -> Reach:
    if amount >= size.amount - _HAIR:
        return Reach.REACHED
    # A change of nothing is no improvement, even where a source's range begins at 0.
    if size.least is not None and amount > _HAIR and amount >= size.least - _HAIR:
        return Reach.WITHIN
    return Reach.NOT_REACHED
