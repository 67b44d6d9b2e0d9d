"""Which public office takes a complaint about a payer, by the law that governs the plan.

Sources: the facts whose ids begin with REGULATOR-. State departments reach only plans in which an
insurer bears the risk (29 USC 1144); 45 CFR 150.303 for plans that a government pays itself.
"""

from dataclasses import dataclass
from typing import Final

from tmjkit.case import DocumentSource, Product, Record
from tmjkit.knowledge import Fact, Regime
from tmjkit.letters.gap import Gap
from tmjkit.letters.situation import Situation
from tmjkit.letters.view import missing

PREFIX: Final = "REGULATOR-"
_BY_STATE: Final = frozenset(
    {Regime.ERISA_INSURED, Regime.INDIVIDUAL, Regime.GOVERNMENT, Regime.CHURCH}
)
# Where a State has two offices: which of them has its HMOs, and how a paper names each.
_HMO: Final = {"CA": "REGULATOR-CA-DMHC", "MN": "REGULATOR-MN-HEALTH"}
_NAMED: Final = {
    "REGULATOR-CA-DMHC": "department of managed health care",
    "REGULATOR-CA-CDI": "california department of insurance",
    "REGULATOR-MN-HEALTH": "department of health",
    "REGULATOR-MN-COMMERCE": "department of commerce",
}


@dataclass(frozen=True, slots=True)
class Office:
    """Where a complaint goes.

    Parameters
    ----------
    fact
        Id of the fact on the office; empty where none is known.
    also
        Ids of facts on offices that get a copy.
    gap
        What has to be found out where no office is known. A gap is false.
    none
        Why there is no office that takes it; empty where there is one.
    """

    fact: str = ""
    also: tuple[str, ...] = ()
    gap: Gap | None = None
    none: str = ""


def office(situation: Situation) -> Office:
    """Return the office that fits the law of the plan, or what has to be found out for it."""
    law, coverage = situation.law.result, situation.coverage
    if law is None or law.regime is None or coverage is None:
        return Office(gap=_gap(coverage, "Who funds the plan", "Insurance coverage, Funding"))
    offices = [item for item in _offices(situation) if situation.law.holds(item.id)]
    if law.regime in _BY_STATE:
        if law.insured is None:
            where = "Insurance coverage, Insured: the plan's office says whether an insurer pays"
            return Office(gap=_gap(coverage, "Whether an insurer bears the risk", where))
        if law.insured:
            return _of_state(situation, offices)
        offices = [item for item in offices if not item.states]
    if not offices:
        return Office(
            none="no public office that takes complaints about this plan is on record; the plan's "
            f"own document says how it takes them ({law.regime.label})"
        )
    return Office(offices[0].id)


def _offices(situation: Situation) -> list[Fact]:
    return [item for name, item in situation.known.facts.items() if name.startswith(PREFIX)]


def _of_state(situation: Situation, offices: list[Fact]) -> Office:
    coverage, law = situation.coverage, situation.law.result
    own = [item for item in offices if item.states]
    also = tuple(
        item.id
        for item in offices
        if not item.states and law and law.regime is Regime.ERISA_INSURED
    )
    state = law.state if law else None
    if state is None:
        return Office(
            also=also, gap=_gap(coverage, "State of the plan", "Insurance coverage, State")
        )
    if len(own) == 1:
        return Office(own[0].id, also)
    chosen = _chosen(situation, own, state)
    if chosen:
        return Office(chosen, also)
    if own:
        names = " or ".join(item.title for item in own)
        where = (
            "Insurance coverage, Product for an HMO; else Sources: the notice that names the "
            f"office, with its words as the quote ({names})"
        )
        return Office(
            also=also, gap=_gap(coverage, "Which office of the State has the plan", where)
        )
    where = (
        "the office's own knowledge folder: a fact whose id begins with REGULATOR-, with the name "
        f"of the department as its title, how to reach it as its statement, and the State {state}"
    )
    return Office(also=also, gap=_gap(coverage, "Insurance department of the State", where))


def _chosen(situation: Situation, own: list[Fact], state: str) -> str:
    """Return the one of several offices that the papers name, else the one for the product."""
    names = {item.id for item in own}
    quotes = " ".join(_quotes(situation.coverage, situation.denial)).casefold()
    told = [name for name, words in _NAMED.items() if name in names and words in quotes]
    if len(told) == 1:
        return told[0]
    product = situation.coverage.product if situation.coverage else None
    hmo = _HMO.get(state, "")
    if told or hmo not in names:
        return ""
    if product is Product.HMO:
        return hmo
    return ""


def _quotes(*records: Record | None) -> list[str]:
    return [
        source.quote
        for record in records
        if record is not None
        for source in record.sources
        if isinstance(source, DocumentSource)
    ]


def _gap(coverage: Record | None, what: str, where: str) -> Gap:
    return missing(what, where, record=coverage.id if coverage else "coverages")
