"""Tell what a summary was made from besides its case, such as the office's policies.

The new column says nothing here: steps have no key. A workspace whose summaries have other fields
makes them anew when it is opened, and fills the column with that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column and its index."""
    made = sa.Column("basis", sa.Integer, nullable=False, server_default="0")
    op.add_column("case_summary", made)
    op.create_index("ix_case_summary_basis", "case_summary", ["basis", "case_id"])
