"""Two people and a rebuild at once, on a file and on a server: nobody's work is lost or mixed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Event

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from pipeline.domain.faults import BadRegisterError, ExitCode, LockedError
from pipeline.register import Register, database, open_register
from pipeline.register.acts import Act
from pipeline.register.model import Received
from pipeline.register.tables import decision, event, metadata
from tests.register.builders import FIRST, RULE, examined, number, policy

NEXT = FIRST + timedelta(days=1)


def note(actor: str) -> Act:
    return Act(key=number(1).key, kind="备注", actor=actor, ground="备注", basis=RULE)


@contextmanager
def engine_of(place: str) -> Iterator[sa.Engine]:
    engine = database.connect(place)
    yield engine
    engine.dispose()


def test_two_people_and_a_rebuild_write_at_once_and_nothing_is_lost(place: str) -> None:
    with open_register(place) as register:
        register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")

    def person(name: str) -> None:
        with open_register(place) as register:
            for _ in range(5):
                register.record(note(name), today=NEXT)

    def nights() -> None:
        with open_register(place) as register:
            for n in range(2, 7):
                register.reconcile([examined(n)], policy(), today=NEXT, actor="rebuild")
                register.mark_seen(today=NEXT, actor="rebuild")

    with ThreadPoolExecutor(3) as pool:
        for done in [
            pool.submit(person, "祝文澜"),
            pool.submit(person, "阮知白"),
            pool.submit(nights),
        ]:
            done.result(timeout=60)
    with open_register(place) as register:
        assert register.verify() == ()
        assert sum(register.standing().values()) == 6
        status = register.status(number(1).key, policy(), today=NEXT)
    assert status is not None
    notes = [event.actor for event in status.log if event.kind == "备注"]
    assert sorted(notes) == ["祝文澜"] * 5 + ["阮知白"] * 5


def test_who_waits_too_long_is_told_in_one_line_and_nothing_is_written(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_register(place) as register:
        register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.05)
    with engine_of(place) as other, open_register(place) as register:
        with database.writing(other), pytest.raises(LockedError, match="稍后再试") as refusal:
            register.reconcile([examined(9)], policy(), today=NEXT, actor="rebuild")
        assert "\n" not in str(refusal.value)
        assert refusal.value.exit_code is ExitCode.LOCKED
        assert sum(register.standing().values()) == 1
        register.reconcile([examined(9)], policy(), today=NEXT, actor="rebuild")
        assert sum(register.standing().values()) == 2


def test_a_reader_sees_one_state_while_a_run_writes(place: str) -> None:
    with open_register(place) as register:
        register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")
        register.mark_seen(today=FIRST, actor="rebuild")
    with engine_of(place) as reader, database.reading(reader) as connection:
        count = sa.select(sa.func.count()).select_from(decision)
        assert connection.execute(count).scalar() == 1
        with open_register(place) as register:
            register.reconcile([examined(2)], policy(), today=NEXT, actor="rebuild")
        assert connection.execute(count).scalar() == 1
        connection.rollback()
        assert connection.execute(count).scalar() == 2


def test_a_person_reads_while_a_run_is_midway(place: str) -> None:
    half, read = Event(), Event()

    def slow() -> Iterator[Received]:
        yield examined(2)
        half.set()
        assert read.wait(30)
        yield examined(3)

    def run(register: Register) -> int:
        done = register.reconcile(slow(), policy(), today=NEXT, actor="rebuild")
        return done.counts.received

    with open_register(place) as register, ThreadPoolExecutor(1) as pool:
        register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")
        running = pool.submit(run, register)
        assert half.wait(30)
        assert sum(register.standing().values()) == 1
        read.set()
        assert running.result(timeout=30) == 2
        assert sum(register.standing().values()) == 3


def test_the_migrations_make_the_tables_that_the_code_reads(place: str) -> None:
    with engine_of(place) as engine, engine.connect() as connection:
        made = {"compare_server_default": False}
        context = MigrationContext.configure(connection, opts=made)
        assert compare_metadata(context, metadata) == []


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor = '他人'",
        "DELETE FROM event",
        "TRUNCATE event",
        "UPDATE seal SET state = '{}'",
        "TRUNCATE seal",
    ],
)
@pytest.mark.parametrize("new_place", ["postgres"], indirect=True)
def test_a_server_refuses_to_change_what_is_only_appended(place: str, statement: str) -> None:
    with open_register(place) as register:
        register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")
    with engine_of(place) as engine:
        with engine.begin() as connection:
            connection.exec_driver_sql("SET TRANSACTION READ WRITE")
            with pytest.raises(sa.exc.DBAPIError, match="只能追加"):
                connection.exec_driver_sql(statement)
            connection.rollback()
        with engine.connect() as connection:
            assert connection.execute(sa.select(event.c.actor)).scalars().all() == ["rebuild"]


@pytest.mark.postgres
@pytest.mark.parametrize("new_place", ["postgres"], indirect=True)
def test_tampering_on_a_server_shows(place: str) -> None:
    with open_register(place) as register:
        register.reconcile([examined(1), examined(2)], policy(), today=FIRST, actor="rebuild")
    with engine_of(place) as engine, engine.begin() as connection:
        for statement in (
            "SET TRANSACTION READ WRITE",
            "ALTER TABLE event DISABLE TRIGGER USER",
            "UPDATE event SET actor = '他人' WHERE seq = 2",
            "UPDATE decision SET state = '撤下' WHERE case_number LIKE '%%第1号'",
        ):
            connection.exec_driver_sql(statement)
    with open_register(place) as register:
        found = register.verify()
    assert "事件 2 的内容已被改动" in found
    assert "决定 某综执罚决字〔2024〕1 的记录已被改动" in found


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://gongshi@127.0.0.1:1/none", "路径、权限"),
        ("postgres//wrong://x", "不是数据库地址"),
        ("mysql+nothing://x", "不是数据库地址"),
    ],
)
def test_a_server_that_cannot_be_reached_is_told_in_one_line(url: str, said: str) -> None:
    with pytest.raises(BadRegisterError, match=said) as refusal:
        open_register(url)
    assert "\n" not in str(refusal.value)
    assert "127.0.0.1" not in str(refusal.value)
