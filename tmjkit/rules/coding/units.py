"""Whether the billed units of a drug are those that were injected or are planned."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from tmjkit.case import AuthorizationRequest, BotulinumSession, Case, ToxinProduct
from tmjkit.knowledge import Fact
from tmjkit.rules.coding.arithmetic import (
    DrugLines,
    agree,
    billing_units,
    code_of,
    content,
    drug_lines,
    total,
)
from tmjkit.rules.coding.bill import Bill, bills
from tmjkit.rules.coding.book import Drug, drugs
from tmjkit.rules.coding.say import count, listed, note, number, weak, wrong
from tmjkit.rules.model import Finding


def unit_findings(case: Case, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield what does not add up, line by line and day by day.

    The rules are `coding.units`, `coding.requested-units`, `coding.fractional-units`,
    `coding.unrounded-units`, `coding.no-session`, `coding.product`, `coding.two-products` and
    `coding.vials`. Sources: facts C-J0585 to C-J0589 and E-UNITS.
    """
    for session in case.sessions:
        yield from _vials(session, known)
    for bill in bills(case):
        found = tuple(drug_lines(bill, known))
        for lines in found:
            yield from _fractions(lines)
            if isinstance(bill.record, AuthorizationRequest):
                yield from _requested(lines, bill.record)
            else:
                yield from _billed(lines)
                yield from _no_session(case, lines)
        yield from _products(bill, found)


def _fractions(lines: DrugLines) -> Iterator[Finding]:
    """Yield `coding.fractional-units`: a line with a part of a billing unit."""
    broken = [line for line in lines.all if line.units != line.units.to_integral()]
    if broken:
        code = lines.drug.code
        yield wrong(
            "coding.fractional-units",
            f"{lines.bill.name} has {listed(number(line.units) for line in broken)} billing units "
            f"of {code}: a line takes whole ones",
            f"One billing unit of {code} is {count(lines.drug.unit, 'unit')} of the product.",
            f"Compare it with the injection record under {lines.bill.place}, and ask the payer "
            "how it rounds.",
            lines.bill.records,
            facts=[lines.drug.fact],
        )


def _sum(units: Decimal, drug: Drug) -> str:
    """Put the arithmetic into words."""
    billing = number(billing_units(units, drug.unit))
    injected = count(units, "unit")
    if drug.unit == 1:
        return f"{injected} are as many billing units of {drug.code}"
    return f"{injected} / {number(drug.unit)} = {billing} billing units of {drug.code}"


def _requested(lines: DrugLines, request: AuthorizationRequest) -> Iterator[Finding]:
    """Yield `coding.requested-units`; the lines may be for one session or for all of them."""
    units = sum((dose.units for dose in request.doses), Decimal(0))
    asked = total(lines.given)
    if not units or not lines.given:
        return
    if any(agree(asked, units * times, lines.drug.unit) for times in {1, request.sessions or 1}):
        yield from _unrounded(lines, units)
        return
    yield wrong(
        "coding.requested-units",
        f"{lines.bill.name} asks for {count(asked, 'billing unit')} of {lines.drug.code}, and its "
        f"doses by muscle add up to {count(units, 'unit')}",
        f"{_sum(units, lines.drug)}. A reviewer adds up the muscles.",
        "Compare both with the clinician's plan under Requests: the doses for one session, and "
        "the lines without what is discarded.",
        lines.bill.records,
        facts=[lines.drug.fact],
    )


def _billed(lines: DrugLines) -> Iterator[Finding]:
    """Yield `coding.units`: a claim that bills other units than were injected."""
    units, billed = lines.units, total(lines.given)
    if units is None:
        return
    if agree(billed, units, lines.drug.unit):
        yield from _unrounded(lines, units)
        return
    yield wrong(
        "coding.units",
        f"{lines.bill.name} bills {count(billed, 'billing unit')} of {lines.drug.code}, and the "
        f"doses of that day add up to {count(units, 'unit')}",
        f"{_sum(units, lines.drug)}. Billed and documented units have to agree; what was "
        "discarded stands on a line of its own.",
        "Compare the claim and the session with the injection record, and correct whichever is "
        "wrong.",
        lines.bill.records,
        facts=[lines.drug.fact],
    )


