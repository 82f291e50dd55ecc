"""Acts of staff: what they mean for each decision, and their private remarks, kept apart."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the remarks and the columns of a decision that staff and credit repair need."""
    op.create_table(
        "remark",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    for column in (
        sa.Column("acts", sa.Text, nullable=False, server_default="[]"),
        sa.Column("acted", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("credit_class", sa.Text, nullable=False, server_default=""),
    ):
        op.add_column("decision", column)
    op.create_index("decision_by_acted", "decision", ["acted"])
