"""Whether a procedure code describes the muscles that were injected or are planned."""

from collections.abc import Iterator, Mapping
from typing import Final

from tmjkit.case import Case, Side
from tmjkit.knowledge import CodeSystem, Fact
from tmjkit.rules.coding.bill import Bill, bills
from tmjkit.rules.coding.book import drugs, entries
from tmjkit.rules.coding.say import listed, missing, note, weak
from tmjkit.rules.coding.territories import Territory, absent, territory
from tmjkit.rules.model import Finding

FACIAL: Final = "64612"
PATTERN: Final = "64615"
_ASK: Final = (
    "Ask the payer in writing which code it wants for these muscles, and keep the answer. The "
    "procedure note decides what a code may say."
)


def muscle_findings(case: Case, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield what does not fit between a code and the muscles.

    The rules are `coding.facial-code`, `coding.territories` and `coding.other-procedure`. Sources:
    facts C-64612, C-64615, 64615-50, and those codes of section C that describe something else.
    """
    for bill in bills(case):
        if bill.having(FACIAL):
            yield from _facial(bill)
        if bill.having(PATTERN):
            yield from _pattern(bill)
        yield from _other(bill, known)


def _facial(bill: Bill) -> Iterator[Finding]:
    """Yield `coding.facial-code`: masseter and temporalis are not muscles of the facial nerve."""
    chewing = [dose for dose in bill.doses if territory(dose) is Territory.TRIGEMINAL]
    if chewing:
        names = listed((dose.name or dose.muscle.label).lower() for dose in chewing)
        yield weak(
            "coding.facial-code",
            f"{bill.name} has {FACIAL}, which means muscles that the facial nerve moves, and the "
            f"muscles recorded are: {names}",
            "The trigeminal nerve moves the muscles of chewing, so a reviewer finds a code that "
            "does not fit. No code made for them was found; some payers and clinics use this one "
            "all the same.",
            _ASK,
            bill.records,
            facts=["C-64612"],
        )
    elif not bill.doses:
        yield note(
            "coding.facial-code",
            f"{bill.name} has {FACIAL}, which means muscles that the facial nerve moves; no "
            "muscles are recorded",
            "The trigeminal nerve moves masseter and temporalis, so the code does not fit them.",
            f"Enter the doses by muscle. {_ASK}",
            bill.records,
            facts=["C-64612"],
        )


def _pattern(bill: Bill) -> Iterator[Finding]:
    """Yield `coding.territories`: not every territory of the code is documented."""
    meaning = (
        f"{PATTERN} means the facial, trigeminal, cervical spinal and accessory territories on "
        "both sides. Where they were not all injected, the claim says what was not done."
    )
    if not bill.doses:
        yield missing(
            "coding.territories",
            f"{bill.name} has {PATTERN}, and no muscles are recorded",
            meaning,
            "Enter every muscle by its name as the procedure note has it.",
            bill.records,
            facts=["C-64615", "64615-50"],
        )
        return
    lacking = absent(bill.doses)
    sides = {dose.side for dose in bill.doses}
    one_side = bool(sides) and Side.BOTH not in sides and len(sides) == 1
    if not lacking and not one_side:
        return
    parts = []
    if lacking:
        parts.append(f"no muscle in the territory: {listed(item.label for item in lacking)}")
    if one_side:
        parts.append("muscles of one side only")
    yield weak(
        "coding.territories",
        f"{bill.name} has {PATTERN}, and the doses recorded show {'; '.join(parts)}",
        meaning,
        "Enter every muscle by its name as the procedure note has it. Where the note does not "
        "show them, the code can't stand.",
        bill.records,
        facts=["C-64615", "64615-50"],
    )


def _other(bill: Bill, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield `coding.other-procedure`: a code that describes something else than this treatment."""
    toxin = bill.having(*drugs(known)) or bill.doses or bill.sessions
    if not toxin:
        return
    for fact, entry in entries(known, CodeSystem.CPT, CodeSystem.CDT):
        codes = [line.code for line in bill.lines if entry.instead_of and entry.covers(line.code)]
        if codes:
            yield weak(
                "coding.other-procedure",
                f"{bill.name} has {listed(codes)} together with botulinum toxin",
                f"{listed(codes)} describes {entry.instead_of}. {fact.note}".strip(),
                f"Compare it with the procedure note. {_ASK}",
                bill.records,
                facts=[fact.id],
            )
