"""Signatures, attestations and blanks stay empty until a person fills them.

Sources: 28 USC 1746 and 18 USC 1035 for what a signed statement means; 15 USC 7001 for what an
electronic one is. tmjkit signs for nobody.
"""

import re
from collections.abc import Iterator
from typing import Final

from tmjkit.case import Coverage, Patient, Provider, Record, Representative
from tmjkit.letters.letter import Blank, Signature
from tmjkit.letters.lint.matter import Matter, Said, owned
from tmjkit.letters.lint.model import LintRule, Objection
from tmjkit.letters.lint.plainwords import PLACE, flat

RULE: Final = LintRule(
    "filled-signature",
    "A signature or attestation filled in",
    "A signature, a ticked box, an attestation or the content of a blank stands in the letter "
    "before a person wrote it.",
    "28 USC 1746; 18 USC 1035: who signs a statement answers for it",
)

_WHO: Final = (Coverage, Patient, Provider, Representative)
_SIGNED: Final = re.compile(
    r"(?<!\w)/s/|\b(?:electronically|digitally) (?:signed|approved|verified|attested)\b"
    r"|\be-?signed\b|\bsigned (?:by|electronically|digitally|on|this)\b"
    r"|\bsignature on file\b"
    r"|\b(?:firmad[oa]) (?:por|electronicamente|digitalmente|el)\b|\bfirma registrada\b"
)
# A line that invites to sign is left empty: 'Signed: ____'.
_NAME_SIGNED: Final = re.compile(
    rf"\b(?:signed|signature|firmad[oa]|firma)\s*:\s*(?!(?:date|name|print|fecha|nombre)\b)"
    rf"(?:[^\W_]|{PLACE})"
)
_TICKED: Final = re.compile(
    "[\N{BALLOT BOX WITH CHECK}\N{BALLOT BOX WITH X}\N{CHECK MARK}\N{HEAVY CHECK MARK}]"
    r"|\[[xX]\]|\([xX]\)"
)
_ATTESTED: Final = re.compile(
    r"\bi,? (?:[^,.;]{1,40}, )?(?:hereby |do |solemnly )*"
    r"(?:attest|certify|swear|affirm|declare under penalt\w+)\b"
    r"|\bunder oath\b|\bbajo juramento\b"
    r"|\bunder penalt(?:y|ies) of perjury\b|\bthe undersigned (?:certifies|attests|declares)\b"
    r"|\b(?:yo )?(?:certifico|doy fe|juro|atestiguo)\b|\bbajo pena de perjurio\b"
)
_DATED: Final = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
    r"\b.*\d{4}"
)


def check(matter: Matter) -> Iterator[Objection]:
    """Object to what only a person may write."""
    for said in matter.said:
        if said.kind is Blank:
            yield from _blank(matter, said)
        elif said.kind is Signature:
            yield from _signature(said)
        elif _NAME_SIGNED.search(_own(said)):
            yield said.refused(
                RULE,
                "a name stands where somebody is to sign",
                "Leave the line empty: the person signs by hand or in a signing service.",
            )
        elif _ATTESTED.search(_own(said)):
            yield said.refused(
                RULE,
                "it attests something in the words of whoever will sign",
                "Put the attestation into a blank, with an empty box before it.",
            )
        own = "".join(run.text for run in said.sentence.runs if owned(run))
        if _TICKED.search(own):
            yield said.refused(
                RULE, "a box is ticked here", "Leave the box empty: whoever signs ticks it."
            )


def _own(said: Said) -> str:
    """Return the letter's own words outside quotes."""
    return re.sub(r'"[^"]*"', " ", said.own)


def _signature(said: Said) -> Iterator[Objection]:
    signed = _SIGNED.search(flat(said.text))
    if signed or _DATED.search(said.flat):
        what = "a signature" if signed else "the date of a signature"
        yield said.refused(
            RULE,
            f"{what} is filled in",
            "Leave only the printed name: the person signs and dates it by hand or in a signing "
            "service.",
        )


def _blank(matter: Matter, said: Said) -> Iterator[Objection]:
    block = matter.letter.blocks[said.block]
    told = [record for record in matter.records_of(said) if not _who(record)]
    filled = _SIGNED.search(said.flat) or '"' in said.flat or told
    if filled or (isinstance(block, Blank) and block.lines < 1):
        yield said.refused(
            RULE,
            "the room that a person is to fill is filled already, or there is none",
            "Leave the blank empty; words that are on record stand as a quote instead.",
        )


def _who(record: Record) -> bool:
    return isinstance(record, _WHO)
