"""What to do next: the findings that ask for something, in the order in which to do them."""

from collections.abc import Iterable
from typing import Final

from tmjkit.rules.criteria import Assessment
from tmjkit.rules.model import Finding, Severity
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


def steps_section(found: Iterable[Finding], assessed: Iterable[Assessment]) -> Section:
    """Return what to do next: what is due, what the rest waits for, then what is missing or weak.

    Within each of these a finding keeps the order that it came in. A criterion that is not shown
    is told once, by the paper that would show it.
    """
    asking = [one for one in found if _asks(one)]
    asking.sort(key=_order)
    entries = [_entry(one) for one in asking if _before_the_rest(one)]
    entries += [_paper(one) for one in assessed if one.shopping]
    entries += [_entry(one) for one in asking if not _before_the_rest(one)]
    rest = len(entries) - SHOWN
    lead = (
        f"The first {SHOWN} of {len(entries)}; 'tmjkit findings' has them all." if rest > 0 else ""
    )
    if not entries:
        lead = "Nothing is due, missing or weak as far as the rules can tell."
    return Section("next", "What to do next", tuple(entries[:SHOWN]), lead)


def _before_the_rest(one: Finding) -> bool:
    return one.severity in _TONES or one.rule in _FIRST or (one.rule in _APPEALS and bool(one.due))


def _asks(one: Finding) -> bool:
    criterion = one.rule.startswith("criteria.") and one.severity is Severity.MISSING
    return (one.severity in _ASKING or one.rule in _APPEALS) and not criterion


def _order(one: Finding) -> tuple[int, int]:
    return one.severity.rank, 0 if one.rule in _FIRST else 1


def _entry(one: Finding) -> Entry:
    running = one.rule in _APPEALS and one.severity is Severity.NOTE
    return Entry(
        mark="Open" if running else one.severity.label,
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
