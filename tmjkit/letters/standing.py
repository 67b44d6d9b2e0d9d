"""Whether a decision is still open to a first appeal, and whether a letter is the first step."""

import datetime as dt
from typing import NamedTuple

from tmjkit.case import Case, Determination
from tmjkit.rules import RegimeResult, standing


def closed(case: Case, denial: Determination, today: dt.date) -> str:
    """Say why a decision is no longer open to a first appeal; empty while it is."""
    found = standing(case, denial, today)
    if found.settled:
        return (
            f"this decision needs no appeal: {found.settled}. If a later decision denies, enter it "
            "and name it for the letter"
        )
    if found.appealed:
        return (
            f"{found.appealed}; this letter is the first appeal. The decision on that appeal says "
            "what the next step is. If none was sent, or it was withdrawn, correct that in the case"
        )
    return ""


class OtherStep(NamedTuple):
    """Why the first step is not an appeal to the payer, with the facts that say so."""

    why: str
    facts: tuple[str, ...]


def other_step(case: Case, law: RegimeResult | None) -> OtherStep | None:
    """Say where the first step goes where that is not the payer; None where it is.

    Source: the rule of the knowledge base for the first step, such as 42 CFR 431.221 for
    Medicaid that a State pays itself.
    """
    found = standing(case, None, law=law)
    rule = found.first_step
    if found.to_the_payer or rule is None or rule.clock is None or law is None or not law.regime:
        return None
    return OtherStep(
        f"the first step under this plan ({law.regime.label}) is a {rule.clock.name}; this "
        "letter is an appeal to the payer. Ask for the hearing in the way that the notice "
        f"says. {rule.statement} ({rule.citation})",
        (rule.id,),
    )
