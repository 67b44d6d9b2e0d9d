"""What the linter says: rules, and what each of them objects to."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LintRule:
    """One rule of the linter.

    Parameters
    ----------
    id
        Stable id, as `--override` takes it.
    title
        Short name.
    says
        What it refuses, in a sentence.
    source
        Where it comes from: a rule of law, or 'practice of the office'.
    """

    id: str
    title: str
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing in a letter that must not leave the house like this.

    Parameters
    ----------
    rule
        Id of the rule that objects.
    sentence
        Number of the sentence, as `letters.sentence.sentences` counts; 0 for the whole letter.
    text
        The sentence's words; for the whole letter, what is missing from it.
    why
        What is wrong, without a full stop at its end.
    instead
        What to do about it, as a sentence.
    """

    rule: str
    sentence: int
    text: str
    why: str
    instead: str

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "rule": self.rule,
            "sentence": self.sentence,
            "text": self.text,
            "why": self.why,
            "instead": self.instead,
        }
