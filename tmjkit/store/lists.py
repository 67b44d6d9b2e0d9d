"""The lists of a workspace: its summaries, and the worklist that is found by their index."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select, update

from tmjkit.store import cases, search, strip
from tmjkit.store.core import Core
from tmjkit.store.errors import DamagedRecord
from tmjkit.store.revisions import SummaryRow, as_revision, open_row
from tmjkit.store.schema import case_summary, workspace
from tmjkit.store.stale import out_of_date
from tmjkit.store.summaries import (
    FIELDS,
    Listed,
    forget_index,
    list_after,
    list_summaries,
    refresh_summary,
    remake_summaries,
)
from tmjkit.store.worklist import (
    MOST_ROWS,
    WorklistChoices,
    WorklistCounts,
    WorklistPage,
    WorklistQuery,
)

_BATCH = 500


class Lists(Core):
    """The lists of a workspace."""

    def summaries(self) -> list[SummaryRow]:
        """Return what a list shows of every case, ordered by id.

        Raises
        ------
        DamagedRecord
            When a summary was changed; `rebuild_summaries` makes them anew from the cases.
        """
        with self._database.reading() as connection:
            return list_summaries(connection, self._seals)

    def count_cases(self) -> int:
        """Return how many cases there are, closed ones too. Nothing is opened."""
        with self._database.reading() as connection:
            query = select(func.count()).select_from(case_summary)
            return int(connection.execute(query).scalar_one())

    def summaries_after(self, case_id: str, *, limit: int = 1000) -> list[SummaryRow]:
        """Return the summaries that follow this id, in the order of ids: a list in pieces.

        Parameters
        ----------
        case_id
            The last id of the piece before; empty for the first piece.
        limit
            Most rows that are returned; fewer are the last ones.

        Raises
        ------
        DamagedRecord
            When a summary was changed; `rebuild_summaries` makes them anew from the cases.
        """
        with self._database.reading() as connection:
            return list_after(connection, self._seals, case_id, limit)

    def worklist(
        self, query: WorklistQuery, today: date, *, after: str | None = None, limit: int = 50
    ) -> WorklistPage:
        """Return one page of the cases that are asked for.

        Call `refresh_due` before the first page of a day: what a day changes is changed there.

        Parameters
        ----------
        query
            What is asked for.
        today
            The day to judge by what is overdue.
        after
            `WorklistPage.after` of the page before; None for the first page.
        limit
            Most rows on the page, from 1 to 500.

        Raises
        ------
        DamagedRecord
            When a summary was changed; `rebuild_summaries` makes them anew from the cases.
        StoreError
            When `after` is no place in a list sorted so.
        """
        limit = min(max(limit, 1), MOST_ROWS)
        with self._database.reading() as connection:
            return search.find_page(connection, self._seals, query, today, after=after, limit=limit)

    def worklist_counts(self, today: date) -> WorklistCounts:
        """Return how many open cases there are, and how many need somebody."""
        with self._database.reading() as connection:
            return strip.count(connection, self._seals, today)

    def worklist_choices(self) -> WorklistChoices:
        """Return the payers and owners that some case has: what filters can offer.

        Raises
        ------
        DamagedRecord
            When one was changed; `rebuild_summaries` makes them anew from the cases.
        """
        with self._database.reading() as connection:
            return strip.find_choices(connection, self._seals)

    def refresh_due(self, today: date, *, limit: int = 200, others: bool = True) -> int:
        """Make summaries anew that no longer hold, and return how many are left.

        Nobody saved those cases, but a day has passed: a clock ran out, or a re-authorization is
        due. Or what they were made from is another by now, such as the office's policies. A case
        that doesn't open keeps its old summary and isn't counted; `verify` names it.

        Parameters
        ----------
        today
            The day that it is; the same that the workspace's `summarize` counts from.
        limit
            Most summaries that are made anew; each takes a few milliseconds.
        others
            Whether summaries that were made from anything but the workspace's `bases` are made
            anew. Who doesn't know what the others here go by leaves those alone.
        """
        bases = None if self._bases is None else self._bases()
        with self._database.reading() as connection:
            left = out_of_date(connection, self._seals, today, bases, others=others)
            made: list[Listed] = []
            while left and len(made) < limit:
                try:
                    row = cases.row(connection, left.pop(0), None)
                    made.append(self._listed(row, today))
                except DamagedRecord:
                    continue
        if made:
            with self._database.writing() as connection:
                for one in sorted(made, key=lambda one: one.row.case_id):
                    refresh_summary(connection, one, self._seals)
        return len(left)

    def rebuild_summaries(self) -> None:
        """Make all summaries, and all that lists are searched by, anew from the newest revisions.

        Raises
        ------
        DamagedRecord
            When a case doesn't open; nothing is changed then.
        """
        with self._database.writing() as connection:
            forget_index(connection)
            ids = cases.ids(connection)
            for start in range(0, len(ids), _BATCH):
                rows = cases.newest_rows(connection, ids[start : start + _BATCH])
                remake_summaries(connection, [self._listed(row) for row in rows], self._seals)
            connection.execute(update(workspace).values(summary_fields=FIELDS))

    def _listed(self, row: Any, today: date | None = None) -> Listed:
        """Sum up the case in a row of the table of revisions."""
        summary = self._summarize(open_row(row, self._seals.revisions))
        if today is not None and summary.changes_on and summary.changes_on <= today.isoformat():
            # Whoever sums up here looks at no day, or at another one: once a day is enough.
            tomorrow = today + timedelta(days=1)
            summary = replace(summary, changes_on=tomorrow.isoformat())
        return Listed.make(as_revision(row), summary, self._seals)
