"""恢复: bring a backup back without losing what became public since, or reviving what has left.

The backup is unpacked apart, checked, brought up to the 备查簿, given a new identity and checked
again; only then does it take the register's place, and the register that was there is kept
aside. Texts published since come from the public projection; where that has lost one too, the
decision waits for the next export and keeps its first day.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from pipeline.domain.basis import Basis
from pipeline.domain.cleared import ClearedDecision
from pipeline.domain.faults import BadRegisterError
from pipeline.domain.verdict import Effect, Reason
from pipeline.lifecycle.model import State
from pipeline.projection.codec import digest_of, encode_cleared
from pipeline.register import corrections, ledger
from pipeline.register.backup import Manifest, read_manifest, unpack
from pipeline.register.database import connect, writing
from pipeline.register.entry import Entry
from pipeline.register.memorandum import Memorandum
from pipeline.register.remember import from_row
from pipeline.register.store import Register
from pipeline.register.tables import register

PublishedText = Callable[[str], ClearedDecision | None]
"""The text that the projection holds at an address, if any."""

_LOST = Reason(
    "restored",
    Effect.HOLD,
    "恢复台账后缺公示内容",
    Basis("中华人民共和国行政处罚法", "第四十八条"),
    "把这件决定放进下一次导出",
    adverse=False,
)


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored register, apart from the one in use, and what came back into it.

    ``applied`` is how many decisions the 备查簿 brought up to date, ``requests`` how many requests
    for correction, ``lost`` the 文号 of decisions whose text must come with the next export.
    """

    manifest: Manifest
    applied: int
    requests: int
    lost: tuple[str, ...]


def prepare(
    backup: Path,
    work: Path,
    memorandum: Memorandum,
    published: PublishedText,
    *,
    today: date,
    actor: str,
) -> Restored:
    """Make at ``work`` the register that ``backup`` and the 备查簿 together tell.

    Raises ``BadRegisterError`` when either of them is damaged or they do not belong together.
    """
    manifest = read_manifest(backup)
    if not memorandum.holds(manifest.memorandum):
        raise BadRegisterError(
            f"备查簿 {memorandum.path.name} 缺失或与备份不符，恢复后撤下的决定可能重新公示，"
            "没有恢复。请先找回 state 文件夹里的备查簿"
        )
    if found := next(memorandum.faults(), None):
        raise BadRegisterError(f"{found}，没有恢复。请先找回完好的备查簿")
    unpack(backup, work)
    engine = connect(work)
    try:
        _refuse_damaged(engine, backup.name)
        with writing(engine) as connection:
            restored = _bring_up(connection, manifest, memorandum, published, (today, actor))
        _refuse_damaged(engine, backup.name)
    finally:
        engine.dispose()
    return restored


def _refuse_damaged(engine: sa.Engine, name: str) -> None:
    faults = Register(engine).verify()
    if faults:
        raise BadRegisterError(f"备份 {name} 里的台账不完好（{faults[0]}），没有恢复。请换一份备份")


def _bring_up(
    connection: sa.Connection,
    manifest: Manifest,
    memorandum: Memorandum,
    published: PublishedText,
    by: tuple[date, str],
) -> Restored:
    newest: Mapping[str, Entry] = {
        row["key"]: from_row(row) for row in memorandum.rows(manifest.memorandum.offset)
    }
    run, verified = ledger.last_run(connection), ledger.verified_run(connection)
    lost = []
    for batch in ledger.batches(newest.values()):
        known = ledger.entries(connection, [entry.key for entry in batch])
        for entry in batch:
            now, text = _with_text(connection, replace(entry, revision=verified), published)
            if now.content_digest != entry.content_digest:
                lost.append(entry.case_number)
            if entry.key in known:
                ledger.update_with_text(connection, [(now, text)])
            else:
                ledger.insert(connection, [(now, text)])
    requests = corrections.bring_back(connection, memorandum.requests(manifest.memorandum.offset))
    identity = str(uuid.uuid4())
    told = {
        "from": manifest.identity,
        "identity": identity,
        "backup": manifest.sha256,
        "applied": len(newest),
        "requests": requests,
        "lost": len(lost),
    }
    journal = ledger.Journal(connection, run, *by)
    journal.append("", "恢复", told)
    journal.flush()
    connection.execute(sa.update(register).values(identity=identity))
    return Restored(manifest, len(newest), requests, tuple(lost))


def _with_text(
    connection: sa.Connection, entry: Entry, published: PublishedText
) -> tuple[Entry, bytes | None]:
    """Return the entry with the text that it stands for, or waiting for that text."""
    if not entry.content_digest:
        return entry, None
    kept = ledger.cleared_text(connection, entry.key)
    if kept is not None and digest_of(kept) == entry.content_digest:
        return entry, kept
    decision = published(entry.slug)
    text = encode_cleared(decision) if decision is not None else None
    if text is not None and digest_of(text) == entry.content_digest:
        return entry, text
    waits = replace(
        entry,
        state=State.HELD,
        content_digest="",
        public_digest="",
        changed_on=None,
        expires_on=None,
        reasons=(_LOST,),
    )
    return waits, None
