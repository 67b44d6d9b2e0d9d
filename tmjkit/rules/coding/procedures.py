"""Procedure codes beside each other, their sides, and what has to be documented for them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from typing import Final

from tmjkit.case import Benefit, Case, DocumentKind, Guidance, Side
from tmjkit.knowledge import Code, CodeSystem, Fact
from tmjkit.rules.coding.bill import Bill, bills
from tmjkit.rules.coding.book import entries
from tmjkit.rules.coding.muscles import FACIAL, PATTERN
from tmjkit.rules.coding.say import listed, missing, note, number, weak, wrong
from tmjkit.rules.model import Finding

_BOTH_SIDES: Final = "50"
_RIGHT_LEFT: Final = ("RT", "LT")
_UNLISTED: Final = "64999"
# Facts C-64612, C-64615 (the codes that it does not stand with) and C-64999.
_CHEMODENERVATION: Final = (
    "64612", "64615", "64616", "64617", "64642", "64643", "64644", "64645", "64646", "64647",
    "64999",
)  # fmt: skip
_GUIDED: Final = {"95873": Guidance.STIMULATION, "95874": Guidance.EMG}
_NOTES: Final = (DocumentKind.INJECTION_RECORD, DocumentKind.CLINICAL_NOTE)
_NOTE_DECIDES: Final = "Compare it with the procedure note: it decides which of them can stand."


def procedure_findings(case: Case, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield what does not fit among procedure codes.

    The rules are `coding.procedure-pair`, `coding.both-sides-twice`, `coding.once`,
    `coding.per-side`, `coding.guidance`, `coding.add-on`, `coding.unlisted`, `coding.by-report`,
    `coding.dental-code` and `coding.medical-code`. Sources: section C of the coding facts, each by
    the id that the finding names.
    """
    codes = tuple(entries(known, CodeSystem.CPT, CodeSystem.CDT))
    for bill in bills(case):
        yield from _pairs(bill, codes)
        yield from _sides(bill)
        yield from _once(bill, codes)
        yield from _guidance(bill)
        yield from _reports(bill, codes)
        yield from _benefit(bill)
    yield from _unlisted(case, known)


def _pairs(bill: Bill, codes: tuple[tuple[Fact, Code], ...]) -> Iterator[Finding]:
    for one, other in combinations(dict.fromkeys(line.code for line in bill.lines), 2):
        rows = [
            fact
            for fact, entry in codes
            if (entry.covers(one) and entry.excludes(other))
            or (entry.covers(other) and entry.excludes(one))
        ]
        if rows:
            yield wrong(
                "coding.procedure-pair",
                f"{bill.name} has both {one} and {other}",
                f"The two do not stand together in one session. {rows[0].statement}",
                f"{_NOTE_DECIDES} They are entered under {bill.place}.",
                bill.records,
                facts=[fact.id for fact in rows],
            )


def _sides(bill: Bill) -> Iterator[Finding]:
    """Yield `coding.both-sides-twice` and `coding.per-side`."""
    marks = {mark for line in bill.having(PATTERN) for mark in line.modifiers}
    twice = [_BOTH_SIDES] if _BOTH_SIDES in marks else []
    twice += _RIGHT_LEFT if marks.issuperset(_RIGHT_LEFT) else []
    if twice:
        yield wrong(
            "coding.both-sides-twice",
            f"{bill.name} has {PATTERN} with {listed(twice)}",
            f"{PATTERN} means both sides already, so the sides are said twice.",
            f"Compare it with the procedure note, and correct it under {bill.place}.",
            bill.records,
            facts=["64615-50"],
        )
    lines = bill.having(FACIAL)
    sides = {dose.side for dose in bill.doses}
    both = Side.BOTH in sides or sides >= {Side.LEFT, Side.RIGHT}
    told = any({_BOTH_SIDES, *_RIGHT_LEFT} & set(line.modifiers) for line in lines)
    if lines and both and not told and sum(line.units for line in lines) == 1:
        yield note(
            "coding.per-side",
            f"{bill.name} has {FACIAL} once without a side, and the muscles recorded are on both",
            f"{FACIAL} counts by side, and how two sides are written differs between payers.",
            "Ask the payer how it wants the sides written, and note the answer.",
            bill.records,
            facts=["C-64612", "C-RT-LT", "C-50"],
        )


def _once(bill: Bill, codes: tuple[tuple[Fact, Code], ...]) -> Iterator[Finding]:
    """Yield `coding.once`: more than once in a session what stands once in it."""
    if not bill.claimed:  # a request may be for several sessions
        return
    for fact, entry in codes:
        for code in entry.codes if entry.once else ():
            units = sum(line.units for line in bill.having(code))
            if units > 1:
                yield wrong(
                    "coding.once",
                    f"{bill.name} has {code} {number(Decimal(units))} times",
                    f"{code} stands once in a session, however many muscles were injected.",
                    f"Compare it with the procedure note, and correct it under {bill.place}.",
                    bill.records,
                    facts=[fact.id],
                )


