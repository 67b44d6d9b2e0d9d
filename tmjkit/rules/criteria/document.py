"""Tests on papers: one that is present, and what a clinician attests in one."""

from datetime import date
from typing import Final

from tmjkit.case import Case, DocumentKind
from tmjkit.knowledge.criteria import Attestation, DocumentPresent
from tmjkit.rules.criteria.marks import Mark, any_of, when
from tmjkit.rules.criteria.model import Need, Result, listed
from tmjkit.rules.criteria.papers import exact, lowered
from tmjkit.rules.spans import window

_LABELS: Final = {kind.value: kind.label for kind in DocumentKind}


def document_words(test: DocumentPresent) -> str:
    """Return the kinds of paper of a test in words."""
    return listed(tuple(lowered(_LABELS[kind]) for kind in test.kinds), "or")


def judge_document(case: Case, test: DocumentPresent, today: date) -> Result:
    """Judge `document`: never not met, because a paper that is absent may yet be got."""
    found = [item for item in case.documents if item.kind.value in test.kinds]
    words = document_words(test)
    recent = f" not older than {test.within_months} months" if test.within_months else ""
    marks: dict[str, Mark] = {}
    for item in found:
        if test.within_months is None:
            marks[item.id] = Mark.MET
        elif item.date is None:
            marks[item.id] = Mark.UNDOCUMENTED
        else:
            first = window(test.within_months, today)
            marks[item.id] = when(item.date.earliest >= first, item.date.latest >= first)
    mark = any_of(marks.values())
    decisive = [item for item in found if marks[item.id] is mark]
    ids = tuple(item.id for item in decisive)
    names = listed(tuple(item.name for item in decisive))
    if mark is Mark.MET:
        return Result(mark, f"{names}.", ids)
    if mark is Mark.UNDOCUMENTED:
        needs = tuple(
            Need(item.name, (exact("the date on it", item.date),), "Enter it under Documents.")
            for item in decisive
        )
        return Result(mark, f"{names}: the date on it is open.", ids, needs)
    need = Need(f"{words[:1].upper()}{words[1:]}{recent}", (), "Attach it under Documents.")
    why = f"{names} is too old." if decisive else f"No {words} is among the documents."
    return Result(Mark.UNDOCUMENTED, why, ids, (need,))


def judge_attestation(case: Case, test: Attestation, _today: date) -> Result:
    """Judge `attestation`: met by a document of the case that someone marked as stating it.

    Nothing is read out of the words of a note: a sentence on a disease may as well say that the
    patient has it. Until a person says which document states it, it is not shown.
    """
    found = [item for item in case.documents if test.name in item.attests]
    if found:
        names = listed(tuple(item.name for item in found))
        return Result(Mark.MET, f"Stated in {names}.", tuple(item.id for item in found))
    need = Need(
        "Statement of the treating clinician",
        (f"“{test.what}”",),
        f"Attach it under Documents, and mark it as what attests '{test.name}'.",
    )
    why = "Only a clinician can state this, and no document of the case is marked as stating it."
    return Result(Mark.UNDOCUMENTED, why, needs=(need,))
