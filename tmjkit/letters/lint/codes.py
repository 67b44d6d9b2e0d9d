"""No code in a letter that the case does not hold.

Source: practice of the office. A wrong code is another service or another disease; what the letter
asks for and what is billed have to be the same.
"""

import re
from collections.abc import Iterator
from typing import Final

from tmjkit.letters.letter import Address, Blank, Run, Signature
from tmjkit.letters.lint.matter import Matter
from tmjkit.letters.lint.model import LintRule, Objection

RULE: Final = LintRule(
    "foreign-code",
    "A code that is not in the case",
    "A HCPCS, CPT, CDT, ICD-10-CM, NDC, CARC or RARC code stands in the letter and nowhere in the "
    "case.",
    "practice of the office: the letter and the claim name the same codes",
)

_FRAME: Final = (Address, Blank, Signature)
_BEFORE: Final = r"(?<![\w./$#-])"
_AFTER: Final = r"(?![\w/])(?!\.\d)(?!-\d{3})"
_CODES: Final = (
    ("HCPCS or CDT code", re.compile(rf"{_BEFORE}[A-V]\d{{4}}{_AFTER}")),
    ("CPT code", re.compile(rf"{_BEFORE}\d{{4}}[0-9FTU]{_AFTER}")),
    ("ICD-10-CM code", re.compile(rf"{_BEFORE}[A-TV-Z]\d[\dAB]\.[\dA-Z]{{1,4}}{_AFTER}")),
    ("NDC", re.compile(rf"{_BEFORE}\d{{4,5}}-\d{{3,4}}-\d{{1,2}}{_AFTER}|(?<=NDC )\d{{11}}\b")),
    ("adjustment code", re.compile(rf"{_BEFORE}(?:CO|PR|OA|PI|CR)-?\d{{1,3}}{_AFTER}")),
    (
        "remark code",
        re.compile(r"(?<=code )(?:MA|M|N)\d{1,4}\b|(?<=Code )(?:MA|M|N)\d{1,4}\b|RARC \w+\b"),
    ),
)
_CPT_LIKE: Final = "CPT code"
# Five digits behind these are a section of law, a ZIP code, a box or the number of a paper.
_NO_CPT: Final = re.compile(
    r"(?:\bCode|\bLaw|\bStat\.|\bRegs?\.|\bCFR|C\.F\.R\.|\bUSC|U\.S\.C\.|\u00a7+|\b[A-Z]{2}|\bBox"
    r"|\bSuite|\bPMID|\bRoom|\bInvoice|\bUSD|,)\s?$"
)
_ANY: Final = re.compile(r"\d{4}|[A-Z]\d[\dAB]\.|\b(?:CO|PR|OA|PI|CR)-?\d|RARC|ode [MN]")


def check(matter: Matter) -> Iterator[Objection]:
    """Object to codes that the case does not hold."""
    for said in matter.said:
        if issubclass(said.kind, _FRAME):
            continue
        text = _text(said.sentence.runs)
        if not _ANY.search(text):
            continue
        for what, pattern in _CODES:
            for found in pattern.finditer(text):
                code = found[0].removeprefix("RARC ")
                if what == _CPT_LIKE and _NO_CPT.search(text[: found.start()]):
                    continue
                if not _held(matter, code):
                    yield said.refused(
                        RULE,
                        f"the {what} {code} stands here and nowhere in the case",
                        "Enter the code in the case where it belongs, or correct the letter.",
                    )


def _text(runs: tuple[Run, ...]) -> str:
    """Return the words but those of facts: what the knowledge base cites is no code of a case."""
    return "".join(" \n " if run.facts else run.text for run in runs)


def _held(matter: Matter, code: str) -> bool:
    forms = {code, code.replace("-", ""), re.sub(r"^(?:CO|PR|OA|PI|CR)-?(?=\d)", "", code)}
    return any(
        re.search(rf"(?<!\w){re.escape(form)}(?!\w)", matter.recorded, re.IGNORECASE)
        for form in forms
    )
