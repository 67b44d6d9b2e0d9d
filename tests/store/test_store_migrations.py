"""The tables are made by the migrations, brought up to date when older, left alone when newer."""

import shutil
from datetime import date

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from store_cases import PASSPHRASE, execute, make_case, rows

from tmjkit.store import (
    NewerWorkspace,
    WorklistQuery,
    Workspace,
    WrongPassphrase,
    migrations,
    opening,
    schema,
)
from tmjkit.store.database import Place

NEXT = '''"""Add a table."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add a table and a row."""
    op.create_table("added", sa.Column("id", sa.Text, primary_key=True))
    op.execute("INSERT INTO added VALUES ('row')")
'''


@pytest.fixture
def newer_program(monkeypatch, tmp_path):
    """Make this tmjkit one that has another step."""
    scripts = tmp_path / "next" / "100% scripts"
    shutil.copytree(migrations.SCRIPTS, scripts)
    (scripts / "versions" / "v0004_added.py").write_text(NEXT)
    monkeypatch.setattr(migrations, "SCRIPTS", scripts)
    monkeypatch.setattr(opening, "VERSIONS", (*schema.VERSIONS, "0004"))


def tables(place):
    return sa.inspect(sa.create_engine(Place.parse(place).url, poolclass=sa.pool.NullPool))


def test_the_migrations_make_the_tables_that_the_code_uses(workspace, place):
    engine = sa.create_engine(Place.parse(place).url, poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, schema.metadata) == []
        assert context.get_current_revision() == schema.VERSIONS[-1]
    for table in schema.metadata.tables.values():
        made = tables(place).get_pk_constraint(table.name)["constrained_columns"]
        assert made == [column.name for column in table.primary_key.columns]


def test_the_code_knows_every_step_in_order():
    config = Config()
    config.set_main_option("script_location", str(migrations.SCRIPTS))
    config.set_main_option("path_separator", "os")
    steps = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(step.revision for step in steps)[::-1] == schema.VERSIONS


def test_an_older_workspace_is_brought_up_to_date(workspace, place, newer_program):
    case = make_case()
    workspace.save(case, None, "ann")
    opened = Workspace.open(place, PASSPHRASE)
    assert "added" in tables(place).get_table_names()
    assert opened.load(case.id).case == case
    assert opened.verify().ok
    assert Workspace.open(place, PASSPHRASE).id == workspace.id


def as_before_the_worklist(place):
    """Make the tables those of the first version, with what an older tmjkit had in them."""
    kept = {"case_id", "revision", "sealed"}
    for index in tables(place).get_indexes("case_summary"):
        execute(place, f"DROP INDEX {index['name']}")
    for column in tables(place).get_columns("case_summary"):
        if column["name"] not in kept:
            execute(place, f"ALTER TABLE case_summary DROP COLUMN {column['name']}")
    for table in ("case_word", "list_value", "note"):
        execute(place, f"DROP TABLE {table}")
    execute(place, "UPDATE case_summary SET sealed = :x", x=b"of an older version")
    execute(place, "UPDATE workspace SET summary_fields = 'name,payer'")
    execute(place, "UPDATE alembic_version SET version_num = '0001'")


def test_a_workspace_of_the_first_version_gets_a_worklist(workspace, place):
    cases = [make_case(f"Example {number}") for number in range(4)]
    workspace.save_new(cases, "ann")
    workspace.save(cases[0], 1, "bo")
    before, index = workspace.summaries(), rows(place)["case_word"]
    as_before_the_worklist(place)
    with pytest.raises(WrongPassphrase):
        Workspace.open(place, "not the passphrase")
    assert rows(place)["alembic_version"] == [("0001",)]
    opened = Workspace.open(place, PASSPHRASE)
    assert opened.summaries() == before
    assert rows(place)["case_word"] == index
    page = opened.worklist(WorklistQuery("example mutual"), date(2026, 11, 24))
    assert {row.case_id for row in page.rows} == {case.id for case in cases}
    opened.put_note("ann", "draft", b"x")
    assert opened.verify().ok
    engine = sa.create_engine(Place.parse(place).url, poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, schema.metadata) == []


def test_a_wrong_passphrase_brings_nothing_up_to_date(workspace, place, newer_program):
    before = rows(place)
    with pytest.raises(WrongPassphrase):
        Workspace.open(place, "not the passphrase")
    assert rows(place) == before


def test_a_step_that_fails_changes_nothing(workspace, place, newer_program):
    step = migrations.SCRIPTS / "versions" / "v0004_added.py"
    step.write_text(NEXT + "    raise RuntimeError('no power')\n")
    before = rows(place)
    with pytest.raises(RuntimeError, match="no power"):
        Workspace.open(place, PASSPHRASE)
    assert rows(place) == before
    step.write_text(NEXT)
    assert Workspace.open(place, PASSPHRASE).id == workspace.id


def test_a_newer_workspace_is_left_alone(workspace, place):
    execute(place, "UPDATE alembic_version SET version_num = '9999'")
    before = rows(place)
    for secret in ({"passphrase": PASSPHRASE}, {"key": workspace.key}):
        with pytest.raises(NewerWorkspace, match="newer version of tmjkit"):
            Workspace.open(place, **secret)
    assert rows(place) == before


def test_a_newer_way_of_sealing_is_left_alone(workspace, place):
    execute(place, "UPDATE workspace SET sealing = 'something later'")
    with pytest.raises(NewerWorkspace):
        Workspace.open(place, PASSPHRASE)
