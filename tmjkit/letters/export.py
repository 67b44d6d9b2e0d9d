"""Keeps of a letter that was written to a file what it rested on, as digests.

No value is kept, only the digest of each field: that is enough to say later which field changed.
"""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

from tmjkit.case import Case, Coverage, ExportedLetter, Record, Used
from tmjkit.knowledge import Fact, Library, library
from tmjkit.letters.gap import LetterError
from tmjkit.letters.law import Law
from tmjkit.letters.letter import Letter
from tmjkit.letters.sentence import sentences

# With a space, which no id of a record or fact has.
LAW: Final = "the law"
TEMPLATE: Final = "the template"
WORDS: Final = "the words"

# What a fact says and whom it reaches; a fact that was only checked again is the same.
_OF_A_FACT: Final = (
    "title",
    "statement",
    "citation",
    "confidence",
    "regimes",
    "reaches_grandfathered",
    "states",
    "direction",
    "participants",
)


def exported(
    letter: Letter, case: Case, *, form: str, data: bytes, known: Library | None = None
) -> ExportedLetter:
    """Return the record of a letter that was written, for the case to keep.

    The same bytes written again are the same record, so exporting twice leaves one.

    Parameters
    ----------
    letter
        The letter.
    case
        The case that it was composed from.
    form
        Form of the file: docx, pdf, html, md or packet.
    data
        The bytes of the file.
    known
        The knowledge that it was composed with; that of tmjkit when left out.

    Raises
    ------
    LetterError
        When it is a draft, which is not to leave and is not kept.
    """
    if letter.draft:
        raise LetterError("a draft is not kept: it is not to be sent")
    digest = sha256(data).hexdigest()
    used = tuple(
        Used(name=name, field=field, digest=value)
        for (name, field), value in _used(letter, case, (known or library()).facts).items()
    )
    for earlier in case.letters:
        if (earlier.sha256, earlier.form, earlier.kind) == (digest, form, letter.kind):
            return earlier.model_copy(update={"used": used})
    return ExportedLetter(
        kind=letter.kind,
        title=letter.title,
        voice=letter.voice,
        language=letter.language,
        date=letter.date,
        about=None if letter.about_id in ("", case.patient.id) else letter.about_id,
        coverage=letter.coverage_id or None,
        form=form,
        sha256=digest,
        exhibits=tuple(item.document_id for item in letter.exhibits),
        used=used,
    )


def records_of(letter: Letter) -> tuple[str, ...]:
    """Return the ids of all records that a letter rests on, its exhibits among them."""
    found = (
        *letter.records,
        *(item.document_id for item in letter.exhibits),
        letter.about_id,
        letter.coverage_id,
    )
    return tuple(dict.fromkeys(name for name in found if name))


def _used(letter: Letter, case: Case, facts: Mapping[str, Fact]) -> dict[tuple[str, str], str]:
    return {
        **{
            (name, field): digest
            for name in records_of(letter)
            for field, digest in fields_of(case.record(name))
        },
        **{(name, ""): fact_digest(facts[name]) for name in letter.facts},
        (LAW, ""): law_digest(case, letter.coverage_id, facts),
        (TEMPLATE, ""): letter.template,
        (WORDS, ""): words_digest(letter),
    }


def fields_of(record: Record) -> Iterator[tuple[str, str]]:
    """Yield each field of a record that somebody filled, with the digest of what it holds."""
    filled = record.model_dump(mode="json", exclude_defaults=True)
    for field, content in filled.items():
        if field != "id" and content not in (None, "", [], {}):
            yield field, _digest(content)


def fact_digest(fact: Fact) -> str:
    """Return the digest of what a fact says and whom it reaches."""
    return _digest(fact.model_dump(mode="json", include=set(_OF_A_FACT)))


def law_digest(case: Case, coverage_id: str, facts: Mapping[str, Fact]) -> str:
    """Return the digest of the law that governs a coverage."""
    coverage = next((item for item in case.coverages if item.id == coverage_id), None)
    return _digest(_law(coverage, facts))


def _law(coverage: Coverage | None, facts: Mapping[str, Fact]) -> list[Any]:
    found = Law(coverage, facts).result
    if found is None:
        return []
    return [found.regime.value if found.regime else None, found.grandfathered, found.state]


def words_digest(letter: Letter) -> str:
    """Return the digest of everything that a letter says."""
    return _digest([sentence.text for sentence in sentences(letter)])


def _digest(content: Any) -> str:
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
