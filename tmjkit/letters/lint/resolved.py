"""Every citation leads somewhere: no gap, no leftover of a template, no exhibit that isn't there.

Source: practice of the office. A letter that names a page has to be able to show it.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from tmjkit.case import Document
from tmjkit.language import speaking, translated
from tmjkit.letters.letter import Enclosures, Exhibit
from tmjkit.letters.lint.matter import Matter, Said, owned
from tmjkit.letters.lint.model import LintRule, Objection

RULE: Final = LintRule(
    "unresolved-citation",
    "A citation or value that leads nowhere",
    "A gap, a leftover of the template, an exhibit that is not enclosed, or a record or fact that "
    "is not there.",
    "practice of the office: whatever a letter cites has to be found",
)

_EXHIBIT: Final = "Exhibit {label}"
_MARK: Final = re.compile(r"[{}%<\[\ue000-\uf8ff]|T(?:ODO|BD)")
_LEFTOVER: Final = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|#\}|%\(\w+\)[sd]|[\ue000-\uf8ff]|\[[^\[\]\n]{1,80}: missing\]"
    r"|\bTODO\b|\bTBD\b|<[A-Za-z/][^<>]{0,60}>|\[(?:insert|name|date)\b"
)


def check(matter: Matter) -> Iterator[Objection]:
    """Object to what can't be looked up."""
    labels = {item.label for item in matter.letter.exhibits}
    enclosed = [
        {label for label, _ in block.items}
        for block in matter.blocks
        if isinstance(block, Enclosures)
    ]
    listed = set.union(*enclosed) if enclosed else None
    named = _named(matter.letter.language)
    for said in matter.said:
        yield from _gaps(said)
        yield from _unknown(matter, said)
        yield from _exhibits(said, labels, listed, named)
    for item in matter.letter.exhibits:
        yield from _document(matter, item)


@cache
def _named(language: str) -> re.Pattern[str]:
    """Return what an exhibit is called where it is written out, with its label."""
    with speaking(language):
        forms = {translated(_EXHIBIT), _EXHIBIT}
    parts = (form.partition("{label}") for form in sorted(forms))
    return re.compile(
        "|".join(
            rf"\b{re.escape(before)}([A-Z]{{1,3}}){re.escape(after)}\b"
            for before, _, after in parts
        )
    )


def _gaps(said: Said) -> Iterator[Objection]:
    for run in said.sentence.runs:
        if run.gap:
            yield said.refused(
                RULE,
                f"a fact is missing here: {run.text}",
                "Enter the fact in the case; the letter's list of missing facts says where.",
            )
    text = "".join(" " if run.gap else run.text for run in said.sentence.runs if not run.facts)
    found = _LEFTOVER.search(text) if _MARK.search(text) else None
    if found:
        yield said.refused(
            RULE,
            f"“{found[0]}” is a leftover and no part of a letter",
            "Correct the template, or the note in the case that it comes from.",
        )


def _unknown(matter: Matter, said: Said) -> Iterator[Objection]:
    for name in said.facts:
        if name not in matter.known.facts:
            yield said.refused(
                RULE,
                f"it rests on the fact '{name}', which the knowledge base does not hold",
                "Write the letter again, or add the fact with its source.",
            )
    for name in said.records:
        if name not in matter.records:
            yield said.refused(
                RULE,
                f"it rests on the record '{name}', which the case does not hold",
                "Write the letter again from the case as it is now.",
            )


def _exhibits(
    said: Said, labels: set[str], listed: set[str] | None, named: re.Pattern[str]
) -> Iterator[Objection]:
    own = "".join(run.text if owned(run) else " " for run in said.sentence.runs)
    written = [next(filter(None, found.groups()), "") for found in named.finditer(own)]
    cited = [run.exhibit for run in said.sentence.runs if run.exhibit]
    for label in dict.fromkeys([*cited, *written]):
        if label not in labels:
            yield said.refused(
                RULE,
                f"it cites Exhibit {label}, and the letter has no such exhibit",
                "Cite the record with cite(), which gives the exhibit its letter.",
            )
        elif listed is not None and label not in listed:
            yield said.refused(
                RULE,
                f"it cites Exhibit {label}, which is not among the enclosures",
                "Put the list of enclosures below the last citation.",
            )


def _document(matter: Matter, item: Exhibit) -> Iterator[Objection]:
    found = matter.records.get(item.document_id)
    shown = f"Exhibit {item.label}"
    if not isinstance(found, Document):
        yield Objection(
            RULE.id,
            0,
            shown,
            f"{shown} is a document that the case does not hold",
            "Write the letter again from the case as it is now.",
        )
        return
    beyond = [page for page in item.pages if found.pages and page > found.pages]
    if beyond:
        yield Objection(
            RULE.id,
            0,
            shown,
            f"{shown} is cited with page {beyond[0]} and has {found.pages}",
            "Correct the page in the record's source.",
        )
    if matter.get_document is None:
        return
    try:
        matter.get_document(found.sha256)
    except Exception as error:  # whatever the store says, the paper is not at hand
        yield Objection(
            RULE.id,
            0,
            shown,
            f"the file of {shown} can't be had from the store ({type(error).__name__})",
            "Add the file again under Documents, or restore it from a backup.",
        )
