"""The register of an agency: what it changes is also written into the 备查簿, at once."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from types import TracebackType

import sqlalchemy as sa

from pipeline.register import ledger
from pipeline.register.backup import Manifest, back_up, backups
from pipeline.register.database import reading
from pipeline.register.entry import Entry
from pipeline.register.log import logged
from pipeline.register.memorandum import Memorandum
from pipeline.register.model import LoggedEvent
from pipeline.register.remember import remember
from pipeline.register.store import Register
from pipeline.register.tables import LIGHT, decision, event


class KeptRegister(Register):
    """An open register with its 备查簿. Use it in a ``with`` statement."""

    def __init__(self, engine: sa.Engine, memorandum: Memorandum) -> None:
        super().__init__(engine)
        self.memorandum = memorandum

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what staff did into the 备查簿, then close every connection."""
        try:
            if error is None:
                remember(self._engine, self.memorandum)
        finally:
            super().__exit__(kind, error, trace)

    def mark_seen(self, *, today: date, actor: str) -> int:
        """Do what ``Register.mark_seen`` does, and write it into the 备查簿 before the release."""
        count = super().mark_seen(today=today, actor=actor)
        remember(self._engine, self.memorandum, seen=True)
        return count

    def back_up(self, folder: Path, *, today: date) -> Manifest:
        """Make a backup in ``folder``; raises ``BadRegisterError`` when the disk refuses."""
        return back_up(self._engine, folder, self.memorandum, today=today)

    def entries(self) -> Iterator[Entry]:
        """Yield everything but the text of each decision, by key, few in memory at a time."""
        query = sa.select(*LIGHT).order_by(decision.c.key)
        with reading(self._engine) as connection:
            rows = connection.execute(query.execution_options(yield_per=ledger.BATCH))
            yield from map(ledger.read, rows.mappings())

    def logged(self) -> Iterator[tuple[str, LoggedEvent]]:
        """Yield each event in order with the 文号 of its decision, without private remarks."""
        query = (
            sa.select(event, decision.c.case_number)
            .outerjoin(decision, decision.c.key == event.c.key)
            .order_by(event.c.seq)
            .execution_options(yield_per=ledger.BATCH)
        )
        with reading(self._engine) as connection:
            for row in connection.execute(query).mappings():
                yield row["case_number"] or "", logged(row)

    def verify_with(self, folder: Path) -> tuple[str, ...]:
        """Return, in Chinese, what is altered or missing, also by what lies outside the register.

        The 备查簿 and each backup in ``folder`` remember the newest event of their time.
        """
        return (*self.verify(), *self.memorandum.faults(), *self._forgotten(folder))

    def _forgotten(self, folder: Path) -> Iterator[str]:
        """Yield each event that was there once and is not as it was: the register was cut."""
        with reading(self._engine) as connection:
            identity = ledger.identity(connection)
            for name, seq, head in _witnesses(self.memorandum, backups(folder), identity):
                found = sa.select(event.c.hash).where(event.c.seq == seq)
                if connection.execute(found).scalar() != head:
                    yield f"事件 {seq} 与{name}所记的不同或缺失"
        for manifest in backups(folder):
            if not self.memorandum.holds(manifest.memorandum):
                yield f"备查簿与备份 {manifest.file} 所记的不同或缺失"


def _witnesses(
    memorandum: Memorandum, made: Iterable[Manifest], identity: str
) -> Iterator[tuple[str, int, str]]:
    """Yield who remembers which event of the register of that identity."""
    mark = memorandum.end()[1]
    if mark.identity == identity and mark.events:
        yield "备查簿", mark.events, mark.head
    for each in made:
        if each.identity == identity and each.events:
            yield f"备份 {each.file} ", each.events, each.head
