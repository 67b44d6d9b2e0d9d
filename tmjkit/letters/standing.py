"""Whether a decision is still open to a first appeal, and whether a letter is the first step."""

import datetime as dt

from tmjkit.case import Appeal, Case, Decision, Determination, Level, Outcome
from tmjkit.knowledge import facts
from tmjkit.letters.gap import LetterError
from tmjkit.rules import RegimeResult
from tmjkit.rules.deadlines.appeals import against, first_appeal_rule

# What an appeal to the payer is filed as; the second level follows a first one.
_TO_THE_PAYER = frozenset({Level.INTERNAL_1, Level.INTERNAL_2, Level.RECONSIDERATION})
_GONE = frozenset({Outcome.WITHDRAWN, Outcome.DISMISSED})


def settled(case: Case, denial: Determination) -> str:
    """Say how a denial was set right later, at any level; empty while it was not."""
    appeals = _all_against(case, denial)
    won = next((item for item in appeals if item.outcome is Outcome.OVERTURNED), None)
    if won is not None:
        return "it was overturned"
    about = {item.id for item in appeals} | ({denial.about_id} if denial.about_id else set())
    before = denial.notice_date or denial.received_date
    for other in case.determinations:
        if other.decision is not Decision.APPROVAL or other.about_id not in about:
            continue
        after = other.notice_date or other.received_date
        # The approval of an appeal came after what was appealed, dated or not.
        later = before and after and after.earliest > before.latest
        if later or other.about_id != denial.about_id:
            return "it was approved later"
    return ""


def appealed(case: Case, denial: Determination, today: dt.date) -> str:
    """Say that a first appeal of a denial was sent or decided; empty while none was."""
    appeals = [
        item
        for item in against(case, denial)
        if item.level in _TO_THE_PAYER and item.outcome not in _GONE
    ]
    if any(item.sent and item.sent.earliest <= today for item in appeals):
        return "a first appeal of this decision was sent already"
    ids = {item.id for item in appeals} | ({denial.about_id} if denial.about_id else set())
    answers = (
        item.level in _TO_THE_PAYER
        and item.adverse
        and item.about_id in ids
        and not _dated_before(item, denial)
        for item in case.determinations
    )
    if any(item.outcome is not None for item in appeals) or any(answers):
        return "a first appeal of this decision was decided"
    return ""


def _dated_before(one: Determination, other: Determination) -> bool:
    days = [item.notice_date or item.received_date for item in (one, other)]
    return bool(days[0] and days[1] and days[0].latest < days[1].earliest)


def was_appealed_before(case: Case, denial: Determination) -> bool:
    """Tell whether an appeal to the payer was begun and came to nothing."""
    return any(
        item.level in _TO_THE_PAYER and item.outcome in _GONE for item in against(case, denial)
    )


def check(case: Case, denial: Determination, today: dt.date) -> None:
    """Refuse a first appeal of a decision that is no longer open to one.

    Raises
    ------
    LetterError
        When the decision was set right, or a first appeal of it was sent.
    """
    if said := settled(case, denial):
        raise LetterError(
            f"this decision needs no appeal: {said}. If a later decision denies, enter it and name "
            "it for the letter"
        )
    if said := appealed(case, denial, today):
        raise LetterError(
            f"{said}; this letter is the first appeal. The decision on that appeal says what the "
            "next step is. If none was sent, or it was withdrawn, correct that in the case"
        )


def check_step(law: RegimeResult | None) -> None:
    """Refuse a first appeal to the payer where the law's first step is another one.

    Source: the rule of the knowledge base for the first step, such as 42 CFR 431.221 for
    Medicaid that a State pays itself.

    Raises
    ------
    LetterError
        When the first step goes elsewhere; the text names the step and its source.
    """
    rule = first_appeal_rule(facts(), law)
    if law is None or law.regime is None or rule is None or rule.clock is None:
        return
    if not {level.value for level in _TO_THE_PAYER} & set(rule.clock.filed_as):
        raise LetterError(
            f"the first step under this plan ({law.regime.label}) is a {rule.clock.name}; this "
            "letter is an appeal to the payer. Ask for the hearing in the way that the notice "
            f"says. {rule.statement} ({rule.citation})"
        )


def _all_against(case: Case, denial: Determination) -> list[Appeal]:
    """Return the appeals against a denial and against the decisions on them, level by level."""
    found: dict[str, Appeal] = {}
    denials, seen = [denial], {denial.id}
    while denials:
        new = [item for item in against(case, denials.pop()) if item.id not in found]
        found.update({item.id: item for item in new})
        for other in case.determinations:
            if other.about_id in found and other.id not in seen:
                seen.add(other.id)
                denials.append(other)
    return list(found.values())
