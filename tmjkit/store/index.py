"""What the database holds of a summary to find and sort it by, without knowing what it says.

Days and the time of the save stand in the clear, because a database can't sort what it can't
read. Stage, payer, owner, readiness, basis and words stand as keyed tokens: equal ones are equal,
and nothing else can be told from them without the key. What is found by a token is opened and
looked at before it is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tmjkit.store import words
from tmjkit.store.keys import Seals
from tmjkit.store.revisions import SummaryRow, write_time

NEVER: Final = "9999-12-31"
"""Stands where there is no day: behind every day that there is."""

OURS: Final = "ours"
COLUMNS: Final = (
    "due",
    "own_due",
    "payer_due",
    "changes_on",
    "saved_at",
    "stage",
    "payer",
    "owner",
    "readiness",
    "basis",
)
READY: Final = "ready"
LACKING: Final = "lacking"


@dataclass(frozen=True, slots=True)
class Entry:
    """The columns of the index for one summary, and its tokens of words."""

    due: str
    own_due: str
    payer_due: str
    changes_on: str
    saved_at: str
    stage: int
    payer: int
    owner: int
    readiness: int
    basis: int
    words: frozenset[int]

    def columns(self) -> dict[str, Any]:
        """Return the values of the columns by their names."""
        return {name: getattr(self, name) for name in COLUMNS}


def entry(row: SummaryRow, seals: Seals) -> Entry:
    """Return how this summary stands in the index."""
    return Entry(
        due=row.next_due or NEVER,
        own_due=own_due(row),
        payer_due=row.payer_due or NEVER,
        changes_on=row.changes_on or NEVER,
        saved_at=write_time(row.saved_at),
        stage=seals.token("stage", row.stage),
        payer=seals.token("payer", row.payer),
        owner=seals.token("owner", row.owner),
        readiness=seals.token("readiness", readiness(row)),
        basis=seals.token("basis", row.basis),
        words=frozenset(seals.token("word", one) for one in words.entries(words_of(row))),
    )


def own_due(row: SummaryRow) -> str:
    """Return the day of the next duty where it is ours, else `NEVER`."""
    return row.next_due if row.next_due and row.next_whose == OURS else NEVER


def readiness(row: SummaryRow) -> str:
    """Return whether the next step lacks something; empty where that has no meaning."""
    if not row.readiness:
        return ""
    return READY if row.readiness == "0" else LACKING


def words_of(row: SummaryRow) -> set[str]:
    """Return the words by which a case is found."""
    return words.held((row.name, row.payer, row.owner, row.next_duty))


def differs(row: SummaryRow, shown: Sequence[str]) -> bool:
    """Tell whether the days and times in the clear (`COLUMNS[:5]`) are not those of the summary."""
    days = (row.next_due or NEVER, own_due(row), row.payer_due or NEVER, row.changes_on or NEVER)
    try:
        # Reading a time is many times faster than writing one, which counts in long lists.
        return days != tuple(shown[:4]) or datetime.fromisoformat(shown[4]) != row.saved_at
    except (TypeError, ValueError):
        return True


def choices(rows: Iterable[SummaryRow]) -> set[tuple[str, str]]:
    """Return the values that filters offer for these summaries, each with its kind."""
    return {
        (kind, text)
        for row in rows
        for kind, text in (("payer", row.payer), ("owner", row.owner))
        if text
    }
