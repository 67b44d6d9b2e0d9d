"""The law of the plan and no other.

Source: `Fact.applies` for what the knowledge base holds; for citations that a template writes out,
the table below. A wrong statute costs an appeal its credit, and sends people to the wrong door.
"""

from collections.abc import Iterator
from typing import Final

from tmjkit.letters.lint.citations import Cited, cited
from tmjkit.letters.lint.matter import Matter, Said
from tmjkit.letters.lint.model import LintRule, Objection
from tmjkit.rules import RegimeResult

RULE: Final = LintRule(
    "wrong-regime",
    "A law that does not govern this plan",
    "A sentence rests on a rule of another kind of plan or another state, or names its citation.",
    "29 USC 1003(b) and 1144 for ERISA and state law; 42 CFR parts 405, 422, 423, 431 and 438 for "
    "Medicare and Medicaid; 45 CFR 147.140 for grandfathered plans",
)


def check(matter: Matter) -> Iterator[Objection]:
    """Object to law that does not govern the letter's plan."""
    law = matter.law.result
    plan = law.regime.label if law and law.regime else "a plan whose funding is not recorded"
    instead = (
        "Ask with holds() before the law is stated."
        if law and law.regime
        else "Enter the plan's funding under Coverages; until then cite no law."
    )
    for said in matter.said:
        for fact in matter.facts_of(said):
            if fact.letter_ready and not matter.law.holds(fact.id):
                yield said.refused(
                    RULE,
                    f"it rests on {fact.citation} (fact '{fact.id}'), which does not govern this "
                    f"plan: {plan}",
                    instead,
                )
    for passage in matter.passages(_own):
        for found in cited(passage.text):
            if not _governs(found, law, dental=matter.dental):
                yield passage.at(found.start).refused(
                    RULE,
                    f"it names “{found.words}”, which is {found.about} and does not govern this "
                    f"plan: {plan}",
                    instead,
                )


def _own(said: Said) -> str:
    """Return the words that are the letter's own: a record quotes what its paper says."""
    return "".join(
        run.text if not (run.records or run.facts or run.gap) else " " for run in said.sentence.runs
    )


def _governs(found: Cited, law: RegimeResult | None, *, dental: bool) -> bool:
    if law is None or law.regime is None:
        return False
    if found.state:
        if law.insured is False and law.regime.value in ("government", "church"):
            return False
        return law.state == found.state
    if found.not_grandfathered and (law.grandfathered or dental):
        return False
    return law.regime in found.regimes
