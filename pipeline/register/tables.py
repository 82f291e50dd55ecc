"""The tables of the register (台账). The migrations make them; a test compares the two.

Nothing raw is at rest here: a decision's text is kept as cleared, everything else as digests.
"""

import sqlalchemy as sa

metadata = sa.MetaData()

register = sa.Table(
    "register",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("identity", sa.Text, nullable=False),
    sa.Column("expiry_rule", sa.Text, nullable=False),
    sa.Column("verified_run", sa.Integer, nullable=False),
    sa.Column("sealed_rows", sa.Text, nullable=False),
)
"""One row: who this register is, the period by which ``expires_on`` was last computed, the last
run whose site passed verification, and the sum of the seals of all decisions."""

run = sa.Table(
    "run",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("on_day", sa.Date, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("counts", sa.Text, nullable=False),
)
"""One row a run that reached its end; ``counts`` is JSON."""

decision = sa.Table(
    "decision",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("slug", sa.Text, nullable=False, unique=True),
    sa.Column("case_number", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("decided_on", sa.Date),
    sa.Column("first_published_on", sa.Date),
    sa.Column("published_on", sa.Date),
    sa.Column("changed_on", sa.Date),
    sa.Column("expires_on", sa.Date),
    sa.Column("unseen", sa.Boolean, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("source_digest", sa.Text, nullable=False),
    sa.Column("policy_digest", sa.Text, nullable=False),
    sa.Column("engine_digest", sa.Text, nullable=False),
    sa.Column("text_digest", sa.Text, nullable=False),
    sa.Column("content_digest", sa.Text, nullable=False),
    sa.Column("public_digest", sa.Text, nullable=False),
    sa.Column("reasons", sa.Text, nullable=False),
    sa.Column("waiting", sa.Boolean, nullable=False),
    sa.Column("pending", sa.Text, nullable=False),
    sa.Column("notice", sa.Text, nullable=False),
    sa.Column("corrections", sa.Text, nullable=False),
    sa.Column("events", sa.Text, nullable=False),
    sa.Column("settled", sa.Text, nullable=False),
    sa.Column("retired", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("acts", sa.Text, nullable=False),
    sa.Column("acted", sa.Boolean, nullable=False),
    sa.Column("credit_class", sa.Text, nullable=False),
    sa.Column("tally", sa.Text, nullable=False),
    sa.Column("seal", sa.Text, nullable=False),
    sa.Column("cleared", sa.LargeBinary),
    sa.Index("decision_by_expiry", "expires_on"),
    sa.Index("decision_by_state", "state"),
    sa.Index("decision_by_revision", "revision"),
    sa.Index("decision_by_unseen", "unseen"),
    sa.Index("decision_by_waiting", "waiting"),
    sa.Index("decision_by_acted", "acted"),
)
"""One row a decision ever received. ``revision`` is told of in ``Entry``, ``acted`` says that
staff did something no run has taken up yet, ``seal`` is its row's digest."""

event = sa.Table(
    "event",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("run", sa.Integer, nullable=False),
    sa.Column("on_day", sa.Date, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("prev", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False, unique=True),
    sa.Index("event_by_key", "key"),
)
"""Append-only: triggers refuse UPDATE and DELETE; each row holds the hash of the one before."""

remark = sa.Table(
    "remark",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("salt", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
)
"""Private remarks of staff, by the number of their event, which holds their salted digest."""

seal = sa.Table(
    "seal",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("prev", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)
"""Append-only like the events: what every table held when a change ended (封存)."""

correction = sa.Table(
    "correction",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("word", sa.Text, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("running", sa.Integer, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("received_on", sa.Date, nullable=False),
    sa.Column("asked", sa.Text, nullable=False),
    sa.Column("ruled", sa.Text, nullable=False),
    sa.Column("replied", sa.Text, nullable=False),
    sa.Column("way", sa.Text, nullable=False),
    sa.Column("applied_on", sa.Date),
    sa.UniqueConstraint("word", "year", "running", name="correction_number"),
    sa.Index("correction_by_key", "key"),
    sa.Index("correction_by_way", "way"),
)
"""更正申请: one row a request. ``asked``, ``ruled`` and ``replied`` are private JSON; ``way`` is
how an accepted correction reaches the page, ``applied_on`` when it did."""

LIGHT = tuple(column for column in decision.columns if column.name != "cleared")
"""Everything about a decision but its text."""
