"""Plainly fictional cases, and what the tests of the store share."""

import sqlite3

import sqlalchemy as sa

from tmjkit.case import Case, Coverage, Patient, Task, Treatment, new_id
from tmjkit.store import Argon2
from tmjkit.store.database import Place

PASSPHRASE = "plainly fictional words"
CHEAP = Argon2(memory_kib=32, iterations=1, lanes=1)


def make_case(family="Example", **changes):
    """Return a case with a patient, a coverage, a treatment and a task."""
    fields = {
        "patient": Patient(family=family, given="Pat", birth_date="1980-02-29"),
        "coverages": (Coverage(payer="Example Mutual"),),
        "treatments": (Treatment(id=new_id("treatment"), kind="splint", start="2024-03"),),
        "tasks": (Task(id=new_id("task"), title="Call the plan", due="2025-04-01"),),
    }
    return Case(**(fields | changes))


def renamed(case, family):
    """Return the case with another family name."""
    return case.with_record(case.patient.model_copy(update={"family": family}))


def execute(place, statement, **values):
    """Change the database behind the workspace's back."""
    engine = sa.create_engine(Place.parse(place).url, poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        return connection.execute(sa.text(statement), values)


def rows(place):
    """Return every row of every table, to see whether anything was changed."""
    engine = sa.create_engine(Place.parse(place).url, poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        return {
            table: sorted(
                tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
                for row in connection.execute(sa.select(sa.text("*")).select_from(sa.table(table)))
            )
            for table in sorted(sa.inspect(connection).get_table_names())
        }


def raw_bytes(path):
    """Return all bytes of an SQLite workspace: the file and its companions."""
    return b"".join(
        found.read_bytes() for found in sorted(path.parent.glob(path.name + "*")) if found.is_file()
    )


def sqlite_dump(path):
    """Return every value of an SQLite file as text and bytes."""
    with sqlite3.connect(path) as connection:
        return "\n".join(connection.iterdump())
