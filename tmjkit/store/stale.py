"""Which summaries no longer hold: their day has come, or what they were made from is another."""

from collections.abc import Collection
from datetime import date
from itertools import pairwise

from sqlalchemy import ColumnElement, Connection, or_, select, true

from tmjkit.store.keys import Seals
from tmjkit.store.schema import case_summary


def out_of_date(
    connection: Connection,
    seals: Seals,
    today: date,
    bases: Collection[str] | None,
    *,
    others: bool = True,
) -> list[str]:
    """Return the ids of the cases whose summary can have changed by now, the longest ago first.

    Those that were made from anything but `bases` come after them, or are left out
    altogether without `others`; None for any basis.
    """
    column = case_summary.c.changes_on
    query = (
        select(case_summary.c.case_id)
        .where(column <= today.isoformat())
        .order_by(column, case_summary.c.case_id)
    )
    if bases is not None and not others:
        tokens = {seals.token("basis", one) for one in bases}
        query = query.where(case_summary.c.basis.in_(tokens))
    found = [str(case_id) for case_id in connection.execute(query).scalars()]
    if bases is not None and others:
        different = select(case_summary.c.case_id).where(or_(*_none_of(seals, bases)))
        found += sorted(connection.execute(different).scalars())
    return list(dict.fromkeys(found))


def _none_of(seals: Seals, bases: Collection[str]) -> list[ColumnElement[bool]]:
    """Return the ranges between the tokens of these bases: an index serves ranges, and no "not"."""
    column, tokens = case_summary.c.basis, sorted({seals.token("basis", one) for one in bases})
    if not tokens:
        return [true()]
    between = [(column > low) & (column < high) for low, high in pairwise(tokens)]
    return [column < tokens[0], *between, column > tokens[-1]]
