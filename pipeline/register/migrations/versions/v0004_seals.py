"""Seals (封存): the digest of each decision's row, their sum, and one row for each change."""

import sqlalchemy as sa
from alembic import op

from pipeline.register.seals import EMPTY, row_digest, total_of

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_REFUSAL = "台账封存只能追加，不能修改或删除"


def upgrade() -> None:
    """Add the seals and seal what the register holds already."""
    op.create_table(
        "seal",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("prev", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.add_column("decision", sa.Column("seal", sa.Text, nullable=False, server_default=""))
    op.add_column(
        "register", sa.Column("sealed_rows", sa.Text, nullable=False, server_default=EMPTY)
    )
    _seal_rows(op.get_bind())
    _forbid_changes(op.get_bind().dialect.name)


def _seal_rows(connection: sa.Connection) -> None:
    """Seal each decision by the columns that the table has now, not by those of later versions."""
    decision = sa.Table("decision", sa.MetaData(), autoload_with=connection)
    rows = connection.execute(sa.select(decision)).mappings()
    seals = [{"of": row["key"], "digest": row_digest(row)} for row in rows]
    if not seals:
        return
    change = sa.update(decision).where(decision.c.key == sa.bindparam("of"))
    connection.execute(change.values(seal=sa.bindparam("digest")), seals)
    register = sa.table("register", sa.column("sealed_rows"))
    total = total_of(each["digest"] for each in seals)
    connection.execute(sa.update(register).values(sealed_rows=total))


def _forbid_changes(dialect: str) -> None:
    if dialect == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER seal_no_{act.lower()} BEFORE {act} ON seal "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seal "
        "FOR EACH STATEMENT EXECUTE FUNCTION event_is_append_only()"
    )
