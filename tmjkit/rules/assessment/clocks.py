"""Every clock of a case, as entries: what is open first."""

from collections.abc import Iterable, Iterator
from datetime import date

from tmjkit.rules.model import Deadline, Status, Whose
from tmjkit.rules.section import Entry, Section, Tone

_TONES = {
    Status.RUNNING: Tone.OPEN,
    Status.MET: Tone.GOOD,
    Status.MISSED: Tone.BAD,
    Status.UNCLEAR: Tone.OPEN,
    Status.NOT_NEEDED: Tone.PLAIN,
    Status.CANNOT_START: Tone.OPEN,
    Status.WAITING: Tone.PLAIN,
}


def clock_section(clocks: Iterable[Deadline], today: date) -> Section:
    """Return the clocks in their own order, with days left, whose duty and the arithmetic."""
    entries = tuple(_entry(one, today) for one in clocks)
    lead = "" if entries else "No clock runs on what is recorded."
    return Section("deadlines", "What is due, on both sides", entries, lead)


def _entry(clock: Deadline, today: date) -> Entry:
    return Entry(
        mark=clock.status.label,
        what=f"{clock.whose.label}: {clock.label}{_by(clock, today)}",
        tone=_TONES[clock.status],
        rule=clock.rule,
        more=tuple(_more(clock)),
        due=clock.safe_date,
        records=clock.records,
        facts=clock.facts,
    )


def _by(clock: Deadline, today: date) -> str:
    if clock.safe_date is None or not clock.open:
        return ""
    days = (clock.safe_date - today).days
    left = f"{days} days left" if days > 1 else "tomorrow" if days == 1 else "today"
    if days < 0:
        left = "passed"
    word = "by" if clock.whose is Whose.OURS else "due from them by"
    return f", {word} {clock.safe_date:%B} {clock.safe_date.day}, {clock.safe_date.year} ({left})"


def _more(clock: Deadline) -> Iterator[tuple[str, str]]:
    if clock.arithmetic:
        yield "Counted", clock.arithmetic
    if clock.because:
        yield "Note", clock.because
