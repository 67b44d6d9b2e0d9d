"""National Drug Codes: their forms, and whether one belongs to the product that is billed.

An NDC has a part each for labeler, product and package. On a package it has 10 digits, as 4-4-2,
5-3-2 or 5-4-1; on a claim it has 11, as 5-4-2: the short part gets a zero in front (fact C-NDC).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tmjkit.case import BotulinumSession, Case, ServiceLine, ToxinProduct
from tmjkit.knowledge import Code, CodeSystem, Fact
from tmjkit.rules.coding.arithmetic import code_of
from tmjkit.rules.coding.bill import bills
from tmjkit.rules.coding.book import drugs, entries
from tmjkit.rules.coding.say import note, wrong
from tmjkit.rules.model import Finding

_HYPHENS: Final = re.compile(r"([0-9]{4,5})-([0-9]{3,4})(?:-([0-9]{1,2}))?")
_FORMS: Final = {(4, 4, 2), (5, 3, 2), (5, 4, 1), (5, 4, 2), (4, 4, 0), (5, 3, 0), (5, 4, 0)}


def eleven(ndc: str) -> tuple[str, ...]:
    """Return every 11-digit form, as 5-4-2 with hyphens, that a written NDC can mean.

    Ten digits without hyphens can mean three; what has no package ends in '-'; what is no NDC
    gives none.
    """
    text = ndc.strip()
    if re.fullmatch(r"[0-9]{11}", text):
        return (f"{text[:5]}-{text[5:9]}-{text[9:]}",)
    if re.fullmatch(r"[0-9]{10}", text):
        parts = ((text[:4], text[4:8], text[8:]), (text[:5], text[5:8], text[8:]),
                 (text[:5], text[5:9], text[9:]))  # fmt: skip
        return tuple(dict.fromkeys(_padded(*part) for part in parts))
    found = _HYPHENS.fullmatch(text)
    if found is None:
        return ()
    labeler, product, package = found[1], found[2], found[3] or ""
    if (len(labeler), len(product), len(package)) not in _FORMS:
        return ()
    return (_padded(labeler, product, package),)


def _padded(labeler: str, product: str, package: str) -> str:
    end = package.rjust(2, "0") if package else ""
    return f"{labeler.rjust(5, '0')}-{product.rjust(4, '0')}-{end}"


def known_as(ndc: str, known: Mapping[str, Fact]) -> tuple[tuple[Fact, Code], ...]:
    """Return the facts about an NDC, the package left open where either leaves it open."""
    forms = eleven(ndc)
    return tuple(
        (fact, entry)
        for fact, entry in entries(known, CodeSystem.NDC)
        if any(
            entry.covers(form) or (form.endswith("-") and _starts(entry, form)) for form in forms
        )
    )


def _starts(entry: Code, form: str) -> bool:
    return any(code.startswith(form) for code in entry.codes)


@dataclass(frozen=True, slots=True)
class Written:
    """An NDC as it is written in a case, with what it stands for there."""

    ndc: str
    place: str
    product: ToxinProduct | None
    vial: int | None
    records: tuple[str, ...]


def ndc_findings(case: Case, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield what is wrong with an NDC.

    The rules are `coding.cosmetic-ndc`, `coding.ndc-form`, `coding.ndc-product`, `coding.ndc-vial`
    and `coding.ndc-unknown`. Sources: facts C-NDC-COSMETIC, C-NDC-1145, C-NDC-3921, C-NDC-72960 and
    NDC-REPACK: only the cosmetic product is refused, an NDC that is not known is asked about.
    """
    for item in _written(case, known):
        rows = known_as(item.ndc, known)
        refused = [fact for fact, entry in rows if entry.refused]
        if not eleven(item.ndc):
            yield _form(item)
        elif refused:
            yield _cosmetic(item, refused)
        elif not rows:
            yield _unknown(item)
        else:
            yield from _compare(item, rows)


def _written(case: Case, known: Mapping[str, Fact]) -> Iterator[Written]:
    for session in case.sessions:
        if session.ndc:
            place = "Botulinum toxin sessions"
            yield Written(
                session.ndc, place, _product(session, known), session.vial_units, (session.id,)
            )
    toxins = drugs(known)
    for bill in bills(case):
        for line in bill.lines:
            if line.ndc and _is_toxin(line, toxins, known):
                drug = toxins.get(line.code)
                product = drug.product if drug else None
                yield Written(line.ndc, bill.place, product, None, (bill.record.id,))


def _is_toxin(line: ServiceLine, toxins: Mapping[str, object], known: Mapping[str, Fact]) -> bool:
    return line.code in toxins or bool(known_as(line.ndc or "", known))


def _product(session: BotulinumSession, known: Mapping[str, Fact]) -> ToxinProduct | None:
    drug = drugs(known).get(code_of(session) or "")
    return drug.product if drug else None


def _form(item: Written) -> Finding:
    return wrong(
        "coding.ndc-form",
        f"The NDC {item.ndc} has no form that an NDC has",
        "On the package it has 10 digits in the parts 4-4-2, 5-3-2 or 5-4-1, on a claim 11 in the "
        "parts 5-4-2.",
        f"Copy it from the vial or its box under {item.place}.",
        item.records,
        facts=["C-NDC"],
    )


def _cosmetic(item: Written, facts: list[Fact]) -> Finding:
    return wrong(
        "coding.cosmetic-ndc",
        f"The NDC {item.ndc} is Botox Cosmetic, which is not billed as therapeutic Botox",
        "It is another product with another label. Billing it as the therapeutic one is a false "
        "claim.",
        f"Stop and look at the vial. If the NDC was copied wrongly, correct it under "
        f"{item.place}; if this vial was used, ask whoever is responsible for billing before "
        "anything is sent.",
        item.records,
        facts=[fact.id for fact in facts],
    )


def _unknown(item: Written) -> Finding:
    return note(
        "coding.ndc-unknown",
        f"The NDC {item.ndc} is not known here",
        "Several labelers sell the same product, so an NDC that is not known can be right.",
        f"Compare product, strength and labeler with the vial, and the digits under {item.place}.",
        item.records,
        facts=["NDC-REPACK"],
    )


def _compare(item: Written, rows: tuple[tuple[Fact, Code], ...]) -> Iterator[Finding]:
    products = {entry.product for _, entry in rows}
    vials = {entry.vial for _, entry in rows if entry.vial}
    ids = [fact.id for fact, _ in rows]
    titles = "; ".join(fact.title for fact, _ in rows)
    if item.product is not None and item.product.value not in products:
        yield wrong(
            "coding.ndc-product",
            f"The NDC {item.ndc} does not belong to {item.product.label}",
            f"What is known of it: {titles}.",
            f"Look at the vial, and correct the NDC or the product under {item.place}.",
            item.records,
            facts=ids,
        )
    if item.vial is not None and vials and item.vial not in vials:
        yield wrong(
            "coding.ndc-vial",
            f"The NDC {item.ndc} is not that of a vial of {item.vial} units",
            f"What is known of it: {titles}.",
            f"Look at the vial, and correct the NDC or the units under {item.place}.",
            item.records,
            facts=ids,
        )
