"""What is not as it was when a letter was written: fields, records, facts, law, template."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    Case,
    Claim,
    Contact,
    Determination,
    Document,
    ExportedLetter,
    PapersRequest,
    Record,
    Task,
)
from tmjkit.knowledge import Library
from tmjkit.letters.export import (
    LAW,
    TEMPLATE,
    WORDS,
    fact_digest,
    fields_of,
    law_digest,
    records_of,
)
from tmjkit.letters.letter import Letter
from tmjkit.letters.naming import called, field_name

How = Literal["changed", "filled", "emptied", "removed", "added", "since", "missing", "refused"]
Kept = Mapping[tuple[str, str], str]

_PASSED: Final = (Appeal, AuthorizationRequest, Claim, Contact, Determination, PapersRequest, Task)
"""What passes between the case and the payer after a letter was sent."""
_PROGRESS: Final = frozenset(
    {
        "answered",
        "assigned",
        "channel",
        "decided",
        "extension",
        "extensions",
        "kept",
        "outcome",
        "paid",
        "received",
        "received_time",
        "reference",
        "sent",
        "time_zone",
    }
)
_FILE: Final = frozenset({"sha256", "pages"})
"""The fields of a document that change what is enclosed, though no word of the letter."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was.

    Parameters
    ----------
    name
        Id of the record or fact, or name of the part.
    field
        Field of the record; empty where it is about the whole.
    how
        What happened to it.
    words
        The same in words for the office; they hold the title of a record, but no value.
    of_the_case
        Whether it is about the case or what holds for it, and not about the wording alone.
    progress
        Whether it only moves the case on after the letter was sent.
    enclosed
        Whether it changes what is enclosed.
    """

    name: str
    field: str
    how: How
    words: str
    of_the_case: bool = True
    progress: bool = False
    enclosed: bool = False

    def matters(self, *, same: bool, sent: bool) -> bool:
        """Tell whether it bears on a letter, which says the `same` if composed now, or was sent."""
        if same:
            return self.enclosed
        return not (sent and (self.progress or not self.of_the_case))

    def as_json(self) -> dict[str, str]:
        """Return it as what JSON can hold, without the words."""
        return {"id": self.name, "field": self.field, "how": self.how}


def differences(
    letter: ExportedLetter, kept: Kept, case: Case, known: Library, again: Letter | Exception
) -> Iterator[Difference]:
    """Yield what is not as it was when a letter was written.

    Parameters
    ----------
    letter
        The letter.
    kept
        Digests of what it rested on, by name and field.
    case, known
        The case and the knowledge as they are now.
    again
        The same letter composed now, or why that is not possible.
    """
    there = {record.id: (name, record) for name, record in case.records()}
    ids = tuple(dict.fromkeys(name for name, field in kept if field))
    for record_id in ids:
        if record_id in there:
            yield from _record(*there[record_id], kept)
        else:
            words = f"a record that it used was removed ({record_id})"
            yield Difference(record_id, "", "removed", words)
    if isinstance(again, Letter):
        for record_id in records_of(again):
            if record_id not in ids:
                name, record = there[record_id]
                words = f"{called(name, record)}: new, and would be used now"
                moves_on = isinstance(record, _PASSED)
                yield Difference(record_id, "", "added", words, progress=moves_on)
    yield from _facts(kept, known, again)
    if law_digest(case, letter.coverage or "", known.facts) != kept.get((LAW, "")):
        yield Difference(LAW, "", "changed", "another law governs the plan now")
    template = again.template if isinstance(again, Letter) else None
    if template and template != kept.get((TEMPLATE, "")):
        words = "the template of the letter changed"
        yield Difference(TEMPLATE, "", "changed", words, of_the_case=False)


def _record(list_name: str, record: Record, kept: Kept) -> Iterator[Difference]:
    """Yield what changed in one record."""
    before = {field: digest for (name, field), digest in kept.items() if name == record.id}
    now = dict(fields_of(record))
    title = called(list_name, record)
    for field in dict.fromkeys((*before, *now)):
        if before.get(field) == now.get(field):
            continue
        how: How = "changed" if field in before and field in now else "filled"
        how = "emptied" if field not in now else how
        words = {"changed": "changed", "filled": "was filled in", "emptied": "was emptied"}[how]
        yield Difference(
            record.id,
            field,
            how,
            f"{title}: {field_name(type(record), field)} {words}",
            progress=field == "note"
            or (isinstance(record, _PASSED) and field in _PROGRESS and how == "filled"),
            enclosed=isinstance(record, Document) and field in _FILE,
        )


def _facts(kept: Kept, known: Library, again: Letter | Exception) -> Iterator[Difference]:
    ids = [name for name, field in kept if not field and name not in (LAW, TEMPLATE, WORDS)]
    for fact_id in ids:
        found = known.facts.get(fact_id)
        if found is None:
            words = f"the fact {fact_id} is no longer in the knowledge base"
            yield Difference(fact_id, "", "removed", words)
        elif fact_digest(found) != kept[fact_id, ""]:
            words = f"the fact {fact_id} ({found.citation}) changed"
            yield Difference(fact_id, "", "changed", words)
    if isinstance(again, Letter):
        for fact_id in again.facts:
            if fact_id not in ids:
                words = f"the fact {fact_id} ({known.facts[fact_id].citation}) would be used now"
                yield Difference(fact_id, "", "added", words)


def since(letter: ExportedLetter, kept: Kept, case: Case) -> Iterator[Difference]:
    """Yield the denials of the same coverage that came after a letter was written."""
    used = {name for name, field in kept if field}
    for item in case.determinations:
        day = item.notice_date or item.received_date
        other = item.coverage_id and letter.coverage and item.coverage_id != letter.coverage
        if not item.adverse or item.id in used or other or day is None or letter.date is None:
            continue
        if day.earliest > letter.date:
            words = f"{called('determinations', item)}: came after this letter"
            yield Difference(item.id, "", "since", words)
