"""What a record says is wrong with it, in the language of the page.

The record's own words are English, with values in them. Those that a form of an interview can
meet are listed here as templates; what is in none of them stays in English.
"""

import re
from typing import Final

from tmjkit.language import translated

_SAID: Final = (
    "should be a date as YYYY-MM-DD, or YYYY-MM or YYYY where only that is known",
    "should be a date as YYYY-MM-DD, or YYYY-MM or YYYY where only that is known: the year should "
    "be from {low} to {high}",
    "should be a date as YYYY-MM-DD, or YYYY-MM or YYYY where only that is known: {why}",
    "should be the two letters of a US state or territory, such as CA",
    "should be a phone or fax number such as 202-555-0101",
    "should be an e-mail address",
    "String should have at most {count} characters",
    "{instrument} should be a number from {low} to {high} {unit}",
    "{instrument} should be a whole number from {low} to {high} {unit}",
    "should be a whole number from {low} to {high} {unit}",
    "should be a whole number from {low} to {high}",
    "should be a number from {low} to {high} {unit}",
    "should be a number from {low} to {high}",
    "should be a number",
    "the end should not lie before the start",
    "a treatment that goes on has no end date: clear one of the two",
    "a diagnosis needs a code, a DC/TMD name or a text",
    "another measurement needs a name that says what was measured",
    "is missing and is needed",
    "is needed to begin a case",
    "points",
    "day is out of range for month",
    "month must be in 1..12",
)


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    # Names of placeholders stand at the odd places.
    made = (
        f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)
    )
    return re.compile("".join(made))


_PATTERNS: Final = tuple(_pattern(template) for template in _SAID)


def told(why: str) -> str:
    """Return what is wrong in the language that is spoken now.

    Parameters
    ----------
    why
        The record's own words.
    """
    for place, pattern in enumerate(_PATTERNS):
        found = pattern.fullmatch(why)
        if found:
            values = {name: translated(words) for name, words in found.groupdict().items()}
            return translated(_SAID[place]).format(**values)
    return translated(why)
