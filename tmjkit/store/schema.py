"""The tables of a workspace: the same on SQLite and PostgreSQL, portable types only.

Times are ISO 8601 text in UTC with microseconds: they go into hashes and seals as written, and
no database rounds them. `migrations/` makes these tables; a test compares the two.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

VERSIONS = ("0001", "0002", "0003")
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
    # Days as YYYY-MM-DD, and the time of the save: what lists sort by. See `index.py`.
    Column("due", Text, nullable=False),
    Column("own_due", Text, nullable=False),
    Column("payer_due", Text, nullable=False),
    Column("changes_on", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    # Keyed tokens.
    Column("stage", Integer, nullable=False),
    Column("payer", Integer, nullable=False),
    Column("owner", Integer, nullable=False),
    Column("readiness", Integer, nullable=False),
    Column("basis", Integer, nullable=False),
    Index("ix_case_summary_stage_due", "stage", "due", "case_id"),
    Index("ix_case_summary_stage_saved_at", "stage", "saved_at", "case_id"),
    Index("ix_case_summary_readiness_due", "readiness", "due", "case_id"),
    Index("ix_case_summary_payer", "payer", "stage", "case_id"),
    Index("ix_case_summary_owner", "owner", "stage", "case_id"),
    Index("ix_case_summary_own_due", "own_due", "case_id"),
    Index("ix_case_summary_payer_due", "payer_due", "case_id"),
    Index("ix_case_summary_changes_on", "changes_on", "case_id"),
    Index("ix_case_summary_basis", "basis", "case_id"),
)

# Without row ids, SQLite keeps the rows in the key itself: half the size.
case_word = Table(
    "case_word",
    metadata,
    Column("token", Integer, nullable=False, autoincrement=False),
    Column("case_id", Text, nullable=False),
    PrimaryKeyConstraint("token", "case_id"),
    sqlite_with_rowid=False,
)

list_value = Table(
    "list_value",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("token", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

note = Table(
    "note",
    metadata,
    Column("id", Text, primary_key=True),
    Column("author_digest", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("sealed_name", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_note_author_digest", "author_digest"),
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
