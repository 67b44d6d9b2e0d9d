"""Whether a decision is still open to a first appeal, and whether a letter is the first step."""

import datetime as dt

from tmjkit.case import Case, Determination
from tmjkit.letters.gap import LetterError
from tmjkit.rules import RegimeResult, standing


def check(case: Case, denial: Determination, today: dt.date) -> None:
    """Refuse a first appeal of a decision that is no longer open to one.

    Raises
    ------
    LetterError
        When the decision was set right, or a first appeal of it was sent.
    """
    found = standing(case, denial, today)
    if found.settled:
        raise LetterError(
            f"this decision needs no appeal: {found.settled}. If a later decision denies, enter it "
            "and name it for the letter"
        )
    if found.appealed:
        raise LetterError(
            f"{found.appealed}; this letter is the first appeal. The decision on that appeal says "
            "what the next step is. If none was sent, or it was withdrawn, correct that in the case"
        )


def check_step(case: Case, law: RegimeResult | None) -> None:
    """Refuse a first appeal to the payer where the law's first step is another one.

    Source: the rule of the knowledge base for the first step, such as 42 CFR 431.221 for
    Medicaid that a State pays itself.

    Raises
    ------
    LetterError
        When the first step goes elsewhere; the text names the step and its source.
    """
    found = standing(case, None, law=law)
    rule = found.first_step
    if found.to_the_payer or rule is None or rule.clock is None or law is None or not law.regime:
        return
    raise LetterError(
        f"the first step under this plan ({law.regime.label}) is a {rule.clock.name}; this "
        "letter is an appeal to the payer. Ask for the hearing in the way that the notice "
        f"says. {rule.statement} ({rule.citation})"
    )
