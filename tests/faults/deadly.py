"""The program in a process of its own that can be stopped anywhere; started once, forked often.

Reads one order a line as JSON, runs it in a fork, writes one answer a line as JSON. A step is
anything that changes the disk: a file opened for writing, a name made, moved or taken away, a
statement of SQL that does more than read. Death is a real SIGKILL: nothing is flushed, closed or
cleaned up.
"""

import ctypes
import gc
import json
import os
import resource
import signal
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from pipeline import cli, rebuild
from pipeline.intake import pieces
from pipeline.register import database
from pipeline.workers.processes import Processes

_CHANGES = frozenset(
    {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate"}
)
_CONNECT = sqlite3.connect
_READS = ("SELECT", "PRAGMA", "BEGIN", "--")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class _Steps:
    """Counts the changes of the disk, or what a server is asked; strikes before one of them."""

    def __init__(self, *, at: int | None, strike: Callable[[], None]) -> None:
        self.count = 0
        self._at = at
        self._strike = strike

    def hook(self, event: str, args: tuple[Any, ...]) -> None:
        if event in _CHANGES or (event == "open" and _writes(args)):
            self.step()

    def connect(self, *args: Any, **words: Any) -> sqlite3.Connection:
        connection = _CONNECT(*args, **words)
        connection.set_trace_callback(self._statement)
        return connection

    def _statement(self, text: str) -> None:
        if not text.lstrip().upper().startswith(_READS):
            self.step()

    def step(self) -> None:
        if self.count == self._at:
            self._strike()
        self.count += 1

    def asked(self, *_: Any) -> None:
        """Count a statement that goes to a server, or the end of a transaction."""
        self.step()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _end_server(data: str, by: str) -> None:
    """End the PostgreSQL server of a folder as ``by`` says, and wait until it is gone."""
    main, *_, folder = Path(data, "postmaster.pid").read_text().split("\n")[:5]
    if by == "SIGKILL":
        os.kill(int(main), signal.SIGSTOP)  # it starts no other while its own are counted
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        for process in (main, *children):
            os.kill(int(process), signal.SIGKILL)
    else:
        os.kill(int(main), signal.SIGQUIT)
    with suppress(OSError):
        while True:
            with socket.socket(socket.AF_UNIX) as line:
                line.connect(f"{folder}/.s.PGSQL.5432")
            time.sleep(0.01)


def _writes(args: tuple[Any, ...]) -> bool:
    mode, flags = args[1], args[2]
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return bool(isinstance(flags, int) and flags & _WRITING)


def _lose_powers() -> None:
    """Give up every capability, so that even root may do only what modes and owners allow."""
    system = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    if system.capset(header, (ctypes.c_uint32 * 6)()):
        raise OSError(ctypes.get_errno(), "capset")


def _spread_everything() -> None:
    """Give even a single item to another process, however few there are."""
    whole = Processes.map

    def spread(self: Processes, function: Any, items: Any, **_: int) -> Any:
        return whole(self, function, items, few=1)

    Processes.map = spread  # type: ignore[method-assign]


def _keep_writing(path: str, line: str) -> None:
    """Go on adding a line to a file, as another program does that has not finished."""

    def write() -> None:
        while True:
            with Path(path).open("a", encoding="utf-8") as stream:
                stream.write(line)
            time.sleep(0.001)

    threading.Thread(target=write, daemon=True).start()


def _rewrite_before_screening(path: str, text: str) -> None:
    """Let the export be more than memory holds, and be rewritten after its first reading."""
    pieces.HELD = 0
    read = rebuild.receive_changes

    def rewritten(*given: Any, **named: Any) -> Any:
        changes = read(*given, **named)
        Path(path).write_text(text, "utf-8")
        return changes

    rebuild.receive_changes = rewritten


def _watched(order: dict[str, Any]) -> _Steps:
    """Return the steps that are counted from now on."""
    if "server" in order:
        end = partial(_end_server, order["server"], order["by"])
        steps = _Steps(at=order.get("strike_at"), strike=end)
        sa.event.listen(sa.Engine, "before_cursor_execute", steps.asked)
        sa.event.listen(sa.Engine, "commit", steps.asked)
        return steps
    steps = _Steps(at=order.get("kill_at"), strike=_die)
    sys.addaudithook(steps.hook)
    sqlite3.connect = sqlite3.dbapi2.connect = steps.connect  # type: ignore[misc,assignment]
    return steps


def _run(order: dict[str, Any], answer: int) -> None:
    """Do what is ordered; never returns."""
    steps = _watched(order)
    if "written" in order:
        _keep_writing(*order["written"])
    if "rewritten" in order:
        _rewrite_before_screening(*order["rewritten"])
    if "largest_file" in order:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["largest_file"],) * 2)
    if "patience" in order:
        database._BUSY_SECONDS = order["patience"]
    if "memory" in order:
        resource.setrlimit(resource.RLIMIT_AS, (order["memory"],) * 2)
    if order.get("spread"):
        _spread_everything()
    if order.get("powerless"):
        _lose_powers()
    for number, name in ((1, "out"), (2, "err")):
        target = os.open(order[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        os.dup2(target, number)
    sys.argv = ["gongshi", *order["words"]]
    code: Any = 0
    try:
        cli.main()
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    os.write(answer, f"{int(code or 0)} {steps.count}".encode())
    os._exit(0)


def _obey(order: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(order, writing)
    os.close(writing)
    if "kill_after" in order:
        time.sleep(order["kill_after"])
        os.kill(child, signal.SIGKILL)
    told = os.read(reading, 100).decode().split()
    os.close(reading)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code, steps = (int(told[0]), int(told[1])) if told else (status, 0)
    return {"code": code, "steps": steps, "seconds": time.monotonic() - started}


def main() -> None:
    """Obey until there are no more orders."""
    gc.freeze()
    for line in sys.stdin:
        print(json.dumps(_obey(json.loads(line))), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
