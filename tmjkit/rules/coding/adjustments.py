"""What a payer's codes on a notice mean, in own words: CARC, RARC and group codes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from tmjkit.case import Case, Determination, Reason
from tmjkit.knowledge import Code, CodeSystem, Fact, facts
from tmjkit.rules.coding.book import about
from tmjkit.rules.coding.say import missing, note
from tmjkit.rules.model import Finding

_CARC: Final = re.compile(r"(?:(CO|CR|OA|PI|PR)-?)?([A-W]?[0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code on a payer's notice means.

    Parameters
    ----------
    code
        The code without its group, such as `50` or `N386`.
    meaning
        What it says.
    usually
        What usually follows from it; empty where nothing is known.
    group
        What its group code says; empty without one, or where it is not known.
    needs_remark
        Whether a remark code (RARC) has to say what exactly is meant.
    ended
        Day from which it is no longer used; None where it is.
    facts
        Ids of the facts that this rests on.
    """

    code: str
    meaning: str
    usually: str = ""
    group: str = ""
    needs_remark: bool = False
    ended: date | None = None
    facts: tuple[str, ...] = ()


def explain_carc(code: str, known: Mapping[str, Fact] | None = None) -> Explanation | None:
    """Explain a claim adjustment reason code, with or without its group: 'CO-50', '50', 'PR96'.

    Returns None where the code is not among those that the knowledge base explains. Source: the
    facts C-CARC-* and C-GROUP-*, in own words.
    """
    known = facts() if known is None else known
    found = _CARC.fullmatch(code.strip().upper().removeprefix("CARC").strip())
    if found is None:
        return None
    group, reason = found[1], found[2].lstrip("0") or found[2]
    rows = about(known, reason, CodeSystem.CARC)
    groups = about(known, group, CodeSystem.GROUP) if group else ()
    return _explain(reason, rows, groups)


def explain_rarc(code: str, known: Mapping[str, Fact] | None = None) -> Explanation | None:
    """Explain a remittance advice remark code, such as 'N386'; None where it is not known."""
    known = facts() if known is None else known
    name = code.strip().upper().removeprefix("RARC").strip()
    return _explain(name, about(known, name, CodeSystem.RARC), ())


def _explain(
    code: str, rows: tuple[tuple[Fact, Code], ...], groups: tuple[tuple[Fact, Code], ...]
) -> Explanation | None:
    if not rows:
        return None
    fact, entry = rows[0]
    return Explanation(
        code=code,
        meaning=fact.statement,
        usually=entry.means_next,
        group=" ".join(f"{item.statement} {item.note}".strip() for item, _ in groups),
        needs_remark=entry.needs_remark,
        ended=entry.ended,
        facts=tuple(item.id for item, _ in (*rows, *groups)),
    )


def adjustment_findings(case: Case, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield `coding.remark-missing` and `coding.old-adjustment`.

    Some reason codes say nothing without a remark code (facts C-CARC-16 and C-CARC-96), and one
    that is no longer used is a slip or an old notice (fact C-CARC-15). What a denial as a whole
    means is for triage.
    """
    for decision in case.determinations:
        for reason in decision.reasons:
            if reason.carc:
                yield from _reason(decision, reason, reason.carc, known)


def _reason(
    decision: Determination, reason: Reason, carc: str, known: Mapping[str, Fact]
) -> Iterator[Finding]:
    found = explain_carc(carc, known)
    if found is None:
        return
    told = decision.notice_date or decision.received_date
    if found.needs_remark and not reason.rarc:
        yield missing(
            "coding.remark-missing",
            f"The reason {carc} stands without a remark code",
            f"{carc} alone says only: {_small(found.meaning)} The remark code says what is meant.",
            "Look for it on the notice (a code that begins with M, MA or N) and enter it under "
            "Determinations; if there is none, ask the payer.",
            [decision.id],
            facts=found.facts[:1],
        )
    if found.ended and told and told.earliest >= found.ended:
        yield note(
            "coding.old-adjustment",
            f"The reason {carc} is no longer used since {found.ended:%B} {found.ended.day}, "
            f"{found.ended.year}",
            f"It said: {_small(found.meaning)} On a newer notice it is a slip, of the payer or in "
            "typing.",
            "Compare it with the notice under Determinations, and ask the payer what is meant.",
            [decision.id],
            facts=found.facts[:1],
        )


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