def _unrounded(lines: DrugLines, units: Decimal) -> Iterator[Finding]:
    exact = billing_units(units, lines.drug.unit)
    if exact != exact.to_integral():
        yield note(
            "coding.unrounded-units",
            f"{_sum(units, lines.drug)}: no whole number",
            "A line takes whole billing units, and payers round in their own ways.",
            "Ask the payer how it rounds, and note the answer.",
            lines.bill.records,
            facts=[lines.drug.fact],
        )


def _no_session(case: Case, lines: DrugLines) -> Iterator[Finding]:
    """Yield `coding.no-session`: a claim for a day on which no session can have been."""
    day = lines.bill.day
    if day is None or any(_may_be(item, day.earliest, day.latest) for item in case.sessions):
        return
    yield weak(
        "coding.no-session",
        f"{lines.bill.name} bills {lines.drug.code}, and no injection session of that day is "
        "recorded",
        "A claim says what was done; without the session nothing in the case shows it.",
        "Enter the session with its injection record under Botulinum toxin sessions, or correct "
        "the day under Claims.",
        lines.bill.records,
        facts=[lines.drug.fact],
    )


def _may_be(session: BotulinumSession, first: date, last: date) -> bool:
    day = session.date
    return day is None or (day.earliest <= last and first <= day.latest)


def _products(bill: Bill, found: tuple[DrugLines, ...]) -> Iterator[Finding]:
    """Yield `coding.two-products` and `coding.product`: units of different products."""
    if len(found) > 1 and not bill.claimed:
        yield note(
            "coding.two-products",
            f"{bill.name} asks for several products: {listed(item.drug.code for item in found)}",
            "Units of one botulinum toxin can't be converted into units of another.",
            "Make sure under Requests that the clinician plans more than one product.",
            bill.records,
            facts=["E-UNITS", *(item.drug.fact for item in found)],
        )
    if not bill.claimed or not bill.sessions:
        return
    used = {code_of(item) for item in bill.sessions}
    for lines in found:
        if lines.drug.code not in used and None not in used:
            products = listed(item.product.label for item in bill.sessions)
            yield wrong(
                "coding.product",
                f"{bill.name} bills {lines.drug.code}, and the session of that day used: "
                f"{products}",
                f"{lines.drug.code} is {lines.drug.product.label}. Units of one botulinum toxin "
                "can't be converted into units of another.",
                "Look at the vial's label in the injection record, and correct whichever is wrong.",
                bill.records,
                facts=[lines.drug.fact, "E-UNITS"],
            )


def _vials(session: BotulinumSession, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield `coding.vials` and, for a product without a code of its own, `coding.product`."""
    opened = content(session)
    drug = drugs(known).get(session.hcpcs or "")
    if session.product is ToxinProduct.OTHER and drug:
        yield wrong(
            "coding.product",
            f"A session has the code {drug.code}, and its product is recorded as another one",
            f"{drug.code} is {drug.product.label}. Units of one botulinum toxin can't be "
            "converted into units of another.",
            "Look at the vial's label, and correct whichever is wrong under Botulinum toxin "
            "sessions.",
            [session.id],
            facts=[drug.fact, "E-UNITS"],
        )
    if opened is None or not session.doses:
        return
    wasted = session.units_wasted
    when = f" of {session.date.words()}" if session.date else ""
    if session.units > opened or (wasted is not None and session.units + wasted != opened):
        rest = f" and {number(wasted)} discarded" if wasted is not None else ""
        yield wrong(
            "coding.vials",
            f"Session{when}: {number(session.units)} units injected{rest} do not add up to the "
            f"{number(opened)} in the vials ({session.vials} x {session.vial_units})",
            "Every unit of a single-dose vial is either injected or discarded; a claim says both.",
            "Compare it with the injection record under Botulinum toxin sessions.",
            [session.id],
        )
