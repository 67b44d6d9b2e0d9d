"""The tables of a workspace: the same on SQLite and PostgreSQL, portable types only.

Times are ISO 8601 text in UTC with microseconds: they go into hashes and seals as written, and
no database rounds them. `migrations/` makes these tables; a test compares the two.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

VERSIONS = ("0001",)
"""Every version of the schema that this tmjkit knows, oldest first."""

SEALING = "aes-256-gcm hkdf-sha256 1"
"""How content is sealed; a workspace that says anything else needs a newer tmjkit."""

metadata = MetaData()

alembic_version = Table("alembic_version", MetaData(), Column("version_num", Text))

# One row, and never two: its key can only be 1.
workspace = Table(
    "workspace",
    metadata,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("sealing", Text, nullable=False),
    Column("key_check", LargeBinary, nullable=False),
    Column("summary_fields", Text, nullable=False),
)

key_slot = Table(
    "key_slot",
    metadata,
    Column("id", Text, primary_key=True),
    Column("created_at", Text, nullable=False),
    Column("kdf", Text, nullable=False),
    Column("memory_kib", Integer, nullable=False),
    Column("iterations", Integer, nullable=False),
    Column("lanes", Integer, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("sealed_key", LargeBinary, nullable=False),
)

# (case_id, revision) decides between two who save at once: the second insert fails.
revision = Table(
    "revision",
    metadata,
    Column("case_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("case_id", "revision"),
)

case_summary = Table(
    "case_summary",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

document = Table(
    "document",
    metadata,
    Column("id", Text, primary_key=True),
    Column("stored_at", Text, nullable=False),
    Column("pieces", Integer, nullable=False),
)

document_piece = Table(
    "document_piece",
    metadata,
    Column("document_id", Text, ForeignKey("document.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("document_id", "position"),
)
