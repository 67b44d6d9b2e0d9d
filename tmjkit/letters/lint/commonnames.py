"""Family names that are words too: only a title tells that a person is meant.

Source: common English words among the family names of the US, and those of made-up people.
"""

from typing import Final

_WORDS: Final = """
able august baker banks bell best bird black blue bond book bridge brook brown butler carpenter
case chance church clark close coffin cook cooper day dean doctor drew example farmer field
fields fish fisher ford forest fox france freeman friend frost gold grace gray green guy hall
hand hill hope house hunter judge justice king knight lake lane law little long love major march
mark marks marsh mason may means mercy mill miller moon moore more nation new noble north page
park parks patient payne pike plan pope post potter power powers price prince read reason rice
rich rivers rose rush sample sharp short silver small smart smith snow spring stone strong
summer summers swift taylor teacher test testcase turner wait walker wall ward waters weeks west
white will wise wolf wood woods work worth young
"""
COMMON: Final = frozenset(_WORDS.split())
"""The names, without capitals."""
