"""The arithmetic of billed units: what was injected and discarded, in billing units of a code.

One billing unit of J0585 is 1 unit of its product, of J0586 it is 5 and of J0587 it is 100. Units
of one product are never turned into units of another (fact E-UNITS).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from tmjkit.case import HCPCS, BotulinumSession, ServiceLine
from tmjkit.knowledge import Fact
from tmjkit.rules.coding.bill import Bill
from tmjkit.rules.coding.book import Drug, drugs

DISCARDED: Final = "JW"
NONE_DISCARDED: Final = "JZ"


def billing_units(units: Decimal, unit: Decimal) -> Decimal:
    """Return how many billing units some units of a product are; it may be no whole number."""
    return units / unit


def agree(billed: Decimal, units: Decimal, unit: Decimal) -> bool:
    """Tell whether billed units fit the units of the product.

    A claim takes whole billing units. Payers round in their own ways, so where the number is not
    whole the next whole one on either side agrees.
    """
    exact = billing_units(units, unit)
    return billed in (exact, exact.to_integral(ROUND_FLOOR), exact.to_integral(ROUND_CEILING))


def discarded(session: BotulinumSession) -> Decimal | None:
    """Return the units discarded: as recorded, or vials less what was injected; None if unknown."""
    if session.units_wasted is not None:
        return session.units_wasted
    opened = content(session)
    if opened is None or not session.doses or opened < session.units:
        return None
    return opened - session.units


def content(session: BotulinumSession) -> Decimal | None:
    """Return the units in the vials that were opened; None if unknown."""
    if session.vials is None or session.vial_units is None:
        return None
    return Decimal(session.vials * session.vial_units)


@dataclass(frozen=True, slots=True)
class DrugLines:
    """The lines of one drug on a bill, split by what they bill."""

    bill: Bill
    drug: Drug
    given: tuple[ServiceLine, ...]
    thrown: tuple[ServiceLine, ...]

    @property
    def all(self) -> tuple[ServiceLine, ...]:
        """All of them."""
        return (*self.given, *self.thrown)

    @property
    def sessions(self) -> tuple[BotulinumSession, ...]:
        """The sessions of that day with this product."""
        return tuple(item for item in self.bill.sessions if code_of(item) == self.drug.code)

    @property
    def units(self) -> Decimal | None:
        """Units injected that day, in units of the product; None where a dose is not recorded."""
        if not self.sessions or not all(item.doses for item in self.sessions):
            return None
        return sum((item.units for item in self.sessions), Decimal(0))

    @property
    def waste(self) -> Decimal | None:
        """Units discarded that day, in units of the product; None where not known."""
        parts = [discarded(item) for item in self.sessions]
        if not parts or None in parts:
            return None
        return sum((part for part in parts if part is not None), Decimal(0))

    def has(self, modifier: str) -> bool:
        """Tell whether a line has the modifier."""
        return any(modifier in line.modifiers for line in self.all)


def code_of(session: BotulinumSession) -> str | None:
    """Return the HCPCS code of the product that was used; None for another product."""
    return HCPCS.get(session.product) or session.hcpcs


def drug_lines(bill: Bill, known: Mapping[str, Fact]) -> Iterator[DrugLines]:
    """Yield the drug lines of a bill, by code."""
    for code, drug in drugs(known).items():
        lines = bill.having(code)
        if lines:
            thrown = tuple(line for line in lines if DISCARDED in line.modifiers)
            yield DrugLines(bill, drug, tuple(line for line in lines if line not in thrown), thrown)


def total(lines: Iterable[ServiceLine]) -> Decimal:
    """Return the billing units of some lines."""
    return sum((line.units for line in lines), Decimal(0))
