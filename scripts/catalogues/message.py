"""One message: English in the source, and its own key."""

import re
from collections import Counter
from dataclasses import dataclass, field

_NAMED = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
# What the parser of letters would take for a heading, a list, emphasis, a table, code or HTML.
_MARKS = re.compile(r"\*+|`+|\||^#+|<|>|\]\(", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Message:
    """A message.

    Parameters
    ----------
    forms
        The message; singular and plural where it has both.
    places
        Files that say it, from the root of the project.
    """

    forms: tuple[str, ...]
    places: tuple[str, ...] = field(default=(), compare=False)


def placeholders(text: str) -> Counter[str]:
    """Return the names that values are filled in under, with how often each stands there."""
    return Counter(one or other for one, other in _NAMED.findall(text))


def marks(text: str) -> Counter[str]:
    """Return the signs that mean something to the parser of letters."""
    return Counter(_MARKS.findall(text))


def edges(text: str) -> tuple[bool, bool]:
    """Tell whether a text begins and ends with a space, which joins it to what is around it."""
    return text[:1].isspace(), text[-1:].isspace()
