"""Nothing in a letter that nobody confirmed.

Source: `Fact.letter_ready`. What is marked `memory` was not found in any source, and what a
payer's document said when it was last read may be another thing today.
"""

from collections.abc import Iterator
from typing import Final

from tmjkit.knowledge import FactKind
from tmjkit.letters.lint.matter import Matter
from tmjkit.letters.lint.model import LintRule, Objection

RULE: Final = LintRule(
    "unconfirmed-fact",
    "A fact that nobody confirmed",
    "A sentence rests on a fact marked 'memory', or on what a payer's document said when it was "
    "last read.",
    "practice of the office: the knowledge base marks how each fact was confirmed",
)


def check(matter: Matter) -> Iterator[Objection]:
    """Object to facts that are not ready for a letter."""
    for said in matter.said:
        for fact in matter.facts_of(said):
            if fact.letter_ready:
                continue
            if fact.kind is FactKind.STANCE:
                why = f"the fact '{fact.id}' is what a payer's document said when it was last read"
                instead = "Get the payer's current document and cite that as an exhibit."
            else:
                why = f"the fact '{fact.id}' is marked 'memory': nobody found it in a source"
                instead = (
                    "Leave the sentence out, or find the source and enter how it was confirmed."
                )
            yield said.refused(RULE, why, instead)
