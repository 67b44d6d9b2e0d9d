"""Which policy or criterion a denial names, so that nobody is asked for what is on the table."""

import re
from typing import Final

from tmjkit.case import Determination, Document, DocumentKind, DocumentSource
from tmjkit.letters.situation import Situation
from tmjkit.rules.criteria import policy_of

# A policy, guideline or criterion with its number: 'drug policy EM-DRUG-041', 'guideline BT-12'.
_NUMBERED: Final = re.compile(
    r"\b(?:polic(?:y|ies)|guidelines?|criteri(?:on|a))\b[^.;]{0,40}?\s(?=\S*\d)\w[\w.-]*",
    re.IGNORECASE,
)


def applied(situation: Situation) -> tuple[Document, ...]:
    """Return the policies in the case's documents that a denial is recorded as resting on."""
    denial = situation.denial
    cited = {
        item.document_id
        for item in (denial.sources if denial else ())
        if isinstance(item, DocumentSource)
    }
    return tuple(
        item
        for item in situation.case.documents
        if item.kind is DocumentKind.POLICY and item.id in cited
    )


def policy_named(situation: Situation) -> bool:
    """Tell whether it is known which policy was applied.

    It is where the denial's words give its number, where the denial rests on a policy among the
    documents, or where the coverage names a policy that is a payer's own.
    """
    coverage, denial = situation.coverage, situation.denial
    policy = policy_of(situation.case, coverage, situation.known.policies) if coverage else None
    if policy is not None and not policy.example:
        return True
    return bool(applied(situation)) or (
        denial is not None and any(map(names_rule, words_of(denial)))
    )


def policy_at_hand(situation: Situation) -> bool:
    """Tell whether the policy that was applied is among the documents."""
    return bool(applied(situation))


def names_rule(text: str) -> bool:
    """Tell whether words name a policy, guideline or criterion by its number."""
    return _NUMBERED.search(" ".join(text.split())) is not None


def words_of(denial: Determination) -> tuple[str, ...]:
    """Return a denial's words on record: its reasons, then the quotes from its documents."""
    quotes = (item.quote for item in denial.sources if isinstance(item, DocumentSource))
    return (*(item.text for item in denial.reasons), *quotes)
