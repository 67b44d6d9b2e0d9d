"""What to do next: the findings that ask for something, in the order in which to do them."""

from collections.abc import Iterable
from typing import Final

from tmjkit.rules.criteria import Assessment
from tmjkit.rules.deadlines.span import words
from tmjkit.rules.duty import Duty
from tmjkit.rules.model import Finding, Severity, Whose
from tmjkit.rules.section import Entry, Section, Tone

SHOWN: Final = 10
"""Steps that are shown: more than anyone does in a day, few enough to read."""

_TONES: Final = {Severity.OVERDUE: Tone.BAD, Severity.DUE: Tone.BAD, Severity.WRONG: Tone.BAD}

# What everything else waits for, so it comes first among what has no day.
_FIRST: Final = (
    "regime.unknown",
    "missing.coverage",
    "missing.determination",
    "weak.premature",
)
# What is good to know asks for nothing; a weak point of the case itself is answered in the letter.
_APPEALS: Final = (
    "deadline.internal-appeal",
    "deadline.next-appeal",
    "deadline.external-review",
    "deadline.fair-hearing",
)
# The appeal is what an open denial asks for, however far off its last day is.
_ASKING: Final = (*_TONES, Severity.MISSING, Severity.WEAK)


def steps_section(
    found: Iterable[Finding], assessed: Iterable[Assessment], duty: Duty | None = None
) -> Section:
    """Return what to do next: what is due, what the rest waits for, then what is missing or weak.

    Within each of these a finding keeps the order that it came in. A criterion that is not shown
    is told once, by the paper that would show it.

    Parameters
    ----------
    found
        Everything that was found.
    assessed
        The criteria of each coverage that has a policy.
    duty
        The next duty; it comes first, so that the page begins with what the worklist shows.
    """
    every = list(found)
    first = _next(duty, every) if duty else None
    asking = [one for one in every if _asks(one) and one is not first]
    asking.sort(key=_order)
    entries = [_entry(first) if first else _duty(duty)] if duty else []
    entries += [_entry(one) for one in asking if _before_the_rest(one)]
    entries += [_paper(one) for one in assessed if one.shopping]
    entries += [_entry(one) for one in asking if not _before_the_rest(one)]
    rest = len(entries) - SHOWN
    lead = (
        f"The first {SHOWN} of {len(entries)}; 'tmjkit findings' has them all." if rest > 0 else ""
    )
    if not entries:
        lead = "Nothing is due, missing or weak as far as the rules can tell."
    return Section("next", "What to do next", tuple(entries[:SHOWN]), lead)


def _next(duty: Duty, found: Iterable[Finding]) -> Finding | None:
    """Return the finding that tells of the next duty; None where it has none of its own."""
    clock = duty.clock
    if clock is None:
        return None
    said = (one for one in found if (one.rule, one.records) == (clock.rule, clock.records))
    return next((one for one in said if one.due == duty.day), None)


def _duty(duty: Duty) -> Entry:
    clock = duty.clock
    asks = "" if duty.whose is Whose.OURS else "due from them "
    return Entry(
        mark=clock.status.label if clock else "Open",
        what=f"{duty.what}, {asks}by {words(duty.day)}",
        tone=Tone.OPEN,
        rule=clock.rule if clock else "duty.reauthorization",
        more=(("Why", clock.because),) if clock and clock.because else (),
        due=duty.day,
        records=clock.records if clock else (),
        facts=clock.facts if clock else (),
    )


def _before_the_rest(one: Finding) -> bool:
    return one.severity in _TONES or one.rule in _FIRST or (one.rule in _APPEALS and bool(one.due))


def _asks(one: Finding) -> bool:
    criterion = one.rule.startswith("criteria.") and one.severity is Severity.MISSING
    return (one.severity in _ASKING or one.rule in _APPEALS) and not criterion


def _order(one: Finding) -> tuple[int, int]:
    return one.severity.rank, 0 if one.rule in _FIRST else 1


def _entry(one: Finding) -> Entry:
    return Entry(
        mark="Open" if one.severity is Severity.NOTE else one.severity.label,
        what=one.what,
        tone=_TONES.get(one.severity, Tone.OPEN),
        rule=one.rule,
        more=(("Do", one.where), ("Why", one.why)),
        due=one.due,
        records=one.records,
        facts=one.facts,
    )


def _paper(one: Assessment) -> Entry:
    first = one.shopping[0]
    return Entry(
        mark="To get",
        what=first.text,
        tone=Tone.OPEN,
        rule="criteria.shopping-list",
        more=(("Why", f"It settles most of what {one.policy.title} asks for."),),
        records=first.need.records,
    )
