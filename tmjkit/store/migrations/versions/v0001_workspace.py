"""Make the first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables for keys, revisions, summaries and documents."""
    op.create_table(
        "workspace",
        sa.Column(
            "one", sa.Integer, sa.CheckConstraint("one = 1"), primary_key=True, autoincrement=False
        ),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("sealing", sa.Text, nullable=False),
        sa.Column("key_check", sa.LargeBinary, nullable=False),
        sa.Column("summary_fields", sa.Text, nullable=False),
    )
    op.create_table(
        "key_slot",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("kdf", sa.Text, nullable=False),
        sa.Column("memory_kib", sa.Integer, nullable=False),
        sa.Column("iterations", sa.Integer, nullable=False),
        sa.Column("lanes", sa.Integer, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("sealed_key", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "revision",
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("saved_at", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "revision"),
    )
    op.create_table(
        "case_summary",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("stored_at", sa.Text, nullable=False),
        sa.Column("pieces", sa.Integer, nullable=False),
    )
    op.create_table(
        "document_piece",
        sa.Column("document_id", sa.Text, sa.ForeignKey("document.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "position"),
    )
