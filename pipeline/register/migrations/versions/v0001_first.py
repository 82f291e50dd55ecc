"""The first version: decisions, runs, and events that can only be appended."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_REFUSAL = "台账事件只能追加，不能修改或删除"


def upgrade() -> None:
    """Make the tables, their indexes and the triggers of the event table."""
    _make_small_tables()
    _make_decision()
    _make_event()
    _forbid_changes(op.get_bind().dialect.name)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _make_small_tables() -> None:
    op.create_table(
        "register",
        sa.Column("id", sa.Integer, primary_key=True),
        _text("identity"),
        _text("expiry_rule"),
        sa.Column("verified_run", sa.Integer, nullable=False),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("on_day", sa.Date, nullable=False),
        _text("actor"),
        _text("counts"),
    )


def _make_decision() -> None:
    days = ("decided_on", "first_published_on", "published_on", "changed_on", "expires_on")
    digests = ("source", "policy", "engine", "text", "content", "public")
    lists = ("reasons", "pending", "notice", "corrections", "events", "settled", "retired")
    op.create_table(
        "decision",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("slug", sa.Text, nullable=False, unique=True),
        _text("case_number"),
        _text("state"),
        *(sa.Column(day, sa.Date) for day in days),
        sa.Column("unseen", sa.Boolean, nullable=False),
        _text("cause"),
        *(_text(f"{digest}_digest") for digest in digests),
        sa.Column("waiting", sa.Boolean, nullable=False),
        *(_text(name) for name in lists),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("cleared", sa.LargeBinary),
    )
    op.create_index("decision_by_expiry", "decision", ["expires_on"])
    op.create_index("decision_by_state", "decision", ["state"])
    op.create_index("decision_by_revision", "decision", ["revision"])
    op.create_index("decision_by_unseen", "decision", ["unseen"])
    op.create_index("decision_by_waiting", "decision", ["waiting"])


def _make_event() -> None:
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("on_day", sa.Date, nullable=False),
        *(_text(name) for name in ("key", "kind", "actor", "detail", "prev")),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
    )
    op.create_index("event_by_key", "event", ["key"])


def _forbid_changes(dialect: str) -> None:
    if dialect == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER event_no_{act.lower()} BEFORE {act} ON event "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
        "FOR EACH STATEMENT EXECUTE FUNCTION event_is_append_only()"
    )
