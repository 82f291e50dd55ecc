"""Requests for correction and what became of them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of requests."""
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("running", sa.Integer, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("asked", "ruled", "replied", "way")
        ),
        sa.Column("applied_on", sa.Date),
        sa.UniqueConstraint("word", "year", "running", name="correction_number"),
    )
    op.create_index("correction_by_key", "correction", ["key"])
    op.create_index("correction_by_way", "correction", ["way"])
