"""The order of the worklist by name or payer, which no database can have without reading them.

An index that keeps the order of names would tell it to whoever has the file, and so nearly the
names. So all that is asked for is opened, but of each summary only its first fields are looked at.
"""

import heapq
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from sqlalchemy import ColumnElement, Connection, select

from tmjkit.store.keys import NONCE_BYTES, Seals
from tmjkit.store.schema import case_summary
from tmjkit.store.summaries import NAME, PAYER, SEPARATOR, damaged, place_of
from tmjkit.store.worklist import Key, key_by_name, key_by_payer


def keys(
    connection: Connection, seals: Seals, sort: str, conditions: Sequence[ColumnElement[bool]]
) -> list[Key]:
    """Return the sort key of every summary that the conditions find, in no order.

    Raises
    ------
    DamagedRecord
        When a summary was changed, or belongs to another case or revision.
    """
    columns = case_summary.c
    query = select(columns.case_id, columns.revision, columns.sealed).where(*conditions)
    decrypt, found = seals.summaries.decrypt, []
    make = key_by_name if sort == "name" else key_by_payer
    case_id = ""
    try:
        # The driver's own cursor: rows as plain tuples, nothing made for each of them.
        for case_id, number, sealed in connection.execute(query).cursor.fetchall():
            opened = decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place_of(case_id, number))
            parts = opened.decode().split(SEPARATOR, PAYER + 1)
            found.append(make(parts[NAME], parts[PAYER], case_id))
    except (InvalidTag, ValueError, IndexError):
        raise damaged(case_id) from None
    return found


def page(found: Sequence[Key], last: Key | None, count: int, *, descending: bool) -> list[str]:
    """Return the ids of the first so many keys behind the last one of the page before."""
    if last is not None:
        found = [key for key in found if (key < last if descending else key > last)]
    few = heapq.nlargest(count, found) if descending else heapq.nsmallest(count, found)
    return [key[-1] for key in few]
