"""How the coding rules say something: by how much it matters, and with numbers as people write."""

from collections.abc import Iterable
from decimal import Decimal

from tmjkit.rules.model import Finding, Severity


def wrong(
    rule: str, what: str, why: str, where: str, records: Iterable[str], *, facts: Iterable[str] = ()
) -> Finding:
    """Make a finding about what can't be right, so that it is corrected before it is sent."""
    return Finding(
        rule, Severity.WRONG, what, why, where, records=_once(records), facts=_once(facts)
    )


def weak(
    rule: str, what: str, why: str, where: str, records: Iterable[str], *, facts: Iterable[str] = ()
) -> Finding:
    """Make a finding about what the payer will ask about."""
    return Finding(
        rule, Severity.WEAK, what, why, where, records=_once(records), facts=_once(facts)
    )


def missing(
    rule: str, what: str, why: str, where: str, records: Iterable[str], *, facts: Iterable[str] = ()
) -> Finding:
    """Make a finding about what is not recorded."""
    return Finding(
        rule, Severity.MISSING, what, why, where, records=_once(records), facts=_once(facts)
    )


def note(
    rule: str, what: str, why: str, where: str, records: Iterable[str], *, facts: Iterable[str] = ()
) -> Finding:
    """Make a finding that asks someone to look."""
    return Finding(
        rule, Severity.NOTE, what, why, where, records=_once(records), facts=_once(facts)
    )


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def number(value: Decimal) -> str:
    """Write a number without needless zeros."""
    return f"{value.normalize():f}"


def count(value: Decimal, word: str) -> str:
    """Write a number with its word: '1 unit', '70 units'."""
    return f"{number(value)} {word}" if value == 1 else f"{number(value)} {word}s"


def listed(words: Iterable[str]) -> str:
    """Join words as a sentence does: 'A', 'A and B', 'A, B and C'."""
    items = list(dict.fromkeys(words))
    if len(items) < 2:  # noqa: PLR2004 -- one word needs no 'and'
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
