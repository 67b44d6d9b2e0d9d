"""What rests on a record without a source says so.

Source: practice of the office. A record that no page, call, patient or clinician stands behind may
be told, with the words that it has no record; a reader who finds out alone trusts the rest less.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from tmjkit.case import (
    Appeal,
    BotulinumSession,
    Determination,
    Diagnosis,
    Measurement,
    Questionnaire,
    Record,
    Statement,
    Symptom,
    Treatment,
)
from tmjkit.language import speaking, translated
from tmjkit.letters.letter import BulletList, Paragraph, Quote, Table
from tmjkit.letters.lint.matter import Matter, Said
from tmjkit.letters.lint.model import LintRule, Objection
from tmjkit.letters.lint.plainwords import flat
from tmjkit.letters.resolve import UNDOCUMENTED

RULE: Final = LintRule(
    "undocumented-record",
    "A record without a source",
    "A sentence tells what a record holds that nothing shows, and neither it nor its citation says "
    "that no record is attached.",
    "practice of the office: what nothing shows is said to have no record",
)

_TELLING: Final = (BulletList, Paragraph, Quote, Table)
# A request, a claim or a call is what was done from here, and a document is its own source.
_NEEDING: Final = (
    Appeal,
    BotulinumSession,
    Determination,
    Diagnosis,
    Measurement,
    Questionnaire,
    Statement,
    Symptom,
    Treatment,
)


def check(matter: Matter) -> Iterator[Objection]:
    """Object to records that nothing shows and of which the letter does not say so."""
    bare = {
        name: record
        for name, record in matter.records.items()
        if isinstance(record, _NEEDING) and not record.sources
    }
    if not bare:
        return
    words = _words(matter.letter.language)
    admitted = _admitted(matter, bare, words)
    for said in matter.said:
        if not issubclass(said.kind, _TELLING) or any(word in said.flat for word in words):
            continue
        found = next((bare[name] for name in said.records if name in bare), None)
        if found is not None and found.id not in admitted:
            yield _refused(said, found)


def _refused(said: Said, record: Record) -> Objection:
    return said.refused(
        RULE,
        f"it tells what the record '{record.id}' holds, and nothing shows it",
        "Give the record its source in the case (a page, a call, the patient or the clinician), or "
        "cite it with cite(), which says that no record is attached.",
    )


def _admitted(matter: Matter, bare: Mapping[str, Record], words: tuple[str, ...]) -> set[str]:
    """Return the records of which a citation anywhere in the letter says that nothing shows it."""
    return {
        name
        for said in matter.said
        for run in said.sentence.runs
        if run.records and not run.facts
        for name in run.records
        if name in bare and any(word in flat(run.text) for word in words)
    }


@cache
def _words(language: str) -> tuple[str, ...]:
    """Return the words by which a letter says how little stands behind something."""
    english = (UNDOCUMENTED, "reported by the patient", "recorded by the clinician")
    with speaking(language):
        return tuple({flat(form) for word in english for form in (word, translated(word))})
