"""No code in a letter that the case does not hold.

Source: practice of the office. A wrong code is another service or another disease; what the letter
asks for and what is billed have to be the same.
"""

import re
from collections.abc import Iterator
from typing import Final

from tmjkit.letters.letter import Address, Blank, Run, Signature
from tmjkit.letters.lint.matter import Matter, Said, texts_of
from tmjkit.letters.lint.model import LintRule, Objection

RULE: Final = LintRule(
    "foreign-code",
    "A code that is not in the case",
    "A HCPCS, CPT, CDT, ICD-10-CM, NDC, CARC or RARC code stands in the letter and nowhere in the "
    "case.",
    "practice of the office: the letter and the claim name the same codes",
)

_FRAME: Final = (Address, Blank, Signature)
_TOKEN: Final = re.compile(r"[A-Z0-9][A-Z0-9.-]*[A-Z0-9](?![\w/])")
_NOT_BEFORE: Final = re.compile(r"[\w./$#-]")
_CODES: Final = (
    ("HCPCS or CDT code", re.compile(r"([A-V]\d{4})(?:-[A-Z0-9]{2})*")),
    ("CPT code", re.compile(r"(\d{4}[0-9FTU])(?:-[A-Z0-9]{2})*")),
    ("ICD-10-CM code", re.compile(r"([A-TV-Z]\d[\dAB]\.[\dA-Z]{1,4})")),
    ("NDC", re.compile(r"(\d{4,5}-\d{3,4}-\d{1,2})")),
    ("adjustment code", re.compile(r"((?:CO|PR|OA|PI|CR)-?\d{1,3})")),
)
# Too short, or too like a number, to be known without a word before it.
_NAMED: Final = (
    ("remark code", re.compile(r"\b(?:[Cc]ode|RARC|[Rr]emark) ((?:MA|M|N)\d{1,4})\b")),
    ("adjustment code", re.compile(r"\b(?:CARC|[Rr]eason code) (\d{1,3}|[A-W]\d{1,2})\b")),
    ("NDC", re.compile(r"\bNDC (\d{11})\b")),
    ("ICD-10-CM code", re.compile(r"\bICD-10(?:-CM)?(?: code)? ([A-TV-Z]\d[\dAB])\b(?!\.)")),
)
_CPT_LIKE: Final = "CPT code"
# Five digits behind these are a section of law, a ZIP code, a box or the number of a paper.
_NO_CPT: Final = re.compile(
    r"(?:(?:\.|Insurance|Safety|Revised|Administrative|Welfare) Code|\bLaw"
    r"|\bStat\.|\bRegs?\.|\bCFR|C\.F\.R\.|\bUSC|U\.S\.C\.|\u00a7+|\b[A-Z]{2}|\bBox"
    r"|\bSuite|\bPMID|\bRoom|\bInvoice|\bUSD|,)\s?$"
)
_BEFORE_SHORT: Final = ("ode ", "emark ", "CARC", "RARC", "NDC", "ICD")
_PLAIN: Final = re.compile(r"[0-9.,]{1,4}|[A-Z.-]+|[0-9]{6,}")
"""Most of what is written in digits or capitals: a year, a number, an abbreviation."""


def check(matter: Matter) -> Iterator[Objection]:
    """Object to codes that the case does not hold."""
    for said in matter.said:
        if issubclass(said.kind, _FRAME):
            continue
        for what, code in _codes(_text(said.sentence.runs)):
            if not _held(matter, said, code):
                yield said.refused(
                    RULE,
                    f"the {what} {code} stands here and nowhere in the case",
                    "Enter the code in the case where it belongs, or correct the letter.",
                )


def _codes(text: str) -> Iterator[tuple[str, str]]:
    for token in _TOKEN.finditer(text):
        before = text[token.start() - 1 : token.start()]
        if _PLAIN.fullmatch(token[0]) or _NOT_BEFORE.match(before):
            continue
        for what, pattern in _CODES:
            found = pattern.fullmatch(token[0])
            if found and not (what == _CPT_LIKE and _NO_CPT.search(text[: token.start()])):
                yield what, found[1]
    if any(word in text for word in _BEFORE_SHORT):
        for what, pattern in _NAMED:
            for found in pattern.finditer(text):
                yield what, found[1]


def _text(runs: tuple[Run, ...]) -> str:
    """Return the words but those of facts: what the knowledge base cites is no code of a case."""
    return "".join(" \n " if run.facts else run.text for run in runs)


def _held(matter: Matter, said: Said, code: str) -> bool:
    """Tell whether the case holds a code: looked for first in the records of its sentence."""
    forms = {code, code.replace("-", ""), re.sub(r"^(?:CO|PR|OA|PI|CR)-?(?=\d)", "", code)}
    pattern = re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(forms)))})(?!\w)", re.IGNORECASE
    )
    near = (text for record in matter.records_of(said) for text in texts_of(record))
    return any(map(pattern.search, near)) or pattern.search(matter.recorded) is not None
