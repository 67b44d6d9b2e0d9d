"""What rules find, laid out for reading: sections of entries, the same on every screen.

The command line and the dashboard print them; neither words anything of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tmjkit.case import Choice
from tmjkit.knowledge import Fact


class Tone(Choice):
    """How an entry reads: what color or mark a screen may add to its words."""

    BAD = "bad", "Stands in the way"
    OPEN = "open", "Still open"
    GOOD = "good", "Stands well"
    PLAIN = "plain", "For information"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is told.

    Parameters
    ----------
    mark
        A word or two that stand before it, such as "Overdue" or "Met".
    what
        What holds, in one sentence.
    tone
        How it reads.
    more
        Further lines, each with what it is (such as "Why" or "Do") and its text.
    rule
        Id of the rule that says it.
    due
        The safe last day, where there is one.
    records, facts
        Ids of the records and the facts that it rests on.
    """

    mark: str
    what: str
    tone: Tone
    rule: str
    more: tuple[tuple[str, str], ...] = ()
    due: date | None = None
    records: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "mark": self.mark,
            "what": self.what,
            "tone": self.tone.value,
            "rule": self.rule,
            "more": [{"label": label, "text": text} for label, text in self.more],
            "due": self.due.isoformat() if self.due else None,
            "records": list(self.records),
            "facts": list(self.facts),
        }


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under one heading.

    Parameters
    ----------
    key
        Name for programs, such as "deadlines".
    title
        The heading.
    entries
        What it tells, in order.
    lead
        A sentence before the entries; with no entries, what there is to say instead.
    sources
        Citations of the facts that the entries rest on, each once, with what has to be said
        beside one that nobody confirmed or on which sources differ.
    """

    key: str
    title: str
    entries: tuple[Entry, ...]
    lead: str = ""
    sources: tuple[str, ...] = ()

    def cited(self, known: Mapping[str, Fact]) -> "Section":
        """Return the section with the citations of its facts."""
        used = dict.fromkeys(name for entry in self.entries for name in entry.facts)
        words = (cited(known[name]) for name in used if name in known)
        return replace(self, sources=tuple(dict.fromkeys(words)))

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "key": self.key,
            "title": self.title,
            "lead": self.lead,
            "entries": [entry.as_json() for entry in self.entries],
            "sources": list(self.sources),
        }


def cited(fact: Fact) -> str:
    """Return the citation of a fact, with what has to be said beside it."""
    return f"{fact.citation} ({fact.caveat})" if fact.caveat else fact.citation
