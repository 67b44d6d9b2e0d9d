"""Objections that somebody set aside, with the reason.

An override is for the sentences that it names and no others: when the words change, or another
sentence breaks the rule, the letter is refused as before. It is also for the decision, request or
claim that the letter was about: what was right of one denial may be wrong of the next.
"""

import datetime as dt
from collections.abc import Iterable

from tmjkit.case import Case, LintOverride
from tmjkit.letters.gap import LetterError
from tmjkit.letters.letter import Letter
from tmjkit.letters.lint.model import Objection

_LONGEST = 20_000  # as long as a note of the case can be


def _key(text: str) -> str:
    return " ".join(text.split())[:_LONGEST].strip()


def standing_objections(
    objections: Iterable[Objection], case: Case, letter: Letter
) -> tuple[Objection, ...]:
    """Return the objections that no override of the case sets aside, in their order."""
    aside = {
        (item.rule, _key(text))
        for item in case.overrides
        if item.kind == letter.kind and (item.about or "") == letter.about_id
        for text in item.sentences
    }
    return tuple(item for item in objections if (item.rule, _key(item.text)) not in aside)


def override_for(
    kind: str,
    objections: Iterable[Objection],
    rule: str,
    why: str,
    *,
    date: dt.date,
    by: str = "",
    about: str = "",
) -> LintOverride:
    """Make the override that sets aside what a rule objects to now.

    Parameters
    ----------
    kind
        Kind of the letter.
    objections
        What the linter said of it.
    rule
        Id of the rule.
    why
        Why the letter is right all the same.
    date, by
        When that was decided, and by whom.
    about
        Id of what the letter is about (`Letter.about_id`); empty where it is about nothing.

    Raises
    ------
    LetterError
        When the rule does not object to this letter, or no reason is given.
    """
    found = tuple(objections)
    named = [item for item in found if item.rule == rule]
    if not named:
        others = ", ".join(dict.fromkeys(item.rule for item in found)) or "none"
        raise LetterError(
            f"the rule '{rule}' does not object to this letter, so there is nothing to set aside; "
            f"those that object: {others}"
        )
    if not why.strip():
        raise LetterError(f"say why the rule '{rule}' is set aside: --why TEXT")
    return LintOverride(
        kind=kind,
        rule=rule,
        about=about or None,
        why=why,
        date=date,
        by=by,
        sentences=tuple(dict.fromkeys(_key(item.text) for item in named)),
    )