def _guidance(bill: Bill) -> Iterator[Finding]:
    """Yield `coding.guidance` and `coding.add-on` (fact C-95873)."""
    for code, guidance in _GUIDED.items():
        if not bill.having(code):
            continue
        if not bill.having(*_CHEMODENERVATION):
            yield weak(
                "coding.add-on",
                f"{bill.name} has {code} without the procedure that it is added to",
                f"{code} means guidance of the needle, and is billed only beside chemodenervation.",
                f"Compare it with the procedure note, and correct it under {bill.place}.",
                bill.records,
                facts=["C-95873"],
            )
        yield from _guided(bill, code, guidance)


def _guided(bill: Bill, code: str, guidance: Guidance) -> Iterator[Finding]:
    said = {item.guidance for item in bill.sessions}
    if guidance in said:
        return
    other = listed(item.label.lower() for item in said if item is not None)
    if other:
        yield weak(
            "coding.guidance",
            f"{bill.name} has {code} ({guidance.label.lower()}), and the session says: {other}",
            "Guidance is billed only where it was done and is documented.",
            "Compare both with the injection record, and correct whichever is wrong.",
            bill.records,
            facts=["C-95873"],
        )
    elif bill.claimed:
        yield missing(
            "coding.guidance",
            f"{bill.name} has {code} ({guidance.label.lower()}), and no session of that day says "
            "how the needle was guided",
            "Guidance is billed only where it was done and is documented.",
            "If the injection record shows it, enter it under Botulinum toxin sessions. If it "
            "does not, the code can't stand.",
            bill.records,
            facts=["C-95873"],
        )
    else:
        yield note(
            "coding.guidance",
            f"{bill.name} asks for {code} ({guidance.label.lower()})",
            "Guidance is billed only where it was done and is documented.",
            "Make sure that the clinician plans it, and that the procedure note will show it.",
            bill.records,
            facts=["C-95873"],
        )


def _reports(bill: Bill, codes: tuple[tuple[Fact, Code], ...]) -> Iterator[Finding]:
    """Yield `coding.by-report`: dental codes that the plan decides by a narrative."""
    for fact, entry in codes:
        found = [code for code in entry.codes if bill.having(code)]
        if found and entry.needs and entry.system is CodeSystem.CDT:
            yield note(
                "coding.by-report",
                f"{bill.name} has {listed(found)}, which a dental plan decides by report",
                f"It needs {entry.needs}. {fact.statement}",
                "Send it along, written from the clinician's record.",
                bill.records,
                facts=[fact.id],
            )


def _unlisted(case: Case, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield `coding.unlisted`: a code that names no procedure; the payer decides by the papers."""
    found = [bill for bill in bills(case) if bill.having(_UNLISTED)]
    if not found:
        return
    fact = known["C-64999"]
    needs = fact.code.needs if fact.code else ""
    names = listed([found[0].name, *(bill.name[:1].lower() + bill.name[1:] for bill in found[1:])])
    verb = "has" if len(found) == 1 else "have"
    what = f"{names} {verb} {_UNLISTED}, an unlisted code, which names no procedure"
    why = f"The payer decides it by the papers: {needs}. {fact.note}"
    where = "The clinician names in the cover letter the code that the work compares with."
    records = [record for bill in found for record in bill.records]
    noted = any(item.kind in _NOTES for item in case.documents)
    if noted or not any(bill.claimed for bill in found):
        where = f"Make sure that all of them go with it. {where}"
        yield note("coding.unlisted", what, why, where, records, facts=[fact.id])
    else:
        what = f"{what}, and no injection record or clinical note is attached"
        where = f"Attach the note of the procedure under Documents. {where}"
        yield missing("coding.unlisted", what, why, where, records, facts=[fact.id])


def _benefit(bill: Bill) -> Iterator[Finding]:
    """Yield `coding.dental-code` and `coding.medical-code`: a code of the other benefit."""
    dental = [line.code for line in bill.lines if line.code.startswith("D")]
    medical = [line.code for line in bill.lines if not line.code.startswith("D")]
    if bill.benefit is Benefit.MEDICAL and dental:
        yield weak(
            "coding.dental-code",
            f"{bill.name} goes to the medical benefit with dental codes: {listed(dental)}",
            "A medical plan does not read dental codes as a rule, and points to the dental plan.",
            "Ask the payer which benefit is responsible and how it wants a dental service "
            "written; correct the benefit under Coverages where it is wrong.",
            bill.records,
            facts=["C-D7899"],
        )
    if bill.benefit is Benefit.DENTAL and medical:
        yield weak(
            "coding.medical-code",
            f"{bill.name} goes to the dental benefit with medical codes: {listed(medical)}",
            "A dental plan does not read medical codes as a rule, and points to the medical plan.",
            "Ask the payer which benefit is responsible; correct the benefit under Coverages "
            "where it is wrong.",
            bill.records,
            facts=["C-D7899"],
        )
