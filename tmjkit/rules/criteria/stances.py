"""What was read of a payer's documents, to be shown beside its policy and never instead of it."""

from collections.abc import Mapping

from tmjkit.knowledge import Fact, FactKind


def stances_of(payer: str, known: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """Return the facts on the stance of a payer whose name begins as the payer's does.

    Names are compared without blanks and signs, so that 'United Healthcare of Ohio' is found
    under 'UnitedHealthcare'. A payer under another name is not found: nothing is guessed.
    Whoever shows a fact shows its caveat, because policies change.
    """
    name = _letters(payer)
    return tuple(
        fact
        for fact in known.values()
        if fact.kind is FactKind.STANCE
        and fact.stance is not None
        and name.startswith(_letters(fact.stance.payer.partition("(")[0]))
    )


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
