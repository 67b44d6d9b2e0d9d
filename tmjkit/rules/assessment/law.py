"""Which law governs each coverage, as entries."""

from collections.abc import Iterator

from tmjkit.case import Case, Coverage
from tmjkit.rules.model import RegimeResult
from tmjkit.rules.regime import regime
from tmjkit.rules.section import Entry, Section, Tone


def law_section(case: Case) -> Section:
    """Return which law governs each coverage, why, and what is still to find out."""
    lead = "" if case.coverages else "No insurance coverage is recorded: add it under Coverages."
    found = sorted(case.coverages, key=lambda one: one.rank)
    return Section(
        "regime", "Which law governs", tuple(_entry(one, regime(one)) for one in found), lead
    )


def _entry(coverage: Coverage, law: RegimeResult) -> Entry:
    known = law.regime is not None
    return Entry(
        mark="Law" if known else "Not known",
        what=f"{coverage.payer}: {law.regime.label if law.regime else 'who funds the plan?'}",
        tone=Tone.PLAIN if known else Tone.BAD,
        rule="regime.ask" if known else "regime.unknown",
        more=tuple(_more(law)),
        records=(coverage.id,),
    )


def _more(law: RegimeResult) -> Iterator[tuple[str, str]]:
    yield "Why", law.why
    if law.state:
        yield "State", f"The law of {law.state} holds as well."
    if law.grandfathered:
        yield "Grandfathered", "Yes: the federal rules of 45 CFR 147.136 do not reach the plan."
    for ask in law.asks:
        yield "Find out", ask
