"""What is discarded from a single-dose vial: the lines with JW and JZ."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from tmjkit.case import Case
from tmjkit.knowledge import Fact, Regime
from tmjkit.rules.coding.arithmetic import (
    DISCARDED,
    NONE_DISCARDED,
    DrugLines,
    agree,
    drug_lines,
    total,
)
from tmjkit.rules.coding.bill import bills
from tmjkit.rules.coding.say import count, missing, note, wrong
from tmjkit.rules.model import Finding

# Fact C-JZ-MEDICARE: services from this day carry JW or JZ.
_SINCE: Final = date(2023, 7, 1)
_MEDICARE: Final = (
    "Medicare Part B asks for one of JW and JZ on every single-dose vial and returns claims "
    "without."
)
_OTHERS: Final = "Payers other than Medicare vary: some ask for this and some refuse it."
_COMPARE: Final = "Compare the claim with the injection record under Botulinum toxin sessions."
_ASK: Final = "Ask the payer whether it wants this, and note the answer."


def waste_findings(case: Case, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield what does not fit about discarded units.

    The rules are `coding.jw-and-jz`, `coding.waste-units`, `coding.discarded-line`,
    `coding.nothing-discarded`, `coding.jz-with-waste` and `coding.waste-unknown`. Sources: facts
    C-JW, C-JZ and, for Original Medicare only, C-JZ-MEDICARE.
    """
    for bill in bills(case):
        for lines in drug_lines(bill, known):
            if lines.has(DISCARDED) and lines.has(NONE_DISCARDED):
                yield _both(lines)
            elif bill.claimed:
                yield from _claimed(lines)


def _both(lines: DrugLines) -> Finding:
    return wrong(
        "coding.jw-and-jz",
        f"{lines.bill.name} has {lines.drug.code} both with JW (some was discarded) and with JZ "
        "(nothing was)",
        "The two contradict each other, and the claim comes back.",
        _COMPARE,
        lines.bill.records,
        facts=["C-JW", "C-JZ"],
    )


def _claimed(lines: DrugLines) -> Iterator[Finding]:
    waste = lines.waste
    if waste is None:
        yield from _unknown(lines)
        return
    thrown = total(lines.thrown)
    if not agree(thrown, waste, lines.drug.unit):
        yield _no_line(lines, waste) if not lines.thrown else _other_units(lines, thrown, waste)
    if lines.has(NONE_DISCARDED) and not agree(Decimal(0), waste, lines.drug.unit):
        yield wrong(
            "coding.jz-with-waste",
            f"{lines.bill.name} says by JZ that nothing of {lines.drug.code} was discarded, and "
            f"the sessions of that day say {count(waste, 'unit')}",
            "The claim and the injection record have to agree.",
            _COMPARE,
            lines.bill.records,
            facts=["C-JZ"],
        )
    if waste == 0 and not lines.thrown and not lines.has(NONE_DISCARDED):
        yield _no_mark(lines)


def _strict(lines: DrugLines) -> bool:
    day = lines.bill.day
    return (
        lines.bill.regime is Regime.ORIGINAL_MEDICARE and day is not None and day.earliest >= _SINCE
    )


def _other_units(lines: DrugLines, thrown: Decimal, waste: Decimal) -> Finding:
    return wrong(
        "coding.waste-units",
        f"{lines.bill.name} bills {count(thrown, 'billing unit')} of {lines.drug.code} as "
        f"discarded (JW), and the sessions of that day say {count(waste, 'unit')}",
        f"One billing unit is {count(lines.drug.unit, 'unit')} of the product. Billed and "
        "documented waste have to agree.",
        _COMPARE,
        lines.bill.records,
        facts=["C-JW", lines.drug.fact],
    )


def _no_line(lines: DrugLines, waste: Decimal) -> Finding:
    what = (
        f"{lines.bill.name} has no line for {count(waste, 'unit')} of {lines.drug.code} that were "
        "discarded"
    )
    if _strict(lines):
        return wrong(
            "coding.discarded-line",
            what,
            _MEDICARE,
            f"{_COMPARE} What was discarded stands on a line of its own, with JW.",
            lines.bill.records,
            facts=["C-JW", "C-JZ-MEDICARE"],
        )
    return note("coding.discarded-line", what, _OTHERS, _ASK, lines.bill.records, facts=["C-JW"])


def _no_mark(lines: DrugLines) -> Finding:
    what = f"{lines.bill.name} does not say that nothing of {lines.drug.code} was discarded"
    if _strict(lines):
        return wrong(
            "coding.nothing-discarded",
            what,
            _MEDICARE,
            f"{_COMPARE} Where nothing was discarded, the drug line says so with JZ.",
            lines.bill.records,
            facts=["C-JZ", "C-JZ-MEDICARE"],
        )
    return note("coding.nothing-discarded", what, _OTHERS, _ASK, lines.bill.records, facts=["C-JZ"])


def _unknown(lines: DrugLines) -> Iterator[Finding]:
    """Yield `coding.waste-unknown` where the claim or the payer makes it matter."""
    marked = lines.has(DISCARDED) or lines.has(NONE_DISCARDED)
    if lines.sessions and (marked or _strict(lines)):
        yield missing(
            "coding.waste-unknown",
            f"{lines.bill.name}: what was discarded of {lines.drug.code} is not recorded",
            "What a claim says of it has to stand in the injection record.",
            "Enter the units discarded, or the vials and the units in one, under Botulinum toxin "
            "sessions.",
            lines.bill.records,
            facts=["C-JW", "C-JZ"],
        )
