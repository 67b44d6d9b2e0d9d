"""Codes as the knowledge base has them, found by set and code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tmjkit.case import ToxinProduct
from tmjkit.knowledge import Code, CodeSystem, Fact


@dataclass(frozen=True, slots=True)
class Drug:
    """A botulinum toxin as it is billed: one billing unit holds `unit` units of the product."""

    code: str
    product: ToxinProduct
    unit: Decimal
    fact: str


def entries(known: Mapping[str, Fact], *systems: CodeSystem) -> Iterator[tuple[Fact, Code]]:
    """Yield the facts about codes of these sets, with what they say of the code."""
    for fact in known.values():
        if fact.code is not None and fact.code.system in systems:
            yield fact, fact.code


def about(
    known: Mapping[str, Fact], code: str, *systems: CodeSystem
) -> tuple[tuple[Fact, Code], ...]:
    """Return the facts about one code, in the order of the knowledge base."""
    return tuple((fact, entry) for fact, entry in entries(known, *systems) if entry.covers(code))


def drugs(known: Mapping[str, Fact]) -> dict[str, Drug]:
    """Return the botulinum toxins by HCPCS code (facts C-J0585 to C-J0589)."""
    products = {product.value: product for product in ToxinProduct}
    return {
        code: Drug(code, products[entry.product], entry.unit, fact.id)
        for fact, entry in entries(known, CodeSystem.HCPCS)
        if entry.unit is not None
        for code in entry.codes
    }
