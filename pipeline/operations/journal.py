"""日志: one line of JSON for each command that may change something, in ``state/log``.

Holds the command, its exit code, its length and the program's own message, which never holds
protected text. What was typed is not noted: it may name a person.
"""

import json
import logging
import os
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

_BYTES, _FILES = 2 << 20, 12


class _Private(RotatingFileHandler):
    """A file that only this account reads; rotated by size, the oldest goes."""

    def _open(self) -> IO[str]:  # type: ignore[override]
        def opener(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, "a", encoding="utf-8", opener=opener)


def note(state: Path, *, command: str, at: datetime, code: int, seconds: float, why: str) -> None:
    """Write one line. Raises ``OSError`` when the disk refuses.

    ``code`` is the exit code, ``why`` the program's message when it is not zero.
    """
    folder = state / "log"
    folder.mkdir(mode=0o700, exist_ok=True)
    told = {
        "at": at.isoformat(timespec="seconds"),
        "command": command,
        "code": int(code),
        "seconds": round(seconds, 3),
        **({"why": why.splitlines()} if why else {}),
    }
    line = json.dumps(told, ensure_ascii=False)
    handler = _Private(folder / "gongshi.jsonl", maxBytes=_BYTES, backupCount=_FILES)
    try:
        handler.emit(logging.makeLogRecord({"msg": line}))
    finally:
        handler.close()
