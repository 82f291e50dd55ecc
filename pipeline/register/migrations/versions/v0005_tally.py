"""What each decision adds to the figures of its year."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tally of a decision; the next rebuild fills it in for all that it receives."""
    op.add_column("decision", sa.Column("tally", sa.Text, nullable=False, server_default="null"))
