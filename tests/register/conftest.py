"""Where a register of a test lives: a file, and a schema of a real PostgreSQL server."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: p.parts)
"""Where Debian's package ``postgresql`` puts each version; the newest is last."""

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]

NewPlace = Callable[[], str]


@pytest.fixture(scope="session")
def server() -> Iterator[sa.URL]:
    """Start a throw-away server that listens on a socket only; give the URL of its database."""
    found = shutil.which("initdb") or (str(BINARIES[-1]) if BINARIES else None)
    if found is None:
        pytest.skip("没有 PostgreSQL；Debian 上安装软件包 postgresql")
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path is short
    account = _unprivileged()
    if account:
        os.chown(folder, account["user"], account["group"])
    data, control = folder / "data", Path(found).with_name("pg_ctl")
    settings = f"-k {folder} -h '' -c fsync=off -c full_page_writes=off -c max_connections=50"
    started = [str(control), "-D", str(data), "-w", "-o", settings, "-l", str(folder / "log")]
    try:
        _run([found, "-D", str(data), "-U", "gongshi", "-A", "trust", "-E", "UTF8"], account)
        _run([*started, "start"], account)
        try:
            where = {"host": str(folder)}
            yield sa.URL.create("postgresql", "gongshi", database="postgres", query=where)
        finally:
            _run([str(control), "-D", str(data), "-m", "immediate", "stop"], account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> dict[str, int]:
    """Return whom to run the server as: it refuses root."""
    if os.getuid():
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid}


def _run(command: list[str], account: dict[str, int]) -> None:
    extra = {**account, "extra_groups": []} if account else {}
    quiet = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, cwd="/", env=quiet, timeout=60, **extra
    )


@pytest.fixture(params=ENGINES)
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewPlace]:
    """Return a function that gives a place for one more empty register, on each engine."""
    if request.param == "sqlite":
        yield lambda: str(tmp_path / f"{uuid.uuid4().hex}.sqlite")
        return
    url: sa.URL = request.getfixturevalue("server").set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def one_more() -> str:
        made.append(f"t{uuid.uuid4().hex}")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {made[-1]}")
        inside = url.update_query_dict({"options": f"-csearch_path={made[-1]}"})
        return inside.set(drivername="postgresql").render_as_string(hide_password=False)

    yield one_more
    with engine.connect() as connection:
        for name in made:
            connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    engine.dispose()


@pytest.fixture
def place(new_place: NewPlace) -> str:
    """Return where an empty register may be made: a path or a URL."""
    return new_place()
