"""A real PostgreSQL server of a test's own: started, asked, stopped, killed, started again."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: p.parts)
"""Where Debian's package ``postgresql`` puts each version; the newest is last."""


@dataclass(frozen=True)
class Server:
    """A server that listens on a socket in ``folder`` only; its data are in ``data``."""

    binaries: Path
    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> sa.URL:
        where = {"host": str(self.folder)}
        return sa.URL.create("postgresql", "gongshi", database="postgres", query=where)

    def start(self) -> None:
        """Start it and wait until it answers; after a crash it first recovers."""
        settings = f"-k {self.folder} -h '' -c fsync=off -c full_page_writes=off"
        told = ["-w", "-o", f"{settings} -c max_connections=50", "-l", str(self.folder / "log")]
        self._run("pg_ctl", "-D", str(self.data), *told, "start")

    def start_again(self) -> None:
        """Start it after it was killed: nobody may have taken note yet that it is dead."""
        for left in (self.data / "postmaster.pid", self.folder / ".s.PGSQL.5432.lock"):
            left.unlink(missing_ok=True)
        self.start()

    def stop(self) -> None:
        """Stop it at once; it need not run."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop", check=False)

    def make(self) -> None:
        """Make the data of an empty server."""
        self._run("initdb", "-D", str(self.data), "-U", "gongshi", "-A", "trust", "-E", "UTF8")

    def _run(self, program: str, *words: str, check: bool = True) -> None:
        account = _unprivileged()
        subprocess.run(
            [str(self.binaries / program), *words],
            check=check,
            stdout=subprocess.DEVNULL,
            stderr=None if check else subprocess.DEVNULL,
            cwd="/",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            timeout=60,
            **({**account, "extra_groups": []} if account else {}),
        )


@contextmanager
def throw_away_server() -> Iterator[Server]:
    """Yield a running server that is gone afterwards; skips where PostgreSQL is not installed."""
    found = shutil.which("initdb") or (str(BINARIES[-1]) if BINARIES else None)
    if found is None:
        pytest.skip("没有 PostgreSQL；Debian 上安装软件包 postgresql")
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path is short
    if account := _unprivileged():
        os.chown(folder, account["user"], account["group"])
    server = Server(Path(found).parent, folder)
    try:
        server.make()
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> dict[str, int]:
    """Return whom to run the server as: it refuses root."""
    if os.getuid():
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid}
