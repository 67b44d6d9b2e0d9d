"""Finding a page of the worklist in the database, by its index.

Two ways lead to a page. Where something that is asked for is rare (a name, an owner), its few
candidates are read whole, opened, checked and sorted. Otherwise rows are read in the order of an
index, stage by stage side by side, as many as the page needs. Both cost the same with 1,000 and
with 100,000 cases. Sorting by name or payer has no index: all that is asked for is opened as far as
the order needs it (`naming.py`), and only the rows of the page are opened whole.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    func,
    or_,
    select,
    tuple_,
    union_all,
)

from tmjkit.store import index, naming
from tmjkit.store.keys import Seals
from tmjkit.store.revisions import SummaryRow
from tmjkit.store.schema import case_summary, case_word
from tmjkit.store.summaries import damaged, open_summaries
from tmjkit.store.words import MOST_LETTERS, entry
from tmjkit.store.worklist import (
    Word,
    WorklistPage,
    WorklistQuery,
    cursor,
    looked_for,
    matcher,
    order,
    read_cursor,
    until_week,
)

FEW: Final = 500
"""So many candidates are read whole rather than looked for along an index."""

COUNTED: Final = 10_000
"""So many rows are counted; beyond that nobody needs the number."""

_DAYS = [case_summary.c[name] for name in index.COLUMNS[:5]]
_SHOWN = [case_summary.c.case_id, case_summary.c.revision, case_summary.c.sealed, *_DAYS]


def find_page(
    connection: Connection,
    seals: Seals,
    query: WorklistQuery,
    today: date,
    *,
    after: str | None,
    limit: int,
) -> WorklistPage:
    """Return the page of the rows that are asked for."""
    search = _Search(connection, seals, query, today)
    place = read_cursor(query, after) if after is not None else None
    few = search.few()
    if few is not None:
        return search.sorted_page(search.by_ids(few), place, limit)
    if query.sort in ("name", "payer"):
        return search.by_name_page(place, limit)
    return search.walked_page(place, limit)


class _Search:
    """One query of the worklist on one connection."""

    def __init__(
        self, connection: Connection, seals: Seals, query: WorklistQuery, today: date
    ) -> None:
        self._connection = connection
        self._seals = seals
        self._query = query
        self._words = looked_for(query.words)
        self._fits = matcher(query, today)
        self._key = order(query)
        columns = case_summary.c
        self._stage = columns.stage.in_(self._tokens("stage", query.reached))
        self._payer = columns.payer.in_(self._tokens("payer", query.payers))
        self._owner = columns.owner.in_(self._tokens("owner", query.owners))
        self._ready = columns.readiness == seals.token("readiness", query.readiness)
        day, week = today.isoformat(), until_week(today)
        self._due: ColumnElement[bool] | None = {
            # Where the next duty is ours its day is `due` too, which the lanes are ordered by.
            "overdue": and_(columns.own_due < day, columns.due < day),
            "week": and_(
                columns.own_due >= day,
                columns.own_due < week,
                columns.due >= day,
                columns.due < week,
            ),
            "waiting": columns.payer_due < day,
        }.get(query.due)

    def few(self) -> list[str] | None:
        """Return the candidates' ids where one thing that is asked for is rare, else None."""
        for narrowing in self._narrowing():
            found = self._connection.execute(narrowing.limit(FEW + 1)).scalars().all()
            if len(found) <= FEW:
                return list(dict.fromkeys(found))
        return None

    def _narrowing(self) -> Iterator[Any]:
        ids = select(case_summary.c.case_id)
        for word in self._words:
            yield union_all(*self._candidates(word))
        if self._query.owners:
            yield ids.where(self._owner, self._stage)
        if self._query.payers:
            yield ids.where(self._payer, self._stage)
        if self._due is not None:
            yield ids.where(self._due)

    def _candidates(self, word: Word) -> list[Select[Any]]:
        found = []
        if word.text:
            token = self._seals.token("word", entry(word.text))
            found.append(select(case_word.c.case_id).where(case_word.c.token == token))
        if word.start_of_id:
            found.append(select(case_summary.c.case_id).where(_begins(word.start_of_id)))
        return found

    def by_ids(self, ids: Sequence[str]) -> list[SummaryRow]:
        """Open these cases' summaries and return those that are asked for."""
        query = select(*_SHOWN).where(case_summary.c.case_id.in_(ids))
        return self._opened(self._connection.execute(query).all())

    def by_name_page(self, place: tuple[str, str] | None, limit: int) -> WorklistPage:
        """Return the page of all that is asked for, sorted by name or payer."""
        if not self._words:
            keys = naming.keys(self._connection, self._seals, self._query.sort, self._all())
            last = None if place is None else self._key_of(place)
            ids = naming.page(keys, last, limit + 1, descending=self._query.descending)
            rows = self.by_ids(ids)
            if len(rows) == len(ids):
                rows.sort(key=self._key, reverse=self._query.descending)
                return self._page(rows, len(keys), limit)
        # Candidates may share a token with what is asked for: all are opened and looked at.
        every = self._connection.execute(select(*_SHOWN).where(*self._all())).all()
        return self.sorted_page(self._opened(every), place, limit)

    def _opened(self, rows: Sequence[Any]) -> list[SummaryRow]:
        opened = open_summaries([row[:3] for row in rows], self._seals)
        for row, summary in zip(rows, opened, strict=True):
            if index.differs(summary, row[3 : len(_SHOWN)]):
                raise damaged(summary.case_id)
        return [row for row in opened if self._fits(row)]

    def sorted_page(
        self, rows: list[SummaryRow], place: tuple[str, str] | None, limit: int
    ) -> WorklistPage:
        """Return the page of these rows, sorted here."""
        found = len(rows)
        rows = sorted(rows, key=self._key, reverse=self._query.descending)
        if place is not None:
            last = self._key_of(place)
            down = self._query.descending
            rows = [
                row for row in rows if (self._key(row) < last if down else self._key(row) > last)
            ]
        return self._page(rows, found, limit)

    def _key_of(self, place: tuple[str, str]) -> tuple[str, ...]:
        """Return the sort key of the row that a page begins after, as it is now."""
        day, case_id = place
        if self._query.sort in ("due", "saved"):
            return day, case_id
        query = select(*_SHOWN[:3]).where(case_summary.c.case_id == case_id)
        rows = open_summaries([tuple(row) for row in self._connection.execute(query)], self._seals)
        return self._key(rows[0]) if rows else ("",)

    def walked_page(self, place: tuple[str, str] | None, limit: int) -> WorklistPage:
        """Return the page read along an index."""
        found: list[SummaryRow] = []
        size = limit + 1
        total = self._count()
        while True:
            rows = self._connection.execute(self._lanes(place, size)).all()
            found += self._opened(rows)
            if len(found) > limit or len(rows) < size:
                return self._page(found, total, limit)
            # What was read and didn't fit shares a token with what does: rare, or a long word.
            place, size = (rows[-1].sorted_by, rows[-1].case_id), min(size * 4, 5_000)

    def _page(self, rows: Sequence[SummaryRow], found: int | None, limit: int) -> WorklistPage:
        shown = tuple(rows[:limit])
        more = len(rows) > limit
        return WorklistPage(shown, found, cursor(self._query, shown[-1]) if more else None)

    def _lanes(self, place: tuple[str, str] | None, size: int) -> Select[Any]:
        """Read along an index for each stage, and merge what they give."""
        columns = case_summary.c
        key = columns.due if self._query.sort == "due" else columns.saved_at
        down = self._query.descending
        rest = self._rest()
        if place is not None:
            here = tuple_(key, columns.case_id)
            rest.append(here < tuple_(*place) if down else here > tuple_(*place))
        if self._query.readiness and self._query.sort == "due":
            lanes = [and_(self._ready, self._stage)]
        else:
            tokens = self._tokens("stage", self._query.reached)
            lanes = [columns.stage == token for token in tokens]
            if self._query.readiness:
                rest.append(self._ready)

        def way(*names: ColumnElement[Any]) -> list[ColumnElement[Any]]:
            return [name.desc() if down else name.asc() for name in names]

        parts = [
            select(*_SHOWN, key.label("sorted_by"))
            .where(lane, *rest)
            .order_by(*way(key, columns.case_id))
            .limit(size)
            for lane in lanes
        ]
        # SQLite takes no limit in a part of a union unless it is a query of its own.
        inner = union_all(*(select(part.subquery()) for part in parts)).subquery()
        return select(inner).order_by(*way(inner.c.sorted_by, inner.c.case_id)).limit(size)

    def _all(self, *, counting: bool = False) -> list[ColumnElement[bool]]:
        conditions = [self._stage, *self._rest(counting=counting)]
        return [*conditions, self._ready] if self._query.readiness else conditions

    def _rest(self, *, counting: bool = False) -> list[ColumnElement[bool]]:
        """Return the conditions besides stage and readiness."""
        holds = self._counted if counting else self._holds
        conditions: list[ColumnElement[bool]] = [holds(word) for word in self._words]
        if self._query.owners:
            conditions.append(self._owner)
        if self._query.payers:
            conditions.append(self._payer)
        if self._due is not None:
            conditions.append(self._due)
        return conditions

    def _holds(self, word: Word) -> ColumnElement[bool]:
        ways: list[ColumnElement[bool]] = []
        if word.text:
            token = self._seals.token("word", entry(word.text))
            same = (case_word.c.token == token) & (case_word.c.case_id == case_summary.c.case_id)
            ways.append(select(case_word.c.case_id).where(same).exists())
        if word.start_of_id:
            ways.append(_begins(word.start_of_id))
        return or_(*ways)

    def _counted(self, word: Word) -> ColumnElement[bool]:
        """Like `_holds`, for a count: begun at the word's own rows, not at those of the cases."""
        return case_summary.c.case_id.in_(union_all(*self._candidates(word)))

    def _count(self) -> int | None:
        """Count what is asked for; None when it is more than is counted, or not sure."""
        if any(len(word.text) > MOST_LETTERS for word in self._words):
            return None
        ids = select(case_summary.c.case_id).where(*self._all(counting=True))
        some = ids.limit(COUNTED + 1).subquery()
        found = self._connection.execute(select(func.count()).select_from(some)).scalar_one()
        return int(found) if found <= COUNTED else None

    def _tokens(self, kind: str, texts: Sequence[str]) -> list[int]:
        return list(dict.fromkeys(self._seals.token(kind, text) for text in texts))


def _begins(start: str) -> ColumnElement[bool]:
    """Let the id begin so; a range, because an index serves it in every collation."""
    column = case_summary.c.case_id
    return and_(column >= start, column < f"{start}zzzz")
