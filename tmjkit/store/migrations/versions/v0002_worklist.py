"""Make what the worklist searches and sorts by, and the notes of authors.

The new columns of `case_summary` stay empty here: steps have no key. A workspace whose summaries
have other fields makes them anew when it is opened, and fills the columns with that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_DAYS = ("due", "own_due", "payer_due", "changes_on", "saved_at")
_TOKENS = ("stage", "payer", "owner", "readiness")
_INDEXES = {
    "ix_case_summary_stage_due": ("stage", "due", "case_id"),
    "ix_case_summary_stage_saved_at": ("stage", "saved_at", "case_id"),
    "ix_case_summary_readiness_due": ("readiness", "due", "case_id"),
    "ix_case_summary_payer": ("payer", "stage", "case_id"),
    "ix_case_summary_owner": ("owner", "stage", "case_id"),
    "ix_case_summary_own_due": ("own_due", "case_id"),
    "ix_case_summary_payer_due": ("payer_due", "case_id"),
    "ix_case_summary_changes_on": ("changes_on", "case_id"),
}


def upgrade() -> None:
    """Add the columns and the tables."""
    for name in _DAYS:
        op.add_column(
            "case_summary", sa.Column(name, sa.Text, nullable=False, server_default="9999-12-31")
        )
    for name in _TOKENS:
        op.add_column(
            "case_summary", sa.Column(name, sa.Integer, nullable=False, server_default="0")
        )
    for name, columns in _INDEXES.items():
        op.create_index(name, "case_summary", columns)
    op.create_table(
        "case_word",
        sa.Column("token", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("token", "case_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "list_value",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("token", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("author_digest", sa.Text, nullable=False),
        sa.Column("saved_at", sa.Text, nullable=False),
        sa.Column("sealed_name", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_note_author_digest", "note", ["author_digest"])
