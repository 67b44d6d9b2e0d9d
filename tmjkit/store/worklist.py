"""What is asked of the worklist, what it answers, and what a row has to say to be in it."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from tmjkit.case import Stage
from tmjkit.store import index, words
from tmjkit.store.errors import StoreError
from tmjkit.store.revisions import SummaryRow, write_time

WEEK_DAYS: Final = 7
MOST_ROWS: Final = 500

# A name such as Ada could begin an id: without "case-", an id needs four signs at least.
_ID = re.compile(r"case-[a-z0-9-]{1,70}|[0-9a-f]{4,64}")


@dataclass(frozen=True, slots=True)
class WorklistQuery:
    """What is asked for: everything that is said has to hold.

    Parameters
    ----------
    words
        Words of the name, payer, next duty or owner, or an id or its start. A word of three
        letters or more may be the beginning of one.
    stages
        Codes of `tmjkit.case.Stage`; none for all but closed cases.
    payers, owners
        As the cases write them; an empty owner stands for nobody.
    readiness
        "ready" when the next step lacks nothing, "lacking" when it does.
    due
        "overdue": our next duty should have been done before today. "week": it is due today or
        in the six days after. "waiting": the other side is past the day on which it had to answer.
    sort
        "due": by the day of the next duty, the earliest and so the overdue first, cases without
        one last. "saved": by the time of the last save. "name", "payer": as people sort them;
        these two read all that is found.
    descending
        The other way round.
    """

    words: str = ""
    stages: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    readiness: Literal["", "ready", "lacking"] = ""
    due: Literal["", "overdue", "week", "waiting"] = ""
    sort: Literal["due", "saved", "name", "payer"] = "due"
    descending: bool = False

    def __post_init__(self) -> None:
        known = set(Stage)
        if not known.issuperset(self.stages):
            raise StoreError(f"A stage is one of: {', '.join(known)}.")
        for name, allowed in _CHOICES.items():
            if getattr(self, name) not in allowed:
                raise StoreError(
                    f"'{name}' is one of: {', '.join(one or 'empty' for one in allowed)}."
                )

    @property
    def reached(self) -> tuple[str, ...]:
        """The stages that are asked for, spelled out."""
        return tuple(dict.fromkeys(self.stages)) or _OPEN


_CHOICES: Final = {
    "readiness": ("", index.READY, index.LACKING),
    "due": ("", "overdue", "week", "waiting"),
    "sort": ("due", "saved", "name", "payer"),
}
_OPEN: Final = tuple(stage.value for stage in Stage if stage is not Stage.CLOSED)


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """Some rows of the worklist.

    Parameters
    ----------
    rows
        The cases, in order.
    found
        How many there are in all; None where there are more than were counted.
    after
        Says where the next page begins, without a word about a patient; None at the end.
    """

    rows: tuple[SummaryRow, ...]
    found: int | None
    after: str | None


@dataclass(frozen=True, slots=True)
class WorklistCounts:
    """The open cases, and how many of them need somebody.

    Parameters
    ----------
    cases
        Cases that are not closed.
    overdue
        Our next duty should have been done before today.
    due_this_week
        It is due today or in the six days after.
    waiting
        The other side is past the day on which it had to answer.
    """

    cases: int
    overdue: int
    due_this_week: int
    waiting: int


@dataclass(frozen=True, slots=True)
class WorklistChoices:
    """The payers and owners that some case has: what filters can offer."""

    payers: tuple[str, ...]
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is looked for; where it could begin an id, the start of that id."""

    text: str
    start_of_id: str

    def fits(self, row: SummaryRow, held: set[str]) -> bool:
        """Tell whether the row has it among its words, or as the start of its id."""
        by_id = bool(self.start_of_id) and row.case_id.startswith(self.start_of_id)
        return by_id or (bool(self.text) and words.fits(self.text, held))


def looked_for(text: str) -> tuple[Word, ...]:
    """Return the words that somebody looks for."""
    found: dict[str, Word] = {}
    for piece in text.lower().split():
        if _ID.fullmatch(piece):
            start = f"case-{piece.removeprefix('case-')}"
            # A piece with the leading "case-" is an id and no word of a name.
            found[piece] = Word("" if piece.startswith("case-") else piece, start)
        else:
            found |= {one: Word(one, "") for one in words.asked(piece)}
    return tuple(found.values())


def until_week(today: date) -> str:
    """Return the first day after "this week": today and the six days after it."""
    return (today + timedelta(days=WEEK_DAYS)).isoformat()


def matcher(query: WorklistQuery, today: date) -> Callable[[SummaryRow], bool]:
    """Return what tells whether an opened row is one that is asked for.

    It decides; what the database finds by tokens are candidates.
    """
    wanted = looked_for(query.words)
    day, week = today.isoformat(), until_week(today)
    due: dict[str, Callable[[SummaryRow], bool]] = {
        "": lambda _: True,
        "overdue": lambda row: index.own_due(row) < day,
        "week": lambda row: day <= index.own_due(row) < week,
        "waiting": lambda row: bool(row.payer_due) and row.payer_due < day,
    }
    in_time = due[query.due]
    stages, payers, owners = set(query.reached), set(query.payers), set(query.owners)

    def fits(row: SummaryRow) -> bool:
        if not (
            row.stage in stages
            and (not payers or row.payer in payers)
            and (not owners or row.owner in owners)
            and (not query.readiness or index.readiness(row) == query.readiness)
            and in_time(row)
        ):
            return False
        if not wanted:
            return True
        held = index.words_of(row)
        return all(word.fits(row, held) for word in wanted)

    return fits


Key = tuple[str, ...]


def key_by_name(name: str, _: str, case_id: str) -> Key:
    """Return the key of the order by name."""
    return words.folded(name), case_id


def key_by_payer(name: str, payer: str, case_id: str) -> Key:
    """Return the key of the order by payer, and by name with one payer."""
    return words.folded(payer), words.folded(name), case_id


def order(query: WorklistQuery) -> Callable[[SummaryRow], Key]:
    """Return the key by which rows are sorted; the id decides between equals."""
    keys: dict[str, Callable[[SummaryRow], Key]] = {
        "due": lambda row: (row.next_due or index.NEVER, row.case_id),
        "saved": lambda row: (write_time(row.saved_at), row.case_id),
        "name": lambda row: key_by_name(row.name, row.payer, row.case_id),
        "payer": lambda row: key_by_payer(row.name, row.payer, row.case_id),
    }
    return keys[query.sort]


def cursor(query: WorklistQuery, row: SummaryRow) -> str:
    """Say after which row the next page begins: a day or time, and the id of a case."""
    day = order(query)(row)[0] if query.sort in ("due", "saved") else "-"
    plain = f"{query.sort} {day} {row.case_id}"
    return base64.urlsafe_b64encode(plain.encode()).decode()


def read_cursor(query: WorklistQuery, after: str) -> tuple[str, str]:
    """Return the day or time, and the case id, after which the page begins.

    Raises
    ------
    StoreError
        When it is no place in a list sorted so.
    """
    try:
        plain = base64.b64decode(after, altchars=b"-_", validate=True).decode()
        sort, day, case_id = plain.split(" ")
    except ValueError:
        sort, day, case_id = "", "", ""
    if sort != query.sort or _CURSOR_DAY.fullmatch(day) is None or not _ID.fullmatch(case_id):
        raise StoreError("This isn't a place in the list: begin again at its first page.")
    return day, case_id


_CURSOR_DAY = re.compile(r"-|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.+]{1,30})?")
