"""备份: a copy of the register, made while others write, with a manifest beside it.

A backup is always an SQLite file, compressed, whatever the register lives in: SQLite copies
itself page by page (its own backup interface), a server's tables are read in one transaction
that sees one state. So every backup can be restored to either.
"""

import gzip
import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import sqlalchemy as sa
from isal import igzip

from pipeline.domain.faults import BadRegisterError
from pipeline.durable import sync, sync_all
from pipeline.register import ledger
from pipeline.register.copying import copy_all
from pipeline.register.database import NEWEST, connect, reading, writing
from pipeline.register.memorandum import Memorandum, Place
from pipeline.register.tables import decision, event

SUFFIX = ".sqlite.gz"

_MANIFEST = ".json"
_LEVEL = 1
"""Of igzip: a gzip file as small as at the level 3 of gzip, in a fifth of the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds. ``sha256`` is that of the compressed file.

    ``events`` and ``head`` are number and hash of its newest event; ``memorandum`` is where the
    备查簿 ended when it was made.
    """

    file: str
    sha256: str
    version: str
    on: date
    identity: str
    run: int
    decisions: int
    events: int
    head: str
    memorandum: Place


_FORM = msgspec.json.Decoder(Manifest)


def back_up(engine: sa.Engine, folder: Path, memorandum: Memorandum, *, today: date) -> Manifest:
    """Make a backup in ``folder``, mode 0600; return its manifest.

    Raises ``BadRegisterError`` when the disk refuses; no half backup is left.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = memorandum.end()[0]  # before the copy: what comes in between is applied twice
        with TemporaryDirectory(dir=folder, prefix=".") as work:
            copy, packed = Path(work) / "register.sqlite", Path(work) / "packed"
            _private(copy)
            _copy(engine, copy)
            _private(packed)
            with (
                copy.open("rb") as source,
                packed.open("wb") as target,
                igzip.IGzipFile("", "wb", _LEVEL, target, mtime=0) as stream,  # type: ignore[no-untyped-call]
            ):
                shutil.copyfileobj(source, stream, 1 << 20)
            manifest = _describe(copy, packed, place, today)
            told = Path(work) / "manifest"
            _private(told)
            told.write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
            sync_all((packed, told))
            packed.replace(folder / manifest.file)
            told.replace(manifest_of(folder / manifest.file))
            sync(folder)
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) else type(error).__name__
        raise BadRegisterError(
            f"台账备份未完成（{why}）。请检查备份文件夹的磁盘空间和权限"
        ) from None
    return manifest


def backups(folder: Path) -> tuple[Manifest, ...]:
    """Return the manifests of the backups in ``folder``, the newest first.

    Files without a manifest that can be read are not backups.
    """
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        try:
            found.append(_FORM.decode(manifest_of(path).read_bytes()))
        except (OSError, msgspec.MsgspecError):
            continue
    return tuple(sorted(found, key=lambda each: (each.on, each.events, each.file), reverse=True))


def prune(folder: Path, *, keep: int, days: int, today: date) -> tuple[str, ...]:
    """Remove what is past the newest ``keep`` or older than ``days``; the newest always stays.

    Return the names of what was removed.
    """
    oldest = today - timedelta(days=days)
    gone = [
        each.file
        for place, each in enumerate(backups(folder))
        if place and (place >= keep or each.on < oldest)
    ]
    for name in gone:
        (folder / name).unlink(missing_ok=True)
        manifest_of(folder / name).unlink(missing_ok=True)
    return tuple(gone)


def read_manifest(path: Path) -> Manifest:
    """Return the manifest of a backup whose bytes are as it says.

    Raises ``BadRegisterError`` when the backup or its manifest is missing or damaged.
    """
    try:
        manifest = _FORM.decode(manifest_of(path).read_bytes())
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError as missing:
        name = Path(missing.filename).name
        raise BadRegisterError(f"没有 {name}。备份和它的清单（.json）要放在一起") from None
    except (OSError, msgspec.MsgspecError):
        raise _damaged(path) from None
    if found != manifest.sha256:
        raise _damaged(path)
    return manifest


def unpack(path: Path, target: Path) -> None:
    """Put the register that a backup holds at ``target``, mode 0600.

    Raises ``BadRegisterError`` when it is damaged or the disk refuses.
    """
    try:
        _private(target)
        with gzip.open(path) as source, target.open("wb") as stream:
            shutil.copyfileobj(source, stream, 1 << 20)
    except EOFError:
        raise _damaged(path) from None
    except OSError as error:
        if isinstance(error, gzip.BadGzipFile):
            raise _damaged(path) from None
        raise BadRegisterError(f"备份无法解开（{error.strerror}）。请检查磁盘空间") from None


def manifest_of(path: Path) -> Path:
    """Return where the manifest of a backup lies."""
    return path.with_name(path.name.removesuffix(SUFFIX) + _MANIFEST)


def _damaged(path: Path) -> BadRegisterError:
    return BadRegisterError(f"备份 {path.name} 已损坏，没有恢复。请换一份备份")


def _private(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    path.chmod(0o600)


def _copy(engine: sa.Engine, target: Path) -> None:
    if engine.dialect.name == "sqlite":
        where = Path(engine.url.database or "").resolve().as_uri()
        with (
            closing(sqlite3.connect(f"{where}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        return
    fresh = connect(target)
    try:
        with reading(engine) as source_rows, writing(fresh) as rows:
            copy_all(source_rows, rows)
    finally:
        fresh.dispose()


def _describe(copy: Path, packed: Path, place: Place, today: date) -> Manifest:
    engine = connect(copy)
    try:
        with reading(engine) as connection:
            newest = sa.select(event.c.seq, event.c.hash).order_by(event.c.seq.desc()).limit(1)
            head = connection.execute(newest).first()
            seq, digest = (head.seq, head.hash) if head else (0, "")
            count = sa.select(sa.func.count()).select_from(decision)
            with packed.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            return Manifest(
                file=f"register-{today.isoformat()}-{seq:08}-{sha256[:8]}{SUFFIX}",
                sha256=sha256,
                version=NEWEST,
                on=today,
                identity=ledger.identity(connection),
                run=ledger.last_run(connection),
                decisions=connection.execute(count).scalar_one(),
                events=seq,
                head=digest,
                memorandum=place,
            )
    finally:
        engine.dispose()
