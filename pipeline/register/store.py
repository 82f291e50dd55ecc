"""台账 as the rest of the program sees it: one open register and what can be asked of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import TracebackType
from typing import Any, Self

import msgspec
import sqlalchemy as sa

from pipeline.domain.faults import BadRegisterError
from pipeline.domain.public import PublicRecord
from pipeline.domain.staff_act import StaffAct
from pipeline.lifecycle.attention import Attention
from pipeline.lifecycle.deadlines import deadlines
from pipeline.lifecycle.history import History
from pipeline.lifecycle.model import State
from pipeline.policy.model import Policy
from pipeline.policy.workdays import Calendar
from pipeline.projection.model import Changes, Mark
from pipeline.register import acts, chain, ledger, seals
from pipeline.register.annual import annual_figures
from pipeline.register.attention import attention
from pipeline.register.corrections import Corrections, waiting_keys
from pipeline.register.database import reading, writing
from pipeline.register.entry import Entry, decode_acts
from pipeline.register.history import history
from pipeline.register.log import logged
from pipeline.register.model import Allowance, Digests, Received, Reconciliation, Status
from pipeline.register.public import public_record
from pipeline.register.reconcile import reconcile
from pipeline.register.staff import Foreseen, Order, carry_out, foresee
from pipeline.register.successors import successors
from pipeline.register.tables import decision, event, register

_MANY = 5_000
"""From so many decisions on, one look at all rows is quicker than asking for each."""


class Register:
    """An open register. Use it in a ``with`` statement.

    Methods raise ``BadRegisterError`` for a damaged register and ``LockedError`` when another
    program writes to it for longer than the busy time-out.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def __enter__(self) -> Self:
        """Return the register itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close every connection."""
        self._engine.dispose()

    def unchanged(self, key: str, digests: Digests) -> bool:
        """Whether the last result for a decision came from the same source, policy and engine."""
        return key in self.unchanged_among({key: digests.source}, digests.policy, digests.engine)

    def unchanged_among(
        self, sources: Mapping[str, str], policy_digest: str, engine_digest: str
    ) -> frozenset[str]:
        """Return the keys, of ``sources`` (key → source digest), that need no new result.

        What waits is looked at anew every night: the day itself may release it. So is what
        changed in a run whose site did not pass verification: the leak gate must know again what
        may not be found.
        """
        found: set[str] = set()
        query = sa.select(decision.c.key, decision.c.source_digest).where(
            decision.c.policy_digest == policy_digest,
            decision.c.engine_digest == engine_digest,
            decision.c.state != State.HELD.value,
            decision.c.waiting.is_(False),
            decision.c.acted.is_(False),
            decision.c.key.not_in(waiting_keys()),
            decision.c.revision <= sa.select(register.c.verified_run).scalar_subquery(),
        )
        with reading(self._engine) as connection:
            batches = ledger.batches(sources) if len(sources) < _MANY else (None,)
            for keys in batches:
                asked = query if keys is None else query.where(decision.c.key.in_(keys))
                rows = connection.execute(asked.execution_options(yield_per=ledger.BATCH))
                for part in rows.partitions():
                    found.update(
                        key for key, source in part if source and source == sources.get(key)
                    )
        return frozenset(found)

    def unverified(self) -> dict[str, str]:
        """Return slug → 文号 of the pages that changed since a site last passed verification."""
        query = sa.select(decision.c.slug, decision.c.case_number).where(
            decision.c.state == State.PUBLISHED.value,
            decision.c.revision > sa.select(register.c.verified_run).scalar_subquery(),
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(decision.c.slug))
            return {row.slug: row.case_number for row in rows}

    def held_by(self, rule: str, policy_digest: str, engine_digest: str) -> dict[str, str]:
        """Return key → source digest of what a rule holds under the same policy and engine."""
        query = sa.select(decision).where(
            decision.c.policy_digest == policy_digest,
            decision.c.engine_digest == engine_digest,
            decision.c.state.in_((State.HELD.value, State.SUSPENDED.value)),
            decision.c.reasons.contains(f'"rule":"{rule}"'),
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(decision.c.key)).mappings()
            return {row["key"]: row["source_digest"] for row in rows}

    def acts_of(self, keys: Iterable[str]) -> dict[str, tuple[StaffAct, ...]]:
        """Return what staff decided of the decisions, for those of which they did anything."""
        query = sa.select(decision.c.key, decision.c.acts).where(decision.c.acts != "[]")
        found: dict[str, tuple[StaffAct, ...]] = {}
        with reading(self._engine) as connection:
            for batch in ledger.batches(keys):
                rows = connection.execute(query.where(decision.c.key.in_(batch)))
                found.update((row.key, decode_acts(row.acts)) for row in rows)
        return found

    def reconcile(
        self,
        received: Iterable[Received],
        policy: Policy,
        *,
        today: date,
        actor: str,
        allowed: Allowance | None = None,
    ) -> Reconciliation:
        """Bring the register to what should stand on ``today``; all of it or nothing.

        Others wait while it writes: what is ``received`` should be at hand (``spooled``).
        Raises what ``pipeline.register.reconcile`` raises; nothing is written then.
        """
        with writing(self._engine) as connection:
            return reconcile(
                connection, received, policy, today=today, actor=actor, allowed=allowed
            )

    def mark_seen(self, *, today: date, actor: str) -> int:
        """Note that the pages of the last run go live; return how many are new.

        Call it when the site is verified, before it is released: from then on a page counts as
        seen, keeps its first day, and cannot leave without a notice.
        """
        with writing(self._engine) as connection:
            last = ledger.last_run(connection)
            connection.execute(sa.update(register).values(verified_run=last))
            unseen = ledger.entries_where(connection, decision.c.unseen.is_(True))
            ledger.update(connection, [replace(entry, unseen=False) for entry in unseen])
            if unseen:
                journal = ledger.Journal(connection, last, today, actor)
                journal.append("", "发布", {"new": len(unseen)})
                journal.flush()
            return len(unseen)

    def public_changes(self, since: Mark | None) -> Changes:
        """Return what a projection that stands at ``since`` lacks: all, if it is another's."""
        with reading(self._engine) as connection:
            mark = Mark(ledger.identity(connection), ledger.last_run(connection))
            follows = since and since.register == mark.register and since.revision <= mark.revision
            told: dict[str, Any] = {
                "annual": annual_figures(connection),
                "successors": successors(connection),
            }
            if since is None or not follows:
                return Changes(mark, self._records(0), whole=True, **told)
            removed = sa.select(decision.c.key).where(
                decision.c.revision > since.revision, decision.c.public_digest == ""
            )
            keys = tuple(connection.execute(removed.order_by(decision.c.key)).scalars())
        return Changes(mark, self._records(since.revision), keys, **told)

    def _records(self, after: int) -> Iterator[PublicRecord]:
        query = (
            sa.select(decision)
            .where(decision.c.revision > after, decision.c.public_digest != "")
            .order_by(decision.c.revision, decision.c.key)
            .execution_options(yield_per=ledger.BATCH)
        )
        with reading(self._engine) as connection:
            for row in connection.execute(query).mappings():
                yield _public(row)

    def standing(self) -> dict[State, int]:
        """Return how many decisions are in which state; every state is there."""
        with reading(self._engine) as connection:
            return ledger.standing(connection)

    def status(
        self, key: str, policy: Policy, *, today: date, calendar: Calendar | None = None
    ) -> Status | None:
        """Return all that staff may see about one decision, ``None`` when it was never received."""
        with reading(self._engine) as connection:
            entry = ledger.entries(connection, [key]).get(key)
            if entry is None:
                return None
            query = sa.select(event).where(event.c.key == key).order_by(event.c.seq)
            rows = connection.execute(query).mappings().all()
            words = acts.remarks(connection, [row["seq"] for row in rows])
            log = tuple(logged(row, words.get(row["seq"], "")) for row in rows)
        due = deadlines(
            entry.past(), policy, decided_on=entry.decided_on, today=today, calendar=calendar
        )
        return Status(
            key=entry.key,
            slug=entry.slug,
            case_number=entry.case_number,
            state=entry.state,
            decided_on=entry.decided_on,
            first_published_on=entry.first_published_on,
            changed_on=entry.changed_on,
            expires_on=entry.expires_on,
            reasons=entry.reasons,
            pending=entry.pending,
            notice=entry.notice,
            corrections=entry.corrections,
            known_events=entry.events,
            deadlines=due,
            log=log,
        )

    def attention(self, policy: Policy, *, today: date, actor: str) -> Attention:
        """Return what waits for a person, and what happened since the ``actor``'s last day."""
        with reading(self._engine) as connection:
            return attention(connection, policy, today=today, actor=actor)

    def entry(self, key: str) -> Entry | None:
        """Return the row of a decision without its text, ``None`` when it is not known."""
        with reading(self._engine) as connection:
            return ledger.entries(connection, [key]).get(key)

    def foresee(self, order: Order, policy: Policy, *, today: date) -> Foreseen:
        """Return what an order of staff would change; writes nothing."""
        with reading(self._engine) as connection:
            return foresee(connection, order, policy, today=today)

    def carry_out(self, order: Order, foreseen: Foreseen, *, today: date) -> int:
        """Write an order of staff as it was foreseen; return the number of its event.

        Raises ``LockedError`` when the decision is not as it was foreseen any more.
        """
        with writing(self._engine) as connection:
            return carry_out(connection, order, foreseen, today=today)

    def record(self, act: acts.Act, *, today: date) -> int:
        """Append an act of staff to the chain; return the number of its event."""
        with writing(self._engine) as connection:
            return acts.record(connection, act, today=today)

    @property
    def corrections(self) -> Corrections:
        """The requests for correction."""
        return Corrections(self._engine)

    def history(self, policy: Policy, *, since: date, until: date) -> History:
        """Return what was done from ``since`` to ``until``, both included."""
        with reading(self._engine) as connection:
            return history(connection, policy, since=since, until=until)

    def verify(self) -> tuple[str, ...]:
        """Return, in Chinese, every altered, missing or reordered row; empty when whole."""
        query = sa.select(event).order_by(event.c.seq).execution_options(yield_per=ledger.BATCH)
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings()
            found = chain.faults(chain.Sealed(**row) for row in rows)
            return (*found, *acts.faults(connection), *seals.faults(connection))


def _public(row: sa.RowMapping) -> PublicRecord:
    try:
        return public_record(ledger.read(row), row["cleared"])
    except (ValueError, msgspec.MsgspecError):
        raise BadRegisterError(f"台账中 {row['key']} 的记录已损坏。请用备份恢复") from None
