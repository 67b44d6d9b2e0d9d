"""What a rule says, in the language of the patient.

The words of a finding hold the case's own: names, dates, what a notice says. They stay as they are
recorded. What the rule behind it says holds for every case, so it can be said in another language.
"""

from collections.abc import Iterable

from tmjkit.language import speaking, translated
from tmjkit.rules.catalog import catalog


def explained(rule_id: str, language: str) -> str:
    """Return what a rule says, in one sentence.

    Parameters
    ----------
    rule_id
        Id of the rule, such as `missing.member-id`.
    language
        One of `tmjkit.language.LANGUAGES`.

    Raises
    ------
    KeyError
        When there is no such rule.
    ValueError
        When tmjkit does not speak the language.
    """
    with speaking(language):
        return translated(catalog()[rule_id].says)


def explanations(rule_ids: Iterable[str], language: str) -> dict[str, str]:
    """Return what each of the rules says, by their ids; those that no catalog has are left out."""
    known = [name for name in dict.fromkeys(rule_ids) if name in catalog()]
    return {name: explained(name, language) for name in known}


def in_language(word: str, language: str) -> str:
    """Return the label of a closed list, such as 'Overdue', in a language."""
    with speaking(language):
        return translated(word)
