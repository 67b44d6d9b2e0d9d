"""Diagnosis codes that do not stand together: the Excludes1 notes of ICD-10-CM."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from tmjkit.case import Case, Diagnosis
from tmjkit.knowledge import Code, CodeSystem, Fact
from tmjkit.rules.coding.book import entries
from tmjkit.rules.coding.diagnoses import Use, uses
from tmjkit.rules.coding.icd10 import mutual
from tmjkit.rules.coding.say import listed, note, wrong
from tmjkit.rules.model import Finding


def exclusion_findings(case: Case, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield `coding.excludes`, `coding.excludes-soft` and `coding.excludes-note`.

    Sources: facts ICD-EXCLUDES-*, read one by one; for any other pair the notes of the tabular
    list that name single codes, which are only asked about. Two conditions that have nothing to do
    with each other may stand together (fact C-EXCLUDES1). Excludes2 notes allow both codes, so
    nothing is said of them. Pairs are those of one request or claim, and of jaw diagnoses that
    both last.
    """
    rows = [(fact, entry) for fact, entry in entries(known, CodeSystem.ICD10CM) if entry.not_with]
    for one, other in combinations(uses(case), 2):
        together = [name for name in one.bills if name in other.bills]
        lasting = _lasting(one) + _lasting(other) if _lasting(one) and _lasting(other) else []
        if together or lasting:
            yield from _pair(one, other, rows, [*together, *lasting], billed=bool(together))


def _lasting(use: Use) -> list[str]:
    return [item.id for item in use.diagnoses if _lasts(item)]


def _lasts(item: Diagnosis) -> bool:
    return item.abatement is None


def _pair(
    one: Use, other: Use, rows: list[tuple[Fact, Code]], records: list[str], *, billed: bool
) -> Iterator[Finding]:
    named = [(fact, entry) for fact, entry in rows if _names(entry, one.code, other.code)]
    firm = [fact for fact, entry in named if not entry.soft]
    if named:
        facts = firm or [fact for fact, _ in named]
        what = f"{one.code} and {other.code} do not stand together" if firm else _asked(one, other)
        said = " ".join(f"{fact.statement} {fact.note}".strip() for fact in facts)
        where = _where(one, other)
        ids = [*(fact.id for fact in facts), "C-EXCLUDES1"]
        if firm and billed:
            yield wrong("coding.excludes", what, said, where, records, facts=ids)
        elif firm:
            yield note("coding.excludes", what, said, where, records, facts=ids)
        else:
            yield note("coding.excludes-soft", what, said, where, records, facts=ids)
    elif mutual(one.code, other.code):
        yield note(
            "coding.excludes-note",
            _asked(one, other),
            "A note in the ICD-10-CM list names one of them as what is not coded with the other, "
            "unless the two conditions have nothing to do with each other.",
            _where(one, other),
            records,
            facts=["C-EXCLUDES1"],
        )


def _names(entry: Code, one: str, other: str) -> bool:
    return (entry.covers(one) and entry.excludes(other)) or (
        entry.covers(other) and entry.excludes(one)
    )


def _asked(one: Use, other: Use) -> str:
    return f"{one.code} and {other.code} may exclude each other"


def _where(one: Use, other: Use) -> str:
    places = listed((*one.places, *other.places))
    return (
        f"They are entered under {places}. Ask the clinician what each of the two describes; the "
        "record decides which of them stand."
    )
