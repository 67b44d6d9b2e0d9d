"""What stands above the worklist: how many cases need somebody, and what its filters offer."""

from datetime import date

from sqlalchemy import ColumnElement, Connection, func, select

from tmjkit.case import Stage
from tmjkit.store.keys import Seals
from tmjkit.store.schema import case_summary
from tmjkit.store.summaries import list_choices
from tmjkit.store.worklist import WorklistChoices, WorklistCounts, until_week


def count(connection: Connection, seals: Seals, today: date) -> WorklistCounts:
    """Return the counts above the list."""
    day, week = today.isoformat(), until_week(today)
    own, payer = case_summary.c.own_due, case_summary.c.payer_due
    closed = case_summary.c.stage == seals.token("stage", Stage.CLOSED.value)

    def number(*conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(case_summary).where(*conditions)
        return int(connection.execute(query).scalar_one())

    return WorklistCounts(
        cases=number() - number(closed),
        overdue=number(own < day),
        due_this_week=number(own >= day, own < week),
        waiting=number(payer < day),
    )


def find_choices(connection: Connection, seals: Seals) -> WorklistChoices:
    """Return the payers and owners that some case has."""
    return WorklistChoices(
        list_choices(connection, seals, "payer"), list_choices(connection, seals, "owner")
    )
